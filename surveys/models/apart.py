"""What is kept apart from answers, so that nobody can put the two together again.

These tables have no key, order or time in common with responses. On SQLite they have no row
number either, because row numbers would tell who came after whom.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from surveys.models.rules import one_of

CONTACT_KINDS = ("email", "text", "post")


class Contact(Base):
    """Somebody who wants to be told what happened; rewritten in shuffled batches.

    Attributes:
        format: how to send it: "standard", "easy", "bsl", "large_print", or a language.
        given_on: the day, and nothing finer.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(one_of("kind", CONTACT_KINDS), name="kind_known"),
        Index("ix_contact_consultation_id", "consultation_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[Code]
    address: Mapped[str] = mapped_column(String(400))
    format: Mapped[Code]
    given_on: Mapped[dt.date]


class EqualityKey(Base):
    """What links equality answers to responses, until it is destroyed.

    Attributes:
        salt: goes with the installation's secret into the key; NULL once destroyed.
        destroy_on: the day from which no link can be computed any more.
    """

    __tablename__ = "equality_key"
    __table_args__ = (
        CheckConstraint("(salt IS NULL) = (destroyed_on IS NOT NULL)", name="destroyed_is_gone"),
    )

    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    destroy_on: Mapped[dt.date | None]
    destroyed_on: Mapped[dt.date | None]


class EqualityAnswer(Base):
    """One answer about the person, under a link that only a key can compute.

    Attributes:
        link: keyed hash of the response's id.
        wording: version of the wording that was asked.
    """

    __tablename__ = "equality_answer"
    __table_args__ = (
        CheckConstraint("value <> ''", name="value_not_empty"),
        {"sqlite_with_rowid": False},
    )

    link: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[Code]
    wording: Mapped[Code]
