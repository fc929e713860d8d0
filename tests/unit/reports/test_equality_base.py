"""How many answered an equality question is told of one count, never of two versions."""

import pytest

from analysis.disclosure import Count
from analysis.equality import ProtectedTable
from reports.counting.counted import Held, Shown
from reports.representation import equalityprofile
from reports.representation.equalityprofile import ALL, Table


@pytest.mark.parametrize(
    ("held", "people"),
    [
        ({}, 90),
        ({"all": 1, "unsaid": 1}, 90),
        ({"all": 1}, None),
        ({"all": 1, "unsaid": 2}, None),
    ],
)
def test_a_base_is_of_one_version(held: dict[str, int], people: int | None) -> None:
    counts = [Count(number, None) for number in (50, 40, 10, 100)]
    rows = (("Under 18", counts[0]), ("18 or over", counts[1]))
    table = Table(
        ProtectedTable("EQ1", "How old are you?", "", rows, counts[2], counts[3], ("1",)),
        ("under_18", "18_or_over"),
    )
    keys = {"all": ALL, "unsaid": table.key(":unsaid")}
    shown = Shown(
        {**{table.key(code): n for code, n in zip(table.codes, counts, strict=False)},
         ALL: counts[3], keys["unsaid"]: counts[2]},
        {}, held={keys[name]: Held(1, version) for name, version in held.items()},
    )  # fmt: skip
    assert equalityprofile._base(table, shown) == people  # noqa: SLF001
