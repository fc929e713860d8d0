"""Two readers at one text, and mistakes of the safeguarding form."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from engage.safeguarding import SafeguardingItem, reading, services
from engage.safeguarding.verdicts import ReadAlreadyError
from tests.factories import NOW
from tests.integration.engage.safety import (
    GRAVE,
    PLAIN,
    SomebodyWith,
    decide,
    false_alarm,
    may_be_used,
    page,
    referral,
    sent,
    verdict,
)

LET_IT_READ = 0.4


def test_a_referral_is_not_undone_by_somebody_who_had_not_seen_it(
    staff: SomebodyWith, session: Session
) -> None:
    item = false_alarm(session)
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    opened = page(reader, place)
    decide(session, item, referral(session, item, "child_referral"))
    session.commit()
    hidden = dict(re.findall(r'name="(words|stands|csrf_token)" value="([^"]*)"', opened))
    sent_late = {**hidden, "quick": "manner_of_speaking"}
    reply = reader.client.post(f"{place}/decide", data=sent_late)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "Somebody else has decided about this since you opened it" in html
    session.expire_all()
    assert item.decision == "child_referral"
    assert not may_be_used(session, item)
    seen = re.search(r'name="stands" value="([^"]+)"', html)
    assert seen, "whoever has seen it may decide anew"
    reply = reader.client.post(f"{place}/decide", data={**sent_late, "stands": seen[1]})
    assert reply.status_code == 303
    assert "Saved." in page(reader, "/desk/safeguarding/")
    assert "Saved." not in page(reader, "/desk/safeguarding/")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "decision"),
        ({"decision": "no_concern"}, "reason"),
        ({"decision": "child_referral", "reason": "Hit at home"}, "reference"),
        (
            {"decision": "no_concern", "reason": "R", "referred_on": "soon", "referred_time": "2"},
            "reference",
        ),
    ],
)
def test_a_mistake_is_told_at_the_field_where_it_is_mended(
    staff: SomebodyWith, session: Session, typed: dict[str, str], field: str
) -> None:
    item = sent(session, PLAIN)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    said = {**typed, "words": reading.digest(PLAIN)}
    html = reader.client.send(f"{place}/decide", said, page=place).get_data(as_text=True)
    assert f'<a href="#{field}">' in html
    assert f'id="{field}-error"' in html


def test_a_second_reader_agrees_to_no_decision_they_have_not_seen(
    staff: SomebodyWith, session: Session
) -> None:
    item = sent(session, GRAVE)
    decide(session, item, verdict(session, item, "no_concern"))
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    opened = page(reader, place)
    decide(session, item, referral(session, item, "child_referral"), by="another")
    decide(session, item, verdict(session, item, "no_concern"), by="a third")
    session.commit()
    hidden = dict(re.findall(r'name="(words|stands|csrf_token)" value="([^"]*)"', opened))
    agrees = {**hidden, "quick": "about_a_service"}
    reply = reader.client.post(f"{place}/confirm", data=agrees)
    assert reply.status_code == 400
    html = reply.get_data(as_text=True)
    assert "Somebody else has decided about this since you opened it" in html
    session.expire_all()
    assert item.awaits_second
    seen = re.search(r'name="stands" value="([^"]+)"', html)
    assert seen
    reply = reader.client.post(f"{place}/confirm", data={**agrees, "stands": seen[1]})
    assert reply.status_code == 303
    reply = reader.client.post(f"{place}/confirm", data={**agrees, "stands": seen[1]})
    assert "You have decided about this since you opened this page" in reply.get_data(as_text=True)


def decides(session: Session, item: SafeguardingItem) -> None:
    decide(session, item, verdict(session, item, "no_concern", stands=""), by="two")


def agrees(session: Session, item: SafeguardingItem) -> None:
    services.confirm(
        session, item, reason="Yes", words=reading.digest(GRAVE), actor="two", now=NOW,
        keep_days=365,
    )  # fmt: skip


def reads_together(session: Session, item: SafeguardingItem) -> None:
    seen = {item.id: reading.digest(PLAIN)}
    services.read_together(session, seen, actor="two", now=NOW, keep_days=365)


@pytest.mark.parametrize(
    ("act", "words", "first"),
    [(decides, PLAIN, None), (reads_together, PLAIN, None), (agrees, GRAVE, "no_concern")],
)
def test_of_two_who_decide_at_the_very_same_moment_the_second_is_told(
    engine: Engine, session: Session, act: Callable[..., None], words: str, first: str | None
) -> None:
    item = sent(session, words)
    if first:
        decide(session, item, verdict(session, item, first))
    session.commit()

    def at_once() -> None:
        with Session(engine) as own:
            act(own, own.get_one(SafeguardingItem, item.id))
            own.commit()

    with ThreadPoolExecutor(1) as pool:
        decide(session, item, referral(session, item, "child_referral"), by="another")
        second = pool.submit(at_once)
        wait([second], timeout=LET_IT_READ)
        session.commit()
        with pytest.raises(ReadAlreadyError):
            second.result(20)
    session.expire_all()
    assert item.decision == "child_referral"
    assert not may_be_used(session, item)
