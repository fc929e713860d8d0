"""work at the bench.

Themes are defined, nested and versioned; what people say of an answer has a stance, clauses and a
main theme; every change keeps what it was before, so that it can be taken back.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANCES = "('positive', 'negative', 'mixed', 'suggestion', 'question')"


def upgrade() -> None:
    """Make the change."""
    op.create_table('change',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('seen', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=True),
    sa.Column('question', sa.String(length=40), nullable=True),
    sa.Column('undoes_id', sa.String(length=32), nullable=True),
    sa.Column('decided_by', sa.String(length=120), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_change_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_change_response_id_response')),
    sa.ForeignKeyConstraint(['undoes_id'], ['change.id'], name=op.f('fk_change_undoes_id_change')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change')),
    sa.UniqueConstraint('number', name=op.f('uq_change_number')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_change_undoes_id'))
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index('ix_change_consultation_id', ['consultation_id'], unique=False)
        batch_op.create_index('ix_change_response_id', ['response_id'], unique=False)
    op.create_table('quote_candidate',
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('segment', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('marked_by', sa.String(length=120), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_quote_candidate_response_id_response')),
    sa.PrimaryKeyConstraint('response_id', 'question', 'segment', name=op.f('pk_quote_candidate'))
    )
    op.create_table('run_map',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('model', sa.String(length=120), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('dimensions', sa.Integer(), nullable=False),
    sa.Column('vectors', sa.LargeBinary(), nullable=False),
    sa.Column('places', sa.LargeBinary(), nullable=False),
    sa.Column('shares', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(places) = rows * 4', name=op.f('ck_run_map_a_place_for_every_row')),
    sa.CheckConstraint('length(vectors) = rows * dimensions', name=op.f('ck_run_map_a_vector_for_every_row')),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_run_map_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_run_map'))
    )
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.String(length=32), nullable=True))
        for name in ('means', 'includes', 'excludes', 'example'):
            batch_op.add_column(sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.create_index('ix_theme_parent_id', ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_theme_parent_id_theme'), 'theme', ['parent_id'], ['id'])
    with op.batch_alter_table('theme_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('change_id', sa.String(length=32), nullable=True))
        batch_op.create_index('ix_theme_decision_change_id', ['change_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_theme_decision_change_id_change'), 'change', ['change_id'], ['id'])
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    with op.batch_alter_table('coding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_primary', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('stance', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('clauses', sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_coding_stance_known'), f"stance IS NULL OR stance IN {STANCES}")
    op.create_index(
        'one_primary_theme_per_answer', 'coding', ['response_id', 'question'], unique=True,
        sqlite_where=sa.text('is_primary'), postgresql_where=sa.text('is_primary'),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index('one_primary_theme_per_answer', table_name='coding')
    with op.batch_alter_table('coding', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_coding_stance_known'), type_='check')
        for name in ('clauses', 'stance', 'is_primary'):
            batch_op.drop_column(name)
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.drop_column('version')
    with op.batch_alter_table('theme_decision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_theme_decision_change_id_change'), type_='foreignkey')
        batch_op.drop_index('ix_theme_decision_change_id')
        batch_op.drop_column('change_id')
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_theme_parent_id_theme'), type_='foreignkey')
        batch_op.drop_index('ix_theme_parent_id')
        for name in ('version', 'example', 'excludes', 'includes', 'means', 'parent_id'):
            batch_op.drop_column(name)
    op.drop_table('run_map')
    op.drop_table('quote_candidate')
    op.drop_table('change')
