"""overrule redaction.

What people decide about words that are taken out, where runs took them out, and clauses as they
read since.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0007'
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('redaction_decision',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('start_at', sa.Integer(), nullable=False),
    sa.Column('end_at', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.String(length=120), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("why <> ''", name=op.f('ck_redaction_decision_decided_for_a_reason')),
    sa.CheckConstraint('start_at >= 0 AND end_at > start_at', name=op.f('ck_redaction_decision_stretch_has_length')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_redaction_decision_response_id_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redaction_decision')),
    sa.UniqueConstraint('response_id', 'question', 'number', name='one_after_another')
    )
    op.create_table('redaction_check',
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('flagged_by', sa.String(length=120), nullable=True),
    sa.Column('flagged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by', sa.String(length=120), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('flagged_by IS NOT NULL OR checked_by IS NOT NULL', name=op.f('ck_redaction_check_somebody_did_it')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_redaction_check_response_id_response')),
    sa.PrimaryKeyConstraint('response_id', 'question', name=op.f('pk_redaction_check'))
    )
    op.create_table('redacted_stretch',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('start_at', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('end_at', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=80), nullable=False),
    sa.Column('is_sure', sa.Boolean(), nullable=False),
    sa.CheckConstraint('start_at >= 0 AND end_at > start_at', name=op.f('ck_redacted_stretch_stretch_has_length')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_redacted_stretch_response_id_response')),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_redacted_stretch_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('run_id', 'response_id', 'question', 'start_at', name=op.f('pk_redacted_stretch'))
    )
    op.create_table('corrected_clause',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('segment', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['run_id', 'response_id', 'question', 'segment'], ['proposed_coding.run_id', 'proposed_coding.response_id', 'proposed_coding.question', 'proposed_coding.segment'], name='corrects_a_clause'),
    sa.PrimaryKeyConstraint('run_id', 'response_id', 'question', 'segment', 'number', name=op.f('pk_corrected_clause'))
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table('corrected_clause')
    op.drop_table('redacted_stretch')
    op.drop_table('redaction_check')
    op.drop_table('redaction_decision')
