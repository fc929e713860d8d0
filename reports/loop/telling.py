"""Telling everybody who asked what happened: which milestone it is, and the job that sends.

Each message has two short transactions of its own around it, because no transaction reaches to
another machine: one that claims the row, one that says how it went. See surveys.services.telling.
"""

import collections
import dataclasses
import datetime as dt
import time
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from engage import jobs
from engage.consultations import Consultation, local_date
from engage.mail import NotNowError, RefusedError, Sender, UnsureError, sender_for
from engage.orm import utc_now
from engage.settings import Settings
from reports.checks.rules import later
from reports.documents.document import from_json
from reports.loop import mails
from reports.models import Publication, Report
from reports.publishing import takeouts
from surveys.models import LanguageSignOff, Survey, SurveyVersion, Telling
from surveys.questions import LANGUAGES
from surveys.services import delete_on, telling

JOB = "tell"
EARLY_MONTHS = 1
MOST_DOUBTS = 3


class TellingError(ValueError):
    """Nobody can be told now; the message says why and what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What telling now would do, without an address.

    Attributes:
        by_mail: how many people would get a mail, by the format they asked for.
        by_hand: how many are for an officer, because they gave a number or a postal address.
        so_far: how many rows of the round are in each state; empty before it has begun.
    """

    milestone: str
    version: int
    by_mail: Mapping[str, int]
    by_hand: int
    so_far: Mapping[str, int]


def milestone_of(published: Sequence[dt.date]) -> str:
    """Return the milestone that the newest version stands for, from the days of all versions.

    The report of half a year or a year may come up to a month early.
    """
    first, newest = min(published), max(published)
    for milestone, months in (("12_months", 12), ("6_months", 6)):
        if newest >= later(first, months - EARLY_MONTHS):
            return milestone
    return "published"


def newest(session: Session, report: Report) -> tuple[str, Publication]:
    """Return the milestone and the version to tell of; raise TellingError before the first."""
    versions = session.scalars(
        select(Publication).where(Publication.report_id == report.id).order_by(Publication.version)
    ).all()
    if not versions:
        message = "Publish the report first. Then there is something to tell."
        raise TellingError(message)
    days = [local_date(one.published_at) for one in versions]
    return milestone_of(days), versions[-1]


def preview(session: Session, report: Report) -> Preview:
    """Return what telling now would do; nothing is written."""
    milestone, publication = newest(session, report)
    began = telling.find(session, report.consultation_id, milestone)
    fresh = telling.not_listed(session, report.consultation_id, began)
    mailed = collections.Counter(one.format for one in fresh if one.kind == telling.BY_MAIL)
    return Preview(
        milestone,
        publication.version,
        dict(sorted(mailed.items())),
        len(fresh) - mailed.total(),
        telling.counts(session, began) if began else {},
    )


def ask(
    session: Session, report: Report, *, settings: Settings, actor: str, now: dt.datetime
) -> jobs.Job:
    """Open the round of the newest version and ask the worker to tell everybody in it.

    Raises TellingError before anything is published, SurveysNotClosedError while people can still
    answer, and NoWayToSendError where no way to send is set.
    """
    milestone, _ = newest(session, report)
    sender_for(settings)
    opened = telling.begin(session, report.consultation, milestone, actor=actor, now=now)
    return jobs.enqueue(session, JOB, opened.id, asked_by=actor, now=now)


