import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.safeguarding import HOLD_FROM, order_score
from engage.safeguarding.models import HIGHEST
from engage.safeguarding.order import Why, why


@pytest.mark.parametrize(
    "text",
    [
        "He said he wants to die.",
        "She has been self-harming since the move.",
        "the TA hit him and nobody wrote it down",
        "He was restrained twice last week",
        "I do not feel safe, I am scared of the taxi driver",
    ],
)
def test_grave_words_are_read_first_and_held(text: str) -> None:
    assert order_score(text) >= HOLD_FROM


@pytest.mark.parametrize(
    "text",
    ["The SENCO is wonderful.", "", "Transport was late again", "The hitch was the portal."],
)
def test_other_words_are_read_in_their_turn(text: str) -> None:
    assert order_score(text) < HOLD_FROM


def test_the_meaning_that_the_worker_finds_moves_a_text_both_ways() -> None:
    for words in ("This form is killing me.", "I would rather not be at home on Fridays."):
        assert order_score(words, -4.0) < HOLD_FROM <= order_score(words, 4.0)


def test_a_reader_is_told_why() -> None:
    told = why("My dad hits me and I am scared of him.")
    assert "words about being hit or hurt" in told.rules
    assert told.words
    assert all(word in "my dad hits me and i am scared of him" for word in told.words)
    assert 50 < told.like <= 100
    assert why("") == Why((), (), why("").like)


@given(st.text())
def test_any_text_has_a_place(text: str) -> None:
    assert 0 <= order_score(text) <= HIGHEST
