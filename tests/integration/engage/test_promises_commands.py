"""Commands that keep promises: notices, contacts, and keys of equality answers."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import surveys
from engage.audit import AuditEvent
from engage.cli import main
from engage.settings import Settings
from surveys import services
from surveys.models import Contact, EqualityKey, PrivacyNotice
from tests.conftest import SECRET
from tests.factories import (
    NOW,
    ConsultationFactory,
    ResponseFactory,
    SnapshotFactory,
    SurveyFactory,
)

NOTICE = Path(surveys.__file__).parent / "notices" / "2026-10.yaml"
Engage = Callable[..., Result]


@pytest.fixture
def engage(
    app: Flask, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Engage:
    """Run a command against the test's database, as somebody at a terminal would."""
    del app
    for name, value in {
        "ENGAGE_MODE": "test",
        "ENGAGE_DATA_DIR": str(settings.data_dir),
        "ENGAGE_DATABASE_URL": settings.database_url,
        "ENGAGE_SECRET_KEY": SECRET,
    }.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> Result:
        session.commit()
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        session.expire_all()
        return done

    return run


def test_a_notice_is_kept_under_its_version(
    engage: Engage, session: Session, tmp_path: Path
) -> None:
    assert "version 2026-10" in engage("notice", "import", str(NOTICE)).output
    assert session.get(PrivacyNotice, "2026-10") is not None
    changed = tmp_path / "notice.yaml"
    text = NOTICE.read_text(encoding="utf-8")
    changed.write_text(text.replace("You do not give your name.", "Tell us."), encoding="utf-8")
    again = engage("notice", "import", str(changed))
    assert (again.exit_code, "new version" in again.output) == (2, True)
    changed.write_text("version: 3\n", encoding="utf-8")
    assert engage("notice", "import", str(changed)).exit_code == 2


@pytest.fixture
def contacts(session: Session) -> str:
    """Keep two contacts of a consultation whose one survey has closed; return its name."""
    plan = ConsultationFactory(slug="strategy", closes_on=dt.date(2026, 4, 30))
    opened = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    SurveyFactory(consultation_id=plan.id, opened_at=opened, closed_at=NOW)
    for address in ("one@example.org", "two@example.org"):
        services.keep_contact(
            session, plan.id, kind="email", address=address, wanted="easy", now=NOW
        )
    return "strategy"


def addresses(session: Session) -> list[str]:
    return sorted(session.scalars(select(Contact.address)))


def test_contacts_are_exported_to_a_file_of_its_owner_alone(
    engage: Engage, session: Session, contacts: str, tmp_path: Path
) -> None:
    out = tmp_path / "contacts.csv"
    assert (
        "Delete it once everybody has been told"
        in engage("contacts", "export", contacts, "--out", str(out)).output
    )
    assert "email,one@example.org,easy" in out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o077 == 0
    assert "export_contacts" in session.scalars(select(AuditEvent.verb)).all()
    assert "two@example.org" in engage("contacts", "export", contacts).output


def test_contacts_are_taken_out_one_by_one_or_all_at_once(
    engage: Engage, session: Session, contacts: str
) -> None:
    assert "Taken out." in engage("contacts", "remove", contacts, "ONE@example.org").output
    assert addresses(session) == ["two@example.org"]
    assert "no such address" in engage("contacts", "remove", contacts, "x@example.org").output
    assert "Deleted: 1." in engage("contacts", "delete", contacts).output
    assert addresses(session) == []


def test_old_contacts_are_deleted_only_when_asked_so(
    engage: Engage, session: Session, contacts: str
) -> None:
    assert engage("contacts", "delete").exit_code == 2
    assert engage("contacts", "delete", contacts, "--old").exit_code == 2
    assert engage("contacts", "delete", "--old").exit_code == 0
    assert addresses(session) in ([], ["one@example.org", "two@example.org"]), "as its day has come"


def test_keys_are_destroyed_on_their_day_and_only_once(engage: Engage, session: Session) -> None:
    plan = ConsultationFactory()
    services.keep_equality(
        session, plan.id, ResponseFactory(submitted=True).id, "EQ2", ("yes",),
        wording="2026-1", secret=SECRET, now=NOW,
    )  # fmt: skip
    SnapshotFactory(consultation_id=plan.id, taken_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert "Keys destroyed: 1." in engage("equality", "destroy-keys").output
    assert session.get_one(EqualityKey, plan.id).salt is None
    assert "Keys destroyed: 0." in engage("equality", "destroy-keys").output
