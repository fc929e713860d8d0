"""Invitations: addresses that can be used once, which lead to nobody and to no answers.

Only a keyed hash of each is kept, and the list of addresses is shown once. When answers are sent,
the invitation is marked as used with the day, no time, and all invitations of the survey are
written anew in random order in the same act: neither the order of rows nor what a database notes
about when a row was written leads from an invitation to a response.
"""

import csv
import dataclasses
import datetime as dt
import hashlib
import hmac
import io
import secrets
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from surveys import codes
from surveys.models import Invitation, Survey
from surveys.services.errors import SurveyError
from surveys.services.shuffling import lock, write_anew

LETTERS = 16
GROUP = 4
MOST = 2_000
_LOOKALIKES = str.maketrans("OIL", "011")
_TABLE = cast("Table", Invitation.__table__)


class InvitationError(SurveyError):
    """Invitations cannot be made as asked; the message says why."""


@dataclasses.dataclass(frozen=True)
class Counted:
    """How many invitations a survey has, and how many were used."""

    made: int
    used: int


def make_invitations(
    session: Session, survey: Survey, count: int, *, secret: str, actor: str, now: dt.datetime
) -> tuple[str, ...]:
    """Make single-use tokens and return them; they cannot be shown again.

    Raises InvitationError for more than can be kept without slowing people down.
    """
    there = counted(session, survey).made
    if not 1 <= count <= MOST - there:
        message = f"A survey can have up to {MOST} invitations; this one has {there}."
        raise InvitationError(message)
    tokens = tuple(_token() for _ in range(count))
    rows: list[dict[str, Any]] = [
        {
            "token_hmac": seal(token, secret=secret),
            "survey_id": survey.id,
            "made_on": local_date(now),
            "used_on": None,
        }
        for token in tokens
    ]
    _write_anew(session, survey.id, rows)
    audit.record(
        session, actor=actor, verb="invite", object_type="survey", object_id=survey.id, now=now
    )
    return tokens


def counted(session: Session, survey: Survey) -> Counted:
    """Return how many invitations were made and used."""
    made, used = session.execute(
        select(func.count(), func.count(Invitation.used_on)).where(
            Invitation.survey_id == survey.id
        )
    ).one()
    return Counted(made, used)


def seal(token: str, *, secret: str) -> str:
    """Return the keyed hash that stands for an invitation, however its token was typed."""
    plain = "".join(sign for sign in token.upper() if sign.isalnum()).translate(_LOOKALIKES)
    return hmac.digest(secret.encode(), f"invitation:{plain}".encode(), hashlib.sha256).hex()


def find(session: Session, sealed: str) -> tuple[Invitation, Survey] | None:
    """Return the invitation with this keyed hash, used or not, with its survey."""
    row = session.execute(
        select(Invitation, Survey)
        .join(Survey, Survey.id == Invitation.survey_id)
        .where(Invitation.token_hmac == sealed)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def spend(session: Session, sealed: str, *, now: dt.datetime) -> bool:
    """Mark an invitation as used; False when it is unknown or was used before.

    Called in the transaction that sends the answers. Everything is written anew, so that all
    invitations carry the mark of this transaction and none of them stands out.
    """
    lock(session, _TABLE)
    spent = session.scalar(
        update(Invitation)
        .where(Invitation.token_hmac == sealed, Invitation.used_on.is_(None))
        .values(used_on=local_date(now))
        .returning(Invitation.survey_id),
        execution_options={"synchronize_session": False},
    )
    if spent is None:
        return False
    _write_anew(session, spent, [])
    return True


def addresses_csv(tokens: Iterable[str], home: str) -> str:
    """Return the list of addresses as a table of one column."""
    written = io.StringIO()
    csv.writer(written).writerows([["address"], *([f"{home}/i/{token}"] for token in tokens)])
    return written.getvalue()


def _write_anew(session: Session, survey_id: str, more: list[dict[str, Any]]) -> None:
    write_anew(session, _TABLE, _TABLE.c.survey_id == survey_id, more=more)
    session.expire_all()


def _token() -> str:
    """Return 80 random bits in groups that can be read out and typed."""
    drawn = "".join(secrets.choice(codes.ALPHABET) for _ in range(LETTERS)).lower()
    return "-".join(drawn[at : at + GROUP] for at in range(0, LETTERS, GROUP))
