"""Say the stored clauses of an answer anew after a person has changed what is taken out of it."""

from collections.abc import Sequence

from analysis.redaction.spans import Span, rendered

WAITING = "[not shown until the next analysis]"
"""What stands for a clause whose place in the original is not known any more: never a guess."""


def clauses_anew(
    original: str, before: Sequence[Span], clauses: Sequence[str], after: Sequence[Span]
) -> list[str]:
    """Return the clauses as they read with other spans.

    Args:
        original: the answer as it was written.
        before: spans that the clauses were made with, in order.
        clauses: redacted clauses of the answer, in order; words only, gaps may differ.
        after: spans that hold now, in order.
    """
    redacted = rendered(original, before)
    found: list[str] = []
    position = 0
    for clause in clauses:
        place = _place(redacted, clause.split(), position)
        if place is None:
            return [WAITING] * len(clauses)
        first, position = place
        start, end = _original(before, first, ends=False), _original(before, position, ends=True)
        found.append(" ".join(rendered(original, after, start, end).split()))
    return found


def _place(redacted: str, words: Sequence[str], position: int) -> tuple[int, int] | None:
    first = -1
    for word in words:
        at = redacted.find(word, position)
        if at < 0:
            return None
        first, position = (at if first < 0 else first), at + len(word)
    return (max(first, 0), position) if words else (position, position)


def _original(spans: Sequence[Span], at: int, *, ends: bool) -> int:
    """Return where a place in the redacted text lies in the original; a label is not cut."""
    shift = 0
    for span in spans:
        label = span.start + shift
        length = len(span.kind) + 2
        if at < label or (at == label and not ends):
            break
        if at < label + length:
            return span.end if ends else span.start
        shift += length - (span.end - span.start)
    return at - shift
