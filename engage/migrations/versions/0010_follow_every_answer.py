"""follow every answer through its year.

Findings are approved before they are answered, decisions are recorded, bodies of families sign
and judge, evidence is measured, and old promises are kept in sight. What families signed or said
cannot be deleted, and a verdict keeps its value: the database itself refuses.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFUSAL = "What a body of families signed or said stays."
LOCKS = {
    "verdict_stays": ("DELETE", "family_verdict", ""),
    "verdict_keeps_its_value": (
        "UPDATE",
        "family_verdict",
        "WHEN (NEW.value <> OLD.value OR NEW.given_on <> OLD.given_on"
        " OR NEW.co_owner_id <> OLD.co_owner_id OR NEW.entry_id <> OLD.entry_id)",
    ),
    "sign_off_stays": ("DELETE", "sign_off", ""),
    "sign_off_keeps": ("UPDATE", "sign_off", ""),
    "slot_stays": ("DELETE", "sign_off_slot", ""),
}
ON_POSTGRESQL = f"""
    CREATE FUNCTION families_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}';
    END
    $$
"""
#: What was published before findings had to be approved was approved by publishing it.
ALREADY_PUBLISHED = """
    UPDATE report SET
        findings_approved_at = (
            SELECT min(published_at) FROM publication WHERE publication.report_id = report.id
        ),
        findings_approved_by = (
            SELECT min(published_by) FROM publication WHERE publication.report_id = report.id
        )
    WHERE EXISTS (SELECT 1 FROM publication WHERE publication.report_id = report.id)
