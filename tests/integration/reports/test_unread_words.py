"""Words that nobody has read for safety, or that a reader keeps back, leave the desk nowhere."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.redaction import Redacted, redact
from engage import jobs
from engage.safeguarding import outputs
from engage.settings import Settings
from reports.documents.document import from_json, to_json
from reports.findings import evidence
from reports.models import EntryQuote, Report
from reports.publishing import inspection, services, takeouts
from reports.representation import clouds
from surveys import exports
from surveys import services as surveys
from surveys.models import ReadForSafety, Survey
from surveys.queries import free_text
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario

QUESTION = made.FILES["parent_carer"][1]
Change = Callable[[Session, str], None]


def make_unread(session: Session, response_id: str) -> None:
    surveys.mark_unread(session, response_id, QUESTION)


def hold(session: Session, response_id: str) -> None:
    surveys.hold(session, response_id, QUESTION, now=made.NOW)


def quote_one(session: Session, scenario: Scenario, report: Report) -> EntryQuote:
    """Let an entry quote a parent."""
    entry = scenario.entry(report, made.WAITING)
    day = report.consultation.closes_on
    mine = set(parents(scenario))
    found = evidence.quotable(session, scenario.run, entry.themes, day)
    one = next(candidate for candidate in found if candidate.response_id in mine)
    words = (one.response_id, one.question, one.segment)
    return services.add_quote(session, entry, scenario.run, words, actor=made.ACTOR, now=made.NOW)


BOTH = pytest.mark.parametrize("change", [make_unread, hold])


def parents(scenario: Scenario) -> list[str]:
    return [response.id for response in scenario.responses["parent_carer"]]


@BOTH
def test_unread_words_are_in_no_public_figure(
    session: Session, scenario: Scenario, change: Change
) -> None:
    theme = scenario.themes[made.WAITING.name]
    before = evidence.for_themes(session, scenario.run, [theme])
    change(session, parents(scenario)[0])
    after = evidence.for_themes(session, scenario.run, [theme])
    assert after.people["parent_carer"] == before.people["parent_carer"] - 1
    assert after.bases["parent_carer"] == before.bases["parent_carer"] - 1
    draft = queries.people_by_audience(session, scenario.run.id, [theme])
    gone = int(change is hold)
    assert draft["parent_carer"] == before.people["parent_carer"] - gone, (
        "the draft has unread words"
    )


@BOTH
def test_unread_words_are_in_no_cloud(
    session: Session, scenario: Scenario, settings: Settings, change: Change
) -> None:
    theme = scenario.themes[made.BUSES.name]
    assert next(clouds.ways(session, scenario.run, [theme], settings)).offered["all"]
    for response_id in parents(scenario):
        change(session, response_id)
    assert next(clouds.ways(session, scenario.run, [theme], settings)).offered == {"all": ()}


@BOTH
def test_unread_words_cannot_be_quoted(
    session: Session, scenario: Scenario, change: Change
) -> None:
    theme, day = scenario.themes[made.WAITING.name], dt.date(2026, 2, 1)
    quotable = {one.response_id for one in evidence.quotable(session, scenario.run, [theme], day)}
    one = min(quotable & set(parents(scenario)))
    change(session, one)
    left = {found.response_id for found in evidence.quotable(session, scenario.run, [theme], day)}
    assert one not in left


@BOTH
def test_unread_words_are_in_no_export(
    session: Session, scenario: Scenario, change: Change
) -> None:
    survey = session.scalars(select(Survey).where(Survey.audience == "parent_carer")).one()
    words = "Words as they were written"
    before = exports.answers_csv(session, survey).count(words)
    change(session, parents(scenario)[0])
    after = exports.answers_csv(session, survey)
    assert after.count(words) == before - 1
    assert after.count(exports.HELD) == 1, "which of the two it is, is not said"


@BOTH
def test_a_quote_whose_words_are_not_read_stops_publication(
    session: Session, scenario: Scenario, report: Report, settings: Settings, change: Change
) -> None:
    change(session, quote_one(session, scenario, report).response_id)
    with pytest.raises(services.RulesBrokenError, match="cannot be used"):
        services.publish(session, report, settings=settings, actor=made.ACTOR, now=made.NOW)


def test_nothing_is_published_while_words_are_unread(
    session: Session, report: Report, settings: Settings
) -> None:
    session.execute(delete(ReadForSafety).where(ReadForSafety.question == "YP12"))
    with pytest.raises(services.RulesBrokenError, match="8 comments have not been read"):
        services.publish(session, report, settings=settings, actor=made.ACTOR, now=made.NOW)


def test_words_held_after_the_analysis_are_not_for_coding(
    session: Session, scenario: Scenario
) -> None:
    answer = (parents(scenario)[0], QUESTION)
    hold(session, answer[0])
    with pytest.raises(decisions.AnswerHeldError):
        decisions.code_answer(session, scenario.run, answer, [], actor="a", now=made.NOW)
    assert queries.clauses(session, scenario.run.id, answer) == []


def test_a_concern_after_publication_takes_the_quote_from_page_and_file(
    session: Session, scenario: Scenario, report: Report, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    quote = quote_one(session, scenario, report)
    publication = services.publish(
        session, report, settings=settings, actor=made.ACTOR, now=made.NOW
    )
    stored = from_json(publication.document)
    assert takeouts.taken_from(session, publication, stored) == frozenset()
    outputs.keep_back(session, quote.response_id, quote.question, now=made.NOW)
    taken = takeouts.taken_from(session, publication, stored)
    assert taken == {quote.text}
    shown = takeouts.without(stored, taken)
    assert quote.text not in to_json(shown)
    assert "safe" not in takeouts.WHY, "the reason is nobody's business"
    job = session.scalars(select(jobs.Job).where(jobs.Job.kind == takeouts.JOB)).one()
    assert (job.subject_id, job.asked_by) == (publication.id, "respondent")


def test_the_desk_counts_unread_words_as_it_would_one_by_one(
    session: Session, scenario: Scenario
) -> None:
    assert evidence.unread(session, scenario.run) == 0
    first, second, third = parents(scenario)[:3]
    make_unread(session, first)
    make_unread(session, second)
    hold(session, second)
    hold(session, third)
    every = free_text(session, scenario.run.snapshot_id)
    assert evidence.unread(session, scenario.run) == 1
    assert sum(not (one.read or one.held) for one in every) == 1
    state = evidence.quote_state(session, scenario.run, [first, third])
    assert list(state.values()) == [one for one in every if one.response_id in {first, third}]


def test_a_text_is_searched_for_names_once_however_often_the_rules_are_asked(
    session: Session, report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def search(text: str) -> Redacted:
        searched.append(text)
        return redact(text)

    monkeypatch.setattr(inspection, "redact", search)
    report.entries[0].said_text = "A text that nobody has typed before."
    first = services.check(session, report, settings=settings, now=made.NOW)
    assert services.check(session, report, settings=settings, now=made.NOW) == first
    assert searched.count("A text that nobody has typed before.") == 1
