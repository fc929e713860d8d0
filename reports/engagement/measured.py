"""One measure of our own work: what it means, how much it is, and out of what.

A measure that cannot be taken says why, so that an empty place is never read as a nought.
"""

import dataclasses
from collections.abc import Iterable

from reports.counting.shorthands import UNDER_ONE
from reports.formats.sheets import Column, Sheet

TITLES = {
    "people": "Who was reached, and how",
    "answering": "How it was to answer",
    "reading": "How the comments were read",
    "answers": "What came of it",
    "trust": "Whether people were told, and what they feel",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """One line of the page.

    Attributes:
        group: heading that it stands under, a key of TITLES.
        name: what is measured, in plain words.
        of: which part of it: an audience, an edition, a milestone; empty for the whole.
        definition: how it is counted, so that somebody else would get the same.
        value: as it is read, with its unit ("212", "47%", "61 days"); "[c]" where it is hidden.
        base: what it is out of, or the days it lies between.
        note: what readers must know, such as an aim or a caution.
    """

    group: str
    name: str
    of: str
    definition: str
    value: str
    base: str = ""
    note: str = ""


#: What nobody can measure here, and why: these are decisions, not gaps.
NOT_MEASURED = (
    (
        "Where people stop, and on which device",
        "No page that somebody reads is recorded, and no browser is looked at.",
    ),
    (
        "How many schools were reached",
        "Nobody is asked for the name of a school: in a small one it would point at a child.",
    ),
    (
        "How many messages were opened",
        "Mails hold no picture and no link that tells who read them.",
    ),
)


def per_cent(part: int, whole: int) -> str:
    """Write a share in whole per cent; it reaches 0 or 100 only where it is exactly that."""
    if not whole:
        return ""
    rounded = round(100 * part / whole)
    if part and not rounded:
        return UNDER_ONE
    return f"{min(rounded, 99) if part < whole else rounded}%"


def sheet(found: Iterable[Measure]) -> Sheet:
    """Return the measures as a table to take away, with those that nobody takes at its end."""
    rows = [
        (TITLES[one.group], one.name, one.of, one.value, one.base, one.definition, one.note)
        for one in found
    ]
    rows += [("Not measured", name, "", "", "", "", why) for name, why in NOT_MEASURED]
    return Sheet(
        "measures",
        "Measures of our own work",
        "One row for each measure, and for each part of it.",
        (
            Column("group", "string", "What it is about."),
            Column("measure", "string", "What is measured."),
            Column("of", "string", "Which part of it; empty for the whole."),
            Column("value", "string", "The value, or the mark [c] that hides a small number."),
            Column("base", "string", "What it is out of, or the days it lies between."),
            Column("definition", "string", "How it is counted."),
            Column("note", "string", "What has to be known about it."),
        ),
        tuple(rows),
    )
