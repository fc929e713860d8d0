"""Languages on offer: complete ones, and for real people only those that somebody checked."""

import copy
import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.cli import main
from engage.consultations import Consultation
from surveys import queries, services
from surveys.editions import languages
from surveys.models import LanguageSignOff, Survey
from surveys.questionnaire import words_in
from tests.integration.surveys.walker import Page
from tests.pages import CheckedClient
from tests.people import Staff

DESK = "/desk/consultations/tiny-plan/surveys/tiny/languages/"


def in_polish(source: dict[str, Any], mark: str = "PL") -> dict[str, Any]:
    said = copy.deepcopy(source)
    for words in words_in(said):
        standard = words["standard"]
        words["pl"] = (
            f"{mark} {standard}"
            if isinstance(standard, str)
            else [f"{mark} {text}" for text in standard]
        )
    return said


@pytest.fixture
def source(source: dict[str, Any]) -> dict[str, Any]:
    return in_polish(source)


def on_offer(session: Session, survey: Survey, *, production: bool) -> tuple[str, ...]:
    read = queries.current_document(session, survey)
    return languages.on_offer(session, survey.id, read, production=production)


def sign(session: Session, survey: Survey, now: dt.datetime, name: str = "A. Person") -> None:
    languages.sign_off_language(
        session, queries.current_version(session, survey), "pl",
        queries.current_document(session, survey), checked_by=name, now=now, actor="officer",
    )  # fmt: skip
    session.commit()


def publish(
    session: Session, plan: Consultation, source: dict[str, Any], now: dt.datetime
) -> Survey:
    survey = services.import_survey(session, plan, source, "tiny", actor="officer", now=now)
    session.commit()
    return survey


def test_a_complete_language_is_offered_and_others_are_not(
    session: Session, survey: Survey
) -> None:
    assert on_offer(session, survey, production=False) == ("standard", "easy", "plain", "pl")


def test_one_missing_word_takes_a_language_away(
    session: Session, plan: Consultation, source: dict[str, Any], survey: Survey, now: dt.datetime
) -> None:
    del source["title"]["pl"]
    publish(session, plan, source, now)
    assert "pl" not in on_offer(session, survey, production=False)


def test_real_people_are_offered_only_what_a_named_person_has_checked(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    assert "pl" not in on_offer(session, survey, production=True)
    sign(session, survey, now)
    assert "pl" in on_offer(session, survey, production=True)
    verbs = set(session.scalars(select(audit.AuditEvent.verb)))
    assert "sign_pl" in verbs


def test_a_check_is_lost_when_a_word_changes_and_kept_when_none_does(
    session: Session, plan: Consultation, source: dict[str, Any], survey: Survey, now: dt.datetime
) -> None:
    sign(session, survey, now)
    publish(session, plan, source, now)
    assert "pl" in on_offer(session, survey, production=True)
    changed = copy.deepcopy(source)
    changed["pages"][0]["question"]["text"]["pl"] = "Inaczej"
    publish(session, plan, changed, now)
    assert "pl" not in on_offer(session, survey, production=True)


def test_a_check_needs_a_name_and_a_whole_language(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    with pytest.raises(languages.LanguageError, match="name and job"):
        sign(session, survey, now, name="  ")
    version = queries.current_version(session, survey)
    read = queries.current_document(session, survey)
    with pytest.raises(languages.LanguageError, match="Not every word"):
        languages.sign_off_language(
            session, version, "ur", read, checked_by="A. Person", now=now, actor="officer"
        )


def test_signing_again_keeps_one_row_with_the_newer_name(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    sign(session, survey, now)
    sign(session, survey, now, name="B. Person")
    assert [row.checked_by for row in session.scalars(select(LanguageSignOff))] == ["B. Person"]


@pytest.mark.usefixtures("survey")
def test_the_desk_names_missing_words_and_who_has_checked(staff: Callable[..., Staff]) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    page = Page(officer.opens(DESK))
    polish, urdu = (page.html.find(id=f"language-{code}") for code in ("pl", "ur"))
    assert polish is not None
    assert urdu is not None
    assert "Draft." in polish.get_text()
    assert "A tiny survey" in urdu.get_text()
    refused = officer.client.send(f"{DESK}pl", {"checked_by": ""}, page=DESK)
    assert refused.status_code == 400
    assert "name and job" in refused.get_data(as_text=True)
    sent = officer.client.send(f"{DESK}pl", {"checked_by": "A. Person, interpreter"}, page=DESK)
    assert sent.status_code == 303
    assert "Checked by A. Person, interpreter on" in Page(officer.opens(DESK)).main
    assert officer.client.send(f"{DESK}xx", {"checked_by": "A"}, page=DESK).status_code == 404


def test_the_editions_page_names_each_one_in_its_own_language(
    client: CheckedClient, survey: Survey
) -> None:
    page = Page(client.get(f"/s/{survey.slug}/editions"))
    named = {
        str(link["href"]).rpartition("=")[2]: (link.span["lang"], link.get_text(strip=True))
        for link in page.html.select(".editions a")
        if link.span is not None
    }
    assert named == {
        "standard": ("en-GB", "Standard English"),
        "easy": ("en-GB", "Easy read: short words and pictures"),
        "plain": ("en-GB", "Easy words without pictures"),
        "pl": ("pl", "Polski"),
    }
    assert Page(client.get(f"/s/{survey.slug}/editions?edition=easy")).html.select(".editions svg")


def test_a_draft_says_that_nobody_has_checked_it(
    client: CheckedClient, session: Session, survey: Survey, now: dt.datetime
) -> None:
    address = f"/s/{survey.slug}/editions?edition=pl"
    page = Page(client.get(address))
    assert page.html.html is not None
    assert page.html.html["lang"] == "pl"
    assert "This translation is a draft. Nobody has checked it yet." in page.main
    sign(session, survey, now)
    assert "draft" not in Page(client.get(address)).main


def test_in_production_an_unchecked_language_has_no_page(
    app: Flask, client: CheckedClient, survey: Survey
) -> None:
    settings = app.extensions["engage_settings"]
    app.extensions["engage_settings"] = dataclasses.replace(settings, mode="production")
    missing = client.get(f"/s/{survey.slug}/editions?edition=pl")
    assert missing.status_code == 404
    assert "Page not found" in missing.get_data(as_text=True)
    assert "Polski" not in Page(client.get(f"/s/{survey.slug}/editions")).main


def test_a_language_can_be_signed_off_from_the_command_line(
    app: Flask, session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["engage_settings"]
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", settings.database_url)
    words = ["survey", "sign-language", survey.slug, "pl", "--checked-by", "A. Person, interpreter"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    session.expire_all()
    assert "pl" in on_offer(session, survey, production=True)
    wrong = CliRunner().invoke(main, ["survey", "sign-language", survey.slug, "ur", *words[4:]])
    assert wrong.exit_code == 2
    assert "Not every word" in wrong.output
