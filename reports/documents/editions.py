"""What a version was made of, kept beside it so that the next can be protected beside it.

It holds the true numbers, also those that the version hides: it is for this program alone and
stands on no page and in no file.
"""

import json
from collections.abc import Iterable
from typing import Any

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted, Earlier, Shown
from reports.documents.document import Fact


def to_text(counted: Counted, shown: Shown) -> str:
    """Write what a version was made of and what it showed of it."""
    seen = {key for key, count in shown.counts.items() if count.value is not None}
    kept = {
        "numbers": dict(counted.numbers),
        "relations": [[one.kind, one.whole, *one.parts] for one in counted.relations],
        "known": sorted(counted.known),
        "guarded": sorted(counted.guarded),
        "thresholds": dict(counted.thresholds),
        "printed": sorted(seen - shown.held.keys()),
        "few": sorted(shown.few),
    }
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def from_text(version: int, text: str) -> Earlier:
    """Read it back."""
    kept: dict[str, Any] = json.loads(text)
    counted = Counted(
        kept["numbers"],
        tuple(Relation(whole, tuple(parts), kind) for kind, whole, *parts in kept["relations"]),
        frozenset(kept["known"]),
        frozenset(kept["guarded"]),
        kept["thresholds"],
    )
    return Earlier(version, counted, frozenset(kept["printed"]), frozenset(kept["few"]))


def from_facts(version: int, facts: Iterable[Fact]) -> Earlier:
    """Return what is known of a version that was printed before this was kept: what it showed."""
    numbers = {fact.key: fact.value for fact in facts if fact.value is not None and not fact.held}
    return Earlier(version, Counted(numbers), frozenset(numbers))
