"""Responses, their answers, and the snapshots that numbers rest on.

An answer has no name, no address and no time of its own. What was promised to people is a named
constraint, so that no code path can break it.
"""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from surveys.models.rules import one_of, refuse_change
from surveys.questions import EDITIONS

CHANNELS = (
    "online_std", "online_er", "paper_std", "paper_er", "phone", "bsl", "event", "youth_council",
    "voh_school", "focus_group", "email_letter", "livestream_qa", "import_forms",
)  # fmt: skip
RESPONDENT_KINDS = ("individual", "organisation", "group_session", "campaign")
HELP_USED = ("none", "read_to_me", "typed_for_me", "answered_together", "answered_for_me")


class Response(Base):
    """One person's answers as a whole: begun when they said yes, counted when they sent them.

    Attributes:
        adult_present: what a child under 13 said about a grown-up being there; None if not asked.
        is_late: sent after the last day, in the days of grace.
        left_out_at: a named person decided that it is not counted, for the reason kept beside it.
        receipt_hmac: keyed hash of the code that was shown once, after sending.
        return_hmac: keyed hash of the code to come back with before sending, if it was asked for.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(one_of("edition", EDITIONS), name="edition_known"),
        CheckConstraint(one_of("channel", CHANNELS), name="channel_known"),
        CheckConstraint(one_of("kind", RESPONDENT_KINDS), name="kind_known"),
        CheckConstraint(f"help IS NULL OR {one_of('help', HELP_USED)}", name="help_known"),
        CheckConstraint(
            "(submitted_at IS NULL) = (receipt_hmac IS NULL)", name="submitted_has_receipt"
        ),
        CheckConstraint(
            "submitted_at IS NULL OR submitted_at >= started_at", name="submitted_after_start"
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR submitted_at IS NOT NULL", name="withdrawn_was_submitted"
        ),
        CheckConstraint(
            "(left_out_at IS NULL) = (left_out_because IS NULL)", name="left_out_with_reason"
        ),
        Index("ix_response_version_submitted", "survey_version_id", "submitted_at"),
    )

    id: Mapped[IdKey]
    survey_version_id: Mapped[IdRef] = mapped_column(ForeignKey("survey_version.id"))
    edition: Mapped[Code]
    channel: Mapped[Code]
    kind: Mapped[Code]
    help: Mapped[str | None] = mapped_column(String(40))
    notice_version: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]
    left_out_at: Mapped[dt.datetime | None]
    left_out_because: Mapped[str | None] = mapped_column(String(400))
    receipt_hmac: Mapped[str | None] = mapped_column(String(64), unique=True)
    return_hmac: Mapped[str | None] = mapped_column(String(64), unique=True)
    is_late: Mapped[bool] = mapped_column(default=False)
    adult_present: Mapped[bool | None]
    session_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("facilitated_session.id"), index=True
    )
    link_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("survey_link.id"))
    reached: Mapped[str | None] = mapped_column(String(80))


class Answer(Base):
    """One chosen option or one text; no row at all means the question was skipped."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position_from_zero"),
        CheckConstraint("value <> ''", name="value_not_empty"),
        Index("ix_answer_question", "question"),
    )

    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[Code] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(Text)


class AnswerHold(Base):
    """Words kept out of analysis until a person has read them for safety."""

    __tablename__ = "answer_hold"
    __table_args__ = (
        CheckConstraint(
            "released_at IS NULL OR released_at >= held_at", name="released_after_holding"
        ),
    )

    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[Code] = mapped_column(primary_key=True)
    held_at: Mapped[dt.datetime]
    released_at: Mapped[dt.datetime | None]


class LeftOutWords(Base):
    """Words on a question that a later answer led away from: no answer, counted and shown nowhere.

    A safeguarding reader still reads them; then they are erased.
    """

    __tablename__ = "left_out_words"
    __table_args__ = (CheckConstraint("words <> ''", name="words_not_empty"),)

    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[Code] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class ReadForSafety(Base):
    """Words that a person has read for safety and that may be used, names removed.

    Without this row words stay on the desk: in no cloud, quote, export or published figure.
    """

    __tablename__ = "read_for_safety"

    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[Code] = mapped_column(primary_key=True)
    read_at: Mapped[dt.datetime]


class Snapshot(Base):
    """Which responses a set of published numbers rests on, sealed with a hash of their content."""

    __tablename__ = "snapshot"
    __table_args__ = (CheckConstraint("responses >= 0", name="responses_counted"),)

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    taken_at: Mapped[dt.datetime]
    content_hash: Mapped[str] = mapped_column(String(64))
    responses: Mapped[int]


class SnapshotResponse(Base):
    """One response in one snapshot."""

    __tablename__ = "snapshot_response"
    __table_args__ = (
        ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"]),
        ForeignKeyConstraint(["response_id"], ["response.id"]),
        Index("ix_snapshot_response_response_id", "response_id"),
    )

    snapshot_id: Mapped[IdRef] = mapped_column(primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)


@event.listens_for(Snapshot, "before_update")
def _never_changes(mapper: Mapper[Base], connection: Connection, target: Base) -> None:
    del connection, target
    refuse_change(mapper)
