"""Keeping equality answers apart from the answers they came with.

An equality answer stands under a link: a hash of the response's id, keyed with the installation's
secret and a salt of the consultation. Only this module and the one aggregate function of the
analysis compute links. When a consultation's salt is destroyed nobody can, not even the people
who run the installation.

What remains: until a salt is destroyed, whoever holds both the database and the secret can
compute links. On PostgreSQL the hidden columns of a row tell in which order rows were written
until `destroy_keys`, which is to run every day, writes them all anew in random order; deleted
rows stay in the files until the database clears them away, and in backups until those end.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from surveys.models import EqualityAnswer, EqualityKey, Snapshot
from surveys.questions import Values
from surveys.services.errors import SurveyError
from surveys.services.shuffling import write_anew

SALT_BYTES = 32


class KeyDestroyedError(SurveyError):
    """Equality answers of this consultation can be linked to nothing any more."""


def takes_answers(session: Session, consultation_id: str) -> bool:
    """Tell whether equality answers can still be kept: not once the key has been destroyed."""
    key = session.get(EqualityKey, consultation_id)
    return key is None or key.salt is not None


def keep_equality(  # what is kept, whose it is and what keys it are one act
    session: Session,
    consultation_id: str,
    response_id: str,
    question: str,
    values: Values,
    *,
    wording: str,
    secret: str,
    now: dt.datetime,
) -> bool:
    """Keep the answer to one equality question, or remove it when nothing was given.

    Returns False, and keeps nothing, once the consultation's key has been destroyed.
    """
    key = _key(session, consultation_id)
    if key.salt is None or _is_over(key, now):
        return False
    link = _link(_keyed(key.salt, secret), response_id)
    session.execute(
        delete(EqualityAnswer).where(
            EqualityAnswer.link == link,
            EqualityAnswer.question == question,
            EqualityAnswer.position >= len(values),
        )
    )
    rows = [
        {"link": link, "question": question, "position": n, "value": value, "wording": wording}
        for n, value in enumerate(values)
    ]
    if rows:
        upsert = _dialect(session).insert(EqualityAnswer).values(rows)
        changed = {"value": upsert.excluded.value, "wording": upsert.excluded.wording}
        there = ["link", "question", "position"]
        session.execute(upsert.on_conflict_do_update(index_elements=there, set_=changed))
    return True


def given_so_far(
    session: Session, consultation_id: str, response_id: str, *, secret: str
) -> dict[str, Values]:
    """Return a person's own equality answers to that person's own pages, and to nobody else."""
    found: dict[str, Values] = {}
    for link in links(session, consultation_id, [response_id], secret=secret):
        rows = session.execute(
            select(EqualityAnswer.question, EqualityAnswer.value)
            .where(EqualityAnswer.link == link)
            .order_by(EqualityAnswer.question, EqualityAnswer.position)
        )
        for question, value in rows:
            found[question] = (*found.get(question, ()), value)
    return found


def forget_equality(
    session: Session, consultation_id: str, response_id: str, *, secret: str
) -> bool:
    """Delete a person's equality answers; False when the key is gone and none can be found."""
    mine = links(session, consultation_id, [response_id], secret=secret)
    session.execute(delete(EqualityAnswer).where(EqualityAnswer.link.in_(mine)))
    return takes_answers(session, consultation_id)


def links(
    session: Session, consultation_id: str, response_ids: Iterable[str], *, secret: str
) -> Mapping[str, str]:
    """Return the response id of each link, for counting; empty without a key."""
    salt = session.scalar(
        select(EqualityKey.salt).where(EqualityKey.consultation_id == consultation_id)
    )
    if salt is None:
        return {}
    key = _keyed(salt, secret)
    return {_link(key, response_id): response_id for response_id in response_ids}


def last_day(session: Session, consultation_id: str, *, days: int) -> dt.date | None:
    """Return the day on which a consultation's key must go; None before its first snapshot."""
    stored = session.scalar(
        select(EqualityKey.destroy_on).where(EqualityKey.consultation_id == consultation_id)
    )
    first = session.scalar(
        select(func.min(Snapshot.taken_at)).where(Snapshot.consultation_id == consultation_id)
    )
    counted = local_date(first) + dt.timedelta(days=days) if first else None
    return min((day for day in (stored, counted) if day), default=None)


def destroy_keys(session: Session, *, days: int, actor: str, now: dt.datetime) -> list[str]:
    """Destroy every key whose day has come and return the ids of their consultations.

    Also writes down the day of each other key, and writes all answers anew in random order.
    Running it again changes nothing more.
    """
    destroyed = []
    for key in session.scalars(select(EqualityKey).where(EqualityKey.salt.is_not(None))).all():
        key.destroy_on = last_day(session, key.consultation_id, days=days)
        if _is_over(key, now):
            key.salt, key.destroyed_on = None, local_date(now)
            destroyed.append(key.consultation_id)
            audit.record(
                session, actor=actor, verb="destroyed_key", object_type="consultation",
                object_id=key.consultation_id, now=now,
            )  # fmt: skip
    session.flush()
    write_anew(session, cast("Table", EqualityAnswer.__table__))
    return destroyed


def _is_over(key: EqualityKey, now: dt.datetime) -> bool:
    return key.destroy_on is not None and local_date(now) >= key.destroy_on


def _key(session: Session, consultation_id: str) -> EqualityKey:
    """Return a consultation's key; two first answers at once make one."""
    found = session.get(EqualityKey, consultation_id)
    if found is None:
        made = {"consultation_id": consultation_id, "salt": secrets.token_bytes(SALT_BYTES)}
        session.execute(_dialect(session).insert(EqualityKey).values(made).on_conflict_do_nothing())
        found = session.get_one(EqualityKey, consultation_id)
    return found


def _keyed(salt: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"equality key:" + salt, hashlib.sha256)


def _link(key: bytes, response_id: str) -> str:
    return hmac.digest(key, response_id.encode(), hashlib.sha256).hex()


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
