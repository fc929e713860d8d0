"""When what was measured falls back: a proposal to open an answer again, which a person decides.

A measure has no direction of its own: "38%" may be good or bad. It shows its direction itself, by
where it went from its first value; it has fallen when its newest value is back at that first value,
or beyond it on the other side.
"""

import re
from collections.abc import Sequence

from reports.documents.familywords import Measured
from reports.words.wording import date

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def fallen(measures: Sequence[Measured]) -> tuple[str, ...]:
    """Return a sentence for every measure that was better once and has fallen back.

    Measures of one name are one measure over time. Values without a number cannot be compared.
    """
    names = dict.fromkeys(one.name for one in measures)
    found = (_fall([one for one in measures if one.name == name]) for name in names)
    return tuple(sentence for sentence in found if sentence)


def _fall(readings: Sequence[Measured]) -> str:
    known = [
        (one, number)
        for one in sorted(readings, key=lambda one: one.as_at)
        if (number := _number(one.current)) is not None
    ]
    began = _number(readings[0].baseline)
    if began is None or not known:
        return ""
    went = next((number - began for _, number in known if number != began), 0.0)
    last, now = known[-1]
    best = max(known, key=lambda pair: (pair[1] - began) * went)[0]
    if not went or last is best or (now - began) * went > 0:
        return ""
    return (
        f"“{last.name}” was {best.current} on {date(best.as_at)} and is {last.current} on"
        f" {date(last.as_at)}, where it began at {readings[0].baseline}. Decide whether the answer"
        " is still done."
    )


def _number(written: str) -> float | None:
    found = _NUMBER.search(written)
    return float(found[0].replace(",", "")) if found else None
