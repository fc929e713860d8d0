"""Who is on duty hears that there are words to read: once a working day, and not one word more."""

import dataclasses
import datetime as dt
import email.policy
from collections.abc import Callable
from email import message_from_bytes

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.cli import main
from engage.safeguarding import SafeguardingItem, notices, services
from engage.settings import Settings
from tests.conftest import SECRET
from tests.factories import (
    ConsultationFactory,
    ResponseFactory,
    SurveyFactory,
    SurveyVersionFactory,
    UserFactory,
)

MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
READER, DEPUTY = "reader@example.org", "deputy@example.org"


@pytest.fixture
def words_wait(session: Session) -> SafeguardingItem:
    """Let words wait since Monday morning, with a reader and a deputy on duty."""
    plan = ConsultationFactory()
    version = SurveyVersionFactory(survey_id=SurveyFactory(consultation_id=plan.id).id)
    response = ResponseFactory(submitted=True, survey_version_id=version.id)
    reader = UserFactory(email=READER, with_roles=["safeguarding_reader"])
    deputy = UserFactory(email=DEPUTY, with_roles=["safeguarding_deputy"])
    services.assign(session, plan, reader=reader, deputy=deputy, actor="o", now=MONDAY)
    item = SafeguardingItem(
        response_id=response.id, question="PC06", created_at=MONDAY, order_score=0.5
    )
    session.add(item)
    session.commit()
    return item


@pytest.fixture
def told(session: Session, settings: Settings) -> Callable[[dt.datetime], list[str]]:
    """Return a function that asks who must hear at a time."""
    known = dataclasses.replace(settings, safeguarding_days=1, safeguarding_days_under_18=1)
    return lambda now: notices.to_tell(session, settings=known, actor="command", now=now)


def test_the_reader_hears_once_a_working_day_and_the_deputy_when_it_is_late(
    words_wait: SafeguardingItem, told: Callable[[dt.datetime], list[str]]
) -> None:
    del words_wait
    assert told(MONDAY + dt.timedelta(hours=1)) == [READER]
    assert told(MONDAY + dt.timedelta(hours=9)) == [], "once is enough"
    assert told(MONDAY + dt.timedelta(days=1, hours=1)) == [DEPUTY, READER]
    assert told(dt.datetime(2026, 3, 7, 9, tzinfo=dt.UTC)) == [], "a Saturday"


def test_nobody_hears_when_nothing_waits(
    session: Session, words_wait: SafeguardingItem, told: Callable[[dt.datetime], list[str]]
) -> None:
    session.delete(words_wait)
    session.flush()
    assert told(MONDAY) == []
    assert session.scalars(select(AuditEvent).where(AuditEvent.verb == notices.VERB)).all() == []


def test_the_message_says_where_to_go_and_nothing_else(
    app: Flask,
    session: Session,
    settings: Settings,
    words_wait: SafeguardingItem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del app, words_wait
    for name, value in (
        ("MODE", "test"), ("DATA_DIR", str(settings.data_dir)), ("SECRET_KEY", SECRET),
        ("DATABASE_URL", settings.database_url),
    ):  # fmt: skip
        monkeypatch.setenv(f"ENGAGE_{name}", value)
    monkeypatch.setattr(notices, "is_working_day", lambda _day: True)
    first = CliRunner().invoke(main, ["safeguarding", "notify"], catch_exceptions=False)
    assert first.output == "Told: 2.\n", "they have waited since March"
    assert CliRunner().invoke(main, ["safeguarding", "notify"]).output == "Told: 0.\n"
    files = sorted((settings.data_dir / "outbox").glob("*.eml"))
    mails = [message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in files]
    assert {mail["To"] for mail in mails} == {READER, DEPUTY}
    for mail in mails:
        assert mail["Subject"] == notices.SUBJECT
        text = " ".join(str(mail.get_content()).split())
        assert text == " ".join(notices.TEXT.format(home="http://127.0.0.1:8000").split())
    session.expire_all()
    events = session.scalars(select(AuditEvent).where(AuditEvent.verb == notices.VERB)).all()
    assert len(events) == 2
    assert "@" not in "".join(event.object_id for event in events)
