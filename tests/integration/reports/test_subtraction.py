"""An attacker subtracts: no two published numbers may give a few people away."""

import dataclasses
import itertools

import pytest
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.documents.document import Document, Fact, from_json
from reports.documents.printed import ledger
from reports.formats import render
from reports.models import Publication, Report
from reports.publishing import counts, services
from reports.publishing.services import RulesBrokenError
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Plan, Scenario

pytestmark = pytest.mark.usefixtures("no_pdf")
SMALL = range(1, 5)
WIDE = Plan("Wide", "Wide", "A2", {"parent_carer": 25, "professional": 20}, ("a",))
FEW = Plan("Few", "Few", "A3", {"parent_carer": 3, "professional": 0}, ("b",), first=25)
REST = dataclasses.replace(made.UNREAD, people={"parent_carer": 40, "professional": 30})
CROWD = {"parent_carer": 40, "professional": 30}


def united(session: Session, scenario: Scenario) -> Report:
    """Return a written report whose only entry brings all themes together."""
    report = services.create_report(session, scenario.consultation, actor="x", now=NOW)
    themes = [theme for theme in scenario.themes.values() if theme.approved_at]
    services.draft_entry(session, report, themes, actor="x", now=NOW, key="all")
    return made.reported(session, scenario)


def facts(publication: Publication) -> dict[str, Fact]:
    """Return every published number by its key."""
    return {fact.key: fact for fact in ledger(from_json(publication.document))}


def again(session: Session, report: Report, settings: Settings) -> Publication:
    """Publish the next version."""
    return services.publish(session, report, settings=settings, actor="x", now=NOW)


def test_a_union_does_not_give_a_hidden_theme_away(session: Session, settings: Settings) -> None:
    scenario = made.answered(session, people=CROWD, plans=(WIDE, FEW, REST))
    shown = facts(again(session, united(session, scenario), settings))
    theme = scenario.themes["Wide"].id
    assert shown[f"theme/{theme}/parent_carer"].value == 25
    union = shown["entry/all/parent_carer"]
    assert (union.value, union.shorthand) == (None, "[c]")
    assert union.wording == "Not shown for parent carers, so that nobody can be recognised"
    assert shown["entry/all/professional"].value == 20


def test_a_union_of_people_who_are_in_one_theme_anyway_is_shown(
    session: Session, settings: Settings
) -> None:
    inside = dataclasses.replace(FEW, first=0)
    scenario = made.answered(session, people=CROWD, plans=(WIDE, inside))
    shown = facts(again(session, united(session, scenario), settings))
    few = shown[f"theme/{scenario.themes['Few'].id}/parent_carer"]
    assert shown["entry/all/parent_carer"].value == 25
    assert (few.value, few.wording) == (
        None,
        "Fewer than 5 of 25 parent carers who wrote a comment",
    )


def test_a_hidden_union_is_said_plainly_on_both_pages(session: Session, settings: Settings) -> None:
    scenario = made.answered(session, people=CROWD, plans=(WIDE, FEW, REST))
    publication = again(session, united(session, scenario), settings)
    voice = from_json(publication.document).entries[0].voices[0]
    assert render.without_name(voice) == "Not shown, so that nobody can be recognised"
    assert voice.easy.text == "We do not say how many parents and carers said this."


def test_an_entry_whose_unions_all_betray_somebody_is_refused(
    session: Session, settings: Settings
) -> None:
    few = dataclasses.replace(FEW, people={"parent_carer": 3, "professional": 2})
    scenario = made.answered(session, people=CROWD, plans=(WIDE, few))
    with pytest.raises(RulesBrokenError, match="No count can be shown"):
        again(session, united(session, scenario), settings)


def test_two_entries_that_answer_the_same_themes_say_the_same_number(
    session: Session, settings: Settings
) -> None:
    few = dataclasses.replace(FEW, people={"parent_carer": 10, "professional": 10})
    scenario = made.answered(session, people=CROWD, plans=(WIDE, few))
    report = united(session, scenario)
    themes = list(scenario.themes.values())
    services.draft_entry(session, report, themes, actor="x", now=NOW, key="again")
    session.expire(report)
    tally = counts.tally(session, report, scenario.run, settings)
    values = {counts.voices(tally, entry)[0].fact.value for entry in report.entries}
    assert values == {35}


