"""What readers did: the log as its pages show it, those of one moment in one line."""

import dataclasses
import itertools
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engage.accounts import User
from engage.safeguarding.models import SafeguardingLog

Act = tuple[SafeguardingLog, str]


@dataclasses.dataclass(frozen=True)
class Moment:
    """Acts of one person at one moment that say the same, such as a page of texts read together.

    Attributes:
        first: stands for all of them: when, what and why.
        by: title of who did it.
        items: ids of the texts, one an act.
    """

    first: SafeguardingLog
    by: str
    items: tuple[str, ...]


def log_of(
    session: Session, *where: ColumnElement[bool], limit: int | None = None, skip: int = 0
) -> tuple[Act, ...]:
    """Return acts with the title of who did them, the newest first."""
    one = SafeguardingLog
    found = (
        select(one, func.coalesce(User.display_name, one.by))
        .outerjoin(User, User.id == one.by)
        .where(*where)
        .order_by(one.at.desc(), one.by, one.verb, one.decision, one.id)
    )
    return tuple((log, by) for log, by in session.execute(found.limit(limit).offset(skip)))


def how_many(session: Session) -> int:
    """Return how many acts the log holds."""
    return session.scalar(select(func.count()).select_from(SafeguardingLog)) or 0


def by_moment(acts: Sequence[Act]) -> list[Moment]:
    """Put acts in lines, in the order in which they came; every act is in one."""
    return [
        Moment(several[0][0], several[0][1], tuple(act.item_id for act, _ in several))
        for _, group in itertools.groupby(acts, key=_moment)
        if (several := list(group))
    ]


def _moment(act: Act) -> tuple[object, ...]:
    log, by = act
    return log.at, by, log.verb, log.decision
