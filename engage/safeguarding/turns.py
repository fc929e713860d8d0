"""One after the other: nobody decides about words while somebody else does."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from engage.safeguarding.models import SafeguardingItem


def take_turn(session: Session, item_ids: Iterable[str]) -> None:
    """Keep everybody else from deciding about these texts until this is committed.

    A write that changes nothing takes the lock on both databases. A read does not on SQLite: two
    readers at the very same moment would each find the text undecided. What was read before is
    to be read again.
    """
    same = {"order_score": SafeguardingItem.order_score}
    for item_id in sorted(item_ids):  # in one order, so that two never wait for each other
        session.execute(
            update(SafeguardingItem).where(SafeguardingItem.id == item_id).values(**same),
            execution_options={"synchronize_session": False},
        )
