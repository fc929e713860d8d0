"""What differs between two versions of a publication: its numbers, its entries, their status."""

import dataclasses
from collections.abc import Mapping

from reports.documents import printed
from reports.documents.document import STATUS_WORDS, Document, Entry, Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Revised:
    """A number that both versions print, and not alike.

    Attributes:
        key: the key of the figure.
        old, new: its fact in each version.
    """

    key: str
    old: Fact
    new: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """An entry whose answer stands otherwise than before, in the words that readers see."""

    key: str
    title: str
    old: str
    new: str


@dataclasses.dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two versions.

    Attributes:
        revised: numbers that both print and not alike, in reading order of the newer.
        shown: numbers that only the newer prints.
        gone: numbers that only the older prints.
        added, removed: titles of entries that only one of them has, by key.
        moved: entries whose status changed.
        reworded: titles of entries that say something else, in either band, by key.
    """

    revised: tuple[Revised, ...]
    shown: tuple[Fact, ...]
    gone: tuple[Fact, ...]
    added: Mapping[str, str]
    removed: Mapping[str, str]
    moved: tuple[Moved, ...]
    reworded: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Tell whether both versions say the same."""
        return not any(getattr(self, field.name) for field in dataclasses.fields(self))


def changes(old: Document, new: Document) -> Changes:
    """Compare two versions of one publication; the order of entries and dates do not count."""
    before = {fact.key: fact for fact in printed.ledger(old)}
    after = {fact.key: fact for fact in printed.ledger(new)}
    entries, others = ({entry.key: entry for entry in one.entries} for one in (old, new))
    return Changes(
        revised=tuple(
            Revised(key, before[key], fact)
            for key, fact in after.items()
            if key in before and _number(before[key]) != _number(fact)
        ),
        shown=tuple(fact for key, fact in after.items() if key not in before),
        gone=tuple(fact for key, fact in before.items() if key not in after),
        added={key: one.title for key, one in others.items() if key not in entries},
        removed={key: one.title for key, one in entries.items() if key not in others},
        moved=tuple(
            Moved(key, one.title, _status(entries[key]), _status(one))
            for key, one in others.items()
            if key in entries and _status(entries[key]) != _status(one)
        ),
        reworded={
            key: one.title
            for key, one in others.items()
            if key in entries and _said(entries[key]) != _said(one)
        },
    )


def _number(fact: Fact) -> tuple[int | None, int | None]:
    return fact.value, fact.base


def _status(entry: Entry) -> str:
    return "Reopened" if entry.answer.reopened else STATUS_WORDS[entry.answer.status]


def _said(entry: Entry) -> tuple[str, ...]:
    answer = entry.answer
    return (entry.said, entry.also_said, answer.text, answer.because, answer.instead)
