"""What people decide: names, approval, joining, retiring, and what each answer is about.

Every decision keeps who, when, what it was before and, where asked, why. The machine's proposals
are never edited, so that the two can always be compared.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme, ThemeDecision
from engage import audit
from engage.consultations import Consultation

NAME_LENGTH = 200
HELD = "held"


class DecisionError(ValueError):
    """A decision cannot be taken as it is; the message says what to do."""


class NameMissingError(DecisionError):
    """A theme needs a name in both editions before people can read it."""


class ThemeRetiredError(DecisionError):
    """The theme is out of use, so it cannot be changed."""


class AnswerHeldError(DecisionError):
    """The answer is not for reading here: a safeguarding decision about it is still open."""


def open_theme(
    session: Session,
    consultation: Consultation,
    *,
    name: str,
    easy_name: str,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:
    """Add a theme that the machine did not propose but a reader sees."""
    theme = Theme(consultation_id=consultation.id, name="", easy_name="", created_at=now)
    session.add(theme)
    session.flush()
    return rename(session, theme, name=name, easy_name=easy_name, actor=actor, now=now, why=why)


def rename(
    session: Session,
    theme: Theme,
    *,
    name: str,
    easy_name: str,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:
    """Give a theme its names in both editions; the trail keeps the old ones."""
    _require_in_use(theme)
    names = (name.strip()[:NAME_LENGTH], easy_name.strip()[:NAME_LENGTH])
    if not all(names):
        message = "Give the theme a name and an easy-read name."
        raise NameMissingError(message)
    before = f"{theme.name} | {theme.easy_name}"
    theme.name, theme.easy_name = names
    record(session, theme, "renamed", before, " | ".join(names), why, actor=actor, now=now)
    return theme


def place(
    session: Session,
    theme: Theme,
    *,
    starter_code: str | None,
    ambition: str | None,
    actor: str,
    now: dt.datetime,
) -> Theme:
    """Say which starter code and ambition a theme belongs to, so that entries can be grouped."""
    _require_in_use(theme)
    before = f"{theme.starter_code or ''} | {theme.ambition or ''}"
    theme.starter_code, theme.ambition = starter_code, ambition
    after = f"{starter_code or ''} | {ambition or ''}"
    record(session, theme, "placed", before, after, "", actor=actor, now=now)
    return theme


def approve(
    session: Session, theme: Theme, *, actor: str, now: dt.datetime, why: str = ""
) -> Theme:
    """Let a theme into reports, on somebody's word; approving twice changes nothing."""
    _require_in_use(theme)
    if theme.approved_at:
        return theme
    if not (theme.name and theme.easy_name):
        message = "Give the theme a name and an easy-read name before you approve it."
        raise NameMissingError(message)
    theme.approved_at, theme.approved_by = now, actor
    record(session, theme, "approved", "proposed", "approved", why, actor=actor, now=now)
    return theme


def merge(
    session: Session, into: Theme, other: Theme, *, actor: str, now: dt.datetime, why: str = ""
) -> Theme:
    """Move another theme's comments into this one and retire the other; nothing is lost."""
    _require_in_use(into)
    _require_in_use(other)
    into.sources = [*into.sources, *(s for s in other.sources if s not in into.sources)]
    _move_codings(session, other, into)
    other.retired_at = now
    record(session, into, "merged", other.name, into.name, why, actor=actor, now=now)
    record(session, other, "retired", other.name, f"in {into.name}", why, actor=actor, now=now)
    return into


def retire(session: Session, theme: Theme, *, actor: str, now: dt.datetime, why: str) -> Theme:
    """Take a theme out of use, with a reason; its comments stay reachable through the trail."""
    _require_in_use(theme)
    if not why.strip():
        message = "Say why this theme goes out of use."
        raise NameMissingError(message)
    theme.retired_at = now
    record(session, theme, "retired", theme.name, "", why, actor=actor, now=now)
    return theme


def _require_in_use(theme: Theme) -> None:
    if theme.retired_at:
        message = "This theme is out of use. Choose one that is in use."
        raise ThemeRetiredError(message)


def code_answer(
    session: Session,
    run: AnalysisRun,
    answer: tuple[str, str],
    themes: Sequence[Theme],
    *,
    actor: str,
    now: dt.datetime,
) -> Reading:
    """Say what one answer (response id, question) is about; this replaces the machine's view.

    From now on the answer counts in these themes and no others. No themes at all is a decision
    too. Raises AnswerHeldError for held words and ThemeRetiredError for a theme out of use.
    """
    for theme in themes:
        _require_in_use(theme)
    _require_readable(session, run, answer)
    response_id, question = answer
    session.execute(
        delete(Coding).where(Coding.response_id == response_id, Coding.question == question)
    )
    reading = session.merge(
        Reading(response_id=response_id, question=question, read_by=actor, read_at=now)
    )
    session.flush()
    session.add_all(
        Coding(theme_id=theme.id, response_id=response_id, question=question) for theme in themes
    )
    session.flush()
    audit.record(
        session,
        actor=actor,
        verb="coded",
        object_type="answer",
        object_id=f"{response_id}:{question}",
        now=now,
    )
    return reading


def _move_codings(session: Session, source: Theme, target: Theme) -> None:
    """Let what people said about one theme count for another, each answer once."""
    session.flush()
    there = select(Coding.response_id, Coding.question).where(Coding.theme_id == target.id)
    kept = {(row.response_id, row.question) for row in session.execute(there)}
    for coding in session.scalars(select(Coding).where(Coding.theme_id == source.id)).all():
        if (coding.response_id, coding.question) not in kept:
            session.add(
                Coding(theme_id=target.id, response_id=coding.response_id, question=coding.question)
            )
        session.delete(coding)
    session.flush()


def _require_readable(session: Session, run: AnalysisRun, answer: tuple[str, str]) -> None:
    reason = session.scalar(
        select(ProposedCoding.set_aside_reason).where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
            ProposedCoding.set_aside_reason == HELD,
        )
    )
    if reason is not None or queries.is_held(session, answer):
        message = "This answer is held until the safeguarding lead has decided about it."
        raise AnswerHeldError(message)


def record(
    session: Session,
    theme: Theme,
    verb: str,
    before: str = "",
    after: str = "",
    why: str = "",
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Keep a decision about a theme in its trail and, as ids and verb only, in the audit."""
    session.add(
        ThemeDecision(
            theme_id=theme.id,
            verb=verb,
            before=before,
            after=after,
            why=why.strip(),
            decided_by=actor,
            decided_at=now,
        )
    )
    audit.record(session, actor=actor, verb=verb, object_type="theme", object_id=theme.id, now=now)