@jobs.handler(JOB)
def tell(
    session: Session,
    job: jobs.Job,
    progress: jobs.ProgressCallback,
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Tell everybody who waits in a round, one after the other; safe to begin again."""
    opened = session.get_one(Telling, job.subject_id)
    occasion = _occasion(session, opened, settings, now)
    post = _Post(session.get_bind(), opened.id, occasion, sender_for(settings))
    actor = job.asked_by
    session.rollback()  # what was read is read; nothing may wait for this transaction
    rows = post.waiting()
    pace = _Pace(settings.mail.per_minute)
    for number, (row_id, address) in enumerate(rows):
        progress("Telling people", number, len(rows))
        pace.wait()
        post.tell(row_id, address)
    post.finish(actor)
    progress("Everybody is told", len(rows), len(rows))


def told_by_hand(session: Session, opened: Telling, *, actor: str, now: dt.datetime) -> int:
    """Note that an officer has told the others, and let the files say so; return how many."""
    number = telling.told_by_hand(session, opened, actor=actor, now=now)
    write_files(session, opened, actor=actor, now=now)
    return number


def write_files(session: Session, opened: Telling, *, actor: str, now: dt.datetime) -> None:
    """Ask for the files of the newest version that say how many were told."""
    newest_version = (
        select(Publication.id)
        .join(Report)
        .where(Report.consultation_id == opened.consultation_id)
        .order_by(Publication.version.desc())
        .limit(1)
    )
    if publication := session.scalar(newest_version):
        jobs.enqueue(session, takeouts.TELL_JOB, publication, asked_by=actor, now=now)


@dataclasses.dataclass(slots=True)
class _Post:
    """Tells one contact after the other, and stops when it cannot be known who was told."""

    engine: Engine | Connection
    telling_id: str
    occasion: mails.Occasion
    sender: Sender
    doubts: int = 0

    def waiting(self) -> list[tuple[str, str]]:
        """Return who waits, after setting apart whom an earlier attempt may have told."""
        with Session(self.engine) as session, session.begin():
            opened = session.get_one(Telling, self.telling_id)
            telling.doubt(session, opened)
            return telling.waiting(session, opened)

    def tell(self, row_id: str, address: str) -> None:
        """Claim, send, settle: each claim is kept before anything is sent."""
        with Session(self.engine) as session, session.begin():
            opened = session.get_one(Telling, self.telling_id)
            claim = telling.claim(session, opened, row_id, address)
        if claim is not None:
            self._send(claim)

    def _send(self, claim: telling.Claim) -> None:
        message = mails.write(
            self.occasion, to=claim.address, wanted=claim.wanted, token=claim.token
        )
        try:
            self.sender.send(message)
        except NotNowError:
            self._settle(claim, "waiting")
            raise
        except RefusedError:
            self._settle(claim, "refused")
        except UnsureError as error:
            self._doubt(claim, error)
        else:
            self.doubts = 0
            self._settle(claim, "told")

    def _doubt(self, claim: telling.Claim, error: UnsureError) -> None:
        self._settle(claim, "unsure")
        self.doubts += 1
        if self.doubts >= MOST_DOUBTS:
            raise error

    def _settle(self, claim: telling.Claim, state: str) -> None:
        differs = not mails.is_as_wished(claim.wanted, self.occasion.checked)
        with Session(self.engine) as session, session.begin():
            telling.settle(
                session, claim.row_id, state, now=utc_now(),
                other_words=differs and state == "told",
            )  # fmt: skip

    def finish(self, actor: str) -> None:
        """Delete the addresses of who was told, if this was the last time."""
        with Session(self.engine) as session, session.begin():
            opened = session.get_one(Telling, self.telling_id)
            telling.finish(session, opened, actor=actor, now=utc_now())
            write_files(session, opened, actor=actor, now=utc_now())


class _Pace:
    """Lets a message go only so often: a mail server that is flooded refuses everybody."""

    def __init__(self, per_minute: int) -> None:
        self._step = 60 / per_minute
        self._next = 0.0

    def wait(self) -> None:
        """Wait until the next message may go."""
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + self._step


def _occasion(
    session: Session, opened: Telling, settings: Settings, now: dt.datetime
) -> mails.Occasion:
    plan = session.get_one(Consultation, opened.consultation_id)
    publication = session.scalars(
        select(Publication)
        .join(Report)
        .where(Report.consultation_id == plan.id)
        .order_by(Publication.version.desc())
        .limit(1)
    ).one()
    return mails.Occasion(
        document=from_json(publication.document),
        milestone=opened.milestone,
        home=mails.home_of(settings),
        contact=plan.contact,
        organisation=settings.organisation,
        delete_on=delete_on(plan),
        today=local_date(now),
        checked=_checked(session, plan.id, settings),
    )


def _checked(session: Session, consultation_id: str, settings: Settings) -> frozenset[str]:
    """Return the languages that a named person has checked for a survey of this consultation."""
    if not settings.is_production:
        return frozenset(LANGUAGES)
    signed = (
        select(LanguageSignOff.language)
        .join(SurveyVersion, SurveyVersion.id == LanguageSignOff.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.consultation_id == consultation_id)
    )
    return frozenset(session.scalars(signed))
