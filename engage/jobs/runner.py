"""Running one job: claim it, do its work once, and say truthfully how it ended."""

import dataclasses
import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Protocol

from flask import Flask
from sqlalchemy import Engine, or_, update
from sqlalchemy.orm import Session

from engage.db import db
from engage.jobs.heartbeat import Heartbeat, holds_write_lock
from engage.jobs.models import Job
from engage.jobs.services import STALE_AFTER
from engage.orm import utc_now
from engage.settings import Settings

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
WRITE_EVERY_SECONDS = 0.5
UNKNOWN_ERROR = "Something went wrong inside Engage. The details are in the worker's log."
GIVEN_UP = f"The worker stopped {MAX_ATTEMPTS} times before this work was finished."

ProgressCallback = Callable[[str, int, int], None]


class Handler(Protocol):
    """The work of one kind of job; safe to run again after a worker was killed halfway."""

    def __call__(
        self,
        session: Session,
        job: Job,
        progress: ProgressCallback,
        *,
        settings: Settings,
        now: dt.datetime,
    ) -> None:
        """Do the work in the session without committing; report progress by stage and count."""


HANDLERS: dict[str, Handler] = {}


class LostClaimError(RuntimeError):
    """Another worker took the job over, so this one's work must not be kept."""


@dataclasses.dataclass(frozen=True)
class Claim:
    """The right to finish one attempt at a job; a later attempt makes it worthless."""

    job_id: str
    attempt: int


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of a kind."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def run(app: Flask, job_id: str, *, on_progress: ProgressCallback | None = None) -> Job | None:
    """Do a job unless it is finished or in other hands; return it as it stands afterwards.

    The work and its success are committed together. A failure is committed by itself, after the
    work was rolled back. If this process is killed neither happens and the job runs again.
    """
    settings: Settings = app.extensions["engage_settings"]
    with app.app_context():
        claim = _claim(db.engine, job_id, utc_now())
        if claim is not None:
            with Heartbeat(db.engine, claim.job_id, claim.attempt):
                _attempt(db.engine, claim, settings, on_progress)
        with Session(db.engine, expire_on_commit=False) as session:
            return session.get(Job, job_id)


def _claim(engine: Engine, job_id: str, now: dt.datetime) -> Claim | None:
    """Take the job in one statement, so that of two workers only one gets it."""
    free = (
        Job.id == job_id,
        Job.outcome.is_(None),
        or_(Job.heartbeat_at.is_(None), Job.heartbeat_at < now - STALE_AFTER),
    )
    take = {"started_at": now, "heartbeat_at": now, "attempts": Job.attempts + 1}
    give_up = {"outcome": "failed", "error": GIVEN_UP, "finished_at": now}
    spent = Job.attempts >= MAX_ATTEMPTS
    with engine.begin() as connection:
        connection.execute(update(Job).where(*free, spent).values(**give_up))
        attempt = connection.scalar(
            update(Job).where(*free, ~spent).values(**take).returning(Job.attempts)
        )
    return None if attempt is None else Claim(job_id, attempt)


def _attempt(
    engine: Engine, claim: Claim, settings: Settings, on_progress: ProgressCallback | None
) -> None:
    """Do the work and commit it with its success, or record the failure alone."""
    try:
        with Session(engine) as session:
            job = session.get_one(Job, claim.job_id)
            progress = _progress(session, claim, on_progress)
            _handler_for(job.kind)(session, job, progress, settings=settings, now=utc_now())
            session.flush()
            _finish(session, claim, outcome="succeeded", error=None)
            session.commit()
    except LostClaimError:
        log.warning("Job %s was taken over by another worker.", claim.job_id)
    except Exception as error:
        log.exception("Job %s failed.", claim.job_id)
        _record_failure(engine, claim, error)


def _handler_for(kind: str) -> Handler:
    if kind not in HANDLERS:
        message = f"This worker does not know how to do {kind!r}. Is it the same version?"
        raise ValueError(message)
    return HANDLERS[kind]


def _record_failure(engine: Engine, claim: Claim, error: Exception) -> None:
    message = str(error) if isinstance(error, ValueError) and str(error) else UNKNOWN_ERROR
    try:
        with Session(engine) as session, session.begin():
            _finish(session, claim, outcome="failed", error=message)
    except LostClaimError:
        log.warning("Job %s was taken over by another worker.", claim.job_id)


def _finish(session: Session, claim: Claim, *, outcome: str, error: str | None) -> None:
    """Write how the attempt ended; raise LostClaimError if it is no longer ours to say."""
    ended = (
        update(Job)
        .where(Job.id == claim.job_id, Job.attempts == claim.attempt, Job.outcome.is_(None))
        .values(outcome=outcome, error=error, finished_at=utc_now())
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    if session.scalar(ended) is None:
        raise LostClaimError(claim.job_id)


def _progress(
    work: Session, claim: Claim, on_progress: ProgressCallback | None
) -> ProgressCallback:
    """Return the function a handler calls, as often as it likes, to say how far it is.

    What is written is a short transaction of its own, so that people see it before the work is
    done. Once the work itself has begun to write, SQLite's one write lock is taken and a second
    connection could only wait for it in vain: then the row stays as it is until the end.
    """
    written = ("", 0.0)

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal written
        if on_progress is not None:
            on_progress(stage, done, total)
        too_soon = stage == written[0] and time.monotonic() - written[1] < WRITE_EVERY_SECONDS
        if (too_soon and done < total) or holds_write_lock(work):
            return
        _write_progress(claim, {"stage": stage[:200], "done": done, "total": total})
        written = (stage, time.monotonic())

    return progress


def _write_progress(claim: Claim, values: dict[str, str | int]) -> None:
    ours = (Job.id == claim.job_id, Job.attempts == claim.attempt)
    with db.engine.begin() as connection:
        connection.execute(update(Job).where(*ours).values(**values, heartbeat_at=utc_now()))
