"""read twice and suggest.

Second readings and what two readers said alone, suggestions of a machine taught by people, and
which earlier theme a theme continues.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0008'
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('second_draw',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('drawn_by', sa.String(length=120), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_second_draw_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_second_draw')),
    sa.UniqueConstraint('run_id', 'question', name='one_draw_per_question')
    )
    op.create_index('ix_second_draw_run_id', 'second_draw', ['run_id'], unique=False)
    op.create_table('second_reading',
    sa.Column('draw_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('first_read_by', sa.String(length=120), nullable=True),
    sa.Column('read_by', sa.String(length=120), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(length=120), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.CheckConstraint('(read_by IS NULL) = (read_at IS NULL)', name=op.f('ck_second_reading_read_by_somebody')),
    sa.CheckConstraint('(settled_by IS NULL) = (settled_at IS NULL)', name=op.f('ck_second_reading_settled_by_somebody')),
    sa.CheckConstraint('settled_by IS NULL OR (read_by IS NOT NULL AND first_read_by IS NOT NULL)', name=op.f('ck_second_reading_settled_after_both_have_read')),
    sa.CheckConstraint('read_by <> first_read_by', name=op.f('ck_second_reading_read_by_two_people')),
    sa.ForeignKeyConstraint(['draw_id'], ['second_draw.id'], name=op.f('fk_second_reading_draw_id_second_draw')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_second_reading_response_id_response')),
    sa.PrimaryKeyConstraint('draw_id', 'response_id', name=op.f('pk_second_reading'))
    )
    op.create_table('second_code',
    sa.Column('draw_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('reader', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('theme_id', sa.String(length=32), nullable=False),
    sa.CheckConstraint('reader IN (1, 2)', name=op.f('ck_second_code_first_or_second')),
    sa.ForeignKeyConstraint(['draw_id', 'response_id'], ['second_reading.draw_id', 'second_reading.response_id'], name='code_of_a_drawn_answer'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_second_code_theme_id_theme')),
    sa.PrimaryKeyConstraint('draw_id', 'response_id', 'reader', 'theme_id', name=op.f('pk_second_code'))
    )
    op.create_table('suggestion',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('sureness', sa.Double(), nullable=False),
    sa.Column('is_unsure', sa.Boolean(), nullable=False),
    sa.Column('is_held_back', sa.Boolean(), nullable=False),
    sa.Column('ask_place', sa.Integer(), nullable=True),
    sa.Column('taught_by', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ask_place IS NULL OR ask_place > 0', name=op.f('ck_suggestion_asked_from_one')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_suggestion_response_id_response')),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_suggestion_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('run_id', 'response_id', 'question', name=op.f('pk_suggestion'))
    )
    op.create_table('suggested_code',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('theme_id', sa.String(length=32), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.CheckConstraint('score >= 0 AND score <= 1', name=op.f('ck_suggested_code_score_is_a_share')),
    sa.ForeignKeyConstraint(['run_id', 'response_id', 'question'], ['suggestion.run_id', 'suggestion.response_id', 'suggestion.question'], name='code_of_a_suggestion'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_suggested_code_theme_id_theme')),
    sa.PrimaryKeyConstraint('run_id', 'response_id', 'question', 'theme_id', name=op.f('pk_suggested_code'))
    )
    op.create_table('theme_origin',
    sa.Column('theme_id', sa.String(length=32), nullable=False),
    sa.Column('ancestor_id', sa.String(length=32), nullable=False),
    sa.CheckConstraint('theme_id <> ancestor_id', name=op.f('ck_theme_origin_not_its_own_ancestor')),
    sa.ForeignKeyConstraint(['ancestor_id'], ['theme.id'], name=op.f('fk_theme_origin_ancestor_id_theme')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_theme_origin_theme_id_theme')),
    sa.PrimaryKeyConstraint('theme_id', name=op.f('pk_theme_origin'))
    )
    op.create_index('ix_theme_origin_ancestor_id', 'theme_origin', ['ancestor_id'], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index('ix_theme_origin_ancestor_id', table_name='theme_origin')
    for table in ('theme_origin', 'suggested_code', 'suggestion', 'second_code', 'second_reading'):
        op.drop_table(table)
    op.drop_index('ix_second_draw_run_id', table_name='second_draw')
    op.drop_table('second_draw')
