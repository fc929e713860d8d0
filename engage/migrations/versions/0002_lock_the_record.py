"""lock the record.

From here on the database itself refuses to change or remove an event of the record, to remove its
head or to move it back. Triggers belong to their table: a later migration that makes one of these
two tables anew (as a batch does on SQLite) must make its triggers anew as well.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFUSAL = "The record of who did what can only grow."
LOCKS = {
    "audit_event_keeps": ("UPDATE", "audit_event", ""),
    "audit_event_stays": ("DELETE", "audit_event", ""),
    "audit_head_goes_on": ("UPDATE", "audit_head", "WHEN (NEW.sequence < OLD.sequence)"),
    "audit_head_stays": ("DELETE", "audit_head", ""),
}
ON_POSTGRESQL = f"""
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}';
    END
    $$
"""


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("client_hmac", sa.String(length=64), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_sign_in_failure_client_hmac"), ["client_hmac"], unique=False
        )

    postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = (
        "EXECUTE FUNCTION audit_refuse()"
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
        op.execute("DROP FUNCTION audit_refuse()")

    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_client_hmac"))
        batch_op.drop_column("client_hmac")
