"""Prepared statements: the same rows and types as any other way to run them."""

import datetime as dt

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, bindparam, select
from sqlalchemy import create_engine as connect_to
from sqlalchemy.orm import Session

from engage.orm import UtcDateTime
from surveys.prepared import Prepared

NOTES = Table(
    "note", MetaData(),
    Column("id", Integer, primary_key=True), Column("words", String(40)),
    Column("at", UtcDateTime), Column("is_read", Boolean),
)  # fmt: skip
NOW = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)
ROW = {"id": 1, "words": 'Is %s :this "good" ?', "at": NOW, "is_read": True}
FIND = Prepared(select(NOTES).where(NOTES.c.words == bindparam("words"), NOTES.c.is_read))
CHANGE = Prepared(
    NOTES.update().where(NOTES.c.id == bindparam("of")).values(words=bindparam("said"))
)


@pytest.fixture
def session() -> Session:
    engine = connect_to("sqlite://")
    NOTES.metadata.create_all(engine)
    session = Session(engine)
    session.execute(NOTES.insert(), ROW)
    return session


def test_a_row_comes_with_its_types(session: Session) -> None:
    wanted = tuple(session.execute(select(NOTES)).one())
    for database in (session, session.connection()):
        assert FIND.row(database, {"words": str(ROW["words"])}) == list(wanted)
    assert wanted == tuple(ROW.values())


def test_no_row_is_none(session: Session) -> None:
    assert FIND.row(session, {"words": "' or 1=1 --"}) is None


def test_a_change_stands_in_the_transaction_that_is_open(session: Session) -> None:
    session.commit()
    CHANGE.run(session, {"of": 1, "said": "Other words"})
    assert FIND.row(session, {"words": "Other words"}) is not None
    session.rollback()
    assert FIND.row(session, {"words": "Other words"}) is None
