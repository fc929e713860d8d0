"""Who did what and when: an append-only chain of events, each sealed by the one before it.

An event holds ids and verbs, never words: erasing a person's answer must not break the chain.
The database itself refuses to change or delete an event. Who owns the database can lift that and
write the whole chain anew; a seal that was noted elsewhere gives such a chain away.
"""

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import CheckConstraint, Engine, ScalarResult, String, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage.orm import Base, Code

EMPTY_HASH = "0" * 64
BATCH = 1_000


class AuditEvent(Base):
    """One act: who, which verb, on what; sealed with the hash of the act before it."""

    __tablename__ = "audit_event"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    actor: Mapped[str] = mapped_column(String(120))
    verb: Mapped[Code]
    object_type: Mapped[Code]
    object_id: Mapped[str] = mapped_column(String(120))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The one row that says where the chain ends; locking it gives each writer its turn."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_head"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


@dataclasses.dataclass(frozen=True)
class Verification:
    """What a walk along the chain found.

    Attributes:
        ok: every seal holds and the chain ends where its head says.
        events: how many events were read.
        broken_at: number of the first event that is not what it was, or None.
        seal: hash of the last event that holds; it vouches for every event up to it.
    """

    ok: bool
    events: int
    broken_at: int | None
    seal: str = EMPTY_HASH


def record(
    session: Session,
    *,
    actor: str,
    verb: str,
    object_type: str,
    object_id: str,
    now: dt.datetime,
) -> AuditEvent:
    """Append one event inside the caller's transaction, so the act and its record stand or fall.

    The head is updated before anything is read: on both databases that first write takes the
    lock, so two writers cannot seal the same number.
    """
    sequence, previous_hash = _take_turn(session)
    values = {
        "sequence": sequence,
        "at": now.astimezone(dt.UTC),
        "actor": actor,
        "verb": verb,
        "object_type": object_type,
        "object_id": object_id,
        "previous_hash": previous_hash,
    }
    seal = _seal(values)
    session.execute(insert(AuditEvent).values(**values, hash=seal))
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(hash=seal))
    return session.get_one(AuditEvent, sequence)


def record_read(
    engine: Engine, *, actor: str, verb: str, object_type: str, object_id: str, now: dt.datetime
) -> None:
    """Record a restricted read in a transaction of its own, before the words are shown."""
    with Session(engine) as session, session.begin():
        record(
            session, actor=actor, verb=verb, object_type=object_type, object_id=object_id, now=now
        )


def verify(session: Session) -> Verification:
    """Walk the whole chain and say whether anybody has altered, removed or slipped in an event.

    Others may go on writing meanwhile: the end must be one that the chain had during the walk.
    """
    head, head_hash = _head(session)
    count, previous, hash_at_head = 0, EMPTY_HASH, EMPTY_HASH
    with contextlib.closing(_all_events(session)) as events:
        for event in events:
            count += 1
            sealed = _seal({name: getattr(event, name) for name in _SEALED})
            if (event.sequence, event.previous_hash, event.hash) != (count, previous, sealed):
                return Verification(ok=False, events=count, broken_at=count, seal=previous)
            previous = event.hash
            hash_at_head = previous if count <= head else hash_at_head
    if hash_at_head != head_hash or not head <= count <= _head(session)[0]:
        return Verification(ok=False, events=count, broken_at=count + 1, seal=previous)
    return Verification(ok=True, events=count, broken_at=None, seal=previous)


def holds_seal(session: Session, seal: str) -> bool:
    """Tell whether an event has this seal: if not, the chain was cut or written anew since."""
    return session.scalar(select(AuditEvent.sequence).where(AuditEvent.hash == seal)) is not None


def _all_events(session: Session) -> ScalarResult[AuditEvent]:
    in_order = select(AuditEvent).order_by(AuditEvent.sequence)
    return session.scalars(in_order.execution_options(yield_per=BATCH, populate_existing=True))


def _head(session: Session) -> tuple[int, str]:
    """Return where the chain ends; an empty one ends before its first event."""
    row = session.execute(select(AuditHead.sequence, AuditHead.hash)).one_or_none()
    return (row.sequence, row.hash) if row else (0, EMPTY_HASH)


_SEALED = ("sequence", "at", "actor", "verb", "object_type", "object_id", "previous_hash")


def _seal(values: dict[str, Any]) -> str:
    """Hash the event in one canonical spelling, so that the seal does not depend on a driver."""
    spelled = [
        value.isoformat(timespec="microseconds") if isinstance(value, dt.datetime) else value
        for value in (values[name] for name in _SEALED)
    ]
    canonical = json.dumps(spelled, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _take_turn(session: Session) -> tuple[int, str]:
    """Move the head on by one and return the new number with the hash it follows."""
    step = (
        update(AuditHead)
        .where(AuditHead.id == 1)
        .values(sequence=AuditHead.sequence + 1)
        .returning(AuditHead.sequence, AuditHead.hash)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(step).one_or_none()
    if row is None:
        _start_chain(session)
        row = session.execute(step).one()
    return row.sequence, row.hash


def _start_chain(session: Session) -> None:
    """Write the head of an empty chain; a second writer who gets here too changes nothing."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(AuditHead).values(id=1, sequence=0, hash=EMPTY_HASH)
    session.execute(first.on_conflict_do_nothing())
