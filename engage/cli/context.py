"""The application that a command works in."""
# ruff: noqa: PLC0415 - --help must stay light

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from sqlalchemy.orm import Session

from engage.accounts import User, find_user
from engage.consultations import Consultation, by_slug

ACTOR = "command"


@contextmanager
def working_app(*, current: bool = True) -> Iterator[Flask]:
    """Build the application and work inside it; refuse a database of another version."""
    from engage.app import create_app
    from engage.db import db
    from engage.refusals import refuse_old_database

    app = create_app()
    with app.app_context():
        try:
            if current:
                refuse_old_database(app)
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def working_session() -> Iterator[Session]:
    """Work in one transaction that is committed if nothing goes wrong."""
    from engage.db import db

    with working_app():
        yield db.session()
        db.session.commit()


def the_consultation(session: Session, slug: str) -> Consultation:
    """Return the consultation that was named, or say that there is none."""
    consultation = by_slug(session, slug)
    if consultation is None:
        message = f"There is no consultation called {slug!r}."
        raise click.BadParameter(message)
    return consultation


def the_user(session: Session, email: str) -> User:
    """Return the account that was named, or say that there is none."""
    user = find_user(session, email)
    if user is None:
        message = f"{email} has no account."
        raise click.BadParameter(message)
    return user


def the_survey(session: Session, slug: str) -> Any:
    """Return the survey that was named, or say that there is none."""
    from surveys.queries import survey_by_slug

    survey = survey_by_slug(session, slug)
    if survey is None:
        message = f"There is no survey called {slug!r}."
        raise click.BadParameter(message)
    return survey
