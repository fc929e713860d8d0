"""Facts: nothing under the threshold, nothing that follows by subtraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import filereport, setaside
from analysis.disclosure import may_show_together
from reports import figures, render
from reports.document import CloudWord, Fact


@given(people=st.integers(0, 60), base=st.integers(60, 500), threshold=st.integers(3, 10))
def test_a_share_never_shows_a_small_count(people: int, base: int, threshold: int) -> None:
    fact = figures.share("k", people, base, threshold=threshold, audience="parent_carer")
    hidden = 0 < people < threshold
    assert (fact.value is None) == hidden
    assert (fact.shorthand == "[c]") == hidden
    assert str(base) in fact.wording


def test_a_base_under_the_threshold_is_hidden_with_its_count() -> None:
    fact = figures.share("k", 3, 4, threshold=5, audience="governor")
    assert (fact.value, fact.base, fact.shorthand) == (None, None, "[c]")
    assert "4" not in fact.wording


def test_parts_of_a_known_total_do_not_give_each_other_away() -> None:
    counts = {"online": 90, "paper": 12, "phone": 3, "post": 0}
    facts = {f.key: f for f in figures.parts("channel", counts, {}, threshold=5)}
    assert set(facts) == {"channel/online", "channel/paper", "channel/phone"}
    assert facts["channel/online"].value == 90
    assert facts["channel/phone"].value is None
    assert facts["channel/paper"].value is None
    assert "3" not in facts["channel/phone"].wording


def test_a_table_cell_is_a_number_or_its_mark() -> None:
    assert figures.cell(Fact("k", 1200, None, "")) == "1,200"
    assert figures.cell(Fact("k", 12, None, "", "[r]")) == "12 [r]"
    assert figures.cell(Fact("k", None, 20, "", "[c]")) == "[c]"


def test_a_drawing_of_a_hidden_number_is_empty() -> None:
    assert figures.percent(Fact("k", None, 20, "", "[c]")) == 0
    assert figures.percent(Fact("k", 5, 20, "")) == 25
    assert figures.percent(Fact("k", 5, None, "")) == 0


@pytest.mark.parametrize(
    ("together", "parts", "may"),
    [
        (14, [14, 3], False),
        (14, [14, None], False),
        (17, [14, 10], False),
        (24, [14, 12], False),
        (24, [14, 10], True),
        (20, [14, 11], True),
        (14, [14, 14], True),
        (0, [0, 0], True),
        (14, [14, 0], True),
        (30, [12, 12, 12], True),
    ],
)
def test_a_union_may_stand_beside_its_parts_only_if_it_betrays_none(
    together: int, parts: list[int | None], may: bool
) -> None:
    shown = [None if part in range(1, 5) else part for part in parts]
    assert may_show_together(together, shown, threshold=5) == may


@given(
    people=st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), max_size=60),
    threshold=st.integers(2, 8),
)
def test_nobody_can_be_subtracted_from_a_union_of_two(
    people: list[frozenset[str]], threshold: int
) -> None:
    raised = [found & {"a", "b"} for found in people if found & {"a", "b"}]
    sizes = [sum(name in found for found in raised) for name in "ab"]
    shown = [None if 0 < size < threshold else size for size in sizes]
    if may_show_together(len(raised), shown, threshold=threshold):
        only = [sum(found == {name} for found in raised) for name in "ab"]
        both = sum(len(found) > 1 for found in raised)
        assert all(count == 0 or count >= threshold for count in (*only, both, *sizes))


def test_a_cloud_without_a_base_is_described_without_one() -> None:
    word = CloudWord("bus", Fact("word/bus", 12, None, "12 people wrote “bus”"))
    assert "written by 12 people who wrote a comment" in render.cloud_alt([word])
    assert "of 0" not in render.cloud_alt([word])


def counts_of(**aside: int) -> dict[str, int]:
    """Return the account of a file of which some rows were set aside."""
    found = {**dict.fromkeys(setaside.MEANINGS, 0), **aside}
    return {**found, "analysed": 90, "documents": 90 + sum(aside.values())}


def test_a_single_small_reason_is_not_named() -> None:
    rows = filereport._accounts(counts_of(held=1), 5)  # noqa: SLF001  # the table is made here
    assert {number for _, number in rows[1:-1]} == {"fewer than 5"}
    assert rows[-1][1] == "91"


def test_a_small_reason_is_covered_by_a_larger_one() -> None:
    rows = filereport._accounts(counts_of(held=1, blank=9, duplicate=30), 5)  # noqa: SLF001  # as above
    said = dict(rows)
    covered = "not shown: fewer than 5, or beside one"
    assert said[setaside.MEANINGS["held"]] == said[setaside.MEANINGS["blank"]] == covered
    assert said[setaside.MEANINGS["duplicate"]] == "30"
    assert said[setaside.MEANINGS["unreadable"]] == "0"


def test_large_reasons_are_shown() -> None:
    said = dict(filereport._accounts(counts_of(blank=9), 5))  # noqa: SLF001  # as above
    assert said[setaside.MEANINGS["blank"]] == "9"
    assert said[setaside.MEANINGS["held"]] == "0"
