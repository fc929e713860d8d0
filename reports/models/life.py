"""Tables of an entry's life: who owns it with us, what families say of it, and what is measured.

What a body of families signed or said can be added to and never taken away by anybody else: the
database itself refuses to delete it or to change its value.
"""

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from analysis.models.store import Theme
from engage.orm import Base, Code, IdKey, IdRef, Slug


class FamiliesOwnThisError(ValueError):
    """What families signed or said is theirs: it cannot be changed or deleted here."""


class CoOwner(Base):
    """A body that owns a consultation with the council: a parent carer forum, a youth council."""

    __tablename__ = "co_owner"
    __table_args__ = (
        UniqueConstraint("consultation_id", "code"),
        CheckConstraint(
            "kind IN ('parent_carer_forum', 'youth_council', 'partner')", name="known_kind"
        ),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    code: Mapped[Code]
    name: Mapped[str] = mapped_column(String(120))
    easy_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Code]


class CoOwnerMember(Base):
    """Whose account speaks for a body; nobody else can sign or judge in its place."""

    __tablename__ = "co_owner_member"

    co_owner_id: Mapped[IdRef] = mapped_column(ForeignKey("co_owner.id"), primary_key=True)
    user_id: Mapped[IdRef] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )


class SignOffSlot(Base):
    """The place on an entry where a body signs; once there it stays."""

    __tablename__ = "sign_off_slot"

    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    co_owner_id: Mapped[IdRef] = mapped_column(ForeignKey("co_owner.id"), primary_key=True)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[dt.datetime]

    co_owner: Mapped[CoOwner] = relationship()
    signatures: Mapped[list["SignOff"]] = relationship(order_by="SignOff.signed_at")


class SignOff(Base):
    """What a body said to an answer as it stood; `answer_hash` tells whether it still stands so."""

    __tablename__ = "sign_off"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "co_owner_id"], ["sign_off_slot.entry_id", "sign_off_slot.co_owner_id"]
        ),
        CheckConstraint("outcome IN ('agreed', 'refused')", name="known_outcome"),
        CheckConstraint(
            "outcome = 'agreed' OR note <> '' OR redaction IS NOT NULL", name="refusal_says_why"
        ),
        CheckConstraint(
            "(redaction IS NULL) = (redacted_at IS NULL)"
            " AND (redaction IS NULL) = (redacted_by IS NULL)",
            name="redaction_is_whole",
        ),
        CheckConstraint(
            "redaction IS NULL OR (redaction IN ('personal_data', 'harm') AND note = '')",
            name="redacted_has_reason_and_no_note",
        ),
    )

    id: Mapped[IdKey]
    entry_id: Mapped[IdRef] = mapped_column(index=True)
    co_owner_id: Mapped[IdRef]
    outcome: Mapped[Code]
    note: Mapped[str] = mapped_column(Text, default="")
    answer_hash: Mapped[str] = mapped_column(String(64))
    signed_by: Mapped[str] = mapped_column(String(120))
    signed_at: Mapped[dt.datetime]
    redaction: Mapped[str | None] = mapped_column(String(40))
    redacted_by: Mapped[str | None] = mapped_column(String(120))
    redacted_at: Mapped[dt.datetime | None]


class FamilyVerdict(Base):
    """Whether families feel an answer. The value stays; only words may be taken out, visibly."""

    __tablename__ = "family_verdict"
    __table_args__ = (
        CheckConstraint("value IN ('felt', 'partly', 'not_yet')", name="known_value"),
        CheckConstraint(
            "(redaction IS NULL) = (redacted_at IS NULL)"
            " AND (redaction IS NULL) = (redacted_by IS NULL)",
            name="redaction_is_whole",
        ),
        CheckConstraint(
            "redaction IS NULL OR (redaction IN ('personal_data', 'harm') AND text = '')",
            name="redacted_has_reason_and_no_text",
        ),
    )

    id: Mapped[IdKey]
    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), index=True)
    co_owner_id: Mapped[IdRef] = mapped_column(ForeignKey("co_owner.id"))
    value: Mapped[Code]
    text: Mapped[str] = mapped_column(Text, default="")
    given_on: Mapped[dt.date]
    given_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]
    redaction: Mapped[str | None] = mapped_column(String(40))
    redacted_by: Mapped[str | None] = mapped_column(String(120))
    redacted_at: Mapped[dt.datetime | None]

    co_owner: Mapped[CoOwner] = relationship()


