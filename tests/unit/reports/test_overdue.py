"""Lateness shows by itself: on the day after, from the answer's own dates."""

import dataclasses
import datetime as dt

import pytest

from reports.documents import overdue
from reports.documents.document import Answer, Status

DUE = dt.date(2026, 11, 1)
ANSWER = Answer("doing", "", (), "", "", "", "", (), "", (), "", "", "", None)


@pytest.mark.parametrize(
    ("status", "due_on", "review_due", "today", "owed"),
    [
        ("doing", DUE, None, DUE, None),
        ("doing", DUE, None, DUE + dt.timedelta(days=1), DUE),
        ("planned", DUE, None, DUE + dt.timedelta(days=1), DUE),
        ("finding", DUE, None, DUE + dt.timedelta(days=1), DUE),
        ("done", DUE, None, DUE + dt.timedelta(days=1), None),
        ("cant", DUE, None, DUE + dt.timedelta(days=1), None),
        ("done", None, DUE, DUE + dt.timedelta(days=1), DUE),
        ("done", None, DUE, DUE, None),
        ("doing", DUE, dt.date(2026, 10, 1), DUE + dt.timedelta(days=1), dt.date(2026, 10, 1)),
        ("doing", None, None, DUE, None),
    ],
)
def test_an_update_is_due_from_the_day_after(
    status: Status,
    due_on: dt.date | None,
    review_due: dt.date | None,
    today: dt.date,
    owed: dt.date | None,
) -> None:
    answer = dataclasses.replace(ANSWER, status=status, due_on=due_on, review_due=review_due)
    assert overdue.update_due(answer, today) == owed
