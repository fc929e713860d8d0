"""Mail leaves by real sockets: to a mail server, to a stand-in for Notify, or into a file."""

import email.policy
import http.server
import json
import logging
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from engage.mail import (
    MailSettings,
    Message,
    NotNowError,
    NoWayToSendError,
    RefusedError,
    Sender,
    UnsureError,
    sender_for,
)
from engage.settings import Settings
from tests.postbox import Postbox, free_port

pytestmark = pytest.mark.one_database
WORDS = "We published it; “You said, we did”.\nhttps://engage.example.org/x\n"
MESSAGE = Message(
    to="somebody@example.org",
    subject="What happened\nafter you told us",
    text=WORDS,
    html="<!doctype html><html lang='en-GB'><title>x</title><p>£</p></html>",
    stop="https://engage.example.org/tell-me/stop/abc",
)
KEY = "a_key-8b3aa916-ec82-434e-b0c5-d5d9b371d6a3-dcdc5083-2fee-4fba-8afd-51f3f4bcb7b0"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return a certificate of this machine that this process trusts."""
    key, paper = tmp_path / "key.pem", tmp_path / "paper.pem"
    subprocess.run(  # noqa: S603  # our own words
        ["/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(paper), "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(paper))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper, key)
    return context


@pytest.fixture
def serving(postbox: Postbox) -> Iterator[Callable[..., MailSettings]]:
    """Return a function that starts a mail server and says how to reach it."""
    running: list[Controller] = []

    def start(**more: Any) -> MailSettings:
        found = Controller(postbox, hostname="127.0.0.1", port=free_port(), **more)
        found.start()
        running.append(found)
        return MailSettings(
            by="smtp", sender="engage@example.org", host="127.0.0.1", port=found.port,
            security="none", timeout=5,
        )  # fmt: skip

    yield start
    for one in running:
        one.stop(no_assert=True)


def by(mail: MailSettings, **more: Any) -> Sender:
    known = Settings(
        mode="test", mail=mail, organisation="Test partnership", contact_email="help@example.org",
        **more,
    )  # fmt: skip
    return sender_for(known)


# --- A mail server --------------------------------------------------------------------------


def test_a_message_arrives_text_first_with_everything_a_list_needs(
    postbox: Postbox, serving: Callable[..., MailSettings]
) -> None:
    by(serving()).send(MESSAGE)
    (mail,) = postbox.kept
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == WORDS.splitlines()
    assert mail["From"] == "Test partnership <engage@example.org>"
    assert (mail["To"], mail["Reply-To"]) == ("somebody@example.org", "help@example.org")
    assert mail["Subject"] == "What happened after you told us"
    assert mail["List-Unsubscribe"] == f"<{MESSAGE.stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert text["Content-Language"] == "en-GB"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Date"]


def test_an_encrypted_line_and_a_password_are_used(
    postbox: Postbox, serving: Callable[..., MailSettings], secured: ssl.SSLContext
) -> None:
    def knows(_server: SMTP, _s: Session, _e: Envelope, _way: str, data: Any) -> AuthResult:
        known = (data.login, data.password) == (b"engage", b"right")
        return AuthResult(success=known, handled=False)

    mail = serving(
        tls_context=secured, require_starttls=True, authenticator=knows, auth_required=True
    )
    known = {"security": "starttls", "user": "engage"}
    by(_with(mail, **known, password="right")).send(MESSAGE)
    assert len(postbox.kept) == 1
    with pytest.raises(NotNowError, match="does not let us in"):
        by(_with(mail, **known, password="wrong")).send(MESSAGE)
    assert len(postbox.kept) == 1


def test_nothing_is_said_to_a_server_that_nobody_vouches_for(
    postbox: Postbox,
    serving: Callable[..., MailSettings],
    secured: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = serving(tls_context=secured)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotNowError):
        by(_with(mail, security="starttls")).send(MESSAGE)
    with pytest.raises(NotNowError, match="no encryption"):
        by(_with(serving(), security="starttls")).send(MESSAGE)
    assert postbox.kept == []


@pytest.mark.parametrize(
    ("where", "answer", "error"),
    [
        ("MAIL", "550 not you", NotNowError),
        ("MAIL", "451 later", NotNowError),
        ("somebody@example.org", "550 nobody here", RefusedError),
        ("somebody@example.org", "450 full", NotNowError),
        ("DATA", "554 no", RefusedError),
        ("DATA", "451 later", NotNowError),
    ],
)
def test_every_answer_of_a_server_has_a_meaning(
    postbox: Postbox,
    serving: Callable[..., MailSettings],
    where: str,
    answer: str,
    error: type[Exception],
) -> None:
    postbox.answers[where] = answer
    with pytest.raises(error) as raised:
        by(serving()).send(MESSAGE)
    assert "@" not in str(raised.value), "no error holds an address"
    assert raised.value.__cause__ is None


def test_a_line_that_breaks_after_the_message_leaves_us_unsure(
    postbox: Postbox, serving: Callable[..., MailSettings]
) -> None:
    postbox.hang_up = True
    with pytest.raises(UnsureError):
        by(serving()).send(MESSAGE)
    assert len(postbox.kept) == 1, "here it did arrive"


def test_no_server_means_surely_not_sent() -> None:
    mail = MailSettings(by="smtp", sender="a@example.org", host="127.0.0.1", port=free_port())
    with pytest.raises(NotNowError, match="Nothing was sent"):
        by(mail).send(MESSAGE)


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "ü@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused_before_any_connection(address: str) -> None:
    mail = MailSettings(by="smtp", sender="a@example.org", host="127.0.0.1", port=1)
    message = Message(to=address, subject="x", text="x")
    with pytest.raises(RefusedError):
        by(mail).send(message)


def _with(mail: MailSettings, **changes: Any) -> MailSettings:
    known = {name: getattr(mail, name) for name in mail.__dataclass_fields__}
    return MailSettings(**{**known, **changes})


# --- GOV.UK Notify --------------------------------------------------------------------------


class Standin(http.server.BaseHTTPRequestHandler):
    """Answers like the interface of GOV.UK Notify, and remembers what it was sent."""

    asked: list[dict[str, Any]] = []
    answer: tuple[int, dict[str, Any]] = (201, {"id": "1"})

    def do_POST(self) -> None:  # the library's name
        length = int(self.headers["Content-Length"])
        sent = json.loads(self.rfile.read(length))
        self.asked.append({**sent, "path": self.path, "auth": self.headers["Authorization"]})
        status, body = self.answer
        if not status:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailSettings]:
    """Run a stand-in for Notify on this machine."""
    monkeypatch.setattr(Standin, "asked", [])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Standin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield MailSettings(
        by="notify", notify_key=KEY, notify_template="t-1", timeout=5,
        notify_url=f"http://127.0.0.1:{server.server_port}",
    )  # fmt: skip
    server.shutdown()
    server.server_close()


def test_notify_gets_the_fields_of_its_template(notify: MailSettings) -> None:
    by(notify).send(MESSAGE)
    (asked,) = Standin.asked
    assert asked.pop("auth").startswith("Bearer ")
    assert asked == {
        "path": "/v2/notifications/email",
        "email_address": "somebody@example.org",
        "template_id": "t-1",
        "personalisation": {"subject": "What happened after you told us", "body": WORDS},
        "one_click_unsubscribe_url": MESSAGE.stop,
    }


@pytest.mark.parametrize(
    ("status", "words", "error"),
    [
        (400, "email_address somebody@example.org is not valid", RefusedError),
        (400, "Missing personalisation: body", NotNowError),
        (403, "Invalid token", NotNowError),
        (429, "Exceeded send limits", NotNowError),
        (500, "Internal server error", UnsureError),
        (0, "the line breaks", UnsureError),
    ],
)
def test_every_answer_of_notify_has_a_meaning(
    notify: MailSettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
    words: str,
    error: type[Exception],
) -> None:
    body = {"status_code": status, "errors": [{"error": "X", "message": words}]}
    monkeypatch.setattr(Standin, "answer", (status, body))
    caplog.set_level(logging.INFO)
    with pytest.raises(error) as raised:
        by(notify).send(MESSAGE)
    assert "somebody" not in str(raised.value) + caplog.text
    assert raised.value.__cause__ is raised.value.__context__ is None


def test_notify_that_cannot_be_reached_means_surely_not_sent(notify: MailSettings) -> None:
    gone = _with(notify, notify_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NotNowError, match="Nothing was sent"):
        by(gone).send(MESSAGE)


# --- Files, and nothing at all --------------------------------------------------------------


def test_the_outbox_holds_a_file_for_each_message(tmp_path: Path) -> None:
    way = by(MailSettings(), data_dir=tmp_path)
    way.send(MESSAGE)
    way.send(MESSAGE)
    files = list((tmp_path / "outbox").iterdir())
    assert len(files) == 2
    assert {file.suffix for file in files} == {".eml"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert "somebody" not in "".join(file.name for file in files)
    mail = message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert mail["To"] == "somebody@example.org"


def test_without_a_way_to_send_the_sentence_says_what_to_set() -> None:
    with pytest.raises(NoWayToSendError, match="ENGAGE_MAIL_BY"):
        by(MailSettings(by=None))