class Decision(Base):
    """Who decided about the findings, when, and what they had before them."""

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("considered <> ''", name="says_what_was_considered"),)

    id: Mapped[IdKey]
    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), index=True)
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[dt.date]
    considered: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]

    themes: Mapped[list[Theme]] = relationship(secondary="decision_theme", order_by=Theme.name)


class DecisionTheme(Base):
    """Every theme that was approved when the decision was taken."""

    __tablename__ = "decision_theme"

    decision_id: Mapped[IdRef] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)


class Measure(Base):
    """One piece of evidence: what is measured, where it began, where it is, and who says so."""

    __tablename__ = "measure"
    __table_args__ = (CheckConstraint("source <> ''", name="has_source"),)

    id: Mapped[IdKey]
    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    baseline: Mapped[str] = mapped_column(String(80))
    current: Mapped[str] = mapped_column(String(80))
    as_at: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(200))


class EntryTag(Base):
    """What an entry is about: an outcome bee, a promise of the strategy, an area of service."""

    __tablename__ = "entry_tag"
    __table_args__ = (
        CheckConstraint(
            "taxonomy IN ('outcome_bees', 'promises', 'service_areas')", name="known_taxonomy"
        ),
    )

    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    taxonomy: Mapped[Code] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(primary_key=True)


class Indicator(Base):
    """A number that tells over years whether an ambition or an outcome bee is reached."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("taxonomy IN ('outcome_bees', 'ambitions')", name="known_taxonomy"),
        CheckConstraint("better IN ('higher', 'lower')", name="known_direction"),
        CheckConstraint("source <> ''", name="has_source"),
    )

    id: Mapped[IdKey]
    key: Mapped[Slug] = mapped_column(unique=True)
    taxonomy: Mapped[Code]
    code: Mapped[Code] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(80), default="")
    better: Mapped[Code]
    source: Mapped[str] = mapped_column(String(200))
    is_demo: Mapped[bool] = mapped_column(default=False)

    readings: Mapped[list["IndicatorReading"]] = relationship(order_by="IndicatorReading.as_at")


class IndicatorReading(Base):
    """What an indicator stood at on a day."""

    __tablename__ = "indicator_reading"

    indicator_id: Mapped[IdRef] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    as_at: Mapped[dt.date] = mapped_column(primary_key=True)
    value: Mapped[float]
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]


class OldPromise(Base):
    """A promise made in prose before there was a ledger, brought in so that it is followed up."""

    __tablename__ = "old_promise"
    __table_args__ = (
        CheckConstraint(
            "status IN ('update_due', 'done', 'doing', 'planned', 'cant', 'finding')",
            name="known_status",
        ),
        CheckConstraint("source <> ''", name="has_source"),
    )

    id: Mapped[IdKey]
    key: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    promise: Mapped[str] = mapped_column(Text)
    ambition: Mapped[str | None] = mapped_column(String(40))
    service_area: Mapped[str | None] = mapped_column(String(40))
    owner_role: Mapped[str] = mapped_column(String(120), default="")
    owner_org: Mapped[str] = mapped_column(String(120), default="")
    due_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(200))
    status: Mapped[Code]
    note: Mapped[str] = mapped_column(Text, default="")
    updated_on: Mapped[dt.date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    imported_by: Mapped[str] = mapped_column(String(120))
    imported_at: Mapped[dt.datetime]


MAY_CHANGE = frozenset({"text", "note", "redaction", "redacted_by", "redacted_at"})


def _stays(_mapper: Mapper[Any], _connection: Connection, _target: Base) -> None:
    message = "What a body of families signed or said stays. It can only be added to."
    raise FamiliesOwnThisError(message)


def _only_words(
    _mapper: Mapper[Any], _connection: Connection, target: FamilyVerdict | SignOff
) -> None:
    state: Any = inspect(target)
    changed = {attr.key for attr in state.attrs if attr.history.has_changes()}
    if changed - MAY_CHANGE:
        message = "This stays as it was given. Only its words may be taken out, with a reason."
        raise FamiliesOwnThisError(message)


for _kind in (SignOffSlot, SignOff, FamilyVerdict, Decision):
    event.listen(_kind, "before_delete", _stays)
for _kind in (SignOffSlot, Decision):
    event.listen(_kind, "before_update", _stays)
for _kind in (SignOff, FamilyVerdict):
    event.listen(_kind, "before_update", _only_words)
