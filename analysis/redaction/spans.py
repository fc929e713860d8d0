"""Stretches of a text that were taken out, what people decided about them, and the labels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

KINDS = (
    "name", "school", "place", "phone", "email", "postcode", "NHS number", "handle", "link",
    "date of birth", "address", "number", "car registration", "personal detail",
)  # fmt: skip
"""What can be taken out; the label of each is its name in square brackets."""

PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(KINDS)}|date)\]")
BY_HAND = "by hand"
DETAIL = "personal detail"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of the original text that was taken out.

    Attributes:
        start: index of its first character in the original.
        end: index after its last character.
        kind: what it was, which is also its label: "name", "school", "phone"...
        rule: which rule took it, or "by hand".
        sure: whether the rule is right so often that nobody needs to look.
    """

    start: int
    end: int
    kind: str
    rule: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word about a stretch of the original, which outweighs every rule.

    Attributes:
        start: index of its first character in the original.
        end: index after its last character.
        kind: the kind to take it out as, or None to show it.
    """

    start: int
    end: int
    kind: str | None


@dataclass(frozen=True)
class Redacted:
    """A text that is safer to read, and where it differs from the original."""

    text: str
    spans: tuple[Span, ...]


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap, from left to right; a personal detail keeps clear of the others.

    The first and longest of several gives its kind, and what it began reaches as far as any.
    """
    found = list(spans)
    kept = _joined([span for span in found if span.kind != DETAIL])
    details = _joined([span for span in found if span.kind == DETAIL])
    return sorted(
        [*kept, *(part for one in details for part in outside(one, kept) if _says_something(part))],
        key=lambda span: span.start,
    )


SHORTEST_DETAIL = 6
"""Fewer characters are left of a detail only as "in " before a place that has a label already."""


def _says_something(detail: Span) -> bool:
    return detail.end - detail.start >= SHORTEST_DETAIL


def _joined(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end, not s.sure)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = replace(kept[-1], end=span.end)
    return kept


def outside(span: Span, others: Sequence[Span | Override]) -> list[Span]:
    """Return what is left of a span where none of the others, in order, lies."""
    parts, start = [], span.start
    for other in others:
        if other.end <= start or other.start >= span.end:
            continue
        if other.start > start:
            parts.append(replace(span, start=start, end=other.start))
        start = max(start, other.end)
    if start < span.end:
        parts.append(replace(span, start=start))
    return parts


def overruled(spans: Sequence[Span], overrides: Iterable[Override]) -> list[Span]:
    """Return the spans as people want them: the last decision about a character holds."""
    current = list(spans)
    for wish in overrides:
        current = [part for span in current for part in outside(span, [wish])]
        if wish.kind is not None:
            current.append(Span(wish.start, wish.end, wish.kind, BY_HAND))
        current.sort(key=lambda span: span.start)
    return current


def rendered(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> str:
    """Return a stretch of the text with a label for each span; edges of words left bare go too."""
    stop, parts, position = len(text) if end is None else end, [], start
    for span in spans:
        if span.end <= start or span.start >= stop:
            continue
        parts += [text[position : max(position, span.start)], f"[{span.kind}]"]
        position = min(span.end, stop)
    return "".join([*parts, text[position:stop]])
