import threading

import pytest
from sqlalchemy import ColumnElement, Engine, delete, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

from engage import audit
from engage.audit import EMPTY_HASH, AuditEvent, AuditHead, Verification
from tests import locks
from tests.factories import NOW

WRITERS = 6
ACTS = 5


def act(session: Session, verb: str = "approve", object_id: str = "t1") -> AuditEvent:
    return audit.record(
        session, actor="u1", verb=verb, object_type="theme", object_id=object_id, now=NOW
    )


def found(session: Session) -> tuple[bool, int, int | None]:
    walked = audit.verify(session)
    return walked.ok, walked.events, walked.broken_at


@pytest.fixture
def chain(session: Session) -> Session:
    for number in range(4):
        act(session, object_id=f"t{number}")
    session.commit()
    return session


def test_an_empty_chain_holds(session: Session) -> None:
    assert audit.verify(session) == Verification(ok=True, events=0, broken_at=None, seal=EMPTY_HASH)


def test_each_event_is_sealed_by_the_one_before_it(chain: Session) -> None:
    events = [chain.get_one(AuditEvent, number) for number in range(1, 5)]
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert audit.verify(chain) == Verification(
        ok=True, events=4, broken_at=None, seal=events[-1].hash
    )


EVENT, END = AuditEvent.sequence == 2, AuditEvent.sequence == 4


@pytest.mark.parametrize(
    "act",
    [
        update(AuditEvent).where(EVENT).values(actor="somebody else"),
        delete(AuditEvent).where(END),
        delete(AuditEvent),
        update(AuditHead).values(sequence=3),
        delete(AuditHead),
    ],
)
def test_the_database_itself_refuses_to_change_the_record(chain: Session, act: UpdateBase) -> None:
    with pytest.raises(DBAPIError, match="can only grow"):
        chain.execute(act)
    chain.rollback()
    assert found(chain) == (True, 4, None)


@pytest.mark.parametrize("column", ["actor", "verb", "object_type", "object_id", "hash"])
def test_an_altered_event_is_found(chain: Session, column: str) -> None:
    with locks.lifted(chain):
        chain.execute(update(AuditEvent).where(EVENT).values({column: "something else"}))
    assert found(chain) == (False, 2, 2)


@pytest.mark.parametrize(
    ("lost", "where"), [(EVENT, (False, 2, 2)), (END, (False, 3, 4)), (true(), (False, 0, 1))]
)
def test_a_lost_event_is_found(
    chain: Session, lost: ColumnElement[bool], where: tuple[bool, int, int]
) -> None:
    with locks.lifted(chain):
        chain.execute(delete(AuditEvent).where(lost))
    assert found(chain) == where


@pytest.mark.parametrize(
    "act",
    [
        delete(AuditHead),
        update(AuditHead).values(sequence=0, hash=EMPTY_HASH),
        update(AuditHead).values(sequence=3),
        update(AuditHead).values(hash=EMPTY_HASH),
    ],
)
def test_a_head_that_fits_no_end_is_found(chain: Session, act: UpdateBase) -> None:
    with locks.lifted(chain):
        chain.execute(act)
    assert found(chain)[0] is False


def test_a_noted_seal_gives_a_cut_away_that_fits_its_head(chain: Session) -> None:
    noted, third = audit.verify(chain).seal, chain.get_one(AuditEvent, 3).hash
    act(chain)
    assert audit.holds_seal(chain, noted)
    with locks.lifted(chain):
        chain.execute(delete(AuditEvent).where(AuditEvent.sequence > 3))
        chain.execute(update(AuditHead).values(sequence=3, hash=third))
    assert audit.verify(chain) == Verification(ok=True, events=3, broken_at=None, seal=third)
    assert not audit.holds_seal(chain, noted)


def test_an_act_that_is_rolled_back_leaves_no_event(chain: Session) -> None:
    act(chain, verb="retire")
    chain.rollback()
    assert found(chain) == (True, 4, None)


def test_writers_at_the_same_time_make_one_chain(engine: Engine, session: Session) -> None:
    mistakes: list[Exception] = []

    def write(name: str) -> None:
        try:
            for number in range(ACTS):
                with Session(engine) as own, own.begin():
                    act(own, object_id=f"{name}-{number}")
        except Exception as mistake:  # noqa: BLE001  # shown by the assertion below
            mistakes.append(mistake)

    writers = [threading.Thread(target=write, args=[f"w{n}"]) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert mistakes == []
    assert found(session) == (True, WRITERS * ACTS, None)


def test_a_restricted_read_is_recorded_on_its_own(engine: Engine, session: Session) -> None:
    audit.record_read(engine, actor="u1", verb="read", object_type="theme", object_id="t1", now=NOW)
    assert session.get_one(AuditEvent, 1).verb == "read"
