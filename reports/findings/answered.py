"""The findings of a document as its pages need them: names of drawings, tables, easy lines."""

from collections.abc import Iterator, Sequence
from typing import Any

from reports.findings import charts, intervals, tables
from reports.findings.found import QuestionFinding, SurveyFindings
from reports.words.easylines import EasyLine


def questions(found: Sequence[SurveyFindings]) -> Iterator[tuple[str, QuestionFinding]]:
    """Yield every question with the name that its drawings begin with."""
    every = (one for survey in found for one in survey.findings)
    for place, one in enumerate(every):
        yield f"finding/{place}", one


def drawings(found: Sequence[SurveyFindings]) -> dict[str, str]:
    """Draw every chart of the findings as SVG, by name."""
    return {
        key: svg for name, one in questions(found) for key, svg in charts.drawings(one, name)
    }  # fmt: skip


def context(found: Sequence[SurveyFindings]) -> dict[str, Any]:
    """Return what the templates of the findings need beside the document."""
    return {
        "drawing_names": {one.key: name for name, one in questions(found)},
        "answers_table": tables.answers,
        "groups_table": tables.groups,
        "changes_table": tables.changes,
        "answers_limits": (intervals.LIMITS, intervals.INTERVALS),
    }


def easy_lines(found: Sequence[SurveyFindings]) -> list[EasyLine]:
    """Return every easy-read line of the findings, for the pictures that stand beside them."""
    return [line for _, one in questions(found) for line in one.easy]
