"""Who checked the easy read: a named group of readers, on a day, and the words as they stood then.

Nobody can check words for later: a changed line makes the whole unchecked again until readers
have gone through it.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator

from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from reports.entries.standing import standing
from reports.models import Entry, Report
from reports.models.arrangements import EasyCheck


class EasyCheckError(ValueError):
    """A check cannot be kept as it is; the message says what to do."""


def easy_hash(report: Report) -> str:
    """Fingerprint every easy-read word that people wrote; the order of entries does not count."""
    return hashlib.sha256("\x1f".join(_words(report)).encode()).hexdigest()


def in_force(report: Report) -> EasyCheck | None:
    """Return the newest check of the words as they stand now, or None."""
    now = easy_hash(report)
    return next((one for one in reversed(report.easy_checks) if one.easy_hash == now), None)


def record(
    session: Session,
    report: Report,
    *,
    readers: str,
    checked_on: dt.date,
    changed: str,
    actor: str,
    now: dt.datetime,
) -> EasyCheck:
    """Keep which group read the easy edition as it stands now, when, and what they changed."""
    if not readers.strip():
        message = "Name the group that read it, for example the youth council."
        raise EasyCheckError(message)
    if not changed.strip():
        message = "Say what they changed. If nothing: write “Nothing”."
        raise EasyCheckError(message)
    if checked_on > local_date(now):
        message = "The day of the check cannot be in the future."
        raise EasyCheckError(message)
    check = EasyCheck(
        report_id=report.id, readers=readers.strip(), checked_on=checked_on,
        changed=changed.strip(), easy_hash=easy_hash(report), recorded_by=actor, recorded_at=now,
    )  # fmt: skip
    session.add(check)
    session.flush()
    session.expire(report, ["easy_checks"])
    audit.record(
        session, actor=actor, verb="checked_easy_read", object_type="report",
        object_id=report.id, now=now,
    )  # fmt: skip
    return check


def _words(report: Report) -> Iterator[str]:
    yield from (report.easy_title, report.easy_summary, report.easy_not_heard)
    for entry in sorted(report.entries, key=lambda one: one.key):
        yield from _of_entry(entry)
    for part in sorted(report.sections, key=lambda one: one.key):
        if part.shown and part.easy_words:
            yield from (part.easy_heading, part.easy_words)


def _of_entry(entry: Entry) -> tuple[str, ...]:
    return (
        entry.key, entry.easy_title, entry.said_easy, standing(entry).status, entry.we_did_easy,
        entry.because_easy, entry.instead_easy,
    )  # fmt: skip
