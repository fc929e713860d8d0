"""gather answers everywhere.

Paper, sessions, links, languages, pictures and what is kept apart from answers. Editions and the
rules about them are checked by the database, so their constraints are made anew.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0003'
down_revision: str | None = '0002'
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


EDITIONS = "edition IN ('standard', 'easy', 'plain', 'bsl', 'pl', 'ro', 'ur')"
EDITIONS_BEFORE = "edition IN ('standard', 'easy')"


def upgrade() -> None:
    """Make the change."""
    op.create_table('equality_answer',
    sa.Column('link', sa.String(length=64), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.Column('wording', sa.String(length=40), nullable=False),
    sa.CheckConstraint("value <> ''", name=op.f('ck_equality_answer_value_not_empty')),
    sa.PrimaryKeyConstraint('link', 'question', 'position', name=op.f('pk_equality_answer')),
    sqlite_with_rowid=False
    )
    op.create_table('privacy_notice',
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_privacy_notice'))
    )
    op.create_table('contact',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=400), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.CheckConstraint("kind IN ('email', 'text', 'post')", name=op.f('ck_contact_kind_known')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_contact_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index('ix_contact_consultation_id', ['consultation_id'], unique=False)

    op.create_table('equality_key',
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('destroy_on', sa.Date(), nullable=True),
    sa.Column('destroyed_on', sa.Date(), nullable=True),
    sa.CheckConstraint('(salt IS NULL) = (destroyed_on IS NOT NULL)', name=op.f('ck_equality_key_destroyed_is_gone')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_equality_key_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_equality_key'))
    )
    op.create_table('attached_medium',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.String(length=32), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('use', sa.String(length=40), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("use IN ('bsl', 'audio')", name=op.f('ck_attached_medium_use_known')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_attached_medium_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attached_medium')),
    sa.UniqueConstraint('survey_id', 'place', 'use', name=op.f('uq_attached_medium_survey_id_place_use'))
    )
    op.create_table('facilitated_session',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.String(length=32), nullable=False),
    sa.Column('facilitator_id', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('place_type', sa.String(length=40), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('heads', sa.Integer(), nullable=True),
    sa.Column('help_given', sa.String(length=400), nullable=False),
    sa.Column('raised_on_day', sa.Boolean(), nullable=True),
    sa.Column('raised_reference', sa.String(length=120), nullable=False),
    sa.Column('read_back_on', sa.Date(), nullable=True),
    sa.Column('read_back_note', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('online_std', 'online_er', 'paper_std', 'paper_er', 'phone', 'bsl', 'event', 'youth_council', 'voh_school', 'focus_group', 'email_letter', 'livestream_qa', 'import_forms')", name=op.f('ck_facilitated_session_channel_known')),
    sa.CheckConstraint("place_type IN ('school', 'college', 'youth_council', 'forum', 'community', 'online', 'other')", name=op.f('ck_facilitated_session_place_type_known')),
    sa.CheckConstraint('closed_at IS NULL OR closed_at >= opened_at', name=op.f('ck_facilitated_session_closed_after_opening')),
    sa.CheckConstraint('closed_at IS NULL OR heads IS NOT NULL', name=op.f('ck_facilitated_session_closed_has_heads')),
    sa.CheckConstraint('heads IS NULL OR heads BETWEEN 1 AND 2000', name=op.f('ck_facilitated_session_heads_counted')),
    sa.ForeignKeyConstraint(['facilitator_id'], ['user.id'], name=op.f('fk_facilitated_session_facilitator_id_user')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_facilitated_session_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facilitated_session')),
    sa.UniqueConstraint('code', name=op.f('uq_facilitated_session_code'))
    )
    with op.batch_alter_table('facilitated_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_facilitated_session_survey_id'), ['survey_id'], unique=False)

    op.create_table('invitation',
    sa.Column('token_hmac', sa.String(length=64), nullable=False),
    sa.Column('survey_id', sa.String(length=32), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_invitation_survey_id_survey')),
    sa.PrimaryKeyConstraint('token_hmac', name=op.f('pk_invitation')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index('ix_invitation_survey_id', ['survey_id'], unique=False)

    op.create_table('survey_link',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.String(length=32), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.CheckConstraint("channel IN ('online_std', 'online_er', 'paper_std', 'paper_er', 'phone', 'bsl', 'event', 'youth_council', 'voh_school', 'focus_group', 'email_letter', 'livestream_qa', 'import_forms')", name=op.f('ck_survey_link_channel_known')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_link_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_link')),
    sa.UniqueConstraint('survey_id', 'label', name=op.f('uq_survey_link_survey_id_label')),
    sa.UniqueConstraint('token', name=op.f('uq_survey_link_token'))
    )
    op.create_table('language_sign_off',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_version_id', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('checked_by', sa.String(length=120), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('words_hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint("language IN ('pl', 'ro', 'ur')", name=op.f('ck_language_sign_off_language_known')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_language_sign_off_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_language_sign_off')),
    sa.UniqueConstraint('survey_version_id', 'language', 'words_hash', name=op.f('uq_language_sign_off_survey_version_id_language_words_hash'))
    )
    op.create_table('paper_print',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_version_id', sa.String(length=32), nullable=False),
    sa.Column('edition', sa.String(length=40), nullable=False),
    sa.Column('is_large', sa.Boolean(), nullable=False),
    sa.Column('session_id', sa.String(length=32), nullable=True),
    sa.Column('asked_by', sa.String(length=120), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("edition IN ('standard', 'easy', 'plain', 'bsl', 'pl', 'ro', 'ur')", name=op.f('ck_paper_print_edition_known')),
    sa.ForeignKeyConstraint(['session_id'], ['facilitated_session.id'], name=op.f('fk_paper_print_session_id_facilitated_session')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_paper_print_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_print'))
    )
    with op.batch_alter_table('paper_print', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_print_survey_version_id'), ['survey_version_id'], unique=False)

    op.create_table('paper_sheet',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_version_id', sa.String(length=32), nullable=False),
    sa.Column('edition', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('print_id', sa.String(length=32), nullable=True),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('session_id', sa.String(length=32), nullable=True),
    sa.Column('response_id', sa.String(length=32), nullable=True),
    sa.Column('keyed_by', sa.String(length=32), nullable=True),
    sa.Column('keyed_on', sa.Date(), nullable=True),
    sa.Column('verified_by', sa.String(length=32), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.CheckConstraint("edition IN ('standard', 'easy', 'plain', 'bsl', 'pl', 'ro', 'ur')", name=op.f('ck_paper_sheet_edition_known')),
    sa.CheckConstraint('(response_id IS NULL) = (keyed_by IS NULL)', name=op.f('ck_paper_sheet_keyed_by_somebody')),
    sa.CheckConstraint('verified_by IS NULL OR (keyed_by IS NOT NULL AND verified_by <> keyed_by)', name=op.f('ck_paper_sheet_verified_by_another')),
    sa.ForeignKeyConstraint(['print_id'], ['paper_print.id'], name=op.f('fk_paper_sheet_print_id_paper_print')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_paper_sheet_response_id_response'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['session_id'], ['facilitated_session.id'], name=op.f('fk_paper_sheet_session_id_facilitated_session')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_paper_sheet_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_sheet')),
    sa.UniqueConstraint('code', name=op.f('uq_paper_sheet_code'))
    )
    with op.batch_alter_table('paper_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_sheet_print_id'), ['print_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_sheet_survey_version_id'), ['survey_version_id'], unique=False)

    op.create_table('response_flag',
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.String(length=40), nullable=True),
    sa.Column('decided_by', sa.String(length=32), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.CheckConstraint("decision IS NULL OR decision IN ('keep', 'leave_out')", name=op.f('ck_response_flag_decision_known')),
    sa.CheckConstraint("kind IN ('very_quick', 'same_words', 'same_answers')", name=op.f('ck_response_flag_kind_known')),
    sa.CheckConstraint('(decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)', name=op.f('ck_response_flag_decision_is_whole')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_response_flag_response_id_response'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('response_id', 'kind', name=op.f('pk_response_flag'))
    )
    op.create_table('answer_mark',
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_answer_mark_response_id_response'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mark', 'response_id', name=op.f('pk_answer_mark')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('answer_mark', schema=None) as batch_op:
        batch_op.create_index('ix_answer_mark_response_id', ['response_id'], unique=False)

    op.create_table('upload',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('response_id', sa.String(length=32), nullable=True),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('may_print', sa.Boolean(), nullable=False),
    sa.Column('may_print_name', sa.String(length=60), nullable=True),
    sa.Column('may_print_age', sa.String(length=20), nullable=True),
    sa.Column('transcript', sa.Text(), nullable=True),
    sa.Column('transcribed_by', sa.String(length=32), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("kind IN ('picture', 'voice', 'video')", name=op.f('ck_upload_kind_known')),
    sa.CheckConstraint('(transcript IS NULL) = (transcribed_by IS NULL)', name=op.f('ck_upload_transcript_has_writer')),
    sa.CheckConstraint('size > 0', name=op.f('ck_upload_size_positive')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_upload_response_id_response'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index('ix_upload_response_id', ['response_id'], unique=False)

    op.create_table('artefact',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('session_id', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=True),
    sa.Column('votes', sa.Integer(), nullable=True),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('may_quote', sa.Boolean(), nullable=False),
    sa.Column('upload_id', sa.String(length=32), nullable=True),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(kind = 'dot_votes') = (votes IS NOT NULL)", name=op.f('ck_artefact_votes_are_dots')),
    sa.CheckConstraint("kind IN ('sticky_note', 'drawing', 'dot_votes', 'spoken', 'flipchart')", name=op.f('ck_artefact_kind_known')),
    sa.CheckConstraint("words <> '' OR upload_id IS NOT NULL", name=op.f('ck_artefact_says_something')),
    sa.CheckConstraint('copies >= 1', name=op.f('ck_artefact_copies_counted')),
    sa.CheckConstraint('votes IS NULL OR votes >= 0', name=op.f('ck_artefact_votes_counted')),
    sa.ForeignKeyConstraint(['session_id'], ['facilitated_session.id'], name=op.f('fk_artefact_session_id_facilitated_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_artefact_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_artefact'))
    )
    with op.batch_alter_table('artefact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_artefact_session_id'), ['session_id'], unique=False)

    op.create_table('sheet_scan',
    sa.Column('sheet_id', sa.String(length=32), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['paper_sheet.id'], name=op.f('fk_sheet_scan_sheet_id_paper_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sheet_id', name=op.f('pk_sheet_scan'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('under_13', sa.String(length=40), nullable=False, server_default='with_adult')
        )
        batch_op.create_check_constraint(
            'under_13_known', "under_13 IN ('with_adult', 'session_only', 'alone')"
        )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.alter_column('under_13', server_default=None)

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('left_out_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('left_out_because', sa.String(length=400), nullable=True))
        batch_op.add_column(sa.Column('return_hmac', sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column('is_late', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.drop_constraint(batch_op.f('ck_response_edition_known'), type_='check')
        batch_op.create_check_constraint('edition_known', EDITIONS)
        batch_op.create_check_constraint(
            'left_out_with_reason', '(left_out_at IS NULL) = (left_out_because IS NULL)'
        )
        batch_op.add_column(sa.Column('adult_present', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('session_id', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('link_id', sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f('ix_response_session_id'), ['session_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_response_return_hmac'), ['return_hmac'])
        batch_op.create_foreign_key(batch_op.f('fk_response_session_id_facilitated_session'), 'facilitated_session', ['session_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_response_link_id_survey_link'), 'survey_link', ['link_id'], ['id'])

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.alter_column('is_late', server_default=None)

    with op.batch_alter_table('safeguarding_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('artefact_id', sa.String(length=32), nullable=True))
        batch_op.create_check_constraint(
            'one_source', '(response_id IS NULL) = (artefact_id IS NOT NULL)'
        )
        batch_op.alter_column('response_id',
               existing_type=sa.VARCHAR(length=32),
               nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_safeguarding_item_artefact_id'), ['artefact_id'])
        batch_op.create_foreign_key(batch_op.f('fk_safeguarding_item_artefact_id_artefact'), 'artefact', ['artefact_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column('grace_days', sa.Integer(), nullable=False, server_default='0')
        )
        batch_op.create_check_constraint('grace_is_short', 'grace_days BETWEEN 0 AND 31')
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.alter_column('grace_days', server_default=None)



def downgrade() -> None:
    """Take the change back; what only the new tables can hold goes with them."""
    op.execute("DELETE FROM safeguarding_item WHERE response_id IS NULL")
    op.execute(f"UPDATE response SET edition = 'standard' WHERE NOT ({EDITIONS_BEFORE})")
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_survey_grace_is_short'), type_='check')
        batch_op.drop_column('grace_days')
        batch_op.drop_column('paused_at')

    with op.batch_alter_table('safeguarding_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_safeguarding_item_one_source'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_safeguarding_item_artefact_id_artefact'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_safeguarding_item_artefact_id'), type_='unique')
        batch_op.alter_column('response_id',
               existing_type=sa.VARCHAR(length=32),
               nullable=False)
        batch_op.drop_column('artefact_id')

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_response_edition_known'), type_='check')
        batch_op.create_check_constraint('edition_known', EDITIONS_BEFORE)
        batch_op.drop_constraint(batch_op.f('ck_response_left_out_with_reason'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_response_link_id_survey_link'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_response_session_id_facilitated_session'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_response_return_hmac'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_response_session_id'))
        batch_op.drop_column('link_id')
        batch_op.drop_column('session_id')
        batch_op.drop_column('adult_present')
        batch_op.drop_column('is_late')
        batch_op.drop_column('return_hmac')
        batch_op.drop_column('left_out_because')
        batch_op.drop_column('left_out_at')

    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_consultation_under_13_known'), type_='check')
        batch_op.drop_column('under_13')

    op.drop_table('sheet_scan')
    with op.batch_alter_table('artefact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_artefact_session_id'))

    op.drop_table('artefact')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index('ix_upload_response_id')

    op.drop_table('upload')
    with op.batch_alter_table('answer_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_answer_mark_response_id')

    op.drop_table('answer_mark')
    op.drop_table('response_flag')
    with op.batch_alter_table('paper_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_sheet_survey_version_id'))
        batch_op.drop_index(batch_op.f('ix_paper_sheet_print_id'))

    op.drop_table('paper_sheet')
    with op.batch_alter_table('paper_print', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_print_survey_version_id'))

    op.drop_table('paper_print')
    op.drop_table('language_sign_off')
    op.drop_table('survey_link')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('ix_invitation_survey_id')

    op.drop_table('invitation')
    with op.batch_alter_table('facilitated_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_facilitated_session_survey_id'))

    op.drop_table('facilitated_session')
    op.drop_table('attached_medium')
    op.drop_table('equality_key')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('ix_contact_consultation_id')

    op.drop_table('contact')
    op.drop_table('privacy_notice')
    op.drop_table('equality_answer')
