import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from engage.app import create_app
from engage.db import db
from engage.headers import HEADERS
from engage.settings import Settings
from tests.pages import CheckedClient
from tests.people import Staff


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/desk/", "/desk/sign-in", "/static/css/engage.css", "/privacy"]
)
def test_every_response_carries_the_headers(client: CheckedClient, address: str) -> None:
    with client.get(address) as reply:
        headers = reply.headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_nothing_inline_and_nothing_foreign_is_allowed() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_staff_pages_are_kept_nowhere(staff: Callable[..., Staff]) -> None:
    analyst = staff("analyst")
    analyst.signs_in()
    assert analyst.opens("/desk/").headers["Cache-Control"] == "private, no-store"


def test_the_sign_in_page_is_kept_nowhere(client: CheckedClient) -> None:
    assert client.get("/desk/sign-in").headers["Cache-Control"] == "private, no-store"


def test_the_session_cookie_stays_out_of_reach(client: CheckedClient) -> None:
    cookie = client.get("/desk/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("engage_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_a_reader_gets_no_cookie(client: CheckedClient) -> None:
    for address in ("/", "/privacy", "/accessibility"):
        assert "Set-Cookie" not in client.get(address).headers


@pytest.fixture
def production(app: Flask, settings: Settings) -> Flask:
    del app  # for its empty tables
    return create_app(dataclasses.replace(settings, mode="production"))


def test_in_production_cookies_and_pages_travel_only_encrypted(production: Flask) -> None:
    reply = production.test_client().get("/desk/sign-in", base_url="https://example.org/")
    assert "Secure" in reply.headers["Set-Cookie"]
    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"
    with production.app_context():
        db.engine.dispose()


def test_no_address_of_a_visitor_is_logged(capfd: pytest.CaptureFixture[str], app: Flask) -> None:
    app.test_client().get("/", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    out, err = capfd.readouterr()
    assert "198.51.100.7" not in out + err
    data = Path(app.extensions["engage_settings"].data_dir)
    assert not [path for path in data.iterdir() if b"198.51.100.7" in path.read_bytes()]
