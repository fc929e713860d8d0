"""Tables of the reports room: the draft that people edit and the publications nobody can."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from analysis.models.store import Theme
from engage.consultations import Consultation
from engage.orm import Base, Code, IdKey, IdRef, Slug
from reports.models.arrangements import EasyCheck, ReportSection
from reports.models.life import Decision, EntryTag, FamilyVerdict, Measure, SignOffSlot

REASON_LENGTH = 40
EMPTY = text("''")
_REFUSALS = "('partly', 'cant_now', 'cant_ever', 'not_ours_passed_on')"
_TYPES = (
    "('done', 'already_exists', 'doing', 'partly', 'planned', 'cant_now', 'cant_ever',"
    " 'not_ours_passed_on', 'need_to_find_out')"
)
_CAUSES = "('this_feedback', 'already_planned_confirmed', 'already_planned_changed')"
_ADDRESSES = "('easy-read', 'embed', 'figures', 'files', 'report.pdf')"
_SHORTHANDS = "('[c]', '[r]', '[z]', '[low]')"


class PublicationIsImmutableError(ValueError):
    """What was published stays as it was; a change is a new version."""


class Report(Base):
    """The draft of a consultation's "You said, we did"; publications are copies of it."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "(findings_approved_at IS NULL) = (findings_approved_by IS NULL)",
            name="findings_approved_by_somebody",
        ),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), unique=True)
    slug: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    easy_title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    easy_summary: Mapped[str] = mapped_column(Text, default="")
    not_heard: Mapped[str] = mapped_column(Text, default="")
    easy_not_heard: Mapped[str] = mapped_column(Text, default="")
    next_update: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]
    findings_approved_at: Mapped[dt.datetime | None]
    findings_approved_by: Mapped[str | None] = mapped_column(String(120))

    consultation: Mapped[Consultation] = relationship()
    entries: Mapped[list["Entry"]] = relationship(
        back_populates="report", order_by="Entry.position"
    )
    publications: Mapped[list["Publication"]] = relationship(
        back_populates="report", order_by="Publication.version"
    )
    decisions: Mapped[list[Decision]] = relationship(order_by=Decision.decided_on)
    sections: Mapped[list[ReportSection]] = relationship(order_by=ReportSection.position)
    easy_checks: Mapped[list[EasyCheck]] = relationship(order_by=EasyCheck.recorded_at)


class Entry(Base):
    """One "you said, we did" while people work on it; the promises in it are constraints."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("report_id", "key"),
        CheckConstraint(f"response_type IN {_TYPES}", name="known_response_type"),
        CheckConstraint(f"caused_by IN {_CAUSES}", name="known_cause"),
        CheckConstraint("response_type <> 'done' OR done_on IS NOT NULL", name="done_has_date"),
        CheckConstraint(
            "response_type NOT IN ('doing', 'planned') OR (due_on IS NOT NULL"
            " AND owner_role <> '' AND owner_org <> '')",
            name="promise_has_owner_and_date",
        ),
        CheckConstraint(
            f"response_type NOT IN {_REFUSALS} OR (because_kind IS NOT NULL"
            f" AND length(because_text) >= {REASON_LENGTH})",
            name="refusal_has_reason",
        ),
        CheckConstraint(f"key NOT IN {_ADDRESSES}", name="key_is_no_other_address"),
    )

    id: Mapped[IdKey]
    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), index=True)
    position: Mapped[int]
    key: Mapped[Slug]
    title: Mapped[str] = mapped_column(String(200))
    easy_title: Mapped[str] = mapped_column(String(200))
    ambition: Mapped[str | None] = mapped_column(String(40))
    reg56_category: Mapped[str | None] = mapped_column(String(40))
    said_text: Mapped[str] = mapped_column(Text, default="")
    said_easy: Mapped[str] = mapped_column(Text, default="")
    also_said: Mapped[str] = mapped_column(Text, default="")
    response_type: Mapped[str | None] = mapped_column(String(40))
    we_did_text: Mapped[str] = mapped_column(Text, default="")
    we_did_easy: Mapped[str] = mapped_column(Text, default="")
    because_kind: Mapped[str | None] = mapped_column(String(40))
    because_text: Mapped[str] = mapped_column(Text, default="")
    because_easy: Mapped[str] = mapped_column(Text, default="")
    instead_text: Mapped[str] = mapped_column(Text, default="")
    instead_easy: Mapped[str] = mapped_column(Text, default="")
    evidence_text: Mapped[str] = mapped_column(Text, default="")
    difference: Mapped[str] = mapped_column(Text, default="")
    owner_role: Mapped[str] = mapped_column(String(120), default="")
    owner_org: Mapped[str] = mapped_column(String(120), default="")
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_on: Mapped[dt.date | None]
    started_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    caused_by: Mapped[str | None] = mapped_column(String(40))
    review_due: Mapped[dt.date | None]
    last_reviewed: Mapped[dt.date | None]
    assigned_on: Mapped[dt.date | None]
    answer_by: Mapped[dt.date | None]

    report: Mapped[Report] = relationship(back_populates="entries")
    themes: Mapped[list[Theme]] = relationship(secondary="entry_theme", order_by=Theme.name)
    quotes: Mapped[list["EntryQuote"]] = relationship(
        order_by="EntryQuote.position", cascade="all, delete-orphan"
    )
    events: Mapped[list["StatusEvent"]] = relationship(
        order_by="(StatusEvent.recorded_at, StatusEvent.on_date)"
    )
    slots: Mapped[list[SignOffSlot]] = relationship()
    verdicts: Mapped[list[FamilyVerdict]] = relationship(
        order_by=(FamilyVerdict.given_on, FamilyVerdict.recorded_at)
    )
    measures: Mapped[list[Measure]] = relationship(order_by=Measure.position)
    tags: Mapped[list[EntryTag]] = relationship(
        order_by=(EntryTag.taxonomy, EntryTag.code), cascade="all, delete-orphan"
    )


class EntryTheme(Base):
    """Which approved themes an entry answers."""

    __tablename__ = "entry_theme"

    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)


class EntryQuote(Base):
    """A clause picked for print. It points at the coding; the words are the redacted ones."""

    __tablename__ = "entry_quote"
    __table_args__ = (
        CheckConstraint("permission = 'yes'", name="quote_has_permission"),
        ForeignKeyConstraint(["response_id"], ["response.id"]),
    )

    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(String(120))
    permission: Mapped[str] = mapped_column(String(10))
    picked_by: Mapped[str] = mapped_column(String(120))
    picked_at: Mapped[dt.datetime]


class StatusEvent(Base):
    """A dated step in an entry's life; the history that readers see."""

    __tablename__ = "status_event"
    __table_args__ = (
        CheckConstraint(
            "status IN ('done', 'doing', 'planned', 'cant', 'finding')", name="known_status"
        ),
        CheckConstraint("review_month IS NULL OR review_month IN (3, 6, 12)", name="known_review"),
    )

    id: Mapped[IdKey]
    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), index=True)
    status: Mapped[str] = mapped_column(String(10))
    on_date: Mapped[dt.date]
    note: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text, default="")
    review_month: Mapped[int | None]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]


