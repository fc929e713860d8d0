"""Everybody who asked is told once, whatever happens on the way, and nobody else learns of it."""

import collections
import csv
import dataclasses
import datetime as dt
import io
import logging
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from engage import jobs
from engage.audit import AuditEvent
from engage.jobs import Job
from engage.jobs.services import STALE_AFTER
from engage.mail import MailSettings, NotNowError, NoWayToSendError, RefusedError, UnsureError
from engage.orm import utc_now
from engage.settings import Settings
from reports.loop import telling
from reports.models import Report
from surveys import services as asking
from surveys.models import Contact, Told
from surveys.services import telling as rounds
from tests.integration.reports import scenario as made
from tests.integration.reports.telling.people import (
    MAILED,
    PEOPLE,
    address_of,
    later_version,
    mail_to,
    opened,
    recipients,
    states,
    words,
)
from tests.postbox import Postbox

# --- Once -----------------------------------------------------------------------------------


def test_everybody_with_an_address_is_told_once_in_their_format(
    session: Session, tells: Callable[[], Job], postbox: Postbox
) -> None:
    assert tells().outcome == "succeeded"
    assert sorted(recipients(postbox)) == sorted(
        address_of(kind, wanted) for kind, wanted in PEOPLE if kind == "email"
    )
    assert tells().outcome == "succeeded"
    assert len(postbox.kept) == MAILED, "nobody is told twice"
    assert states(session) == {"told": MAILED, "by_hand": 2}
    standard, easy = words(mail_to(postbox, "standard")), words(mail_to(postbox, "easy"))
    assert made.FRONT.summary in standard
    assert "https://engage.example.org/you-said-we-did/send-strategy/\n" in standard
    assert "Done: 1." in standard
    assert "easy-read" in easy
    assert made.FRONT.summary not in easy
    assert "You told us that help comes late." in easy
    assert "There is no film of this yet" in words(mail_to(postbox, "bsl"))
    assert 'class="large"' in words(mail_to(postbox, "large_print"), "html")


def test_a_new_version_of_the_same_milestone_tells_nobody_again(
    session: Session, asked: Report, tells: Callable[[], Job], postbox: Postbox
) -> None:
    tells()
    later_version(session, asked, 1)
    tells()
    assert len(postbox.kept) == MAILED


def test_who_asks_later_is_told_and_the_others_are_not(
    session: Session, asked: Report, tells: Callable[[], Job], postbox: Postbox
) -> None:
    tells()
    asking.keep_contact(
        session, asked.consultation_id, kind="email", address="late@example.org",
        wanted="standard", now=made.NOW,
    )  # fmt: skip
    session.commit()
    tells()
    assert recipients(postbox)[MAILED:] == ["late@example.org"]
    assert states(session) == {"told": MAILED + 1, "by_hand": 2}


@pytest.mark.parametrize(
    ("days", "milestone"),
    [
        ([0], "published"),
        ([0, 100], "published"),
        ([0, 152], "published"),
        ([0, 153], "6_months"),
        ([0, 200, 336], "6_months"),
        ([0, 200, 337], "12_months"),
        ([0, 700], "12_months"),
    ],
)
def test_the_newest_version_decides_which_milestone_it_is(days: list[int], milestone: str) -> None:
    first = dt.date(2026, 3, 2)
    assert telling.milestone_of([first + dt.timedelta(days=day) for day in days]) == milestone


def test_after_six_months_everybody_is_told_again_and_after_twelve_the_addresses_go(
    session: Session, asked: Report, tells: Callable[[], Job], postbox: Postbox
) -> None:
    tells()
    later_version(session, asked, 6)
    tells()
    assert collections.Counter(recipients(postbox)).most_common(1)[0][1] == 2
    assert "Half a year ago" in words(postbox.kept[-1]) + words(
        mail_to(postbox, "standard")
    ) or any("Half a year ago" in words(mail) for mail in postbox.kept)
    later_version(session, asked, 12)
    tells()
    last = [mail for mail in postbox.kept[2 * MAILED :] if mail["To"].startswith("standard")]
    assert "This is the last message. We delete your address once it is sent." in words(last[0])
    kinds = session.scalars(select(Contact.kind)).all()
    assert sorted(kinds) == ["post", "text"], "an officer still has to write to these two"
    year = opened(session, "12_months")
    assert rounds.told_by_hand(session, year, actor="officer", now=made.NOW) == 2
    assert session.scalars(select(Contact)).all() == []
    assert session.scalars(select(Told.mark).where(Told.mark.is_not(None))).all() == []
    assert states(session, "12_months") == {"told": MAILED, "told_by_hand": 2}


