"""Surveys, their published versions, and who answers for the words of each edition."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engage.orm import Base, Code, IdKey, IdRef, Slug
from surveys.models.rules import one_of, refuse_change
from surveys.questions import LANGUAGES

MEDIA_USES = ("bsl", "audio")


class Survey(Base):
    """One questionnaire put to one audience of a consultation, under one address.

    Attributes:
        paused_at: staff stopped it for a while; answers in progress are kept.
        grace_days: days after the plan's last day on which answers still count, marked as late.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint(
            "closed_at IS NULL OR (opened_at IS NOT NULL AND closed_at >= opened_at)",
            name="closed_after_opening",
        ),
        CheckConstraint("grace_days BETWEEN 0 AND 31", name="grace_is_short"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    slug: Mapped[Slug] = mapped_column(unique=True)
    audience: Mapped[Code]
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    paused_at: Mapped[dt.datetime | None]
    grace_days: Mapped[int] = mapped_column(default=0)


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


class LanguageSignOff(Base):
    """A named person has checked the words of one language of one version.

    Attributes:
        words_hash: SHA-256 of the words that were checked, so that later changes need a new check.
    """

    __tablename__ = "language_sign_off"
    __table_args__ = (
        CheckConstraint(one_of("language", LANGUAGES), name="language_known"),
        UniqueConstraint("survey_version_id", "language", "words_hash"),
    )

    id: Mapped[IdKey]
    survey_version_id: Mapped[IdRef] = mapped_column(ForeignKey("survey_version.id"))
    language: Mapped[Code]
    checked_by: Mapped[str] = mapped_column(String(120))
    checked_on: Mapped[dt.date]
    words_hash: Mapped[str] = mapped_column(String(64))


class AttachedMedium(Base):
    """A recording that staff attach to a question: signed (BSL) or read aloud.

    Attributes:
        place: code of the question, or the name of a passage such as "start".
        use: "bsl" for a signed video, "audio" for a recording of the words.
        words: what is said or signed, for people who cannot play it.
    """

    __tablename__ = "attached_medium"
    __table_args__ = (
        CheckConstraint(one_of("use", MEDIA_USES), name="use_known"),
        UniqueConstraint("survey_id", "place", "use"),
    )

    id: Mapped[IdKey]
    survey_id: Mapped[IdRef] = mapped_column(ForeignKey("survey.id"))
    place: Mapped[Code]
    use: Mapped[Code]
    media_type: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class PrivacyNotice(Base):
    """One version of the privacy notice, as people saw it; never changed, only followed."""

    __tablename__ = "privacy_notice"

    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    published_at: Mapped[dt.datetime]


@event.listens_for(SurveyVersion, "before_update")
@event.listens_for(PrivacyNotice, "before_update")
def _never_changes(mapper: Mapper[Base], connection: Connection, target: Base) -> None:
    del connection, target
    refuse_change(mapper)
