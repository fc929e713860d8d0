"""The measures of our own work: what they count, what they hide, and who sees them."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.orm import utc_now
from engage.settings import Settings
from reports.engagement import gathering, takingpart
from reports.engagement.measured import Measure
from reports.models import Report
from surveys import queries, services
from surveys.models import Response, Told
from surveys.screens import ANSWERS_KEPT_DAYS
from tests.factories import NOW, ConsultationFactory
from tests.integration.reports.scenario import Scenario
from tests.integration.reports.told import round_of
from tests.pages import CheckedClient
from tests.people import Staff

PAGE = "/desk/consultations/send-strategy/measures/"
LONG_AGO = dt.timedelta(days=ANSWERS_KEPT_DAYS + 1)


def begin(session: Session, scenario: Scenario, audience: str, number: int) -> None:
    """Let everybody answer on the web, and others begin long ago and not send."""
    sent = scenario.responses[audience][0]
    for one in scenario.responses[audience]:
        one.channel = "online_std"
    for _ in range(number):
        session.add(
            Response(
                survey_version_id=sent.survey_version_id, edition="standard",
                channel="online_std", kind="individual", notice_version="1",
                started_at=NOW - LONG_AGO,
            )
        )  # fmt: skip
    session.flush()


def taken(session: Session, scenario: Scenario, settings: Settings) -> list[Measure]:
    plan = scenario.consultation
    return list(
        gathering.measures(session, plan, read_in_time=(9, 10), settings=settings, now=utc_now())
    )


def one(found: list[Measure], name: str, of: str = "") -> Measure:
    return next(m for m in found if m.defined.name == name and m.of == of)


def test_who_finished_is_still_known_when_what_was_begun_is_deleted(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    begin(session, scenario, "parent_carer", 20)
    before = one(taken(session, scenario, settings), "Finished", "Parent carers")
    assert (before.value, before.base) == ("50%", "20 of 40 people")
    assert services.forget_unsent(session, now=NOW) == 20
    assert one(taken(session, scenario, settings), "Finished", "Parent carers") == before


def test_what_the_record_keeps_of_unsent_answers_names_nobody(
    session: Session, scenario: Scenario
) -> None:
    begin(session, scenario, "parent_carer", 2)
    ids = set(session.scalars(select(Response.id).where(Response.submitted_at.is_(None))))
    services.forget_unsent(session, now=NOW)
    kept = session.scalars(
        select(audit.AuditEvent).where(audit.AuditEvent.verb == services.FORGOT_UNSENT)
    ).all()
    version = scenario.responses["parent_carer"][0].survey_version_id
    assert [event.object_id for event in kept] == [version, version]
    assert not ids & {event.object_id for event in kept}


def test_two_who_did_not_finish_cannot_be_worked_out(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    begin(session, scenario, "parent_carer", 2)
    hidden = one(taken(session, scenario, settings), "Finished", "Parent carers")
    assert hidden.value == "[c]"
    assert "22" not in hidden.base


def test_each_number_of_a_snapshot_is_counted_once(session: Session, scenario: Scenario) -> None:
    snapshot = queries.latest_snapshot(session, scenario.consultation.id)
    assert snapshot
    found = takingpart.gather(session, snapshot)
    assert found.answered == {"parent_carer": 20, "professional": 12, "young_person": 8}
    for by in found.by.values():
        assert sum(by.values()) == 40
    assert sum(found.kinds.values()) == sum(found.channels.values()) == 40
    for question in found.questions:
        everybody = found.answered[question.audience]
        asked = found.kinds[question.audience, question.edition] if question.edition else everybody
        assert 0 <= found.blank[question.key] <= asked


def test_what_came_of_it_is_read_off_what_is_published(
    session: Session, scenario: Scenario, published: Report, settings: Settings
) -> None:
    found = taken(session, scenario, settings)
    closed = scenario.consultation.closes_on
    days = (published.publications[0].published_at.date() - closed).days
    assert one(found, "From closing to “You said, we did”").value == f"{days} days"
    assert one(found, "Themes with an answer").value == "3 of 3"
    standing = [m for m in found if m.key == "standing"]
    assert sum(int(m.base.split()[0]) for m in standing) == 3
    assert one(found, "Told what happened").value == "Not yet"
    assert one(found, "Read for safety in time").base == "9 of 10 texts"


@pytest.mark.usefixtures("published")
def test_staff_see_them_and_take_them_away(
    client: CheckedClient, session: Session, staff: Callable[..., Staff]
) -> None:
    session.commit()
    staff("facilitator").signs_in()
    page = client.get(PAGE)
    assert "Our own measures" in page.text
    assert "What is not measured, and why" in page.text
    reply = client.get(f"{PAGE}measures.csv")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    whole = next(r for r in rows if r["name"] == "People who answered" and not r["of"])
    assert (whole["measure"], whole["value"], whole["numerator"]) == ("M1", "40", "40")
    assert {f"M{number}" for number in range(1, 22)} == {row["measure"] for row in rows} - {""}
    assert all(row["definition"] for row in rows if row["group"] != "Not measured")


def test_nothing_is_counted_before_answers_are_fixed(session: Session, settings: Settings) -> None:
    plan = ConsultationFactory(slug="not-closed-yet")
    found = gathering.measures(session, plan, read_in_time=(0, 0), settings=settings, now=utc_now())
    assert "People who answered" not in {one.defined.name for one in found}
    assert one(list(found), "From closing to approved findings").value == "Not yet"


def test_readers_see_how_many_were_told_once_nobody_waits_any_more(
    client: CheckedClient, session: Session, published: Report
) -> None:
    address = f"/you-said-we-did/{published.slug}/"
    said = "34 of 40 people who asked to be told were told when it was published."
    assert "asked to be told" not in client.get(address).text
    opened = round_of(session, published, told=34, others=6, state="waiting")
    assert "asked to be told" not in client.get(address).text
    for row in session.scalars(select(Told).where(Told.telling_id == opened.id)):
        row.state = "refused" if row.state == "waiting" else row.state
    session.commit()
    assert said in client.get(address).text
    assert "We told 34 people what we did." in client.get(f"{address}easy-read").text


def test_a_handful_who_were_not_told_do_not_follow_from_it(
    client: CheckedClient, session: Session, published: Report
) -> None:
    opened = round_of(session, published, told=38, others=0, state="waiting")
    session.add(Told(telling_id=opened.id, number=99, state="refused"))
    session.commit()
    page = client.get(f"/you-said-we-did/{published.slug}/").text
    assert "How many were told when it was published: not shown" in page
    assert "39 people" not in page
    assert "ewer than 5 of 39" not in page, "38 were told: that would be untrue"
