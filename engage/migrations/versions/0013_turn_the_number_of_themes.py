"""turn the number of themes.

How the themes of a run nest and how firm they are, so that their number can be turned on the desk;
and runs that hold an earlier one with the answers that came late.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("proposed_coding", sa.Column("leaf", sa.Integer(), nullable=True))
    op.add_column("proposed_coding", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column(
        "proposed_theme",
        sa.Column("in_force", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "run_tree",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("merges", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("anchor BETWEEN 1 AND leaves", name=op.f("ck_run_tree_claims_what_it_has")),
        sa.CheckConstraint("length(merges) = (leaves - 1) * 4", name=op.f("ck_run_tree_all_leaves_join")),
        sa.ForeignKeyConstraint(["run_id"], ["analysis_run.id"], name=op.f("fk_run_tree_run_id_analysis_run")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_tree")),
    )
    op.create_table(
        "run_proof",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("resamples", sa.Integer(), nullable=False),
        sa.Column("share_in_each", sa.Double(), nullable=False),
        sa.Column("agreement", sa.Double(), nullable=False),
        sa.Column("share_found_again", sa.Double(), nullable=False),
        sa.Column("separation", sa.Double(), nullable=False),
        sa.CheckConstraint("resamples > 0", name=op.f("ck_run_proof_measured_at_all")),
        sa.ForeignKeyConstraint(["run_id"], ["analysis_run.id"], name=op.f("fk_run_proof_run_id_analysis_run")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_proof")),
    )
    op.create_table(
        "carried_run",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("earlier_id", sa.String(length=32), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.CheckConstraint("run_id <> earlier_id", name=op.f("ck_carried_run_not_its_own_origin")),
        sa.ForeignKeyConstraint(["run_id"], ["analysis_run.id"], name=op.f("fk_carried_run_run_id_analysis_run")),
        sa.ForeignKeyConstraint(["earlier_id"], ["analysis_run.id"], name=op.f("fk_carried_run_earlier_id_analysis_run")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_carried_run")),
    )
    op.create_index(op.f("ix_carried_run_earlier_id"), "carried_run", ["earlier_id"], unique=False)
    op.create_table(
        "regrouping",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("themes", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("change_id", sa.String(length=32), nullable=True),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.CheckConstraint("themes > 0", name=op.f("ck_regrouping_asked_for_a_theme")),
        sa.CheckConstraint("(change_id IS NULL) = (found IS NULL)", name=op.f("ck_regrouping_done_with_its_change")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_regrouping_change_id_change")),
        sa.ForeignKeyConstraint(["run_id"], ["analysis_run.id"], name=op.f("fk_regrouping_run_id_analysis_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrouping")),
        sa.UniqueConstraint("change_id", name=op.f("uq_regrouping_change_id")),
    )
    op.create_index(op.f("ix_regrouping_run_id"), "regrouping", ["run_id"], unique=False)
    op.create_table(
        "theme_facts",
        sa.Column("proposed_theme_id", sa.String(length=32), nullable=False),
        sa.Column("regrouping_id", sa.String(length=32), nullable=True),
        sa.Column("leaves", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("typical", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("found_again", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=True),
        sa.Column("coherence", sa.Double(), nullable=True),
        sa.Column("distinctness", sa.Double(), nullable=True),
        sa.CheckConstraint("(found_again IS NULL) = (stability IS NULL)", name=op.f("ck_theme_facts_found_again_is_measured")),
        sa.ForeignKeyConstraint(["proposed_theme_id"], ["proposed_theme.id"], name=op.f("fk_theme_facts_proposed_theme_id_proposed_theme")),
        sa.ForeignKeyConstraint(["regrouping_id"], ["regrouping.id"], name=op.f("fk_theme_facts_regrouping_id_regrouping")),
        sa.PrimaryKeyConstraint("proposed_theme_id", name=op.f("pk_theme_facts")),
    )
    op.create_index(op.f("ix_theme_facts_regrouping_id"), "theme_facts", ["regrouping_id"], unique=False)


def downgrade() -> None:
    """Undo the change."""
    op.drop_index(op.f("ix_theme_facts_regrouping_id"), table_name="theme_facts")
    op.drop_table("theme_facts")
    op.drop_index(op.f("ix_regrouping_run_id"), table_name="regrouping")
    op.drop_table("regrouping")
    op.drop_index(op.f("ix_carried_run_earlier_id"), table_name="carried_run")
    op.drop_table("carried_run")
    op.drop_table("run_proof")
    op.drop_table("run_tree")
    op.drop_column("proposed_theme", "in_force")
    op.drop_column("proposed_coding", "place")
    op.drop_column("proposed_coding", "leaf")
