import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import accounts, audit
from engage.accounts import AccountError, SignInFailure, User, create_user, find_user, throttle
from engage.accounts.sign_in import NO_EMAIL, NO_PASSWORD, NOT_RIGHT, WAIT
from engage.audit import AuditEvent
from engage.db import db
from tests.factories import NOW, UserFactory
from tests.pages import CheckedClient
from tests.people import Staff

SomebodyWith = Callable[..., Staff]


def test_somebody_with_an_account_signs_in_and_out(staff: SomebodyWith) -> None:
    analyst = staff("analyst")
    arrived = analyst.signs_in()
    assert (arrived.status_code, arrived.location) == (302, "/desk/")
    assert analyst.opens("/desk/").status_code == 200
    assert analyst.signs_out().location == "/desk/sign-in"
    assert analyst.opens("/desk/").status_code == 303


def test_no_copy_of_a_cookie_outlives_signing_out(
    staff: SomebodyWith, client: CheckedClient
) -> None:
    analyst = staff("analyst")
    analyst.signs_in()
    copied = client.get_cookie("engage_session")
    assert copied is not None
    analyst.signs_out()
    client.set_cookie("engage_session", copied.value)
    assert analyst.opens("/desk/").status_code == 303
    assert analyst.signs_in().location == "/desk/"


def test_signing_in_is_recorded(staff: SomebodyWith, session: Session) -> None:
    staff("analyst").signs_in()
    event = session.scalars(select(AuditEvent)).one()
    assert event.verb == "sign_in"
    assert audit.verify(session).ok


def test_signing_in_leads_to_the_page_that_was_wanted(staff: SomebodyWith) -> None:
    analyst = staff("analyst")
    sent = analyst.opens("/desk/jobs/1?x=2").location
    assert sent == "/desk/sign-in?next=/desk/jobs/1?x%3D2"
    assert analyst.signs_in(page=sent).location == "/desk/jobs/1?x=2"


def test_nobody_is_led_to_another_site(staff: SomebodyWith) -> None:
    arrived = staff("analyst").signs_in(page="/desk/sign-in?next=https://evil.example/")
    assert "evil" not in arrived.location


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(
    staff: SomebodyWith, client: CheckedClient
) -> None:
    analyst = staff("analyst")
    wrong = analyst.signs_in("not the password")
    unknown = Staff(client, "nobody@example.org").signs_in("not the password")
    pages = [reply.get_data(as_text=True) for reply in (wrong, unknown)]
    assert all(NOT_RIGHT in page for page in pages)
    assert all("<title>Error: " in page for page in pages)
    neutral = [
        page.replace(analyst.email, "x").replace("nobody@example.org", "x") for page in pages
    ]
    assert [len(page) for page in neutral] == [len(neutral[0])] * 2


def test_missing_words_are_asked_for_beside_their_field(client: CheckedClient) -> None:
    page = client.send("/desk/sign-in", {"email": "", "password": ""}).get_data(as_text=True)
    assert page.count(NO_EMAIL) == 2
    assert page.count(NO_PASSWORD) == 2
    assert 'href="#email"' in page


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_make_anybody_wait(
    staff: SomebodyWith, client: CheckedClient, known: bool
) -> None:
    guesser = staff("analyst") if known else Staff(client, "nobody@example.org")
    for _ in range(throttle.FAILURES):
        assert NOT_RIGHT in guesser.signs_in("a guess").get_data(as_text=True)
    assert WAIT in guesser.signs_in().get_data(as_text=True)


def test_no_other_spelling_of_an_address_gets_more_guesses(
    staff: SomebodyWith, client: CheckedClient
) -> None:
    analyst = staff("analyst")
    for _ in range(throttle.FAILURES):
        analyst.signs_in("a guess")
    name, _, site = analyst.email.partition("@")
    wide = chr(ord(site[0]) + 0xFEE0) + site[1:]
    for spelling in (f"{name}@{wide}", analyst.email.replace(".", "\u3002"), analyst.email.upper()):
        assert WAIT in Staff(client, spelling).signs_in().get_data(as_text=True)


def test_a_password_longer_than_any_is_wrong_like_any_other(staff: SomebodyWith) -> None:
    assert NOT_RIGHT in staff("analyst").signs_in("x" * 5_000).get_data(as_text=True)


def test_no_token_opens_a_page(staff: SomebodyWith, client: CheckedClient) -> None:
    analyst = staff("analyst")
    analyst.signs_in()
    with client.application.app_context():
        token = find_user(db.session(), analyst.email).get_auth_token()  # type: ignore[union-attr]  # just made
    analyst.signs_out()
    reply = client.get("/desk/", headers={"Authentication-Token": token})
    assert reply.status_code == 303


