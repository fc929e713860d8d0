"""What Engage refuses to start with, because people would be misled or answers lost."""

import ipaddress

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from engage import accounts
from engage.db import db
from engage.settings import DEVELOPMENT_KEY, SECRET_LENGTH, Settings, SettingsError


def refuse_demo_in_production(app: Flask, settings: Settings) -> None:
    """Raise SettingsError if the demo account is in a database that real people answer into."""
    if not settings.is_production:
        return
    with app.app_context():
        if not inspect(db.engine).has_table(accounts.User.__tablename__):
            return
        with Session(db.engine) as session:
            demo = accounts.demo_users(session)
        db.engine.dispose()  # server processes are made after this and share no connection
    if demo:
        message = (
            f"This database holds the demo account {demo[0].email}, whose password is no secret. "
            "Use a database without the demo for production."
        )
        raise SettingsError(message)


def refuse_known_key(settings: Settings, host: str) -> None:
    """Raise SettingsError if other machines could come in with a key that anybody can read."""
    if settings.secret_key == DEVELOPMENT_KEY and not _is_this_machine(host):
        message = (
            f"To let other machines in at {host}, set ENGAGE_SECRET_KEY to at least "
            f"{SECRET_LENGTH} random characters: the development key is published."
        )
        raise SettingsError(message)


def refuse_old_database(app: Flask) -> None:
    """Raise SettingsError if the tables are missing or from another version."""
    from engage import migrations  # noqa: PLC0415  # only commands need Alembic

    with app.app_context():
        behind = not migrations.is_current(db.engine)
    if behind:
        message = "The database is not up to date. Run: engage db upgrade"
        raise SettingsError(message)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
