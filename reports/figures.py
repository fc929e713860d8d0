"""The ledger of facts: counts made safe to show, each with its sentence, and all together."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from analysis.disclosure import Count, protect_count, protect_row
from reports import wording
from reports.document import Document, Fact, Hidden

_MARKS: dict[str | None, Hidden] = {"[c]": "[c]"}
ANSWERED = "who answered"
Part = TypeVar("Part")


def share(  # a public number is its count, its base and what was counted
    key: str,
    people: int,
    base: int,
    *,
    threshold: int,
    audience: str | None = None,
    who: str = wording.WROTE,
    tail: str = "",
    theme_id: str | None = None,
) -> Fact:
    """Make a fact of people out of people; a count under the threshold keeps only its sentence.

    A base under the threshold would itself point at people, so then both are hidden.
    """
    if base < threshold:
        text = f"Too few {wording.audience(audience)} to show"
        return Fact(
            key=key, value=None, base=None, wording=text, shorthand="[c]", audience=audience,
            theme_id=theme_id,
        )  # fmt: skip
    count = protect_count(people, threshold=threshold)
    said = wording.share(count.value, base, audience, who=who, threshold=threshold)
    return Fact(
        key=key,
        value=count.value,
        base=base,
        wording=f"{said} {tail}".strip(),
        shorthand=_MARKS.get(count.shorthand),
        audience=audience,
        theme_id=theme_id,
    )


def not_shown(
    key: str, audience: str | None, *, base: int | None = None, theme_id: str | None = None
) -> Fact:
    """Make a fact of a number that is left out because others would give people away with it."""
    return Fact(
        key=key, value=None, base=base, wording=wording.not_shown(audience), shorthand="[c]",
        audience=audience, theme_id=theme_id,
    )  # fmt: skip


def parts(
    prefix: str, counts: Mapping[str, int], names: Mapping[str, str], *, threshold: int
) -> tuple[Fact, ...]:
    """Make facts of the parts of a total that is shown too, so none follows by subtraction.

    Args:
        prefix: start of each key.
        counts: part to its number; parts that are nought are left out.
        names: part to the words after the number ("{} answered on paper").
        threshold: smallest number that may be shown.
    """
    present = {name: count for name, count in counts.items() if count}
    shown = protect_row(present, threshold=threshold)
    return tuple(
        Fact(
            key=f"{prefix}/{name}",
            value=shown[name].value,
            base=sum(present.values()),
            wording=_number_of(shown[name], threshold, names.get(name, name)),
            shorthand=_MARKS.get(shown[name].shorthand),
        )
        for name in present
    )


def whole(key: str, value: int, text: str, base: int | None = None) -> Fact:
    """Make a fact of a number that points at nobody: entries, themes, comments."""
    return Fact(key=key, value=value, base=base, wording=text)


def said_again(fact: Fact, key: str, text: str) -> Fact:
    """Say a number a second time in another sentence, as a fact of its own."""
    return dataclasses.replace(fact, key=key, wording=text)


def cell(fact: Fact) -> str:
    """Write a fact for a table: its number, marked if it was revised, or the mark that hides it."""
    if fact.value is None:
        return fact.shorthand or "[c]"
    shown = wording.number(fact.value)
    return f"{shown} {fact.shorthand}" if fact.shorthand else shown


def percent(fact: Fact) -> float:
    """Return the share in per cent for a drawing; nought when the number is hidden."""
    if fact.value is None or not fact.base:
        return 0.0
    return 100 * fact.value / fact.base


def _number_of(count: Count, threshold: int, text: str) -> str:
    if count.value is None:
        return f"A number too small to show: {text} (under {threshold}, or close to one that is)"
    return f"{wording.number(count.value)} {text}"


def ledger(document: Document) -> tuple[Fact, ...]:
    """Collect every public number in the document, in reading order, each key once.

    Raises ValueError when one key names two different numbers: a fact has one value.
    """
    found: dict[str, Fact] = {}
    for fact in _facts(document):
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

    revised: Document = _mapped(document, marked)
    return revised


def unmarked(fact: Fact) -> Fact:
    """Return a number without the mark that it was revised once."""
    return dataclasses.replace(fact, shorthand=None) if fact.shorthand == "[r]" else fact


def _mapped(value: Any, change: Callable[[Fact], Fact]) -> Any:
    if isinstance(value, Fact):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return type(value)(**{name: _mapped(getattr(value, name), change) for name in names})
    return value


def _facts(value: object) -> tuple[Fact, ...]:
    if isinstance(value, Fact):
        return (value,)
    if isinstance(value, tuple):
        return tuple(fact for item in value for fact in _facts(item))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return tuple(fact for field in fields for fact in _facts(getattr(value, field.name)))
    return ()


def of_part(part: object) -> tuple[Fact, ...]:
    """Return every number in a part of a document, in reading order."""
    return _facts(part)


def changed(part: Part, change: Callable[[Fact], Fact]) -> Part:
    """Return a part of a document with every number changed."""
    made: Part = _mapped(part, change)
    return made
