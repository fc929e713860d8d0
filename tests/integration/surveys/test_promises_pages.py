"""Pages that keep promises: about you, tell me what happened, and the privacy notice."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import document, services, tell_me
from surveys.models import Contact, EqualityAnswer, PrivacyNotice, Response
from tests.factories import NOW
from tests.integration.surveys.walker import Page, Walker
from tests.pages import CheckedClient, token_of

WALK: dict[str, Any] = {
    "schema": 1, "code": "short", "audience": "parent_carer", "minutes": 3,
    "equality": "2026-1", "contact": True,
}  # fmt: skip
Sender = Callable[..., Walker]


@pytest.fixture
def sender(
    client: CheckedClient, session: Session, plan: Consultation, source: Mapping[str, Any],
    now: Any,
) -> Sender:  # fmt: skip
    """Return a function that answers one question, sends it, and stands at the end."""

    def send(edition: str = "standard", *, age: str = "", **settings: Any) -> Walker:
        first = {
            "id": "age",
            "question": {
                "code": "YP01", "kind": "single", "facts": True, "list": "young_person_ages",
                "text": {"standard": "How old are you?", "easy": "How old are you?"},
                "picture": "age",
            },
        }  # fmt: skip
        made = {
            **source, **WALK, **settings, "code": "short", "pages": [first],
            "audience": "young_person" if age else "parent_carer",
        }  # fmt: skip
        made = {name: value for name, value in made.items() if value is not None}
        plan.under_13 = "alone"  # the step for children has its own tests
        survey = services.import_survey(session, plan, made, "short", actor="o", now=now)
        services.open_survey(session, survey, actor="o", now=now, production=False)
        session.commit()
        walker = Walker(client, "short")
        walker.says_yes(edition)
        walker.answers("age", age) if age else walker.skips("age")
        walker.sends()
        return walker

    return send


def heading(page: Page) -> str:
    return page.h1


# --- About you ------------------------------------------------------------------------------


def given(session: Session) -> dict[str, str]:
    return dict(session.execute(select(EqualityAnswer.question, EqualityAnswer.value)).all())


def test_no_is_as_easy_as_yes_and_keeps_nothing(sender: Sender, session: Session) -> None:
    walker = sender()
    gate = walker.get("about-you")
    assert gate.buttons() == ["Yes", "No, finish"]
    assert "your choice" in gate.main
    end = walker.post("about-you", answer="no")
    assert heading(end) == "Thank you"
    assert given(session) == {}


def test_one_question_a_page_each_kept_apart(sender: Sender, session: Session) -> None:
    walker = sender()
    assert heading(walker.post("about-you", answer="yes")) == "Which age group are you in?"
    walker.post("about-you/age", answer="35_44")
    page = walker.post("about-you/long-lasting", answer="yes")
    assert heading(page).startswith("Do any of your conditions or illnesses reduce")
    walker.post("about-you/activity", answer="little")
    page = walker.post("about-you/ethnic-group", answer="asian")
    assert "Asian or Asian British background" in heading(page)
    walker.post("about-you/asian", answer="indian")
    assert heading(walker.post("about-you/sex", answer="pns")) == "Thank you"
    assert given(session) == {
        "EQ1": "35_44", "EQ2": "yes", "EQ3": "little", "EQ4": "asian", "EQ4c": "indian",
        "EQ5": "pns",
    }  # fmt: skip
    response = session.scalars(select(Response)).one()
    assert response.id not in " ".join(session.scalars(select(EqualityAnswer.link)))


def test_every_question_can_be_skipped_and_gone_back_to(sender: Sender, session: Session) -> None:
    walker = sender()
    walker.post("about-you", answer="yes")
    walker.post("about-you/age", answer="25_34")
    walker.post("about-you/long-lasting", then="skip")
    back = walker.get("about-you/age")
    assert back.chosen() == ["25_34"]
    walker.post("about-you/age", then="skip")
    assert given(session) == {}
    assert walker.get("about-you/ethnic-group").html.select_one("a.back-link") is None


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [
        ("back", "/s/short/about-you/age"),
        ("finish", "/s/short/thanks"),
        ("help", "/s/short/help-now"),
        ("", "/s/short/about-you/ethnic-group"),
    ],
)
@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_no_way_off_a_question_loses_a_tick(
    sender: Sender, session: Session, then: str, leads_to: str, edition: str
) -> None:
    walker = sender(edition)
    page = walker.get("about-you/long-lasting")
    values = [str(one.get("value", "")) for one in page.html.select("form#ask button, [form=ask]")]
    assert then in values
    assert walker.post("about-you/long-lasting", answer="no", then=then).path == leads_to
    assert given(session) == {"EQ2": "no"}


def test_back_from_the_first_question_leads_to_the_gate(sender: Sender) -> None:
    assert sender().post("about-you/age", then="back").path == "/s/short/about-you"


def test_help_leads_back_to_the_question(sender: Sender) -> None:
    page = sender().post("about-you/sex", answer="pns", then="help")
    assert page.html.select_one("main a[href='/s/short/about-you/sex']") is not None
    assert "Save and finish later" not in page.text, "the answers have been sent"


@pytest.mark.parametrize("then", ["back", "finish"])
def test_a_tick_that_cannot_be_kept_is_said_and_can_be_left(
    sender: Sender, session: Session, then: str
) -> None:
    walker = sender()
    page = walker.post("about-you/long-lasting", answer="whatever", then=then)
    assert page.title.startswith("Error: ")
    assert ("Go back without this answer" in page.buttons()) == (then == "back")
    assert walker.post("about-you/long-lasting", answer="whatever", then="leave").path.endswith(
        "/age"
    )
    assert given(session) == {}


def test_enter_goes_on(sender: Sender) -> None:
    html = sender().get("about-you/sex").html
    own = html.select("form#ask button[type=submit], button[form=ask]")
    first = next(button for button in html.select("button") if button in own)
    assert first.get("name") is None


def test_what_no_longer_follows_is_taken_back(sender: Sender, session: Session) -> None:
    walker = sender()
    walker.post("about-you/long-lasting", answer="yes")
    walker.post("about-you/activity", answer="lot")
    walker.post("about-you/long-lasting", answer="no")
    assert given(session) == {"EQ2": "no"}


def test_a_wrong_answer_is_refused_in_plain_words(sender: Sender, session: Session) -> None:
    page = sender().post("about-you/sex", answer="whatever")
    assert page.title.startswith("Error: ")
    assert given(session) == {}


@pytest.mark.parametrize("edition", ["easy", "plain"])
def test_the_questions_are_there_in_easy_words(sender: Sender, edition: str) -> None:
    walker = sender(edition)
    gate = walker.get("about-you")
    assert "You can say no." in gate.main
    page = walker.get("about-you/long-lasting")
    assert heading(page) == "Do you have a health problem or disability that lasts a year or more?"
    assert bool(page.html.select("main svg use")) == (edition == "easy")


def test_a_child_is_asked_little_and_a_young_adult_no_age_again(sender: Sender) -> None:
    child = sender(age="11_13")
    page = child.post("about-you", answer="yes")
    assert heading(page).startswith("Do you have any physical or mental")
    assert heading(child.get("about-you/sex")) == "Questions about you", "that is not for children"
    assert heading(child.post("about-you/ethnic-group", answer="pns")) == "Thank you"


def test_who_told_an_age_already_is_not_asked_again(sender: Sender) -> None:
    adult = sender(age="18_25")
    assert heading(adult.post("about-you", answer="yes")).startswith("Do you have any physical")
    assert heading(adult.get("about-you/sex")) == "What is your sex?"


def test_a_survey_without_the_block_asks_nothing(sender: Sender) -> None:
    assert heading(sender(equality=None).get("about-you")) == "Thank you"


def test_before_sending_nobody_is_asked(sender: Sender, client: CheckedClient) -> None:
    sender()
    stranger = client.application.test_client()
    assert stranger.get("/s/short/about-you").status_code == 303


# --- Tell me what happened ------------------------------------------------------------------


def door(walker: Walker) -> str:
    """Return where the survey's own page leads to."""
    return str(walker.client.get("/s/short/tell-me").location)


