"""What a person enters by hand: kept with name, day and source, corrected by a newer entry."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage import measuring
from engage.consultations import Consultation
from engage.orm import utc_now
from engage.settings import Settings
from reports.engagement import entering, handlines, keeping
from reports.engagement.byhand import ENTERED
from reports.engagement.entering import Number
from reports.engagement.measured import Measure
from reports.models.taken import EnteredMeasure, EnteredStaysError, KeptMeasure
from tests.factories import NOW, ConsultationFactory
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.people import Staff

DAY = dt.date(2026, 2, 20)
DESK = "/desk/consultations/{}/measures/by-hand/{}"
TYPED = {"value": "42", "out_of": "524", "on_date": "20 February 2026", "source": "The register"}


@pytest.fixture
def plan(session: Session) -> Consultation:
    """Return a consultation that nobody has answered yet."""
    del session
    made: Consultation = ConsultationFactory(slug="asked")
    return made


def put(
    session: Session, plan: Consultation, key: str, value: float, out_of: int | None, **more: object
) -> EnteredMeasure:
    typed = {"part": "", "on_date": DAY, "source": "The register", **more}
    number = Number(value=value, out_of=out_of, **typed)  # type: ignore[arg-type]  # as a test says
    return entering.enter(session, plan, ENTERED[key], number, actor="officer", now=NOW)


def lines(session: Session, plan: Consultation, key: str) -> list[Measure]:
    entered = entering.history(session, plan)
    found = handlines.lines(entered, entering.names(session, entered), 5)
    return [one for one in found if one.key == key]


def test_a_number_stands_with_who_entered_it_and_where_it_comes_from(
    session: Session, plan: Consultation
) -> None:
    put(session, plan, "schools", 42, 524)
    (line,) = lines(session, plan, "schools")
    assert (line.value, line.base, line.number, line.out_of) == ("8%", "42 of 524", 42, 524)
    assert line.note == "Entered by hand by officer. Source: The register."
    assert line.as_at == line.since == DAY


def test_a_correction_takes_its_place_and_the_history_keeps_both(
    session: Session, plan: Consultation
) -> None:
    put(session, plan, "schools", 24, 524)
    later = put(session, plan, "schools", 42, 524)
    later.entered_at += dt.timedelta(minutes=1)
    session.expunge(later)
    assert [row.value for row in entering.in_force([*entering.history(session, plan), later])] == [
        42.0
    ]
    assert len(entering.history(session, plan)) == 2


def test_earlier_days_are_the_trend(session: Session, plan: Consultation) -> None:
    put(session, plan, "rating", 3.0, 931, on_date=DAY - dt.timedelta(days=365), source="One")
    put(session, plan, "rating", 3.3, 852, source="Two")
    (line,) = lines(session, plan, "rating")
    assert (line.value, line.base) == ("3.3 out of 10", "852 people")
    assert line.along == "20 February 2025: 3 out of 10"


def test_sessions_are_added_and_none_of_few_follows_from_the_sum(
    session: Session, plan: Consultation
) -> None:
    for month, value, out_of in ((1, 21, 30), (2, 20, 28)):
        day = dt.date(2026, month, 5)
        put(
            session, plan, "cornerstones", value, out_of, part="welcome", on_date=day,
            source=f"Session {month}",
        )  # fmt: skip
    first, *others = lines(session, plan, "cornerstones")
    assert (first.value, first.base, first.trend) == ("71%", "41 of 58 people", ())
    assert {one.value for one in others} == {"Not entered yet"}
    put(
        session, plan, "cornerstones", 9, 11, part="welcome", on_date=dt.date(2025, 11, 5),
        source="Session 3",
    )  # fmt: skip
    (first, *_) = lines(session, plan, "cornerstones")
    seen = {(point.number, point.out_of) for point in first.trend}
    if first.number is not None:
        assert (41, 58) not in seen, "the quarter of two who did not put their hand up follows"
    assert (9, 11) not in seen


def test_a_few_people_are_hidden(session: Session, plan: Consultation) -> None:
    put(session, plan, "contacts_elsewhere", 3, None, part="heads")
    line = next(one for one in lines(session, plan, "contacts_elsewhere") if one.of)
    assert (line.value, line.base, line.number) == ("[c]", "", None)


def test_the_share_that_was_planned_is_the_aim(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    put(session, scenario.consultation, "access_planned", 15, None, part="paper")
    found = measuring.take(session, scenario.consultation, settings=settings, now=utc_now())
    paper = next(one for one in found if (one.key, one.of) == ("access", "On paper"))
    assert paper.aimed == "15% or more (planned)"


def test_what_was_entered_stays(session: Session, plan: Consultation) -> None:
    kept = put(session, plan, "schools", 42, 524)
    kept.value = 400
    with pytest.raises(EnteredStaysError):
        session.flush()
    session.rollback()


def test_the_database_itself_wants_a_source(session: Session, plan: Consultation) -> None:
    session.add(
        EnteredMeasure(
            consultation_id=plan.id, measure="schools", part="", value=1, out_of=None,
            on_date=DAY, source="", entered_by="officer", entered_at=NOW,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_facilitator_enters_a_number_and_mistakes_keep_what_was_typed(
    client: CheckedClient, session: Session, plan: Consultation, staff: Callable[..., Staff]
) -> None:
    session.commit()
    staff("facilitator").signs_in()
    address = DESK.format(plan.slug, "schools")
    wrong = client.send(address, {**TYPED, "value": "600"})
    assert wrong.status_code == 400
    assert "600 cannot be out of 524" in wrong.text
    assert 'value="The register"' in wrong.text
    assert client.send(address, {**TYPED, "value": "many"}).status_code == 400
    assert client.send(address, {**TYPED, "on_date": "1 May 2099"}).status_code == 400
    kept = client.send(address, TYPED)
    assert (kept.status_code, kept.location) == (303, address)
    assert "42 of 524" in client.get(address).text
    page = client.get(f"/desk/consultations/{plan.slug}/measures/")
    assert "Entered by hand by" in page.text
    assert address in page.text
    table = client.get(f"/desk/consultations/{plan.slug}/measures/measures.csv")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    row = next(one for one in rows if one["name"] == "Schools reached")
    assert (row["how"], row["value"], row["denominator"]) == ("Entered by hand", "8%", "524")
    assert client.get(DESK.format(plan.slug, "responses")).status_code == 404


def test_an_analyst_reads_and_enters_nothing(
    client: CheckedClient, session: Session, plan: Consultation, staff: Callable[..., Staff]
) -> None:
    session.commit()
    staff("analyst").signs_in()
    assert client.get(DESK.format(plan.slug, "schools")).status_code == 403
    assert "by-hand" not in client.get(f"/desk/consultations/{plan.slug}/measures/").text


@pytest.mark.parametrize(
    ("key", "of", "step", "stands"),
    [("responses", "", 1, False), ("responses", "", 7, True), ("to_answers", "", 2, True)],
)
def test_a_step_of_a_few_people_is_no_trend_and_one_of_days_is(  # what is kept is all it asks
    session: Session, plan: Consultation, key: str, of: str, step: int, stands: bool
) -> None:
    session.add(
        KeptMeasure(
            consultation_id=plan.id, kept_on=DAY, measure=key, of=of, value=str(40 - step),
            number=40 - step, out_of=None,
        )
    )  # fmt: skip
    session.flush()
    now = Measure(key, of, "40", number=40)
    (found,) = keeping.with_trends(session, plan.id, [now], 5)
    assert bool(found.trend) == stands


def test_measures_are_kept_once_a_month_and_never_a_hidden_one(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    now = utc_now()
    assert measuring.keep_due(session, settings=settings, now=now) > 20
    assert measuring.keep_due(session, settings=settings, now=now) == 0
    kept = session.scalars(select(KeptMeasure)).all()
    assert not [row for row in kept if "[c]" in row.value]
    plan = scenario.consultation
    assert keeping.is_due(session, plan, now + dt.timedelta(days=31))
    found = measuring.take(session, plan, settings=settings, now=now)
    everybody = next(one for one in found if one.key == "responses")
    assert [point.value for point in everybody.trend] == ["40"]
