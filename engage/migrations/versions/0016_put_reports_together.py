"""put reports together.

The parts of a report have an order that is kept, free text has a place in it, a group of readers
checks the easy read, and a draft keeps the document behind its files. The words of a refusal to
sign may be taken out with a reason; the refusal itself stays. No entry has a key that is part of
another address.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFUSAL = "What a body of families signed or said stays."
KEPT = ("outcome", "entry_id", "co_owner_id", "answer_hash", "signed_by", "signed_at")
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in KEPT)
KINDS = (
    "('headlines', 'entries', 'quotes', 'findings', 'raised', 'words', 'profile', 'map',"
    " 'refusals', 'not_heard', 'method', 'text')"
)
OWED = "('entries', 'refusals', 'not_heard', 'method')"
ADDRESSES = "('easy-read', 'embed', 'figures', 'files', 'report.pdf')"


def upgrade() -> None:
    """Make the change."""
    op.create_table('report_section',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('easy_heading', sa.String(length=200), nullable=False),
    sa.Column('easy_words', sa.Text(), nullable=False),
    sa.CheckConstraint(f"kind IN {KINDS}", name=op.f('ck_report_section_known_kind')),
    sa.CheckConstraint(f"shown OR kind NOT IN {OWED}", name=op.f('ck_report_section_what_readers_are_owed_stays')),
    sa.CheckConstraint("(kind = 'text') = (heading <> '') AND (kind = 'text' OR words = '')", name=op.f('ck_report_section_only_text_has_words')),
    sa.CheckConstraint("easy_words = '' OR easy_heading <> ''", name=op.f('ck_report_section_easy_words_have_heading')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_section_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_section')),
    sa.UniqueConstraint('report_id', 'key', name=op.f('uq_report_section_report_id_key'))
    )
    op.create_index(op.f('ix_report_section_report_id'), 'report_section', ['report_id'], unique=False)
    op.create_table('easy_check',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('report_id', sa.String(length=32), nullable=False),
    sa.Column('readers', sa.String(length=120), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('changed', sa.Text(), nullable=False),
    sa.Column('easy_hash', sa.String(length=64), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("readers <> ''", name=op.f('ck_easy_check_says_who_read')),
    sa.CheckConstraint("changed <> ''", name=op.f('ck_easy_check_says_what_changed')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_easy_check_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_easy_check'))
    )
    op.create_index(op.f('ix_easy_check_report_id'), 'easy_check', ['report_id'], unique=False)
    op.execute("DELETE FROM draft_files")  # drafts are built again; their document was not kept
    with op.batch_alter_table('draft_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('document', sa.Text(), nullable=False))
    _unlock()
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.add_column(sa.Column('redaction', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('redacted_by', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('redacted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint('refusal_says_why', type_='check')
        batch_op.create_check_constraint('refusal_says_why', "outcome = 'agreed' OR note <> '' OR redaction IS NOT NULL")
        batch_op.create_check_constraint('redaction_is_whole', "(redaction IS NULL) = (redacted_at IS NULL) AND (redaction IS NULL) = (redacted_by IS NULL)")
        batch_op.create_check_constraint('redacted_has_reason_and_no_note', "redaction IS NULL OR (redaction IN ('personal_data', 'harm') AND note = '')")
    _lock(f"WHEN ({CHANGED})")
    op.execute(f"UPDATE entry SET key = key || '-answer' WHERE key IN {ADDRESSES}")
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_check_constraint('key_is_no_other_address', f"key NOT IN {ADDRESSES}")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_constraint('key_is_no_other_address', type_='check')
    _unlock()
    op.execute(
        "UPDATE sign_off SET note = '[taken out]', redaction = NULL, redacted_by = NULL,"
        " redacted_at = NULL WHERE redaction IS NOT NULL"
    )
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.drop_constraint('redacted_has_reason_and_no_note', type_='check')
        batch_op.drop_constraint('redaction_is_whole', type_='check')
        batch_op.drop_constraint('refusal_says_why', type_='check')
        batch_op.create_check_constraint('refusal_says_why', "outcome = 'agreed' OR note <> ''")
        batch_op.drop_column('redacted_at')
        batch_op.drop_column('redacted_by')
        batch_op.drop_column('redaction')
    _lock("")
    with op.batch_alter_table('draft_files', schema=None) as batch_op:
        batch_op.drop_column('document')
    op.drop_table('easy_check')
    op.drop_table('report_section')


def _unlock() -> None:
    """Take away what keeps signatures as they are, while their table is made anew."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name in ("sign_off_stays", "sign_off_keeps"):
        op.execute(f"DROP TRIGGER {name} ON sign_off" if postgresql else f"DROP TRIGGER {name}")


def _lock(when: str) -> None:
    """Let the database refuse again that a signature is deleted, or changed where it must stay."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = (
        "EXECUTE FUNCTION families_refuse()"
        if postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    for name, act, why in (("sign_off_stays", "DELETE", ""), ("sign_off_keeps", "UPDATE", when)):
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON sign_off FOR EACH ROW {why} {refuse}")
