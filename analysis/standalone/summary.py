"""What an analysed file gave, in plain sentences for the terminal."""

from collections import Counter
from collections.abc import Sequence

from analysis.engine.labels import ONE_GROUP
from analysis.language import languages
from analysis.themes.acceptance import LEAST_STABLE
from analysis.themes.results import Analysis, Coding, Finding

FINDINGS = {
    "too_many_themes": "There are more themes than readers can hold in mind ({limit:.0f}): ask for "
    "fewer, such as --themes {limit:.0f}.",
    "thin_themes": "Held by few answers, to be merged or kept with a reason: {numbers}.",
    "overlapping_themes": "Very near another theme, to be merged or defined apart: {numbers}.",
    "unstable_themes": "Not surely found again, to be read before they are counted: {numbers}.",
}


def is_for_reading(analysis: Analysis) -> bool:
    """Tell whether no theme is claimed: too few answers, or nothing that tells them apart."""
    smallest = analysis.run.settings["smallest_for_themes"] or 0
    few = analysis.run.counts["analysed"] < smallest
    return few or is_undivided(analysis) or is_without_structure(analysis)


def is_without_structure(analysis: Analysis) -> bool:
    """Tell whether a person has to read every answer although there were enough for themes."""
    return not analysis.run.coverage["themed"]


def is_undivided(analysis: Analysis) -> bool:
    """Tell whether all answers stand in one group because nothing tells them apart."""
    return [theme.label for theme in analysis.themes] == [ONE_GROUP]


def sentences(analysis: Analysis) -> tuple[str, ...]:
    """Say how many rows went where, and what a person should look at first.

    Args:
        analysis: the result.
    """
    for_reading = is_for_reading(analysis)
    counts, coverage = analysis.run.counts, analysis.run.coverage
    kind = "group" if for_reading else "theme"
    kinds = kind if counts["themes"] == 1 else f"{kind}s"
    rows = "row" if counts["documents"] == 1 else "rows"
    read = (
        f"{counts['documents']:,} {rows} read: {coverage['themed']:,} answers in a theme, "
        f"{coverage['needs_reading']:,} to be read first by a person, "
        f"{coverage['set_aside']:,} set aside with a reason."
    )
    return (
        read,
        f"{counts['themes']} {kinds}{' for reading' if for_reading else ''}.",
        *([] if for_reading else filter(None, [_firmness(analysis)])),
        *([] if for_reading else map(_finding, analysis.run.findings)),
        *analysis.run.notes,
        *_untranslated(analysis.codings),
    )


def _firmness(analysis: Analysis) -> str:
    """Say how many themes would be found again; nothing when it was not measured."""
    measured = [theme.stability for theme in analysis.themes if theme.stability is not None]
    firm = sum(stability >= LEAST_STABLE for stability in measured)
    if not measured or not analysis.run.stability:
        return ""
    return (
        f"{firm} of {len(measured)} themes are found again when a fifth of the answers is missing."
    )


def _untranslated(codings: Sequence[Coding]) -> list[str]:
    """Say which languages wait for a translator, and what to do; nothing when none does."""
    found = Counter(
        languages.name_of(coding.language)
        for coding in codings
        if coding.set_aside == "other_language"
    )
    if not found:
        return []
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{count:,} in {name}" for name, count in ranked)
    waiting = f"Set aside until they are translated: {told}."
    return [f"{waiting} Put the English words in their place in the file and run this again."]


def _finding(finding: Finding) -> str:
    """Say which rule is not met, and for which themes."""
    numbers = ", ".join(map(str, finding.themes))
    return FINDINGS[finding.rule].format(numbers=numbers, limit=finding.limit)
