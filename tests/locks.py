"""What the owner of a database can do: lift its locks, so that tests can break the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

TABLES = ("audit_event", "audit_head")


@contextmanager
def lifted(session: Session) -> Iterator[None]:
    """Let the record be changed; SQLite's triggers do not come back, but its file is the test's."""
    if session.get_bind().dialect.name == "sqlite":
        named = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in session.scalars(named).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        yield
        return
    for table in TABLES:
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    yield
    for table in TABLES:
        session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
