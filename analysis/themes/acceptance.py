"""Rules a set of themes should pass before an analyst signs it; each says why.

A rule that is not met stops nothing: the analyst sees it, with the themes it is about, and turns
the number of themes, merges, or says why it is right as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.themes.results import Finding, ProposedTheme

MOST_FOR_READERS = 30
FEWEST_ANSWERS_A_THEME = 8
THIN_ANSWERS = 5
THIN_SHARE = 0.01
LEAST_DISTINCT = 0.2
LEAST_STABLE = 0.6


@dataclass(frozen=True)
class Facts:
    """What the rules look at, for one theme.

    Attributes:
        number: of the theme.
        answers: how many hold it.
        stability: mean Jaccard over resamples, or None when not measured.
        distinctness: one minus the largest cosine to another theme, or None.
    """

    number: int
    answers: int
    stability: float | None
    distinctness: float | None


def findings(themes: Sequence[Facts], answers: int) -> tuple[Finding, ...]:
    """Return the rules that are not met, in the order an analyst deals with them.

    Args:
        themes: the facts of each.
        answers: analysed in all.
    """
    found = (
        too_many_themes(themes, answers),
        thin_themes(themes, answers),
        overlapping_themes(themes),
        unstable_themes(themes),
    )
    return tuple(finding for finding in found if finding)


def of_themes(themes: Sequence[ProposedTheme], answers: int) -> tuple[Finding, ...]:
    """Apply the rules to themes as the machine proposes them."""
    facts = [Facts(t.number, t.documents, t.stability, t.distinctness) for t in themes]
    return findings(facts, answers)


def too_many_themes(themes: Sequence[Facts], answers: int) -> Finding | None:
    """Find more than 30 themes, or more than one for every eight answers.

    A summary that nobody can hold in mind is a list. Thirty lines are what fits a page of a report
    and an hour of a meeting; with fewer than eight answers a theme, reading them all is quicker.
    """
    most = min(MOST_FOR_READERS, max(1, answers // FEWEST_ANSWERS_A_THEME))
    return Finding("too_many_themes", (), most) if len(themes) > most else None


def thin_themes(themes: Sequence[Facts], answers: int) -> Finding | None:
    """Find themes of fewer than five answers, or of less than one answer in a hundred.

    A theme of so few cannot be shown without showing who said it, and the next survey would not
    find it. It is not wrong: it may be a minority's, so it is merged or kept by a person, with a
    reason, and never dropped.
    """
    fewest = max(THIN_ANSWERS, THIN_SHARE * answers)
    thin = tuple(theme.number for theme in themes if theme.answers < fewest)
    return Finding("thin_themes", thin, fewest) if thin else None


def overlapping_themes(themes: Sequence[Facts]) -> Finding | None:
    """Find themes whose middle is nearer than a cosine of 0.8 to that of another.

    Two themes that near hold answers that could as well be in the other, so their counts mean
    little apart: merge them, or say in their definitions what belongs where.
    """
    near = tuple(
        theme.number
        for theme in themes
        if theme.distinctness is not None and theme.distinctness < LEAST_DISTINCT
    )
    return Finding("overlapping_themes", near, LEAST_DISTINCT) if near else None


def unstable_themes(themes: Sequence[Facts]) -> Finding | None:
    """Find themes with a mean Jaccard below 0.6 over resamples.

    Such a theme dissolves when a fifth of the people had not answered (Hennig, 2007). Its comments
    are real, its border is not: read them before its count is used.
    """
    loose = tuple(
        theme.number
        for theme in themes
        if theme.stability is not None and theme.stability < LEAST_STABLE
    )
    return Finding("unstable_themes", loose, LEAST_STABLE) if loose else None