# --- What goes wrong ------------------------------------------------------------------------


class Breaks:
    """A way to send that fails as it is told to, after some messages."""

    def __init__(self, error: BaseException, after: int) -> None:
        self.error, self.after, self.sent = error, after, 0

    def send(self, message: object) -> None:
        del message
        self.sent += 1
        if self.sent > self.after:
            raise self.error


def breaks(monkeypatch: pytest.MonkeyPatch, error: BaseException, after: int) -> Breaks:
    broken = Breaks(error, after)
    monkeypatch.setattr(telling, "sender_for", lambda _settings: broken)
    return broken


def test_a_refused_address_is_listed_and_the_others_are_told(
    session: Session, tells: Callable[[], Job], postbox: Postbox
) -> None:
    postbox.answers["pl@family.example.org"] = "550 nobody here"
    assert tells().outcome == "succeeded"
    assert states(session) == {"told": MAILED - 1, "refused": 1, "by_hand": 2}
    reasons = [why for _, why in rounds.numbers_left(session, opened(session))]
    assert "the address was refused" in reasons


def test_a_server_that_is_away_loses_nobody(
    session: Session,
    tells: Callable[[], Job],
    monkeypatch: pytest.MonkeyPatch,
    postbox: Postbox,
) -> None:
    with monkeypatch.context() as patched:
        breaks(patched, NotNowError("The mail server is busy. Try again later."), 2)
        failed = tells()
        assert failed.error == "The mail server is busy. Try again later."
        assert states(session) == {"told": 2, "waiting": MAILED - 2, "by_hand": 2}
    assert tells().outcome == "succeeded"
    assert len(postbox.kept) == MAILED - 2
    assert states(session) == {"told": MAILED, "by_hand": 2}


def test_doubt_is_said_and_never_sent_again(
    session: Session,
    tells: Callable[[], Job],
    monkeypatch: pytest.MonkeyPatch,
    postbox: Postbox,
) -> None:
    with monkeypatch.context() as patched:
        breaks(patched, UnsureError("The line broke."), 1)
        assert tells().outcome == "failed", "three in a row are too many"
        assert states(session) == {"told": 1, "unsure": 3, "waiting": 2, "by_hand": 2}
    assert tells().outcome == "succeeded"
    assert len(postbox.kept) == 2
    assert states(session) == {"told": 3, "unsure": 3, "by_hand": 2}


