"""Answers to single questions that were handed out, kept so that a later one cannot betray them."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from analysis.disclosure.attack import Relation
from engage.orm import Base, IdKey, IdRef
from reports.counting.counted import Counted, Earlier
from surveys.breakdowns import ANSWERED


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


def given(session: Session, consultation_id: str) -> Iterator[tuple[dt.datetime, Earlier]]:
    """Yield every answer that was handed out as numbers that readers hold, with its time."""
    rows = session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.consultation_id == consultation_id)
        .order_by(AskedQuestion.asked_at, AskedQuestion.id)
    )
    return ((one.asked_at, _earlier(one)) for one in rows)


def base_of(key: str) -> str:
    """Return the key of the number that a number of an answer is out of."""
    whole, place = key.partition("/area.")[::2]
    start, last = whole.rsplit("/", 1)
    base = f"wrote/{last}" if whole.startswith("theme/") else f"{start}/{ANSWERED}"
    return f"{base}/area.{place}" if place else base


def _earlier(one: AskedQuestion) -> Earlier:
    numbers: dict[str, int] = {}
    relations = []
    for figure in one.figures:
        if figure.value is not None and figure.base is not None:
            numbers |= {figure.key: figure.value, base_of(figure.key): figure.base}
            relations.append(Relation(base_of(figure.key), (figure.key,), "inside"))
    for key, number in numbers.items():
        county = key.partition("/area.")[0]
        if county != key and numbers.get(county, -1) >= number:
            relations.append(Relation(county, (key,), "inside"))
    return Earlier(0, Counted(numbers, tuple(relations)), frozenset(numbers))
