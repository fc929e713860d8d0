"""What is said and drawn of a question, from its tallies and what may be shown."""

import dataclasses
from collections.abc import Mapping, Sequence

import pytest

from reports.counting import figures
from reports.counting.counted import Earlier, Shown
from reports.counting.protecting import shown
from reports.documents import printed
from reports.findings import (
    answered,
    charts,
    composing,
    numbers,
    presenting,
    sentences,
    tables,
)
from reports.findings.found import QuestionFinding, SurveyFindings
from reports.findings.tally import Asked, Grouping, Tally
from reports.formats import drawn
from reports.words import canonical
from surveys.easyread import review_line
from surveys.questions import KINDS, Wording
from tests import kinds

TITLE = Wording("Parents and carers", "For parents")
AGES = Grouping("age", "PC02", (("5_7", "5 to 7"), ("8_10", "8 to 10")))


def ask(kind: str, tallies: Mapping[str, Tally], grouping: Grouping | None = None) -> Asked:
    question = KINDS[kind](
        code="PC07", text=Wording("My child is welcome.", "My child belongs."), picture="belong",
        **kinds.NEEDS.get(kind, {}),
    )  # fmt: skip
    return Asked("parents", TITLE, question, tallies, grouping)


def found(*asked: Asked, everybody: int = 500) -> SurveyFindings:
    people = {audience: everybody for one in asked for audience in one.tallies}
    (survey,) = presenting.presented(*protected(asked, people))
    return survey


def protected(
    asked: Sequence[Asked], people: Mapping[str, int], threshold: int = 5
) -> tuple[tuple[Asked, ...], Shown]:
    """Protect the findings beside the numbers of people that a report shows."""
    told = composing.told(asked, people, threshold)
    known = frozenset(f"responses/{audience}" for one in told for audience in one.tallies)
    whole = dataclasses.replace(numbers.counted(told, people), known=known)
    return told, shown(whole, threshold=threshold)


def one(kind: str, tally: Tally, grouping: Grouping | None = None) -> QuestionFinding:
    (finding,) = found(ask(kind, {"parent_carer": tally}, grouping)).findings
    return finding


def yes_no(yes: int, no: int, unsure: int = 0) -> Tally:
    people = {"yes": yes, "no": no, "not_sure": unsure}
    return Tally(yes + no + unsure, yes + no + unsure, people)


@pytest.mark.parametrize(
    ("tally", "headline"),
    [
        (yes_no(230, 170), "Most parent carers who answered said “Yes”: 230 of 400 (58%)."),
        (yes_no(200, 200), "Many parent carers who answered said “Yes”: 200 of 400 (50%)."),
        (yes_no(400, 0), "All 400 parent carers who answered said “Yes”."),
        (yes_no(380, 20), "Nearly all parent carers who answered said “Yes”: 380 of 400 (95%)."),
        (
            yes_no(80, 60, 60),
            (
                "Many parent carers who answered said “Yes”, more than any other answer:"
                " 80 of 200 (40%)."
            ),
        ),
        (yes_no(0, 6), "6 of 6 parent carers who answered said “No”."),
        (yes_no(2, 3), sentences.NOT_SHOWN),
        (yes_no(0, 0), sentences.NOBODY),
    ],
)
def test_a_question_is_told_in_one_sentence_that_claims_no_more_than_it_may(
    tally: Tally, headline: str
) -> None:
    assert one("yes_no", tally).headline == headline


def test_easy_read_says_one_thing_a_line_with_a_picture() -> None:
    lines = one("yes_no", yes_no(230, 170)).easy
    assert [line.text for line in lines] == [
        "Most parents and carers said: Yes.", "That is 230 out of 400 people.",
    ]  # fmt: skip
    assert [line.picture for line in lines] == ["yes", "count"]
    assert not [advice for line in lines for advice in review_line(line.text)]


def test_hidden_numbers_show_a_mark_a_sentence_and_no_bar() -> None:
    finding = one("yes_no", yes_no(90, 3, 20))
    (grid,) = finding.grids
    table = tables.answers(grid)
    assert [row[1] for row in table.rows] == ["90", "[c]", "[c]"]
    assert presenting.HIDDEN_NOTE in grid.notes
    assert "3" not in {row[1] for row in table.rows}
    ((_, svg),) = charts.drawings(finding, "finding/0")
    assert svg.count("stroke-dasharray") == 3  # the open end of the bar, and two in the key


def test_a_small_audience_is_not_shown_at_all() -> None:
    tallies = {"parent_carer": yes_no(50, 40), "professional": yes_no(3, 0)}
    question = ask("yes_no", tallies)
    people = {"parent_carer": 90, "professional": 3}
    (survey,) = presenting.presented(*protected([question], people))
    assert _facts(survey) == (), "with the other audience and the total, the three would follow"


