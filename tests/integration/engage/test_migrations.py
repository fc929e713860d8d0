import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from engage import migrations
from engage.db import make_durable


@pytest.fixture
def empty(tmp_path: Path, postgres_url: str) -> Iterator[Engine]:
    """Give a database with nothing in it, apart from the one that other tests use."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    if postgres_url:
        parsed = make_url(postgres_url)
        apart = parsed.set(database=f"{parsed.database}_migrations")
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{apart.database}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{apart.database}"')
        url = apart.render_as_string(hide_password=False)
    engine = create_engine(url)
    make_durable(engine)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_what_the_models_describe(empty: Engine) -> None:
    assert not migrations.is_current(empty)
    migrations.upgrade(empty)
    assert migrations.is_current(empty)
    assert migrations.drift(empty) == []


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    migrations.upgrade(empty)
    migrations.upgrade(empty)
    assert migrations.is_current(empty)


def test_everything_can_be_taken_back(empty: Engine) -> None:
    migrations.upgrade(empty)
    migrations.downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}


def test_drift_is_found(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE consultation ADD COLUMN more TEXT"))
        connection.execute(text("CREATE TABLE huey_task (id INTEGER)"))
    found = migrations.drift(empty)
    assert len(found) == 1
    assert "more" in str(found)


@pytest.mark.skipif(
    bool(os.environ.get("ENGAGE_TEST_DATABASE_URL")), reason="PostgreSQL is durable by itself"
)
def test_sqlite_keeps_its_promises(empty: Engine) -> None:
    with empty.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
    }  # fmt: skip
