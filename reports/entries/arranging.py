"""The verbs of the builder: move a part or an entry, leave a part out, write text between them.

The usual order needs no rows. They are written when somebody first changes it, and a kind of part
that came later takes its usual place behind the part that usually stands before it.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Literal, TypeVar, cast

from sqlalchemy.orm import Session

from engage import audit
from reports.models import Entry, Report
from reports.models.arrangements import ReportSection
from reports.words import easylines
from reports.words.sections import ASKED_FOR, HEADINGS, OWED, Kind, Section, paragraphs

Way = Literal["up", "down", "top"]
WAYS: tuple[Way, ...] = ("up", "down", "top")
MOST_TEXTS = 20
Thing = TypeVar("Thing")


class ArrangementError(ValueError):
    """A part cannot be put so; the message says why and what to do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A text of one's own, in both editions, as it was typed."""

    heading: str
    words: str
    easy_heading: str = ""
    easy_words: str = ""


def arranged(report: Report) -> list[ReportSection]:
    """Return every part in order, those left out too; rows that nobody has made are unsaved."""
    found = sorted(report.sections, key=lambda part: part.position)
    there = {part.kind for part in found}
    before = ""
    for kind in HEADINGS:
        if kind not in there:
            place = next((i + 1 for i, part in enumerate(found) if part.kind == before), 0)
            found.insert(place, _usual(report, kind))
        before = kind
    return found


def sections(report: Report) -> tuple[Section, ...]:
    """Return the parts that will be published, as the document holds them."""
    return tuple(
        Section(
            kind=cast("Kind", part.kind),
            key=part.key if part.kind == "text" else "",
            heading=part.heading,
            words=paragraphs(part.words),
            easy_heading=part.easy_heading,
            easy=easylines.illustrated(easylines.parse(part.easy_words), "information"),
        )
        for part in arranged(report)
        if part.shown
    )


def move(
    session: Session, report: Report, key: str, way: Way, *, actor: str, now: dt.datetime
) -> ReportSection:
    """Move a part one place up or down, or to the top."""
    parts = arranged(report)
    part = _find(parts, key)
    _keep(session, report, _moved(parts, part, way))
    _note(session, "moved_section", report, actor=actor, now=now)
    return part


def show(
    session: Session, report: Report, key: str, *, shown: bool, actor: str, now: dt.datetime
) -> ReportSection:
    """Put a part into the report, or leave it out; what readers are owed cannot be left out."""
    parts = arranged(report)
    part = _find(parts, key)
    if not shown and part.kind in OWED:
        msg = f"“{title(part)}” stays: readers are owed it in every report. It can be moved."
        raise ArrangementError(msg)
    part.shown = shown
    _keep(session, report, parts)
    _note(session, "showed_section" if shown else "left_out_section", report, actor=actor, now=now)
    return part


def write_text(
    session: Session, report: Report, text: TextPart, *, key: str = "", actor: str, now: dt.datetime
) -> ReportSection:
    """Write a text of one's own: a new one stands at the top, one with a key is changed."""
    if text.easy_words.strip() and not text.easy_heading.strip():
        message = "Give the easy-read lines a heading, in easy words."
        raise ArrangementError(message)
    parts = arranged(report)
    texts = [part for part in parts if part.kind == "text"]
    if not key and len(texts) >= MOST_TEXTS:
        msg = f"A report has at most {MOST_TEXTS} texts of its own. Join two of them."
        raise ArrangementError(msg)
    part = _find(texts, key) if key else _new_text(report, texts)
    for field in dataclasses.fields(text):
        setattr(part, field.name, getattr(text, field.name).strip())
    _keep(session, report, parts if key else [part, *parts])
    _note(session, "wrote_section", report, actor=actor, now=now)
    return part


def drop_text(session: Session, report: Report, key: str, *, actor: str, now: dt.datetime) -> None:
    """Delete a text of one's own."""
    part = _find([part for part in report.sections if part.kind == "text"], key)
    session.delete(part)
    session.flush()
    session.expire(report, ["sections"])
    _note(session, "deleted_section", report, actor=actor, now=now)


def move_entry(
    session: Session, entry: Entry, way: Way, *, actor: str, now: dt.datetime
) -> tuple[int, int]:
    """Move an entry among those of its ambition; return its place there and how many there are."""
    beside = [one for one in entry.report.entries if one.ambition == entry.ambition]
    places = [one.position for one in beside]
    order = _moved(beside, entry, way)
    for one, position in zip(order, places, strict=True):
        one.position = position
    session.flush()
    session.expire(entry.report, ["entries"])
    audit.record(
        session, actor=actor, verb="moved_entry", object_type="entry", object_id=entry.id, now=now
    )
    return order.index(entry) + 1, len(order)


def title(part: ReportSection) -> str:
    """Return the heading of a part."""
    return part.heading or HEADINGS[cast("Kind", part.kind)]


def _moved(things: Sequence[Thing], thing: Thing, way: Way) -> list[Thing]:
    order = list(things)
    place = order.index(thing)
    order.remove(thing)
    order.insert({"up": max(0, place - 1), "down": place + 1, "top": 0}[way], thing)
    return order


def _find(parts: Sequence[ReportSection], key: str) -> ReportSection:
    found = next((part for part in parts if part.key == key), None)
    if found is None:
        message = "This part is no longer there. Look at the list again."
        raise ArrangementError(message)
    return found


def _usual(report: Report, kind: Kind) -> ReportSection:
    return ReportSection(
        report_id=report.id, key=kind.replace("_", "-"), kind=kind, position=0,
        shown=kind not in ASKED_FOR, heading="", words="", easy_heading="", easy_words="",
    )  # fmt: skip


def _new_text(report: Report, texts: Sequence[ReportSection]) -> ReportSection:
    taken = {part.key for part in texts}
    key = next(name for n in range(1, MOST_TEXTS + 1) if (name := f"text-{n}") not in taken)
    return ReportSection(report_id=report.id, key=key, kind="text", position=0, shown=True)


def _keep(session: Session, report: Report, order: Sequence[ReportSection]) -> None:
    for place, part in enumerate(order, start=1):
        part.position = place
    session.add_all(order)
    session.flush()
    session.expire(report, ["sections"])


def _note(session: Session, verb: str, report: Report, *, actor: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="report", object_id=report.id, now=now
    )
