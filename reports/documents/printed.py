"""The ledger of facts: every number of a printed document, found, marked and changed together."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from reports.counting import figures
from reports.counting.counted import Shown
from reports.documents.document import Document, Fact


def all_marked(document: Document, shown: Shown) -> Document:
    """Mark what any part of a report shows as it was, where the part has not done so itself."""

    def marked(fact: Fact) -> Fact:
        version = shown.version(rests_on(fact.key))
        return (
            fact if fact.held or not version or fact.value is None else figures.held(fact, version)
        )

    found: Document = mapped(document, marked)
    return found


SAID_AGAIN = {"place": "question", "profile": "question", "reach": "responses"}


def rests_on(key: str) -> str:
    """Return the key of the number that a figure says again, in a map or beside the county."""
    start, slash, rest = key.removeprefix("missing/").partition("/")
    return f"{SAID_AGAIN.get(start, start)}{slash}{rest}"


def ledger(document: Document) -> tuple[Fact, ...]:
    """Collect every public number in the document, in reading order, each key once.

    Raises ValueError when one key names two different numbers: a fact has one value.
    """
    found: dict[str, Fact] = {}
    for fact in facts_in(document):
        if found.setdefault(fact.key, fact) != fact:
            msg = f"{fact.key} has two different values."
            raise ValueError(msg)
    return tuple(found.values())


def with_revisions(document: Document, before: Mapping[str, Fact]) -> Document:
    """Mark with "[r]" every number that differs from the version before."""

    def marked(fact: Fact) -> Fact:
        old = before.get(fact.key)
        same = old is None or (old.value, old.base) == (fact.value, fact.base)
        return fact if same or fact.value is None else dataclasses.replace(fact, shorthand="[r]")

    revised: Document = mapped(document, marked)
    return revised


def mapped(value: Any, change: Callable[[Fact], Fact]) -> Any:
    """Return any part of a document with every number in it changed."""
    if isinstance(value, Fact):
        return change(value)
    if isinstance(value, tuple):
        return tuple(mapped(item, change) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return type(value)(**{name: mapped(getattr(value, name), change) for name in names})
    return value


def facts_in(value: object) -> tuple[Fact, ...]:
    """Return every number in any part of a document, in reading order."""
    if isinstance(value, Fact):
        return (value,)
    if isinstance(value, tuple):
        return tuple(fact for item in value for fact in facts_in(item))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return tuple(fact for field in fields for fact in facts_in(getattr(value, field.name)))
    return ()
