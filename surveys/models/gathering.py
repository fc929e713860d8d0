"""How answers come in beside the open web page: links, invitations, paper sheets, sessions."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from surveys.models.answers import CHANNELS
from surveys.models.rules import one_of
from surveys.questions import EDITIONS

PLACE_TYPES = ("school", "college", "youth_council", "forum", "community", "online", "other")
ARTEFACT_KINDS = ("sticky_note", "drawing", "dot_votes", "spoken", "flipchart")
MOST_HEADS = 2000


class SurveyLink(Base):
    """An address of its own for one way of telling people: it says which channel, never who."""

    __tablename__ = "survey_link"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel_known"),
        UniqueConstraint("survey_id", "label"),
    )

    id: Mapped[IdKey]
    survey_id: Mapped[IdRef] = mapped_column(ForeignKey("survey.id"))
    token: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[Code]
    label: Mapped[str] = mapped_column(String(120))
    made_on: Mapped[dt.date]


class Invitation(Base):
    """One address that can be used once. Nothing in it leads to a response, or to a person."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_survey_id", "survey_id"),
        {"sqlite_with_rowid": False},
    )

    token_hmac: Mapped[str] = mapped_column(String(64), primary_key=True)
    survey_id: Mapped[IdRef] = mapped_column(ForeignKey("survey.id"))
    made_on: Mapped[dt.date]
    used_on: Mapped[dt.date | None]


class FacilitatedSession(Base):
    """A meeting in which somebody helps a group to answer, with the people in the room counted.

    Attributes:
        code: what stands on the wall; it opens the survey for this session while it is open.
        heads: people in the room; the unit of count of a session, never added to responses.
        raised_on_day: a worry about somebody's safety was passed on at once, as the setting does.
        raised_reference: where it was recorded; never what it was.
        read_back_on: the group was asked "did we write this down right?".
    """

    __tablename__ = "facilitated_session"
    __table_args__ = (
        CheckConstraint(one_of("place_type", PLACE_TYPES), name="place_type_known"),
        CheckConstraint(one_of("channel", CHANNELS), name="channel_known"),
        CheckConstraint(f"heads IS NULL OR heads BETWEEN 1 AND {MOST_HEADS}", name="heads_counted"),
        CheckConstraint("closed_at IS NULL OR heads IS NOT NULL", name="closed_has_heads"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opening"),
    )

    id: Mapped[IdKey]
    survey_id: Mapped[IdRef] = mapped_column(ForeignKey("survey.id"), index=True)
    facilitator_id: Mapped[IdRef] = mapped_column(ForeignKey("user.id"))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    place_type: Mapped[Code]
    channel: Mapped[Code]
    held_on: Mapped[dt.date]
    heads: Mapped[int | None]
    help_given: Mapped[str] = mapped_column(String(400), default="")
    raised_on_day: Mapped[bool | None]
    raised_reference: Mapped[str] = mapped_column(String(120), default="")
    read_back_on: Mapped[dt.date | None]
    read_back_note: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]


class Artefact(Base):
    """One thing a session made: a sticky note, a drawing, dots beside a statement.

    Attributes:
        question: code of the question it answers, if it answers one.
        votes: dots beside the words; only for kind "dot_votes".
        copies: how many notes said the same; they are things, not people.
        removed_on: corrected or taken out; only a safeguarding reader still sees the words.
        held_at: a person must read it for safety before others see or analyse it.
    """

    __tablename__ = "artefact"
    __table_args__ = (
        CheckConstraint(one_of("kind", ARTEFACT_KINDS), name="kind_known"),
        CheckConstraint("(kind = 'dot_votes') = (votes IS NOT NULL)", name="votes_are_dots"),
        CheckConstraint("votes IS NULL OR votes >= 0", name="votes_counted"),
        CheckConstraint("words <> '' OR upload_id IS NOT NULL", name="says_something"),
        CheckConstraint("copies >= 1", name="copies_counted"),
        CheckConstraint(
            "released_at IS NULL OR released_at >= held_at", name="released_after_holding"
        ),
    )

    id: Mapped[IdKey]
    session_id: Mapped[IdRef] = mapped_column(
        ForeignKey("facilitated_session.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    kind: Mapped[Code]
    words: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str | None] = mapped_column(String(40))
    votes: Mapped[int | None]
    copies: Mapped[int] = mapped_column(default=1)
    may_quote: Mapped[bool] = mapped_column(default=False)
    upload_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("upload.id"))
    removed_on: Mapped[dt.date | None]
    held_at: Mapped[dt.datetime | None]
    released_at: Mapped[dt.datetime | None]

    @property
    def is_held(self) -> bool:
        """Tell whether only its facilitator and a safeguarding reader may see it."""
        return self.held_at is not None and self.released_at is None


class PaperPrint(Base):
    """Sheets that were asked for together, and the file to print them from once it is made.

    Attributes:
        is_large: in large print.
        content: the PDF; empty until it is made. It holds no answers.
    """

    __tablename__ = "paper_print"
    __table_args__ = (CheckConstraint(one_of("edition", EDITIONS), name="edition_known"),)

    id: Mapped[IdKey]
    survey_version_id: Mapped[IdRef] = mapped_column(ForeignKey("survey_version.id"), index=True)
    edition: Mapped[Code]
    is_large: Mapped[bool] = mapped_column(default=False)
    session_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("facilitated_session.id"))
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[dt.datetime]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class PaperSheet(Base):
    """One printed questionnaire with a code of its own, from the printer to the keyed response.

    Attributes:
        print_id: the print it came from; none for a photocopy that was given a code when keyed.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint(one_of("edition", EDITIONS), name="edition_known"),
        CheckConstraint("(response_id IS NULL) = (keyed_by IS NULL)", name="keyed_by_somebody"),
        CheckConstraint(
            "verified_by IS NULL OR (keyed_by IS NOT NULL AND verified_by <> keyed_by)",
            name="verified_by_another",
        ),
    )

    id: Mapped[IdKey]
    survey_version_id: Mapped[IdRef] = mapped_column(ForeignKey("survey_version.id"), index=True)
    edition: Mapped[Code]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    print_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("paper_print.id"), index=True
    )
    printed_on: Mapped[dt.date]
    session_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("facilitated_session.id"))
    response_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("response.id", ondelete="SET NULL")
    )
    keyed_by: Mapped[str | None] = mapped_column(String(32))
    keyed_on: Mapped[dt.date | None]
    verified_by: Mapped[str | None] = mapped_column(String(32))
    verified_on: Mapped[dt.date | None]


class SheetScan(Base):
    """The picture of a filled-in sheet, kept until it has been keyed and checked."""

    __tablename__ = "sheet_scan"

    sheet_id: Mapped[IdRef] = mapped_column(
        ForeignKey("paper_sheet.id", ondelete="CASCADE"), primary_key=True
    )
    media_type: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
