"""The demo's walk, stage by stage; each one finds what is done already and does only the rest."""

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import click
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from analysis.runs import services as analysis
from engage import jobs, migrations
from engage.accounts.models import User
from engage.accounts.services import create_user, find_user
from engage.consultations import Consultation, by_slug
from engage.db import db
from engage.demo import load, replies, safety, story
from engage.demo.load import Progress
from engage.demo.processes import DemoError
from engage.demo.ways import FACILITATOR
from engage.orm import utc_now
from engage.settings import Settings
from reports.models import Publication
from reports.publishing import services as reports

PASSWORD_FILE = "demo-password"  # noqa: S105  # a file's name
LOOK_AGAIN_SECONDS = 0.5
ANALYST, APPROVER = "analyst@demo.test", "approver@demo.test"
READER, DEPUTY = "safeguarding@demo.test", "deputy@demo.test"
FORUM, YOUTH = "forum@demo.test", "youth@demo.test"
STAFF = {
    ANALYST: ("Analyst (demo)", ("analyst", "engagement_officer")),
    APPROVER: ("Head of service (demo)", ("approver", "analyst", "engagement_officer")),
    READER: ("Safeguarding duty lead (demo)", ("safeguarding_reader",)),
    DEPUTY: ("Safeguarding deputy (demo)", ("safeguarding_deputy",)),
    FORUM: ("Chair of the parent carer forum (demo)", ("co_owner",)),
    YOUTH: ("Youth council (demo)", ("co_owner",)),
    FACILITATOR: ("Participation worker (demo)", ("facilitator",)),
}


class Clock:
    """How long each stage took, for the summary."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Say that a stage begins, and measure it."""
        began = time.monotonic()
        click.echo(f"{name} …")
        yield
        self.seconds[name] = time.monotonic() - began


def prepare(session: Session, settings: Settings) -> str:
    """Make tables, staff and answers; return the staff's password.

    Answers and their consultation are committed together, so that a killed demo leaves none
    or all of them.
    """
    migrations.upgrade(db.engine)
    password = _password(settings.data_dir)
    for email, (title, roles) in STAFF.items():
        _staff(session, email, title, roles, password)
    session.commit()
    with bar("Answers") as progress:
        load.load(session, settings, progress, now=utc_now())
    session.commit()
    return password


def read_for_safety(session: Session, settings: Settings) -> int:
    """Let reader and deputy read every comment that nobody has read; return how many."""
    reader, deputy = _person(session, READER), _person(session, DEPUTY)
    with bar("Comments read for safety") as progress:
        read = safety.read_everything(
            session, settings, progress, reader=reader, deputy=deputy, now=utc_now()
        )
    session.commit()
    return read


def closed_consultation(session: Session) -> Consultation:
    """Return the consultation whose answers the demo publishes."""
    slug = next(
        item["slug"] for item in load.plan()["consultations"] if item["surveys"] == "closed"
    )
    consultation = by_slug(session, slug)
    if consultation is None or not consultation.is_demo:
        message = f"A consultation called {slug} is there already. Use another ENGAGE_DATA_DIR."
        raise DemoError(message)
    return consultation


def analyse(session: Session, consultation: Consultation) -> AnalysisRun:
    """Let the worker analyse the answers, showing how far it is; a finished run is used again."""
    if queries.latest_run(session, consultation.id) is None:
        analyst = _person(session, ANALYST)
        job = analysis.start_run(session, consultation, actor=analyst.id, now=utc_now())
        session.commit()
        _follow(session, job.id)
    run = queries.latest_run(session, consultation.id)
    if run is None:
        message = "The analysis left no result. The worker's messages are in worker.log."
        raise DemoError(message)
    return run


def publish(
    session: Session, settings: Settings, consultation: Consultation, run: AnalysisRun
) -> Publication:
    """Decide, answer and publish, each by the person whose job it is."""
    published = reports.find_report(session, consultation)
    if published is not None and (newest := reports.latest(session, published)):
        return newest
    analyst, approver = _person(session, ANALYST), _person(session, APPROVER)
    story.decide_themes(session, consultation, run, analyst=analyst, now=utc_now())
    with bar("Comments read") as progress:
        story.read_comments(session, consultation, run, progress, analyst=analyst, now=utc_now())
    story.approve_what_was_read(session, consultation, run, analyst=analyst, now=utc_now())
    report = replies.answer(
        session, consultation, run, officer=analyst, approver=approver, now=utc_now()
    )
    publication = replies.publish(session, report, settings, approver=approver, now=utc_now())
    session.commit()
    return publication


@contextlib.contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Show one progress bar; stages named by the work replace its label."""
    with click.progressbar(length=1, label=label, show_pos=True) as shown:

        def progress(stage: str, done: int, total: int) -> None:
            shown.label, shown.length = stage, max(total, 1)
            shown.pos = min(done, shown.length)
            shown.render_progress()

        yield progress


def _follow(session: Session, job_id: str) -> None:
    """Wait for a job, drawing its progress; raise DemoError with its own words if it failed."""
    with bar("Waiting for the worker") as progress:
        while True:
            session.rollback()  # begin a new look at the database
            job = session.get_one(jobs.Job, job_id, populate_existing=True)
            if job.outcome is not None:
                break
            if job.stage:
                progress(job.stage, job.done or 0, job.total or 1)
            time.sleep(LOOK_AGAIN_SECONDS)
    if job.outcome != "succeeded":
        raise DemoError(job.error or "The analysis failed.")


def _staff(session: Session, email: str, title: str, roles: tuple[str, ...], password: str) -> None:
    """Make a demo account, or give the one that is there the password we are about to print."""
    user = find_user(session, email)
    if user is None:
        create_user(
            session,
            email=email,
            password=password,
            roles=roles,
            display_name=title,
            is_demo=True,
            actor=load.ACTOR,
            now=utc_now(),
        )
    elif user.is_demo:
        user.password = PasswordHasher().hash(password)


def _person(session: Session, email: str) -> User:
    user = find_user(session, email)
    if user is None:
        message = f"The demo account {email} is missing. Start the demo again."
        raise DemoError(message)
    return user


def _password(folder: Path) -> str:
    """Return this demo's random password, kept so that a second start prints the same one."""
    file = folder / PASSWORD_FILE
    if not file.exists():
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(12))
    return file.read_text().strip()
