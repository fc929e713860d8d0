"""Tables beside a run: how its themes nest, how firm they are, and how their number was turned."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, IdKey, IdRef


class RunTree(Base):
    """How the leaves of a run join into themes, so that their number can be turned later.

    The leaf of each clause stands with the clause itself.

    Attributes:
        leaves: how many parts the finest level has.
        anchor: how many themes the machine claims.
        merges: pairs of leaves whose groups join, in order; two little-endian 16-bit numbers each.
    """

    __tablename__ = "run_tree"
    __table_args__ = (
        CheckConstraint("anchor BETWEEN 1 AND leaves", name="claims_what_it_has"),
        CheckConstraint("length(merges) = (leaves - 1) * 4", name="all_leaves_join"),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    leaves: Mapped[int]
    anchor: Mapped[int]
    merges: Mapped[bytes] = mapped_column(LargeBinary)


class RunProof(Base):
    """How firm the themes of a run are as a whole; no row where that was not measured.

    Attributes:
        resamples: how often themes were looked for again.
        share_in_each: what part of the answers each time, 0 to 1.
        agreement: mean adjusted Rand index of two resamples.
        share_found_again: what part of the themes was found again on the whole, 0 to 1.
        separation: by how much the groups are clearer than those of answers about nothing alike.
    """

    __tablename__ = "run_proof"
    __table_args__ = (CheckConstraint("resamples > 0", name="measured_at_all"),)

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    resamples: Mapped[int]
    share_in_each: Mapped[float]
    agreement: Mapped[float]
    share_found_again: Mapped[float]
    separation: Mapped[float]


class CarriedRun(Base):
    """A run that holds an earlier one unchanged, and beside it the answers that came late."""

    __tablename__ = "carried_run"
    __table_args__ = (CheckConstraint("run_id <> earlier_id", name="not_its_own_origin"),)

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    earlier_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), index=True)
    late: Mapped[int]


class Regrouping(Base):
    """Somebody's wish for fewer or more themes; done once it has its change.

    Attributes:
        themes: how many were asked for.
        replaced: ids of the proposed themes that its own stand for, with spaces between.
        change_id: the act in the trail, by which it can be taken back.
        found: how many themes it proposed, or none before it is done.
    """

    __tablename__ = "regrouping"
    __table_args__ = (
        CheckConstraint("themes > 0", name="asked_for_a_theme"),
        CheckConstraint("(change_id IS NULL) = (found IS NULL)", name="done_with_its_change"),
    )

    id: Mapped[IdKey]
    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), index=True)
    themes: Mapped[int]
    why: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[dt.datetime]
    replaced: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    change_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("change.id"), unique=True)
    found: Mapped[int | None]


class ThemeFacts(Base):
    """What was measured of a proposed theme, and what it is made of.

    Attributes:
        regrouping_id: which wish it answers; none for the machine's own number of themes.
        leaves: numbers of its leaves in the tree, as "1,4".
        typical: its central clauses, as "response:question:number", with spaces between.
        found_again: in how many resamples it was found again, or none where not measured.
        stability: mean Jaccard over resamples, 0 to 1.
        coherence: mean NPMI of its first words, -1 to 1.
        distinctness: one minus its largest cosine to another theme.
    """

    __tablename__ = "theme_facts"
    __table_args__ = (
        CheckConstraint(
            "(found_again IS NULL) = (stability IS NULL)", name="found_again_is_measured"
        ),
    )

    proposed_theme_id: Mapped[IdRef] = mapped_column(
        ForeignKey("proposed_theme.id"), primary_key=True
    )
    regrouping_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("regrouping.id"), index=True
    )
    leaves: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    typical: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    found_again: Mapped[int | None]
    stability: Mapped[float | None]
    coherence: Mapped[float | None]
    distinctness: Mapped[float | None]
