"""Sending mail: one small interface, and three ways behind it.

`sender_for(settings).send(message)` hands over one message or raises one of three errors, which
say all that somebody who must tell nobody twice has to know: was it refused, was it surely not
sent, or can nobody tell. No error and no log holds an address.
"""

from engage.mail.message import (
    MailError,
    Message,
    NotNowError,
    RefusedError,
    Sender,
    UnsureError,
)
from engage.mail.ways import NoWayToSendError, sender_for
from engage.mail_settings import MailSettings

__all__ = [
    "MailError",
    "MailSettings",
    "Message",
    "NoWayToSendError",
    "NotNowError",
    "RefusedError",
    "Sender",
    "UnsureError",
    "sender_for",
]
