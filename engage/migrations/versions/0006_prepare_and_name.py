"""prepare and name.

Shared text and what people say about it, answers in other languages and their translations,
answers set aside by a person, and what a run suggests about its themes.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('copy_group',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('shared_text', sa.Text(), nullable=False),
    sa.Column('texts', sa.Integer(), nullable=False),
    sa.CheckConstraint('texts >= 3', name=op.f('ck_copy_group_shared_by_three')),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_copy_group_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_copy_group')),
    sa.UniqueConstraint('run_id', 'key', name='one_key_per_run')
    )
    op.create_table('copy_decision',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('group_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=True),
    sa.Column('question', sa.String(length=40), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.String(length=120), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(verb IN ('confirmed', 'not_a_campaign', 'undone') AND response_id IS NULL AND question IS NULL) OR (verb IN ('taken_out', 'put_back') AND response_id IS NOT NULL AND question IS NOT NULL)", name=op.f('ck_copy_decision_verb_fits_what_it_is_about')),
    sa.CheckConstraint("verb <> 'not_a_campaign' OR why <> ''", name=op.f('ck_copy_decision_refused_with_reason')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_copy_decision_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['group_id'], ['copy_group.id'], name=op.f('fk_copy_decision_group_id_copy_group')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_copy_decision_response_id_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_copy_decision'))
    )
    with op.batch_alter_table('copy_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_copy_decision_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('copy_member',
    sa.Column('group_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('identical', sa.Boolean(), nullable=False),
    sa.Column('likeness', sa.Double(), nullable=False),
    sa.Column('additions', sa.Text(), nullable=False),
    sa.CheckConstraint("NOT identical OR additions = ''", name=op.f('ck_copy_member_identical_adds_nothing')),
    sa.CheckConstraint('likeness BETWEEN 0 AND 1', name=op.f('ck_copy_member_likeness_is_a_share')),
    sa.ForeignKeyConstraint(['group_id'], ['copy_group.id'], name=op.f('fk_copy_member_group_id_copy_group')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_copy_member_response_id_response')),
    sa.PrimaryKeyConstraint('group_id', 'response_id', 'question', name=op.f('pk_copy_member'))
    )
    op.create_table('other_language',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('proposed_theme_id', sa.String(length=32), nullable=True),
    sa.Column('likeness', sa.Double(), nullable=True),
    sa.CheckConstraint('(proposed_theme_id IS NULL) = (likeness IS NULL)', name=op.f('ck_other_language_placed_by_likeness')),
    sa.ForeignKeyConstraint(['proposed_theme_id'], ['proposed_theme.id'], name=op.f('fk_other_language_proposed_theme_id_proposed_theme')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_other_language_response_id_response')),
    sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name=op.f('fk_other_language_run_id_analysis_run')),
    sa.PrimaryKeyConstraint('run_id', 'response_id', 'question', name=op.f('pk_other_language'))
    )
    op.create_table('set_aside',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('why', sa.String(length=400), nullable=False),
    sa.Column('decided_by', sa.String(length=120), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.String(length=120), nullable=True),
    sa.CheckConstraint("why <> ''", name=op.f('ck_set_aside_set_aside_with_reason')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL)', name=op.f('ck_set_aside_undone_by_somebody')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_set_aside_response_id_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_set_aside'))
    )
    with op.batch_alter_table('set_aside', schema=None) as batch_op:
        batch_op.create_index('ix_set_aside_answer', ['response_id', 'question'], unique=False)

    op.create_table('theme_example',
    sa.Column('proposed_theme_id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('segment', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('edge', 'dissenting')", name=op.f('ck_theme_example_kind_known')),
    sa.ForeignKeyConstraint(['proposed_theme_id'], ['proposed_theme.id'], name=op.f('fk_theme_example_proposed_theme_id_proposed_theme')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_theme_example_response_id_response')),
    sa.PrimaryKeyConstraint('proposed_theme_id', 'kind', 'place', name=op.f('pk_theme_example'))
    )
    op.create_table('theme_stance',
    sa.Column('proposed_theme_id', sa.String(length=32), nullable=False),
    sa.Column('stance', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.CheckConstraint('answers > 0', name=op.f('ck_theme_stance_counts_answers')),
    sa.ForeignKeyConstraint(['proposed_theme_id'], ['proposed_theme.id'], name=op.f('fk_theme_stance_proposed_theme_id_proposed_theme')),
    sa.PrimaryKeyConstraint('proposed_theme_id', 'stance', name=op.f('pk_theme_stance'))
    )
    op.create_table('theme_suggestion',
    sa.Column('proposed_theme_id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.CheckConstraint("kind IN ('name', 'ambition', 'starter_code')", name=op.f('ck_theme_suggestion_kind_known')),
    sa.ForeignKeyConstraint(['proposed_theme_id'], ['proposed_theme.id'], name=op.f('fk_theme_suggestion_proposed_theme_id_proposed_theme')),
    sa.PrimaryKeyConstraint('proposed_theme_id', 'kind', 'place', name=op.f('pk_theme_suggestion'))
    )
    op.create_table('translation',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('translated_by', sa.String(length=120), nullable=False),
    sa.Column('translated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by', sa.String(length=120), nullable=True),
    sa.CheckConstraint("words <> ''", name=op.f('ck_translation_translation_says_something')),
    sa.CheckConstraint('(taken_back_at IS NULL) = (taken_back_by IS NULL)', name=op.f('ck_translation_taken_back_by_somebody')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_translation_response_id_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_translation'))
    )
    with op.batch_alter_table('translation', schema=None) as batch_op:
        batch_op.create_index('ix_translation_answer', ['response_id', 'question'], unique=False)



def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('translation', schema=None) as batch_op:
        batch_op.drop_index('ix_translation_answer')

    op.drop_table('translation')
    op.drop_table('theme_suggestion')
    op.drop_table('theme_stance')
    op.drop_table('theme_example')
    with op.batch_alter_table('set_aside', schema=None) as batch_op:
        batch_op.drop_index('ix_set_aside_answer')

    op.drop_table('set_aside')
    op.drop_table('other_language')
    op.drop_table('copy_member')
    with op.batch_alter_table('copy_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_copy_decision_consultation_id'))

    op.drop_table('copy_decision')
    op.drop_table('copy_group')
