"""What Alembic runs to migrate: on the connection it is given, never on one of its own making."""

from typing import Any, Literal

from alembic import context
from flask_security import AsaList

from engage import migrations, rooms
from engage.orm import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write special types as the plain ones they store, so that old migrations need no code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsaList):
        return "sa.UnicodeText()"
    return False


rooms.know_tables()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=migrations.ours,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
