"""A published report with people who asked to be told, and a mail server that takes their mails."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from engage import jobs
from engage.jobs import Job
from engage.mail import MailSettings
from engage.orm import utc_now
from engage.settings import Settings
from reports.loop import telling
from reports.models import Report
from surveys import services as asking
from surveys.models import Survey
from tests.integration.reports import scenario as made
from tests.integration.reports.telling.people import (
    PEOPLE,
    address_of,
)
from tests.pages import CheckedClient
from tests.postbox import Postbox, free_port


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def mail_server(postbox: Postbox) -> Iterator[int]:
    """Run a mail server and return its port."""
    running = Controller(postbox, hostname="127.0.0.1", port=free_port())
    running.start()
    yield running.port
    running.stop(no_assert=True)


@pytest.fixture
def settings(settings: Settings, mail_server: int) -> Settings:
    """Return settings of an installation that sends quickly to that server."""
    mail = MailSettings(
        by="smtp", sender="engage@example.org", host="127.0.0.1", port=mail_server,
        security="none", per_minute=6000, timeout=5,
    )  # fmt: skip
    return dataclasses.replace(settings, mail=mail, public_url="https://engage.example.org")


@pytest.fixture
def client(client: CheckedClient) -> CheckedClient:
    """Return a browser that asks for the address that people know."""
    client.environ_base["HTTP_HOST"] = "127.0.0.1"
    return client


@pytest.fixture
def asked(session: Session, published: Report) -> Report:
    """Return a published report of closed surveys, with eight people who asked to be told."""
    session.execute(update(Survey).values(opened_at=made.NOW, closed_at=made.NOW))
    for kind, wanted in PEOPLE:
        asking.keep_contact(
            session, published.consultation_id, kind=kind, address=address_of(kind, wanted),
            wanted=wanted, now=made.NOW,
        )  # fmt: skip
    session.commit()
    return published


@pytest.fixture
def tells(app: Flask, session: Session, asked: Report, settings: Settings) -> Callable[..., Job]:
    """Return a function that tells everybody who waits, as the desk and the command do."""

    def tell() -> Job:
        job = telling.ask(session, asked, settings=settings, actor="officer", now=utc_now())
        identity = job.id
        session.commit()
        done = jobs.run(app, identity)
        session.expire_all()
        assert done is not None
        return done

    return tell
