"""A page that was drawn before is shown again only while nothing has come beside it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from engage.commits import Commits
from engage.settings import Settings
from reports.documents.document import from_json
from reports.entries import approvals
from reports.models import Report
from reports.models.life import CoOwner
from reports.public import served, stamps
from reports.publishing import services, takeouts
from surveys.services import withdraw
from tests.conftest import SECRET
from tests.factories import NOW, UserFactory
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient

PAGE = "/you-said-we-did/send-strategy/"
#: What a run found stays as it is: whose words a quote is, is looked up once for each version.
FOR_EVER = {"corrected_clause", "proposed_coding"}
#: Nobody can rename a body, and a place to sign shows in public only once it was signed.
SHOWN_WITH_OTHERS = {"co_owner", "sign_off_slot"}


@pytest.fixture
def quoted(
    session: Session, report: Report, scenario: Scenario, settings: Settings, no_pdf: None
) -> Report:
    """Return a published report with a quote in it."""
    del no_pdf
    response = scenario.responses["parent_carer"][0]
    entry = scenario.entry(report, made.WAITING)
    coding = (response.id, made.FILES["parent_carer"][1], 0)
    services.add_quote(session, entry, scenario.run, coding, actor="x", now=NOW)
    services.publish(session, report, settings=settings, actor="x", now=NOW)
    session.commit()
    return report


@pytest.fixture
def forum(session: Session, quoted: Report) -> tuple[CoOwner, str]:
    member = UserFactory(with_roles=["co_owner"])
    body = approvals.add_co_owner(
        session, quoted.consultation, code="forum", name="Parent Carer Forum",
        easy_name="parents", kind="parent_carer_forum", actor="x", now=NOW,
    )  # fmt: skip
    approvals.seat(session, body, member, actor="x", now=NOW)
    session.commit()
    return body, member.id


def stamp(session: Session, report: Report, sources: tuple[str, ...]) -> object:
    session.commit()
    return stamps.read(session.connection(), report.id, sources)


def test_whatever_families_say_or_take_out_changes_the_stamp(
    session: Session, quoted: Report, scenario: Scenario, forum: tuple[CoOwner, str]
) -> None:
    body, member = forum
    document = from_json(services.latest(session, quoted).document)  # type: ignore[union-attr]  # it is published
    connection = session.connection()
    sources = stamps.quoted_from(connection, scenario.run.id, takeouts.quotes(document))
    assert stamps.quoted_from(connection, scenario.run.id, ()) == ()
    writer = scenario.responses["parent_carer"][0]
    assert writer.id in sources
    seen = [stamp(session, quoted, sources)]
    assert stamp(session, quoted, sources) == seen[0]
    known = {"actor": member, "now": NOW}
    entry = quoted.entries[0]
    given = approvals.give_verdict(session, entry, body, value="partly", text="Anna", **known)
    seen.append(stamp(session, quoted, sources))
    approvals.redact_verdict(session, given, reason="harm", **known)
    seen.append(stamp(session, quoted, sources))
    signed = approvals.sign(session, entry, body, outcome="refused", note="Anna", **known)
    seen.append(stamp(session, quoted, sources))
    entry.we_did_text += " More."
    seen.append(stamp(session, quoted, sources))
    approvals.redact_refusal(session, signed, reason="harm", **known)
    seen.append(stamp(session, quoted, sources))
    withdraw(session, writer, secret=SECRET, now=NOW)
    seen.append(stamp(session, quoted, sources))
    assert len({str(one) for one in seen}) == len(seen)


def test_a_kept_page_is_not_drawn_again_and_knows_nobody(
    quoted: Report, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    del quoted
    first = client.get(PAGE)
    monkeypatch.setattr(served, "_drawn", None)
    again = client.get(PAGE)
    assert again.data == first.data
    for one in (first, again):
        assert one.headers["Cache-Control"] == "public, max-age=300"
        assert one.headers["Vary"] == "Accept-Encoding"
    unchanged = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert unchanged.data == b""


def test_what_comes_after_shows_at_once_on_a_page_that_was_kept(
    session: Session, quoted: Report, scenario: Scenario, forum: tuple[CoOwner, str],
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    body, member = forum
    entry, known = quoted.entries[0], {"actor": member, "now": NOW}
    monkeypatch.setattr(served, "utc_now", lambda: NOW)
    old = client.get(PAGE)
    assert "Update due" not in old.text

    def shown() -> str:
        nonlocal old
        session.commit()
        old = client.get(PAGE, headers={"If-None-Match": old.headers["ETag"]})
        assert old.status_code == 200
        return old.text

    approvals.give_verdict(session, entry, body, value="not_yet", text="We still wait.", **known)
    assert "We still wait." in shown()
    approvals.sign(session, entry, body, outcome="refused", note="This is not true.", **known)
    assert "This is not true." in shown()
    withdraw(session, scenario.responses["parent_carer"][0], secret=SECRET, now=NOW)
    assert takeouts.WHY in shown()
    monkeypatch.setattr(served, "utc_now", lambda: NOW + dt.timedelta(days=3_000))
    assert "Update due" in shown()


def test_whatever_a_page_reads_is_asked_about_or_never_changes(
    session: Session, quoted: Report, forum: tuple[CoOwner, str], client: CheckedClient,
    engine: Engine,
) -> None:  # fmt: skip
    body, member = forum
    entry, known = quoted.entries[0], {"actor": member, "now": NOW}
    given = approvals.give_verdict(session, entry, body, value="partly", text="Anna", **known)
    approvals.sign(session, entry, body, outcome="refused", note="Anna", **known)
    approvals.redact_verdict(session, given, reason="harm", **known)
    session.commit()
    drawing = _tables_read(engine, lambda: client.get(PAGE))
    session.execute(text("UPDATE consultation SET purpose = purpose || '.'"))
    session.commit()  # it concerns no page, so the page is asked about but not drawn
    asking = _tables_read(engine, lambda: client.get(PAGE))
    assert drawing - asking == FOR_EVER | SHOWN_WITH_OTHERS
    assert {"family_verdict", "sign_off", "told", "publication"} <= asking


def test_while_nothing_is_committed_nothing_is_read(
    quoted: Report, client: CheckedClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    del quoted
    # A PostgreSQL may serve other tests at the same time, whose commits move the mark too.
    standing_still = object()
    monkeypatch.setattr(Commits, "mark", lambda _: standing_still)
    first = client.get(PAGE)
    again: list[bytes] = []
    assert _tables_read(engine, lambda: again.append(client.get(PAGE).data)) == set()
    assert again == [first.data]


def _tables_read(engine: Engine, act: Callable[[], object]) -> set[str]:
    said: list[str] = []

    def listen(*given: Any) -> None:
        said.append(given[2])

    event.listen(engine, "before_cursor_execute", listen)
    act()
    event.remove(engine, "before_cursor_execute", listen)
    return {table for one in said for table in re.findall(r"(?:FROM|JOIN) (\w+)", one)}
