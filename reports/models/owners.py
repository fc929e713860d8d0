"""Tables of who answers for an entry: where a post is reached, and of what it was reminded.

An address belongs to a post and a body, not to an entry: it is typed once, and is never printed.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage.mail import RefusedError
from engage.mail.message import plain_address
from engage.orm import Base, Code, IdRef
from surveys.models.rules import one_of

OUTCOMES = ("listed", "sent", "refused", "unsure")


class MailboxError(ValueError):
    """No mail can go to this address; the message says what to do."""


class OwnerMailbox(Base):
    """Where the mail of a post goes."""

    __tablename__ = "owner_mailbox"
    __table_args__ = (CheckConstraint("role <> '' AND body <> '' AND address <> ''", name="whole"),)

    role: Mapped[str] = mapped_column(String(120), primary_key=True)
    body: Mapped[str] = mapped_column(String(120), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]


class Reminder(Base):
    """That an owner was reminded of one day; no day is chased twice at the same stage.

    Attributes:
        stage: "soon" before the day, "late" after it, or the day on which a person asked for it.
        outcome: "listed" for somebody to pass on, "sent" by mail, "refused" by its server, or
            "unsure" whether it arrived: then it is not sent again by itself.
    """

    __tablename__ = "reminder"
    __table_args__ = (CheckConstraint(one_of("outcome", OUTCOMES), name="outcome_known"),)

    entry_id: Mapped[IdRef] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    what: Mapped[Code] = mapped_column(primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(primary_key=True)
    stage: Mapped[Code] = mapped_column(primary_key=True)
    outcome: Mapped[Code] = mapped_column(server_default=text("'listed'"))
    reminded_by: Mapped[str] = mapped_column(String(120), server_default=text("''"))
    reminded_at: Mapped[dt.datetime]


def mailbox_of(session: Session, role: str, body: str) -> str:
    """Return where a post is reached, or nothing."""
    found = session.get(OwnerMailbox, (role, body))
    return found.address if found else ""


def keep_mailbox(
    session: Session, role: str, body: str, address: str, *, actor: str, now: dt.datetime
) -> None:
    """Keep where a post is reached, or forget it; raise MailboxError for no true address."""
    there = session.get(OwnerMailbox, (role, body))
    if not address:
        if there is not None:
            session.delete(there)
        return
    try:
        spelled = plain_address(address)
    except RefusedError:
        message = "Write the e-mail address like name@council.gov.uk, or leave it empty."
        raise MailboxError(message) from None
    box = there or OwnerMailbox(role=role, body=body)
    box.address, box.recorded_by, box.recorded_at = spelled, actor, now
    session.add(box)
