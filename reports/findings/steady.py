"""A later version beside what readers hold already: its numbers move by enough people, or stay.

Whoever subtracts one version of a table from another learns nothing about a few people.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from reports import figures, wording
from reports.facts import Fact
from reports.findings import sentences
from reports.findings.found import QuestionFinding, SurveyFindings

KEPT = (
    "These numbers are those of the version before. Since then so few people were added or taken"
    " out that a new number could point at them."
)


def steady(
    found: Sequence[SurveyFindings],
    before: Sequence[SurveyFindings],
    printed: Mapping[str, int],
    threshold: int,
) -> tuple[SurveyFindings, ...]:
    """Return each question anew, or as it was printed when any of its numbers moved by very few.

    Args:
        found: the findings as they are now.
        before: those of the newest version.
        printed: the last value of every number that any version printed; bases as "<key> of".
        threshold: the fewest people by which a number may move.
    """
    old = {one.key: one for survey in before for one in survey.findings}
    return tuple(
        dataclasses.replace(
            survey,
            findings=tuple(
                _stays(one, old.get(one.key)) if _moved_little(one, printed, threshold) else one
                for one in survey.findings
            ),
        )
        for survey in found
    )


def _moved_little(one: QuestionFinding, printed: Mapping[str, int], threshold: int) -> bool:
    return any(
        0 < abs(number - printed[key]) < threshold
        for key, number in _numbers(one)
        if key in printed
    )


def _numbers(one: QuestionFinding) -> Iterator[tuple[str, int]]:
    for fact in figures.facts_in(one):
        if fact.value is not None:
            yield fact.key, fact.value
        if fact.base is not None:
            yield f"{fact.key} of", fact.base


def _stays(one: QuestionFinding, old: QuestionFinding | None) -> QuestionFinding:
    """Return a question as the newest version has it; hidden where that does not have it."""
    if old is not None:
        said = (*(text for text in old.said if text != KEPT), KEPT)
        unmarked: QuestionFinding = figures.mapped(old, figures.unmarked)
        return dataclasses.replace(unmarked, said=said)
    return dataclasses.replace(
        one, headline=sentences.TOO_FEW, easy=(sentences.EASY_TOO_FEW,), said=(KEPT,),
        asked=tuple(_hidden(fact) for fact in one.asked), grids=(), groups=(), drawing="",
        measures=(), changes=(),
    )  # fmt: skip


def _hidden(fact: Fact) -> Fact:
    return dataclasses.replace(
        fact, value=None, base=None, shorthand="[c]", wording=wording.not_shown(fact.audience)
    )
