"""keep the files of a draft until the next is built."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('draft_files',
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_draft_files_report_id_report')),
    sa.PrimaryKeyConstraint('report_id', name=op.f('pk_draft_files')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table('draft_files')
