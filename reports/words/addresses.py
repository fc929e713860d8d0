"""Names that no entry and no report may have, because an address or a place on a page has them.

An entry lives at /you-said-we-did/<report>/<key>; a key like "embed" would be an entry that nobody
could ever open, for good.
"""

import re
from collections.abc import Container

from reports.words.sections import ANCHORS, HEADINGS

#: Fixed parts of addresses below a report, and below a version of it.
BELOW_A_REPORT = frozenset({"easy-read", "embed", "figures", "files", "report.pdf"})
#: Fixed parts of addresses beside the reports.
BESIDE_REPORTS = frozenset({"feed.xml", "ledger", "progress"})
#: Places on the page of a report that links point at.
PLACES = frozenset({"main", "contents", "formats", "versions", *ANCHORS.values(), *HEADINGS})
_VERSION = re.compile(r"v\d+")
_PLACE = re.compile(r"(?:text-\d+|group-.*|.*-title)")
REST = "-answer"


class KeyReservedError(ValueError):
    """An entry was to have a key that an address of the report has; the message proposes one."""


def is_reserved(key: str) -> bool:
    """Tell whether an entry may not have a key."""
    fixed = BELOW_A_REPORT | PLACES
    return key in fixed or bool(_VERSION.fullmatch(key) or _PLACE.fullmatch(key))


def free_key(wanted: str, taken: Container[str]) -> str:
    """Return the key itself if it can be had, or the nearest one that can."""
    if is_reserved(wanted):
        wanted = f"{wanted}{REST}"
    return _numbered(wanted, taken)


def free_slug(wanted: str) -> str:
    """Return the name of a report, changed only where an address beside the reports has it."""
    return f"{wanted}-report" if wanted in BESIDE_REPORTS else wanted


def key_for(asked: str, name: str, taken: Container[str]) -> str:
    """Return the key of a new entry: the one that is asked for, or one made of its name.

    Raises KeyReservedError, with a proposal, for one that is part of another address.
    """
    free = free_key(asked or slugify(name), taken)
    if is_reserved(asked):
        msg = f"“{asked}” is part of another address of the report. Use “{free}” instead."
        raise KeyReservedError(msg)
    return free


def slugify(text: str) -> str:
    """Turn a title into a short, stable part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "entry"


def _numbered(wanted: str, taken: Container[str]) -> str:
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
