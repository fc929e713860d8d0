"""Asking for a job, and finding jobs that need a worker."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engage.jobs.models import Job
from engage.jobs.queue import send_after_commit

STALE_AFTER = dt.timedelta(seconds=60)


class JobError(ValueError):
    """A job cannot be done; the message says why in plain words."""


def enqueue(
    session: Session, kind: str, subject_id: str, *, asked_by: str, now: dt.datetime
) -> Job:
    """Ask for a job, or return the same job if it has been asked for and is not finished.

    The worker is told when, and only when, the caller's transaction commits.
    """
    unfinished = (Job.kind == kind, Job.subject_id == subject_id, Job.outcome.is_(None))
    job = session.scalar(select(Job).where(*unfinished).order_by(Job.asked_at).limit(1))
    if job is None:
        job = Job(kind=kind, subject_id=subject_id, asked_by=asked_by, asked_at=now)
        session.add(job)
        session.flush()
        send_after_commit(session, job.id)
    return job


def find(session: Session, job_id: str) -> Job | None:
    """Return the job with that id, if there is one."""
    return session.get(Job, job_id)


def waiting(session: Session, now: dt.datetime) -> Sequence[str]:
    """Return ids of unfinished jobs that nobody is working on, the oldest first.

    A job whose heart has not beaten for a minute lost its worker.
    """
    nobody = or_(Job.heartbeat_at.is_(None), Job.heartbeat_at < now - STALE_AFTER)
    unfinished = select(Job.id).where(Job.outcome.is_(None), nobody)
    return session.scalars(unfinished.order_by(Job.asked_at)).all()
