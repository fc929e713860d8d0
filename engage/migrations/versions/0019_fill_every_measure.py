"""count where people stop, and keep what is entered by hand and what was measured each month."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('stopped_after',
    sa.Column('survey_version_id', sa.String(length=32), nullable=False),
    sa.Column('edition', sa.String(length=40), nullable=False),
    sa.Column('page', sa.String(length=80), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint("edition IN ('standard', 'easy', 'plain', 'bsl', 'pl', 'ro', 'ur')", name=op.f('ck_stopped_after_edition_known')),
    sa.CheckConstraint('people >= 1', name=op.f('ck_stopped_after_people_counted')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_stopped_after_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('survey_version_id', 'edition', 'page', name=op.f('pk_stopped_after')),
    sqlite_with_rowid=False
    )
    op.create_table('entered_measure',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('out_of', sa.Integer(), nullable=True),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('entered_by', sa.String(length=120), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("source <> '' AND entered_by <> ''", name=op.f('ck_entered_measure_says_who_and_whence')),
    sa.CheckConstraint('out_of IS NULL OR out_of > 0', name=op.f('ck_entered_measure_out_of_something')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_entered_measure_value_not_negative')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_entered_measure_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entered_measure'))
    )
    with op.batch_alter_table('entered_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entered_measure_consultation_id'), ['consultation_id'], unique=False)
    op.create_table('kept_measure',
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('kept_on', sa.Date(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('of', sa.String(length=200), nullable=False),
    sa.Column('value', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('out_of', sa.Integer(), nullable=True),
    sa.CheckConstraint("value <> ''", name=op.f('ck_kept_measure_value_not_empty')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_kept_measure_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'kept_on', 'measure', 'of', name=op.f('pk_kept_measure'))
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table('kept_measure')
    with op.batch_alter_table('entered_measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entered_measure_consultation_id'))
    op.drop_table('entered_measure')
    op.drop_table('stopped_after')
