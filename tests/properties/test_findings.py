"""Whatever people answer: no sentence overstates, tables add up, and small numbers stay hidden."""

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.counting.protecting import shown
from reports.findings import bands, numbers, presenting
from reports.findings.found import Grid, QuestionFinding
from reports.findings.tally import ANSWERED, Asked, Grouping, Tally
from surveys.questions import KINDS, Wording

pytestmark = pytest.mark.one_database
AGREE = KINDS["agree5"](code="PC07", text=Wording("True?", "True?"), picture="belong")
AGES = Grouping("age", "PC02", (("5_7", "5 to 7"), ("8_10", "8 to 10")))
KEYS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "not_sure")
GROUPS = ("5_7", "8_10", ":unsaid")
THRESHOLD = 5
SHARES = {"few": (0, 0.1), "some": (0.1, 0.3), "many": (0.3, 0.5), "most": (0.5, 0.9),
          "nearly all": (0.9, 1.0), "all": (1.0, 1.0)}  # fmt: skip
people = st.one_of(st.integers(0, 9), st.integers(0, 60))


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Draw how many people of each group gave each answer, and how many in easy read."""
    groups = {group: {key: draw(people) for key in KEYS} for group in GROUPS}
    whole = {key: sum(inside[key] for inside in groups.values()) for key in KEYS}
    easy = {key: draw(st.integers(0, whole[key])) for key in ("agree", "disagree")}
    answered = sum(whole.values())
    based = {group: {**inside, ANSWERED: sum(inside.values())} for group, inside in groups.items()}
    return Tally(answered + draw(people), answered, whole, easy, {}, based)


def presented(tally: Tally) -> tuple[Asked, QuestionFinding]:
    asked = Asked("parents", Wording("P", "P"), AGREE, {"parent_carer": tally}, AGES)
    people = {"parent_carer": tally.asked + 50}
    known = frozenset({"responses/parent_carer"})
    whole = dataclasses.replace(numbers.counted([asked], people), known=known)
    seen = shown(whole, threshold=THRESHOLD)
    ((finding,),) = (survey.findings for survey in presenting.presented([asked], seen))
    return asked, finding


@given(tally=tallies())
@settings(max_examples=40)
def test_a_sentence_never_overstates_and_small_cells_are_never_shown(tally: Tally) -> None:
    asked, finding = presented(tally)
    _never_overstates(finding)
    _shows_the_truth_or_nothing(asked, tally, finding)
    for grid in (*finding.grids, *finding.groups):
        _adds_up(grid)


def _never_overstates(finding: QuestionFinding) -> None:
    for said in (finding.headline, finding.easy[0].text):
        word = re.match(r"(Nearly all|All|Most|Many|Some|A few|Few) ", said)
        numbers = re.search(r"([\d,]+) of ([\d,]+)", finding.headline)
        if word is None or numbers is None:
            continue
        value, base = (int(number.replace(",", "")) for number in numbers.groups())
        low, high = SHARES[word[1].lower().removeprefix("a ")]
        assert base >= 10
        assert low <= value / base <= high
        assert word[1] != "Most" or value * 2 > base


def _shows_the_truth_or_nothing(asked: Asked, tally: Tally, finding: QuestionFinding) -> None:
    (panel,) = bands.panels(asked)
    lines = {one.option: one for line in panel.lines for one in (line, *line.parts)}
    for grid in finding.grids:
        for row in grid.rows:
            (cell,) = row.cells
            true = lines[row.option].count(tally)
            assert cell.fact.value in {None, true}
            assert cell.fact.value is None or not 0 < true < THRESHOLD
            assert not cell.percent or (cell.fact.base or 0) >= 10
    for grid in finding.groups:
        for row in grid.rows:
            for cell in row.cells:
                group = tally.groups[cell.fact.key.rpartition(".")[2]]
                true = lines[row.option].within(group)
                assert cell.fact.value in {None, true}
                assert cell.fact.value is None or not 0 < true < THRESHOLD


def _adds_up(grid: Grid) -> None:
    for place, column in enumerate(grid.columns):
        values = [row.cells[place].fact.value for row in grid.top]
        known = [value for value in values if value is not None]
        assert len(values) - len(known) != 1, "one hidden number follows by subtraction"
        if len(known) == len(values) and column.base.value is not None:
            assert sum(known) == column.base.value
