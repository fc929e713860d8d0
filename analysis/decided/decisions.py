"""What people decide about themes: names, meaning, approval, joining, splitting, nesting, retiring.

Every decision keeps who, when, what it was before and, where asked, why, and can be taken back.
The machine's proposals are never edited, so that the two can always be compared.
"""

import datetime as dt
import json
from collections.abc import Collection

from sqlalchemy.orm import Session

from analysis.decided import changes, trail
from analysis.decided.codings import HELD, code_answer
from analysis.decided.joining import (
    children,
    give_names,
    merge,
    names_of,
    nest,
    new_theme,
    split,
    trimmed,
    undo,
)
from analysis.decided.trail import (
    AnswerHeldError,
    ConflictError,
    DecisionError,
    NameMissingError,
    NestingError,
    NotSeenError,
    ReasonMissingError,
    ThemeRetiredError,
    record,
)
from analysis.models.store import Theme
from engage.consultations import Consultation

__all__ = [
    "HELD",
    "AnswerHeldError",
    "ConflictError",
    "DecisionError",
    "NameMissingError",
    "NestingError",
    "NotSeenError",
    "ReasonMissingError",
    "ThemeRetiredError",
    "approve",
    "code_answer",
    "define",
    "merge",
    "nest",
    "open_theme",
    "place",
    "record",
    "rename",
    "retire",
    "split",
    "undo",
]

MEANING = ("means", "includes", "excludes", "example")
Clause = tuple[str, str, int]


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
    made: list[Theme] = []
    with changes.change(
        session, consultation.id, "opened", themes=made, actor=actor, now=now, why=why
    ) as change:
        theme = new_theme(session, consultation.id, now)
        made.append(theme)
        give_names(theme, name, easy_name)
        trail.note(session, change, theme, "renamed", " | ", names_of(theme))
    return theme


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
    """Give a theme its names in both editions; the trail keeps the old ones.

    Names that it has already change nothing and are not in the trail.
    """
    trail.require_in_use(theme)
    if trimmed(name, easy_name) == (theme.name, theme.easy_name):
        return theme
    before = names_of(theme)
    with changes.change(
        session, theme.consultation_id, "renamed", themes=[theme], actor=actor, now=now, why=why
    ) as change:
        give_names(theme, name, easy_name)
        trail.note(session, change, theme, "renamed", before, names_of(theme))
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
    trail.require_in_use(theme)
    if (starter_code, ambition) == (theme.starter_code, theme.ambition):
        return theme
    before = f"{theme.starter_code or ''} | {theme.ambition or ''}"
    after = f"{starter_code or ''} | {ambition or ''}"
    with changes.change(
        session, theme.consultation_id, "placed", themes=[theme], actor=actor, now=now
    ) as change:
        theme.starter_code, theme.ambition = starter_code, ambition
        trail.note(session, change, theme, "placed", before, after)
    return theme


def define(
    session: Session,
    theme: Theme,
    meaning: dict[str, str],
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:
    """Write down what a theme means, includes and excludes, with an example, for a second coder.

    Words that stand there already change nothing and are not in the trail.
    """
    trail.require_in_use(theme)
    changed = [name for name in MEANING if meaning.get(name, "").strip() != getattr(theme, name)]
    if not changed:
        return theme
    with changes.change(
        session, theme.consultation_id, "defined", themes=[theme], actor=actor, now=now, why=why
    ) as change:
        for name in MEANING:
            setattr(theme, name, meaning.get(name, "").strip())
        trail.note(session, change, theme, "defined", "", ", ".join(changed))
    return theme


def approve(
    session: Session,
    theme: Theme,
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
    seen: Collection[Clause] = (),
) -> Theme:
    """Let a theme into reports, on somebody's word; approving twice changes nothing.

    `seen` are the clauses they have read; `frame.approve_after_reading` asks for enough of them.
    """
    trail.require_in_use(theme)
    if theme.approved_at:
        return theme
    if not (theme.name and theme.easy_name):
        message = "Give the theme a name and an easy-read name before you approve it."
        raise NameMissingError(message)
    with changes.change(
        session, theme.consultation_id, "approved", themes=[theme], actor=actor, now=now, why=why,
        seen=json.dumps(sorted(seen)) if seen else "",
    ) as change:  # fmt: skip
        theme.approved_at, theme.approved_by = now, actor
        trail.note(session, change, theme, "approved", "proposed", "approved")
    return theme


def retire(session: Session, theme: Theme, *, actor: str, now: dt.datetime, why: str) -> Theme:
    """Take a theme out of use, with a reason; its comments stay reachable through the trail."""
    trail.require_in_use(theme)
    if not why.strip():
        message = "Say why this theme goes out of use."
        raise ReasonMissingError(message)
    below = children(session, theme)
    with changes.change(
        session, theme.consultation_id, "retired", themes=[theme, *below], actor=actor, now=now,
        why=why,
    ) as change:  # fmt: skip
        for child in below:
            child.parent_id = None
        theme.retired_at = now
        trail.note(session, change, theme, "retired", theme.name, "")
    return theme
