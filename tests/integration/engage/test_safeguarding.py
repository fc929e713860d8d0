import datetime as dt

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import safeguarding
from engage.safeguarding import SafeguardingItem
from surveys.models import AnswerHold
from surveys.signals import submitted
from tests.factories import NOW, AnswerFactory, ResponseFactory

GRAVE = "He was restrained and he is scared of going back."


def sent(session: Session, texts: dict[str, str], *, now: dt.datetime = NOW) -> str:
    response = ResponseFactory(submitted=True)
    for question, words in texts.items():
        AnswerFactory(response_id=response.id, question=question, value=words)
    submitted.send(session, response_id=response.id, questions=tuple(texts), now=now)
    return str(response.id)


def queue(session: Session) -> dict[str, int]:
    return {item.question: item.order_score for item in session.scalars(select(SafeguardingItem))}


def test_every_text_is_queued_and_only_the_gravest_are_held(app: Flask, session: Session) -> None:
    del app  # it listens
    response_id = sent(session, {"PC06": "The SENCO is kind.", "PC07": GRAVE})
    scores = queue(session)
    assert scores["PC06"] < safeguarding.HOLD_FROM
    assert scores["PC07"] >= safeguarding.HOLD_FROM
    held = session.scalars(select(AnswerHold)).all()
    assert [(hold.response_id, hold.question) for hold in held] == [(response_id, "PC07")]
    assert safeguarding.waiting(session) == 2


def test_a_question_without_words_is_not_queued(app: Flask, session: Session) -> None:
    del app
    response = ResponseFactory(submitted=True)
    submitted.send(session, response_id=response.id, questions=("PC06",), now=NOW)
    assert queue(session) == {}


def test_what_somebody_has_decided_waits_no_more(app: Flask, session: Session) -> None:
    del app
    sent(session, {"PC06": "Fine."})
    item = session.scalars(select(SafeguardingItem)).one()
    item.decided_at, item.decided_by, item.decision = NOW, "reader", "no_concern"
    item.returns, item.settled_at = True, NOW
    session.flush()
    assert safeguarding.waiting(session) == 0
