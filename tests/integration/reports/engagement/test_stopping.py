"""Where people stop: counted when their answers are deleted, apart from everybody."""

import datetime as dt

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from engage.orm import utc_now
from engage.settings import Settings
from reports.engagement import gathering
from reports.engagement.measured import Measure
from surveys import queries, services
from surveys.models import PaperSheet, Response, StoppedAfter, Survey
from surveys.screens import ANSWERS_KEPT_DAYS
from tests.factories import NOW
from tests.integration.reports.scenario import Scenario

LONG_AGO = NOW - dt.timedelta(days=ANSWERS_KEPT_DAYS + 1)


def stop(session: Session, scenario: Scenario, people: int, page: str | None) -> None:
    """Let people begin on a screen, go past a page, and never send it."""
    sent = scenario.responses["parent_carer"][0]
    for one in scenario.responses["parent_carer"]:
        one.channel = "online_std"
    for _ in range(people):
        session.add(
            Response(
                survey_version_id=sent.survey_version_id, edition="easy", channel="online_er",
                kind="individual", notice_version="1", started_at=LONG_AGO, reached=page,
            )
        )  # fmt: skip
    session.flush()


def first_page(session: Session, scenario: Scenario) -> str:
    survey = session.scalars(select(Survey).where(Survey.audience == "parent_carer")).one()
    assert survey.consultation_id == scenario.consultation.id
    return queries.current_document(session, survey).pages[0].id


def taken(session: Session, scenario: Scenario, settings: Settings, key: str) -> list[Measure]:
    found = gathering.measures(
        session, scenario.consultation, read_in_time=(0, 0), settings=settings, now=utc_now()
    )
    return [one for one in found if one.key == key]


def test_where_people_stopped_is_the_same_before_and_after_their_answers_are_deleted(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    stop(session, scenario, 7, None)
    stop(session, scenario, 13, first_page(session, scenario))
    before = taken(session, scenario, settings, "stopped")
    assert [(one.number, one.out_of) for one in before] == [(7, 40), (13, 40)]
    assert before[0].of == "Parent carers: Before the first question"
    assert "After " in before[1].of
    assert {one.note for one in before} == {"Look at it."}
    assert services.forget_unsent(session, now=NOW) == 20
    assert taken(session, scenario, settings, "stopped") == before


def test_a_few_who_stopped_are_hidden_and_nobody_can_work_them_out(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    stop(session, scenario, 12, None)
    stop(session, scenario, 2, first_page(session, scenario))
    found = taken(session, scenario, settings, "stopped")
    assert {one.value for one in found} == {"[c]"} or all(one.number != 2 for one in found)
    shown = sum(one.number or 0 for one in found)
    finished = next(
        one for one in taken(session, scenario, settings, "finished") if one.of == "Parent carers"
    )
    if finished.number is not None and finished.out_of is not None:
        assert finished.out_of - finished.number - shown != 2


def test_counts_of_stops_add_up_and_hold_no_time(session: Session, scenario: Scenario) -> None:
    for _ in range(2):
        stop(session, scenario, 3, None)
        services.forget_unsent(session, now=NOW)
    (row,) = session.scalars(select(StoppedAfter))
    assert (row.people, row.page, row.edition) == (6, "", "easy")
    columns = {
        column["name"] for column in inspect(session.connection()).get_columns("stopped_after")
    }
    assert columns == {"survey_version_id", "edition", "page", "people"}


def test_those_deleted_before_places_were_counted_are_said_to_be_unknown(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    stop(session, scenario, 9, None)
    services.forget_unsent(session, now=NOW)
    for row in session.scalars(select(StoppedAfter)):
        session.delete(row)
    session.flush()
    (found,) = taken(session, scenario, settings, "stopped")
    assert found.of == "Parent carers: Not known: deleted before it was counted"
    assert (found.number, found.out_of) == (9, 29)


@pytest.mark.parametrize("channel", ["phone", "import_forms", "paper_std"])
def test_what_did_not_begin_on_a_screen_is_not_finished_on_one(
    session: Session, scenario: Scenario, settings: Settings, channel: str
) -> None:
    for one in scenario.responses["professional"]:
        one.channel = channel
    session.flush()
    found = [one.of for one in taken(session, scenario, settings, "finished")]
    assert "Professionals" not in found


def test_a_sheet_keyed_for_a_session_is_paper_whatever_its_channel(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    for group in scenario.responses.values():
        for one in group:
            one.channel = "online_std"
    for number, one in enumerate(scenario.responses["professional"]):
        one.channel = "youth_council"
        session.add(
            PaperSheet(
                survey_version_id=one.survey_version_id, edition="standard", code=f"S{number}",
                printed_on=NOW.date(), response_id=one.id, keyed_by="officer",
                keyed_on=NOW.date(),
            )
        )  # fmt: skip
    session.flush()
    paper = next(
        one for one in taken(session, scenario, settings, "access") if one.of == "On paper"
    )
    assert paper.number == 12
