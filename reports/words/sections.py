"""Which parts a report has and in which order: the arrangement that every format follows.

What readers are owed stays in every report: the entries, what cannot be done, who was not heard
from, and how it was made. Everything else may be moved, left out, or joined by text of one's own.
"""

import dataclasses
from typing import Literal

from reports.words.easylines import EasyLine

Kind = Literal[
    "headlines", "entries", "quotes", "findings", "raised", "words", "profile", "map", "refusals",
    "not_heard", "method", "text",
]  # fmt: skip
HEADINGS: dict[Kind, str] = {
    "headlines": "In five figures",
    "entries": "You said, we did",
    "quotes": "In their own words",
    "findings": "What people answered",
    "raised": "What people raised, in numbers",
    "words": "The words people used most",
    "profile": "Who we heard from",
    "map": "Where answers came from",
    "refusals": "What we cannot do, and why",
    "not_heard": "Who we did not hear from",
    "method": "How this was made",
}
ABOUT: dict[Kind, str] = {
    "headlines": "Five numbers with what they are out of.",
    "entries": "Every entry, by ambition of the strategy.",
    "quotes": "The quotes that the entries use, together in one place.",
    "findings": "Tables and charts of the questions with fixed answers.",
    "raised": "A chart for each group of people, and the table with every number.",
    "words": "The word cloud and its table.",
    "profile": "Who answered, beside the people who live here.",
    "map": "How many answers came from each district.",
    "refusals": "Every “we can't” in one place, with its reason.",
    "not_heard": "Who is missing, and what is done about it.",
    "method": "Dates, people, comments, tools and limits.",
}
#: Names of places on a page that links point at already; they stay.
ANCHORS: dict[Kind, str] = {
    "findings": "answered", "profile": "who", "refusals": "cannot", "not_heard": "not-heard",
}  # fmt: skip
#: What readers are owed: it can be moved, and never left out.
OWED: frozenset[Kind] = frozenset({"entries", "refusals", "not_heard", "method"})
#: What is left out until somebody asks for it.
ASKED_FOR: frozenset[Kind] = frozenset({"quotes"})


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """One part of a published report; only a text brings its own heading and words.

    Attributes:
        kind: what stands in it.
        key: name of a text, which stays when the text is moved or changed.
        heading, easy_heading: over a text, in either edition.
        words: paragraphs of a text.
        easy: the same as easy-read lines; without any, the text is not in the easy edition.
    """

    kind: Kind
    key: str = ""
    heading: str = ""
    words: tuple[str, ...] = ()
    easy_heading: str = ""
    easy: tuple[EasyLine, ...] = ()

    @property
    def title(self) -> str:
        """Return the heading that readers see."""
        return self.heading or HEADINGS[self.kind]

    @property
    def anchor(self) -> str:
        """Return the name of its place on a page."""
        return ANCHORS.get(self.kind, self.key or self.kind)


USUAL: tuple[Section, ...] = tuple(Section(kind) for kind in HEADINGS if kind not in ASKED_FOR)


def laid_out(chosen: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the parts of a report in order; one from before there was a choice has the usual."""
    return chosen or USUAL


def paragraphs(written: str) -> tuple[str, ...]:
    """Split what somebody wrote at empty lines; lines of one paragraph are joined."""
    found = (" ".join(part.split()) for part in written.replace("\r\n", "\n").split("\n\n"))
    return tuple(part for part in found if part)
