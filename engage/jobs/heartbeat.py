"""A sign of life while a job is being done, so that only a dead worker's job is taken over."""

import logging
import threading
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engage.jobs.models import Job
from engage.orm import utc_now

log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0


class Heartbeat:
    """Writes the time to the job row every few seconds from a thread of its own."""

    def __init__(self, engine: Engine, job_id: str, attempt: int) -> None:
        self._engine = engine
        self._alive = (Job.id == job_id, Job.attempts == attempt, Job.outcome.is_(None))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            try:
                with self._engine.begin() as connection:
                    connection.execute(
                        update(Job).where(*self._alive).values(heartbeat_at=utc_now())
                    )
            except OperationalError:
                log.info("A heartbeat was missed: the database is busy.")


def holds_write_lock(session: Session) -> bool:
    """Tell whether the session has begun to write to SQLite and so holds its only write lock."""
    if session.get_bind().dialect.name != "sqlite" or not session.in_transaction():
        return False
    driver = session.connection().connection.dbapi_connection
    return bool(driver is not None and getattr(driver, "in_transaction", False))
