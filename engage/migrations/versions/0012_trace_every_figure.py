"""trace every figure to what was counted.

A version keeps the numbers it was made of, and a figure says what it counts, of which snapshot,
on which day, and which older figure it takes the place of and why.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ALREADY_PRINTED = """
    UPDATE figure SET
      snapshot_hash = (SELECT content_hash FROM snapshot WHERE snapshot.id = figure.snapshot_id),
      counted_on = (
        SELECT date(publication.published_at) FROM publication
        WHERE publication.id = figure.publication_id
      ),
      reason = CASE WHEN shorthand = '[r]' THEN 'Changed since the version before.' ELSE '' END
"""
REVISION_SAYS_WHY = "shorthand IS NULL OR shorthand <> '[r]' OR reason <> ''"
HELD_FROM_SOMETHING = "held = 0 OR supersedes_id IS NOT NULL"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("counted", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        for name in ("filter", "question_wording", "reason"):
            batch_op.add_column(
                sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)
            )
        for name, length in (("base_key", 200), ("snapshot_hash", 64)):
            batch_op.add_column(
                sa.Column(
                    name, sa.String(length=length), server_default=sa.text("''"), nullable=False
                )
            )
        batch_op.add_column(sa.Column("held", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("counted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("supersedes_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_figure_supersedes_id_figure"), "figure", ["supersedes_id"], ["id"]
        )
    op.execute(ALREADY_PRINTED)
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.alter_column("counted_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_figure_revision_says_why"), REVISION_SAYS_WHY
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_figure_held_from_something"), HELD_FROM_SOMETHING
        )
        batch_op.create_index("ix_figure_supersedes_id", ["supersedes_id"], unique=False)


def downgrade() -> None:
    """Undo the change."""
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index("ix_figure_supersedes_id")
        batch_op.drop_constraint(batch_op.f("ck_figure_held_from_something"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_figure_revision_says_why"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_figure_supersedes_id_figure"), type_="foreignkey"
        )
        for name in (
            "supersedes_id", "counted_on", "held", "snapshot_hash", "base_key", "reason",
            "question_wording", "filter",
        ):  # fmt: skip
            batch_op.drop_column(name)
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_column("counted")
