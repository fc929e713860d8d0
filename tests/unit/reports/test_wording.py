"""Numbers in sentences: with their base, and never larger than they are."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.words import wording


def test_a_date_is_written_as_people_say_it() -> None:
    assert wording.date(dt.date(2026, 2, 6)) == "6 February 2026"


def test_a_period_does_not_repeat_the_year() -> None:
    first, last = dt.date(2025, 6, 9), dt.date(2025, 7, 25)
    assert wording.period(first, last) == "9 June to 25 July 2025"
    assert wording.period(dt.date(2025, 11, 14), dt.date(2026, 2, 6)) == (
        "14 November 2025 to 6 February 2026"
    )
    assert wording.period(first, first) == "9 June 2025"


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (dt.date(2025, 12, 1), "Winter 2025"),
        (dt.date(2026, 2, 28), "Winter 2025"),
        (dt.date(2026, 3, 1), "Spring 2026"),
        (dt.date(2026, 8, 31), "Summer 2026"),
        (dt.date(2026, 11, 30), "Autumn 2026"),
    ],
)
def test_a_season_hides_the_month(day: dt.date, season: str) -> None:
    assert wording.season(day) == season


def test_a_count_says_its_base_and_its_audience() -> None:
    assert wording.share(212, 340, "parent_carer") == (
        "212 of 340 parent carers who wrote a comment"
    )


def test_a_hidden_count_names_the_threshold_only() -> None:
    assert wording.share(None, 340, "professional", threshold=5) == (
        "Fewer than 5 of 340 professionals who wrote a comment"
    )


def test_nobody_is_none_and_one_is_singular() -> None:
    assert wording.share(0, 80, "young_person").startswith("None of 80 children")
    assert wording.share(1, 1, "parent_carer") == "1 of 1 parent carer who wrote a comment"
    assert wording.plural(1, "theme", "themes") == "1 theme"
    assert wording.plural(1200, "theme", "themes") == "1,200 themes"


def test_everybody_is_people() -> None:
    assert wording.share(3, 12, None, who="who answered") == "3 of 12 people who answered"


@pytest.mark.parametrize(
    ("value", "base", "word"),
    [
        (9, 100, "few"),
        (10, 100, "some"),
        (29, 100, "some"),
        (30, 100, "many"),
        (50, 100, "many"),
        (51, 100, "most"),
        (89, 100, "most"),
        (90, 100, "nearly all"),
        (99, 100, "nearly all"),
        (100, 100, "all"),
        (5, 9, None),
        (0, 100, None),
        (None, 100, None),
        (1, 10, "some"),
    ],
)
def test_size_words_have_ranges(value: int | None, base: int, word: str | None) -> None:
    assert wording.size_word(value, base) == word


@given(base=st.integers(10, 5000), data=st.data())
def test_a_larger_share_never_gets_a_smaller_word(base: int, data: st.DataObject) -> None:
    order = [word for word, _ in wording.SIZE_WORDS]
    small = data.draw(st.integers(1, base))
    large = data.draw(st.integers(small, base))
    words = [wording.size_word(value, base) for value in (small, large)]
    assert order.index(words[0] or "") <= order.index(words[1] or "")


@given(base=st.integers(10, 5000), data=st.data())
def test_most_is_never_said_of_half_or_less(base: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(1, base))
    if wording.size_word(value, base) == "most":
        assert value * 2 > base


def test_every_size_word_is_explained() -> None:
    note = wording.size_words_note()
    assert all(f"“{word}” means" in note for word, _ in wording.SIZE_WORDS)


def test_easy_read_says_one_number_and_no_base() -> None:
    assert wording.easy_share(44, "professional") == "44 people who work with children said this."
    assert wording.easy_share(1, "parent_carer") == "1 parent or carer said this."
    assert wording.easy_share(None, "young_person") == "A few children and young people said this."
    assert wording.easy_share(0, "young_person") == ""


def test_a_list_is_joined_as_it_is_spoken() -> None:
    assert wording.join(["a", "b", "c"]) == "a, b and c"
    assert wording.join(["a and b", "c"]) == "a and b and c"
    assert wording.join(["a", "b and c", "d"]) == "a, b and c, and d"
    assert wording.join(["a"]) == "a"
    assert wording.join([]) == ""
