"""Tables of the analysis room: what the machine proposed and, apart from it, what people decide."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    func,
    select,
    text,
    true,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.orm import Base, Code, IdKey, IdRef

STANCES = ("positive", "negative", "mixed", "suggestion", "question")


class AnalysisRun(Base):
    """One analysis of one snapshot: enough to say what was done, with what, and to do it again."""

    __tablename__ = "analysis_run"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "input_hash", "settings_hash", name="one_run_per_input"),
        CheckConstraint("themed + set_aside = documents", name="every_answer_accounted_for"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    snapshot_id: Mapped[IdRef] = mapped_column(ForeignKey("snapshot.id"))
    job_id: Mapped[str | None] = mapped_column(String(32))
    asked_by: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime]
    input_hash: Mapped[str] = mapped_column(String(64))
    settings: Mapped[str] = mapped_column(Text)
    settings_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    versions: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    documents: Mapped[int]
    segments: Mapped[int]
    themed: Mapped[int]
    set_aside: Mapped[int]
    needs_review: Mapped[int]
    seconds: Mapped[Decimal]
    proposals: Mapped[list["ProposedTheme"]] = relationship(
        back_populates="run",
        order_by="ProposedTheme.number",
        primaryjoin="and_(AnalysisRun.id == ProposedTheme.run_id, ProposedTheme.in_force)",
    )


class ProposedTheme(Base):
    """A topic as the machine found it: never edited, so that a decision can be compared with it.

    Attributes:
        number: from 1, the largest first; where somebody asked for another number of themes, those
            proposed then are counted on.
        in_force: comments stand in it now; not so once their number was turned.
    """

    __tablename__ = "proposed_theme"
    __table_args__ = (UniqueConstraint("run_id", "number", name="one_number_per_run"),)

    id: Mapped[IdKey]
    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    documents: Mapped[int]
    in_force: Mapped[bool] = mapped_column(default=True, server_default=true())
    run: Mapped[AnalysisRun] = relationship(back_populates="proposals")


class ProposedCoding(Base):
    """Where the machine put one clause of one answer, or why it was set aside.

    Attributes:
        leaf: the part of the tree of themes it lies in; it never changes, and with the number of
            themes decides the theme.
        place: where it stood among all clauses when they were analysed, from 0.
    """

    __tablename__ = "proposed_coding"
    __table_args__ = (
        CheckConstraint(
            "(proposed_theme_id IS NULL) = (set_aside_reason IS NOT NULL)",
            name="themed_or_set_aside",
        ),
        ForeignKeyConstraint(["response_id"], ["response.id"]),
        Index("ix_proposed_coding_theme", "proposed_theme_id", "response_id"),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True)
    proposed_theme_id: Mapped[str | None] = mapped_column(ForeignKey("proposed_theme.id"))
    is_primary: Mapped[bool]
    is_example: Mapped[bool]
    confidence: Mapped[float]
    needs_review: Mapped[bool]
    set_aside_reason: Mapped[str | None] = mapped_column(String(40))
    redacted_text: Mapped[str] = mapped_column(Text)
    leaf: Mapped[int | None]
    place: Mapped[int | None]
    corrections: Mapped[list["CorrectedClause"]] = relationship(
        lazy="selectin", viewonly=True, order_by="CorrectedClause.number"
    )

    @hybrid_property
    def shown_text(self) -> str:
        """Return the words as they may be read now: what people changed since the run holds."""
        return self.corrections[-1].text if self.corrections else self.redacted_text

    @shown_text.inplace.expression
    @classmethod
    def _shown_text(cls) -> ColumnElement[str]:
        newest = (
            select(CorrectedClause.text)
            .where(
                CorrectedClause.run_id == cls.run_id,
                CorrectedClause.response_id == cls.response_id,
                CorrectedClause.question == cls.question,
                CorrectedClause.segment == cls.segment,
            )
            .order_by(CorrectedClause.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        return func.coalesce(newest, cls.redacted_text)


class Theme(Base):
    """A theme as people name it; it reaches a report only once somebody has approved it.

    Attributes:
        parent_id: the broader theme it is nested in; people in it count there too, each once.
        means, includes, excludes, example: what a second coder needs to code the same way.
        version: rises with every change, so that two people at once never lose work.
    """

    __tablename__ = "theme"
    __table_args__ = (
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name="approved_by_somebody"
        ),
        CheckConstraint("approved_at IS NULL OR easy_name <> ''", name="approved_has_easy_name"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    easy_name: Mapped[str] = mapped_column(String(200))
    starter_code: Mapped[str | None] = mapped_column(String(40))
    ambition: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[dt.datetime]
    approved_at: Mapped[dt.datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(120))
    retired_at: Mapped[dt.datetime | None]
    parent_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("theme.id"), index=True)
    means: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    includes: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    excludes: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    example: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version}

    sources: Mapped[list[ProposedTheme]] = relationship(
        secondary="theme_source", order_by=ProposedTheme.number
    )
    decisions: Mapped[list["ThemeDecision"]] = relationship(order_by="ThemeDecision.decided_at")

    @property
    def status(self) -> str:
        """Say in one word where the theme stands; derived, never stored twice."""
        if self.retired_at:
            return "retired"
        return "approved" if self.approved_at else "proposed"


class ThemeSource(Base):
    """Which machine topics a human theme draws its comments from; merging adds rows here."""

    __tablename__ = "theme_source"

    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    proposed_theme_id: Mapped[IdRef] = mapped_column(
        ForeignKey("proposed_theme.id"), primary_key=True
    )


class ThemeDecision(Base):
    """One decision about a theme by one person: the trail behind every label in a report."""

    __tablename__ = "theme_decision"

    id: Mapped[IdKey]
    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), index=True)
    verb: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[dt.datetime]
    change_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("change.id"), index=True)


class Reading(Base):
    """One answer that a person has read and decided about: the machine's view no longer counts.

    Attributes:
        version: rises with every decision, so that two people at once never lose work.
    """

    __tablename__ = "reading"

    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    read_by: Mapped[str] = mapped_column(String(120))
    read_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version}


class Coding(Base):
    """A person's word that an answer is about a theme.

    Attributes:
        is_primary: the main theme of the answer; at most one.
        stance: how the person speaks of it, if somebody said so.
        clauses: numbers of the clauses it rests on, as "1,3"; empty for the whole answer.
    """

    __tablename__ = "coding"
    __table_args__ = (
        CheckConstraint(f"stance IS NULL OR stance IN {STANCES}", name="stance_known"),
        Index(
            "one_primary_theme_per_answer",
            "response_id",
            "question",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
        ForeignKeyConstraint(
            ["response_id", "question"],
            ["reading.response_id", "reading.question"],
            name="coded_by_a_reader",
        ),
    )

    theme_id: Mapped[IdRef] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    is_primary: Mapped[bool] = mapped_column(default=False, server_default=false())
    stance: Mapped[str | None] = mapped_column(String(10))
    clauses: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


class CorrectedClause(Base):
    """A clause as it reads since a person changed its redaction; the run's own stays as it was."""

    __tablename__ = "corrected_clause"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "response_id", "question", "segment"],
            [
                "proposed_coding.run_id",
                "proposed_coding.response_id",
                "proposed_coding.question",
                "proposed_coding.segment",
            ],
            name="corrects_a_clause",
        ),
    )

    run_id: Mapped[IdRef] = mapped_column(primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
