"""let people choose which questions a report prints."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('report_finding',
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('questionnaire', sa.String(length=60), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_included', sa.Boolean(), nullable=False),
    sa.Column('grouped_by', sa.String(length=40), nullable=False),
    sa.CheckConstraint("grouped_by IN ('none', 'age', 'help', 'edition', 'area')", name=op.f('ck_report_finding_grouping_known')),
    sa.CheckConstraint('position >= 0', name=op.f('ck_report_finding_position_from_zero')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_finding_report_id_report')),
    sa.PrimaryKeyConstraint('report_id', 'questionnaire', 'question', name=op.f('pk_report_finding'))
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table('report_finding')
