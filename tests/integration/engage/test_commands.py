import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import surveys
from engage import jobs
from engage.accounts import User
from engage.audit import AuditEvent
from engage.cli import main
from engage.consultations import Consultation
from engage.orm import utc_now
from engage.settings import Settings
from surveys.models import Snapshot, Survey
from tests import locks
from tests.conftest import SECRET
from tests.factories import ConsultationFactory

DOCUMENT = Path(surveys.__file__).parent / "documents" / "professionals.yaml"
PLAN = """
title: Moving up
easy_title: Moving up
purpose: To learn what helps when a child changes school.
can_change: What schools tell each other, and when.
decided_by: The SEND board
lawful_basis: "Public task: Children and Families Act 2014, section 27"
privacy_notice_version: "2026-10"
contact: The participation team
opens_on: 2026-01-01
closes_on: 2099-12-31
"""
Engage = Callable[..., Result]


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "ENGAGE_MODE": "test",
        "ENGAGE_DATA_DIR": str(settings.data_dir),
        "ENGAGE_DATABASE_URL": settings.database_url,
        "ENGAGE_SECRET_KEY": SECRET,
    }


@pytest.fixture
def engage(
    app: Flask, session: Session, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Engage:
    """Run a command against the test's database, as somebody at a terminal would."""
    del app
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*words: str, typed: str = "") -> Result:
        session.commit()
        return CliRunner().invoke(main, words, input=typed, catch_exceptions=False)

    return run


def test_a_new_folder_becomes_an_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(tmp_path / "new"))
    runner = CliRunner()
    early = runner.invoke(main, ["audit", "verify"])
    assert (early.exit_code, early.output) == (
        2,
        "Error: The database is not up to date. Run: engage db upgrade\n",
    )
    assert "up to date" in runner.invoke(main, ["db", "upgrade"]).output
    assert "holds: 0 events" in runner.invoke(main, ["audit", "verify"]).output


