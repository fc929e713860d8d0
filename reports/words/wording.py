"""Sentences about numbers: every count is said with its base, and never larger than it is.

Numbers that families read are copied into newsletters without their footnotes, so the base, the
audience and the rounding live in the sentence itself.
"""

import datetime as dt
from collections.abc import Iterable

SMALLEST_BASE_FOR_SIZE = 10
SIZE_WORDS = (
    ("few", "fewer than 10 in every 100"),
    ("some", "from 10 to fewer than 30 in every 100"),
    ("many", "from 30 up to 50 in every 100"),
    ("most", "more than 50 and fewer than 90 in every 100"),
    ("nearly all", "90 or more in every 100, but not all"),
    ("all", "every single one"),
)
WROTE = "who wrote a comment"
AUDIENCES: dict[str, tuple[str, str]] = {
    "parent_carer": ("parent carer", "parent carers"),
    "young_person": ("child or young person", "children and young people"),
    "professional": ("professional", "professionals"),
    "vcs": ("person from a voluntary group", "people from voluntary groups"),
    "governor": ("governor", "governors"),
    "councillor": ("councillor", "councillors"),
    "adult_with_send": ("young adult with SEND", "young adults with SEND"),
    "other": ("other person", "other people"),
}
EASY_AUDIENCES = {
    "parent_carer": ("parent or carer", "parents and carers"),
    "young_person": ("child or young person", "children and young people"),
    "professional": ("person who works with children", "people who work with children"),
}
EVERYBODY = ("person", "people")


def date(day: dt.date) -> str:
    """Write a date as people say it: "6 February 2026"."""
    return f"{day.day} {day:%B %Y}"


def period(first: dt.date, last: dt.date) -> str:
    """Write a range of dates without repeating what both share."""
    if first == last:
        return date(first)
    start = f"{first.day} {first:%B}" if first.year == last.year else date(first)
    return f"{start} to {date(last)}"


def season(day: dt.date) -> str:
    """Name the season and year, the finest time that a quote may be given.

    An exact date beside a role could name a person; winter is named by the year it starts in.
    """
    names = ("Winter", "Spring", "Summer", "Autumn")
    year = day.year - 1 if day.month <= 2 else day.year  # noqa: PLR2004  # January, February
    return f"{names[day.month % 12 // 3]} {year}"


def number(value: int) -> str:
    """Write a whole number with commas for thousands."""
    return f"{value:,}"


def plural(count: int, one: str, many: str) -> str:
    """Write a count with the form of the word that fits it."""
    return f"{number(count)} {one if count == 1 else many}"


def audience(code: str | None, count: int | None = None) -> str:
    """Name an audience, in the singular for exactly one; None means everybody."""
    one, many = AUDIENCES.get(code, AUDIENCES["other"]) if code else EVERYBODY
    return one if count == 1 else many


def easy_audience(code: str | None, count: int | None = None) -> str:
    """Name an audience in the words of the easy-read edition."""
    if code in EASY_AUDIENCES:
        one, many = EASY_AUDIENCES[code]
        return one if count == 1 else many
    return audience(code, count)


def in_order(codes: Iterable[str]) -> list[str]:
    """Put audiences in the order in which every table and chart shows them."""
    order = list(AUDIENCES)
    return sorted(codes, key=lambda code: (order.index(code) if code in order else 99, code))


def share(
    value: int | None, base: int, code: str | None, *, who: str = WROTE, threshold: int = 5
) -> str:
    """Say how many of how many: "212 of 340 parent carers who wrote a comment".

    Args:
        value: people, or None when the count is too small to show.
        base: everybody the count is out of.
        code: audience, or None for everybody.
        who: what makes somebody part of the base.
        threshold: smallest count that may be shown, named when the value is hidden.
    """
    count = f"Fewer than {threshold}" if value is None else number(value)
    if value == 0:
        count = "None"
    if base == 1:
        return f"{count} of 1 {audience(code, 1)} {who}"
    return f"{count} of {number(base)} {audience(code)} {who}".replace("  ", " ").strip()


def easy_share(value: int | None, code: str | None) -> str:
    """Say a count for easy read: one number, no base, no percentage; hidden counts are "A few"."""
    if value is None:
        return f"A few {easy_audience(code)} said this."
    if value == 0:
        return ""
    return f"{number(value)} {easy_audience(code, value)} said this."


def not_shown(code: str | None) -> str:
    """Say that a number is left out, and why, where "fewer than" would not be true."""
    return f"Not shown for {audience(code)}, so that nobody can be recognised"


WHY_NOT_SHOWN = (
    "A number is “not shown” where “fewer than” would not be true, or would give a small number"
    " away beside other numbers of this report or of an earlier version."
)
"""What stands beside numbers that are not shown: the version before may have said "fewer than"."""


def as_in(version: int) -> str:
    """Say that a number is older than the page it stands on."""
    return f"(as counted for version {version})"


def easy_not_shown(code: str | None) -> str:
    """Say the same for easy read."""
    return f"We do not say how many {easy_audience(code)} said this."


def size_word(value: int | None, base: int) -> str | None:
    """Name the size of a share by exact whole-number comparison; SIZE_WORDS says what each means.

    Nothing is said of a base under ten, and a share is never rounded up to the next word:
    exactly half is "many", not "most".
    """
    if value is None or base < SMALLEST_BASE_FOR_SIZE or value == 0:
        return None
    if value * 10 < base:
        return "few"
    if value * 10 < base * 3:
        return "some"
    if value * 2 <= base:
        return "many"
    if value * 10 < base * 9:
        return "most"
    return "nearly all" if value < base else "all"


def size_words_note() -> str:
    """Explain the size words for the method box, so that "many" has a meaning one can check."""
    parts = [f"“{word}” means {meaning}" for word, meaning in SIZE_WORDS]
    return f"In this report {'; '.join(parts)}."


def join(parts: list[str]) -> str:
    """Join a list the way it is spoken: "a, b and c", or "a, b and c, and d" where it must be."""
    if len(parts) <= 1:
        return "".join(parts)
    pause = "," if len(parts) > 2 and any(" and " in part for part in parts) else ""  # noqa: PLR2004  # two need none
    return f"{', '.join(parts[:-1])}{pause} and {parts[-1]}"
