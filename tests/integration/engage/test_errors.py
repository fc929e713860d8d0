import pytest
from flask import Flask, abort

from engage.access_list import ACCESS
from engage.errors import EXPLANATIONS, FORM_TOO_OLD
from tests.pages import CheckedClient


@pytest.mark.parametrize("code", [*EXPLANATIONS, 410, 503])
def test_every_error_has_a_page_that_says_what_to_do(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setitem(ACCESS, "wrong", "public")
    app.add_url_rule("/wrong", "wrong", lambda: abort(code))
    reply = client.get("/wrong")
    page = reply.get_data(as_text=True)
    assert reply.status_code == code
    assert "help@example.org" in page
    assert "go to the start page" in page


def test_a_bug_shows_a_page_and_no_trace(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> str:
        message = "inside"
        raise RuntimeError(message)

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(ACCESS, "wrong", "public")
    app.add_url_rule("/wrong", "wrong", breaks)
    reply = client.get("/wrong")
    assert reply.status_code == 500
    assert EXPLANATIONS[500].heading in reply.get_data(as_text=True)
    assert b"inside" not in reply.data


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/s/par%00ents/", 404),
        ("/s/par%00ents/q/one", 404),
        ("/g/%00", 404),
        ("/i/%00", 404),
        ("/join/%00", 404),
        ("/join?code=%00A", 400),
        ("/s/parents/?edition=%00", 400),
        ("/you-said-we-did/%00/", 404),
    ],
)
def test_a_sign_that_no_text_can_hold_is_no_error_of_ours(
    client: CheckedClient, address: str, status: int
) -> None:
    assert client.get(address).status_code == status


def test_a_form_without_its_token_says_to_load_the_page_again(client: CheckedClient) -> None:
    reply = client.post("/desk/sign-in", data={"email": "a@example.org", "password": "x"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert FORM_TOO_OLD.heading in page
    assert "load the page again" in page


def test_a_page_that_cannot_be_sent_to_says_so(client: CheckedClient) -> None:
    page = client.send("/desk/sign-in", {"email": "a" * 2_000_000})
    assert page.status_code == 413
    reply = client.put("/privacy")
    assert reply.status_code in {400, 405}
