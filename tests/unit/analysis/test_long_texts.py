"""No comment keeps the machine busy: what somebody repeats must not be read in every possible way.

Each of these texts took minutes, or longer than anybody lives, with patterns that could read it in
more than one way. The limit is generous, so that a busy machine fails nobody.
"""

import time

import pytest

from analysis.redaction import redact
from analysis.texts.clauses import segments
from analysis.texts.setaside import says_nothing

LIMIT_SECONDS = 5.0
REPEATED = {
    "words that link and name": "Roman " * 400 + "x",
    "words that link and name, after a saint": "St. " + "Catholic " * 400,
    "sayings that can be cut in two ways": "nothing thanks " * 300 + "buses",
    "names without an end": "Mrs Aa " * 7_000,
    "one long word": "a" * 50_000,
    "letters and dots": "A." * 25_000,
    "hyphens": "Aa-" * 16_000,
    "numbers": "nhs 123 456 7890 " * 3_000,
    "a long gap": "x" + " " * 50_000 + "y",
    "abbreviations": "e.g. " * 10_000,
    "short sentences": "Yes. " * 10_000,
    "schools": "Aa School " * 5_000,
}


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED.keys())
def test_a_text_that_repeats_itself_is_read_quickly(text: str) -> None:
    """One such comment would stop the analysis of everybody's answers."""
    began = time.process_time()
    redact(text)
    says_nothing(text)
    segments(text)
    assert time.process_time() - began < LIMIT_SECONDS


def test_sayings_are_still_recognised_in_any_order() -> None:
    """Reading word by word finds what the one large pattern found."""
    assert says_nothing("No, nothing to add, thank you. None really at the moment!")
    assert says_nothing("none really " * 30)
    assert not says_nothing("thank you")
    assert not says_nothing("nothing thanks to the school")
