"""Decisions about how themes hang together: joining, splitting, nesting, and taking back.

Nobody is lost and nobody is counted twice by any of them.
"""

import datetime as dt
import json
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import changes, codings, trail, trees
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Coding, Theme

NAME_LENGTH = 200
Clause = tuple[str, str, int]


def merge(
    session: Session, into: Theme, other: Theme, *, actor: str, now: dt.datetime, why: str = ""
) -> Theme:
    """Move another theme's comments into this one and retire the other; nothing is lost."""
    trail.require_in_use(into)
    trail.require_in_use(other)
    coded = _coded_in(session, other)
    below = children(session, other)
    with changes.change(
        session, into.consultation_id, "merged", themes=[into, other, *below], answers=coded,
        actor=actor, now=now, why=why,
    ) as change:  # fmt: skip
        into.sources = [*into.sources, *(s for s in other.sources if s not in into.sources)]
        changes.touch(into)
        _move_codings(session, other, into, coded)
        _lift(into, other, below)
        other.retired_at = now
        trail.note(session, change, into, "merged", other.name, into.name)
        trail.note(session, change, other, "retired", other.name, f"in {into.name}")
    return into


def split(
    session: Session,
    run: AnalysisRun,
    theme: Theme,
    chosen: Collection[Clause],
    into: Theme | tuple[str, str],
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:  # fmt: skip
    """Move chosen clauses out of a theme into another, or into a new one with these two names."""
    trail.require_in_use(theme)
    if not chosen:
        message = "Choose at least one comment to move."
        raise trail.DecisionError(message)
    there = [into] if isinstance(into, Theme) else []
    touched, verb = [theme, *there], "moved" if there else "split"
    with changes.change(
        session, theme.consultation_id, verb, themes=touched, why=why, actor=actor, now=now,
        answers=list(codings.by_answer(chosen)),
    ) as change:  # fmt: skip
        target = _target(session, theme, into, now)
        touched.extend([] if there else [target])
        codings.move(session, run, theme, target, chosen, actor=actor, now=now)
        for one, sentence in ((theme, f"to {target.name}"), (target, f"from {theme.name}")):
            trail.note(session, change, one, verb, theme.name, sentence)
    return target


def nest(
    session: Session,
    theme: Theme,
    parent: Theme | None,
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:
    """Put a theme under a broader one, or on its own again; two levels at most.

    Where it stands there already, nothing changes and nothing is in the trail.
    """
    trail.require_in_use(theme)
    if parent is not None:
        trail.require_in_use(parent)
        _require_two_levels(session, theme, parent)
    if theme.parent_id == (parent.id if parent else None):
        return theme
    before = session.get(Theme, theme.parent_id) if theme.parent_id else None
    with changes.change(
        session, theme.consultation_id, "nested", themes=[theme], actor=actor, now=now, why=why
    ) as change:
        theme.parent_id = parent.id if parent else None
        names = [one.name if one else "on its own" for one in (before, parent)]
        trail.note(session, change, theme, "nested", *names)
    return theme


def undo(
    session: Session, change: Change, *, actor: str, now: dt.datetime, why: str = ""
) -> Change:
    """Take a change back exactly; raise ChangedSinceError if the same things moved on since."""
    back = changes.undo(session, change, actor=actor, now=now, why=why)
    trees.follow(session, change)
    for theme_id in json.loads(back.after)["themes"]:
        theme = session.get_one(Theme, theme_id)
        trail.note(session, back, theme, "undone", change.verb, "as before")
    session.flush()
    return back


def new_theme(session: Session, consultation_id: str, now: dt.datetime) -> Theme:
    """Make a theme without names, to be named in the same breath."""
    theme = Theme(consultation_id=consultation_id, name="", easy_name="", created_at=now)
    session.add(theme)
    session.flush()
    return theme


def give_names(theme: Theme, name: str, easy_name: str) -> None:
    """Set both names; raise NameMissingError unless there are two."""
    names = trimmed(name, easy_name)
    if not all(names):
        message = "Give the theme a name and an easy-read name."
        raise trail.NameMissingError(message)
    theme.name, theme.easy_name = names


def trimmed(name: str, easy_name: str) -> tuple[str, str]:
    """Return both names as they are kept."""
    return name.strip()[:NAME_LENGTH], easy_name.strip()[:NAME_LENGTH]


def names_of(theme: Theme) -> str:
    """Return both names as the trail shows them."""
    return f"{theme.name} | {theme.easy_name}"


def children(session: Session, theme: Theme) -> Sequence[Theme]:
    """Return the themes in use that are nested in one."""
    return session.scalars(
        select(Theme)
        .where(Theme.parent_id == theme.id, Theme.retired_at.is_(None))
        .order_by(Theme.id)
    ).all()


def _require_two_levels(session: Session, theme: Theme, parent: Theme) -> None:
    if parent.id == theme.id or parent.parent_id or children(session, theme):
        message = "Themes nest two levels deep: choose a theme that stands on its own."
        raise trail.NestingError(message)


def _target(
    session: Session, theme: Theme, into: Theme | tuple[str, str], now: dt.datetime
) -> Theme:
    if isinstance(into, Theme):
        trail.require_in_use(into)
        return into
    made = new_theme(session, theme.consultation_id, now)
    give_names(made, *into)
    return made


def _coded_in(session: Session, theme: Theme) -> list[tuple[str, str]]:
    """Return the answers that people put in a theme."""
    session.flush()
    rows = session.execute(
        select(Coding.response_id, Coding.question)
        .where(Coding.theme_id == theme.id)
        .order_by(Coding.response_id, Coding.question)
    )
    return [(response_id, question) for response_id, question in rows]


def _move_codings(
    session: Session, source: Theme, target: Theme, answers: Sequence[tuple[str, str]]
) -> None:
    """Let what people said about one theme count for another, each answer once."""
    for answer, state in changes.answer_states(session, answers).items():
        if state is not None:
            state["codings"] = codings.renamed(state["codings"], source.id, target.id)
            changes.put_answer(session, answer, state)


def _lift(into: Theme, other: Theme, below: Sequence[Theme]) -> None:
    """Let the themes under one that goes out of use stand under the one it joins."""
    if into.parent_id == other.id:
        into.parent_id = None
    for child in below:
        child.parent_id = None if child is into else into.parent_id or into.id
