"""A mail server of the tests' own: keeps what comes over a real socket, and answers as told."""

import email.policy
import socket
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """A mail server's hands: keeps what comes, and answers as it was told to."""

    def __init__(self) -> None:
        self.kept: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.hang_up = False
        self.on_arrival: Callable[[], None] = lambda: None

    async def handle_MAIL(  # noqa: N802  # the library's name and order
        self, _server: SMTP, _s: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from, envelope.mail_options = address, options
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802  # as above
        self, _server: SMTP, _s: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, _s: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        self.kept.append(found)
        self.on_arrival()
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
        return self.answers.get("DATA", "250 OK")


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
