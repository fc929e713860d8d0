import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import disclosure
from analysis.disclosure import Count

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), max_size=6)


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "0"), (1, "[c]"), (4, "[c]"), (5, "5"), (6, "6"), (1234, "1,234")]
)
def test_one_to_four_are_hidden(n: int, shown: str) -> None:
    assert str(disclosure.protect_count(n, threshold=5)) == shown


def test_a_higher_threshold_hides_more() -> None:
    assert disclosure.protect_count(9, threshold=10).is_hidden
    assert disclosure.protect_count(10, threshold=10) == Count(10, None)


def test_one_hidden_cell_takes_its_smallest_neighbour_with_it() -> None:
    shown = disclosure.protect_row({"a": 2, "b": 30, "c": 9, "d": 0}, threshold=5)
    assert {k: str(c) for k, c in shown.items()} == {"a": "[c]", "b": "30", "c": "[c]", "d": "0"}


def test_two_hidden_ones_that_add_up_to_little_take_a_third() -> None:
    shown = disclosure.protect_row({"a": 1, "b": 1, "c": 7}, threshold=5)
    assert all(count.is_hidden for count in shown.values())


@given(COUNTS, st.integers(3, 10))
def test_no_subtraction_from_the_total_gives_a_small_number_away(
    counts: dict[str, int], threshold: int
) -> None:
    shown = disclosure.protect_row(counts, threshold=threshold)
    hidden = [counts[key] for key, count in shown.items() if count.is_hidden]
    assert all(count.is_hidden or count.value == counts[key] for key, count in shown.items())
    if hidden and sum(counts.values()) >= threshold:
        assert sum(hidden) >= threshold
        assert len(hidden) >= 2 or not any(n for k, n in counts.items() if not shown[k].is_hidden)


@given(st.dictionaries(st.sampled_from("xyz"), COUNTS, max_size=3))
def test_rows_and_columns_of_a_table_hold_no_lonely_hidden_cell(
    table: dict[str, dict[str, int]],
) -> None:
    shown, totals, _ = disclosure.protect_table(table, threshold=5)
    for row, cells in shown.items():
        hidden = [key for key, count in cells.items() if count.is_hidden]
        assert len(hidden) != 1 or totals[row].is_hidden or sum(table[row].values()) < 5


def test_a_table_hides_what_rows_and_columns_together_would_give_away() -> None:
    table = {"E": {"yes": 2, "no": 40}, "K": {"yes": 30, "no": 50}, "N": {"yes": 12, "no": 60}}
    cells, rows, feet = disclosure.protect_table(table, threshold=5)
    assert {r: [str(c) for c in row.values()] for r, row in cells.items()} == {
        "E": ["[c]", "[c]"],
        "K": ["30", "50"],
        "N": ["[c]", "[c]"],
    }
    assert [str(count) for count in (*rows.values(), *feet.values())] == [
        "42", "80", "72", "44", "150",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "base", "shown"), [(5, 9, None), (5, 10, 50), (4, 100, None), (0, 20, 0), (1, 1, None)]
)
def test_percentages_need_a_base_of_ten(n: int, base: int, shown: int | None) -> None:
    assert disclosure.percentage(n, base, threshold=5) == shown


def test_words_of_few_people_are_dropped() -> None:
    assert disclosure.protect_words({"bus": 5, "rare": 4}, threshold=5) == {"bus": 5}


@pytest.mark.parametrize(("people", "allowed"), [(9, False), (10, True)])
def test_quotes_need_ten_people(people: int, allowed: bool) -> None:
    assert disclosure.may_quote(people) is allowed


def test_where_small_ones_cover_each_other_nothing_more_is_hidden() -> None:
    shown = disclosure.protect_row({"yes": 14, "no": 3, "not said": 3})
    assert {key for key, count in shown.items() if count.is_hidden} == {"no", "not said"}
