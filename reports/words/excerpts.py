"""Words that are cut from a longer comment, and how a reader sees where they were cut.

A comment is analysed clause by clause, so a quote may begin or end in the middle of a sentence.
Then an ellipsis stands where words were left out; nothing else is changed, not even a capital.
"""

import dataclasses
import re
from collections.abc import Mapping

CUT = "…"
GAP = "\N{NO-BREAK SPACE}"
CLOSING = "\"')]”\N{RIGHT SINGLE QUOTATION MARK}*"
ENDS = (".", "?", "!", CUT)
_OPENED = re.compile(r"(?<![^\s(\[])[\"'“\N{LEFT SINGLE QUOTATION MARK}(](?=\w)")
_CLOSED = re.compile(r"(?<=\S)[\"'”\N{RIGHT SINGLE QUOTATION MARK})](?!\w)")


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """Whether the sentence of a quote goes on before it and after it."""

    before: bool = False
    after: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether only whole sentences are quoted."""
        return not (self.before or self.after)


WHOLE = Cut()


def cut_from(clauses: Mapping[int, str], place: int) -> Cut:
    """Tell where one clause of a comment, by its number, is cut out of a sentence.

    A line that somebody ended without a full stop counts as cut: words were left out there too.
    """
    before = [words for number, words in clauses.items() if number < place]
    return Cut(
        before=bool(before) and not ends_a_sentence(before[-1]),
        after=any(number > place for number in clauses) and not ends_a_sentence(clauses[place]),
    )


def ends_a_sentence(words: str) -> bool:
    """Tell whether words end where a sentence does, whatever quotation marks close it."""
    return words.rstrip().rstrip(CLOSING).endswith(ENDS)


def leaves_open(words: str) -> bool:
    """Tell whether words open a quotation or a bracket and end before it does.

    A clause may end where somebody's own words end, and the mark that closes them stands after it.
    """
    return len(_OPENED.findall(words)) > len(_CLOSED.findall(words))


def shown(words: str, cut: Cut) -> str:
    """Return words with an ellipsis wherever they are cut."""
    before = f"{CUT}{GAP}" if cut.before else ""
    return f"{before}{words}{f'{GAP}{CUT}' if cut.after else ''}"
