"""Two presses at the very same moment: one response, one receipt, on every database."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engage.orm import utc_now
from surveys.gathering import invitations
from surveys.models import Invitation, Response, Survey
from tests.conftest import SECRET
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

PRESSES, INVITED = 2, 8
ROUNDS = 5
CODE = re.compile(r"BEE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


def at_once(press: Callable[[], TestResponse]) -> list[TestResponse]:
    """Press twice from two threads that wait for each other."""
    ready = threading.Barrier(PRESSES)

    def presses(_: int) -> TestResponse:
        ready.wait(10)
        return press()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(presses, range(PRESSES)))


def somebody(app: Flask) -> Walker:
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return Walker(client, "tiny")


def presser(app: Flask, path: str, data: dict[str, str]) -> Callable[[], TestResponse]:
    """Return a press of a button by a browser of its own that holds the same page."""

    def press() -> TestResponse:
        return app.test_client().post(f"/s/tiny/{path}", data=data)

    return press


def test_two_presses_of_yes_at_once_begin_one_response(
    app: Flask, survey: Survey, session: Session
) -> None:
    del survey
    for number in range(1, ROUNDS + 1):
        one = somebody(app)
        one.get()
        data = {"token": one.token, "fresh": one.fresh, "answer": "yes", "edition": "standard"}
        replies = at_once(presser(app, "take-part", data))
        assert [reply.status_code for reply in replies] == [303, 303]
        assert replies[0].location == replies[1].location
        session.rollback()
        assert len(session.scalars(select(Response.id)).all()) == number


def test_many_invited_people_who_send_at_once_all_arrive(
    app: Flask, survey: Survey, session: Session
) -> None:
    tokens = invitations.make_invitations(
        session, survey, 30, secret=SECRET, actor="officer", now=utc_now()
    )
    session.commit()
    invited = []
    for token in tokens[:INVITED]:
        one = somebody(app)
        one.client.get(f"/i/{token}")
        one.says_yes()
        one.answers("word", f"Word {token}")
        one.get("check")
        invited.append(presser(app, "check", {"token": one.token}))
    ready = threading.Barrier(INVITED)

    def presses(press: Callable[[], TestResponse]) -> int:
        ready.wait(10)
        return press().status_code

    with ThreadPoolExecutor(INVITED) as pool:
        assert list(pool.map(presses, invited)) == [303] * INVITED
    used = select(func.count(Invitation.used_on))
    assert session.scalar(used) == INVITED


def test_two_presses_of_send_at_once_make_one_receipt(
    app: Flask, survey: Survey, session: Session
) -> None:
    del survey
    for number in range(1, ROUNDS + 1):
        one = somebody(app)
        one.says_yes()
        one.answers("word", "Sunny")
        one.get("check")
        replies = at_once(presser(app, "check", {"token": one.token}))
        assert [reply.status_code for reply in replies] == [303, 303]
        assert {reply.location for reply in replies} == {"/s/tiny/thanks"}
        codes = {CODE.findall(one.get("thanks").main)[0] for _ in range(2)}
        assert len(codes) == 1
        session.rollback()
        sent = session.execute(select(Response.submitted_at, Response.receipt_hmac)).all()
        assert len(sent) == len({receipt for _, receipt in sent if receipt}) == number
