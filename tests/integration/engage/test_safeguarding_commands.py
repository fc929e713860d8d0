"""engage safeguarding: numbers and duties, never a case."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.cli import main
from engage.safeguarding import SafeguardingDuty
from engage.settings import Settings
from tests.factories import ConsultationFactory, UserFactory

Command = Callable[..., Result]


@pytest.fixture
def command(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `engage` on the test's own database."""
    del app
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", settings.database_url)
    return lambda *words: CliRunner().invoke(main, [*words])


def test_a_duty_is_given_by_command(command: Command, session: Session) -> None:
    plan = ConsultationFactory()
    reader = UserFactory(with_roles=["safeguarding_reader"])
    deputy = UserFactory(with_roles=["safeguarding_deputy"])
    analyst = UserFactory(with_roles=["analyst"])
    session.commit()
    words = ("safeguarding", "duty", plan.slug, "--reader", reader.email, "--deputy", deputy.email)
    assert command(*words).exit_code == 0
    found = session.scalars(select(SafeguardingDuty)).one()
    assert (found.reader_id, found.deputy_id) == (reader.id, deputy.id)
    wrong = command("safeguarding", "duty", plan.slug, "--reader", analyst.email)
    assert wrong.exit_code == 2
    assert "needs an account with one of the roles" in wrong.output
    nobody = command("safeguarding", "duty", plan.slug, "--reader", "no@example.org")
    assert nobody.exit_code == 2
    assert "has no account" in nobody.output


def test_status_and_erasing_say_numbers_only(command: Command) -> None:
    assert "Not read yet: 0, of these late: 0" in command("safeguarding", "status").output
    assert "0 acts would be erased" in command("safeguarding", "erase", "--dry-run").output
    assert "0 acts were erased" in command("safeguarding", "erase").output
