"""Nothing that somebody typed is lost: tokens, tabs, codes, pauses, and forms that are not ours."""

import datetime as dt
import logging
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import respondents, services, visits
from surveys.models import Answer, Response, ResponseFlag, Survey
from surveys.respond import coming_back
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

DAY = dt.timedelta(days=1)
COOKIE = {"key": visits.COOKIE, "path": "/s/tiny/"}


def responses(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Response)) or 0


def kept(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Answer.value).order_by(Answer.value)))


def test_a_lost_cookie_loses_nothing_because_the_form_brings_it_back(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    walker.get("q/word")
    walker.client.delete_cookie(**COOKIE)
    page = walker.answers("word", "Sunny")
    assert page.path.endswith("/q/more")
    assert walker.client.get_cookie(**COOKIE) is not None
    assert kept(session) == ["Sunny"]


def test_a_double_press_on_yes_begins_one_response(walker: Walker, session: Session) -> None:
    walker.get()
    data = {"token": walker.token, "fresh": walker.fresh, "answer": "yes", "edition": "standard"}
    first = walker.client.post("/s/tiny/take-part", data=data)
    walker.client.delete_cookie(**COOKIE)
    second = walker.client.post("/s/tiny/take-part", data=data)
    assert first.location == second.location
    assert responses(session) == 1


def test_a_double_press_on_continue_keeps_one_answer_and_goes_on(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    for _ in range(2):
        assert walker.answers("word", "Sunny").path.endswith("/q/more")
    assert kept(session) == ["Sunny"]


def test_the_form_decides_which_response_is_written(
    walker: Walker, client: CheckedClient, session: Session
) -> None:
    walker.says_yes()
    walker.get("q/word")
    client.delete_cookie(**COOKIE)
    other = Walker(client, "tiny")
    other.says_yes()
    assert responses(session) == 2
    page = walker.answers("word", "From the first tab")
    assert page.path.endswith("/q/more")
    walker.answers("more", "Also from the first tab")
    owners = set(session.scalars(select(Answer.response_id)))
    assert len(owners) == 1
    other.answers("word", "From the second tab")
    assert len(set(session.scalars(select(Answer.response_id)))) == 2


def test_after_starting_again_elsewhere_the_older_tab_shows_what_was_typed(
    walker: Walker, client: CheckedClient, session: Session
) -> None:
    walker.says_yes()
    walker.get("q/more")
    other = Walker(client, "tiny")
    other.get()
    other.post("take-part", answer="again", edition="standard")
    page = walker.answers("more", "A long thought <b>&")
    assert page.status == 409
    assert page.h1 == "We could not save this answer"
    assert "A long thought <b>&" in page.main
    assert kept(session) == []
    assert responses(session) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "abc.def.ghi"])
def test_a_form_that_is_not_ours_writes_nothing(
    walker: Walker, session: Session, token: str
) -> None:
    walker.says_yes()
    reply = walker.client.post("/s/tiny/q/word", data={"token": token, "answer": "Forged"})
    assert reply.status_code == 403
    assert "Forged" in reply.get_data(as_text=True)
    assert kept(session) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_on_another_website_is_refused_even_with_a_true_token(
    walker: Walker, session: Session, headers: dict[str, str]
) -> None:
    walker.says_yes()
    data = {"token": walker.token, "answer": "Forged"}
    reply = walker.client.post("/s/tiny/q/word", data=data, headers=headers)
    assert reply.status_code == 403
    assert kept(session) == []


def test_a_form_of_this_website_is_accepted(walker: Walker, session: Session) -> None:
    walker.says_yes()
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    data = {"token": walker.token, "answer": "Sunny"}
    walker.client.post("/s/tiny/q/word", data=data, headers=headers)
    assert kept(session) == ["Sunny"]


def test_a_token_of_another_survey_opens_nothing(
    walker: Walker,
    session: Session,
    plan: Consultation,
    source: dict[str, Any],
    now: dt.datetime,
) -> None:
    walker.says_yes()
    other = services.import_survey(session, plan, source, "other", actor="officer", now=now)
    services.open_survey(session, other, actor="officer", now=now, production=False)
    session.commit()
    reply = walker.client.post("/s/other/q/word", data={"token": walker.token, "answer": "x"})
    assert reply.status_code == 409
    assert kept(session) == []


def test_a_question_page_sets_no_session_cookie(walker: Walker) -> None:
    walker.says_yes()
    page = walker.get("q/word")
    assert "Set-Cookie" not in page.headers


def test_what_is_typed_when_a_survey_has_just_closed_is_shown_to_copy(
    walker: Walker, session: Session, survey: Survey, now: dt.datetime
) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    services.close_survey(session, survey, actor="officer", now=now)
    session.commit()
    page = walker.answers("more", "My last words")
    assert page.h1 == "This survey has closed"
    assert "My last words" in page.main
    sent = walker.sends()
    assert sent.status == 409
    assert "Sunny" in sent.main


def test_a_pause_keeps_what_was_saved_and_going_on_works_afterwards(
    walker: Walker, session: Session, survey: Survey, now: dt.datetime
) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    services.pause_survey(session, survey, actor="officer", now=now)
    session.commit()
    page = walker.answers("more", "Half a thought")
    assert page.h1 == "This survey is paused"
    assert "Half a thought" in page.main
    assert walker.get("q/more").h1 == "This survey is paused"
    services.resume_survey(session, survey, actor="officer", now=now)
    session.commit()
    assert walker.get("q/more").h1 == "What helped most?"
    assert kept(session) == ["Sunny"]


