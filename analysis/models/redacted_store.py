"""Tables of redaction: where a run took something out, and what people decided about it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef


class RedactionDecision(Base):
    """A person's word that part of an answer goes (a kind) or stays (no kind); never undone."""

    __tablename__ = "redaction_decision"
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="stretch_has_length"),
        CheckConstraint("why <> ''", name="decided_for_a_reason"),
        UniqueConstraint("response_id", "question", "number", name="one_after_another"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"))
    question: Mapped[Code]
    number: Mapped[int]
    start_at: Mapped[int]
    end_at: Mapped[int]
    kind: Mapped[str | None] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[dt.datetime]


class RedactedStretch(Base):
    """Where a run took something out: offsets and a rule, kept apart from any words."""

    __tablename__ = "redacted_stretch"
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="stretch_has_length"),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    start_at: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end_at: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(80))
    is_sure: Mapped[bool]


class RedactionCheck(Base):
    """An answer that somebody flagged, or has looked at and found rightly redacted."""

    __tablename__ = "redaction_check"
    __table_args__ = (
        CheckConstraint("flagged_by IS NOT NULL OR checked_by IS NOT NULL", name="somebody_did_it"),
    )

    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    flagged_by: Mapped[str | None] = mapped_column(String(120))
    flagged_at: Mapped[dt.datetime | None]
    checked_by: Mapped[str | None] = mapped_column(String(120))
    checked_at: Mapped[dt.datetime | None]
