"""What joining and parting themes teaches the machine that suggests codes.

Whoever joins two themes says of the comments of both that they belong together, and whoever moves
comments out of a theme has seen those that stay. So the most typical comments of such themes stand
as examples, weak ones: nobody read them one by one. What was taken back teaches nothing.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import changes
from analysis.decided.coded import CodedAnswer
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, ThemeDecision

REARRANGING = ("merged", "moved", "split")
EXAMPLES = 10
"""So many comments of each topic of such a theme teach, the surest first."""


def placed(
    session: Session, run: AnalysisRun, answers: Sequence[CodedAnswer]
) -> dict[int, frozenset[str]]:
    """Return by its number each unread answer that teaches, and the themes it stands in."""
    themes = _rearranged(session, run.consultation_id)
    by_topic: dict[str, list[tuple[float, int]]] = {}
    for number, answer in enumerate(answers):
        for clause in answer.clauses if answer.people is None else ():
            if clause.themes & themes:
                by_topic.setdefault(clause.topic, []).append((-clause.confidence, number))
    chosen = {number for found in by_topic.values() for _, number in sorted(found)[:EXAMPLES]}
    return {number: answers[number].themes for number in sorted(chosen)}


def _rearranged(session: Session, consultation_id: str) -> set[str]:
    """Return the themes that people joined or parted and have not put back as they were."""
    made = session.execute(
        select(Change.id, ThemeDecision.theme_id)
        .join(ThemeDecision, ThemeDecision.change_id == Change.id)
        .where(Change.consultation_id == consultation_id, Change.verb.in_(REARRANGING))
    ).all()
    taken_back = changes.undone(session, {change for change, _ in made})
    return {theme for change, theme in made if change not in taken_back}
