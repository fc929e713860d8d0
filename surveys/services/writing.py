"""The statements with which one answer is written, built once when this module is imported.

This is the busiest path of the program: building a statement would cost more than running it.
"""

from typing import Any

from sqlalchemy import Table, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from surveys.models import Answer, Response
from surveys.prepared import Database, Prepared
from surveys.questions import Values
from surveys.respondents import dialect_of

_answers: Table = Answer.metadata.tables[Answer.__tablename__]
_responses: Table = Response.metadata.tables[Response.__tablename__]


def sql_of(database: Database) -> Any:
    """Return the module that makes this database's own kind of INSERT."""
    return postgresql if dialect_of(database) == "postgresql" else sqlite


def keep_values(
    database: Database, response_id: str, question: str, values: Values, before: Values
) -> None:
    """Write an answer so that two clicks at once leave one answer, not an error."""
    if values == before:
        return
    _keep_changed(database, response_id, question, values, before)


def keep_one_and_reached(
    database: Database, response_id: str, question: str, value: str, page_id: str
) -> None:
    """Write the one value of an answer and how far somebody has come, in one go if it can be."""
    row: dict[str, str | int] = {
        "response_id": response_id, "question": question, "position": 0, "value": value
    }  # fmt: skip
    if dialect_of(database) == "postgresql":
        _BOTH.run(database, {**row, "of": response_id, "page": page_id})
    else:
        _KEEP["sqlite"].run(database, row)
        keep_reached(database, response_id, page_id)


def _keep_changed(
    database: Database, response_id: str, question: str, values: Values, before: Values
) -> None:
    if len(before) > len(values) or len(values) > 1 or not values:
        _SHORTEN.run(database, {"of": response_id, "asked": question, "from": len(values)})
    rows: list[dict[str, str | int]] = [
        {"response_id": response_id, "question": question, "position": number, "value": value}
        for number, value in enumerate(values)
    ]
    if len(rows) == 1:
        _KEEP[dialect_of(database)].run(database, rows[0])
    elif rows:
        database.execute(_UPSERT[dialect_of(database)], rows)


def keep_reached(database: Database, response_id: str, page_id: str) -> None:
    """Note the page that was saved last, which is where somebody goes on who comes back."""
    _REACHED.run(database, {"of": response_id, "page": page_id})


def _upsert(insert: Any) -> Any:
    return insert.on_conflict_do_update(
        index_elements=["response_id", "question", "position"],
        set_={"value": insert.excluded.value},
    )


_ROW: dict[str, Any] = {
    name: bindparam(name) for name in ("response_id", "question", "position", "value")
}
_UPSERT = {
    "postgresql": _upsert(postgresql.insert(_answers).values(_ROW)),
    "sqlite": _upsert(sqlite.insert(_answers).values(_ROW)),
}
_KEEP = {name: Prepared(upsert) for name, upsert in _UPSERT.items()}
_SHORTEN = Prepared(
    delete(_answers).where(
        _answers.c.response_id == bindparam("of"),
        _answers.c.question == bindparam("asked"),
        _answers.c.position >= bindparam("from"),
    )
)
_MOVE = (
    update(_responses).where(_responses.c.id == bindparam("of")).values(reached=bindparam("page"))
)
_REACHED = Prepared(_MOVE)
_BOTH = Prepared(_UPSERT["postgresql"].add_cte(_MOVE.returning(_responses.c.id).cte("moved")))