def wish(walker: Walker, at: str, **typed: str) -> Page:
    page = walker.client.get(at).get_data(as_text=True)
    note = re.search(r'name="note" value="([^"]+)"', page)
    data = {"csrf_token": token_of(page), "note": note[1] if note else "", **typed}
    reply = walker.client.post("/tell-me/", data=data, follow_redirects=True)
    return Page(reply)


def test_an_address_is_kept_apart(sender: Sender, session: Session, plan: Consultation) -> None:
    walker = sender()
    page = wish(walker, door(walker), kind="email", address="me@example.org", wanted="easy")
    assert heading(page) == "We will tell you what happened"
    row = session.scalars(select(Contact)).one()
    assert (row.kind, row.address, row.format) == ("email", "me@example.org", "easy")
    assert row.consultation_id == plan.id


def test_in_easy_words_one_thing_is_asked_on_a_page(
    sender: Sender, app: Flask, session: Session
) -> None:
    walker = sender()
    signer = URLSafeSerializer(str(app.secret_key), salt="tell me what happened")
    at = f"/tell-me/?note={signer.dumps(['short', 'easy'])}"
    said: dict[str, str] = {}
    for name, value, wrong in (
        ("kind", "email", ""), ("address", "me@example.org", "me"), ("wanted", "easy", ""),
    ):  # fmt: skip
        page = wish(walker, at, **said, asked=name, **{name: wrong})
        assert (page.status, page.html.select_one(".error-summary") is not None) == (400, True)
        shown = {field["name"] for field in page.html.select("main form input:not([type=hidden])")}
        assert shown == {name}
        kept = {field["name"]: field["value"] for field in page.html.select("form [type=hidden]")}
        assert said.items() <= kept.items()
        said |= {name: value}
        page = wish(walker, at, **said, asked=name)
    assert heading(page) == "We will tell you"
    row = session.scalars(select(Contact)).one()
    assert (row.kind, row.address, row.format) == ("email", "me@example.org", "easy")


