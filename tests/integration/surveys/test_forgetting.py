"""Answers that nobody sends are deleted when the days are over that people were told."""

import datetime as dt

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import worker
from engage.cli import main
from surveys import services
from surveys.models import Answer, Response, Survey, Upload
from surveys.screens import ANSWERS_KEPT_DAYS
from tests.integration.surveys.walker import Walker

KEPT = dt.timedelta(days=ANSWERS_KEPT_DAYS)
SECRET = "a secret for tests that nobody else uses"


def begun(session: Session, survey: Survey, at: dt.datetime) -> str:
    survey.opened_at = at - KEPT
    made = services.start_response(
        session, survey, edition="standard", channel="online_std", now=at
    )
    session.add(Answer(response_id=made.id, question="TQ7", position=0, value="Words"))
    session.add(
        Upload(
            response_id=made.id, question="TQ7", kind="voice", media_type="audio/mp4", size=3,
            sha256="0" * 64, content=b"abc",
        )
    )  # fmt: skip
    session.flush()
    return made.id


def test_what_was_not_sent_goes_after_its_days_and_what_was_sent_stays(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    old, young, sent = (
        begun(session, survey, at)
        for at in (now - KEPT, now - KEPT + dt.timedelta(minutes=1), now - 2 * KEPT)
    )
    services.submit(session, session.get_one(Response, sent), secret=SECRET, now=now)
    assert services.forget_unsent(session, now=now) == 1
    session.expire_all()
    assert set(session.scalars(select(Response.id))) == {young, sent}
    for table in (Answer, Upload):
        assert old not in session.scalars(select(table.response_id)).all()
    assert services.forget_unsent(session, now=now) == 0


def test_the_worker_deletes_them_by_itself(
    app: Flask, session: Session, survey: Survey, now: dt.datetime
) -> None:
    begun(session, survey, now - KEPT)
    session.commit()
    assert worker.forget_unsent(app) == 1
    assert session.scalars(select(Response.id)).all() == []
    queue = worker.build_consumer(app).huey
    named = set(queue._registry._registry)  # noqa: SLF001  # no other list
    queue.storage.close()
    assert any("forget_unsent" in name for name in named)


def test_a_command_deletes_them_too(
    app: Flask, session: Session, survey: Survey, now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    begun(session, survey, now - KEPT)
    session.commit()
    monkeypatch.setattr("engage.app.create_app", lambda: app)
    done = CliRunner().invoke(main, ["survey", "forget-unsent"])
    assert done.output == "Deleted: 1.\n"


def test_somebody_whose_answers_are_gone_is_told(
    walker: Walker, session: Session, now: dt.datetime
) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    session.scalars(select(Response)).one().started_at = now - KEPT
    session.commit()
    services.forget_unsent(session, now=now)
    session.commit()
    assert "could not find your answers" in walker.get("check").main