def test_only_an_open_survey_can_be_paused(
    session: Session, imported: Survey, now: dt.datetime
) -> None:
    with pytest.raises(services.SurveyNotOpenError):
        services.pause_survey(session, imported, actor="officer", now=now)


def test_in_the_days_of_grace_answers_count_and_are_marked_as_late(
    walker: Walker, session: Session, survey: Survey, plan: Consultation, now: dt.datetime
) -> None:
    plan.opens_on, plan.closes_on = now.date() - 9 * DAY, now.date() - 2 * DAY
    survey.grace_days = 3
    session.commit()
    assert "came late" in walker.get().main
    walker.says_yes()
    walker.answers("word", "Sunny")
    walker.sends()
    assert session.scalars(select(Response.is_late)).all() == [True]
    state = respondents.survey_state
    assert state(survey, plan.closes_on, now + DAY) == "open"
    assert state(survey, plan.closes_on, now + 2 * DAY) == "closed"


def test_answers_in_time_are_not_late(walker: Walker, session: Session) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    walker.sends()
    assert session.scalars(select(Response.is_late)).all() == [False]


def test_a_code_leads_back_from_another_device(
    walker: Walker, app: Flask, session: Session
) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    page = walker.answers("more", "Half", then="later")
    code = page.html.select_one(".receipt")
    assert code is not None
    spoken = code.get_text().lower().replace("-", " ")
    assert spoken.startswith("come ")
    elsewhere = Walker(_client(app), "tiny")
    elsewhere.get("come-back")
    arrived = elsewhere.post("come-back", code=spoken)
    assert arrived.path.endswith("/q/your-words")
    assert elsewhere.get("q/more").typed() == "Half"
    assert responses(session) == 1
    assert walker.get("later").html.select_one(".receipt") is not None


def test_a_code_to_come_back_is_no_receipt_and_ends_with_sending(
    walker: Walker, app: Flask
) -> None:
    walker.says_yes()
    page = walker.answers("more", "Half", then="later")
    code = page.html.select_one(".receipt")
    assert code is not None
    walker.get("check")
    sent = walker.sends()
    receipt = sent.html.select_one(".receipt")
    assert receipt is not None
    assert receipt.get_text().removeprefix("BEE") != code.get_text().removeprefix("COME")
    elsewhere = Walker(_client(app), "tiny")
    elsewhere.get("come-back")
    assert elsewhere.post("come-back", code=code.get_text()).status == 422
    assert elsewhere.post("come-back", code=receipt.get_text()).status == 422


@pytest.mark.parametrize("code", ["", "hello", "COME-0000-0000-0", "COME-0000-0000-1"])
def test_a_wrong_code_is_explained_and_stays_typed(walker: Walker, code: str) -> None:
    walker.get("come-back")
    page = walker.post("come-back", code=code)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    box = page.html.select_one("#code")
    assert box is not None
    assert box["value"] == code


def test_guessing_codes_is_slowed_down_but_a_class_may_mistype(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = coming_back.Guard(calm=60, tight=60, alarm=1_000, window=coming_back.WINDOW)
    monkeypatch.setattr(coming_back, "wrong_codes", guard)
    walker.get("come-back")
    statuses = [walker.post("come-back", code="COME-0000-0000-1").status for _ in range(61)]
    assert statuses[:60] == [422] * 60
    assert statuses[60] == 429


def test_sixty_people_on_one_address_answer_at_once(
    app: Flask, survey: Survey, session: Session
) -> None:
    del survey
    for number in range(60):
        one = Walker(_client(app), "tiny")
        one.says_yes()
        one.answers("word", f"Word {number}")
        assert one.sends().status == 200
    assert responses(session) == 60
    assert session.scalar(select(func.count()).select_from(ResponseFlag)) == 0


def test_no_address_and_no_words_reach_a_log(
    walker: Walker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    where = {"REMOTE_ADDR": "203.0.113.77"}
    walker.client.environ_base = {**walker.client.environ_base, **where}
    walker.says_yes()
    walker.answers("word", "Sunny")
    walker.get("come-back")
    walker.post("come-back", code="COME-0000-0000-1")
    walker.sends()
    assert "203.0.113.77" not in caplog.text
    assert "Sunny" not in caplog.text


def test_a_new_version_never_breaks_somebody_who_has_begun(
    walker: Walker,
    session: Session,
    plan: Consultation,
    survey: Survey,
    source: dict[str, Any],
    now: dt.datetime,
) -> None:
    del survey
    walker.says_yes()
    walker.answers("word", "Sunny")
    source["pages"] = [page for page in source["pages"] if page["id"] in {"told", "first"}]
    services.import_survey(session, plan, source, "tiny", actor="officer", now=now)
    session.commit()
    assert walker.get("q/more").h1 == "What helped most?"
    walker.answers("more", "Kindness")
    assert walker.sends().h1 == "Thank you"
    assert kept(session) == ["Kindness", "Sunny"]


def test_a_page_drawn_for_one_person_shows_another_nothing_of_them(
    walker: Walker, app: Flask
) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    walker.answers("word", "Sunny")
    token = walker.token
    assert walker.get("q/moved").chosen() == ["yes"]
    other = Walker(_client(app), "tiny")
    other.says_yes()
    page = other.get("q/moved")
    assert page.chosen() == []
    assert token not in str(page.html)
    assert other.token in str(page.html)
    assert "Sunny" not in str(other.get("q/word").html)


def _client(app: Flask) -> CheckedClient:
    app.test_client_class = CheckedClient
    made = app.test_client()
    assert isinstance(made, CheckedClient)
    return made
