"""What every test may ask for: an application on an empty database, a session, a checked client.

Tests run on SQLite, and on PostgreSQL when ENGAGE_TEST_DATABASE_URL is set. The tables are made
by the migrations once a session, and every test starts with empty ones. The PostgreSQL database
is emptied, so name a spare one.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.orm import Session

from engage import migrations
from engage.app import create_app
from engage.db import db
from engage.orm import Base
from engage.settings import Settings
from tests import factories, once
from tests.pages import CheckedClient
from tests.people import Staff

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None)

SECRET = "a secret for tests that nobody else uses"
RECORD = (
    "audit_event", "audit_head", "family_verdict", "safeguarding_log", "sign_off", "sign_off_slot",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that no worker is left alone with it at the end.

    What only the full run does is not watched for coverage: the usual tests go the same ways.
    """
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker("no_cover")
    items.sort(key=_is_quick)


def _is_quick(item: pytest.Item) -> bool:
    return not (item.get_closest_marker("full") or item.get_closest_marker("slow"))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the address of a database of this test process's own, or nothing for SQLite."""
    url = os.environ.get("ENGAGE_TEST_DATABASE_URL", "")
    worker_id = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not url or not worker_id:
        return url
    parsed = make_url(url)
    mine = f"{parsed.database}_{worker_id}"
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [mine])
        if there.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(mine)))
    return parsed.set(database=mine).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def tables(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the migrations once; return the SQLite file that each test gets a copy of."""
    path = tmp_path_factory.mktemp("tables") / "engage.sqlite"
    engine = create_engine(postgres_url or f"sqlite:///{path}")
    if postgres_url:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session", autouse=True)
def _worked_out_once() -> Iterator[None]:
    """Keep what each new application would work out again: most of what it costs."""
    with once.worked_out():
        yield


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str) -> Settings:
    """Return settings of an installation that lives as long as the test."""
    return Settings(
        mode="test",
        data_dir=tmp_path / "data",
        database_url=postgres_url,
        secret_key=SECRET,
        contact_email="help@example.org",
        contact_phone="01234 567890",
        organisation="Test partnership",
    )


@pytest.fixture
def app(settings: Settings, tables: Path) -> Iterator[Flask]:
    """Return the application on an empty database."""
    settings.data_dir.mkdir()
    if not settings.database_url:
        shutil.copy(tables, settings.data_dir / "engage.sqlite")
    app = create_app(settings)
    _hash_quickly(app)
    _write_quickly(app)
    once.share(app)
    yield app
    with app.app_context():
        if settings.database_url:
            _empty(db.engine)
        db.engine.dispose()


@pytest.fixture
def engine(app: Flask) -> Engine:
    """Return the engine of the application's database."""
    with app.app_context():
        return db.engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session beside the application's own; commit to let a page see what is in it."""
    with Session(engine) as session:
        factories.use(session)
        yield session
        factories.use(None)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Return a browser that checks every page it loads."""
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture
def staff(session: Session, client: CheckedClient) -> Callable[..., Staff]:
    """Return a function that makes somebody with the roles that are named."""

    def somebody(*roles: str) -> Staff:
        user = factories.UserFactory(with_roles=list(roles))
        session.commit()
        return Staff(client, user.email)

    return somebody


def _hash_quickly(app: Flask) -> None:
    """Make sign-in cost a test no half second; what protects real passwords has its own test."""
    context = app.extensions["security"].pwd_context
    context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)


def _write_quickly(app: Flask) -> None:
    """Let SQLite not wait for the disk; that it does for real answers has its own test."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(
                db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF")
            )


def _empty(engine: Engine) -> None:
    """Delete all rows in one trip, which is much faster than truncating small tables.

    The record of who did what refuses that, and the queue's tables are known to the queue alone.
    """
    queue = [name for name in inspect(engine).get_table_names() if name.startswith("huey_")]
    rest = [one.name for one in reversed(Base.metadata.sorted_tables) if one.name not in RECORD]
    statements = [f"TRUNCATE {', '.join([*RECORD, *queue])}", *map('DELETE FROM "{}"'.format, rest)]
    with engine.begin() as connection:
        connection.exec_driver_sql("; ".join(statements))