class Publication(Base):
    """One version as it went out: the stored document is what every page and file is made from.

    `counted` holds the true numbers behind it, hidden ones too (`reports.documents.editions`): it
    is read when the next version is protected and shown nowhere.
    """

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("report_id", "version", name="one_publication_per_version"),
        CheckConstraint("version >= 1", name="versions_start_at_one"),
    )

    id: Mapped[IdKey]
    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"))
    version: Mapped[int]
    snapshot_id: Mapped[IdRef] = mapped_column(ForeignKey("snapshot.id"))
    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"))
    document: Mapped[str] = mapped_column(Text)
    document_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[dt.datetime]
    published_by: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    counted: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)

    report: Mapped[Report] = relationship(back_populates="publications")
    figures: Mapped[list["Figure"]] = relationship(order_by="Figure.key")
    files: Mapped[list["PublicationFile"]] = relationship(order_by="PublicationFile.kind")


class Figure(Base):
    """A public number: its value, base and wording, and what to count to get it again.

    Attributes:
        filter: what is counted, in words that `reports.documents.filters` writes.
        held: the version that it was counted for, where that is not its own.
        supersedes_id: the figure of the same number in the version before.
        reason: why it differs from that.
    """

    __tablename__ = "figure"
    __table_args__ = (
        UniqueConstraint("publication_id", "key", name="one_figure_per_key"),
        CheckConstraint(f"shorthand IN {_SHORTHANDS}", name="known_shorthand"),
        CheckConstraint(
            "(value IS NULL) = (shorthand IN ('[c]', '[z]', '[low]') AND shorthand IS NOT NULL)",
            name="hidden_has_no_value",
        ),
        CheckConstraint("base IS NULL OR value IS NULL OR value <= base", name="value_within_base"),
        CheckConstraint(
            "shorthand IS NULL OR shorthand <> '[r]' OR reason <> ''", name="revision_says_why"
        ),
        CheckConstraint("held = 0 OR supersedes_id IS NOT NULL", name="held_from_something"),
    )

    id: Mapped[IdKey]
    publication_id: Mapped[IdRef] = mapped_column(ForeignKey("publication.id"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    value: Mapped[int | None]
    base: Mapped[int | None]
    shorthand: Mapped[str | None] = mapped_column(String(10))
    wording: Mapped[str] = mapped_column(Text)
    audience: Mapped[str | None] = mapped_column(String(40))
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id"))
    question: Mapped[str | None] = mapped_column(String(40))
    option: Mapped[str | None] = mapped_column(String(80))
    snapshot_id: Mapped[IdRef] = mapped_column(ForeignKey("snapshot.id"))
    filter: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    base_key: Mapped[str] = mapped_column(String(200), default="", server_default=EMPTY)
    question_wording: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    snapshot_hash: Mapped[str] = mapped_column(String(64), server_default=EMPTY)
    counted_on: Mapped[dt.date]
    held: Mapped[int] = mapped_column(default=0, server_default="0")
    supersedes_id: Mapped[str | None] = mapped_column(ForeignKey("figure.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)


class PublicationFile(Base):
    """A file made at the moment of publishing, kept byte for byte with its fingerprint."""

    __tablename__ = "publication_file"

    publication_id: Mapped[IdRef] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


def _refuse(_mapper: Mapper[Any], _connection: Connection, _target: Base) -> None:
    message = "A publication cannot be changed or deleted. Publish a new version instead."
    raise PublicationIsImmutableError(message)


for _kind in (Publication, Figure, PublicationFile):
    event.listen(_kind, "before_update", _refuse)
    event.listen(_kind, "before_delete", _refuse)
