import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

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


def test_a_table_made_anew_keeps_its_children_and_their_promises(empty: Engine) -> None:
    migrations.upgrade(empty, "0002")
    insert = {
        "consultation": {
            "id": "c", "slug": "c", "title": "t", "easy_title": "t", "purpose": "p",
            "can_change": "x", "decided_by": "b", "lawful_basis": "l",
            "privacy_notice_version": "1", "contact": "c", "is_demo": False,
            "opens_on": "2026-01-01", "closes_on": "2026-02-01", "created_at": "2026-01-01",
        },
        "survey": {"id": "s", "consultation_id": "c", "slug": "s", "audience": "other"},
        "survey_version": {
            "id": "v", "survey_id": "s", "number": 1, "document": "{}", "document_hash": "h",
            "published_at": "2026-01-01",
        },
        "response": {
            "id": "r", "survey_version_id": "v", "edition": "easy", "channel": "online_er",
            "kind": "individual", "notice_version": "1", "started_at": "2026-01-02",
        },
        "answer": {"response_id": "r", "question": "Q1", "position": 0, "value": "yes"},
    }  # fmt: skip
    with empty.begin() as connection:
        for table, row in insert.items():
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608  # our own names
    migrations.upgrade(empty)
    with empty.begin() as connection:
        kept = connection.execute(text("SELECT value FROM answer WHERE response_id = 'r'"))
        assert kept.scalars().all() == ["yes"]
        connection.execute(text("UPDATE response SET edition = 'pl' WHERE id = 'r'"))
        connection.execute(text("DELETE FROM response WHERE id = 'r'"))
        assert connection.execute(text("SELECT count(*) FROM answer")).scalar() == 0
    with pytest.raises(IntegrityError), empty.begin() as connection:
        connection.execute(text("UPDATE survey SET grace_days = 99 WHERE id = 's'"))
