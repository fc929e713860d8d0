"""What earlier versions and answers together give away, said to whoever writes the next one.

Numbers that were printed stay printed. Where a small number follows from them alone, nothing that
is hidden now helps; a person must know, and decide what becomes of the older version.
"""

from collections.abc import Collection, Iterable, Iterator

from reports.models import Report
from reports.words import wording

SENTENCE = (
    "Numbers that were printed or handed out before give a small number of people away: {who},"
    " {what}. Hiding more now cannot undo that. Ask whoever is responsible for data protection"
    " whether the older version may stay as it is."
)
PARTS = {
    "question": "what was answered to question {}",
    "equality": "an answer about themselves",
    "word": "a word of the cloud",
    "cloud": "a word of the cloud",
}


def sentences(betrayed: Collection[str], report: Report) -> tuple[str, ...]:
    """Return a sentence for each audience and subject of numbers that follow from older ones.

    Args:
        betrayed: keys of small numbers, as protection found them.
        report: the report whose entries and themes are named.
    """
    return tuple(
        dict.fromkeys(
            SENTENCE.format(who=wording.audience(_audience(key)), what=_what(key, report))
            for key in sorted(betrayed)
        )
    )


def _audience(key: str) -> str | None:
    """Return the audience that a key tells of, or None for everybody."""
    found = (part for step in key.split(" ") for part in step.split("/"))
    return next((part for part in found if part in wording.AUDIENCES), None)


def _what(key: str, report: Report) -> str:
    named = list(dict.fromkeys(_named(key, report)))
    if named:
        return f"counted under {wording.join(named)}"
    kind, *rest = key.split("/")
    code = rest[1] if len(rest) > 1 else ""
    return PARTS.get(kind, "how many answered or wrote").format(code)


def _named(key: str, report: Report) -> Iterator[str]:
    """Yield the names of entries and themes that a key is about."""
    for entry in report.entries:
        if f"entry/{entry.key}/" in key:
            yield f"“{entry.title}”"
    yield from (f"“{name}”" for name in _themes(key, report))


def _themes(key: str, report: Report) -> Iterable[str]:
    known = {theme.id: theme.name for entry in report.entries for theme in entry.themes}
    return sorted(name for theme_id, name in known.items() if theme_id in key)
