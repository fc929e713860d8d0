"""know who was heard: figures about everybody, and answers that were handed out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('population_baseline',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('geography', sa.String(length=40), nullable=False),
    sa.Column('holds', sa.String(length=200), nullable=False),
    sa.Column('reach_of', sa.String(length=200), nullable=False),
    sa.Column('group_list', sa.String(length=40), nullable=False),
    sa.Column('group_code', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.CheckConstraint("unit IN ('people', 'contacts', 'schools', 'areas', 'per cent')", name=op.f('ck_population_baseline_unit_known')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_population_baseline_value_not_negative')),
    sa.CheckConstraint("unit <> 'per cent' OR value <= 100", name=op.f('ck_population_baseline_share_within_whole')),
    sa.CheckConstraint("definition <> '' AND source <> ''", name=op.f('ck_population_baseline_says_what_and_whence')),
    sa.CheckConstraint("(group_list = '') = (group_code = '')", name=op.f('ck_population_baseline_group_has_both')),
    sa.PrimaryKeyConstraint('key', 'as_at', name=op.f('pk_population_baseline'))
    )
    op.create_table('asked_question',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('snapshot_id', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('audience', sa.String(length=40), nullable=True),
    sa.Column('district', sa.String(length=40), nullable=True),
    sa.Column('asked_by', sa.String(length=120), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_asked_question_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_asked_question_snapshot_id_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked_question'))
    )
    op.create_index(op.f('ix_asked_question_consultation_id'), 'asked_question', ['consultation_id'], unique=False)
    op.create_table('given_figure',
    sa.Column('asked_id', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.Column('base', sa.Integer(), nullable=True),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.CheckConstraint('base IS NULL OR value IS NULL OR value <= base', name=op.f('ck_given_figure_value_within_base')),
    sa.ForeignKeyConstraint(['asked_id'], ['asked_question.id'], name=op.f('fk_given_figure_asked_id_asked_question')),
    sa.PrimaryKeyConstraint('asked_id', 'position', name=op.f('pk_given_figure'))
    )
    op.create_index(op.f('ix_given_figure_key'), 'given_figure', ['key'], unique=False)


def downgrade() -> None:
    """Undo the change."""
    op.drop_index(op.f('ix_given_figure_key'), table_name='given_figure')
    op.drop_table('given_figure')
    op.drop_index(op.f('ix_asked_question_consultation_id'), table_name='asked_question')
    op.drop_table('asked_question')
    op.drop_table('population_baseline')
