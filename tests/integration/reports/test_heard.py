"""Who was heard: counted from the snapshot, protected together, and printed."""

import csv
import dataclasses
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engage.demo import people as demo
from engage.settings import Settings
from reports.documents import printed
from reports.documents.document import Document, from_json, to_json
from reports.formats import opendata, render
from reports.formats.source import Source
from reports.models import Figure, Publication, Report
from reports.publishing import recounting, services
from reports.representation import baselines
from reports.representation.heardparts import Heard
from surveys.models import Response
from surveys.services.equality import keep_equality
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.integration.reports.told import DACORUM, STEVENAGE, WATFORD, tell

pytestmark = pytest.mark.full_on_postgresql

PARENTS = 60


@pytest.fixture
def scenario(session: Session, settings: Settings) -> Scenario:
    """Return a consultation whose parents say where they live and what support there is."""
    found = made.answered(
        session, people={"parent_carer": PARENTS, "professional": 12, "young_person": 8},
        secret=settings.secret_key,
    )  # fmt: skip
    parents = found.responses["parent_carer"]
    tell(session, parents, "PC18", {STEVENAGE: 30, WATFORD: 17, DACORUM: 3})
    tell(session, parents, "PC03", {"E": 45, "K": 10})
    county = demo.HERE / "baselines.csv"
    baselines.import_file(session, county, actor="demo", now=NOW)
    return found


def document(session: Session, report: Report, settings: Settings) -> Document:
    return services.next_document(session, report, settings=settings, now=NOW)


def who(session: Session, report: Report, settings: Settings) -> Heard:
    found = document(session, report, settings).who
    assert found is not None
    return found


def test_reach_is_out_of_pupils_and_says_that_they_are_no_families(
    session: Session, report: Report, settings: Settings
) -> None:
    parents, young, professionals = who(session, report, settings).reach

    assert parents.fact.wording.startswith("60 parent carers answered; there are 41,770 pupils")
    assert parents.rate.startswith("1.4 for every 1,000")
    assert "not families" in parents.caution
    assert parents.baselines == ("pupils_ehcp", "pupils_sen_support")
    assert young.audience == "young_person"
    assert professionals.rate == "How many there are in the county is not known to this report"


def test_a_map_hides_a_small_district_and_one_beside_it(
    session: Session, report: Report, settings: Settings
) -> None:
    (parents,) = who(session, report, settings).maps
    shown = {place.code: place.fact.value for place in (*parents.places, *parents.others)}

    assert shown[STEVENAGE] == 30
    assert shown[DACORUM] is None
    hidden = [code for code, value in shown.items() if value is None]
    assert len(hidden) > 1, "else it follows from the base"
    assert sum(value or 0 for value in shown.values()) < PARENTS - 5


def test_families_with_a_plan_are_more_than_their_share(
    session: Session, report: Report, settings: Settings
) -> None:
    found = who(session, report, settings)
    support = next(one for one in found.profiles if one.is_compared)
    plans = support.groups[0]

    assert (plans.share, plans.population) == ("82%", "23%")
    assert plans.compared == "More than their share"
    assert any("SEN support" in fact.wording for fact in found.missing)
    assert [line.text for line in found.easy][-1].startswith("Extra help at school")


