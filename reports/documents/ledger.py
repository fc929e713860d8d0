"""The living ledger: every answer of every report, searched and filtered, what is late first.

It is made from published documents, so that it can say nothing that has not been published.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from reports.documents import overdue
from reports.documents.document import STATUS_WORDS, Document, Entry, Group, Status
from reports.words import wording

FILTERS = ("ambition", "bee", "area", "status", "audience", "year")
STATUS_CHOICES: dict[str, str] = {
    "late": "Update due",
    "reopened": "Reopened",
    **dict(STATUS_WORDS.items()),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger: an answer, or a promise that was made before there was a ledger.

    Attributes:
        href: where the whole answer is; empty for an old promise.
        status: one of the five statuses; None while an old promise has no update.
        late: "Update due 1 November 2026", or empty.
        since: the day it has been late from, for the order.
        year: the year in which it was published or promised.
    """

    title: str
    href: str
    source: str
    said: str
    answer: str
    status: Status | None
    reopened: bool
    late: str
    since: dt.date | None
    verdict: str
    ambition: str
    bees: tuple[str, ...]
    areas: tuple[str, ...]
    audiences: tuple[str, ...]
    year: int
    is_example: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What is different in an answer since an earlier version of its report."""

    title: str
    href: str
    text: str


def rows(document: Document, today: dt.date) -> tuple[Row, ...]:
    """Return a line for every answer of a published report."""
    return tuple(_row(document, entry, today) for entry in document.entries)


def matching(found: Iterable[Row], wanted: Mapping[str, str], words: str) -> list[Row]:
    """Return the lines that fit every filter and hold every word, late ones first.

    An unknown value of a filter fits nothing: a mistyped link may not look like "everything".
    """
    sought = words.lower().split()
    fits = [
        row
        for row in found
        if all(_fits(row, name, value) for name, value in wanted.items() if value)
        and all(word in f"{row.title} {row.said} {row.answer}".lower() for word in sought)
    ]
    return sorted(fits, key=_late_first)


def choices(found: Sequence[Row], name: str) -> list[str]:
    """Return the values of a filter that at least one line has."""
    values = {value for row in found for value in VALUES[name](row)}
    return sorted(values, reverse=name == "year")


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """Return what is new or has moved since an earlier version, in reading order."""
    before = {entry.key: entry for entry in old.entries}
    found = []
    for entry in new.entries:
        text = _changed(before.get(entry.key), entry)
        if text:
            found.append(Change(entry.title, _href(new, entry), text))
    gone = before.keys() - {entry.key for entry in new.entries}
    found += [
        Change(before[key].title, _href(old, before[key], version=True), "No longer in the report.")
        for key in sorted(gone)
    ]
    return tuple(found)


def with_groups(document: Document, groups: tuple[Group, ...]) -> Document:
    """Return a document with some of its groups only."""
    return dataclasses.replace(document, groups=groups)


def _row(document: Document, entry: Entry, today: dt.date) -> Row:
    owed = overdue.update_due(entry.answer, today)
    return Row(
        title=entry.title,
        href=_href(document, entry),
        source=document.cover.consultation,
        said=entry.said,
        answer=entry.answer.text,
        status=entry.answer.status,
        reopened=entry.answer.reopened,
        late=f"Update due {wording.date(owed)}" if owed else "",
        since=owed,
        verdict=entry.verdict.words if entry.verdict.given else "",
        ambition=entry.ambition,
        bees=entry.bees,
        areas=entry.service_areas,
        audiences=tuple(v.fact.audience for v in entry.voices if v.fact.audience and v.fact.value),
        year=document.cover.published_on.year,
        is_example=document.cover.is_demo,
    )


def _href(document: Document, entry: Entry, *, version: bool = False) -> str:
    part = f"v{document.cover.version}/" if version else ""
    return f"/you-said-we-did/{document.cover.slug}/{part}#{entry.key}"


def _statuses(row: Row) -> tuple[str, ...]:
    found = [row.status] if row.status else []
    return (*found, *(["late"] if row.late else []), *(["reopened"] if row.reopened else []))


VALUES: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "ambition": lambda row: (row.ambition,) if row.ambition else (),
    "bee": lambda row: row.bees,
    "area": lambda row: row.areas,
    "status": _statuses,
    "audience": lambda row: row.audiences,
    "year": lambda row: (str(row.year),),
}


def _fits(row: Row, name: str, value: str) -> bool:
    return value in VALUES[name](row)


def _late_first(row: Row) -> tuple[bool, dt.date, str]:
    return (not row.late, row.since or dt.date.max, row.title.lower())


def _changed(before: Entry | None, now: Entry) -> str:
    if before is None:
        return "New."
    parts = []
    was, became = _said_status(before), _said_status(now)
    if was != became:
        parts.append(f"It was “{was}” and is now “{became}”.")
    if before.verdict.given != now.verdict.given:
        parts.append(f"Families say now: {now.verdict.words}")
    if not parts and before.answer.text != now.answer.text:
        parts.append("The answer is told anew.")
    return " ".join(parts)


def _said_status(entry: Entry) -> str:
    return "Reopened" if entry.answer.reopened else STATUS_WORDS[entry.answer.status]
