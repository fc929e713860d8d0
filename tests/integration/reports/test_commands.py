"""The commands that follow answers up: what they print, and what they refuse in words."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy.orm import Session

from engage.accounts import User
from engage.cli import main
from engage.settings import Settings
from reports.entries import approvals
from reports.models import Report
from tests.conftest import SECRET
from tests.factories import NOW, UserFactory
from tests.integration.reports.scenario import Scenario

Engage = Callable[..., Result]


@pytest.fixture
def engage(
    app: Flask, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Engage:
    """Run a command against the test's database."""
    del app
    monkeypatch.setenv("ENGAGE_MODE", "test")
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENGAGE_SECRET_KEY", SECRET)

    def run(*words: str) -> Result:
        session.commit()
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return run


def test_owners_are_chased_by_role_and_body_once(engage: Engage, report: Report) -> None:
    planned = next(one for one in report.entries if one.response_type == "planned")
    planned.review_due = dt.date(2020, 1, 1)
    first = engage("report", "chase", "send-strategy")
    assert (
        "LATE  1 January 2020  Head of transport, Exampleshire Council (invented)" in first.output
    )
    assert planned.title in first.output
    again = engage("report", "chase", "send-strategy").output
    assert again == "Nobody has to be reminded of anything new.\n"


def test_old_promises_are_brought_in_and_updated(engage: Engage, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text("title,promise,due_on,source\nA base,It opens.,2022-09-01,Page\n", "utf-8")
    assert (
        "Brought in: 1. There already: 0." in engage("report", "import-promises", str(file)).output
    )
    words = ("report", "update-promise", "a-base-2022-09-01", "--status", "done", "--note", "Open.")
    assert "Updated: A base" in engage(*words).output
    file.write_text("title,promise\nA base,It opens.\n", "utf-8")
    wrong = engage("report", "import-promises", str(file))
    assert wrong.exit_code == 2
    assert "needs the columns title, promise, due_on, source" in wrong.output


def test_indicators_are_read_in_and_a_wrong_line_is_named(engage: Engage, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    head = "key,taxonomy,code,name,unit,better,source,as_at,value\n"
    line = "wait,ambitions,A2,Weeks to wait,weeks,lower,Count,2025-01-01,"
    file.write_text(f"{head}{line}41\n", "utf-8")
    assert "Readings: 1." in engage("report", "indicators", str(file)).output
    file.write_text(f"{head}{line}many\n", "utf-8")
    assert (
        "line 2: '2025-01-01' or 'many' is wrong"
        in engage("report", "indicators", str(file)).output
    )


def test_figures_about_the_county_are_read_in(engage: Engage, tmp_path: Path) -> None:
    file = tmp_path / "county.csv"
    head = "key,label,value,unit,definition,source,as_at,geography\n"
    file.write_text(f"{head}pupils,pupils,100,people,All.,Census,2025-01-16,county\n", "utf-8")
    assert "New figures: 1. There already: 0." in engage("report", "baselines", str(file)).output
    assert "New figures: 0. There already: 1." in engage("report", "baselines", str(file)).output
    file.write_text(f"{head}pupils,pupils,many,people,All.,Census,2025-01-16,county\n", "utf-8")
    assert "line 2: write the day like" in engage("report", "baselines", str(file)).output


def test_a_number_is_looked_up(engage: Engage, report: Report) -> None:
    words = ("report", "ask", report.consultation.slug, "--theme")
    assert "14 of 20 parent carers in the whole county" in engage(*words, "health help").output
    assert "Name one theme. There are:" in engage(*words, "nothing like it").output
    assert "Use either --theme or --answer" in engage(*words[:-1]).output


def test_a_body_is_named_and_its_account_seated(
    engage: Engage, session: Session, report: Report
) -> None:
    member: User = UserFactory(with_roles=["co_owner"])
    words = (
        "report", "co-owner", "send-strategy", "forum", "--name", "Forum",
        "--easy-name", "parents", "--kind", "parent_carer_forum", "--account",
    )  # fmt: skip
    assert "Forum can sign at /desk/signing/" in engage(*words, member.email).output
    assert [one.name for one in approvals.bodies_of(session, member.id)] == ["Forum"]
    assert "There is no account" in engage(*words, "nobody@example.org").output
    officer: User = UserFactory(with_roles=["approver"])
    assert "Give the account the role co_owner first" in engage(*words, officer.email).output
    assert report.consultation.slug == "send-strategy"


def test_published_figures_are_counted_again(
    engage: Engage, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    fine = engage("report", "check", "send-strategy")
    assert fine.exit_code == 0, fine.output
    assert "figures match" in fine.output
    for response in scenario.responses["parent_carer"][:6]:
        response.withdrawn_at = NOW + dt.timedelta(days=1)
    session.flush()
    moved = engage("report", "check", "send-strategy", "--version", "1")
    assert moved.exit_code == 1
    assert "40 people: counting gives 34 now, because answers were taken back." in moved.output
    none = engage("report", "check", "send-strategy", "--version", "7")
    assert none.exit_code == 2
    assert "There is no such version." in none.output
