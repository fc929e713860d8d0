"""Take out of an answer what could point at a person, and leave a label where it stood.

Rules rather than a model: they run anywhere, never send a word away, and a person can read why
something was taken. They err towards taking too much from a name and too little from a meaning:
"autism" stays, "Mrs Example" goes. What people decide about a text outweighs every rule.
"""

import re
from collections.abc import Iterable

from analysis.redaction.spans import (
    BY_HAND,
    KINDS,
    PLACEHOLDER,
    Override,
    Redacted,
    Span,
    overruled,
    rendered,
)

__all__ = [
    "BY_HAND",
    "KINDS",
    "PLACEHOLDER",
    "Override",
    "Redacted",
    "Span",
    "found_by_rules",
    "redact",
    "rendered",
    "without_placeholders",
]


def redact(text: str, overrides: Iterable[Override] = ()) -> Redacted:
    """Replace everything that identifies somebody by a label such as "[name]".

    Args:
        text: an answer as it was written.
        overrides: what people decided about it, oldest first.
    """
    spans = overruled(found_by_rules(text), overrides)
    return Redacted(rendered(text, spans), tuple(spans))


def found_by_rules(text: str) -> list[Span]:
    """Return what the rules alone would take out, in order and without overlap."""
    from analysis.redaction import rules  # noqa: PLC0415  # compiles its patterns

    return rules.found_by_rules(text)


def without_placeholders(text: str) -> str:
    """Return redacted text as a machine should read it: a school stays "school", a name goes."""
    return " ".join(PLACEHOLDER.sub(_spoken, text).split())


def _spoken(match: re.Match[str]) -> str:
    return "school" if match.group() == "[school]" else " "
