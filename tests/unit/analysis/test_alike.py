"""Numbers that are one and the same are one number, and nothing else is."""

from analysis.disclosure.alike import Alike
from analysis.disclosure.attack import Relation
from analysis.disclosure.suppression import protect

KEYS = ("all", "asked", "late", "late asked", "first", "first asked", "rest")


def test_a_whole_of_one_part_is_that_part_and_so_are_equal_rests() -> None:
    same = Alike(
        KEYS,
        [
            Relation("all", ("asked",)),
            Relation("first", ("first asked",)),
            Relation("all", ("first", "late")),
            Relation("asked", ("late asked", "first asked")),
        ],
    )
    assert same.members == {
        "all": ["all", "asked"],
        "first": ["first", "first asked"],
        "late": ["late", "late asked"],
        "rest": ["rest"],
    }
    assert same.relations == (Relation("all", ("first", "late")),)


def test_a_union_with_a_part_as_large_as_itself_only_holds_the_others() -> None:
    same = Alike(("a", "b", "c"), [Relation("a", ("b",)), Relation("a", ("b", "c"), "union")])
    assert same.relations == (Relation("a", ("c",), "inside"),)


def test_a_number_hides_with_all_that_are_the_same() -> None:
    found = protect(
        {"all": 30, "a": 3, "a again": 3, "b": 9, "c": 18},
        [Relation("all", ("a", "b", "c")), Relation("a", ("a again",))],
        threshold=5,
        printed=["all"],
    )
    assert found.hidden == {"a", "a again", "b"}
    assert not found.betrayed


def test_a_small_number_printed_under_another_name_is_given_away() -> None:
    found = protect(
        {"a": 3, "a again": 3}, [Relation("a", ("a again",))], threshold=5, printed=["a again"]
    )
    assert (found.hidden, found.betrayed) == ({"a"}, {"a"})
