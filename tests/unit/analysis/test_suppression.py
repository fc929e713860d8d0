import math
from typing import Any

import pytest

from analysis.disclosure import suppression
from analysis.disclosure.attack import Attacker, ContradictionError, Relation
from analysis.disclosure.suppression import TOO_FEW, WOULD_BETRAY, Protection

THRESHOLD = 5
TOTAL = Relation("all", ("a", "b", "c"))


def protect(*page: Any, threshold: int = THRESHOLD, **known: Any) -> Protection:
    return suppression.protect(*page, threshold=threshold, **known)


def test_what_is_large_enough_stays() -> None:
    found = protect({"all": 60, "a": 10, "b": 20, "c": 30}, [TOTAL])
    assert found.hidden == frozenset()


def test_a_reason_says_whether_a_number_is_small_or_would_betray_one() -> None:
    found = protect({"all": 52, "a": 2, "b": 20, "c": 30}, [TOTAL])
    assert found.reasons == {"a": TOO_FEW.format(threshold=5), "b": WOULD_BETRAY}


def test_a_total_is_hidden_when_no_part_can_be() -> None:
    numbers = {"all": 12, "a": 12, "b": 0, "c": 0, "more": 2, "whole": 14}
    found = protect(numbers, [TOTAL, Relation("whole", ("all", "more"))], printed=["whole"])
    assert "more" in found.hidden
    assert "all" in found.hidden


def test_a_sibling_filter_cannot_give_back_what_a_table_hides() -> None:
    by_age = Relation("all", ("young", "old"))
    by_place = Relation("all", ("north", "south", "east"))
    north_by_age = Relation("north", ("north young", "north old"))
    numbers = {
        "all": 60, "young": 25, "old": 35, "north": 22, "south": 18, "east": 20,
        "north young": 3, "north old": 19,
    }  # fmt: skip
    found = protect(numbers, [by_age, by_place, north_by_age])
    assert found.hidden == {"north young", "north old"}


def test_people_in_several_themes_are_no_way_around() -> None:
    union = Relation("either", ("buses", "trains"), "union")
    both = Relation("either", ("buses", "trains only"))
    numbers = {"either": 33, "buses": 30, "trains": 9, "trains only": 3}
    found = protect(numbers, [union, both], guarded=["trains only"])
    assert found.hidden & {"either", "buses"}


def test_a_group_as_small_as_its_base_hides_with_it() -> None:
    inside = Relation("wrote", ("said so",), "inside")
    rest = Relation("wrote", ("said so", "did not"))
    numbers = {"wrote": 40, "said so": 38, "did not": 2}
    assert protect(numbers, [inside, rest], guarded=["did not"]).hidden


def test_a_new_version_does_not_show_the_few_who_came_late() -> None:
    late = Relation("now", ("before", "late"))
    numbers = {"before": 40, "now": 42, "late": 2}
    found = protect(numbers, [late], printed=["before"], guarded=["late"])
    assert found.hidden == {"now"}


def test_what_was_printed_before_can_betray_and_is_said() -> None:
    numbers = {"all": 50, "a": 48, "b": 2, "c": 0}
    found = protect(numbers, [TOTAL], printed=["all", "a", "c"])
    assert found.betrayed == {"b"}


def test_the_attacker_knows_that_a_mark_stands_for_at_least_one() -> None:
    attacker = Attacker({"all": 12, "c": 10}, {"a", "b"}, (), [TOTAL])
    known = attacker.range_of("a")
    assert (known.low, known.high, known.width) == (1, 1, 0)
    assert known.betrayed_by == {"all", "c"}


def test_nothing_is_known_about_a_number_that_stands_alone() -> None:
    assert Attacker({}, {"a"}, (), []).range_of("a").high == math.inf


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ContradictionError, match="does not fit its parts"):
        protect({"all": 5, "a": 3, "b": 20, "c": 30}, [TOTAL])


def test_an_attacker_told_nonsense_says_so() -> None:
    attacker = Attacker({"all": 5, "a": 9}, {"b", "c"}, (), [TOTAL])
    with pytest.raises(ContradictionError, match="contradict"):
        attacker.range_of("b")


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_every_small_number_stays_possible(threshold: int) -> None:
    numbers = {"all": 60, "a": threshold - 1, "b": 20, "c": 41 - threshold}
    hidden = protect(numbers, [TOTAL], threshold=threshold).hidden
    shown = {key: n for key, n in numbers.items() if key not in hidden}
    known = Attacker(shown, hidden, (), [TOTAL]).range_of("a")
    assert known.low <= 1
    assert known.high >= threshold - 1


def test_what_children_wrote_needs_more_people_than_the_rest() -> None:
    numbers = {"base": 60, "adults": 7, "children": 7}
    inside = Relation("base", ("adults", "children"), "inside")
    found = protect(numbers, [inside], thresholds={"children": 10})
    assert found.reasons == {"children": TOO_FEW.format(threshold=10)}


def test_a_base_smaller_than_what_a_number_needs_hides_nothing_more() -> None:
    numbers = {"base": 8, "children": 7}
    inside = Relation("base", ("children",), "inside")
    assert protect(numbers, [inside], thresholds={"children": 10}).hidden == {"children"}


def test_what_is_dear_to_readers_is_hidden_last() -> None:
    numbers = {"all": 52, "a": 2, "b": 20, "c": 30}
    assert protect(numbers, [TOTAL], weights={"b": 50}).hidden == {"a", "c"}


def test_a_number_may_be_called_small_where_that_gives_nothing_away() -> None:
    assert protect({"all": 52, "a": 2, "b": 20, "c": 30}, [TOTAL]).few == {"a"}


def test_a_number_is_not_called_small_where_its_neighbour_could_then_be_no_smaller() -> None:
    """With "fewer than 5" at a, the 5 at b could only be 5 or more, and a only 1."""
    found = protect({"all": 6, "a": 1, "b": 5, "c": 0}, [TOTAL], printed=["all"])
    assert found.hidden == {"a", "b"}
    assert found.few == frozenset()


def test_a_reader_remembers_what_an_earlier_page_said_of_a_number() -> None:
    numbers = {"all": 12, "a": 2, "b": 10, "c": 0}
    found = protect(numbers, [TOTAL], guarded=["a"], said={"a": (1, 4)})
    assert found.hidden <= {"all", "b"}
    assert found.hidden
