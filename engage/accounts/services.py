"""What can be done with staff accounts."""

import datetime as dt
from collections.abc import Iterable, Sequence

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.accounts.models import ROLES, Role, User

PASSWORD_LENGTH = 12


class AccountError(ValueError):
    """An account cannot be made; the message says what to change."""


def create_user(
    session: Session,
    *,
    email: str,
    password: str,
    roles: Iterable[str],
    display_name: str = "",
    is_demo: bool = False,
    actor: str,
    now: dt.datetime,
) -> User:
    """Make an account that can sign in, or raise AccountError saying why not."""
    address = _address(email)
    if len(password) < PASSWORD_LENGTH:
        message = f"The password must have at least {PASSWORD_LENGTH} characters."
        raise AccountError(message)
    if find_user(session, address) is not None:
        message = f"{address} already has an account."
        raise AccountError(message)
    user = User(
        email=address,
        password=PasswordHasher().hash(password),
        roles=[_role(session, name) for name in roles],
        display_name=display_name or address,
        is_demo=is_demo,
        created_at=now,
    )
    session.add(user)
    session.flush()
    audit.record(
        session, actor=actor, verb="create", object_type="user", object_id=user.id, now=now
    )
    return user


def find_user(session: Session, email: str) -> User | None:
    """Return the account with that address, if there is one."""
    return session.scalar(select(User).where(User.email == one_spelling(email)))


def one_spelling(typed: str) -> str:
    """Return the spelling under which an address is kept and looked up.

    Full-width letters or another dot lead to the same account, so whatever counts something for
    an address must count all its spellings together. What is no address stays as typed.
    """
    try:
        return _normalized(typed)
    except EmailNotValidError:
        return typed.strip().lower()


def demo_users(session: Session) -> Sequence[User]:
    """Return the demo accounts, which must not exist where real people answer."""
    return session.scalars(select(User).where(User.is_demo)).all()


def _address(email: str) -> str:
    try:
        return _normalized(email)
    except EmailNotValidError:
        message = f"{email!r} is not an e-mail address."
        raise AccountError(message) from None


def _normalized(email: str) -> str:
    valid = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    return valid.normalized.lower()


def _role(session: Session, name: str) -> Role:
    """Return the role of that name, adding its row the first time somebody is given it."""
    if name not in ROLES:
        message = f"{name!r} is not a role. Choose from: {', '.join(ROLES)}."
        raise AccountError(message)
    role = session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        session.add(role)
        session.flush()
    return role
