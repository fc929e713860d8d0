"""What became of each thing that one person wrote, said so that it betrays nothing.

Words that wait for somebody's safety look here like any words that have no theme: whoever holds
the code, or looks over a shoulder, must not see that a reader is worried.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, ProposedCoding, Reading, Theme

Fate = Literal[
    "in_theme", "no_theme_yet", "blank", "nothing_to_add", "duplicate", "unreadable",
    "other_language", "off_topic",
]  # fmt: skip
SAID_OPENLY: Mapping[str, Fate] = {
    "blank": "blank",
    "nothing_to_add": "nothing_to_add",
    "duplicate": "duplicate",
    "unreadable": "unreadable",
    "other_language": "other_language",
    "off_topic": "off_topic",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """One question that somebody answered in own words, and what became of the words."""

    question: str
    picture: str
    fate: Fate


def fates(
    session: Session,
    run: AnalysisRun | None,
    response_id: str,
    questions: Sequence[str],
    themes: Collection[Theme],
) -> dict[str, Fate]:
    """Return what became of the words under each question."""
    if run is None:
        return dict.fromkeys(questions, "no_theme_yet")
    placed = _in_themes(session, run, response_id, themes)
    aside = _set_aside(session, run, response_id)
    return {
        question: "in_theme" if question in placed else aside.get(question, "no_theme_yet")
        for question in questions
    }


def _in_themes(
    session: Session, run: AnalysisRun, response_id: str, themes: Collection[Theme]
) -> set[str]:
    if not themes:
        return set()
    members = queries.answers_in(run.id, themes).subquery()
    mine = select(members.c.question).where(members.c.response_id == response_id)
    return set(session.scalars(mine))


def _set_aside(session: Session, run: AnalysisRun, response_id: str) -> dict[str, Fate]:
    """Return why words are in no theme, where the reason may be said.

    What a person has read since is no longer set aside, and what is held says nothing.
    """
    read = select(Reading.question).where(Reading.response_id == response_id)
    rows = session.execute(
        select(ProposedCoding.question, ProposedCoding.set_aside_reason).where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id == response_id,
            ProposedCoding.set_aside_reason.in_(SAID_OPENLY),
            ProposedCoding.question.not_in(read),
            ~queries.held(ProposedCoding.response_id, ProposedCoding.question),
        )
    )
    return {question: SAID_OPENLY[reason] for question, reason in rows if reason}
