from collections.abc import Callable

import pytest
from flask import Flask

from engage.access import roles_of
from engage.access_list import ACCESS, ROLE_OF
from engage.accounts import ROLES
from tests.pages import CheckedClient
from tests.people import Staff

SomebodyWith = Callable[..., Staff]


def test_every_endpoint_is_on_the_list_exactly_once(app: Flask) -> None:
    assert set(app.view_functions) == set(ACCESS)


def test_every_role_has_a_list() -> None:
    assert set(ROLE_OF.values()) == set(ROLES)


def test_what_is_not_listed_is_refused(app: Flask, client: CheckedClient) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    reply = client.get("/forgotten")
    assert reply.status_code == 403
    assert b"secret" not in reply.data


def addresses(app: Flask, *levels: str) -> list[tuple[str, str]]:
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if ACCESS[rule.endpoint] in levels:
                numbers = {"version", "place"}
                values = {name: 1 if name in numbers else "x" for name in rule.arguments}
                method = "POST" if "POST" in (rule.methods or ()) else "GET"
                address = app.url_for(rule.endpoint, **values)
                found.append((method, address))
    return found


def test_a_stranger_is_sent_to_sign_in_from_every_desk_page(
    app: Flask, client: CheckedClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    desk = addresses(app, "staff", *ROLE_OF)
    assert desk
    for method, address in desk:
        reply = client.open(address, method=method)
        assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/desk/sign-in")


def test_respondents_and_readers_meet_no_sign_in(app: Flask, client: CheckedClient) -> None:
    for method, address in addresses(app, "public", "respondent"):
        if method == "GET":
            reply = client.get(address)
            assert reply.status_code in {200, 302, 303, 404}, address
            assert "sign-in" not in (reply.location or ""), address


@pytest.mark.parametrize("level", ROLE_OF)
def test_staff_open_only_what_their_role_covers(
    app: Flask, staff: SomebodyWith, level: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    person = staff(ROLE_OF[level])
    person.signs_in()
    for method, address in addresses(app, *ROLE_OF):
        reply = person.client.open(address, method=method)
        endpoint = app.url_map.bind("x").match(address, method=method)[0]
        covered = ROLE_OF[level] in roles_of(ACCESS[endpoint])
        assert (reply.status_code == 403) is not covered, address