def test_every_number_is_in_the_ledger_and_can_be_counted_again(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    found = document(session, report, settings)
    basis = recounting.Basis(session, found, scenario.run, settings=settings, now=NOW)
    mine = printed.facts_in(found.who)
    again = {fact.key: recounting.recount(basis, fact) for fact in mine if fact.value}

    assert {fact.key for fact in printed.ledger(found)} >= {fact.key for fact in mine}
    assert again == {fact.key: fact.value for fact in mine if fact.value}
    assert len(again) > 8
    scenario.responses["parent_carer"][0].withdrawn_at = NOW
    session.flush()
    assert recounting.mismatches(session, found, scenario.run, settings=settings, now=NOW)


def test_a_district_is_the_same_in_plain_sql(
    session: Session, report: Report, settings: Settings
) -> None:
    statement = text(
        "SELECT count(DISTINCT r.id) FROM response r"
        " JOIN snapshot_response s ON s.response_id = r.id"
        " JOIN answer a ON a.response_id = r.id"
        " WHERE a.question = 'PC18' AND a.value = :district AND r.withdrawn_at IS NULL"
    )
    (parents,) = who(session, report, settings).maps
    fact = next(place.fact for place in parents.places if place.code == STEVENAGE)
    assert fact.value == session.scalar(statement, {"district": STEVENAGE}) == 30


def test_who_took_their_answers_back_is_counted_nowhere(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    for person in scenario.responses["parent_carer"][:10]:
        person.withdrawn_at = NOW
    (parents,) = who(session, report, settings).maps
    assert next(one.fact.value for one in parents.places if one.code == STEVENAGE) == 20


def test_an_audience_that_nobody_answered_for_is_named(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    for person in scenario.responses["professional"]:
        person.left_out_at, person.left_out_because = NOW, "not theirs"
    said = [fact.wording for fact in who(session, report, settings).missing]
    assert "No professionals answered." in said


@pytest.mark.usefixtures("no_pdf")
def test_a_number_that_moved_by_one_person_stays_as_it_was_printed(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    before = who(session, report, settings)
    scenario.responses["parent_carer"][0].withdrawn_at = NOW

    after = who(session, report, settings)

    assert numbers(after.maps) == numbers(before.maps)
    assert numbers(after.profiles) == numbers(before.profiles)
    assert any("as counted for version 1" in fact.wording for fact in printed.facts_in(after.maps))
    for person in scenario.responses["parent_carer"][:9]:
        person.withdrawn_at = NOW
    assert numbers(who(session, report, settings).maps) != numbers(before.maps)


def test_who_takes_answers_out_is_not_described_by_the_equality_tables_of_the_next_version(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    for group in scenario.responses.values():
        for place, person in enumerate(group):
            keep_equality(
                session, scenario.consultation.id, person.id, "EQ5",
                ("male" if place % 2 else "female",), wording="2026-1",
                secret=settings.secret_key, now=NOW,
            )  # fmt: skip
    services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    before = who(session, report, settings).profiles[-1]
    gone = scenario.responses["parent_carer"][0]
    gone.withdrawn_at = NOW
    session.flush()
    after = who(session, report, settings).profiles[-1]
    assert before.title == "Sex"
    assert [(g.fact.value, g.fact.base) for g in before.groups if g.fact.value]
    assert numbers(after) == numbers(before), "a base that fell by one would tell"


def numbers(part: object) -> list[tuple[str, int | None, int | None]]:
    return [(fact.key, fact.value, fact.base) for fact in printed.facts_in(part)]


@pytest.mark.usefixtures("no_pdf")
def test_a_version_from_before_this_was_counted_still_loads_and_draws(
    session: Session, report: Report, settings: Settings
) -> None:
    old = dataclasses.replace(document(session, report, settings), who=None)
    stored = to_json(old).replace('"who":null,', "").replace(',"who":null', "")
    assert '"who"' not in stored

    again = from_json(stored)

    assert again.who is None
    assert "Who we heard from" not in render.pdf_html(Source(again, render.charts(again)))
    assert (
        "who_answered.csv"
        not in zipfile.ZipFile(io.BytesIO(opendata.write(Source(again, {})))).namelist()
    )


@pytest.mark.usefixtures("no_pdf")
def test_what_is_printed_is_stored_as_figures(
    session: Session, report: Report, settings: Settings
) -> None:
    services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    stored = {
        row.key: row for row in session.scalars(select(Figure).join(Publication))
    }  # fmt: skip
    place = stored[f"place/parent-carers/PC18/parent_carer/{STEVENAGE}"]
    assert (place.value, place.question, place.option) == (30, "PC18", STEVENAGE)
    assert stored["baseline/pupils_ehcp"].value == 9804
    assert stored[f"place/parent-carers/PC18/parent_carer/{DACORUM}"].shorthand == "[c]"


def test_the_document_survives_the_way_to_text_and_back(
    session: Session, report: Report, settings: Settings
) -> None:
    found = document(session, report, settings)
    assert from_json(to_json(found)) == found


def test_open_data_holds_the_groups_the_places_and_the_sources(
    session: Session, report: Report, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "data.zip"
    file.write_bytes(opendata.write(Source(document(session, report, settings), {})))
    with zipfile.ZipFile(file) as packed:
        rows = {
            name: list(csv.reader(packed.read(name).decode("utf-8-sig").splitlines()))
            for name in ("who_answered.csv", "places.csv", "baselines.csv")
        }
    assert rows["places.csv"][1 + 6][1:4] == [STEVENAGE, "Stevenage", "30"]
    assert any(row[3] == "[c]" for row in rows["places.csv"])
    assert any("More than their share" in row for row in rows["who_answered.csv"])
    assert rows["baselines.csv"][1][0] == "pupils_ehcp"


def test_printed_pages_hold_the_tables_and_no_hidden_number(
    session: Session, report: Report, settings: Settings
) -> None:
    found = document(session, report, settings)
    printed = render.pdf_html(Source(found, render.charts(found)))
    for words in ("Who we heard from", "Where answers came from", "More than their share"):
        assert words in printed
    assert "Numbers not shown" in printed
    people = session.scalars(select(Response.id)).all()
    assert len(people) == PARENTS + 20


def test_equality_answers_come_in_protected_and_say_when_their_key_is_gone(
    session: Session, scenario: Scenario, report: Report, settings: Settings
) -> None:
    people = [person for group in scenario.responses.values() for person in group]
    plan = scenario.consultation.id
    for place, person in enumerate(people):
        value = "male" if place < 4 else "female" if place < 60 else "pns"
        keep_equality(
            session, plan, person.id, "EQ5", (value,), wording="2026-1",
            secret=settings.secret_key, now=NOW,
        )  # fmt: skip
    (sex,) = [one for one in who(session, report, settings).profiles if one.title == "Sex"]
    values = {group.code: group.fact.value for group in sex.groups}
    basis = recounting.Basis(
        session, document(session, report, settings), scenario.run, settings=settings, now=NOW
    )

    assert values["male"] is None
    assert values["pns"] is None, "the rest would give the four away"
    assert values["female"] == 56
    for group in sex.groups:
        assert group.fact.value in {None, recounting.recount(basis, group.fact)}

    later = NOW + dt.timedelta(days=settings.equality_key_days + 1)
    found = services.next_document(session, report, settings=settings, now=later).who
    assert found is not None
    assert "is destroyed" in found.profiles[-1].note
