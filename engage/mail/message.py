"""One message, what can go wrong with it, and how it is written as a mail."""

import dataclasses
import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

POLICY = SMTP.clone(cte_type="7bit")


class MailError(ValueError):
    """A message did not get on its way; the message of the error holds no address."""


class RefusedError(MailError):
    """This address does not take mail, now or later."""


class NotNowError(MailError):
    """Nothing was sent, and the reason is not the address; it may be tried again."""


class UnsureError(MailError):
    """The line broke after the message was handed over: it may have been sent or not."""


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person, as words and as a page.

    Attributes:
        text: the whole message in plain text; it is what a person gets who reads no HTML.
        html: the same as a page that fetches nothing from elsewhere; empty for text alone.
        language: BCP 47 name of the language it is written in.
        stop: address of the page that takes somebody off the list; it also takes the one-click
            POST of RFC 8058. Empty where there is no list.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    language: str = "en-GB"
    stop: str = ""


class Sender(Protocol):
    """A way for messages to leave."""

    def send(self, message: Message) -> None:
        """Hand one message over; raise RefusedError, NotNowError or UnsureError if it is not."""


def as_mail(
    message: Message, *, sender: str, name: str, reply_to: str, now: dt.datetime
) -> EmailMessage:
    """Write a message as a mail: text first, then the page, with the headers a list needs.

    Raises RefusedError for an address that no mail can go to.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(one_line(name), addr_spec=plain_address(sender))
    mail["To"] = plain_address(message.to)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=plain_address(sender).rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    if reply_to:
        mail["Reply-To"] = plain_address(reply_to)
    if message.stop:
        mail["List-Unsubscribe"] = f"<{message.stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for part in mail.walk():
        if not part.is_multipart():
            part["Content-Language"] = message.language
    return mail


def plain_address(address: str) -> str:
    """Return an address as mail servers spell it; raise RefusedError if there is no such one."""
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise RefusedError(NO_ADDRESS) from None
    if found.ascii_email is None:
        raise RefusedError(NO_ADDRESS)
    return found.ascii_email


NO_ADDRESS = "That is not an address that mail can go to."


def one_line(words: str) -> str:
    """Put words on one line, because a line break in a header would begin another."""
    return " ".join(words.split())
