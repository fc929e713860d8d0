"""Who was told can leave by the link of any mail, and an officer sees how far telling is."""

import collections
import dataclasses
import email.policy
import re
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs
from engage.cli import main
from engage.jobs import Job
from engage.mail import MailSettings
from engage.orm import utc_now
from engage.settings import Settings
from engage.throttle import Guard
from reports.counting import protecting
from reports.loop import telling
from reports.models import Report
from reports.publishing import services, told_measure
from surveys import leaving
from surveys.models import Contact, Telling, Told
from surveys.services import telling as rounds
from tests.conftest import SECRET
from tests.integration.reports.scenario import Scenario
from tests.integration.reports.telling.people import (
    MAILED,
    PEOPLE,
    later_version,
    link_of,
    mail_to,
    opened,
    recipients,
    states,
    words,
)
from tests.pages import CheckedClient
from tests.people import Staff
from tests.postbox import Postbox

# --- Leaving --------------------------------------------------------------------------------


def test_looking_at_the_link_changes_nothing_and_the_button_takes_somebody_off(
    session: Session, tells: Callable[[], Job], postbox: Postbox, client: CheckedClient
) -> None:
    tells()
    link = link_of(mail_to(postbox, "standard"))
    assert link in words(mail_to(postbox, "standard"))
    page = client.get(link)
    assert "Do you want no more messages?" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    session.expire_all()
    assert session.scalars(select(Contact).where(Contact.address.like("standard%"))).all()
    for _ in range(2):
        reply = client.post(link)
        assert (reply.status_code, "We have deleted your address" in reply.text) == (200, True)
    session.expire_all()
    assert not session.scalars(select(Contact).where(Contact.address.like("standard%"))).all()
    assert len(session.scalars(select(Contact)).all()) == len(PEOPLE) - 1
    assert states(session) == {"told": MAILED, "by_hand": 2}, "who was told was told"


