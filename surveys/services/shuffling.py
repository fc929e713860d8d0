"""Writing rows anew in random order, so that no order and no hidden column tells who came when."""

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, text
from sqlalchemy.orm import Session


def lock(session: Session, table: Table) -> None:
    """Let only this transaction write to a table until it ends.

    Whoever changes a row before writing all anew takes the lock first: two that each hold a row
    and wait for the table would wait for each other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def write_anew(
    session: Session,
    table: Table,
    *where: ColumnElement[bool],
    keep: Callable[[Mapping[str, Any]], bool] = lambda _: True,
    change: Mapping[str, Any] | None = None,
    more: Iterable[Mapping[str, Any]] = (),
) -> int:
    """Delete some rows of a table and write them and `more` again, shuffled; return how many.

    Args:
        session: nothing is committed here; the whole act is one transaction.
        table: the table; others may not write to it meanwhile.
        where: which rows; all without it.
        keep: rows of the table for which it is false are deleted and not written again.
        change: values by column that every row gets; a function is called for each row.
        more: rows that join them.
    """
    lock(session, table)
    found = session.execute(delete(table).where(*where).returning(*table.c)).mappings()
    rows = [row for row in map(dict, found.all()) if keep(row)] + [dict(row) for row in more]
    for row in rows:
        for name, value in (change or {}).items():
            row[name] = value() if callable(value) else value
    random.SystemRandom().shuffle(rows)
    if rows:
        session.execute(insert(table), rows)
    return len(rows)
