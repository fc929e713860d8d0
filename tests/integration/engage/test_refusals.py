import dataclasses

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from engage.app import create_app
from engage.db import db
from engage.jobs import QueueError, build_queue
from engage.refusals import refuse_known_key, refuse_old_database
from engage.settings import Settings, SettingsError
from tests.factories import UserFactory


def production(settings: Settings) -> Settings:
    return dataclasses.replace(settings, mode="production")


def close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def test_production_starts_without_a_demo_account(app: Flask, settings: Settings) -> None:
    del app
    close(create_app(production(settings)))


def test_production_starts_before_there_are_tables(settings: Settings) -> None:
    empty = dataclasses.replace(settings, database_url="")
    close(create_app(production(empty)))


def test_production_refuses_to_start_with_the_demo_account(
    session: Session, settings: Settings
) -> None:
    UserFactory(email="analyst@demo.test", is_demo=True)
    session.commit()
    with pytest.raises(SettingsError, match=r"holds the demo account analyst@demo\.test"):
        create_app(production(settings))


def test_a_database_without_its_tables_is_refused(settings: Settings) -> None:
    app = create_app(dataclasses.replace(settings, database_url=""))
    with pytest.raises(SettingsError, match="Run: engage db upgrade"):
        refuse_old_database(app)
    close(app)


@pytest.mark.parametrize("host", ["::", "192.0.2.7", "engage.example.org"])
def test_the_published_key_lets_no_other_machine_in(host: str) -> None:
    with pytest.raises(SettingsError, match="set ENGAGE_SECRET_KEY"):
        refuse_known_key(Settings(), host)
    refuse_known_key(Settings(secret_key="k" * 32), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"])
def test_the_published_key_will_do_on_this_machine(host: str) -> None:
    refuse_known_key(Settings(), host)


def test_a_queue_that_cannot_be_had_is_refused_in_plain_words(settings: Settings) -> None:
    with pytest.raises(QueueError, match="must start with redis://"):
        build_queue(dataclasses.replace(settings, queue_url="amqp://localhost"))
    with pytest.raises(QueueError, match="pip install redis"):
        build_queue(dataclasses.replace(settings, queue_url="redis://localhost"))
