"""Owners are reminded by mail: once before a day, once after it, and never with families' words."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs, worker
from engage.db import db
from engage.jobs import Job
from engage.mail import Message, NotNowError, RefusedError, Sender, UnsureError
from engage.settings import Settings
from reports.entries import following
from reports.loop import reminding
from reports.models import Entry, Report
from reports.models.owners import MailboxError, Reminder, keep_mailbox
from tests.factories import NOW
from tests.pages import CheckedClient
from tests.people import Staff

ADDRESS = "transport@council.example.org"
DUE = dt.date(2026, 3, 10)
LATE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)


class Post:
    """Takes mails, or fails as it is told."""

    def __init__(self) -> None:
        self.kept: list[Message] = []
        self.fails: Exception | None = None

    def send(self, message: Message) -> None:
        """Keep a mail, or fail."""
        if self.fails:
            raise self.fails
        self.kept.append(message)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    kept = Post()

    def the_post(_settings: Settings) -> Sender:
        return kept

    monkeypatch.setattr(reminding, "sender_for", the_post)
    return kept


@pytest.fixture
def planned(session: Session, report: Report) -> Entry:
    """Return an entry that is to be checked soon, and whose owner has an address."""
    entry = next(one for one in report.entries if one.response_type == "planned")
    entry.review_due = DUE
    keep_mailbox(session, entry.owner_role, entry.owner_org, ADDRESS, actor="x", now=NOW)
    session.commit()
    return entry


@pytest.fixture
def remind(app: Flask, settings: Settings, planned: Entry) -> Callable[..., reminding.Reminded]:
    """Return a function that reminds owners as the worker and the command do."""
    report_id = planned.report_id

    def run(now: dt.datetime = NOW, entry_id: str = "") -> reminding.Reminded:
        with app.app_context():
            return reminding.remind(
                db.engine, report_id, settings=settings, actor="x", now=now, entry_id=entry_id
            )

    return run


def outcomes(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    rows = session.scalars(select(Reminder).order_by(Reminder.reminded_at, Reminder.stage))
    return [(row.stage, row.outcome) for row in rows]


def test_each_day_is_mailed_once_before_it_and_once_after_it(
    session: Session, post: Post, remind: Callable[..., reminding.Reminded]
) -> None:
    assert [remind().sent, remind().sent, remind(LATE).sent, remind(LATE).sent] == [1, 0, 1, 0]
    assert [mail.to for mail in post.kept] == [ADDRESS, ADDRESS]
    assert "by 10 March 2026." in post.kept[0].text
    assert "This is late." in post.kept[1].text
    assert outcomes(session) == [("soon", "sent"), ("late", "sent")]


def test_a_mail_holds_nothing_that_families_wrote(
    session: Session, post: Post, planned: Entry, remind: Callable[..., reminding.Reminded]
) -> None:
    planned.said_text, planned.also_said = "We waited for years.", "A few were happy."
    session.commit()
    remind()
    (mail,) = post.kept
    session.refresh(planned)
    assert planned.title in mail.text
    assert f"/entries/{planned.key}/follow-up" in mail.text
    for words in (planned.said_text, planned.also_said, planned.said_easy):
        assert words not in mail.text
    assert (mail.html, mail.subject) == ("", reminding.SUBJECT)


@pytest.mark.parametrize(
    ("fails", "kept", "again"),
    [
        (RefusedError("No such address."), [("soon", "refused")], 0),
        (UnsureError("The line broke."), [("soon", "unsure")], 0),
        (NotNowError("The server is busy."), [], 1),
    ],
)
def test_what_failed_is_tried_again_only_if_surely_nothing_was_sent(
    session: Session,
    post: Post,
    remind: Callable[..., reminding.Reminded],
    fails: Exception,
    kept: list[tuple[str, str]],
    again: int,
) -> None:
    post.fails = fails
    done = remind()
    assert (done.sent, done.failed) == (0, (str(fails),))
    assert ADDRESS not in reminding.said(done)
    assert outcomes(session) == kept
    post.fails = None
    assert remind().sent == again


def test_one_mail_holds_everything_that_a_post_owes(
    session: Session, post: Post, planned: Entry, remind: Callable[..., reminding.Reminded]
) -> None:
    other = next(one for one in planned.report.entries if one is not planned)
    other.owner_role, other.owner_org = planned.owner_role, planned.owner_org
    other.review_due = DUE
    session.commit()
    assert remind().sent == 1
    (mail,) = post.kept
    session.refresh(other)
    assert mail.text.count("\n- ") == 2


def test_a_person_reminds_an_owner_again_but_not_twice_on_one_day(
    post: Post, planned: Entry, remind: Callable[..., reminding.Reminded]
) -> None:
    entry_id = planned.id
    remind()
    assert [remind(entry_id=entry_id).sent, remind(entry_id=entry_id).sent] == [1, 0]
    assert remind(NOW + dt.timedelta(days=1), entry_id).sent == 1
    assert len(post.kept) == 3


def test_without_an_address_somebody_else_has_to(
    session: Session, post: Post, planned: Entry, remind: Callable[..., reminding.Reminded]
) -> None:
    report = planned.report
    keep_mailbox(session, planned.owner_role, planned.owner_org, "", actor="x", now=NOW)
    session.commit()
    assert remind().without == 1
    assert post.kept == []
    assert [one.entry.id for one in reminding.chase(session, report, actor="x", now=NOW)] == [
        planned.id
    ]
    assert reminding.chase(session, report, actor="x", now=NOW) == []
    assert [o.what for o in reminding.chase(session, report, actor="x", now=LATE)] == ["check"]
    assert outcomes(session) == [("soon", "listed"), ("late", "listed")]


def test_an_address_that_no_mail_goes_to_is_refused(session: Session, planned: Entry) -> None:
    with pytest.raises(MailboxError, match=r"like name@council\.gov\.uk"):
        following.assign(
            session, planned, role="Head", body="Council", answer_by=DUE, address="nobody",
            actor="x", now=NOW,
        )  # fmt: skip


def test_the_desk_reminds_and_shows_it(
    app: Flask, client: CheckedClient, session: Session, staff: Callable[..., Staff], post: Post,
    planned: Entry,
) -> None:  # fmt: skip
    key, desk = planned.key, "/desk/consultations/send-strategy/report/"
    staff("engagement_officer").signs_in()
    page = f"{desk}entries/{key}/follow-up"
    wrong = {"role": "Head", "body": "Council", "answer_by": "2030-01-01", "address": "no"}
    reply = client.send(f"{desk}entries/{key}/owner", wrong, page=page)
    assert reply.status_code == 400
    assert "Write the e-mail address like" in reply.text
    reply = client.send(f"{desk}due/remind", page=f"{desk}due")
    assert reply.status_code == 303
    session.expire_all()
    assert jobs.run(app, session.scalars(select(Job)).one().id)
    assert [mail.to for mail in post.kept] == [ADDRESS]
    assert "reminded by e-mail" in client.get(f"{desk}due").text
    assert "reminded by e-mail" in client.get(page).text
    assert ADDRESS in client.get(page).text
    client.send(f"{desk}entries/{key}/remind", page=page)
    session.expire_all()
    assert jobs.run(app, session.scalars(select(Job).order_by(Job.asked_at.desc())).first().id)  # type: ignore[union-attr]  # it was just asked for
    assert len(post.kept) == 2


def test_nobody_but_officers_reminds(
    client: CheckedClient, staff: Callable[..., Staff], planned: Entry
) -> None:
    key, desk = planned.key, "/desk/consultations/send-strategy/report/"
    staff("analyst").signs_in()
    for address in (f"{desk}due/remind", f"{desk}entries/{key}/remind"):
        assert client.send(address, page="/desk/").status_code == 403


@pytest.mark.parametrize(("day", "mails"), [(dt.date(2026, 3, 9), 1), (dt.date(2026, 3, 8), 0)])
def test_the_worker_reminds_on_days_when_offices_are_open(
    app: Flask, post: Post, planned: Entry, monkeypatch: pytest.MonkeyPatch, day: dt.date,
    mails: int,
) -> None:  # fmt: skip
    del planned
    at = dt.datetime.combine(day, dt.time(8, 12), tzinfo=dt.UTC)
    monkeypatch.setattr(worker, "utc_now", lambda: at)
    assert worker.remind(app) == mails
    assert len(post.kept) == mails


def test_where_nothing_is_owed_the_outcome_says_so() -> None:
    assert "Nothing is owed" in reminding.said(reminding.Reminded(0, (), 0))
    assert "Nothing is owed" not in reminding.said(reminding.Reminded(1, (), 0))
    assert "Nothing is owed" not in reminding.said(reminding.Reminded(0, (), 2))