def test_the_wait_is_for_one_address_and_ends(session: Session) -> None:
    def waits(email: str, client: str = "b", now: dt.datetime = NOW) -> bool:
        return throttle.must_wait(session, email, client, secret="s", now=now)

    for _ in range(throttle.FAILURES):
        throttle.note_failure(session, "Ana@example.org", "a", secret="s", now=NOW)
    assert waits("ana@example.org ")
    assert not waits("olu@example.org")
    assert not waits("ana@example.org", now=NOW + throttle.WAIT)


def test_one_password_on_many_addresses_makes_the_client_wait(session: Session) -> None:
    def waits(client: str, now: dt.datetime = NOW) -> bool:
        return throttle.must_wait(session, "ana@example.org", client, secret="s", now=now)

    for number in range(throttle.FAILURES_OF_A_CLIENT):
        assert not waits("198.51.100.7")
        email = f"person{number}@example.org"
        throttle.note_failure(session, email, "198.51.100.7", secret="s", now=NOW)
    assert waits("198.51.100.7")
    assert not waits("198.51.100.8")
    assert not waits("198.51.100.7", NOW + throttle.WAIT)


def test_a_client_that_guessed_too_often_is_told_to_wait(
    staff: SomebodyWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FAILURES_OF_A_CLIENT", 2)
    for guessed in (staff("analyst"), staff("approver")):
        assert NOT_RIGHT in guessed.signs_in("a guess").get_data(as_text=True)
    assert WAIT in staff("analyst").signs_in().get_data(as_text=True)


def test_failures_hold_no_address_and_are_dropped(session: Session) -> None:
    throttle.note_failure(session, "ana@example.org", "198.51.100.7", secret="s", now=NOW)
    session.flush()
    row = session.scalars(select(SignInFailure)).one()
    assert "ana" not in row.email_hmac
    assert row.client_hmac is not None
    assert "198.51" not in row.client_hmac
    later = NOW + 2 * throttle.WAIT
    throttle.note_failure(session, "olu@example.org", "198.51.100.7", secret="s", now=later)
    assert len(session.scalars(select(SignInFailure)).all()) == 1


def test_signing_in_starts_the_count_again(staff: SomebodyWith, session: Session) -> None:
    analyst = staff("analyst")
    for _ in range(throttle.FAILURES - 1):
        analyst.signs_in("a guess")
    analyst.signs_in()
    assert session.scalars(select(SignInFailure)).all() == []


@pytest.mark.parametrize("ago", [dt.timedelta(minutes=31), dt.timedelta(hours=13)])
def test_a_session_that_is_over_leads_back_to_sign_in(
    staff: SomebodyWith, client: CheckedClient, ago: dt.timedelta
) -> None:
    analyst = staff("analyst")
    analyst.signs_in()
    with client.session_transaction() as cookie:
        cookie["seen_at"] -= int(ago.total_seconds())
    sent = analyst.opens("/desk/")
    assert "ended=1" in sent.location
    assert "Your session has ended" in client.get(sent.location).get_data(as_text=True)
    assert analyst.opens("/desk/").status_code == 303


def test_a_switched_off_account_cannot_sign_in(staff: SomebodyWith, session: Session) -> None:
    analyst = staff("analyst")
    user = session.scalars(select(User)).one()
    user.active = False
    session.commit()
    assert NOT_RIGHT in analyst.signs_in().get_data(as_text=True)


def test_nobody_can_register_or_recover(client: CheckedClient) -> None:
    for address in ("/register", "/reset", "/login", "/verify", "/desk/register"):
        assert client.get(address).status_code == 404


def test_an_account_that_was_made_can_sign_in(session: Session, client: CheckedClient) -> None:
    made = create_user(
        session, email=" Ana@Example.org ", password="twelve letters", roles=["analyst"],
        display_name="Data analyst", actor="command", now=NOW,
    )  # fmt: skip
    session.commit()
    assert made.email == "ana@example.org"
    assert made.password is not None
    assert made.password.startswith("$argon2id$")
    assert Staff(client, "ana@example.org").signs_in("twelve letters").location == "/desk/"


@pytest.mark.parametrize(
    ("email", "password", "role", "says"),
    [
        ("ana", "twelve letters", "analyst", "'ana' is not an e-mail address"),
        ("ana@example.org", "short", "analyst", "at least 12 characters"),
        ("ana@example.org", "twelve letters", "king", "'king' is not a role"),
        ("taken@example.org", "twelve letters", "analyst", "already has an account"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    session: Session, email: str, password: str, role: str, says: str
) -> None:
    UserFactory(email="taken@example.org")
    with pytest.raises(AccountError, match=says):
        create_user(session, email=email, password=password, roles=[role], actor="command", now=NOW)


def test_demo_accounts_are_known_as_such(session: Session) -> None:
    UserFactory()
    demo = UserFactory(is_demo=True)
    assert accounts.demo_users(session) == [demo]
