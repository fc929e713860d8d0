"""Rule Y15: an answer that is late says so by itself, from its own dates and today's.

Nobody has to admit it: "Update due 1 November 2026" stands on the page the day after.
"""

import datetime as dt
from collections.abc import Mapping

from reports.documents.document import Answer, Document
from reports.words.wording import date


def update_due(answer: Answer, today: dt.date) -> dt.date | None:
    """Return the earliest day on which something was owed and has not come, or None.

    A promise owes its deed on its day; every answer owes a look on the day it is to be checked.
    The day itself is still in time.
    """
    days = [answer.review_due]
    if answer.status not in {"done", "cant"}:
        days.append(answer.due_on)
    return min((day for day in days if day and day < today), default=None)


def notice(answer: Answer, today: dt.date) -> str:
    """Say since when an update is owed; nothing if none is."""
    due = update_due(answer, today)
    return f"Update due {date(due)}" if due else ""


def notices(document: Document, today: dt.date) -> Mapping[str, str]:
    """Return the words "Update due …" for each entry that owes an update, by its key."""
    owed = {entry.key: notice(entry.answer, today) for entry in document.entries}
    return {key: words for key, words in owed.items() if words}
