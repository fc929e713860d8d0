"""The declarative base, column types and identifiers that every table shares."""

import datetime as dt
import uuid
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Time-zone aware UTC on both databases, because SQLite forgets the zone it was given.

    Raises ValueError for a naive time: without a zone it cannot be compared with a closing date.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Refuse naive times and store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time needs its zone: use engage.orm.utc_now() or an aware datetime."
            raise ValueError(message)
        stored: dt.datetime = value.astimezone(dt.UTC)
        return stored.replace(tzinfo=None) if dialect.name == "sqlite" else stored

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Give back an aware UTC time whatever the driver returned."""
        del dialect
        if value is None:
            return None
        aware: dt.datetime = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Parent of every table; constraint names are predictable so a migration can name them."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {dt.datetime: UtcDateTime}


def new_id() -> str:
    """Return a random 32-character identifier: no order, no time, nothing to join on."""
    return uuid.uuid4().hex


def utc_now() -> dt.datetime:
    """Return the present; only edges (views, commands, workers) call it and hand it to services."""
    return dt.datetime.now(dt.UTC)


IdKey = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
IdRef = Annotated[str, mapped_column(String(32))]
Slug = Annotated[str, mapped_column(String(80))]
Code = Annotated[str, mapped_column(String(40))]
