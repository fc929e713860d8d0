"""What was worked out before and still holds: kept until somebody acts, then worked out anew.

A page over twenty thousand comments reads the same rows again and again while nobody changes
anything. What is kept here bears the state it was made in: the seal of the newest act in the audit
chain that is more than reading, and how many answers are held, taken back or left out, because
those come without an act by staff. Any difference, and it is made anew; so a number is never older
than the last change, whichever process or machine made it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.kept import Kept
from surveys.models import AnswerHold, Response

T = TypeVar("T")
State = tuple[str | None, tuple[object, ...], tuple[object, ...]]
MOST_KEPT = 8
ONLY_READING = (
    "asked_how_many", "read_comment", "read_comments", "read_copies", "read_original",
    "read_safeguarding", "read_safeguarding_log", "read_suggestions", "read_translations",
    "searched_comments", "sign_in",
)  # fmt: skip
"""Acts that change nothing that is counted."""

ONLY_NAMES = ("approved", "defined", "nested", "placed", "renamed")
"""Acts that leave every answer in the themes it was in."""

ONLY_THEMES = (*ONLY_NAMES, "merged", "retired")
"""Acts that leave it as it was which answers anybody, machine or person, had a word for."""

ONLY_PEOPLES_WORD = (*ONLY_THEMES, "coded", "kept_in_sight", "moved", "opened", "split")
"""Acts that leave what the machine said, and who may be counted, as they were."""


class Unchanged(Generic[T]):
    """Keeps the last few results of one question, each for the state it was worked out in."""

    def __init__(self, besides: tuple[str, ...] = ()) -> None:
        """Begin with nothing kept; `besides` are further acts that leave results as they were."""
        self._harmless = (*ONLY_READING, *besides)
        self._kept: Kept[T] = Kept(MOST_KEPT)

    def of(self, session: Session, key: str, make: Callable[[], T]) -> T:
        """Return what is kept under a key if nothing has changed since, or make it and keep it.

        The state is read first: what is made from newer rows is then made once more, never less.
        Whoever gets it shares it with others and must not change it.
        """
        return self._kept.get((key, state_of(session, self._harmless)), make)


def state_of(session: Session, harmless: tuple[str, ...] = ONLY_READING) -> State:
    """Return what every change leaves different, but for acts that are known to be harmless."""
    session.flush()
    act = session.scalar(
        select(AuditEvent.hash)
        .where(AuditEvent.verb.not_in(harmless))
        .order_by(AuditEvent.sequence.desc())
        .limit(1)
    )
    return act, _plain(session.execute(_HOLDS).one()), _plain(session.execute(_GONE).one())


def _plain(row: Row[*tuple[object, ...]]) -> tuple[object, ...]:
    return tuple(row)


_HOLDS = select(
    func.count(), func.count(AnswerHold.released_at), func.max(AnswerHold.held_at),
    func.max(AnswerHold.released_at),
)  # fmt: skip
_GONE = select(
    func.count(Response.withdrawn_at), func.max(Response.withdrawn_at),
    func.count(Response.left_out_at), func.max(Response.left_out_at),
)  # fmt: skip
