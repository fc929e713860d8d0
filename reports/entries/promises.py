"""Promises made in prose before there was a ledger: brought in with their day and followed."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit, taxonomy
from engage.consultations import local_date
from reports.documents.document import STATUSES
from reports.documents.ledger import Row
from reports.models.life import OldPromise
from reports.words.addresses import slugify
from reports.words.wording import date

COLUMNS = ("title", "promise", "due_on", "source")
MORE_COLUMNS = ("ambition", "service_area", "owner_role", "owner_org")


class PromiseError(ValueError):
    """A file of promises, or an update of one, cannot be used; the message names the line."""


def import_file(
    session: Session, path: Path, *, is_demo: bool = False, actor: str, now: dt.datetime
) -> tuple[int, int]:
    """Bring in a CSV of old promises; return how many are new and how many were there already.

    Every line is checked before the first is kept. A promise with the same title and day is not
    brought in twice.
    """
    found = list(_read(path, local_date(now)))
    new = 0
    for values in found:
        due_on = values["due_on"]
        key = f"{slugify(str(values['title']))}-{due_on}"
        if session.scalar(select(OldPromise).where(OldPromise.key == key)) is None:
            promise = OldPromise(
                key=key, status="update_due", is_demo=is_demo, imported_by=actor, imported_at=now,
                **values,
            )  # fmt: skip
            session.add(promise)
            session.flush()
            _note(session, "imported", promise, actor=actor, now=now)
            new += 1
    return new, len(found) - new


def update(
    session: Session,
    key: str,
    *,
    status: str,
    note: str,
    actor: str,
    now: dt.datetime,
) -> OldPromise:
    """Say what became of an old promise."""
    promise = session.scalar(select(OldPromise).where(OldPromise.key == key))
    if promise is None:
        message = f"There is no old promise called {key!r}."
        raise PromiseError(message)
    if status not in STATUSES or not note.strip():
        message = f"Give one of the statuses {', '.join(STATUSES)}, and say what became of it."
        raise PromiseError(message)
    promise.status, promise.note, promise.updated_on = status, note.strip(), local_date(now)
    session.flush()
    _note(session, f"promise_{status}", promise, actor=actor, now=now)
    return promise


def rows(session: Session, today: dt.date) -> tuple[Row, ...]:
    """Return a line of the ledger for each old promise; without an update it is late."""
    found = session.scalars(select(OldPromise).order_by(OldPromise.due_on, OldPromise.key))
    return tuple(_row(promise, today) for promise in found)


def _row(promise: OldPromise, today: dt.date) -> Row:
    silent = promise.status == "update_due"
    owed = promise.due_on if silent and promise.due_on < today else None
    updated = f" {date(promise.updated_on)}: {promise.note}" if promise.updated_on else ""
    return Row(
        title=promise.title,
        href="",
        source=promise.source,
        said="",
        answer=f"{promise.promise}{updated}",
        status=next((s for s in STATUSES if s == promise.status), None),
        reopened=False,
        late=f"Update due {date(owed)}" if owed else "",
        since=owed,
        verdict="",
        ambition=promise.ambition or "",
        bees=(),
        areas=(promise.service_area,) if promise.service_area else (),
        audiences=(),
        year=promise.due_on.year,
        is_example=promise.is_demo,
    )


def _read(path: Path, today: dt.date) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if lacking:
            message = f"{path.name} needs the columns {', '.join(COLUMNS)}."
            raise PromiseError(message)
        for row in reader:
            yield _line(path, reader.line_num, row, today)


def _line(path: Path, line: int, row: dict[str, str], today: dt.date) -> dict[str, object]:
    clean = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *MORE_COLUMNS)}
    missing = [name for name in COLUMNS if not clean[name]]
    if missing:
        raise _mistake(path, line, f"{missing[0]} is empty")
    for name, terms in (("ambition", "ambitions"), ("service_area", "service_areas")):
        if clean[name] and taxonomy.term(terms, clean[name], today) is None:
            raise _mistake(path, line, f"{clean[name]!r} is not one of the {terms}")
    try:
        due_on = dt.date.fromisoformat(clean["due_on"])
    except ValueError:
        raise _mistake(path, line, f"{clean['due_on']!r} is not a date like 2022-09-01") from None
    return {
        **clean, "due_on": due_on,
        "ambition": clean["ambition"] or None, "service_area": clean["service_area"] or None,
    }  # fmt: skip


def _mistake(path: Path, line: int, what: str) -> PromiseError:
    return PromiseError(f"{path.name}, line {line}: {what}. Nothing was brought in.")


def _note(
    session: Session, verb: str, promise: OldPromise, *, actor: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="old_promise", object_id=promise.id, now=now
    )
