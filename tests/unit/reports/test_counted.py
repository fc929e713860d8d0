"""Parts of a report are counted apart and protected together."""

import pytest

from analysis.attack import Relation
from reports.counted import Counted, TwoNumbersError, shown


def answered(**people: int) -> Counted:
    total = sum(people.values())
    return Counted(
        {"all": total, **people}, (Relation("all", tuple(people)),), known=frozenset({"all"})
    )


def test_a_number_that_one_part_hides_is_not_given_away_by_another() -> None:
    closed = Counted({"parents": 200, "yes": 120, "no": 80}, (Relation("parents", ("yes", "no")),))

    seen = shown(answered(parents=200, professionals=3) | closed, threshold=5)

    assert seen.value("all") == 203
    assert seen.value("professionals") is None
    assert seen.value("parents") is None
    assert None in (seen.value("yes"), seen.value("no"))
    assert "subtraction" in seen.reasons["parents"]


def test_parts_that_disagree_about_a_number_are_refused() -> None:
    with pytest.raises(TwoNumbersError, match="parents is both 4 and 5"):
        Counted({"parents": 4}) | Counted({"parents": 5})


def test_any_number_of_parts_unite() -> None:
    parts = [Counted({name: 9}) for name in "abc"]

    assert Counted.all(parts).numbers == {"a": 9, "b": 9, "c": 9}
    assert Counted.all([]).numbers == {}


def test_what_nobody_counted_is_hidden() -> None:
    assert shown(Counted(), threshold=5).value("anything") is None
