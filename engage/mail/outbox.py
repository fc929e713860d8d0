"""The outbox: messages as files, for whoever tries Engage out and must not write to anybody."""

from pathlib import Path

from engage.mail.message import Message, as_mail
from engage.orm import new_id, utc_now

NOBODY = "engage@example.org"


class Outbox:
    """Writes each message to a file of its own, which any mail program opens."""

    def __init__(self, folder: Path, *, name: str) -> None:
        self._folder, self._name = folder, name

    def send(self, message: Message) -> None:
        """Write a message down whole or not at all."""
        mail = as_mail(message, sender=NOBODY, name=self._name, reply_to="", now=utc_now())
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = self._folder / f"{new_id()}.part"
        written.touch(mode=0o600)
        written.write_bytes(mail.as_bytes())
        written.rename(written.with_suffix(".eml"))
