"""Tables of what is done to answers before and beside the themes: languages, and off topic."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef


class OtherLanguage(Base):
    """An answer of a run that is not in English, and the theme the machine would give it.

    The place is a guess in the multilingual space: not checked, and in need of a translation.
    """

    __tablename__ = "other_language"
    __table_args__ = (
        CheckConstraint(
            "(proposed_theme_id IS NULL) = (likeness IS NULL)", name="placed_by_likeness"
        ),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    proposed_theme_id: Mapped[str | None] = mapped_column(ForeignKey("proposed_theme.id"))
    likeness: Mapped[float | None]


class Translation(Base):
    """An answer in English as one person wrote it; the newest counts, the original always stays."""

    __tablename__ = "translation"
    __table_args__ = (
        CheckConstraint("words <> ''", name="translation_says_something"),
        CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"
        ),
        Index("ix_translation_answer", "response_id", "question"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"))
    question: Mapped[Code]
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text)
    translated_by: Mapped[str] = mapped_column(String(120))
    translated_at: Mapped[dt.datetime]
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by: Mapped[str | None] = mapped_column(String(120))


class SetAside(Base):
    """A person's word that an answer is about something else; counted, never dropped."""

    __tablename__ = "set_aside"
    __table_args__ = (
        CheckConstraint("why <> ''", name="set_aside_with_reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        Index("ix_set_aside_answer", "response_id", "question"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"))
    question: Mapped[Code]
    why: Mapped[str] = mapped_column(String(400))
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[dt.datetime]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(120))


class ThemeSuggestion(Base):
    """What the machine would call a theme, or where it would file it, with how sure it is."""

    __tablename__ = "theme_suggestion"
    __table_args__ = (
        CheckConstraint("kind IN ('name', 'ambition', 'starter_code')", name="kind_known"),
    )

    proposed_theme_id: Mapped[IdRef] = mapped_column(
        ForeignKey("proposed_theme.id"), primary_key=True
    )
    kind: Mapped[Code] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(200))
    score: Mapped[float]


class ThemeStance(Base):
    """How many answers of a proposed theme praise, complain, do both, suggest or ask."""

    __tablename__ = "theme_stance"
    __table_args__ = (CheckConstraint("answers > 0", name="counts_answers"),)

    proposed_theme_id: Mapped[IdRef] = mapped_column(
        ForeignKey("proposed_theme.id"), primary_key=True
    )
    stance: Mapped[Code] = mapped_column(primary_key=True)
    answers: Mapped[int]


class ThemeExample(Base):
    """A clause at the edge of a proposed theme, or one that feels otherwise than most."""

    __tablename__ = "theme_example"
    __table_args__ = (CheckConstraint("kind IN ('edge', 'dissenting')", name="kind_known"),)

    proposed_theme_id: Mapped[IdRef] = mapped_column(
        ForeignKey("proposed_theme.id"), primary_key=True
    )
    kind: Mapped[Code] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"))
    question: Mapped[Code]
    segment: Mapped[int]
