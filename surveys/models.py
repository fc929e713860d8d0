"""Tables of the asking: surveys and their versions, responses, answers, snapshots.

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
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engage.orm import Base, Code, IdKey, IdRef, Slug

CHANNELS = (
    "online_std", "online_er", "paper_std", "paper_er", "phone", "bsl", "event", "youth_council",
    "voh_school", "focus_group", "email_letter", "livestream_qa", "import_forms",
)  # fmt: skip
RESPONDENT_KINDS = ("individual", "organisation", "group_session", "campaign")
HELP_USED = ("none", "read_to_me", "typed_for_me", "answered_together", "answered_for_me")


class ImmutableError(ValueError):
    """Somebody tried to change what has been published; make a new version instead."""


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Survey(Base):
    """One questionnaire put to one audience of a consultation, under one address."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint(
            "closed_at IS NULL OR (opened_at IS NOT NULL AND closed_at >= opened_at)",
            name="closed_after_opening",
        ),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    slug: Mapped[Slug] = mapped_column(unique=True)
    audience: Mapped[Code]
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]


class SurveyVersion(Base):
    """A questionnaire document as it was published; never changed, only followed by another."""

    __tablename__ = "survey_version"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
    )

    id: Mapped[IdKey]
    survey_id: Mapped[IdRef] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    document_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[dt.datetime]


class Response(Base):
    """One person's answers as a whole: begun when they said yes, counted when they sent them."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("edition IN ('standard', 'easy')", name="edition_known"),
        CheckConstraint(_one_of("channel", CHANNELS), name="channel_known"),
        CheckConstraint(_one_of("kind", RESPONDENT_KINDS), name="kind_known"),
        CheckConstraint(f"help IS NULL OR {_one_of('help', HELP_USED)}", name="help_known"),
        CheckConstraint(
            "(submitted_at IS NULL) = (receipt_hmac IS NULL)", name="submitted_has_receipt"
        ),
        CheckConstraint(
            "submitted_at IS NULL OR submitted_at >= started_at", name="submitted_after_start"
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR submitted_at IS NOT NULL", name="withdrawn_was_submitted"
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
    receipt_hmac: Mapped[str | None] = mapped_column(String(64), unique=True)
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


@event.listens_for(SurveyVersion, "before_update")
@event.listens_for(Snapshot, "before_update")
def _refuse_change(mapper: Mapper[Base], connection: Connection, target: Base) -> None:
    del connection, target
    message = f"A {mapper.local_table.description} never changes once made; make a new one."
    raise ImmutableError(message)
