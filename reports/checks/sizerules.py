"""Rules about sizes and days that people type: a share, a crowd, and a calendar that cannot be.

The counts beside an entry are protected and counted again; a number in the running text is not.
So a rule asks where it comes from, and whether "most" is more than half.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator

from reports.checks.rulefacts import EntryFacts, Weight
from reports.words.wording import date

PEOPLE = (
    r"(?:of (?:us|them|you|the )|parents?|carers?|famil(?:y|ies)|people|young people|children"
    r"|professionals|teachers|staff|respondents|answers|comments)"
)
MOST = re.compile(rf"\b(?:most {PEOPLE}|(?:a|the|great|vast|large) majority\b)", re.IGNORECASE)
ALL = re.compile(
    rf"\b(?:(?:nearly|almost|virtually) (?:all|every\w*)\b|all {PEOPLE})", re.IGNORECASE
)
SHARE = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent\b)", re.IGNORECASE)
CROWD = re.compile(rf"\b\d[\d,]* (?:out of \d[\d,]*|of (?:the )?\d[\d,]*|{PEOPLE})", re.IGNORECASE)
HALF, NEARLY = 50, 90


def sizes_are_counted(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y1: "most" is more than half of some group, and "nearly all" is nine in ten.

    Readers copy the word and not the count beside it, so the word may not say more.
    """
    shares = [
        100 * one.shown / one.base for one in entry.counts if one.shown is not None and one.base
    ]
    highest = max(shares, default=0.0)
    if (most := MOST.search(entry.said)) and highest <= HALF:
        yield f"“{most[0]}”: in no group did more than half raise this. Write “some”."
    if (whole := ALL.search(entry.said)) and highest < NEARLY:
        yield f"“{whole[0]}”: in no group did nine in ten raise this. Write “many”."


def numbers_have_a_source(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    """Y1: a share or a number of people in the text says where it comes from.

    "85% agreed" without base, wording or day cannot be checked by anybody.
    """
    if number := SHARE.search(entry.said) or CROWD.search(entry.said):
        yield (
            f"“{number[0]}” stands in what families said without its base. Leave it out: the"
            " counts beside it are checked."
        )
    number = SHARE.search(entry.did) or CROWD.search(entry.did)
    if number and not entry.evidence.strip():
        yield f"Say where “{number[0]}” comes from: add it as evidence, with its source and day."


def days_can_be(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    """Y3: nothing is decided in the future, and nothing ends before it starts.

    A wrong day is the first thing that a reader who was there will see.
    """
    if entry.decided_on is not None and entry.decided_on > today:
        yield f"It cannot have been decided on {date(entry.decided_on)}: that day is to come."
    ends = entry.done_on if entry.response_type == "done" else entry.due_on
    if entry.started_on is not None and ends is not None and ends < entry.started_on:
        yield f"It starts on {date(entry.started_on)} and ends on {date(ends)}. Mend the days."


def promise_is_to_come(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    """Y4: the day of a promise has not passed before it is made.

    It would be printed as late on its first day.
    """
    promised = entry.response_type in {"doing", "planned"}
    if promised and entry.due_on is not None and entry.due_on < today:
        yield f"The day for it, {date(entry.due_on)}, has passed. Give a new one."


RULES: tuple[tuple[str, Weight, Callable[[EntryFacts, dt.date, dt.date], Iterator[str]]], ...] = (
    ("Y1", "warn", sizes_are_counted),
    ("Y1", "warn", numbers_have_a_source),
    ("Y3", "block", days_can_be),
    ("Y4", "warn", promise_is_to_come),
)
