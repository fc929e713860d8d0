"""The plan of a consultation, and the stage it has reached."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage import audit
from engage.orm import Base, IdKey, Slug

HERE = ZoneInfo("Europe/London")
UNDER_13 = ("with_adult", "session_only", "alone")


class ConsultationError(ValueError):
    """A plan cannot be accepted; the message says what to change."""


class Consultation(Base):
    """Why people are asked, what can still change, who decides and when.

    Attributes:
        under_13: how children under 13 may take part: "with_adult" on their own device,
            "session_only" in a session with a facilitator, or "alone" like anybody else.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint(
            f"under_13 IN ({', '.join(repr(route) for route in UNDER_13)})", name="under_13_known"
        ),
        CheckConstraint(
            "decision_on IS NULL OR decision_on > closes_on", name="decided_after_closing"
        ),
    )

    id: Mapped[IdKey]
    slug: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    easy_title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    can_change: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    decision_on: Mapped[dt.date | None]
    lawful_basis: Mapped[str] = mapped_column(String(200))
    special_category_condition: Mapped[str | None] = mapped_column(String(200))
    safeguarding_reader: Mapped[str | None] = mapped_column(String(200))
    privacy_notice_version: Mapped[str] = mapped_column(String(40))
    contact: Mapped[str] = mapped_column(String(200))
    findings_due: Mapped[dt.date | None]
    answer_due: Mapped[dt.date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    under_13: Mapped[str] = mapped_column(String(40), default="with_adult")
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    created_at: Mapped[dt.datetime]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """What an officer writes down before anybody is asked; every line but six is mandatory."""

    slug: str
    title: str
    easy_title: str
    purpose: str
    can_change: str
    decided_by: str
    lawful_basis: str
    privacy_notice_version: str
    contact: str
    opens_on: dt.date
    closes_on: dt.date
    decision_on: dt.date | None = None
    special_category_condition: str | None = None
    safeguarding_reader: str | None = None
    findings_due: dt.date | None = None
    answer_due: dt.date | None = None
    is_demo: bool = False
    under_13: str = "with_adult"


class Stage(enum.StrEnum):
    """How far a consultation has come, in the words people see."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    ANALYSED = "analysed"
    THEMES_APPROVED = "themes approved"
    PUBLISHED = "published"


@dataclasses.dataclass(frozen=True)
class Progress:
    """Facts that the later rooms know about a consultation and this room does not."""

    analysed: bool = False
    themes_approved: bool = False
    published: bool = False


NOT_FAR = Progress()
MANDATORY = (
    "slug", "title", "easy_title", "purpose", "can_change",
    "decided_by", "lawful_basis", "privacy_notice_version", "contact",
)  # fmt: skip


def plan_consultation(
    session: Session, plan: Plan, *, actor: str, now: dt.datetime
) -> Consultation:
    """Keep a plan as a consultation, or raise ConsultationError saying what it lacks."""
    _check_complete(plan)
    _check_dates(plan)
    if plan.under_13 not in UNDER_13:
        message = f"under_13 is {plan.under_13!r}; use one of {', '.join(UNDER_13)}."
        raise ConsultationError(message)
    if by_slug(session, plan.slug) is not None:
        message = f"There is already a consultation called {plan.slug!r}. Choose another name."
        raise ConsultationError(message)
    consultation = Consultation(**dataclasses.asdict(plan), created_at=now)
    session.add(consultation)
    session.flush()
    audit.record(
        session, actor=actor, verb="plan", object_type="consultation",
        object_id=consultation.id, now=now,
    )  # fmt: skip
    return consultation


def by_slug(session: Session, slug: str) -> Consultation | None:
    """Return the consultation of that name, if there is one."""
    return session.scalar(select(Consultation).where(Consultation.slug == slug))


def everything(session: Session) -> Sequence[Consultation]:
    """Return all consultations, the one that closes last first."""
    newest_first = (Consultation.closes_on.desc(), Consultation.slug)
    return session.scalars(select(Consultation).order_by(*newest_first)).all()


def open_on(session: Session, today: dt.date) -> Sequence[Consultation]:
    """Return the consultations whose dates include today, the one that closes first on top."""
    return session.scalars(
        select(Consultation)
        .where(Consultation.opens_on <= today, Consultation.closes_on >= today)
        .order_by(Consultation.closes_on, Consultation.slug)
    ).all()


def stage(consultation: Consultation, today: dt.date, progress: Progress = NOT_FAR) -> Stage:
    """Derive the stage from dates and facts, so that it can never disagree with them."""
    reached = (
        (progress.published, Stage.PUBLISHED),
        (progress.themes_approved, Stage.THEMES_APPROVED),
        (progress.analysed, Stage.ANALYSED),
        (today > consultation.closes_on, Stage.CLOSED),
        (today >= consultation.opens_on, Stage.OPEN),
    )
    return next((name for happened, name in reached if happened), Stage.PLANNED)


def local_date(now: dt.datetime) -> dt.date:
    """Return the date on a wall in Britain, because that is when people think a survey closes."""
    return now.astimezone(HERE).date()


def _check_complete(plan: Plan) -> None:
    missing = [name.replace("_", " ") for name in MANDATORY if not getattr(plan, name).strip()]
    if missing:
        message = f"The plan must say: {', '.join(missing)}."
        raise ConsultationError(message)


def _check_dates(plan: Plan) -> None:
    if plan.closes_on < plan.opens_on:
        message = "The consultation must close on or after the day it opens."
        raise ConsultationError(message)
    if plan.decision_on is not None and plan.decision_on <= plan.closes_on:
        message = "The decision must come after the consultation closes."
        raise ConsultationError(message)
