"""A measure is said so that nobody can read more out of it than is there."""

import csv
import io

import pytest

from reports.engagement.byhand import ENTERED, mistake
from reports.engagement.defined import DEFINED, TITLES
from reports.engagement.measured import NOT_MEASURED, Measure, ratio, share, sheet


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0%"),
        (1, 1000, "under 1%"),
        (999, 1000, "over 99%"),
        (1000, 1000, "100%"),
        (47, 100, "47%"),
        (3, 9, "3 of 9"),
    ],
)
def test_a_share_is_written_as_everywhere_and_in_numbers_where_they_are_few(
    part: int, whole: int, said: str
) -> None:
    assert ratio(part, whole) == said


@pytest.mark.parametrize(("part", "whole"), [(None, 40), (3, None), (None, None)])
def test_a_share_without_both_of_its_numbers_is_hidden(part: int | None, whole: int | None) -> None:
    hidden = share("finished", "Parent carers", part, whole)
    assert (hidden.value, hidden.number) == ("[c]", None)
    assert "3" not in hidden.base


def test_the_table_holds_every_measure_and_what_is_not_measured() -> None:
    one = Measure("told", "at once", "[c]", "of 8 people", "=note")
    text = sheet([one]).csv().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 1 + len(NOT_MEASURED)
    assert (rows[0]["measure"], rows[0]["value"]) == ("M15", "[c]")
    assert rows[0]["note"] == "'=note", "no spreadsheet may run it"
    assert {row["group"] for row in rows[1:]} == {"Not measured"}


def test_each_of_the_measures_is_defined_with_what_it_counts() -> None:
    assert {one.code for one in DEFINED.values()} == {f"M{number}" for number in range(1, 22)}
    for one in DEFINED.values():
        assert one.group in TITLES
        assert one.meaning.endswith(".")
        assert one.number
    assert {key for key, one in DEFINED.items() if one.basis == "hand"} == set(ENTERED)


@pytest.mark.parametrize(
    ("key", "part", "value", "out_of", "says"),
    [
        ("schools", "", 42, 524, ""),
        ("schools", "", 600, 524, "600 cannot be out of 524"),
        ("schools", "", 42, None, "Write what it is out of"),
        ("schools", "", 4.5, 524, "whole number"),
        ("cornerstones", "", 9, 11, "Choose which part"),
        ("cornerstones", "kindness", 9, 11, "Choose which part"),
        ("rating", "", 3.3, 852, ""),
        ("rating", "", 33, 852, "from 0 to 10"),
        ("access_planned", "easy", 15, None, ""),
        ("access_planned", "easy", 101, None, "from 0 to 100"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_with_what_to_do(
    key: str, part: str, value: float, out_of: int | None, says: str
) -> None:
    found = mistake(ENTERED[key], part, value, out_of)
    assert says in found
    assert bool(says) == bool(found)
