"""Quotes: only with permission, only from a crowd, and never finer than role and season."""

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.models.store import ProposedCoding, Theme
from engage.settings import Settings
from reports.findings import evidence
from reports.findings.evidence import QuoteNotAllowedError
from reports.models import EntryQuote, Report
from reports.publishing import services
from reports.publishing.services import RulesBrokenError
from surveys.models import Answer, AnswerHold
from surveys.services import hold
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario

QUESTION = made.FILES["parent_carer"][1]


def offered(session: Session, scenario: Scenario) -> set[str]:
    """Return the ids of those whose words about waiting may be printed."""
    theme = scenario.themes[made.WAITING.name]
    closed_on = scenario.consultation.closes_on
    found = evidence.quotable(session, scenario.run, [theme], closed_on)
    return {candidate.response_id for candidate in found}


def test_only_people_who_said_yes_from_groups_of_ten_are_offered(
    session: Session, scenario: Scenario
) -> None:
    parents = [response.id for response in scenario.responses["parent_carer"][:14]]
    assert offered(session, scenario) == set(parents[::2])


def test_held_and_withdrawn_words_are_not_offered(session: Session, scenario: Scenario) -> None:
    first, second = scenario.responses["parent_carer"][0], scenario.responses["parent_carer"][2]
    first.withdrawn_at = NOW
    session.add(AnswerHold(response_id=second.id, question=QUESTION, held_at=NOW))
    session.flush()
    assert offered(session, scenario).isdisjoint({first.id, second.id})


def test_a_quote_is_signed_by_role_and_season(session: Session, scenario: Scenario) -> None:
    theme = scenario.themes[made.WAITING.name]
    first = evidence.quotable(session, scenario.run, [theme], scenario.consultation.closes_on)[0]
    assert first.attribution == "Parent carer, winter 2025"
    assert first.text == made.WAITING.words[0]


def test_a_quote_without_permission_is_refused(
    session: Session, report: Report, scenario: Scenario
) -> None:
    said_no = scenario.responses["parent_carer"][1]
    entry = scenario.entry(report, made.WAITING)
    with pytest.raises(QuoteNotAllowedError):
        services.add_quote(
            session, entry, scenario.run, (said_no.id, QUESTION, 0), actor="x", now=NOW
        )


def test_the_table_refuses_a_quote_without_permission(
    session: Session, report: Report, scenario: Scenario
) -> None:
    session.add(
        EntryQuote(
            entry_id=report.entries[0].id, response_id=scenario.responses["parent_carer"][1].id,
            question=QUESTION, segment=0, position=0, text="x", attribution="y",
            permission="no", picked_by="x", picked_at=NOW,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="quote_has_permission"):
        session.flush()
    session.rollback()


def test_a_permission_taken_back_stops_publication(
    session: Session, report: Report, scenario: Scenario, settings: Settings
) -> None:
    writer = scenario.responses["parent_carer"][0]
    entry = scenario.entry(report, made.WAITING)
    services.add_quote(session, entry, scenario.run, (writer.id, QUESTION, 0), actor="x", now=NOW)
    session.get_one(Answer, (writer.id, "QP1", 0)).value = "no"
    session.flush()
    with pytest.raises(RulesBrokenError, match="no permission"):
        services.publish(session, report, settings=settings, actor="x", now=NOW)


def test_a_hold_stops_publication_without_saying_why(
    session: Session, report: Report, scenario: Scenario, settings: Settings
) -> None:
    writer = scenario.responses["parent_carer"][0]
    entry = scenario.entry(report, made.WAITING)
    services.add_quote(session, entry, scenario.run, (writer.id, QUESTION, 0), actor="x", now=NOW)
    hold(session, writer.id, QUESTION, now=NOW)
    session.flush()
    with pytest.raises(RulesBrokenError, match="cannot be used at present"):
        services.publish(session, report, settings=settings, actor="x", now=NOW)


def test_a_permitted_quote_is_published_redacted(
    session: Session, report: Report, scenario: Scenario, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    writer = scenario.responses["parent_carer"][0]
    entry = scenario.entry(report, made.WAITING)
    services.add_quote(session, entry, scenario.run, (writer.id, QUESTION, 0), actor="x", now=NOW)
    publication = services.publish(session, report, settings=settings, actor="x", now=NOW)
    assert made.WAITING.words[0] in publication.document
    assert "as they were written" not in publication.document, "raw words never leave"
    assert writer.id not in publication.document, "nothing points back at the writer"


def test_at_most_three_quotes_and_they_can_be_taken_out(
    session: Session, report: Report, scenario: Scenario
) -> None:
    entry = scenario.entry(report, made.WAITING)
    allowed = scenario.responses["parent_carer"][:14:2]
    codings = [(response.id, QUESTION, 0) for response in allowed]
    for coding in codings[:3]:
        services.add_quote(session, entry, scenario.run, coding, actor="x", now=NOW)
    with pytest.raises(QuoteNotAllowedError, match="at most 3"):
        services.add_quote(session, entry, scenario.run, codings[3], actor="x", now=NOW)
    services.drop_quote(session, entry, codings[0], actor="x", now=NOW)
    assert len(entry.quotes) == 2


def test_counts_are_people_and_bases_are_people_who_wrote(
    session: Session, scenario: Scenario
) -> None:
    themes = [scenario.themes[made.WAITING.name], scenario.themes[made.CLUBS.name]]
    found = evidence.for_themes(session, scenario.run, themes)
    assert found.people == {"parent_carer": 14, "professional": 6, "young_person": 7}
    assert found.bases == made.PEOPLE


def test_whole_sentences_are_offered_before_cut_ones_and_labels_last(
    session: Session, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = scenario.themes[made.WAITING.name]
    label, whole, *others = scenario.responses["parent_carer"][:14:2]
    texts = {whole.id: "We waited two whole years.", label.id: "[name] waited two whole years."}
    for one in session.scalars(
        select(ProposedCoding).where(ProposedCoding.response_id.in_(texts), of_theme(theme))
    ):
        one.redacted_text = texts[one.response_id]
    session.flush()
    day = scenario.consultation.closes_on
    found = evidence.quotable(session, scenario.run, [theme], day)
    words = [one.shown for one in found if one.text != made.BUSES.words[0]]
    assert words[0] == "We waited two whole years."
    assert words[1] == f"{made.WAITING.words[0]}\xa0…"
    assert words[-1] == "[name] waited two whole years."
    assert len(others) == words.count(words[1])
    monkeypatch.setattr(evidence, "AT_ONCE", 2)
    assert evidence.quotable(session, scenario.run, [theme], day) == found


def of_theme(theme: Theme) -> ColumnElement[bool]:
    return ProposedCoding.proposed_theme_id.in_([source.id for source in theme.sources])


def test_a_cut_quote_is_printed_with_its_cut(
    session: Session, report: Report, scenario: Scenario, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    writer = scenario.responses["parent_carer"][0]
    entry = scenario.entry(report, made.WAITING)
    services.add_quote(session, entry, scenario.run, (writer.id, QUESTION, 0), actor="x", now=NOW)
    made_of = services.next_document(session, report, settings=settings, now=NOW)
    (quote,) = next(one.quotes for one in made_of.entries if one.key == entry.key)
    assert quote.text == made.WAITING.words[0]
    assert quote.shown == f"{made.WAITING.words[0]}\xa0…"
