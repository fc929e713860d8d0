"""Seven ways of asking the same: every switch keeps the answers, and every answer is counted."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import overview
from engage.consultations import Consultation
from surveys import queries
from surveys.editions import media, speaking
from surveys.models import AttachedMedium, Response, Survey
from surveys.questionnaire import words_in
from surveys.questions import EDITIONS, Edition
from tests import factories
from tests.integration.surveys.walker import Page, Walker
from tests.pages import CheckedClient
from tests.people import Staff


def in_polish(standard: str | list[str]) -> str | list[str]:
    return f"PL {standard}" if isinstance(standard, str) else [f"PL {one}" for one in standard]


@pytest.fixture
def source(source: dict[str, Any]) -> dict[str, Any]:
    said = copy.deepcopy(source)
    for words in words_in(said):
        words["pl"] = in_polish(words["standard"])
    return said


def form_of(page: Page) -> dict[str, str]:
    """What the first form of the main part would send as it stands."""
    fields = page.html.select("main form input[type=hidden], main form input[checked]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def choose(client: CheckedClient, page: Page, slug: str, edition: str) -> Page:
    sent = {**form_of(page), "edition": edition}
    return Page(client.post(f"/s/{slug}/edition", data=sent, follow_redirects=True))


def test_changing_from_english_to_polish_to_easy_read_keeps_answers_and_place(
    walker: Walker, client: CheckedClient, session: Session
) -> None:
    walker.says_yes()
    walker.answers("told")
    walker.answers("moved", "yes")
    asked = walker.get("q/how-planned")
    typed = {**form_of(asked), "answer": "very_well"}
    offers = Page(client.post("/s/tiny/editions", data=typed))
    assert {str(one["value"]) for one in offers.html.select(".editions button")} == {
        "standard", "easy", "plain", "pl",
    }  # fmt: skip
    polish = choose(client, offers, "tiny", "pl")
    assert polish.path.endswith("/q/how-planned")
    assert polish.h1 == "PL How well was it planned?"
    assert polish.chosen() == ["very_well"]
    easy = choose(client, polish, "tiny", "easy")
    assert easy.h1 == "Was it planned well?"
    assert easy.chosen() == ["well"]
    session.expire_all()
    response = session.scalars(select(Response)).one()
    assert response.edition == "easy"
    assert client.get("/s/tiny/check").status_code == 200


def test_from_a_page_without_a_form_the_place_is_kept_too(
    walker: Walker, client: CheckedClient
) -> None:
    walker.says_yes()
    walker.answers("told")
    offers = Page(client.get("/s/tiny/editions?page=moved"))
    polish = choose(client, offers, "tiny", "pl")
    assert polish.h1 == "PL Has your child moved school?"


@pytest.mark.parametrize("path", ["", "help-now", "no-thanks", "privacy", "come-back", "editions"])
def test_a_language_that_a_survey_does_not_have_breaks_no_page(
    client: CheckedClient, survey: Survey, path: str
) -> None:
    assert client.get(f"/s/{survey.slug}/{path}?edition=ur").status_code in {200, 303, 404}


@pytest.mark.parametrize("edition", ["standard", "easy", "plain", "bsl"])
def test_an_english_page_does_no_catalogue_work(
    walker: Walker, monkeypatch: pytest.MonkeyPatch, edition: Edition
) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "an English page must do no catalogue work"
        raise AssertionError(message)

    monkeypatch.setattr(speaking, "catalogue", refuse)
    monkeypatch.setattr(speaking, "force_locale", refuse)
    walker.says_yes(edition)
    assert walker.get("q/moved").status == 200
    assert walker.get("check").status == 200


def test_plain_words_come_without_pictures(walker: Walker) -> None:
    walker.says_yes("plain")
    page = walker.get("q/moved")
    assert page.h1 == "Did your child move school?"
    assert page.html.select("main svg") == []
    assert "Change to pictures" in page.buttons()


def test_a_signed_film_stands_beside_its_words_in_its_own_edition_only(
    walker: Walker, client: CheckedClient, session: Session, survey: Survey
) -> None:
    for place in ("start", "TQ1"):
        session.add(
            AttachedMedium(
                survey_id=survey.id,
                place=place,
                use="bsl",
                media_type="video/webm",
                words="What is signed.",
                content=b"film",
            )
        )
    session.commit()
    start = Page(client.get("/s/tiny/?edition=bsl"))
    assert start.html.video is not None
    assert "What is signed." in start.main
    assert Page(client.get("/s/tiny/")).html.video is None
    walker.says_yes("bsl")
    assert walker.get("q/moved").html.video is not None
    assert walker.get("check").html.video is None


def test_a_recording_attached_while_people_answer_is_shown_soon(
    walker: Walker, app: Flask, session: Session, survey: Survey
) -> None:
    walker.says_yes()
    assert walker.get("q/moved").html.audio is None
    session.add(
        AttachedMedium(
            survey_id=survey.id,
            place="TQ1",
            use="audio",
            media_type="audio/mp4",
            words="What is said.",
            content=b"sound",
        )
    )
    session.commit()
    shelf: media.Shelf = app.extensions["engage_media"]
    shelf.forget("tiny")
    assert walker.get("q/moved").html.audio is not None


def test_the_desk_counts_every_edition_and_drops_none(
    session: Session,
    plan: Consultation,
    survey: Survey,
    staff: Callable[..., Staff],
    now: dt.datetime,
) -> None:
    version = queries.current_version(session, survey)
    for number, edition in enumerate(EDITIONS, start=5):
        factories.ResponseFactory.create_batch(
            number, survey_version_id=version.id, edition=edition, submitted=True
        )
    session.commit()
    (line,) = overview.survey_lines(session, plan, now)
    assert dict(line.sent) == {edition: number for number, edition in enumerate(EDITIONS, start=5)}
    officer = staff("engagement_officer")
    officer.signs_in()
    page = BeautifulSoup(
        officer.opens("/desk/consultations/tiny-plan/surveys/").data, "html.parser"
    )
    shown = [item.get_text(strip=True) for item in page.select("dd")]
    assert [count for count in shown if count.isdigit()] == [str(5 + n) for n in range(7)]
    whole = officer.opens("/desk/").get_data(as_text=True)
    assert f"Answers so far: {sum(range(5, 12))}." in whole


@pytest.mark.usefixtures("survey")
def test_staff_read_every_edition_that_is_complete(staff: Callable[..., Staff]) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    page = Page(officer.opens("/desk/consultations/tiny-plan/surveys/tiny/preview?edition=pl"))
    assert page.h1 == "PL A tiny survey"
    assert "PL There are a few questions." in page.main
    missing = officer.opens("/desk/consultations/tiny-plan/surveys/tiny/preview?edition=ur")
    assert missing.status_code == 404
