"""What the tables of a survey share: closed lists of values, and rows that never change."""

from typing import NoReturn

from sqlalchemy.orm import Mapper

from engage.orm import Base


class ImmutableError(ValueError):
    """Somebody tried to change what has been published; make a new version instead."""


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the SQL of a constraint that allows only these values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def refuse_change(mapper: Mapper[Base]) -> NoReturn:
    """Raise ImmutableError for a row of a table whose rows never change."""
    message = f"A {mapper.local_table.description} never changes once made; make a new one."
    raise ImmutableError(message)
