"""Tables of assisted coding: second readings, suggestions, and what a theme continues.

What two readers said alone, what the machine suggests and what counts are different records.
"""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.orm import Base, Code, IdKey, IdRef

FIRST, SECOND = 1, 2


class SecondDraw(Base):
    """The sample of one question drawn for a second reader, and the seed that draws it again."""

    __tablename__ = "second_draw"
    __table_args__ = (UniqueConstraint("run_id", "question", name="one_draw_per_question"),)

    id: Mapped[IdKey]
    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), index=True)
    question: Mapped[Code]
    seed: Mapped[int]
    answers: Mapped[int]
    drawn_by: Mapped[str] = mapped_column(String(120))
    drawn_at: Mapped[dt.datetime]
    readings: Mapped[list["SecondReading"]] = relationship(
        order_by="SecondReading.response_id", back_populates="draw"
    )


class SecondReading(Base):
    """One drawn answer: who read it second, and how a disagreement was settled.

    Attributes:
        first_read_by: whose first reading was put on record; from when both have read it.
        read_by: the second reader, or None while it waits.
        settled_by: who wrote down what the two agreed on, or None.
        why: what they agreed on, in a few words.
    """

    __tablename__ = "second_reading"
    __table_args__ = (
        CheckConstraint("(read_by IS NULL) = (read_at IS NULL)", name="read_by_somebody"),
        CheckConstraint("(settled_by IS NULL) = (settled_at IS NULL)", name="settled_by_somebody"),
        CheckConstraint(
            "settled_by IS NULL OR (read_by IS NOT NULL AND first_read_by IS NOT NULL)",
            name="settled_after_both_have_read",
        ),
        CheckConstraint("read_by <> first_read_by", name="read_by_two_people"),
        ForeignKeyConstraint(["response_id"], ["response.id"]),
    )

    draw_id: Mapped[IdRef] = mapped_column(ForeignKey("second_draw.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    first_read_by: Mapped[str | None] = mapped_column(String(120))
    read_by: Mapped[str | None] = mapped_column(String(120))
    read_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[dt.datetime | None]
    why: Mapped[str] = mapped_column(Text, default="")
    draw: Mapped[SecondDraw] = relationship(back_populates="readings")
    codes: Mapped[list["SecondCode"]] = relationship(cascade="all, delete-orphan")

    def given(self, reader: int) -> frozenset[str]:
        """Return the codes that one of the two readers gave."""
        return frozenset(code.theme_id for code in self.codes if code.reader == reader)


class SecondCode(Base):
    """A code that one of the two readers gave alone, kept whatever is agreed later."""

    __tablename__ = "second_code"
    __table_args__ = (
        CheckConstraint(f"reader IN ({FIRST}, {SECOND})", name="first_or_second"),
        ForeignKeyConstraint(
            ["draw_id", "response_id"],
            ["second_reading.draw_id", "second_reading.response_id"],
            name="code_of_a_drawn_answer",
        ),
    )

    draw_id: Mapped[IdRef] = mapped_column(primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    reader: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)


class Suggestion(Base):
    """What the machine, taught by people's codings, would say about one answer of a run.

    Attributes:
        sureness: of the least certain part of it, 0 to 1.
        is_unsure: among the least sure share of what nobody has read.
        is_held_back: never used to teach, so that the machine can be measured on it.
        ask_place: place among the answers to read first, from 1, or None.
        taught_by: how many coded answers the machine had learned from.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("ask_place IS NULL OR ask_place > 0", name="asked_from_one"),
        ForeignKeyConstraint(["response_id"], ["response.id"]),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    sureness: Mapped[float]
    is_unsure: Mapped[bool]
    is_held_back: Mapped[bool]
    ask_place: Mapped[int | None]
    taught_by: Mapped[int]
    made_at: Mapped[dt.datetime]
    codes: Mapped[list["SuggestedCode"]] = relationship(
        cascade="all, delete-orphan", order_by="SuggestedCode.score.desc()"
    )


class SuggestedCode(Base):
    """One code the machine suggests for an answer, with its score from 0 to 1."""

    __tablename__ = "suggested_code"
    __table_args__ = (
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
        ForeignKeyConstraint(
            ["run_id", "response_id", "question"],
            ["suggestion.run_id", "suggestion.response_id", "suggestion.question"],
            name="code_of_a_suggestion",
        ),
    )

    run_id: Mapped[IdRef] = mapped_column(primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    score: Mapped[float]


class ThemeOrigin(Base):
    """Which theme of an earlier consultation a theme continues, so that it can be followed."""

    __tablename__ = "theme_origin"
    __table_args__ = (CheckConstraint("theme_id <> ancestor_id", name="not_its_own_ancestor"),)

    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    ancestor_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), index=True)
