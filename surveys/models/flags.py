"""Signs that a person should look at a response; a flag decides nothing by itself."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdRef
from surveys.models.rules import one_of

FLAG_KINDS = ("very_quick", "same_words", "same_answers")
FLAG_DECISIONS = ("keep", "leave_out")


class ResponseFlag(Base):
    """One sign about one response, and what a named person decided about it."""

    __tablename__ = "response_flag"
    __table_args__ = (
        CheckConstraint(one_of("kind", FLAG_KINDS), name="kind_known"),
        CheckConstraint(
            f"decision IS NULL OR {one_of('decision', FLAG_DECISIONS)}", name="decision_known"
        ),
        CheckConstraint(
            "(decision IS NULL) = (decided_by IS NULL)"
            " AND (decision IS NULL) = (decided_at IS NULL)",
            name="decision_is_whole",
        ),
    )

    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Code] = mapped_column(primary_key=True)
    raised_at: Mapped[dt.datetime]
    decision: Mapped[str | None] = mapped_column(String(40))
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(String(400), default="")


class AnswerMark(Base):
    """A fingerprint of long own words, or of a whole set of choices: twice the same is a sign.

    Without it every submission would have to read all answers before it. The marks of answers
    that were taken out go with them.
    """

    __tablename__ = "answer_mark"
    __table_args__ = (
        Index("ix_answer_mark_response_id", "response_id"),
        {"sqlite_with_rowid": False},
    )

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
