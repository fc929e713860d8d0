"""What an analysed file gave, in plain sentences for the terminal."""

from collections import Counter
from collections.abc import Sequence

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


def sentences(analysis: Analysis, *, for_reading: bool) -> tuple[str, ...]:
    """Say how many rows went where, and what a person should look at first.

    Args:
        analysis: the result.
        for_reading: its groups are a help for reading and no themes.
    """
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
        *map(_finding, analysis.run.findings),
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
