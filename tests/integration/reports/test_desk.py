"""The desk: people write, the rules advise, and only an approver publishes."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import decisions
from engage import audit, jobs
from engage.accounts import User
from engage.audit import AuditEvent
from engage.jobs import Job
from engage.orm import utc_now
from engage.settings import Settings
from reports.desks.desk import _different
from reports.entries import approvals
from reports.findings.evidence import Candidate
from reports.models import Entry, Report
from reports.publishing import services
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.people import Staff

DESK = "/desk/consultations/send-strategy/report/"


@pytest.fixture
def officer(staff: Callable[..., Staff]) -> Staff:
    """Return somebody who writes reports, signed in."""
    somebody = staff("engagement_officer", "analyst", "approver")
    somebody.signs_in()
    return somebody


def typed(entry: Entry) -> dict[str, str]:
    """Return what a browser sends when an entry is saved unchanged."""
    names = [c.name for c in Entry.__table__.columns if c.name not in {"id", "report_id", "key"}]
    values = {name: getattr(entry, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_strangers_are_sent_to_sign_in(
    client: CheckedClient, session: Session, report: Report
) -> None:
    del report
    session.commit()
    for path in ("", "front", "entries/getting-to-school", "publish"):
        reply = client.get(DESK + path)
        assert reply.status_code == 303
        assert "sign-in" in reply.headers["Location"]


def test_the_report_is_opened_with_an_entry_for_each_approved_theme(
    client: CheckedClient, session: Session, scenario: Scenario, officer: Staff
) -> None:
    del officer
    session.commit()
    assert "Nothing has been written yet" in client.get(DESK).text
    client.send(f"{DESK}build", page=DESK)
    page = client.get(DESK).text
    for plan in (made.WAITING, made.BUSES, made.CLUBS):
        assert plan.name in page
    assert made.UNREAD.name not in page
    assert "No answer yet" in page
    assert services.find_report(session, scenario.consultation) is not None


def test_an_entry_is_saved_and_its_status_shown(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = report.entries[0]
    values = typed(entry) | {
        "response_type": "doing", "started_on": "2026-02-01", "due_on": "2026-05-01",
        "review_due": "2026-05-01", "we_did_text": "Two therapists start on 1 May 2026.",
        "owner_role": "Head of therapy", "owner_org": "Exampleshire health (invented)",
    }  # fmt: skip
    reply = client.send(f"{DESK}entries/{entry.key}", values)
    assert reply.status_code == 303
    session.expire_all()
    assert entry.response_type == "doing"
    assert entry.we_did_text == "Two therapists start on 1 May 2026."
    assert "In progress" in client.get(DESK).text


def test_a_half_answer_comes_back_with_what_was_typed(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = report.entries[0]
    values = typed(entry) | {"response_type": "done", "done_on": "", "we_did_text": "Typed words."}
    reply = client.send(f"{DESK}entries/{entry.key}", values)
    assert reply.status_code == 400
    assert "Say on which day it was done." in reply.text
    assert "Typed words." in reply.text
    above, _, _ = reply.text.partition("<h1")
    assert "error-summary-title" in above
    assert "<h2" not in above, "no heading stands above the first"
    session.expire_all()
    assert entry.we_did_text != "Typed words."


def test_the_rules_speak_on_the_overview_and_at_the_entry(
    client: CheckedClient, session: Session, scenario: Scenario, officer: Staff
) -> None:
    del officer
    report = services.build(session, scenario.consultation, actor="x", now=made.NOW)
    session.commit()
    assert "Say who you did not hear from." in client.get(DESK).text
    page = client.get(f"{DESK}entries/{report.entries[0].key}").text
    assert "Write what people said, in their words." in page


def test_the_front_is_saved(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    values = {
        "title": "You said", "easy_title": "You said", "summary": "New words.",
        "next_update": "2026-12-01",
    }  # fmt: skip
    assert client.send(f"{DESK}front", values).status_code == 303
    session.expire_all()
    assert report.summary == "New words."
    assert client.send(f"{DESK}front", values | {"title": ""}).status_code == 400


def test_quotes_are_offered_used_and_taken_out(
    client: CheckedClient, session: Session, report: Report, scenario: Scenario, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = scenario.entry(report, made.WAITING)
    page = f"{DESK}entries/{entry.key}"
    offered = re.findall(r'value="([^"]+/PC06/0)"', client.get(page).text)
    willing = {f"{one.id}/PC06/0" for one in scenario.responses["parent_carer"]}
    assert len(offered) == 1, "each wording is offered once"
    (coding,) = willing.intersection(offered)
    client.send(f"{page}/quote", {"coding": coding}, page=page)
    session.expire_all()
    assert len(entry.quotes) == 1
    client.send(f"{page}/quote", {"coding": coding, "act": "drop"}, page=page)
    session.expire_all()
    assert entry.quotes == []
    said_no = f"{scenario.responses['parent_carer'][1].id}/PC06/0"
    reply = client.send(f"{page}/quote", {"coding": said_no}, page=page)
    assert reply.status_code == 303
    assert "may not be printed" in client.get(page).text


def test_publishing_asks_the_worker_once(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    soon = utc_now().date() + dt.timedelta(days=90)
    report.next_update = soon
    for entry in report.entries:
        entry.review_due = soon
    session.commit()
    assert "Every rule is kept" in client.get(f"{DESK}publish").text
    for _ in range(2):
        reply = client.send(f"{DESK}publish")
        assert reply.headers["Location"].startswith("/desk/jobs/")
    asked = session.scalars(select(Job).where(Job.kind == "publish")).all()
    assert [job.subject_id for job in asked] == [report.id]


def test_a_report_that_is_not_ready_cannot_be_published(
    client: CheckedClient, session: Session, scenario: Scenario, officer: Staff
) -> None:
    del officer
    services.build(session, scenario.consultation, actor="x", now=made.NOW)
    session.commit()
    page = client.get(f"{DESK}publish").text
    assert "Not yet. These must be mended first" in page
    assert 'type="submit"' not in page.split("<main", 1)[1].split("</main>", 1)[0]
    client.send(f"{DESK}publish", page=f"{DESK}front")
    assert session.scalars(select(Job)).all() == []


def test_an_unknown_entry_is_not_found(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del report, officer
    session.commit()
    assert client.get(f"{DESK}entries/nothing").status_code == 404
    assert client.get("/desk/consultations/nothing/report/").status_code == 404


@pytest.mark.parametrize(
    "day", ["1 May 2026", "1 may 2026", "01/05/2026", "2026-05-01", " 1  May 2026 "]
)
def test_a_day_may_be_written_as_people_write_it(
    client: CheckedClient, session: Session, report: Report, officer: Staff, day: str
) -> None:
    del officer
    session.commit()
    client.send(f"{DESK}front", {"title": "T", "easy_title": "T", "next_update": day})
    session.expire_all()
    assert report.next_update == dt.date(2026, 5, 1)


def test_what_is_not_a_day_comes_back_as_it_was_typed(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer, report
    session.commit()
    typed_in = {"title": "T", "easy_title": "T", "next_update": "after Easter"}
    reply = client.send(f"{DESK}front", typed_in)
    assert reply.status_code == 400
    assert "Date of the next update: write a day like 1 May 2026." in reply.text
    assert 'value="after Easter"' in reply.text


@pytest.mark.parametrize("segment", ["²", "x", "", "-1", "9" * 30])
def test_a_quote_that_cannot_be_is_refused(
    client: CheckedClient, session: Session, report: Report, officer: Staff, segment: str
) -> None:
    del officer
    session.commit()
    page = f"{DESK}entries/{report.entries[0].key}"
    reply = client.send(f"{page}/quote", {"coding": f"a/PC06/{segment}"}, page=page)
    assert reply.status_code == 400


def test_who_reads_what_people_wrote_is_recorded(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    session.commit()
    entry = report.entries[0]
    client.get(f"{DESK}entries/{entry.key}")
    session.expire_all()
    newest = select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(1)
    event = session.scalars(newest).one()
    assert (event.verb, event.object_type, event.object_id) == ("read", "entry", entry.id)
    reader = session.scalars(select(User).where(User.email == officer.email)).one()
    assert event.actor == reader.id
    assert audit.verify(session).ok


def test_a_refused_publication_quotes_nobody(
    session: Session, report: Report, settings: Settings
) -> None:
    saying = dataclasses.replace(
        made.saying(report.entries[0]), said_text="Mrs Smith never rings back."
    )
    services.write_saying(session, report.entries[0], saying, actor="x", now=made.NOW)
    job = jobs.enqueue(session, "publish", report.id, asked_by="x", now=made.NOW)
    with pytest.raises(services.PublicationRefusedError) as refused:
        services.publish_report(session, job, lambda *_: None, settings=settings, now=made.NOW)
    assert str(refused.value) == "The report breaks rules. Open its page to see which."


def test_an_entry_is_marked_for_review_when_its_theme_changes_after_publication(
    officer: Staff, session: Session, scenario: Scenario, published: Report
) -> None:
    assert services.to_review(session, published) == frozenset()
    theme, later = scenario.themes[made.WAITING.name], made.NOW + dt.timedelta(days=9)
    decisions.rename(session, theme, name="Waits", easy_name="Waits", actor="analyst", now=later)
    session.commit()
    assert services.to_review(session, published) == {scenario.entry(published, made.WAITING).key}
    assert "marked “Review”" in officer.opens(DESK).get_data(as_text=True)


def test_what_families_said_can_be_mended_while_nobody_has_answered(
    client: CheckedClient, session: Session, scenario: Scenario, officer: Staff
) -> None:
    del officer
    report = services.build(session, scenario.consultation, actor="x", now=made.NOW)
    for one in report.entries:
        services.write_saying(session, one, made.saying(one), actor="x", now=made.NOW)
    services.approve_findings(session, report, actor="x", now=made.NOW)
    session.commit()
    entry = report.entries[0]
    values = typed(entry) | {"said_text": "We wait too long."}
    assert client.send(f"{DESK}entries/{entry.key}", values).status_code == 303
    begun = client.send(f"{DESK}entries/{entry.key}", values | {"difference": "You notice."})
    assert begun.status_code == 400
    assert "Choose how far the answer is." in begun.text
    session.expire_all()
    assert (entry.said_text, entry.response_type) == ("We wait too long.", None)


def test_everything_that_an_answer_lacks_is_said_at_its_own_field(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = report.entries[0]
    values = typed(entry) | {"response_type": "planned", "owner_role": "", "due_on": ""}
    page = client.send(f"{DESK}entries/{entry.key}", values).text
    assert '<a href="#owner_role">Say which post will do it.</a>' in page
    assert '<a href="#due_on">Say by when it will be done.</a>' in page
    assert "What the rules ask for" not in page
    page = client.send(f"{DESK}entries/{entry.key}", values | {"due_on": "soon"}).text
    assert "To be done by: write a day like 1 May 2026." in page


def test_what_families_refused_since_stands_on_the_overview(
    client: CheckedClient,
    session: Session,
    scenario: Scenario,
    staff: Callable[..., Staff],
    settings: Settings,
) -> None:
    report = made.published(session, scenario, settings)
    entry = report.entries[0]
    body = approvals.add_co_owner(
        session, scenario.consultation, code="forum", name="The forum", easy_name="parents",
        kind="parent_carer_forum", actor="x", now=made.NOW,
    )  # fmt: skip
    chair = staff("co_owner")
    chair.signs_in()
    account = session.scalars(select(User).where(User.email == chair.email)).one()
    approvals.seat(session, body, account, actor="x", now=made.NOW)
    page = client.get(DESK).text
    assert "Since version 1" not in page
    approvals.sign(
        session, entry, body, outcome="refused", note="It is not so.", actor=account.id,
        now=made.NOW,
    )  # fmt: skip
    session.commit()
    page = client.get(DESK).text
    assert f"The forum refused to sign “{entry.title}” after it was published." in page
    assert f"{DESK}figures/" in page


@pytest.mark.full_on_postgresql
def test_no_link_of_the_overview_leads_somebody_to_a_refusal(
    client: CheckedClient,
    session: Session,
    scenario: Scenario,
    settings: Settings,
    staff: Callable[..., Staff],
) -> None:
    made.published(session, scenario, settings)
    session.commit()
    staff("co_owner").signs_in()
    page = BeautifulSoup(client.get(DESK).text, "html.parser").find("main")
    assert page
    for link in page.find_all("a", href=True):
        assert client.get(str(link["href"])).status_code == 200, link


def test_quotes_with_the_same_words_are_offered_once() -> None:
    offered = [
        Candidate("r", "PC06", place, text, "parent_carer", "Parent carer")
        for place, text in enumerate(["We wait.", "we  wait.", "Nobody rings."])
    ]
    assert [one.segment for one in _different(offered)] == [0, 2]
