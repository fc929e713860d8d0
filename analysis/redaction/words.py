# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""A text as a row of words that remember where they stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.language.lists import folded
from analysis.language.namewords import word_set

WIDEST_GAP = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:;\n•*…\"“”]|(?:^|\s)[-–—](?:\s|$)")
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        text: as written, without a possessive "'s".
        low: as the lists spell it.
        start: index of its first character in the text.
        end: index after its last character, before a possessive "'s".
        gap: what stands between the word before and this one.
        opens: whether it starts a sentence, where a capital says nothing.
        owns: whether "'s" follows.
    """

    text: str
    low: str
    start: int
    end: int
    gap: str
    opens: bool
    owns: bool

    @property
    def capital(self) -> bool:
        """Tell whether it is written like a name: "Sam", "McKay", but not "SAM"."""
        return self.text[0].isupper() and not self.text.isupper()

    @property
    def shouted(self) -> bool:
        """Tell whether it is all capitals, two at least."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def initial(self) -> bool:
        """Tell whether it is one capital letter that can stand for a name."""
        return len(self.text) == 1 and self.text.isupper() and self.text != "I"

    @property
    def joined(self) -> bool:
        """Tell whether only a space, or the stop of an initial or a title, stands before it."""
        return self.gap.strip(" \u00a0") in {"", "."} and 0 < len(self.gap) <= WIDEST_GAP


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; it takes one pass, however long the text."""
    found: list[Word] = []
    position, before = 0, ""
    for match in _WORD.finditer(text):
        written, start = match.group(), match.start()
        owns = written.endswith(_POSSESSIVE) and len(written) > len("'s")
        if owns:
            written = written[:-2]
        gap = text[position:start]
        opens = not found or (
            gap != " " and bool(_ENDS.search(gap)) and not _shortened(before, gap)
        )
        found.append(Word(written, folded(written), start, start + len(written), gap, opens, owns))
        position, before = match.end(), written
    return found


_SHORTENED = word_set("""
mr mrs ms dr st prof rev
""")


def _shortened(word: str, gap: str) -> bool:
    """Tell whether the stop belongs to a title or an initial and ends no sentence."""
    return gap.strip(" ") == "." and (word.lower() in _SHORTENED or len(word) == 1)


def next_low(words: Sequence[Word], at: int) -> str:
    """Return the next word as the lists spell it, or nothing if none follows at once."""
    return words[at + 1].low if at + 1 < len(words) and words[at + 1].joined else ""


def lows_after(words: Sequence[Word], at: int, most: int) -> list[str]:
    """Return the words that follow at once, as the lists spell them."""
    found = []
    for word in words[at + 1 : at + 1 + most]:
        if not word.joined:
            break
        found.append(word.low)
    return found