def test_a_machine_cannot_fill_the_list_and_what_was_typed_stays(
    sender: Sender, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = dt.timedelta(minutes=10)
    monkeypatch.setattr(tell_me, "kept_lately", tell_me.Throttle(1, window))
    walker = sender()
    at = door(walker)
    wish(walker, at, kind="email", address="me@example.org", wanted="easy")
    page = wish(walker, at, kind="email", address="you@example.org", wanted="easy")
    assert page.status == 429
    assert "Wait ten minutes" in page.main
    assert "you@example.org" in str(page.html)
    assert session.scalars(select(Contact.address)).all() == ["me@example.org"]


def test_the_page_gets_no_cookie_of_the_answers_and_a_note_without_a_name(
    sender: Sender, app: Flask, session: Session
) -> None:
    walker = sender()
    at = door(walker)
    assert at.startswith("/tell-me/?note=")
    cookie = walker.client.get_cookie("engage_answers", path="/s/short/")
    assert cookie is not None
    assert cookie.path == "/s/short/", "a browser sends it nowhere else"
    signer = URLSafeSerializer(str(app.secret_key), salt="tell me what happened")
    assert signer.loads(at.partition("note=")[2]) == ["short", "standard"]
    response = session.scalars(select(Response)).one()
    assert response.id not in walker.client.get(at).get_data(as_text=True)
    stranger = Walker(CheckedClient(app, use_cookies=True), "short")
    stranger.client.response_wrapper = walker.client.response_wrapper
    page = wish(stranger, at, kind="text", address="07700 900000", wanted="bsl")
    assert heading(page) == "We will tell you what happened", "it works without that cookie"


def test_the_module_that_keeps_contacts_knows_no_response() -> None:
    from pathlib import Path  # noqa: PLC0415  # used once

    import surveys.services.contacts as kept  # noqa: PLC0415  # read as text
    import surveys.tell_me as page  # noqa: PLC0415  # as above

    for module in (kept, page):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        code = source.partition('"""\n\n')[2]
        assert not re.search(r"response_id|visits\.current|models import .*Response\b", code)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "", "address": "x", "wanted": "easy"}, "Choose how we should tell you"),
        ({"kind": "email", "address": "me", "wanted": "easy"}, "e-mail address like"),
        ({"kind": "text", "address": "12", "wanted": "easy"}, "phone number like"),
        ({"kind": "post", "address": "", "wanted": "easy"}, "name and address"),
        ({"kind": "email", "address": "me@example.org", "wanted": ""}, "kind of message"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(
    sender: Sender, session: Session, typed: dict[str, str], said: str
) -> None:
    walker = sender()
    page = wish(walker, door(walker), **typed)
    assert page.status == 400
    assert said in page.main
    address = page.html.select_one("#address")
    assert address is not None
    assert address["value"] == typed["address"]
    assert session.scalars(select(Contact)).all() == []


@pytest.mark.parametrize("edition", ["easy", "plain"])
def test_it_can_be_read_in_easy_words(sender: Sender, edition: str) -> None:
    walker = sender(edition)
    page = Page(walker.client.get(door(walker)))
    assert "No one can see which answers are yours." in page.main
    done = wish(walker, door(walker), kind="post", address="A Person, 1 Road", wanted="easy")
    assert heading(done) == "We will tell you"


@pytest.mark.parametrize("age", ["under_8", "11_13", "14_15"])
def test_it_is_not_offered_to_children(sender: Sender, age: str) -> None:
    assert heading(sender(age=age).get("tell-me")) == "Thank you"


def test_it_is_offered_from_16(sender: Sender) -> None:
    assert door(sender(age="16_17")).startswith("/tell-me/")


def test_it_is_not_offered_where_the_survey_does_not_ask(sender: Sender) -> None:
    assert heading(sender(contact=False).get("tell-me")) == "Thank you"


def test_without_a_true_note_there_is_no_page(client: CheckedClient) -> None:
    for note in ("", "forged", "x.y"):
        assert client.get(f"/tell-me/?note={note}").status_code == 404


# --- The privacy notice ---------------------------------------------------------------------


def notice(version: str, words: str) -> dict[str, Any]:
    from surveys import notice as notices  # noqa: PLC0415  # used once

    made = dict(notices.shipped("2026-10") or {})
    made["version"] = version
    made["short"] = {**made["short"], "standard": [words]}
    return made


def test_people_read_the_version_they_began_with(
    sender: Sender, session: Session, plan: Consultation
) -> None:
    for version, words in (("1", "The first words."), ("2", "The second words.")):
        services.publish_notice(session, notice(version, words), actor="o", now=NOW)
    plan.privacy_notice_version = "1"
    walker = sender()
    plan.privacy_notice_version = "2"
    session.commit()
    assert "The first words." in walker.get("privacy").main
    walker.client.delete_cookie("engage_answers", path="/s/short/")
    page = walker.get("privacy")
    assert "The second words." in page.main
    assert "Version of this notice: 2" in page.main
    assert "example.org" in page.main


@pytest.mark.parametrize("edition", ["easy", "plain"])
def test_the_notice_can_be_read_in_easy_words(
    sender: Sender, session: Session, plan: Consultation, edition: str
) -> None:
    services.publish_notice(session, notice("1", "Words."), actor="o", now=NOW)
    plan.privacy_notice_version = "1"
    walker = sender()
    page = walker.get(f"privacy?edition={edition}")
    assert heading(page) == "Your information"
    assert "We do not ask your name." in page.main
    assert bool(page.html.select("main div.easy-line svg")) == (edition == "easy")
    more = page.html.select_one("main ul a")
    assert more is not None
    detail = Page(walker.client.get(str(more["href"])))
    assert heading(detail) == "What we keep"
    assert "We keep the day you sent them." in detail.main


def test_without_a_kept_notice_the_general_one_is_shown(sender: Sender, session: Session) -> None:
    walker = sender()
    session.execute(delete(PrivacyNotice))
    session.commit()
    page = walker.get("privacy")
    assert heading(page) == "Privacy: what happens to your answers"


def test_a_version_never_changes_its_words(session: Session) -> None:
    from surveys.notice import NoticeError  # noqa: PLC0415  # used once

    services.publish_notice(session, notice("1", "Words."), actor="o", now=NOW)
    services.publish_notice(session, notice("1", "Words."), actor="o", now=NOW)
    with pytest.raises(NoticeError):
        services.publish_notice(session, notice("1", "Other words."), actor="o", now=NOW)
    assert len(session.scalars(select(PrivacyNotice)).all()) == 1


def test_a_notice_that_comes_with_engage_is_kept_at_import(
    session: Session, plan: Consultation
) -> None:
    plan.privacy_notice_version = "2026-10"
    source = document.load(document.shipped()["professionals"])
    services.import_survey(session, plan, source, "work", actor="o", now=NOW)
    assert services.notice_for(session, "2026-10") is not None


def test_a_plan_without_a_notice_is_refused_and_told_which_there_are(
    session: Session, plan: Consultation
) -> None:
    from surveys.notice import NoticeError  # noqa: PLC0415  # used once

    services.publish_notice(session, notice("ours-1", "Words."), actor="o", now=NOW)
    plan.privacy_notice_version = "1"
    source = document.load(document.shipped()["professionals"])
    with pytest.raises(NoticeError) as refused:
        services.import_survey(session, plan, source, "work", actor="o", now=NOW)
    assert str(refused.value).startswith("The plan names version '1' of the privacy notice")
    assert "Versions there are: 2025-11, 2026-10, ours-1." in str(refused.value)


@pytest.mark.parametrize("version", ["../pyproject", "nothing", ""])
def test_a_version_is_no_way_to_another_file(version: str) -> None:
    from surveys import notice as notices  # noqa: PLC0415  # used once

    assert notices.shipped(version) is None
