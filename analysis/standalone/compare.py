"""Why two runs differ: answers, settings, versions, themes, and who moved where.

Themes have no names in common between runs, so they are matched by the answers they share. What
matters to a reader is not the numbers of themes but which answers are with other answers now.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

SAME_THEME = 0.5
"""From this overlap on, two themes are called the same: more answers shared than not."""


@dataclass(frozen=True)
class RunFacts:
    """What is needed of one run to compare it.

    Attributes:
        name: what to call it.
        input_hash: of all its answers.
        settings: names and values.
        versions: packages and their versions.
        themes: label of each theme by its key.
        answers: for each answer the key of its primary theme, or "" when it was set aside.
        hashes: for each answer a hash of its words, where known: an id may carry other words now.
    """

    name: str
    input_hash: str
    settings: Mapping[str, object]
    versions: Mapping[str, str]
    themes: Mapping[str, str]
    answers: Mapping[str, str]
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ThemeMatch:
    """A theme of the first run beside the theme of the second that shares most answers with it.

    Attributes:
        before: key in the first run, or None when the theme is new.
        after: key in the second run, or None when the theme is gone.
        overlap: Jaccard index over the answers in both runs, 0 to 1.
        shared: how many answers both hold.
    """

    before: str | None
    after: str | None
    overlap: float
    shared: int


@dataclass(frozen=True)
class Move:
    """An answer whose theme in the second run is not the match of its theme in the first."""

    answer: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two runs.

    Attributes:
        first: the earlier run.
        second: the later run.
        added: answers only in the second run.
        removed: answers only in the first.
        rewritten: answers whose words changed, where both runs know them.
        settings: for each setting that differs its value before and after.
        versions: the same for packages; None where it was not there.
        matches: themes side by side, best overlap first, then those gone, then those new.
        moves: answers in both runs that are elsewhere now.
        stayed: answers in both runs that are where they were.
    """

    first: RunFacts
    second: RunFacts
    added: tuple[str, ...]
    removed: tuple[str, ...]
    rewritten: tuple[str, ...]
    settings: Mapping[str, tuple[object, object]]
    versions: Mapping[str, tuple[object, object]]
    matches: tuple[ThemeMatch, ...]
    moves: tuple[Move, ...]
    stayed: int

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs that a reader could see."""
        return not (
            self.added
            or self.removed
            or self.rewritten
            or self.settings
            or self.moves
            or any(match.before is None or match.after is None for match in self.matches)
        )


def compare_runs(first: RunFacts, second: RunFacts) -> Comparison:
    """Compare two runs of the same kind, such as two files or two snapshots of a consultation."""
    common = sorted(first.answers.keys() & second.answers.keys())
    matches = _matches(first, second, common)
    partner = {m.before: m.after for m in matches if m.before and m.after}
    partner[""] = ""
    moves = tuple(
        Move(answer, first.answers[answer], second.answers[answer])
        for answer in common
        if partner.get(first.answers[answer]) != second.answers[answer]
    )
    return Comparison(
        first=first,
        second=second,
        added=tuple(sorted(second.answers.keys() - first.answers.keys())),
        removed=tuple(sorted(first.answers.keys() - second.answers.keys())),
        rewritten=tuple(
            answer
            for answer in common
            if answer in first.hashes
            and answer in second.hashes
            and first.hashes[answer] != second.hashes[answer]
        ),
        settings=_differences(first.settings, second.settings),
        versions=_differences(first.versions, second.versions),
        matches=matches,
        moves=moves,
        stayed=len(common) - len(moves),
    )


def explain(found: Comparison, *, most: int = 20) -> tuple[str, ...]:
    """Say in plain sentences what differs, at most `most` lines of any one kind."""
    same = "Nothing differs: the same answers, settings and themes." if found.is_same else ""
    lines = [
        f"{found.first.name} beside {found.second.name}.",
        same,
        *_about_answers(found),
        *_about_settings(found),
        *(
            f"Package {name}: {before or 'not there'} before, {after or 'not there'} now."
            for name, (before, after) in found.versions.items()
        ),
        *_about_themes(found, most),
        *_about_moves(found, most),
    ]
    return tuple(line for line in lines if line)


def _differences(
    first: Mapping[str, object], second: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    names = sorted(first.keys() | second.keys())
    pairs = {name: (first.get(name), second.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _matches(first: RunFacts, second: RunFacts, common: list[str]) -> tuple[ThemeMatch, ...]:
    """Pair themes that are primary somewhere one to one, so that the sum of overlaps is largest."""
    before, after = (sorted({*run.answers.values()} & {*run.themes}) for run in (first, second))
    shared = Counter((first.answers[a], second.answers[a]) for a in common)
    sizes = Counter(first.answers[a] for a in common), Counter(second.answers[a] for a in common)
    overlap = np.zeros((len(before), len(after)))
    for row, one in enumerate(before):
        for column, other in enumerate(after):
            together = shared[one, other]
            either = sizes[0][one] + sizes[1][other] - together
            overlap[row, column] = together / either if either else 0.0
    rows, columns = linear_sum_assignment(-overlap)
    pairs = [
        ThemeMatch(before[r], after[c], float(overlap[r, c]), shared[before[r], after[c]])
        for r, c in zip(rows, columns, strict=True)
        if overlap[r, c] > 0
    ]
    pairs.sort(key=lambda match: (-match.overlap, match.before or ""))
    gone = set(before) - {match.before for match in pairs}
    new = set(after) - {match.after for match in pairs}
    return (
        *pairs,
        *(ThemeMatch(theme, None, 0.0, 0) for theme in sorted(gone)),
        *(ThemeMatch(None, theme, 0.0, 0) for theme in sorted(new)),
    )


def _about_answers(found: Comparison) -> list[str]:
    changed = (
        (len(found.added), "is new", "are new"),
        (len(found.removed), "is no longer there", "are no longer there"),
        (len(found.rewritten), "has other words now", "have other words now"),
    )
    lines = [
        f"1 answer {one}." if count == 1 else f"{count:,} answers {several}."
        for count, one, several in changed
        if count
    ]
    if not lines and found.first.input_hash == found.second.input_hash:
        lines.append("The answers are the same, word for word.")
    return lines


def _about_settings(found: Comparison) -> list[str]:
    return [
        f"Setting {name}: {_said(before)} before, {_said(now)} now."
        for name, (before, now) in found.settings.items()
    ]


def _said(value: object) -> str:
    return "not set" if value is None else str(value)


def _about_themes(found: Comparison, most: int) -> list[str]:
    changed = [m for m in found.matches if m.overlap < 1]
    if not changed:
        return [f"All {len(found.matches)} themes hold the same answers as before."]
    lines = [_about_theme(found, match) for match in changed[:most]]
    if len(changed) > most:
        lines.append(f"And {len(changed) - most} more themes differ.")
    return lines


def _about_theme(found: Comparison, match: ThemeMatch) -> str:
    if match.after is None:
        return _about_gone(found, match.before or "")
    name = found.second.themes[match.after]
    if match.before is None:
        return f"Theme “{name}” is new."
    old = found.first.themes[match.before]
    named = f"“{old}”" if old == name else f"“{old}”, now “{name}”,"
    kind = "is much the same" if match.overlap >= SAME_THEME else "has changed"
    return f"Theme {named} {kind}: {match.overlap:.0%} of its answers are in both runs."


def _about_gone(found: Comparison, theme: str) -> str:
    """Say that a theme has no match now, and where most of its answers are."""
    places = [found.second.answers.get(a) for a, t in found.first.answers.items() if t == theme]
    where, count = Counter(places).most_common(1)[0]
    gone = f"Theme “{found.first.themes[theme]}” is gone"
    if not where or count <= SAME_THEME * len(places):
        return f"{gone}."
    now = found.second.themes[where]
    return f"{gone}: {count:,} of its {len(places):,} answers are in “{now}”."


def _about_moves(found: Comparison, most: int) -> list[str]:
    if not found.moves:
        return []
    total = len(found.moves) + found.stayed
    lines = [f"{len(found.moves):,} of {total:,} answers are in another theme."]
    routes = Counter((move.before, move.after) for move in found.moves)
    for (before, after), count in sorted(routes.items(), key=lambda r: (-r[1], r[0]))[:most]:
        old = found.first.themes.get(before, "set aside")
        new = found.second.themes.get(after, "set aside")
        lines.append(f"  {count:,} from “{old}” to “{new}”.")
    return lines
