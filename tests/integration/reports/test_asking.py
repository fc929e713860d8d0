"""A councillor asks how many: a number with its base, or a mark, and never a way to one person."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Attacker, Relation
from engage.audit import AuditEvent
from engage.settings import Settings
from reports.documents.printed import ledger
from reports.enquiries import askedwords, asking, slices
from reports.enquiries.asking import CannotBeAskedError, Wanted
from reports.enquiries.slices import Printed
from reports.models.asked import AskedQuestion, GivenFigure
from reports.publishing import services
from surveys import breakdowns
from surveys.models import Snapshot
from surveys.questions import Question
from tests.factories import NOW, ConsultationFactory
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Plan, Scenario
from tests.integration.reports.told import DACORUM, STEVENAGE, WATFORD, tell
from tests.pages import CheckedClient
from tests.people import Staff

MOVES = Plan(
    "Moves between schools", "Moving to a new school", "A5",
    {"parent_carer": 44, "professional": 6, "young_person": 9},
    ("The move was planned far too late", "Nobody planned the move"), starter_code="T11",
)  # fmt: skip
NARROW = Plan(
    "Moves at eleven", "Moving at 11", "A5", {"parent_carer": 43}, ("Year 7 came as a shock",)
)
PLACES = (STEVENAGE, WATFORD, DACORUM)
NOTHING = Printed({}, frozenset())
DESK = "/desk/consultations/send-strategy/ask/"


@pytest.fixture
def scenario(session: Session, settings: Settings) -> Scenario:
    """Return sixty parents in three districts, and what they said and answered."""
    found = made.answered(
        session, people={"parent_carer": 60, "professional": 12, "young_person": 12},
        plans=(MOVES, NARROW), secret=settings.secret_key,
    )  # fmt: skip
    parents = found.responses["parent_carer"]
    tell(session, parents, "PC18", {STEVENAGE: 30, WATFORD: 11, DACORUM: 16})
    tell(session, parents, "PC03", {"E": 30, "K": 9, "N": 18, "DK": 2})
    tell(session, found.responses["young_person"], "YP16", {STEVENAGE: 7, WATFORD: 5})
    found.themes[NARROW.name].parent_id = found.themes[MOVES.name].id
    session.flush()
    return found


def ask(
    session: Session,
    scenario: Scenario,
    settings: Settings,
    wanted: Wanted,
    now: dt.datetime = NOW,
) -> Mapping[str, GivenFigure]:
    asked = asking.ask(
        session, scenario.consultation, wanted, settings=settings, actor="officer", now=now
    )
    return {figure.key: figure for figure in asked.figures}


def moves(scenario: Scenario) -> str:
    return f"theme/{scenario.themes[MOVES.name].id}"


def support(option: str) -> str:
    return f"question/parent-carers/PC03/parent_carer/{option}"


def test_an_answer_has_number_base_and_the_county(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    subject = moves(scenario)
    given = ask(session, scenario, settings, Wanted(subject, "parent_carer", STEVENAGE))

    here, county = (
        given[f"{subject}/parent_carer/area.{STEVENAGE}"],
        given[f"{subject}/parent_carer"],
    )
    assert (here.value, here.base) == (30, 30)
    assert here.wording == (
        "30 of 30 parent carers from Stevenage who wrote a comment raised “Moves between schools”."
    )
    assert (county.value, county.base) == (44, 44)


def test_the_number_is_the_same_in_plain_sql(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    given = ask(session, scenario, settings, Wanted(support("E"), "", STEVENAGE))
    statement = text(
        "SELECT count(*) FROM answer a JOIN answer p ON p.response_id = a.response_id"
        " AND p.question = 'PC18' AND p.value = :district"
        " WHERE a.question = 'PC03' AND a.value = 'E'"
    )
    assert given[f"{support('E')}/area.{STEVENAGE}"].value == session.scalar(
        statement, {"district": STEVENAGE}
    )


def test_the_whole_answer_can_be_copied(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    asked = asking.ask(
        session, scenario.consultation, Wanted(support("E")), settings=settings, actor="x", now=NOW
    )
    words = askedwords.in_words(session, scenario.consultation, asked)
    fingerprint = session.get_one(Snapshot, scenario.run.snapshot_id).content_hash
    for part in (
        "30 of 59 parent carers in the whole county who answered “What support do they have at",
        "said “An EHC plan”", "They were asked: “What support do they have at the moment?”",
        f"(fingerprint {fingerprint[:16]})", "Each person is counted once",
        "does not stand for everybody",
    ):  # fmt: skip
        assert part in words


def test_a_small_number_is_a_mark_with_the_county_beside_it(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    subject = moves(scenario)
    given = ask(session, scenario, settings, Wanted(subject, "parent_carer", DACORUM))
    here = given[f"{subject}/parent_carer/area.{DACORUM}"]
    assert here.value is None
    assert "[c] fewer than 5, or a number that would give one away" in here.wording
    assert given[f"{subject}/parent_carer"].value == 44


def test_words_of_under_18s_need_the_larger_threshold(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    subject = moves(scenario)
    given = ask(session, scenario, settings, Wanted(subject, "young_person", STEVENAGE))
    assert given[f"{subject}/young_person/area.{STEVENAGE}"].value is None


def test_everybody_is_each_group_apart_and_never_a_sum(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    given = ask(session, scenario, settings, Wanted(moves(scenario)))
    assert {key.rpartition("/")[2] for key in given} == {
        "parent_carer", "professional", "young_person",
    }  # fmt: skip


def test_whoever_asks_every_question_of_a_table_finds_no_hidden_number(
    session: Session, scenario: Scenario
) -> None:
    run = scenario.run
    (one,) = breakdowns.asked(session, run.snapshot_id, is_support)
    seen = slices.of_question(session, run, one, threshold=5, printed=NOTHING)
    people = breakdowns.answers_by_place(session, run.snapshot_id, one)
    numbers = {
        slices.cell(one.key(option), district): row.get(district, 0)
        for option, row in people.items()
        for district in (*PLACES, ":unsaid")
    } | {one.key(option): sum(row.values()) for option, row in people.items()}
    shown = {key: n.value for key, n in seen.counts.items() if n.value is not None}
    shown |= {key: 0 for key, n in numbers.items() if not n}
    hidden = numbers.keys() - shown.keys()
    attacker = Attacker(shown, hidden, (), list(relations(one, numbers)))

    small = [key for key in numbers if 0 < numbers[key] < 5]
    assert small
    assert hidden >= set(small)
    for key in small:
        assert attacker.range_of(key).width >= 3


def is_support(question: Question) -> bool:
    return question.code == "PC03"


def relations(one: breakdowns.Asked, numbers: Mapping[str, int]) -> Iterator[Relation]:
    options = [line.option for line in one.lines]
    districts = (*PLACES, ":unsaid")
    for option in (*options, ":answered"):
        cells = tuple(slices.cell(one.key(option), district) for district in districts)
        yield Relation(one.key(option), cells)
    for district in ("", *districts):
        whole = slices.cell(one.key(":answered"), district)
        yield Relation(whole, tuple(slices.cell(one.key(o), district) for o in options))
    assert numbers


def test_what_the_report_hides_is_hidden_here_too(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    run = scenario.run
    (one,) = breakdowns.asked(session, run.snapshot_id, is_support)
    hides = Printed({}, frozenset({one.key("K")}))
    seen = slices.of_question(session, run, one, threshold=5, printed=hides)
    assert seen.value(one.key("K")) is None
    assert all(seen.value(slices.cell(one.key("K"), place)) is None for place in PLACES)
    theme = scenario.themes[MOVES.name]
    closed = Printed({}, frozenset({f"theme/{theme.id}/parent_carer"}))
    row = slices.of_theme(session, run, theme, "parent_carer", settings=settings, printed=closed)
    assert all(
        row.value(slices.cell(f"theme/{theme.id}/parent_carer", place)) is None
        for place in ("", *PLACES)
    )


def test_a_narrower_theme_cannot_be_subtracted_from_the_broader_one(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    broad, narrow = scenario.themes[MOVES.name], scenario.themes[NARROW.name]
    seen = slices.of_theme(
        session, scenario.run, broad, "parent_carer", settings=settings, printed=NOTHING
    )
    for place in ("", *PLACES):
        both = [
            seen.value(slices.cell(f"theme/{theme.id}/parent_carer", place))
            for theme in (broad, narrow)
        ]
        assert None in both or not 0 < (both[0] or 0) - (both[1] or 0) < 5


def test_asked_again_after_one_person_more_the_answer_is_the_same(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    wanted = Wanted(support("E"), "", STEVENAGE)
    first = ask(session, scenario, settings, wanted)[support("E")].value
    scenario.responses["parent_carer"][29].withdrawn_at = NOW

    assert ask(session, scenario, settings, wanted)[support("E")].value == first
    for person in scenario.responses["parent_carer"][17:29]:
        person.withdrawn_at = NOW
    assert ask(session, scenario, settings, wanted)[support("E")].value == (first or 0) - 13


@pytest.mark.usefixtures("no_pdf")
def test_the_answer_agrees_with_what_is_published(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    scenario.themes[NARROW.name].approved_at = scenario.themes[NARROW.name].approved_by = None
    session.flush()
    published = made.published(session, scenario, settings)
    figures = {f.key: f.value for f in published.publications[-1].figures}
    scenario.responses["parent_carer"][0].withdrawn_at = NOW
    subject = moves(scenario)
    given = ask(session, scenario, settings, Wanted(subject, "parent_carer"))
    assert given[f"{subject}/parent_carer"].value == figures[f"{subject}/parent_carer"]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted("theme/none"), "Choose what people said"),
        (Wanted(""), "Choose what people said"),
        (Wanted(support("E"), "professional"), "asked of parent carers only"),
        (Wanted(support("E"), "dragons"), "Choose a group of people"),
        (Wanted(support("E"), "", "E00000000"), "Choose a district"),
    ],
)
def test_what_cannot_be_asked_says_what_can(
    session: Session, scenario: Scenario, settings: Settings, wanted: Wanted, says: str
) -> None:
    with pytest.raises(CannotBeAskedError, match=says):
        ask(session, scenario, settings, wanted)


def test_every_asking_is_recorded_without_its_words(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    ask(session, scenario, settings, Wanted(support("E")))
    (asked,) = session.scalars(select(AskedQuestion))
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "asked_how_many")).one()
    assert (event.object_id, event.actor) == (asked.id, "officer")


@pytest.mark.parametrize("role", ["analyst", "engagement_officer"])
def test_staff_ask_on_the_desk_and_get_words_to_copy(
    session: Session,
    scenario: Scenario,
    client: CheckedClient,
    staff: Callable[..., Staff],
    role: str,
) -> None:
    session.commit()
    staff(role).signs_in()
    assert "Moves between schools" in client.get(DESK).text
    values = {"subject": moves(scenario), "audience": "parent_carer", "district": STEVENAGE}
    reply = client.send(DESK, values)
    page = client.get(reply.headers["Location"]).text
    assert "30 of 30 parent carers from Stevenage" in page
    assert "to copy into an email" in page
    assert "Moves between schools" in client.get(DESK).text


def test_a_mistake_keeps_what_was_chosen(
    session: Session, scenario: Scenario, client: CheckedClient, staff: Callable[..., Staff]
) -> None:
    session.commit()
    staff("analyst").signs_in()
    reply = client.send(DESK, {"subject": support("E"), "audience": "professional"})
    assert reply.status_code == 400
    assert "This question was asked of parent carers only" in reply.text
    assert f'selected value="{support("E")}"' in reply.text
    assert scenario.consultation.slug == "send-strategy"


def test_others_are_kept_out(
    scenario: Scenario, client: CheckedClient, staff: Callable[..., Staff]
) -> None:
    staff("approver", "facilitator").signs_in()
    assert client.get(f"/desk/consultations/{scenario.consultation.slug}/ask/").status_code == 403


def test_a_consultation_without_an_analysis_says_so(
    session: Session, client: CheckedClient, staff: Callable[..., Staff]
) -> None:
    ConsultationFactory(slug="send-strategy")
    session.commit()
    staff("analyst").signs_in()
    assert "Nothing can be looked up" in client.get(DESK).text
    assert client.get(f"{DESK}nothing").status_code == 404


def take_back(session: Session, scenario: Scenario, first: int, last: int) -> None:
    """Let the parents from the first up to the last have taken their answers back."""
    for place, response in enumerate(scenario.responses["parent_carer"]):
        response.withdrawn_at = NOW if first <= place < last else None
    session.flush()


@pytest.mark.parametrize(("asked_before", "printed"), [(False, 42), (True, None)])
def test_what_was_handed_out_counts_as_printed_when_a_report_is_made(
    session: Session,
    scenario: Scenario,
    settings: Settings,
    asked_before: bool,
    printed: int | None,
) -> None:
    report = made.reported(session, scenario)
    if asked_before:
        ask(session, scenario, settings, Wanted(moves(scenario), "parent_carer"))
    take_back(session, scenario, 0, 2)

    document = services.next_document(session, report, settings=settings, now=NOW)
    facts = {fact.key: fact.value for fact in ledger(document)}
    assert facts[f"{moves(scenario)}/parent_carer"] == printed


def test_a_number_is_held_against_every_answer_and_not_only_the_last(
    session: Session, scenario: Scenario, settings: Settings
) -> None:
    subject = moves(scenario)
    wanted, said = Wanted(subject, "parent_carer"), []
    for day, gone in enumerate((0, 10, 2)):
        take_back(session, scenario, 0, gone)
        answer = ask(session, scenario, settings, wanted, NOW + dt.timedelta(days=day))
        said.append(answer[f"{subject}/parent_carer"].value)
    assert said == [44, 34, 34]
