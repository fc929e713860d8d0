"""keep the mailbox of each owner, and how each reminder went."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('owner_mailbox',
    sa.Column('role', sa.String(length=120), nullable=False),
    sa.Column('body', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role <> '' AND body <> '' AND address <> ''", name=op.f('ck_owner_mailbox_whole')),
    sa.PrimaryKeyConstraint('role', 'body', name=op.f('pk_owner_mailbox'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.String(length=40), server_default=sa.text("'listed'"), nullable=False))
        batch_op.add_column(sa.Column('reminded_by', sa.String(length=120), server_default=sa.text("''"), nullable=False))
        batch_op.create_check_constraint('outcome_known', "outcome IN ('listed', 'sent', 'refused', 'unsure')")


def downgrade() -> None:
    """Undo the change."""
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_constraint('outcome_known', type_='check')
        batch_op.drop_column('reminded_by')
        batch_op.drop_column('outcome')
    op.drop_table('owner_mailbox')