def test_one_click_of_a_mail_program_needs_no_cookie_and_no_page(
    session: Session, app: Flask, tells: Callable[[], Job], postbox: Postbox
) -> None:
    tells()
    mail = mail_to(postbox, "easy")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    reply = app.test_client(use_cookies=False).post(
        link_of(mail), data={"List-Unsubscribe": "One-Click"},
        headers={"Host": "127.0.0.1", "Origin": "https://mail.example.com",
                 "Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    session.expire_all()
    assert not session.scalars(select(Contact).where(Contact.address.like("easy%"))).all()


def test_who_left_is_not_told_again(
    session: Session,
    asked: Report,
    tells: Callable[[], Job],
    postbox: Postbox,
    client: CheckedClient,
) -> None:
    tells()
    client.post(link_of(mail_to(postbox, "pl")))
    later_version(session, asked, 6)
    tells()
    assert collections.Counter(recipients(postbox))["pl@family.example.org"] == 1
    assert client.post(link_of(mail_to(postbox, "pl"))).status_code == 200


def test_the_page_of_a_link_speaks_every_edition(
    tells: Callable[[], Job], postbox: Postbox, client: CheckedClient
) -> None:
    tells()
    link = link_of(mail_to(postbox, "standard"))
    for edition in ("standard", "easy", "plain", "pl", "ur"):
        assert client.get(f"{link}?edition={edition}").status_code == 200
        assert client.get(f"/no-more-messages/x?edition={edition}").status_code == 404
        assert client.post(link, data={"edition": edition}).status_code == 200


def test_a_wrong_link_is_answered_kindly_and_guessing_is_slowed(
    tells: Callable[[], Job],
    postbox: Postbox,
    client: CheckedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tells()
    few = Guard(calm=5, tight=2, alarm=100, window=leaving.WINDOW)
    monkeypatch.setattr(leaving, "wrong_links", few)
    reply = client.get("/no-more-messages/not-one-of-ours")
    assert (reply.status_code, "This link does not work" in reply.text) == (404, True)
    seen = [client.post(f"/no-more-messages/{number}").status_code for number in range(5)]
    assert seen == [404] * 4 + [429]
    link = link_of(mail_to(postbox, "standard"))
    assert client.post(link).status_code == 200, "a true link always works"


def test_a_token_is_kept_only_as_its_hash(
    session: Session, tells: Callable[[], Job], postbox: Postbox
) -> None:
    tells()
    token = re.sub(r"\?.*", "", link_of(mail_to(postbox, "standard"))).rpartition("/")[2]
    assert len(token) == 32
    hashes = session.scalars(select(Told.token_hash).where(Told.token_hash.is_not(None))).all()
    assert token not in hashes
    assert rounds.hash_of(token) in hashes


# --- The desk, the command and the measure --------------------------------------------------


def test_an_officer_tells_people_from_the_desk(
    asked: Report,
    staff: Callable[..., Staff],
    app: Flask,
    postbox: Postbox,
    client: CheckedClient,
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    desk = "/desk/consultations/send-strategy/report/"
    assert f"{desk}telling/" in client.get(desk).text
    page = client.get(f"{desk}telling/").text
    assert f"To be told by e-mail: {MAILED}." in page
    reply = client.send(f"{desk}telling/")
    assert reply.location.startswith("/desk/jobs/")
    assert "Telling people" in client.get(reply.location).text
    jobs.run(app, reply.location.rpartition("/")[2])
    assert len(postbox.kept) == MAILED
    page = client.get(f"{desk}telling/").text
    assert f"{MAILED} told by e-mail" in page
    assert "family.example.org" not in page
    listed = client.get(f"{desk}telling/published.csv")
    assert "07700 900123" in listed.text
    noted = client.send(f"{desk}telling/published/by-hand", page=f"{desk}telling/")
    assert noted.status_code == 303
    assert "Noted as told by you: 2." in client.get(f"{desk}telling/").text
    assert asked.consultation.slug == "send-strategy"
    assert client.get(f"{desk}telling/6_months.csv").status_code == 404


def test_nobody_else_tells_people(
    asked: Report, staff: Callable[..., Staff], client: CheckedClient
) -> None:
    del asked
    staff("analyst", "approver", "co_owner").signs_in()
    address = "/desk/consultations/send-strategy/report/telling/"
    assert client.get(address).status_code == 403
    assert client.get(f"{address}published.csv").status_code == 403


def test_the_measure_is_protected_like_any_other(
    session: Session, tells: Callable[[], Job]
) -> None:
    tells()
    plan = opened(session).consultation_id
    asked = told_measure.counted(session, plan)
    assert asked.numbers["told/published/asked"] == len(PEOPLE)
    assert asked.numbers["told/published/told"] == MAILED
    shown = protecting.shown(asked, threshold=5)
    (rate,) = told_measure.presented(asked, shown, threshold=5)
    assert rate.fact.value is None, "two who were not told would follow from it"
    assert "07700" not in rate.fact.wording
    numbers = {"told/published/asked": 40, "told/published/told": 40, "told/published/not_told": 0}
    known = dataclasses.replace(asked, numbers=numbers)
    (rate,) = told_measure.presented(known, protecting.shown(known, threshold=5), threshold=5)
    assert (rate.fact.value, rate.fact.base) == (40, 40)
    assert rate.fact.wording == (
        "40 of 40 people who asked to be told were told when it was published"
    )


def test_a_preview_writes_nothing(session: Session, asked: Report) -> None:
    found = telling.preview(session, asked)
    assert (found.milestone, found.version, found.by_hand) == ("published", 1, 2)
    assert sum(found.by_mail.values()) == MAILED
    assert found.so_far == {}
    assert session.scalars(select(Telling)).all() == []
    assert not services.to_review(session, asked)


def test_the_outbox_needs_no_server(
    session: Session, asked: Report, settings: Settings, app: Flask, scenario: Scenario
) -> None:
    outbox = dataclasses.replace(settings, mail=MailSettings(per_minute=6000))
    app.extensions["engage_settings"] = outbox
    job = telling.ask(session, asked, settings=outbox, actor="o", now=utc_now()).id
    session.commit()
    done: Any = jobs.run(app, job)
    assert done.outcome == "succeeded"
    files = list((settings.data_dir / "outbox").glob("*.eml"))
    assert len(files) == MAILED
    read = [message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert {mail["From"].addresses[0].username for mail in read} == {"engage"}
    assert scenario.consultation.contact in words(read[0])


def test_the_command_says_who_would_be_told_and_tells_them(
    session: Session,
    asked: Report,
    settings: Settings,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del app
    for name, value in (
        ("MODE", "test"), ("DATA_DIR", str(settings.data_dir)), ("SECRET_KEY", SECRET),
        ("DATABASE_URL", settings.database_url), ("MAIL_PER_MINUTE", "6000"),
    ):  # fmt: skip
        monkeypatch.setenv(f"ENGAGE_{name}", value)
    command = ("report", "tell", asked.consultation.slug)
    session.commit()
    dry = CliRunner().invoke(main, [*command, "--dry-run"], catch_exceptions=False)
    assert "Milestone: published (version 1)" in dry.output
    assert f"Would be told by e-mail: {MAILED}" in dry.output
    assert "For an officer, by post or telephone: 2" in dry.output
    assert "@" not in dry.output
    told = CliRunner().invoke(main, command, catch_exceptions=False)
    assert "Told. Who is left over: /desk/consultations/send-strategy/report/telling/" in (
        told.output
    )
    session.expire_all()
    assert states(session) == {"told": MAILED, "by_hand": 2}
    assert len(list((settings.data_dir / "outbox").glob("*.eml"))) == MAILED
