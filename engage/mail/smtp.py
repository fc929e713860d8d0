"""Mail by SMTP: an own connection for each message, encrypted unless somebody says otherwise.

The steps are taken one by one, because only so can it be told whether a message was handed over:
until the server has asked for the message nothing was sent, and after its last word all is clear.
"""

import contextlib
import smtplib
import ssl
from email.message import EmailMessage

from engage.mail.message import Message, NotNowError, RefusedError, UnsureError, as_mail
from engage.mail_settings import MailSettings
from engage.orm import utc_now

NO_SERVER = "The mail server cannot be reached. Nothing was sent. Try again later."
NO_SIGN_IN = "The mail server does not let us in. Check ENGAGE_MAIL_SMTP_USER and _PASSWORD."
NO_ENCRYPTION = "The mail server offers no encryption. Check ENGAGE_MAIL_SMTP_SECURITY."
NOT_US = "The mail server does not take mail from ENGAGE_MAIL_FROM."
BUSY = "The mail server is busy. Try again later."
REFUSED = "The mail server refused this address."
BROKE = "The line broke while a message was handed over."
FIRST_REFUSAL = 500
TAKEN = range(200, 300)


class Smtp:
    """Hands messages to a mail server."""

    def __init__(self, mail: MailSettings, *, name: str, reply_to: str) -> None:
        self._mail, self._name, self._reply_to = mail, name, reply_to

    def send(self, message: Message) -> None:
        """Hand one message over, or say whether it was refused, not sent, or cannot be known."""
        mail = as_mail(
            message, sender=self._mail.sender, name=self._name, reply_to=self._reply_to,
            now=utc_now(),
        )  # fmt: skip
        server = self._connected()
        try:
            self._envelope(server, mail)
            _hand_over(server, mail)
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        """Open a line, encrypt it and sign in; a line that cannot be used is closed again."""
        trusted = ssl.create_default_context()
        try:
            server = self._open(trusted)
        except (OSError, smtplib.SMTPException):
            raise NotNowError(NO_SERVER) from None
        with contextlib.ExitStack() as closing:
            closing.callback(server.close)
            self._prepare(server, trusted)
            closing.pop_all()
        return server

    def _open(self, trusted: ssl.SSLContext) -> smtplib.SMTP:
        mail = self._mail
        if mail.security == "tls":
            return smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.timeout, context=trusted)
        return smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout)

    def _prepare(self, server: smtplib.SMTP, trusted: ssl.SSLContext) -> None:
        try:
            if self._mail.security == "starttls":
                server.starttls(context=trusted)
            server.ehlo_or_helo_if_needed()
            if self._mail.user:
                server.login(self._mail.user, self._mail.password)
        except smtplib.SMTPNotSupportedError:
            raise NotNowError(NO_ENCRYPTION) from None
        except smtplib.SMTPAuthenticationError:
            raise NotNowError(NO_SIGN_IN) from None
        except (OSError, smtplib.SMTPException):
            raise NotNowError(NO_SERVER) from None

    def _envelope(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        """Say from whom and to whom; nothing is sent before both are accepted."""
        try:
            code, _ = server.mail(mail["From"].addresses[0].addr_spec)
            if code not in TAKEN:
                raise NotNowError(NOT_US if code >= FIRST_REFUSAL else BUSY)
            code, _ = server.rcpt(mail["To"].addresses[0].addr_spec)
        except (OSError, smtplib.SMTPException):
            raise NotNowError(NO_SERVER) from None
        _accepted(code)


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        code, _ = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:
        code = error.smtp_code  # before the message itself
    except (OSError, smtplib.SMTPException):
        raise UnsureError(BROKE) from None
    _accepted(code)


def _accepted(code: int) -> None:
    if code in TAKEN:
        return
    if code >= FIRST_REFUSAL:
        raise RefusedError(REFUSED)
    raise NotNowError(BUSY)