"""


def upgrade() -> None:
    """Make the change."""
    op.create_table('indicator',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('taxonomy', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit', sa.String(length=80), nullable=False),
    sa.Column('better', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.CheckConstraint("better IN ('higher', 'lower')", name=op.f('ck_indicator_known_direction')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_indicator_has_source')),
    sa.CheckConstraint("taxonomy IN ('outcome_bees', 'ambitions')", name=op.f('ck_indicator_known_taxonomy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator')),
    sa.UniqueConstraint('key', name=op.f('uq_indicator_key'))
    )
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_code'), ['code'], unique=False)
    op.create_table('old_promise',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('promise', sa.Text(), nullable=False),
    sa.Column('ambition', sa.String(length=40), nullable=True),
    sa.Column('service_area', sa.String(length=40), nullable=True),
    sa.Column('owner_role', sa.String(length=120), nullable=False),
    sa.Column('owner_org', sa.String(length=120), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('updated_on', sa.Date(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('imported_by', sa.String(length=120), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("source <> ''", name=op.f('ck_old_promise_has_source')),
    sa.CheckConstraint("status IN ('update_due', 'done', 'doing', 'planned', 'cant', 'finding')", name=op.f('ck_old_promise_known_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_old_promise')),
    sa.UniqueConstraint('key', name=op.f('uq_old_promise_key'))
    )
    op.create_table('co_owner',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('easy_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.CheckConstraint("kind IN ('parent_carer_forum', 'youth_council', 'partner')", name=op.f('ck_co_owner_known_kind')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_co_owner_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_co_owner')),
    sa.UniqueConstraint('consultation_id', 'code', name=op.f('uq_co_owner_consultation_id_code'))
    )
    with op.batch_alter_table('co_owner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_co_owner_consultation_id'), ['consultation_id'], unique=False)
    op.create_table('indicator_reading',
    sa.Column('indicator_id', sa.String(length=32), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_reading_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('indicator_id', 'as_at', name=op.f('pk_indicator_reading'))
    )
    op.create_table('co_owner_member',
    sa.Column('co_owner_id', sa.String(length=32), nullable=False),
    sa.Column('user_id', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['co_owner_id'], ['co_owner.id'], name=op.f('fk_co_owner_member_co_owner_id_co_owner')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_co_owner_member_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('co_owner_id', 'user_id', name=op.f('pk_co_owner_member'))
    )
    op.create_table('decision',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('considered', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("considered <> ''", name=op.f('ck_decision_says_what_was_considered')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_decision_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_report_id'), ['report_id'], unique=False)
    op.create_table('decision_theme',
    sa.Column('decision_id', sa.String(length=32), nullable=False),
    sa.Column('theme_id', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_theme_decision_id_decision')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_decision_theme_theme_id_theme')),
    sa.PrimaryKeyConstraint('decision_id', 'theme_id', name=op.f('pk_decision_theme'))
    )
    op.create_table('entry_tag',
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('taxonomy', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.CheckConstraint("taxonomy IN ('outcome_bees', 'promises', 'service_areas')", name=op.f('ck_entry_tag_known_taxonomy')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_tag_entry_id_entry')),
    sa.PrimaryKeyConstraint('entry_id', 'taxonomy', 'code', name=op.f('pk_entry_tag'))
    )
    op.create_table('family_verdict',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('co_owner_id', sa.String(length=32), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_by', sa.String(length=120), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('redaction', sa.String(length=40), nullable=True),
    sa.Column('redacted_by', sa.String(length=120), nullable=True),
    sa.Column('redacted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("redaction IS NULL OR (redaction IN ('personal_data', 'harm') AND text = '')", name=op.f('ck_family_verdict_redacted_has_reason_and_no_text')),
    sa.CheckConstraint("value IN ('felt', 'partly', 'not_yet')", name=op.f('ck_family_verdict_known_value')),
    sa.CheckConstraint('(redaction IS NULL) = (redacted_at IS NULL) AND (redaction IS NULL) = (redacted_by IS NULL)', name=op.f('ck_family_verdict_redaction_is_whole')),
    sa.ForeignKeyConstraint(['co_owner_id'], ['co_owner.id'], name=op.f('fk_family_verdict_co_owner_id_co_owner')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_family_verdict_entry_id_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_family_verdict'))
    )
    with op.batch_alter_table('family_verdict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_family_verdict_entry_id'), ['entry_id'], unique=False)
    op.create_table('measure',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('baseline', sa.String(length=80), nullable=False),
    sa.Column('current', sa.String(length=80), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.CheckConstraint("source <> ''", name=op.f('ck_measure_has_source')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_measure_entry_id_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure'))
    )
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_entry_id'), ['entry_id'], unique=False)
    op.create_table('reminder',
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_reminder_entry_id_entry')),
    sa.PrimaryKeyConstraint('entry_id', 'what', 'due_on', 'stage', name=op.f('pk_reminder'))
    )
    op.create_table('sign_off_slot',
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('co_owner_id', sa.String(length=32), nullable=False),
    sa.Column('opened_by', sa.String(length=120), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['co_owner_id'], ['co_owner.id'], name=op.f('fk_sign_off_slot_co_owner_id_co_owner')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_sign_off_slot_entry_id_entry')),
    sa.PrimaryKeyConstraint('entry_id', 'co_owner_id', name=op.f('pk_sign_off_slot'))
    )
    op.create_table('sign_off',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('entry_id', sa.String(length=32), nullable=False),
    sa.Column('co_owner_id', sa.String(length=32), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('answer_hash', sa.String(length=64), nullable=False),
    sa.Column('signed_by', sa.String(length=120), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("outcome = 'agreed' OR note <> ''", name=op.f('ck_sign_off_refusal_says_why')),
    sa.CheckConstraint("outcome IN ('agreed', 'refused')", name=op.f('ck_sign_off_known_outcome')),
    sa.ForeignKeyConstraint(['entry_id', 'co_owner_id'], ['sign_off_slot.entry_id', 'sign_off_slot.co_owner_id'], name=op.f('fk_sign_off_entry_id_co_owner_id_sign_off_slot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off'))
    )
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_off_entry_id'), ['entry_id'], unique=False)
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assigned_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('findings_approved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('findings_approved_by', sa.String(length=120), nullable=True))
        batch_op.create_check_constraint('findings_approved_by_somebody', '(findings_approved_at IS NULL) = (findings_approved_by IS NULL)')
    with op.batch_alter_table('status_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('evidence', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('review_month', sa.Integer(), nullable=True))
        batch_op.create_check_constraint('known_review', 'review_month IS NULL OR review_month IN (3, 6, 12)')
    # ### end Alembic commands ###

    with op.batch_alter_table("status_event", schema=None) as batch_op:
        batch_op.alter_column("evidence", server_default=None)
    op.execute(ALREADY_PUBLISHED)
    postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = (
        "EXECUTE FUNCTION families_refuse()"
        if postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    if postgresql:
        op.execute(ON_POSTGRESQL)
    for name, (act, table, when) in LOCKS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when} {refuse}")


def downgrade() -> None:
    """Take the change back."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, (_, table, _) in LOCKS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
    if postgresql:
        op.execute("DROP FUNCTION families_refuse()")
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table('status_event', schema=None) as batch_op:
        batch_op.drop_constraint('known_review', type_='check')
        batch_op.drop_column('review_month')
        batch_op.drop_column('evidence')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_constraint('findings_approved_by_somebody', type_='check')
        batch_op.drop_column('findings_approved_by')
        batch_op.drop_column('findings_approved_at')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_column('answer_by')
        batch_op.drop_column('assigned_on')
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_off_entry_id'))
    op.drop_table('sign_off')
    op.drop_table('sign_off_slot')
    op.drop_table('reminder')
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_measure_entry_id'))
    op.drop_table('measure')
    with op.batch_alter_table('family_verdict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_family_verdict_entry_id'))
    op.drop_table('family_verdict')
    op.drop_table('entry_tag')
    op.drop_table('decision_theme')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_report_id'))
    op.drop_table('decision')
    op.drop_table('co_owner_member')
    op.drop_table('indicator_reading')
    with op.batch_alter_table('co_owner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_co_owner_consultation_id'))
    op.drop_table('co_owner')
    op.drop_table('old_promise')
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_indicator_code'))
    op.drop_table('indicator')
    # ### end Alembic commands ###
