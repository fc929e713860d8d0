"""tell each contact once for each milestone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('telling',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('consultation_id', sa.String(length=32), nullable=False),
    sa.Column('milestone', sa.String(length=40), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.CheckConstraint("milestone IN ('published', '6_months', '12_months')", name=op.f('ck_telling_known_milestone')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_telling_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telling')),
    sa.UniqueConstraint('consultation_id', 'milestone', name=op.f('uq_telling_consultation_id_milestone'))
    )
    op.create_table('told',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('telling_id', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('other_words', sa.Boolean(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'sending', 'told', 'refused', 'unsure', 'by_hand', 'told_by_hand')", name=op.f('ck_told_known_state')),
    sa.CheckConstraint("(state IN ('told', 'told_by_hand')) = (told_on IS NOT NULL)", name=op.f('ck_told_told_has_a_day')),
    sa.ForeignKeyConstraint(['telling_id'], ['telling.id'], name=op.f('fk_told_telling_id_telling')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_told')),
    sa.UniqueConstraint('telling_id', 'mark', name='each_contact_once'),
    sa.UniqueConstraint('telling_id', 'number', name='one_number_each'),
    sa.UniqueConstraint('token_hash', name=op.f('uq_told_token_hash')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table('told')
    op.drop_table('telling')
