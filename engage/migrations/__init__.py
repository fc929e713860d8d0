"""Bringing a database up to date, and telling whether it is."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from engage.orm import Base

FOLDER = Path(__file__).resolve().parent
QUEUE_TABLES = "huey_"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision, the newest unless another is named."""
    with _migrating(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to an earlier revision, or to "base" for none."""
    with _migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


def is_current(engine: Engine) -> bool:
    """Tell whether the database stands at the newest revision."""
    newest = ScriptDirectory(str(FOLDER)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def drift(engine: Engine) -> list[Any]:
    """Return what differs between the tables as migrated and as the models describe them."""
    from engage import rooms  # noqa: PLC0415  # the models of every room, only for this check

    rooms.know_tables()
    options = {"include_name": ours, "compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def write_revision(engine: Engine, message: str) -> None:
    """Write the migration that leads from the database to the models; for developers."""
    number = len(list((FOLDER / "versions").glob("[0-9]*.py"))) + 1
    with engine.connect() as connection:
        command.revision(
            _config(connection), message=message, autogenerate=True, rev_id=f"{number:04d}"
        )


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Tell whether a table belongs to Engage; the queue makes and keeps its own."""
    return not (kind == "table" and name is not None and name.startswith(QUEUE_TABLES))


@contextlib.contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which SQLite may make a table anew without losing its children.

    SQLite changes a table by copying it and dropping the old one, and with foreign keys on,
    dropping a response would take its answers along. They are checked again before the commit.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
        with connection.begin():
            yield connection
            _check_references(connection)
        connection.invalidate()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        message = f"The migration would leave {len(orphans)} rows without their parent; undone."
        raise RuntimeError(message)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
