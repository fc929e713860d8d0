"""Numbers, dates, sums and addresses in words, and the script that is made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats import audio
from reports.formats.spoken import cardinal, ordinal, spoken, year
from tests.published import DOCUMENT, source


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("14 of 20", "fourteen of twenty"),
        ("1,066 contacts", "one thousand and sixty-six contacts"),
        ("36,000 pupils", "thirty-six thousand pupils"),
        ("on 20 February 2026", "on the twentieth of February twenty twenty-six"),
        ("SEND Strategy 2026-29", "SEND Strategy twenty twenty-six to twenty-nine"),
        ("in 2005", "in two thousand and five"),
        ("ages 16-25", "ages sixteen to twenty-five"),
        ("62% of comments", "sixty-two per cent of comments"),
        ("3.3 out of 10", "three point three out of ten"),
        ("£2,000.50", "two thousand pounds fifty"),
        ("Fewer than 5: [c]", "Fewer than five: a number too small to say"),
        ("ring 01234 567890", "ring nought one two three four, five six seven eight nine nought"),
        ("write to help@example.org.", "write to help at example dot org."),
        ("at https://example.org/a-b/.", "at example dot org slash a dash b."),
        ("ambition A2", "ambition A two"),
        ("0", "nought"),
    ],
)
def test_signs_are_said_as_a_person_would_say_them(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "first"), (2, "second"), (12, "twelfth"), (20, "twentieth"), (21, "twenty-first")],
)
def test_a_place_in_a_row_is_said(value: int, said: str) -> None:
    assert ordinal(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1900, "nineteen hundred"), (1906, "nineteen oh six"), (2010, "twenty ten")],
)
def test_a_year_is_said(value: int, said: str) -> None:
    assert year(value) == said


@given(st.text(alphabet="0123456789,.-£%@[] abc/:\n", max_size=40))
def test_nothing_that_is_spoken_holds_a_digit(text: str) -> None:
    assert not re.search(r"\d", spoken(text))


@given(st.integers(0, 999_999_999_999))
def test_different_numbers_sound_different(value: int) -> None:
    assert cardinal(value) != cardinal(value + 1)


def test_the_script_has_one_sentence_a_line_and_tells_of_every_entry() -> None:
    script = audio.write(source()).decode()
    lines = [line for line in script.splitlines() if line]
    assert not re.search(r"\d", script)
    assert all(line[0].isupper() or line[0] in "“[" for line in lines)
    assert all(not re.search(r"[.?!] [A-Z]", line) for line in lines)
    for entry in DOCUMENT.entries:
        assert f"{entry.title}." in script