class KilledError(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


def test_whoever_is_killed_in_the_middle_tells_nobody_twice(
    app: Flask,
    session: Session,
    tells: Callable[[], Job],
    monkeypatch: pytest.MonkeyPatch,
    postbox: Postbox,
) -> None:
    with monkeypatch.context() as patched:
        breaks(patched, KilledError(), 3)
        with pytest.raises(KilledError):
            tells()
        session.expire_all()
        assert states(session) == {"told": 3, "sending": 1, "waiting": 2, "by_hand": 2}
    _silence(session)
    (waiting,) = session.scalars(select(Job.id).where(Job.outcome.is_(None)))
    session.commit()
    jobs.run(app, waiting)
    session.expire_all()
    assert len(postbox.kept) == MAILED - 4
    assert states(session) == {"told": MAILED - 1, "unsure": 1, "by_hand": 2}


def _silence(session: Session) -> None:
    """Let the heart of every job have stopped a while ago."""
    session.execute(update(Job).values(heartbeat_at=utc_now() - 2 * STALE_AFTER))
    session.commit()


WORKER = """
    import sys
    from pathlib import Path
    from engage import jobs, rooms
    from engage.app import create_app
    from engage.mail import MailSettings
    from engage.settings import Settings

    data, database, port, job = sys.argv[1:]
    rooms.learn_jobs()
    mail = MailSettings(by="smtp", sender="engage@example.org", host="127.0.0.1", port=int(port),
                        security="none", per_minute=6000)
    app = create_app(Settings(mode="test", data_dir=Path(data), database_url=database, mail=mail))
    jobs.run(app, job)
"""


@pytest.mark.full
def test_a_worker_killed_while_the_server_takes_a_message_tells_nobody_twice(
    app: Flask, session: Session, asked: Report, settings: Settings, postbox: Postbox
) -> None:
    job = telling.ask(session, asked, settings=settings, actor="officer", now=utc_now()).id
    session.commit()
    command = [sys.executable, "-c", textwrap.dedent(WORKER), str(settings.data_dir),
               settings.database_url, str(settings.mail.port), job]  # fmt: skip
    worker = subprocess.Popen(command)  # noqa: S603  # our own words

    def kill_at_the_third() -> None:
        if len(postbox.kept) == 3:
            worker.kill()
            worker.wait()

    postbox.on_arrival = kill_at_the_third
    assert worker.wait(60) == -signal.SIGKILL
    postbox.on_arrival = lambda: None
    _silence(session)
    done = jobs.run(app, job)
    session.expire_all()
    assert done is not None
    assert done.outcome == "succeeded"
    assert max(collections.Counter(recipients(postbox)).values()) == 1
    assert len(postbox.kept) == MAILED, "this one had arrived; we cannot know it"
    assert states(session) == {"told": MAILED - 1, "unsure": 1, "by_hand": 2}


def test_nobody_is_told_before_publication(
    session: Session, report: Report, settings: Settings
) -> None:
    with pytest.raises(telling.TellingError, match="Publish the report first"):
        telling.ask(session, report, settings=settings, actor="o", now=made.NOW)


def test_contacts_stay_unread_while_a_survey_is_open(
    session: Session, published: Report, settings: Settings
) -> None:
    with pytest.raises(asking.SurveysNotClosedError):
        telling.ask(session, published, settings=settings, actor="o", now=made.NOW)
    silent = dataclasses.replace(settings, mail=MailSettings(by=None))
    with pytest.raises(NoWayToSendError):
        telling.ask(session, published, settings=silent, actor="o", now=made.NOW)


# --- Who must not learn of it ---------------------------------------------------------------


def test_no_log_and_no_event_holds_an_address(
    session: Session,
    tells: Callable[[], Job],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    postbox: Postbox,
) -> None:
    caplog.set_level(logging.DEBUG)
    postbox.answers["easy@family.example.org"] = "550 easy@family.example.org is nobody"
    tells()
    with monkeypatch.context() as patched:
        breaks(patched, RefusedError("x"), 0)
        tells()
    own = [r.getMessage() for r in caplog.records if not r.name.startswith(("mail.log", "asyncio"))]
    assert "family.example.org" not in " ".join(own)
    events = session.scalars(select(AuditEvent)).all()
    assert "tell_contacts" in {event.verb for event in events}
    held = " ".join(f"{event.actor} {event.object_id}" for event in events)
    assert "@" not in held.replace("officer", "")
    rows = session.execute(text("SELECT * FROM told")).mappings().all()
    assert "family" not in str([dict(row) for row in rows])


def test_the_list_for_an_officer_says_number_address_format_and_reason(
    session: Session, tells: Callable[[], Job]
) -> None:
    tells()
    found = rounds.for_officer(session, opened(session), actor="officer", now=made.NOW)
    rows = {row["address"]: row for row in csv.DictReader(io.StringIO(found))}
    assert rows["07700 900123"]["why"] == "cannot be told by e-mail"
    assert rows["The Family, 1 The Street"]["format"] == "easy"
    assert rows["bsl@family.example.org"]["why"] == "told, but not in this format"
    numbers = [int(row["number"]) for row in rows.values()]
    assert len(set(numbers)) == len(numbers) == 3
    verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.sequence)).all()
    assert verbs[-1] == "export_contacts"


def test_an_unchecked_language_is_told_in_english_and_listed_in_production(
    session: Session, asked: Report, settings: Settings
) -> None:
    live = dataclasses.replace(settings, mode="production")
    checked = telling._checked(session, asked.consultation_id, live)  # noqa: SLF001  # the rule
    assert checked == frozenset()
    assert not telling.mails.is_as_wished("pl", checked)
    assert telling.mails.edition_for("pl", checked) == "standard"
