"""Parts of a report are counted apart and protected together."""

import dataclasses

import pytest

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted, Earlier, TwoNumbersError
from reports.counting.protecting import shown
from reports.documents import editions


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


def version(number: int, counted: Counted) -> Earlier:
    """Return a version as it was kept: everything that it may show."""
    seen = shown(counted, threshold=5)
    return editions.from_text(number, editions.to_text(counted, seen))


def test_a_number_that_an_earlier_version_hid_stays_hidden_while_nothing_changes() -> None:
    one = answered(parents=200, professionals=3, governors=40)
    first, second = shown(one, threshold=5), shown(one, threshold=5, before=[version(1, one)])
    assert dict(first.counts) == dict(second.counts)
    assert not second.held


def test_a_part_that_grew_does_not_give_back_what_was_hidden_beside_it() -> None:
    before = answered(parents=200, professionals=3, governors=40)
    assert shown(before, threshold=5).value("governors") is None
    now = answered(parents=230, professionals=3, governors=60)
    seen = shown(now, threshold=5, before=[version(1, before)])
    assert seen.value("professionals") is None
    assert seen.value("parents") == 230


def test_few_who_came_late_are_not_shown_and_the_old_number_stands() -> None:
    before = Counted({"all": 50, "a": 20, "b": 30}, (Relation("all", ("a", "b")),))
    now = Counted({"all": 52, "a": 22, "b": 30}, (Relation("all", ("a", "b")),))
    seen = shown(now, threshold=5, before=[version(1, before)])
    assert (seen.value("all"), seen.value("a"), seen.value("b")) == (50, 20, 30)
    assert {key: one.version for key, one in seen.held.items()} == {"all": 1, "a": 1, "b": 1}
    assert seen.base("a", "all") == 50


@pytest.mark.parametrize("left", ["a", "b"])
def test_what_stays_as_it_was_does_not_point_at_what_moved(left: str) -> None:
    before = Counted({"all": 50, "a": 20, "b": 30}, (Relation("all", ("a", "b")),))
    now = dataclasses.replace(
        before, numbers={**before.numbers, "all": 49, left: before.numbers[left] - 1}
    )
    seen = shown(now, threshold=5, before=[version(1, before)])
    assert {key: seen.value(key) for key in before.numbers} == before.numbers
    assert seen.held.keys() == before.numbers.keys(), "every number says the same of itself"


def test_numbers_of_which_none_stays_say_nothing_of_a_version() -> None:
    before = Counted({"all": 50, "a": 20, "b": 30}, (Relation("all", ("a", "b")),))
    assert not shown(before, threshold=5, before=[version(1, before)]).held


def test_a_family_is_printed_anew_together_or_not_at_all() -> None:
    family = (frozenset({"all", "a", "b", "new"}),)
    before = Counted({"all": 50, "a": 20, "b": 30}, (Relation("all", ("a", "b")),))
    now = Counted(
        {"all": 69, "a": 22, "b": 40, "new": 7}, (Relation("all", ("a", "b", "new")),),
        families=family,
    )  # fmt: skip
    seen = shown(now, threshold=5, before=[version(1, before)])
    assert [seen.value(key) for key in ("all", "a", "b", "new")] == [50, 20, 30, None]


def test_steps_that_are_each_too_small_are_shown_once_they_are_enough_together() -> None:
    kept = [version(1, Counted({"a": 40}))]
    for number, people in enumerate((38, 36, 35, 34), start=2):
        now = Counted({"a": people})
        seen = shown(now, threshold=5, before=kept)
        assert seen.value("a") == (40 if people > 35 else 35)
        kept.append(editions.from_text(number, editions.to_text(now, seen)))


def test_what_a_version_was_made_of_is_kept_whole() -> None:
    one = answered(parents=200, professionals=3, governors=40)
    kept = version(3, one)
    assert (kept.version, dict(kept.counted.numbers)) == (3, dict(one.numbers))
    assert (kept.counted.relations, kept.counted.known) == (one.relations, one.known)
    assert kept.printed == {"all", "parents"}
    assert kept.few == {"professionals"}
