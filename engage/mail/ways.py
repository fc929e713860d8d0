"""Choosing the way that the settings ask for; what is not chosen is not imported."""

from engage.mail.message import Sender
from engage.settings import Settings


class NoWayToSendError(ValueError):
    """Nobody has said how mail leaves this installation; the message says what to set."""


def sender_for(settings: Settings) -> Sender:
    """Return the way for messages to leave; raise NoWayToSendError where none is set."""
    mail = settings.mail
    if mail.by == "smtp":
        from engage.mail.smtp import Smtp  # noqa: PLC0415  # only who sends pays

        return Smtp(mail, name=settings.organisation, reply_to=settings.contact_email)
    if mail.by == "notify":
        from engage.mail.notify import Notify  # noqa: PLC0415  # as above; it may be missing

        return Notify(mail)
    if mail.by == "outbox":
        from engage.mail.outbox import Outbox  # noqa: PLC0415  # as above

        return Outbox(settings.data_dir / "outbox", name=settings.organisation)
    message = "Nothing can be sent yet: set ENGAGE_MAIL_BY to smtp or notify (see the README)."
    raise NoWayToSendError(message)
