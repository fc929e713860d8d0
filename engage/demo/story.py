"""What the demo's staff decide about themes, and what they say each comment is about.

The machine's topics may differ a little from one processor to another, so nothing here names
them. Each is named as a careful reader would: by the theme that most of its comments have in the
second reader's labels. Topics with the same true theme are joined. Then every comment is read, and
what it is about is the reader's word, not the machine's.
"""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

import yaml
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, frame, queries
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from engage import audit, taxonomy
from engage.accounts.models import User
from engage.consultations import Consultation
from engage.demo import people
from engage.demo.load import Progress
from surveys.models import Answer

ENOUGH = 5
NO_THEME = "X_"


def decide_themes(
    session: Session,
    consultation: Consultation,
    run: AnalysisRun,
    *,
    analyst: User,
    now: dt.datetime,
) -> None:
    """Join, name and approve the proposals, as the demo's analyst; decided ones are left alone.

    What the machine missed but a reader saw in enough comments becomes a theme of its own.
    """
    starters = {term.code: term for term in taxonomy.terms("starter_codes", on=now.date())}
    true = _majority(session, run)
    groups: dict[str, list[Theme]] = defaultdict(list)
    for theme in queries.themes(session, consultation.id):
        if theme.approved_at is None and theme.sources:
            groups[true[theme.sources[0].id]].append(theme)
    for code, same in sorted(groups.items()):
        if code.startswith(NO_THEME):
            for theme in same:
                why = starters[code].label
                decisions.retire(session, theme, why=why, actor=analyst.id, now=now)
        else:
            theme = _join(session, same, analyst=analyst, now=now)
            _name(session, theme, starters[code], analyst=analyst, now=now)
            _approve(session, run, theme, analyst=analyst, now=now)
    for code in sorted(_common_codes() - groups.keys()):
        theme = decisions.open_theme(
            session, consultation, name=starters[code].label, actor=analyst.id, now=now,
            easy_name=starters[code].easy_label, why="Seen while reading the comments.",
        )  # fmt: skip
        _name(session, theme, starters[code], analyst=analyst, now=now)


def approve_what_was_read(
    session: Session,
    consultation: Consultation,
    run: AnalysisRun,
    *,
    analyst: User,
    now: dt.datetime,
) -> None:
    """Approve the themes that only a reader saw, now that comments have been read into them."""
    for theme in by_code(session, consultation).values():
        _approve(session, run, theme, analyst=analyst, now=now)


def read_comments(
    session: Session,
    consultation: Consultation,
    run: AnalysisRun,
    progress: Progress,
    *,
    analyst: User,
    now: dt.datetime,
) -> None:
    """Let the analyst say of every comment what it is about, as the second reader did."""
    labels = _labels()
    found = by_code(session, consultation)
    readable = _readable(session, run)
    for number, (response_id, question, words) in enumerate(readable, start=1):
        themes = [found[code] for code in labels[words] if code in found]
        decisions.code_answer(
            session, run, (response_id, question), themes, actor=analyst.id, now=now
        )
        progress("Comments read", number, len(readable))


def _labels() -> dict[str, tuple[str, ...]]:
    """Return what each text is about, with themes of very few people inside a wider one."""
    wider = written()["wider"]
    return {
        text: tuple(dict.fromkeys(wider.get(code, code) for code in codes))
        for text, codes in people.labels().items()
    }


def by_code(session: Session, consultation: Consultation) -> dict[str, Theme]:
    """Return the theme of each starter code that a person has named."""
    named = [theme for theme in queries.themes(session, consultation.id) if theme.easy_name]
    return {theme.starter_code: theme for theme in named if theme.starter_code}


def _common_codes() -> set[str]:
    """Return the themes that the second reader found in enough comments to report."""
    counts = Counter(code for codes in _labels().values() for code in codes)
    return {code for code, n in counts.items() if n >= ENOUGH and not code.startswith(NO_THEME)}


def _readable(session: Session, run: AnalysisRun) -> list[tuple[str, str, str]]:
    """Return (response id, question, words) of the answers that are for reading here."""
    for_reading = (
        ProposedCoding.set_aside_reason.is_(None)
        | (ProposedCoding.set_aside_reason == "other_language")
    )  # fmt: skip
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, Answer.value)
        .join(Answer, _same_answer())
        .where(ProposedCoding.run_id == run.id, for_reading)
        .distinct()
        .order_by(ProposedCoding.response_id, ProposedCoding.question)
    )
    return [(response_id, question, words) for response_id, question, words in rows]


def _majority(session: Session, run: AnalysisRun) -> dict[str, str]:
    """Return for each proposal the true theme that most of its comments have."""
    labels = _labels()
    votes: dict[str, Counter[str]] = {proposal.id: Counter() for proposal in run.proposals}
    rows = session.execute(
        select(ProposedCoding.proposed_theme_id, Answer.value)
        .join(Answer, _same_answer())
        .where(ProposedCoding.run_id == run.id, ProposedCoding.proposed_theme_id.is_not(None))
    )
    for proposal, words in rows:
        votes[str(proposal)][labels[words][0]] += 1
    return {proposal: _winner(tally) for proposal, tally in votes.items()}


def _winner(tally: Counter[str]) -> str:
    """Return the code with most votes; of equals the first in the alphabet."""
    return min(tally, key=lambda code: (-tally[code], code))


def _same_answer() -> ColumnElement[bool]:
    return and_(
        Answer.response_id == ProposedCoding.response_id,
        Answer.question == ProposedCoding.question,
    )


def _join(session: Session, same: list[Theme], *, analyst: User, now: dt.datetime) -> Theme:
    first, *others = same
    for other in others:
        decisions.merge(
            session, first, other, actor=analyst.id, now=now, why="Both are about the same."
        )
    return first


def _name(
    session: Session, theme: Theme, starter: taxonomy.Term, *, analyst: User, now: dt.datetime
) -> None:
    decisions.rename(
        session, theme, name=starter.label, easy_name=starter.easy_label, actor=analyst.id, now=now,
        why="Read the typical comments; this is the name families would use.",
    )  # fmt: skip
    decisions.place(
        session, theme, starter_code=starter.code, ambition=starter.parent or None,
        actor=analyst.id, now=now,
    )  # fmt: skip


def _approve(
    session: Session, run: AnalysisRun, theme: Theme, *, analyst: User, now: dt.datetime
) -> None:
    """Open a theme's typical and edge comments, and approve it as having read exactly these."""
    audit.record(
        session, actor=analyst.id, verb="read_comments", object_type="theme", object_id=theme.id,
        now=now,
    )  # fmt: skip
    typical, edge = frame.examples(session, run, theme)
    seen = [(one.response_id, one.question, one.segment) for one in (*typical, *edge)]
    frame.approve_after_reading(session, run, theme, seen, actor=analyst.id, now=now)


def written() -> dict[str, Any]:
    """Return what the demo's staff write, as plain data."""
    text = (people.HERE / "entries.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
