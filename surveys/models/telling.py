"""Whom we have told what happened: a row for each contact and milestone, and no way to an answer.

A row knows its contact only by a mark that the round's own salt makes of the address. When a
contact goes, its marks go too; what stays says how many were told, and about nobody.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from surveys.models.rules import one_of

MILESTONES = ("published", "6_months", "12_months")
TOLD_STATES = ("waiting", "sending", "told", "refused", "unsure", "by_hand", "told_by_hand")
REACHED = ("told", "told_by_hand")
FOR_AN_OFFICER = ("by_hand", "refused", "unsure")


class Telling(Base):
    """One round: a milestone of a consultation, of which each contact is told once.

    Attributes:
        salt: goes into the marks of this round, so that no two rounds have a mark in common.
    """

    __tablename__ = "telling"
    __table_args__ = (
        UniqueConstraint("consultation_id", "milestone"),
        CheckConstraint(one_of("milestone", MILESTONES), name="known_milestone"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"))
    milestone: Mapped[Code]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    began_on: Mapped[dt.date]


class Told(Base):
    """One contact in one round: how far it is, and the link by which its owner can leave.

    Attributes:
        number: what an officer calls it by; drawn by lot within the round.
        mark: keyed hash of the address; NULL once the contact is gone.
        state: "waiting", "sending" (handed over, no word yet), "told", "refused" by its server,
            "unsure" whether it arrived, "by_hand" for an officer, "told_by_hand" by one.
        other_words: told, but not in the format or language that was asked for.
        token_hash: hash of the token in the link to leave.
    """

    __tablename__ = "told"
    __table_args__ = (
        UniqueConstraint("telling_id", "number", name="one_number_each"),
        UniqueConstraint("telling_id", "mark", name="each_contact_once"),
        CheckConstraint(one_of("state", TOLD_STATES), name="known_state"),
        CheckConstraint(
            f"({one_of('state', REACHED)}) = (told_on IS NOT NULL)", name="told_has_a_day"
        ),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[IdKey]
    telling_id: Mapped[IdRef] = mapped_column(ForeignKey("telling.id"))
    number: Mapped[int]
    mark: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[Code]
    other_words: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    told_on: Mapped[dt.date | None]
