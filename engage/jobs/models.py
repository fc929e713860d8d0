"""The table of jobs."""

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey


class JobStatus(enum.StrEnum):
    """Where a job stands, in the words people see."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Job(Base):
    """One piece of long work: who asked, how far it is, how it ended."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("outcome IN ('succeeded', 'failed')", name="known_outcome"),
        CheckConstraint(
            "(outcome IS NULL) = (finished_at IS NULL)", name="outcome_has_finish_time"
        ),
        CheckConstraint("outcome <> 'failed' OR error IS NOT NULL", name="failure_says_why"),
    )

    id: Mapped[IdKey]
    kind: Mapped[Code]
    subject_id: Mapped[str] = mapped_column(String(32), index=True)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    heartbeat_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    stage: Mapped[str] = mapped_column(String(200), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(20), index=True)
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)

    @property
    def status(self) -> JobStatus:
        """Return where the job stands, derived from its times and outcome."""
        if self.outcome is not None:
            return JobStatus(self.outcome)
        return JobStatus.WAITING if self.started_at is None else JobStatus.RUNNING