@pytest.fixture
def tiny(session: Session, settings: Settings) -> Document:
    """Return a report on 20, 12 and 3 people, of whom all wrote something."""
    people = {"parent_carer": 20, "professional": 12, "young_person": 3}
    whole = dataclasses.replace(made.UNREAD, people=people)
    scenario = made.answered(session, people=people, plans=(*made.THEMES[:3], whole))
    report = made.reported(session, scenario)
    return from_json(again(session, report, settings).document)


def test_an_audience_hidden_beside_the_total_has_no_base_anywhere(tiny: Document) -> None:
    found = ledger(tiny)
    assert next(fact.value for fact in found if fact.key == "responses/all") == 35
    hidden = [f for f in found if f.audience in {"professional", "young_person"}]
    assert hidden
    assert {(fact.value, fact.base) for fact in hidden} == {(None, None)}
    keys = {fact.key: fact for fact in found}
    assert keys["responses/professional"].value is None
    assert keys["wrote/parent_carer"].value == 20
    assert not keys.keys() & {"wrote/all", "responses/young/of-all"}
    assert all("12" not in fact.wording for fact in hidden)


def test_the_cloud_has_no_base_when_an_audience_is_hidden(tiny: Document) -> None:
    assert tiny.words
    assert {word.fact.base for word in tiny.words} == {None}
    assert " of 0 people" not in render.cloud_alt(tiny.words)
    assert "people who wrote a comment" in render.cloud_alt(tiny.words)


def subtracted(old: dict[str, Fact], new: dict[str, Fact]) -> dict[str, int]:
    """Return every difference of fewer than five people that a reader of both can make.

    The headline of what was raised most repeats one number or another, so it is left out.
    """
    found = {}
    for key in (old.keys() & new.keys()) - {"headline/most-raised"}:
        before, after = old[key], new[key]
        pairs = {key: (before.value, after.value), f"{key} of": (before.base, after.base)}
        for name, (first, second) in pairs.items():
            if first is not None and second is not None and abs(first - second) in SMALL:
                found[name] = second - first
    return found


@pytest.mark.full_on_postgresql
@pytest.mark.parametrize("gone", range(7))
def test_versions_subtracted_give_nobody_away(
    session: Session, published: Report, scenario: Scenario, settings: Settings, gone: int
) -> None:
    first = services.latest(session, published)
    assert first is not None
    for response in scenario.responses["parent_carer"][:gone]:
        response.withdrawn_at = NOW
    session.flush()
    second = again(session, published, settings)
    assert subtracted(facts(first), facts(second)) == {}
    moved = [fact for fact in facts(second).values() if fact.shorthand == "[r]"]
    assert bool(moved) == (gone >= 5)
    assert [line.fact.wording for line in from_json(second.document).method if line.fact] == [
        line.text for line in from_json(second.document).method if line.fact
    ]


@pytest.mark.full
def test_leaving_one_by_one_is_noticed_only_together(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    shown = []
    for response in scenario.responses["parent_carer"][:8:-1]:
        response.withdrawn_at = NOW
        session.flush()
        shown.append(facts(again(session, published, settings)))
    for old, new in itertools.combinations(shown, 2):
        assert subtracted(old, new) == {}
    assert [version["responses/all"].value for version in shown] == [40] * 4 + [35] * 5 + [30] * 2
    assert shown[5]["responses/all"].shorthand is None, "what was revised once is not for ever"


def test_parts_that_move_little_keep_the_total_too(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    leaving = scenario.responses["parent_carer"][:5] + scenario.responses["professional"][:3]
    for response in leaving:
        response.withdrawn_at = NOW
    session.flush()
    second = facts(again(session, published, settings))
    values = [second[f"responses/{code}"].value for code in ("all", *made.PEOPLE)]
    assert values == [40, 20, 12, 8]


def test_a_theme_that_people_read_again_moves_only_by_enough(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    first = services.latest(session, published)
    assert first is not None
    buses, clubs = scenario.themes[made.BUSES.name], scenario.themes[made.CLUBS.name]
    buses.sources[0].run_id = scenario.run.id
    clubs.sources.append(scenario.themes[made.WAITING.name].sources[0])
    session.flush()
    second = again(session, published, settings)
    shown = facts(second)
    assert subtracted(facts(first), shown) == {}
    assert shown[f"theme/{clubs.id}/parent_carer"].value == 14
    assert shown[f"theme/{clubs.id}/professional"].value == 5, "one more would point at somebody"
