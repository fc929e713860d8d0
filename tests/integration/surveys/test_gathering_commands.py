from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts import find_user
from engage.cli import main
from engage.settings import Settings
from surveys.models import FacilitatedSession, Invitation, Survey, SurveyLink
from tests.conftest import SECRET

Engage = Callable[..., Result]


@pytest.fixture
def engage(settings: Settings, survey: Survey, monkeypatch: pytest.MonkeyPatch) -> Engage:
    """Run a command against the test's database, as somebody at a terminal would."""
    assert survey.slug == "tiny"
    monkeypatch.setenv("ENGAGE_MODE", "test")
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENGAGE_SECRET_KEY", SECRET)
    monkeypatch.setenv("ENGAGE_PUBLIC_URL", "http://engage.example")

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, words, input=typed)

    return run


def test_a_link_is_made_from_the_command_line(engage: Engage, session: Session) -> None:
    made = engage("survey", "link", "tiny", "--label", "DSPL 4", "--channel", "event")
    token = session.scalars(select(SurveyLink.token)).one()
    assert made.output.strip() == f"http://engage.example/g/{token}"
    again = engage("survey", "link", "tiny", "--label", "DSPL 4")
    assert again.exit_code == 2
    assert "already" in again.output


def test_a_survey_is_paused_gone_on_with_and_opened_with_days_of_grace(
    engage: Engage, session: Session, survey: Survey
) -> None:
    def stands() -> Survey:
        session.rollback()
        session.refresh(survey)
        return survey

    paused = engage("survey", "pause", "tiny")
    assert (paused.exit_code, "engage survey resume tiny" in paused.output) == (0, True)
    since = stands().paused_at
    assert since is not None
    assert engage("survey", "pause", "tiny").exit_code == 0
    assert stands().paused_at == since, "pausing twice changes nothing"
    resumed = engage("survey", "resume", "tiny")
    assert (resumed.exit_code, "/s/tiny/" in resumed.output) == (0, True)
    assert stands().paused_at is None
    assert engage("survey", "open", "tiny", "--grace-days", "3").exit_code == 0
    assert stands().grace_days == 3
    assert engage("survey", "open", "tiny").exit_code == 0
    assert stands().grace_days == 3, "days of grace stay until others are named"
    for days in ("-1", "32", "many"):
        assert engage("survey", "open", "tiny", "--grace-days", days).exit_code == 2
    assert "no survey called 'x'" in engage("survey", "pause", "x").output
    engage("survey", "close", "tiny")
    closed = engage("survey", "pause", "tiny")
    assert closed.exit_code == 2
    assert "not open, so it cannot be paused" in closed.output


def test_invitations_go_into_a_file_that_is_never_written_over(
    engage: Engage, session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "invitations.csv"
    words = ("survey", "invite", "tiny", "--count", "3", "--out", str(out))
    assert engage(*words).exit_code == 0
    assert out.read_text(encoding="utf-8").count("http://engage.example/i/") == 3
    assert len(session.scalars(select(Invitation.token_hmac)).all()) == 3
    assert engage(*words).exit_code == 2


def test_a_session_is_opened_listed_and_closed_from_the_command_line(
    engage: Engage, session: Session
) -> None:
    created = engage("user", "create", "fac@example.org", "--role", "facilitator", "--generate")
    assert created.exit_code == 0
    assert find_user(session, "fac@example.org") is not None
    opened = engage("session", "open", "tiny", "--label", "Council", "--for", "fac@example.org")
    code = session.scalars(select(FacilitatedSession.code)).one()
    assert f"{code[:3]} {code[3:]}" in opened.output
    assert engage("session", "close", code).exit_code == 2
    assert engage("session", "close", code, "--heads", "11").exit_code == 0
    assert "closed): 11 in the room" in engage("session", "list", "tiny").output
    assert engage("session", "close", code).exit_code == 2
    nobody = engage("session", "open", "tiny", "--label", "B", "--for", "no@example.org")
    assert nobody.exit_code == 2
