"""What older versions give away is said on the desk where the next one is made."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.models import Report
from reports.publishing import givenaway, services
from tests.factories import NOW
from tests.integration.reports.scenario import CLUBS, WAITING, Scenario
from tests.people import Staff


def said(session: Session, report: Report, settings: Settings) -> list[str]:
    found = services.check(session, report, settings=settings, now=NOW)
    return [one.sentence for one in found if (one.rule, one.weight) == ("Y2", "warn")]


def test_a_theme_nested_in_another_after_both_were_printed_is_said_on_the_desk(
    session: Session,
    published: Report,
    scenario: Scenario,
    settings: Settings,
    staff: Callable[..., Staff],
) -> None:
    assert said(session, published, settings) == []

    scenario.themes[CLUBS.name].parent_id = scenario.themes[WAITING.name].id
    session.commit()
    sentence = givenaway.SENTENCE.format(
        who="professionals", what=f"counted under “{CLUBS.name}” and “{WAITING.name}”"
    )
    assert said(session, published, settings) == [sentence]
    somebody = staff("analyst")
    somebody.signs_in()
    assert sentence in somebody.opens("/desk/consultations/send-strategy/report/").text


def test_what_is_no_theme_is_named_by_what_it_is(report: Report) -> None:
    keys = ["question/parents/PC03/parent_carer/E when it was 7", "responses/all"]
    everybody = "how many answered or wrote"
    assert givenaway.sentences(keys, report) == (
        givenaway.SENTENCE.format(who="parent carers", what="what was answered to question PC03"),
        givenaway.SENTENCE.format(who="people", what=everybody),
    )
