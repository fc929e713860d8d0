"""Facts: counts made safe to show, each with its sentence."""

import dataclasses
from collections.abc import Mapping

from reports.counting.counted import Shown
from reports.words import wording
from reports.words.facts import Fact

ANSWERED = "who answered"


def share(  # a public number is its count, its base and what was counted
    shown: Shown,
    key: str,
    base_key: str,
    *,
    audience: str | None = None,
    who: str = wording.WROTE,
    tail: str = "",
    theme_id: str | None = None,
) -> Fact:
    """Make a fact of people out of people; a count that may not be shown keeps only its sentence.

    Where the base is hidden, the count is too: every number is said with its base. A new count
    may not fit a base that still stands as an earlier version printed it; then it is not said.
    """
    base, value = shown.base(key, base_key), shown.value(key)
    fits = base is not None and (value is None or value <= base)
    fact = Fact(
        key=key, value=value if fits else None, base=base, wording="", audience=audience,
        theme_id=theme_id, base_key=base_key,
    )  # fmt: skip
    needed = shown.needed(key)
    if base is None and base_key in shown.few:
        text = f"Too few {wording.audience(audience)} to show"
    elif base is None or not fits or (value is None and (key not in shown.few or base < needed)):
        text = wording.not_shown(audience)
    else:
        said = wording.share(value, base, audience, who=who, threshold=needed)
        text = f"{said} {tail}".strip()
    return _marked(dataclasses.replace(fact, wording=text), shown)


def parts(shown: Shown, whole_key: str, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """Make facts of the parts of a total; parts that are nought are left out.

    Args:
        shown: the numbers as they may be seen.
        whole_key: the key of the total.
        names: key of each part to the words after its number ("{} answered on paper").
    """
    return tuple(
        _marked(
            Fact(
                key=key,
                value=shown.value(key),
                base=_base_of_part(shown, key, whole_key),
                wording=_number_of(shown, key, text),
                base_key=whole_key,
            ),
            shown,
        )
        for key, text in names.items()
        if shown.value(key) != 0
    )


def people(shown: Shown, key: str, text: str, base_key: str = "") -> Fact:
    """Make a fact of a number of people that stands for itself; `text` has a place for it."""
    value = shown.value(key)
    said = wording.not_shown(None) if value is None else text.format(wording.number(value))
    base = shown.base(key, base_key) if base_key else None
    if base is not None and value is not None and value > base:
        base = None
    return _marked(Fact(key=key, value=value, base=base, wording=said, base_key=base_key), shown)


def whole(key: str, value: int, text: str, base: int | None = None) -> Fact:
    """Make a fact of a number that points at nobody: entries, themes, comments."""
    return Fact(key=key, value=value, base=base, wording=text)


def said_again(fact: Fact, key: str, text: str) -> Fact:
    """Say a number a second time in another sentence, as a fact of its own."""
    return dataclasses.replace(fact, key=key, wording=text)


def cell(fact: Fact) -> str:
    """Write a fact for a table: its number with its marks, or the mark that hides it."""
    if fact.value is None:
        return fact.shorthand or "[c]"
    marks = [wording.number(fact.value), fact.shorthand, f"(v{fact.held})" if fact.held else None]
    return " ".join(mark for mark in marks if mark)


def percent(fact: Fact) -> float:
    """Return the share in per cent for a drawing; nought when the number is hidden."""
    if fact.value is None or not fact.base:
        return 0.0
    return 100 * fact.value / fact.base


def _number_of(shown: Shown, key: str, text: str) -> str:
    value = shown.value(key)
    if value is None:
        under = f"(under {shown.needed(key)}, or close to one that is)"
        return f"A number too small to show: {text} {under}"
    return f"{wording.number(value)} {text}"


def _base_of_part(shown: Shown, key: str, whole_key: str) -> int | None:
    """Return the total of a part, unless they were counted for versions that do not fit."""
    base, value = shown.base(key, whole_key), shown.value(key)
    return base if base is None or value is None or value <= base else None


def _marked(fact: Fact, shown: Shown) -> Fact:
    """Mark a fact whose number is hidden, or held as an earlier version printed it."""
    if fact.value is None:
        return dataclasses.replace(fact, shorthand="[c]")
    version = shown.version(fact.key)
    return held(fact, version) if version else fact


def held(fact: Fact, version: int) -> Fact:
    """Say of a number that it stands as it was counted for an earlier version."""
    text = f"{fact.wording} {wording.as_in(version)}"
    return dataclasses.replace(fact, wording=text, held=version)
