"""Words in two editions: the same meaning said plainly and said again in easy read."""

import dataclasses
from typing import Literal, get_args

Edition = Literal["standard", "easy"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)


def other_edition(edition: Edition) -> Edition:
    """Return the edition that the switch on every page leads to."""
    return "easy" if edition == "standard" else "standard"


@dataclasses.dataclass(frozen=True)
class Line:
    """One easy-read sentence and the name of the picture that stands at its left."""

    text: str
    picture: str


@dataclasses.dataclass(frozen=True)
class Wording:
    """One short text in each edition."""

    standard: str
    easy: str

    def in_(self, edition: Edition) -> str:
        """Return the words of that edition."""
        return self.easy if edition == "easy" else self.standard


@dataclasses.dataclass(frozen=True)
class Passage:
    """Paragraphs in the standard edition, single pictured lines in easy read."""

    standard: tuple[str, ...] = ()
    easy: tuple[Line, ...] = ()

    def in_(self, edition: Edition) -> tuple[str, ...]:
        """Return the sentences of that edition without their pictures."""
        return tuple(line.text for line in self.easy) if edition == "easy" else self.standard

    def __bool__(self) -> bool:
        return bool(self.standard or self.easy)


@dataclasses.dataclass(frozen=True)
class Option:
    """One thing a person can choose; the key is what is stored, in every edition the same.

    Attributes:
        easy_as: key of the easy-read option in the same band, for a finer answer that easy read
            does not offer; empty for an option of both editions.
    """

    key: str
    words: Wording
    picture: str
    easy_as: str = ""

    def label(self, edition: Edition) -> str:
        """Return what a person reads beside the button."""
        return self.words.in_(edition)


@dataclasses.dataclass(frozen=True)
class Choice:
    """One option made ready for a page: value to send, words to read, picture to see."""

    value: str
    text: str
    picture: str
    chosen: bool = False
