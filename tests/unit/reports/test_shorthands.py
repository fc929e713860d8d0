"""No cell is empty without a reason, and a share above nought never reads as nought."""

import pytest

from reports.counting import shorthands
from reports.findings import intervals, tables
from reports.findings.found import Cell, Column, Grid, Row
from reports.words.facts import Fact


def fact(value: int | None, base: int | None, base_key: str = "") -> Fact:
    return Fact("k", value, base, "w", None if value is not None else "[c]", base_key=base_key)


@pytest.mark.parametrize(
    ("one", "value", "base"),
    [
        (fact(7, 40, "all"), "7", "40"),
        (fact(None, 40, "all"), "[c]", "40"),
        (fact(7, None, "all"), "7", "[c]"),
        (fact(40, None), "40", "[z]"),
    ],
)
def test_a_hidden_base_is_told_from_none(one: Fact, value: str, base: str) -> None:
    assert (shorthands.value(one), shorthands.base(one)) == (value, base)


@pytest.mark.parametrize(
    ("value", "base", "said"),
    [
        (5, 2000, "[low]"), (0, 2000, "0%"), (10, 2000, "[low]"), (11, 2000, "1%"),
        (1999, 2000, "over 99%"), (5, 9, "[z]"), (None, 40, "[c]"),
        (5, None, "[c]"),
    ],
)  # fmt: skip
def test_a_share_in_data_is_a_number_or_says_why_there_is_none(
    value: int | None, base: int | None, said: str
) -> None:
    text = intervals.percent(value, base)
    assert shorthands.in_hundred(text, fact(value, base, "all")) == said


def test_a_table_marks_a_share_that_rounds_to_nought() -> None:
    one = fact(5, 2000, "all")
    cell = Cell(one, intervals.percent(5, 2000), intervals.likely(5, 2000))
    column = Column("Parent carers", fact(2000, 2000))
    grid = Grid("Asked", (column,), (Row("Yes", "yes", "answer", (cell,)),))
    assert tables.answers(grid).rows[0][1:3] == ("5", "[low]")
