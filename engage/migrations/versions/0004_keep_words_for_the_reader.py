"""keep words for the reader.

Words on questions that no longer fit wait for the safeguarding reader apart from the answers, and
grave words from a session are held back as those of an answer are.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "left_out_words",
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_left_out_words_words_not_empty")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_left_out_words_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_left_out_words")),
    )
    with op.batch_alter_table("artefact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_artefact_released_after_holding"),
            "released_at IS NULL OR released_at >= held_at",
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("artefact", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_artefact_released_after_holding"), type_="check")
        batch_op.drop_column("released_at")
        batch_op.drop_column("held_at")
    op.drop_table("left_out_words")
