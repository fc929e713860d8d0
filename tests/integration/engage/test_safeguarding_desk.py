"""The safeguarding desk as readers use it, and what it keeps from everybody else."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from engage import safeguarding
from engage.safeguarding import SafeguardingItem, SafeguardingLog, reading, services, verdicts
from engage.safeguarding.decisions import DECISIONS, REFERRALS
from surveys.models import Answer, Response
from surveys.services import withdraw
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.engage.safety import (
    GRAVE,
    PLAIN,
    decide,
    may_be_used,
    referral,
    sent,
    verdict,
)


@pytest.fixture
def listening(app: Flask) -> Flask:
    """Have an application whose safeguarding listens."""
    return app


# --- Decisions ------------------------------------------------------------------------------


def test_unread_words_may_not_be_used_and_read_ones_may(listening: Flask, session: Session) -> None:
    del listening
    item = sent(session, PLAIN)
    assert not may_be_used(session, item)
    decide(session, item, verdict(session, item, "no_concern"))
    assert may_be_used(session, item)
    assert safeguarding.waiting(session) == 0


def test_high_words_without_concern_need_a_second_person(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, GRAVE)
    decide(session, item, verdict(session, item, "no_concern"))
    assert item.awaits_second
    assert not may_be_used(session, item)
    words = reading.digest(GRAVE)
    with pytest.raises(verdicts.SamePersonError):
        services.confirm(
            session, item, reason="Yes", words=words, actor="one", now=NOW, keep_days=365
        )
    services.confirm(session, item, reason="Yes", words=words, actor="two", now=NOW, keep_days=365)
    assert may_be_used(session, item)
    with pytest.raises(verdicts.ReadAlreadyError):
        services.confirm(
            session, item, reason="Yes", words=words, actor="three", now=NOW, keep_days=365
        )


def test_nobody_agrees_to_what_was_passed_on_a_moment_ago(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, GRAVE)
    decide(session, item, verdict(session, item, "no_concern"))
    elsewhere = update(SafeguardingItem).values(decision=REFERRALS[0], settled_at=NOW)
    session.execute(elsewhere, execution_options={"synchronize_session": False})
    words = reading.digest(GRAVE)
    with pytest.raises(verdicts.ReadAlreadyError):
        services.confirm(
            session, item, reason="Yes", words=words, actor="two", now=NOW, keep_days=365
        )
    assert not may_be_used(session, item)


@pytest.mark.parametrize("decision", REFERRALS)
def test_passing_something_on_needs_reference_time_and_person(
    listening: Flask, session: Session, decision: str
) -> None:
    del listening
    item = sent(session, GRAVE)
    with pytest.raises(verdicts.SafeguardingError, match="reference"):
        decide(session, item, verdict(session, item, decision))
    decide(session, item, referral(session, item, decision))
    assert item.settled_at == NOW
    assert not may_be_used(session, item)


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_needs_a_reason(listening: Flask, session: Session, decision: str) -> None:
    del listening
    item = sent(session, PLAIN)
    with pytest.raises(verdicts.SafeguardingError, match="why"):
        decide(session, item, verdict(session, item, decision, reason="  "))


def test_words_with_a_concern_come_back_only_if_the_reader_says_so(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, GRAVE)
    decide(session, item, referral(session, item, "child_referral"))
    assert not may_be_used(session, item)
    made = {"reference": "R-1", "referred_at": NOW, "referred_by": "Duty lead", "returns": True}
    decide(session, item, verdict(session, item, "child_referral", **made))
    assert may_be_used(session, item)


def test_a_decision_is_about_the_words_that_were_shown(listening: Flask, session: Session) -> None:
    del listening
    item = sent(session, PLAIN)
    said = verdict(session, item, "no_concern")
    session.execute(update(Answer).values(value=GRAVE))
    with pytest.raises(verdicts.WordsChangedError):
        decide(session, item, said)


def test_new_words_are_read_anew(listening: Flask, session: Session) -> None:
    del listening
    item = sent(session, PLAIN)
    decide(session, item, verdict(session, item, "no_concern"))
    assert item.response_id
    safeguarding.queue_words(session, item.response_id, "PC06", GRAVE, now=NOW)
    assert safeguarding.waiting(session) == 1
    assert not may_be_used(session, item)
    assert session.scalar(select(SafeguardingLog)) is not None, "the log keeps what was decided"


def test_a_page_of_low_words_is_taken_together_and_nothing_high_slips_in(
    listening: Flask, session: Session
) -> None:
    del listening
    items = [sent(session, PLAIN) for _ in range(3)]
    seen = {item.id: reading.digest(PLAIN) for item in items}
    high = sent(session, GRAVE)
    with_high = {**seen, high.id: reading.digest(GRAVE)}
    with pytest.raises(verdicts.SafeguardingError, match="by itself"):
        services.read_together(session, with_high, actor="one", now=NOW, keep_days=365)
    assert safeguarding.waiting(session) == 4
    assert services.read_together(session, seen, actor="one", now=NOW, keep_days=365) == 3
    assert safeguarding.waiting(session) == 1
    with pytest.raises(verdicts.ReadAlreadyError):
        services.read_together(session, seen, actor="two", now=NOW, keep_days=365)


# --- What the database itself refuses -------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"decision": "no_concern", "settled_at": NOW}, "four_eyes"),
        ({"decision": "no_concern", "confirmed_by": "one", "confirmed_at": NOW}, "another"),
        ({"decision": "nonsense"}, "decision_known"),
        ({"decision": "child_referral", "decided_by": None}, "decision_is_whole"),
        ({"order_score": 1001}, "order_in_range"),
    ],
)
def test_the_database_keeps_the_promises(
    listening: Flask, session: Session, change: dict[str, object], rule: str
) -> None:
    del listening
    item = sent(session, GRAVE)
    whole = (
        {"decided_by": "one", "decided_at": NOW, "returns": True} if "decision" in change else {}
    )
    with pytest.raises(IntegrityError, match=rule):
        session.execute(
            update(SafeguardingItem)
            .where(SafeguardingItem.id == item.id)
            .values(**{**whole, **change})
        )
    session.rollback()


def test_the_log_can_only_grow(listening: Flask, session: Session) -> None:
    del listening
    item = sent(session, PLAIN)
    services.decide(
        session, item, verdict(session, item, "no_concern"), actor="one",
        now=dt.datetime.now(dt.UTC), keep_days=365,
    )  # fmt: skip
    session.commit()
    for change in (update(SafeguardingLog).values(reason="x"), delete(SafeguardingLog)):
        with pytest.raises(DatabaseError, match="can only grow"):
            session.execute(change)
        session.rollback()


def test_a_response_that_waits_for_a_reader_cannot_be_deleted(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, PLAIN)
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(delete(Response).where(Response.id == item.response_id))
    session.rollback()


# --- Keeping and erasing --------------------------------------------------------------------


def test_words_that_were_taken_out_go_once_they_were_read_without_concern(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, PLAIN)
    response = session.get_one(Response, item.response_id)
    withdraw(session, response, secret=SECRET, now=NOW)
    assert reading.words_of(session, [item])[item.id] == PLAIN
    decide(session, item, verdict(session, item, "no_concern"))
    assert session.scalar(select(Answer)) is None


def test_words_with_a_concern_stay_until_their_time_has_come(
    listening: Flask, session: Session
) -> None:
    del listening
    item = sent(session, GRAVE)
    decide(session, item, referral(session, item, "child_referral"))
    withdraw(session, session.get_one(Response, item.response_id), secret=SECRET, now=NOW)
    assert services.erase_old(session, actor="c", now=NOW + dt.timedelta(days=365)) == 0
    assert session.scalar(select(Answer)) is not None


def test_what_is_old_enough_is_erased(listening: Flask, session: Session) -> None:
    del listening
    long_ago = NOW - dt.timedelta(days=900)
    item = sent(session, GRAVE)
    services.decide(
        session, item, referral(session, item, "child_referral"), actor="one", now=NOW,
        keep_days=-900,
    )  # fmt: skip
    withdraw(session, session.get_one(Response, item.response_id), secret=SECRET, now=long_ago)
    assert services.erase_old(session, actor="c", now=NOW) == 1
    assert session.scalar(select(Answer)) is None
    assert session.scalar(select(SafeguardingLog)) is None