def test_audiences_stand_beside_each_other_and_are_compared_with_care() -> None:
    tallies = {"parent_carer": yes_no(300, 100), "professional": yes_no(40, 60)}
    (finding,) = found(ask("yes_no", tallies)).findings
    (grid,) = finding.grids
    assert tables.answers(grid).head == (
        "Answer", "Parent carers (of 400)", "Professionals (of 100)",
    )  # fmt: skip
    assert tables.answers(grid).rows[0] == ("Yes", "300 (75%, 70 to 79)", "40 (40%, 30 to 50)")
    assert "Most professionals who answered said “No”: 60 of 100 (60%)." in finding.said
    close = {"parent_carer": yes_no(300, 100), "professional": yes_no(72, 28)}
    (finding,) = found(ask("yes_no", close)).findings
    assert "Too few to compare who said “Yes”: the differences may be chance." in finding.said


def test_groups_stand_in_a_table_of_their_own() -> None:
    groups = {
        "5_7": {"yes": 40, "no": 10, ":answered": 50},
        "8_10": {"yes": 10, "no": 40, ":answered": 50},
        ":unsaid": {"yes": 0, "no": 0, ":answered": 0},
    }
    tally = dataclasses.replace(yes_no(50, 50), groups=groups)
    (grid,) = one("yes_no", tally, AGES).groups
    assert tables.groups(grid).rows == (
        ("5 to 7", "50", "40 (80%)", "10 (20%)", "0 (0%)"),
        ("8 to 10", "50", "10 (20%)", "40 (80%)", "0 (0%)"),
    )
    assert "“5 to 7” said “Yes” more often (40 of 50, 80%) than “8 to 10” (10 of 50, 20%)." in (
        grid.notes
    )


def test_middle_and_mean_are_left_out_beside_a_hidden_number() -> None:
    open_ = {str(number): 10 for number in range(11)}
    shown = one("scale10", Tally(110, 110, open_))
    (fact,) = shown.measures
    assert fact.wording == (
        "The middle answer of 110 parent carers who answered is 5: half of them gave between 2 and"
        " 8. Their mean is 5 (standard deviation 3.2)."
    )
    assert not one("scale10", Tally(102, 102, {**open_, "3": 2})).measures


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"information"}))
def test_every_kind_has_a_sentence_a_table_and_a_chart_named_by_its_largest_number(
    kind: str,
) -> None:
    _, stored = kinds.GOOD[kind]
    people = {("" if kind.endswith("text") or kind in {"picture", "recording"} else value): 30
              for value in stored}  # fmt: skip
    finding = one(kind, Tally(40, 30, people, {}, dict([next(iter(people.items()))])))
    assert "30" in finding.headline
    assert finding.easy
    facts = printed.facts_in(finding)
    assert len({fact.key for fact in facts}) == len(set(facts)), "one key, one number"
    made = list(charts.drawings(finding, "finding/0"))
    assert len(made) == len(finding.grids)
    for _, svg in made:
        title = drawn.alt(svg)
        assert "30 of 30 parent carers" in title
        assert len(title) <= charts.LONGEST_ALT
        assert "style=" not in svg


def test_nothing_is_said_of_an_audience_whose_own_number_is_hidden() -> None:
    tallies = {"parent_carer": yes_no(50, 40), "professional": yes_no(12, 0)}
    question = ask("yes_no", tallies)
    people = {"parent_carer": 90, "professional": 12, "young_person": 3}
    (survey,) = presenting.presented(*protected([question], people))
    assert {fact.audience for fact in printed.facts_in(survey)} == {"parent_carer"}


@pytest.mark.parametrize(("more", "kept"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_later_version_moves_by_enough_people_or_not_at_all(more: int, kept: bool) -> None:
    people = {"parent_carer": 500}
    first = numbers.counted([ask("yes_no", {"parent_carer": yes_no(50, 40)})], people)
    before = Earlier(1, first, frozenset(first.numbers))
    question = ask("yes_no", {"parent_carer": yes_no(50 + more, 40)})
    seen = shown(numbers.counted([question], people), threshold=5, before=[before])
    (survey,) = presenting.presented([question], seen)
    yes, base = (
        "question/parents/PC07/parent_carer/yes",
        "question/parents/PC07/parent_carer/:answered",
    )
    values = {fact.key: (fact.value, fact.base) for fact in printed.facts_in(survey)}
    assert values[yes] == ((50, 90) if kept else (50 + more, 90 + more))
    assert (seen.version(yes), seen.version(base)) == ((1, 1) if kept else (0, 0))


def test_findings_survive_the_way_to_text_and_every_number_has_one_key() -> None:
    survey = found(ask("agree5", {"parent_carer": Tally(60, 60, {"agree": 30, "neither": 30})}))
    text = canonical.dumps(survey)
    assert canonical.loads(SurveyFindings, text) == survey
    assert len({fact.key for fact in _facts(survey)}) == len(set(_facts(survey)))
    assert answered.easy_lines([survey])


def _facts(survey: SurveyFindings) -> tuple[figures.Fact, ...]:
    return printed.facts_in(survey)
