"""A measure is said so that nobody can read more out of it than is there."""

import csv
import io

import pytest

from reports.engagement.measured import NOT_MEASURED, Measure, per_cent, sheet


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0%"),
        (1, 1000, "under 1%"),
        (999, 1000, "99%"),
        (1000, 1000, "100%"),
        (47, 100, "47%"),
        (0, 0, ""),
    ],
)
def test_a_share_reaches_nought_and_all_only_where_it_is(part: int, whole: int, said: str) -> None:
    assert per_cent(part, whole) == said


def test_the_table_holds_every_measure_and_what_is_not_measured() -> None:
    one = Measure("trust", "Told", "at once", "=how", "[c]", "of 8 people", "")
    text = sheet([one]).csv().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 1 + len(NOT_MEASURED)
    assert rows[0]["value"] == "[c]"
    assert rows[0]["definition"] == "'=how", "no spreadsheet may run it"
    assert {row["group"] for row in rows[1:]} == {"Not measured"}
