"""Tables of the safeguarding desk: what waits, who reads it, and a log that can only grow."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from engage.safeguarding.decisions import DECISIONS, NO_CONCERN, REFERRALS
from surveys.models.rules import one_of

HIGHEST = 1000
#: From here on words are kept out of the analysis until somebody has read them, and "no concern"
#: needs a second reader.
HOLD_FROM = 500
#: Below this a whole page of texts may be taken as read together: in cross-validation one in 100
#: texts that need somebody stands as low.
TOGETHER_BELOW = 50
VERBS = ("decided", "confirmed", "read_together")


class SafeguardingItem(Base):
    """One free text, from an answer or a session, that waits for a reader or was decided about.

    A response or artefact that has an item cannot be deleted: its words wait for a reader even
    when everything else of a person is taken out.

    Attributes:
        order_score: 0 to 1000; says how soon to read it and nothing else.
        is_weighed: the worker has looked at the meaning too, not only at the words.
        settled_at: when the decision took effect, with a second reader where it needs one.
        returns: the words may be used, names removed; None until somebody has decided.
    """

    __tablename__ = "safeguarding_item"
    __table_args__ = (
        UniqueConstraint("response_id", "question"),
        CheckConstraint("(response_id IS NULL) = (artefact_id IS NOT NULL)", name="one_source"),
        CheckConstraint(f"order_score BETWEEN 0 AND {HIGHEST}", name="order_in_range"),
        CheckConstraint(
            f"decision IS NULL OR {one_of('decision', tuple(DECISIONS))}", name="decision_known"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_at IS NULL) = (returns IS NULL)",
            name="decision_is_whole",
        ),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL) AND (confirmed_by IS NULL"
            " OR (decided_by IS NOT NULL AND confirmed_by <> decided_by))",
            name="confirmed_by_another",
        ),
        CheckConstraint("settled_at IS NULL OR decision IS NOT NULL", name="settled_is_decided"),
        CheckConstraint(
            f"settled_at IS NULL OR decision <> '{NO_CONCERN}' OR order_score < {HOLD_FROM}"
            " OR confirmed_by IS NOT NULL",
            name="four_eyes",
        ),
        Index("ix_safeguarding_item_waiting", "settled_at", "order_score"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("response.id"))
    artefact_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("artefact.id"), unique=True
    )
    question: Mapped[Code]
    created_at: Mapped[dt.datetime]
    order_score: Mapped[int] = mapped_column(default=0)
    is_weighed: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(120))
    decision: Mapped[str | None] = mapped_column(String(40))
    returns: Mapped[bool | None]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[dt.datetime | None]

    @property
    def is_high(self) -> bool:
        """Tell whether one person alone may not say "no concern"."""
        return self.order_score >= HOLD_FROM

    @property
    def awaits_second(self) -> bool:
        """Tell whether somebody has decided and another person has yet to agree."""
        return self.decision is not None and self.settled_at is None

    @property
    def standing(self) -> str:
        """Return a mark of what has been decided so far, for a form to give back."""
        moment = self.decided_at.astimezone(dt.UTC).isoformat() if self.decided_at else ""
        parts = (moment, self.decision, self.decided_by, self.confirmed_by)
        return " ".join(part for part in parts if part)


class SafeguardingLog(Base):
    """One act about one text. Rows are never changed, and removed only after `keep_until`.

    Attributes:
        reference: the referral's own number in the system where it was made.
        referred_by: who made the referral, by role or name as the reader writes it.
        words_hash: SHA-256 of the words that were read, so that later changes show.
    """

    __tablename__ = "safeguarding_log"
    __table_args__ = (
        CheckConstraint(one_of("verb", VERBS), name="verb_known"),
        CheckConstraint(one_of("decision", tuple(DECISIONS)), name="decision_known"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint(
            f"verb <> 'decided' OR NOT {one_of('decision', REFERRALS)}"
            " OR (reference <> '' AND referred_by <> '' AND referred_at IS NOT NULL)",
            name="referral_is_whole",
        ),
        Index("ix_safeguarding_log_item_id", "item_id", "at"),
    )

    id: Mapped[IdKey]
    item_id: Mapped[IdRef] = mapped_column(ForeignKey("safeguarding_item.id"))
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(120))
    verb: Mapped[Code]
    decision: Mapped[Code]
    reason: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(String(120), default="")
    referred_at: Mapped[dt.datetime | None]
    referred_by: Mapped[str] = mapped_column(String(120), default="")
    words_hash: Mapped[str] = mapped_column(String(64), default="")
    keep_until: Mapped[dt.date]


class SafeguardingDuty(Base):
    """Who reads the words of a consultation, or of one survey of it, and who stands in."""

    __tablename__ = "safeguarding_duty"
    __table_args__ = (
        CheckConstraint("deputy_id IS NULL OR deputy_id <> reader_id", name="deputy_is_another"),
        Index(
            "uq_safeguarding_duty_consultation",
            "consultation_id",
            unique=True,
            sqlite_where=text("survey_id IS NULL"),
            postgresql_where=text("survey_id IS NULL"),
        ),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"))
    survey_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("survey.id"), unique=True)
    reader_id: Mapped[IdRef] = mapped_column(ForeignKey("user.id"))
    deputy_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("user.id"))
    assigned_at: Mapped[dt.datetime]
    assigned_by: Mapped[str] = mapped_column(String(120))
