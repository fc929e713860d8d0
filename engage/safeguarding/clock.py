"""By when words must have been read: working days in Britain, counted from when they came."""

import datetime as dt

from engage import taxonomy
from engage.consultations import HERE
from engage.settings import Settings
from surveys.ages import YOUNG_AUDIENCE

HOLIDAYS = "bank_holidays"
SATURDAY = 5


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices are open: no weekend and no bank holiday of England and Wales.

    A year that the list does not know yet has no bank holidays, so the clock is rather too fast.
    """
    return day.weekday() < SATURDAY and not taxonomy.terms(HOLIDAYS, on=day)


def due(arrived: dt.datetime, working_days: int) -> dt.datetime:
    """Return when words must have been read.

    That is the same time of day so many working days later. What comes at a weekend counts as
    come at the first minute of the next working day.
    """
    local = arrived.astimezone(HERE)
    day, time = local.date(), local.time()
    if not is_working_day(day):
        day, time = _next_working_day(day), dt.time()
    for _ in range(working_days):
        day = _next_working_day(day)
    return dt.datetime.combine(day, time, tzinfo=HERE).astimezone(dt.UTC)


def days_for(audience: str, settings: Settings) -> int:
    """Return the working days allowed for words from a survey of that audience."""
    if audience == YOUNG_AUDIENCE:
        return settings.safeguarding_days_under_18
    return settings.safeguarding_days


def _next_working_day(day: dt.date) -> dt.date:
    day += dt.timedelta(days=1)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day
