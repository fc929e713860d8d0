"""Following an answer: findings before answers, owners, steps, what is due, and the ledger."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.entries import approvals, following, outcomes, promises
from reports.models import Entry, Report
from reports.models.life import OldPromise
from reports.publishing import services
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.people import Staff

DESK = "/desk/consultations/send-strategy/report/"
TODAY = dt.date(2026, 3, 2)
LEDGER = "/you-said-we-did/ledger"


@pytest.fixture
def officer(staff: Callable[..., Staff]) -> Staff:
    somebody = staff("engagement_officer", "approver")
    somebody.signs_in()
    return somebody


def test_nothing_is_answered_before_the_findings_are_approved(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    report = services.build(session, scenario.consultation, actor="x", now=NOW)
    with pytest.raises(services.FindingsNotApprovedError):
        services.respond_to(session, report.entries[0], made.DONE, actor="x", now=NOW)
    with pytest.raises(approvals.ApprovalError, match="Approve the findings first"):
        made.services.record_decision(
            session, report, decided_by="Board", decided_on=TODAY,
            considered="The findings with every theme.", actor="x", now=NOW,
        )  # fmt: skip
    found = services.check(session, report, settings=settings, now=NOW)
    assert "Approve the findings first, and answer them then." in {f.sentence for f in found}


def test_findings_with_nothing_written_in_them_cannot_be_approved(
    session: Session, scenario: Scenario, officer: Staff
) -> None:
    report = services.build(session, scenario.consultation, actor="x", now=NOW)
    first, *others = report.entries
    for one in others:
        services.write_saying(session, one, made.saying(one), actor="x", now=NOW)
    session.commit()
    sent = officer.client.send(f"{DESK}findings", page=DESK)
    page = officer.opens(sent.location).text
    wanted = f"Nobody has written what families said in 1 of 3 entries, such as “{first.title}”."
    assert wanted in page
    assert report.findings_approved_at is None
    services.write_saying(session, first, made.saying(first), actor="x", now=NOW)
    approvals.approve_findings(session, report, actor="x", now=NOW)
    assert report.findings_approved_at == NOW


def test_a_report_without_entries_has_no_findings_to_approve(
    session: Session, scenario: Scenario
) -> None:
    report = services.create_report(session, scenario.consultation, actor="x", now=NOW)
    with pytest.raises(approvals.ApprovalError, match="Make the entries"):
        approvals.approve_findings(session, report, actor="x", now=NOW)


def test_a_decision_lists_every_approved_theme(report: Report) -> None:
    assert [theme.name for theme in report.decisions[0].themes] == sorted(
        plan.name for plan in (made.WAITING, made.BUSES, made.CLUBS)
    )


@pytest.mark.parametrize("day", [dt.date(2026, 2, 1), dt.date(2026, 3, 3)])
def test_a_decision_lies_between_the_closing_and_today(
    session: Session, report: Report, day: dt.date
) -> None:
    with pytest.raises(approvals.ApprovalError, match="after the consultation closed"):
        services.record_decision(
            session, report, decided_by="Board", decided_on=day,
            considered="The findings with every theme.", actor="x", now=NOW,
        )  # fmt: skip


def test_the_desk_goes_from_findings_to_a_decision(
    client: CheckedClient, session: Session, scenario: Scenario, officer: Staff
) -> None:
    del officer
    report = services.build(session, scenario.consultation, actor="x", now=NOW)
    for one in report.entries:
        services.write_saying(session, one, made.saying(one), actor="x", now=NOW)
    session.commit()
    entry = f"{DESK}entries/{report.entries[0].key}"
    assert "How far is the answer?" not in client.get(entry).text
    assert client.send(f"{DESK}findings", page=DESK).status_code == 303
    assert "How far is the answer?" in client.get(entry).text
    values = {"decided_by": "Board", "decided_on": "2026-02-20", "considered": "Too short"}
    assert client.send(f"{DESK}decision", values).status_code == 400
    values["considered"] = "The findings, with every theme and its counts."
    assert client.send(f"{DESK}decision", values).status_code == 303
    assert "Themes considered: 3" in client.get(DESK).text


def test_words_are_checked_without_being_saved_or_lost(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = next(one for one in report.entries if one.response_type == "done")
    names = [c.name for c in Entry.__table__.columns if c.name not in {"id", "report_id", "key"}]
    values = {name: str(getattr(entry, name) or "") for name in names}
    values |= {"we_did_text": "We are working hard on the XYZ line.", "act": "check"}
    reply = client.send(f"{DESK}entries/{entry.key}", values)
    assert reply.status_code == 200
    assert "promises nothing by itself" in reply.text
    assert "Write out “XYZ” once" in reply.text
    assert "We are working hard on the XYZ line.</textarea>" in reply.text
    session.expire_all()
    assert entry.we_did_text == made.DONE.we_did_text


def test_an_entry_is_followed_up_at_the_desk(
    client: CheckedClient, session: Session, report: Report, officer: Staff
) -> None:
    del officer
    session.commit()
    entry = report.entries[0]
    path, page = f"{DESK}entries/{entry.key}", f"{DESK}entries/{entry.key}/follow-up"
    owner = {"role": "Head of SEND", "body": "Council", "answer_by": "2020-01-01"}
    assert "still to come" in client.send(f"{path}/owner", owner, page=page).text
    owner["answer_by"] = "2099-01-01"
    assert client.send(f"{path}/owner", owner, page=page).status_code == 303
    measure = {
        "name": "Calls answered", "baseline": "none", "current": "412", "as_at": "2026-02-28",
        "source": "",
    }  # fmt: skip
    reply = client.send(f"{path}/measures", measure, page=page)
    assert reply.status_code == 400
    assert "Calls answered" in reply.text
    measure["source"] = "The telephone system"
    assert client.send(f"{path}/measures", measure, page=page).status_code == 303
    step = {"on_date": "2026-02-28", "note": "Half is done.", "review_month": "3"}
    assert client.send(f"{path}/steps", step, page=page).status_code == 303
    links = {"outcome_bees": ["BEE_HEA"], "service_areas": ["health"]}
    assert client.send(f"{path}/links", links, page=page).status_code == 303
    assert client.send(f"{path}/links", {"promises": "PP99"}, page=page).status_code == 400
    session.expire_all()
    assert entry.events[-1].review_month == 3
    assert {tag.code for tag in entry.tags} == {"BEE_HEA", "health"}
    assert "Calls answered: 412 on 28 February 2026, none before" in client.get(page).text


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        (dt.date(2026, 6, 17), []),
        (dt.date(2026, 6, 18), ["check"]),
        (dt.date(2026, 5, 18), []),
    ],
)
def test_what_is_due_is_listed_a_fortnight_before(
    session: Session, report: Report, day: dt.date, owed: list[str]
) -> None:
    planned = next(one for one in report.entries if one.response_type == "planned")
    planned.review_due = dt.date(2026, 7, 2)
    found = [o.what for o in following.owed(session, report, day) if o.entry is planned]
    assert found == owed


def test_reviews_are_owed_after_three_six_and_twelve_months(
    session: Session, published: Report
) -> None:
    entry = published.entries[0]
    late = following.owed(session, published, dt.date(2027, 3, 2))
    mine = [(o.months, o.due_on) for o in late if o.entry is entry and o.what == "review"]
    assert mine == [
        (3, dt.date(2026, 6, 2)), (6, dt.date(2026, 9, 2)), (12, dt.date(2027, 3, 2)),
    ]  # fmt: skip
    step = following.Progress(TODAY, "Looked at.", review_month=3)
    following.add_step(session, entry, step, actor="x", now=NOW)
    late = following.owed(session, published, dt.date(2027, 3, 2))
    assert [o.months for o in late if o.entry is entry and o.what == "review"] == [6, 12]


def test_what_is_late_shows_by_itself(
    client: CheckedClient, session: Session, report: Report, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    planned = next(one for one in report.entries if one.response_type == "planned")
    planned.review_due = dt.date(2026, 2, 27)
    services.publish(session, report, settings=settings, actor="x", now=NOW)
    session.commit()
    page = client.get("/you-said-we-did/send-strategy/").text
    band = page.split(f'id="{planned.key}"', 1)[1].split("</article>", 1)[0]
    assert "Update due 27 February 2026" in band
    assert "We are late." in client.get("/you-said-we-did/send-strategy/easy-read").text
    ledger = client.get(LEDGER).text
    first = ledger.split('<li class="panel">')[1]
    assert planned.title in first
    assert "Update due 27 February 2026" in first


def test_the_ledger_is_searched_and_filtered_by_plain_links(
    client: CheckedClient, session: Session, report: Report, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    entry = report.entries[0]
    following.link(
        session, entry, {"outcome_bees": ["BEE_SAF"], "service_areas": ["health"]},
        actor="x", now=NOW,
    )  # fmt: skip
    services.publish(session, report, settings=settings, actor="x", now=NOW)
    session.commit()

    def titles(query: str) -> set[str]:
        page = client.get(f"{LEDGER}?{query}").text
        return {one.title for one in report.entries if f">{one.title}</a></h3>" in page}

    everything = {one.title for one in report.entries}
    assert titles("") == everything
    assert titles("bee=BEE_SAF") == titles("area=health") == {entry.title}
    assert titles("year=2026&audience=parent_carer") == everything
    assert titles("audience=professional") < everything
    assert titles("q=phone+line") == {
        one.title for one in report.entries if one.response_type == "done"
    }
    assert titles("ambition=nonsense") == set()
    assert "Nothing fits" in client.get(f"{LEDGER}?status=nonsense").text


def test_an_ambition_tells_its_numbers_and_what_changed(
    client: CheckedClient, session: Session, published: Report, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    wanted = outcomes.Definition(
        key="wait", taxonomy="ambitions", code="A2", name="Weeks to wait", unit="weeks",
        better="lower", source="Count",
    )  # fmt: skip
    measure = outcomes.define(session, wanted, actor="x", now=NOW)
    for day, value in ((dt.date(2025, 1, 1), 41), (dt.date(2026, 1, 1), 44)):
        outcomes.read_off(session, measure, as_at=day, value=value, actor="x", now=NOW)
    entry = next(one for one in published.entries if one.ambition == "A2")
    services.respond_to(session, entry, dataclasses.replace(made.PLANNED), actor="x", now=NOW)
    services.publish(session, published, settings=settings, actor="x", now=NOW)
    session.commit()
    page = client.get("/you-said-we-did/progress/A2").text
    assert "41 weeks (1 January 2025)" in page
    assert "Worse" in page
    assert "and is now “Planned”" in page
    everything = client.get("/you-said-we-did/progress").text
    assert "A2" in everything
    assert "and is now “Planned”" in everything, "whatever the ambition"
    assert client.get("/you-said-we-did/progress/A99").status_code == 404


def test_a_reading_stays_as_it_was(session: Session) -> None:
    wanted = outcomes.Definition(
        key="wait", taxonomy="ambitions", code="A2", name="Weeks", unit="", better="lower",
        source="Count",
    )  # fmt: skip
    measure = outcomes.define(session, wanted, actor="x", now=NOW)
    outcomes.read_off(session, measure, as_at=TODAY, value=41, actor="x", now=NOW)
    outcomes.read_off(session, measure, as_at=TODAY, value=41, actor="x", now=NOW)
    with pytest.raises(outcomes.IndicatorError, match="already"):
        outcomes.read_off(session, measure, as_at=TODAY, value=14, actor="x", now=NOW)


GOOD = "title,promise,due_on,source,ambition\nA base,A base opens.,2022-09-01,Old page,A3\n"


def test_old_promises_come_in_once_and_stand_as_late(
    client: CheckedClient, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert promises.import_file(session, file, is_demo=True, actor="x", now=NOW) == (1, 0)
    assert promises.import_file(session, file, is_demo=True, actor="x", now=NOW) == (0, 1)
    session.commit()
    page = client.get(LEDGER).text
    assert "Update due 1 September 2022" in page
    assert "Invented example" in page
    key = session.query(OldPromise).one().key
    promises.update(session, key, status="done", note="Open since May.", actor="x", now=NOW)
    session.commit()
    page = client.get(LEDGER).text
    assert "Update due" not in page.split('<li class="panel">')[1]
    assert "2 March 2026: Open since May." in page


def test_an_old_promise_is_updated_at_the_desk(
    client: CheckedClient, session: Session, tmp_path: Path, officer: Staff
) -> None:
    del officer
    desk = "/desk/old-promises/"
    assert "None have been brought in" in client.get(desk).text
    file = tmp_path / "old.csv"
    file.write_text(GOOD, encoding="utf-8")
    promises.import_file(session, file, actor="x", now=NOW)
    session.commit()
    values = {"key": "a-base-2022-09-01", "status": "", "note": "Open since May 2023."}
    reply = client.send(desk, values)
    assert reply.status_code == 400
    assert "Open since May 2023." in reply.text
    assert client.send(desk, values | {"status": "done"}).status_code == 303
    assert client.send(desk, values | {"status": "done", "key": "no-such"}).status_code == 400
    assert "Done. Open since May 2023." in client.get(desk).text
    assert "Open since May 2023." in client.get(LEDGER).text


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("A base,A base opens.,September 2022,Old page,A3", "not a date"),
        ("A base,A base opens.,2022-09-01,,A3", "source is empty"),
        ("A base,A base opens.,2022-09-01,Old page,A77", "not one of the ambitions"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_comes_in(
    session: Session, tmp_path: Path, line: str, what: str
) -> None:
    file = tmp_path / "old.csv"
    file.write_text(f"{GOOD}{line}\n", encoding="utf-8")
    with pytest.raises(promises.PromiseError, match=f"line 3: .*{what}"):
        promises.import_file(session, file, actor="x", now=NOW)
    assert session.query(OldPromise).count() == 0


def test_a_promise_in_prose_that_is_made_again_is_noticed(
    session: Session, report: Report, settings: Settings, tmp_path: Path
) -> None:
    entry = next(one for one in report.entries if one.response_type == "planned")
    again = f"title,promise,due_on,source\nRoutes,{entry.we_did_text},2022-09-01,Page of 2022\n"
    file = tmp_path / "old.csv"
    file.write_text(again, encoding="utf-8")
    promises.import_file(session, file, actor="x", now=NOW)
    found = services.check(session, report, settings=settings, now=NOW)
    (said,) = (one for one in found if one.rule == "Y17")
    assert "Routes, in Page of 2022" in said.sentence