def test_an_account_is_made_with_a_password_that_is_typed(engage: Engage, session: Session) -> None:
    done = engage(
        "user", "create", "ana@example.org", "--role", "analyst", "--role", "approver",
        "--title", "Data analyst", typed="twelve letters\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    user = session.scalars(select(User)).one()
    assert (user.email, user.display_name) == ("ana@example.org", "Data analyst")
    assert sorted(role.name for role in user.roles) == ["analyst", "approver"]


def test_a_password_can_be_made_up(engage: Engage) -> None:
    done = engage("user", "create", "ana@example.org", "--role", "analyst", "--generate")
    assert "Password (shown only now): " in done.output


def test_an_account_that_cannot_be_is_refused_in_one_sentence(engage: Engage) -> None:
    done = engage("user", "create", "ana@example.org", "--role", "analyst", typed="short\n")
    assert (done.exit_code, done.output) == (
        2,
        "Error: The password must have at least 12 characters.\n",
    )


def test_a_survey_lives_its_life(engage: Engage, session: Session, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    named = ("--consultation", "moving-up", "--slug", "moving-up-staff")
    assert "There is no consultation" in engage("survey", "import", str(DOCUMENT), *named).output
    done = engage("survey", "import", str(DOCUMENT), *named, "--plan", str(plan))
    assert done.exit_code == 0, done.output
    assert engage("survey", "open", "moving-up-staff").exit_code == 0
    exported = tmp_path / "out.yaml"
    assert engage("survey", "export", "moving-up-staff", "--out", str(exported)).exit_code == 0
    assert yaml.safe_load(exported.read_text(encoding="utf-8"))["code"] == "professionals"
    assert engage("survey", "import", str(exported), *named).exit_code == 0
    closed = engage("survey", "close", "moving-up-staff")
    assert "Next: engage analyse --consultation moving-up" in closed.output
    assert session.scalars(select(Survey)).one().closed_at is not None
    assert session.scalars(select(Snapshot)).one().responses == 0
    assert "The record holds" in engage("audit", "verify").output


def test_a_plan_that_is_not_whole_is_refused(engage: Engage, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("title: Moving up", encoding="utf-8")
    done = engage(
        "survey", "import", str(DOCUMENT), "--consultation", "x", "--slug", "x", "--plan", str(plan)
    )
    assert done.exit_code == 2
    assert "plan.yaml is not a whole plan: missing" in done.output


def test_a_plan_with_an_unknown_privacy_notice_is_refused_and_not_kept(
    engage: Engage, session: Session, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN.replace("2026-10", "next-year"), encoding="utf-8")
    done = engage(
        "survey", "import", str(DOCUMENT), "--consultation", "x", "--slug", "x", "--plan", str(plan)
    )
    assert done.exit_code == 2
    assert "'next-year'" in done.output
    assert "Versions there are: 2025-11, 2026-10." in done.output
    assert session.scalars(select(Consultation)).all() == []


def test_a_file_that_is_not_yaml_is_refused(engage: Engage, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    for words, says in (
        ("a: [", "broken.yaml is not YAML"),
        ("- a", "must hold names with values"),
    ):
        broken.write_text(words, encoding="utf-8")
        done = engage("survey", "import", str(broken), "--consultation", "x", "--slug", "x")
        assert done.exit_code == 2
        assert says in done.output


def test_what_is_not_there_is_named(engage: Engage) -> None:
    assert "no survey called 'x'" in engage("survey", "open", "x").output
    assert "no consultation called 'x'" in engage("analyse", "--consultation", "x").output
    assert "no consultation called 'x'" in engage("report", "build", "x").output


def test_nothing_is_analysed_or_reported_before_its_time(engage: Engage) -> None:
    ConsultationFactory(slug="strategy", closed=True)
    early = engage("analyse", "--consultation", "strategy")
    assert early.exit_code == 2
    assert "Close the surveys first" in early.output
    assert "Analyse the answers first" in engage("report", "build", "strategy").output
    assert "There is no report yet" in engage("report", "publish", "strategy").output


def test_a_broken_record_is_told(engage: Engage, session: Session) -> None:
    engage("user", "create", "ana@example.org", "--role", "analyst", "--generate")
    with locks.lifted(session):
        session.scalars(select(AuditEvent)).one().actor = "somebody else"
        session.flush()
    done = engage("audit", "verify")
    assert done.exit_code == 1
    assert "broken at event 1" in done.output


def test_a_seal_that_was_noted_is_looked_for(engage: Engage) -> None:
    engage("user", "create", "ana@example.org", "--role", "analyst", "--generate")
    seal = engage("audit", "verify").output.split()[-1]
    assert engage("audit", "verify", "--noted", seal).exit_code == 0
    lost = engage("audit", "verify", "--noted", "0" * 64)
    assert lost.exit_code == 1
    assert "cut short or written anew" in lost.output


def test_no_other_machine_is_let_in_with_the_published_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ENGAGE_SECRET_KEY", raising=False)
    done = CliRunner().invoke(main, ["serve", "--host", "192.0.2.7"])
    assert done.exit_code == 2
    assert done.output.startswith(
        "Error: To let other machines in at 192.0.2.7, set ENGAGE_SECRET_KEY"
    )


def test_a_worker_takes_a_job_and_stops_when_it_is_asked_to(
    app: Flask, session: Session, environment: dict[str, str]
) -> None:
    del app
    job = jobs.enqueue(session, "unheard-of", "s1", asked_by="command", now=utc_now())
    session.commit()
    worker = subprocess.Popen(  # our own words
        [sys.executable, "-c", "from engage.cli import main; main(['worker'])"],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while job.outcome is None and time.monotonic() < deadline:
        time.sleep(0.1)
        session.refresh(job)
        session.rollback()
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=30)
    assert job.outcome == "failed", said
    assert worker.returncode == 0, said


def test_nothing_is_carried_on_before_themes_are_approved(engage: Engage) -> None:
    ConsultationFactory(slug="strategy", closed=True)
    early = engage("carry-on", "--consultation", "strategy")
    assert early.exit_code == 2
    assert "Approve themes first" in early.output
