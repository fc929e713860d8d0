"""Answers to single questions that were handed out, kept so that a later one cannot betray them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.orm import Base, IdKey, IdRef


class AskedQuestion(Base):
    """Somebody asked how many people of a group said something.

    Attributes:
        subject: what they said: "theme/<id>" or "question/<questionnaire>/<code>/<audience>/<key>".
        audience, district: the filters; empty for all.
    """

    __tablename__ = "asked_question"

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    snapshot_id: Mapped[IdRef] = mapped_column(ForeignKey("snapshot.id"))
    subject: Mapped[str] = mapped_column(String(200))
    audience: Mapped[str | None] = mapped_column(String(40))
    district: Mapped[str | None] = mapped_column(String(40))
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[dt.datetime]

    figures: Mapped[list["GivenFigure"]] = relationship(order_by="GivenFigure.position")


class GivenFigure(Base):
    """One number of an answer as it was handed out; no value means it was not shown."""

    __tablename__ = "given_figure"
    __table_args__ = (
        CheckConstraint("base IS NULL OR value IS NULL OR value <= base", name="value_within_base"),
    )

    asked_id: Mapped[IdRef] = mapped_column(ForeignKey("asked_question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(200), index=True)
    value: Mapped[int | None]
    base: Mapped[int | None]
    wording: Mapped[str] = mapped_column(Text)
