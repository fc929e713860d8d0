"""Statements of the busiest pages, written as SQL once for each kind of database.

SQLAlchemy compiles a statement once too, but looks it up, binds it and wraps its rows anew each
time. For the four statements of an answered page that costs as much as running them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

Database = Session | Connection
Processor = Callable[[Any], Any] | None


class Prepared:
    """One statement; its values must be plain text and whole numbers, as they are not converted."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | UpdateBase) -> None:
        self._statement = statement
        self._written: dict[str, tuple[str, Mapping[str, Any], tuple[str, ...] | None]] = {}
        self._processors: dict[str, tuple[Processor, ...]] = {}

    def run(self, database: Database, values: Mapping[str, str | int]) -> CursorResult[Any]:
        """Run it with these values, inside the transaction that is open."""
        connection = database.connection() if isinstance(database, Session) else database
        dialect = connection.dialect
        sql, fixed, places = self._written.get(dialect.name) or self._write(dialect)
        given = {**fixed, **values}
        if places is None:
            return connection.exec_driver_sql(sql, given)
        return connection.exec_driver_sql(sql, tuple(given[name] for name in places))

    def row(self, database: Database, values: Mapping[str, str | int]) -> list[Any] | None:
        """Return the first row, each column as its type says: times aware, truths true or false."""
        found = self.run(database, values).first()
        if found is None:
            return None
        name = (database.get_bind() if isinstance(database, Session) else database).dialect.name
        processors = self._processors[name]
        return [
            value if process is None else process(value)
            for process, value in zip(processors, found, strict=True)
        ]

    def _write(self, dialect: Dialect) -> tuple[str, Mapping[str, Any], tuple[str, ...] | None]:
        compiled = self._statement.compile(dialect=dialect)
        places = tuple(compiled.positiontup or ()) if compiled.positional else None
        if isinstance(self._statement, Select):
            self._processors[dialect.name] = tuple(
                column.type.dialect_impl(dialect).result_processor(dialect, None)
                for column in self._statement.selected_columns
            )
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        written = (str(compiled), fixed, places)
        self._written[dialect.name] = written
        return written
