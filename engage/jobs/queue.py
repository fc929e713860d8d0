"""The queue that wakes workers: beside the data by default, in PostgreSQL or Redis if asked."""

import functools
import importlib.util
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, has_app_context
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from sqlalchemy import event
from sqlalchemy.orm import Session

from engage.settings import Settings, SettingsError

log = logging.getLogger(__name__)
NAME = "engage"
SEND = "engage.jobs.send"
TO_SEND = "engage_jobs_to_send"


class QueueError(SettingsError):
    """The queue that was asked for cannot be used; the message says what to change."""


def build_queue(settings: Settings) -> Huey:
    """Return the queue that fits the settings; raise QueueError if it cannot be had.

    The embedded queue syncs to disk like the database beside it.
    """
    if settings.queue_url:
        return _redis(settings.queue_url)
    if settings.database.startswith("postgresql"):
        dsn = settings.database.replace("postgresql+psycopg://", "postgresql://", 1)
        return PostgresHuey(NAME, dsn=dsn, results=False)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir / "queue.sqlite"
    return SqliteHuey(NAME, filename=str(path), fsync=True, timeout=10, results=False)


def _redis(url: str) -> Huey:
    if not url.startswith(("redis://", "rediss://")):
        message = "ENGAGE_QUEUE_URL must start with redis:// or rediss://, or be left empty."
        raise QueueError(message)
    if importlib.util.find_spec("redis") is None:
        message = "ENGAGE_QUEUE_URL asks for Redis, but the package is missing: pip install redis."
        raise QueueError(message)
    return RedisHuey(NAME, url=url, results=False)


def send_after_commit(session: Session, job_id: str) -> None:
    """Remember to wake a worker for this job once its row is there to be found."""
    session.info.setdefault(TO_SEND, []).append(job_id)


@event.listens_for(Session, "after_commit")
def _send(session: Session) -> None:
    """Wake a worker; if that fails the row is still there and the sweep will find it."""
    job_ids = session.info.pop(TO_SEND, ())
    send: Callable[[str], Any] | None = None
    if job_ids and has_app_context():
        send = current_app.extensions.get(SEND)
    if send is None:
        return
    for job_id in job_ids:
        try:
            send(job_id)
        except Exception:
            log.exception("Job %s waits for the next sweep: the queue did not take it.", job_id)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """Forget jobs whose rows were rolled back."""
    session.info.pop(TO_SEND, None)


def init_app(app: Flask, settings: Settings) -> None:
    """Let committed jobs wake a worker; the queue is opened when the first one is sent."""

    @functools.cache
    def opened() -> tuple[Huey, Callable[[str], Any]]:
        queue = build_queue(settings)
        return queue, register(queue, run=None)

    def send(job_id: str) -> None:
        queue, run_job = opened()
        run_job(job_id)
        queue.storage.close()

    app.extensions[SEND] = send


def register(queue: Huey, *, run: Callable[[str], Any] | None) -> Callable[[str], Any]:
    """Name the one task of the queue, on the sending side (run=None) and on the worker's."""

    def run_job(job_id: str) -> None:
        if run is not None:
            run(job_id)

    wrapper: Callable[[str], Any] = queue.task(name="run_job")(run_job)
    return wrapper
