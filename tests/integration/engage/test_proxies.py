"""Behind web servers with TLS: who is asking, for which host, and what is not believed."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request, url_for

from engage.access_list import ACCESS
from engage.app import create_app
from engage.db import db
from engage.errors import WRONG_HOST
from engage.settings import Settings
from tests.pages import CheckedClient

SITE = "https://engage.example.org"
FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "engage.example.org",
}
Installed = Callable[..., CheckedClient]


@pytest.fixture
def installed(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installed]:
    """Return a function that opens an installation with other settings, and a page that echoes."""
    del app  # for its empty tables
    monkeypatch.setitem(ACCESS, "echo", "public")
    opened: list[Flask] = []

    def install(**changed: object) -> CheckedClient:
        other = create_app(dataclasses.replace(settings, **changed))  # type: ignore[arg-type]  # any
        other.add_url_rule(
            "/echo", "echo", lambda: [request.remote_addr, url_for("pages.home", _external=True)]
        )
        other.test_client_class = CheckedClient
        opened.append(other)
        client = other.test_client()
        assert isinstance(client, CheckedClient)
        return client

    yield install
    for other in opened:
        with other.app_context():
            db.engine.dispose()


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ["127.0.0.1", "http://localhost/"]),
        (1, ["198.51.100.7", "https://engage.example.org/"]),
    ],
)
def test_only_as_many_proxies_as_there_are_are_believed(
    installed: Installed, proxies: int, seen: list[str]
) -> None:
    assert installed(proxies=proxies).get("/echo", headers=FORWARDED).json == seen


@pytest.mark.full_on_postgresql
def test_wrong_codes_of_one_visitor_make_no_other_visitor_wait(installed: Installed) -> None:
    client = installed(proxies=1)

    def tries(address: str, number: int) -> int:
        client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        return client.send("/your-answers", {"code": f"BEE-{number:04}-0000-0"}).status_code

    guesses = [tries("198.51.100.21", number) for number in range(601)]
    assert guesses == [400] * 600 + [429]
    assert tries("198.51.100.22", 601) == 400


@pytest.mark.parametrize("address", ["/", "/desk/", "/s/parents", "/nowhere"])
@pytest.mark.parametrize("mode", ["production", "test"])
def test_a_request_for_another_host_gets_a_plain_page(
    installed: Installed, address: str, mode: str
) -> None:
    client = installed(public_url=SITE, mode=mode)
    reply = client.get(address, headers={"Host": "evil.example"})
    said = reply.get_data(as_text=True)
    assert (reply.status_code, reply.mimetype) == (400, "text/plain")
    assert said == f"{WRONG_HOST} {SITE}/\n"
    assert "evil" not in str(reply.headers)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_host_that_a_visitor_forwards_is_not_believed_either(installed: Installed) -> None:
    client = installed(public_url=SITE, proxies=1)
    assert client.get("/", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("mode", "host", "status"),
    [
        ("production", "engage.example.org", 200),
        ("production", "engage.example.org:8443", 200),
        ("production", "localhost", 400),
        ("development", "engage.example.org", 200),
        ("development", "localhost:8000", 200),
        ("development", "127.0.0.1:8000", 200),
    ],
)
def test_the_public_address_is_open_and_this_machine_while_developing(
    installed: Installed, mode: str, host: str, status: int
) -> None:
    client = installed(public_url=SITE, mode=mode)
    assert client.get("/", headers={"Host": host}).status_code == status


def test_without_a_public_address_any_host_will_do(installed: Installed) -> None:
    assert installed().get("/", headers={"Host": "anything.example"}).status_code == 200
