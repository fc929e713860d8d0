"""Themes, entries and who raised them: nobody can be subtracted from any set of them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.attack import Attacker, Relation
from reports.counting import themecounts
from reports.counting.counted import Counted, Shown
from reports.counting.protecting import shown

P = "parent_carer"


def people(first: int, last: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(first, last))


def page(
    raised: Mapping[str, frozenset[str]],
    entries: Mapping[str, tuple[str, ...]],
    within: Mapping[str, str] | None = None,
) -> tuple[Counted, Shown]:
    """Count what an audience of a hundred raised, and show what may be shown of it."""
    by = {theme: {P: who} for theme, who in raised.items()}
    counted = themecounts.counted(by, entries, within or {}, {P: 5})
    counted = counted | Counted({f"wrote/{P}": 100}, known=frozenset({f"wrote/{P}"}))
    return counted, shown(counted, threshold=5)


def value(seen: Shown, what: str) -> int | None:
    return seen.value(f"{what}/{P}")


def test_an_entry_of_one_theme_says_what_the_theme_says() -> None:
    _, seen = page({"a": people(0, 30), "b": people(0, 3)}, {"one": ("a",), "two": ("b",)})
    assert value(seen, "entry/one") == value(seen, "theme/a") == 30
    assert value(seen, "entry/two") is value(seen, "theme/b") is None


def test_a_union_that_adds_few_people_is_hidden_before_its_themes_are() -> None:
    _, seen = page({"a": people(0, 30), "b": people(20, 32)}, {"both": ("a", "b")})
    assert value(seen, "entry/both") is None
    assert (value(seen, "theme/a"), value(seen, "theme/b")) == (30, 12)


def test_a_union_far_from_its_themes_is_shown_beside_them() -> None:
    _, seen = page({"a": people(0, 30), "b": people(20, 50)}, {"both": ("a", "b")})
    assert value(seen, "entry/both") == 50
    assert value(seen, "theme/a") == value(seen, "theme/b") == 30


def test_two_entries_that_share_a_theme_give_nobody_away() -> None:
    raised = {"a": people(0, 20), "b": people(10, 40), "c": people(38, 60)}
    counted, seen = page(raised, {"left": ("a", "b"), "right": ("b", "c"), "all": ("a", "b", "c")})
    assert "only b and c/parent_carer" in counted.guarded
    assert counted.numbers["only b and c/parent_carer"] == 2
    assert found_out(counted, seen) == []


def test_people_of_a_broader_theme_alone_are_protected() -> None:
    raised = {"narrow": people(0, 28), "broad": people(0, 30)}
    _, seen = page(raised, {}, {"narrow": "broad"})
    assert None in (value(seen, "theme/narrow"), value(seen, "theme/broad"))


def test_an_audience_with_another_threshold_keeps_it() -> None:
    by = {"a": {"young_person": people(0, 8), P: people(0, 8)}}
    counted = themecounts.counted(by, {"one": ("a",)}, {}, {"young_person": 10, P: 5})
    bases = Counted({"wrote/young_person": 60, f"wrote/{P}": 60})
    seen = shown(counted | bases, threshold=5)
    assert seen.value("theme/a/young_person") is seen.value("entry/one/young_person") is None
    assert seen.needed("theme/a/young_person") == 10
    assert value(seen, "theme/a") == 8


def found_out(counted: Counted, seen: Shown) -> list[str]:
    """Return every small set of people of exactly these themes that an attacker works out."""
    open_numbers = {key: n.value for key, n in seen.counts.items() if n.value is not None}
    hidden = seen.counts.keys() - open_numbers.keys()
    latent = {key for key in counted.guarded if key.startswith("only ")}
    attacker = Attacker(open_numbers, hidden, latent, _atoms(counted, latent))
    small = {key for key in latent if 0 < counted.numbers[key] < 5} | hidden
    return [key for key in sorted(small) if attacker.range_of(key).width < 1]


def _atoms(counted: Counted, latent: set[str]) -> list[Relation]:
    """Return only what is certain: each number is made of the sets of people inside it."""
    return [
        relation
        for relation in counted.relations
        if relation.kind == "sum" and latent.issuperset(relation.parts)
    ] + [Relation(f"wrote/{P}", (key,), "inside") for key in counted.numbers if key not in latent]


@given(
    who=st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), max_size=60),
    pairs=st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), max_size=4, unique=True),
)
def test_nobody_is_found_by_subtracting_entries_that_overlap(
    who: list[frozenset[str]], pairs: list[frozenset[str]]
) -> None:
    raised = {
        theme: frozenset(str(place) for place, themes in enumerate(who) if theme in themes)
        for theme in "abcd"
    }
    entries = {f"e{place}": tuple(sorted(pair)) for place, pair in enumerate(pairs)}
    counted, seen = page(raised, entries)
    assert found_out(counted, seen) == []
    assert all(n.value is None or n.value == 0 or n.value >= 5 for n in seen.counts.values())


@pytest.mark.parametrize("themes", ["abcdefg"])
def test_many_themes_that_hang_together_are_still_protected(themes: str) -> None:
    raised = {theme: people(0, 20 + place) for place, theme in enumerate(themes)}
    counted, seen = page(raised, {"all": tuple(themes)})
    assert not any(key.startswith("only ") for key in counted.guarded)
    assert value(seen, "entry/all") is None or value(seen, "theme/a") is None
