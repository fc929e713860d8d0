"""The rows of who was told, and how they let go of a contact that goes."""

import hashlib

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys.models import Telling, Told


def mark_of(telling: Telling, address: str) -> str:
    """Return what stands for an address in one round; capital letters make no difference."""
    return hashlib.blake2b(address.lower().encode(), key=telling.salt, digest_size=32).hexdigest()


def forget(session: Session, consultation_id: str, address: str | None = None) -> None:
    """Cut the rows of every round from an address, or from all addresses of a consultation.

    Who had not been told yet is no longer waited for; who had been still counts as told.
    """
    rounds = session.scalars(select(Telling).where(Telling.consultation_id == consultation_id))
    for telling in rounds:
        mine = [Told.telling_id == telling.id, Told.mark.is_not(None)]
        if address is not None:
            mine.append(Told.mark == mark_of(telling, address))
        session.execute(delete(Told).where(*mine, Told.state == "waiting"))
        session.execute(update(Told).where(*mine).values(mark=None))
