"""One session per request or command, on SQLite or PostgreSQL, durable on both."""

import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, ExceptionContext, event, make_url
from sqlalchemy.exc import DisconnectionError

from engage.commits import Commits
from engage.orm import Base
from engage.settings import Settings

BUSY_TIMEOUT_MS = 10_000
RESTED_SECONDS = 5.0

db = SQLAlchemy(metadata=Base.metadata)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to its database and make SQLite keep its promises.

    What people wrote is for nobody else: the file is its owner's alone, and a failed statement
    goes into the log without the words that were in it.
    """
    if settings.database.startswith("sqlite:///"):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.database_url:
        Path(make_url(settings.database).database or "").touch(mode=0o600)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        make_durable(db.engine)
        ask_idle_connections(db.engine)
        keep_words_out_of_errors(db.engine)
        app.extensions["engage_commits"] = Commits(db.engine)


def make_durable(engine: Engine) -> None:
    """Turn on write-ahead log, foreign keys, full fsync and waiting on every SQLite connection.

    PostgreSQL does all four by default; a lost answer would be a broken promise on either.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def ask_idle_connections(engine: Engine) -> None:
    """Ask a connection that has rested whether it still stands, before anybody depends on it.

    Asking each time would double the round trips of a page that reads once. A connection that
    was in use a moment ago is as likely to break within the page as after the question.
    """
    if engine.dialect.name == "sqlite":
        return

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: Any) -> None:
        record.info["rested_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("rested_since")
        if since is None or time.monotonic() - since < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another connection


def keep_words_out_of_errors(engine: Engine) -> None:
    """Shorten what PostgreSQL says of a refused row to its first line.

    Its detail repeats the whole row, and with it what somebody wrote, in every log.
    """

    @event.listens_for(engine, "handle_error")
    def on_error(context: ExceptionContext) -> None:
        original, raised = context.original_exception, context.sqlalchemy_exception
        first = getattr(getattr(original, "diag", None), "message_primary", None)
        if first and raised is not None:
            original.args = (first,)
            raised.args = (f"({type(original).__name__}) {first}",)
