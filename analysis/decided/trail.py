"""Who decided what, when and why: the sentences of the trail, and what stops a decision."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.records import Change
from analysis.models.store import Reading, Theme, ThemeDecision
from engage import audit

WORDS: Mapping[str, str] = {
    "approved": "Approved",
    "carried_on": "Carried on from an earlier consultation",
    "coded": "Said what a comment is about",
    "defined": "Wrote down what it means",
    "kept_in_sight": "Out of use, kept in sight",
    "late_joined": "Late comments joined",
    "merged": "Joined another theme to it",
    "moved": "Moved comments",
    "nested": "Changed its broader theme",
    "opened": "Opened",
    "placed": "Gave it a code and an ambition",
    "proposed": "Proposed by the machine",
    "reanalysed": "Analysed again: proposed anew",
    "regrouped": "Asked for another number of themes",
    "renamed": "Renamed",
    "retired": "Took it out of use",
    "split": "Split",
    "undone": "Took a change back",
}
"""What each verb of the trail means, for people; a verb that is not here is its own word."""


class DecisionError(ValueError):
    """A decision cannot be taken as it is; the message says what to do."""


class NameMissingError(DecisionError):
    """A theme needs a name in both editions before people can read it."""


class ReasonMissingError(NameMissingError):
    """This decision needs a reason that others can understand."""


class ThemeRetiredError(DecisionError):
    """The theme is out of use, so it cannot be changed."""


class AnswerHeldError(DecisionError):
    """The answer is not for reading here: a safeguarding decision about it is still open."""


class NestingError(DecisionError):
    """Themes nest two levels deep and never in themselves."""


class NotSeenError(DecisionError):
    """A theme is approved only by somebody who has read enough of it."""


class ConflictError(DecisionError):
    """Somebody else has decided meanwhile; nothing of either is lost."""


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
    kept = ThemeDecision(theme_id=theme.id, verb=verb, before=before, after=after)
    kept.why, kept.decided_by, kept.decided_at = why.strip(), actor, now
    session.add(kept)
    audit.record(session, actor=actor, verb=verb, object_type="theme", object_id=theme.id, now=now)


def note(
    session: Session, change: Change, theme: Theme, verb: str, before: str = "", after: str = ""
) -> None:
    """Keep what a change meant for one theme in that theme's trail."""
    kept = ThemeDecision(theme_id=theme.id, verb=verb, before=before, after=after)
    kept.why, kept.decided_by, kept.decided_at = (
        change.why.strip(), change.decided_by, change.decided_at,
    )  # fmt: skip
    kept.change_id = change.id
    session.add(kept)
    audit.record(
        session, actor=change.decided_by, verb=verb, object_type="theme", object_id=theme.id,
        now=change.decided_at,
    )  # fmt: skip


def require_in_use(theme: Theme) -> None:
    """Raise ThemeRetiredError for a theme that is out of use."""
    if theme.retired_at:
        message = "This theme is out of use. Choose one that is in use."
        raise ThemeRetiredError(message)


def require_version(thing: Theme | Reading | None, expected: int | None) -> None:
    """Raise ConflictError when a thing is no longer as somebody saw it; None expects nothing.

    An answer that nobody has read has version 0.
    """
    found = thing.version if thing is not None else 0
    if expected is not None and found != expected:
        message = "Somebody else has decided about this while you were reading."
        raise ConflictError(message)


def of_consultation(
    session: Session, consultation_id: str, limit: int, skip: int = 0
) -> Sequence[Change]:
    """Return the newest changes of a consultation but for those skipped, newest first."""
    return session.scalars(
        select(Change)
        .where(Change.consultation_id == consultation_id)
        .order_by(Change.number.desc())
        .offset(skip)
        .limit(limit)
    ).all()


def of_answer(session: Session, answer: tuple[str, str]) -> Sequence[Change]:
    """Return what people decided about one answer alone, newest first."""
    return session.scalars(
        select(Change)
        .where(Change.response_id == answer[0], Change.question == answer[1])
        .order_by(Change.number.desc())
    ).all()


def last_by(session: Session, consultation_id: str, actor: str) -> Change | None:
    """Return the newest change of one person that is not itself a taking back, nor taken back."""
    taken_back = select(Change.undoes_id).where(Change.undoes_id.is_not(None))
    return session.scalars(
        select(Change)
        .where(
            Change.consultation_id == consultation_id,
            Change.decided_by == actor,
            Change.undoes_id.is_(None),
            Change.id.not_in(taken_back),
        )
        .order_by(Change.number.desc())
        .limit(1)
    ).first()
