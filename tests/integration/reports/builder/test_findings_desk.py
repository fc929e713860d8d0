"""The desk page on which an officer chooses the questions that a report prints."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from reports.findings import choosing
from reports.models import Report
from tests.people import Staff

PAGE = "/desk/consultations/send-strategy/report/builder/findings"


@pytest.fixture
def officer(session: Session, report: Report, staff: Callable[..., Staff]) -> Staff:
    del report
    session.commit()
    found = staff("engagement_officer")
    found.signs_in()
    return found


def codes(session: Session, report: Report) -> list[tuple[str, bool]]:
    session.expire_all()
    return [
        (one.code, one.is_included)
        for one in choosing.listed(session, report)
        if one.questionnaire == "parent-carers"
    ]


def act(officer: Staff, code: str, **pressed: str) -> str:
    officer.client.send(f"{PAGE}/parent-carers/{code}", pressed, page=PAGE)
    return officer.client.get(PAGE).text


def test_a_question_is_left_out_moved_and_put_back(
    session: Session, report: Report, officer: Staff
) -> None:
    before = codes(session, report)
    assert "Left out" in act(officer, "PC05", act="hide")
    assert ("PC05", False) in codes(session, report)
    assert 'id="finding-parent-carers-PC05"' in act(officer, "PC05", act="top")
    assert codes(session, report)[0] == ("PC05", False)
    assert "it will be printed" in act(officer, "PC05", act="show")
    assert sorted(codes(session, report)) == sorted(before)


def test_a_question_is_shown_by_groups_that_its_survey_can_tell_apart(
    session: Session, report: Report, officer: Staff
) -> None:
    one = next(o for o in choosing.listed(session, report) if "area" in o.ways)
    address = f"{PAGE}/{one.questionnaire}/{one.code}"
    officer.client.send(address, {"act": "group", "by": "area"}, page=PAGE)
    assert "it is shown by groups" in officer.client.get(PAGE).text
    session.expire_all()
    assert next(o for o in choosing.listed(session, report) if o.code == one.code).by == "area"


def test_what_cannot_be_done_is_said_and_nothing_changes(
    session: Session, report: Report, officer: Staff
) -> None:
    before = codes(session, report)
    assert "Nobody was asked this question" in act(officer, "PC99", act="hide")
    odd = officer.client.send(f"{PAGE}/parent-carers/PC05", {"act": "x"}, page=PAGE)
    assert odd.status_code == 400
    assert codes(session, report) == before


def test_an_analyst_sees_the_list_and_cannot_change_it(
    session: Session, report: Report, staff: Callable[..., Staff]
) -> None:
    session.commit()
    analyst = staff("analyst")
    analyst.signs_in()
    assert "Leave out" not in analyst.client.get(PAGE).text
    refused = analyst.client.send(f"{PAGE}/parent-carers/PC05", {"act": "hide"}, page=PAGE)
    assert refused.status_code in {400, 403}
    assert ("PC05", True) in codes(session, report)
