import pytest

from engage.safeguarding import HOLD_FROM, order_score


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
    assert order_score(text) == 0


def test_the_gravest_word_decides() -> None:
    assert order_score("bullied, and now he talks of suicide") == order_score("suicide")
