"""Slowing down whoever guesses passwords, without telling them which addresses exist."""

import datetime as dt
import hashlib
import hmac

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from engage.accounts.models import SignInFailure
from engage.accounts.services import one_spelling

FAILURES = 5
FAILURES_OF_A_CLIENT = 50
WAIT = dt.timedelta(minutes=15)


def must_wait(session: Session, email: str, client: str, *, secret: str, now: dt.datetime) -> bool:
    """Tell whether too many wrong passwords were tried for this address, or by this client.

    The address counts whether it is known or not. The client may try more, because a whole office
    can share one, but cannot try one password on every address.
    """
    of_address = SignInFailure.email_hmac == _of_email(email, secret)
    of_client = SignInFailure.client_hmac == _of_client(client, secret)
    return (
        _recent(session, of_address, now) >= FAILURES
        or _recent(session, of_client, now) >= FAILURES_OF_A_CLIENT
    )


def note_failure(
    session: Session, email: str, client: str, *, secret: str, now: dt.datetime
) -> None:
    """Count one wrong password, and drop what is too old to count."""
    session.add(
        SignInFailure(
            email_hmac=_of_email(email, secret),
            client_hmac=_of_client(client, secret),
            failed_at=now,
        )
    )
    session.execute(delete(SignInFailure).where(SignInFailure.failed_at <= now - WAIT))


def forget(session: Session, email: str, *, secret: str) -> None:
    """Start counting from nothing after somebody has signed in."""
    of_address = SignInFailure.email_hmac == _of_email(email, secret)
    session.execute(delete(SignInFailure).where(of_address))


def _recent(session: Session, same: ColumnElement[bool], now: dt.datetime) -> int:
    counted = select(func.count()).where(same, SignInFailure.failed_at > now - WAIT)
    return session.scalar(counted) or 0


def _of_email(email: str, secret: str) -> str:
    return _keyed("sign-in:" + one_spelling(email), secret)


def _of_client(client: str, secret: str) -> str:
    return _keyed("sign-in-client:" + client, secret)


def _keyed(message: str, secret: str) -> str:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
