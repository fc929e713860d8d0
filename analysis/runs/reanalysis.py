"""Analysing again where people have decided already: what they decided stays, and is offered anew.

A theme that somebody decided about keeps its names, its meaning and every comment that a person
put in it. Comments that only the machine had put there are proposed anew with all others, because
new answers, translations or campaigns may have changed what lies together. A new proposal says of
which decided theme most of its comments were, so that joining it there is one look and one click,
seen before it happens and undoable after. Nothing joins an approved theme by itself.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import changes, queries, trail
from analysis.models.store import AnalysisRun, ProposedCoding, Reading, Theme, ThemeSource
from analysis.runs import undecided

WHY = "The comments were analysed again, so they are proposed anew."
FEWEST = 3
"""So many comments of a proposal, and more than half, tell whose it was."""

Answer = tuple[str, str]


def step_aside(session: Session, run: AnalysisRun, *, actor: str, now: dt.datetime) -> list[Theme]:
    """Take the proposals of earlier runs that nobody decided about out of use; return them.

    Where the same answers were analysed before, and others since, nothing steps aside.
    """
    newest = queries.latest_run(session, run.consultation_id)
    if newest is None or newest.id != run.id:
        return []
    decided = undecided.decided_about(session, run.consultation_id)
    stale = [
        theme
        for theme in queries.themes(session, run.consultation_id)
        if theme.id not in decided and theme.sources and not _draws_from(theme, run)
    ]
    if not stale:
        return []
    with changes.change(
        session, run.consultation_id, "reanalysed", themes=stale, actor=actor, now=now, why=WHY
    ) as change:
        for theme in stale:
            theme.retired_at = now
            trail.note(session, change, theme, "reanalysed", theme.name, "")
    return stale


def homes(session: Session, run: AnalysisRun, themes: Sequence[Theme]) -> dict[str, Theme]:
    """Return for each undecided theme of a run the decided one that most of its comments were in.

    Answers that a person has read count where that person put them, so they tell nothing here.
    """
    decided = undecided.decided_about(session, run.consultation_id)
    kept = {theme.id: theme for theme in themes if theme.id in decided}
    fresh = {
        source.id: theme.id
        for theme in themes
        if theme.id not in decided
        for source in theme.sources
        if source.run_id == run.id
    }
    stood = _stood_in(session, run, list(kept)) if kept and fresh else {}
    if not stood:
        return {}
    votes: dict[str, Counter[str]] = {}
    for answer, proposal in _unread(session, run, list(fresh)):
        if answer in stood:
            votes.setdefault(fresh[proposal], Counter())[stood[answer]] += 1
    return {theme: kept[home] for theme, own in votes.items() if (home := _most(own))}


def _draws_from(theme: Theme, run: AnalysisRun) -> bool:
    return any(source.run_id == run.id for source in theme.sources)


def _stood_in(session: Session, run: AnalysisRun, themes: Sequence[str]) -> dict[Answer, str]:
    """Return the theme each answer was in by its newest earlier run that drew on one of these."""
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, ThemeSource.theme_id)
        .join(ThemeSource, ThemeSource.proposed_theme_id == ProposedCoding.proposed_theme_id)
        .join(AnalysisRun, AnalysisRun.id == ProposedCoding.run_id)
        .where(
            AnalysisRun.consultation_id == run.consultation_id,
            AnalysisRun.id != run.id,
            ThemeSource.theme_id.in_(themes),
            ProposedCoding.is_primary,
        )
        .order_by(AnalysisRun.finished_at.desc(), ThemeSource.theme_id)
    ).all()
    found: dict[Answer, str] = {}
    for response_id, question, theme in rows:
        found.setdefault((response_id, question), theme)
    return found


def _unread(
    session: Session, run: AnalysisRun, proposals: Sequence[str]
) -> list[tuple[Answer, str]]:
    read = select(Reading.response_id).where(
        Reading.response_id == ProposedCoding.response_id,
        Reading.question == ProposedCoding.question,
    )
    rows = session.execute(
        select(
            ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.proposed_theme_id
        ).where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.is_primary,
            ProposedCoding.proposed_theme_id.in_(proposals),
            ~read.exists(),
        )
    ).all()
    return [((row[0], row[1]), str(row[2])) for row in rows]


def _most(votes: Counter[str]) -> str:
    theme, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return theme if count >= FEWEST and 2 * count > votes.total() else ""
