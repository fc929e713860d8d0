"""Links: an address of its own for each way of telling people, so that we learn which one works.

A link says which channel somebody came by, never who they are: everybody who sees the same poster
uses the same link.
"""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from surveys.models import CHANNELS, Response, Survey, SurveyLink
from surveys.services.errors import SurveyError

TOKEN_LENGTH = 7
LONGEST_LABEL = 120
SHORT = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look alike: addresses get typed


class LinkError(SurveyError):
    """A link cannot be made as asked; the message says why."""


@dataclasses.dataclass(frozen=True)
class CountedLink:
    """A link with how many people sent their answers after using it, as may be shown."""

    link: SurveyLink
    people: str


def make_link(
    session: Session, survey: Survey, label: str, channel: str, *, actor: str, now: dt.datetime
) -> SurveyLink:
    """Make a link for one way of telling people. Raises LinkError for a label that is taken."""
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_LABEL:
        message = f"Say where the link goes, in up to {LONGEST_LABEL} letters."
        raise LinkError(message)
    if channel not in CHANNELS:
        message = f"{channel!r} is not a channel. Choose from: {', '.join(CHANNELS)}."
        raise LinkError(message)
    same = SurveyLink.survey_id == survey.id, func.lower(SurveyLink.label) == label.lower()
    if session.scalar(select(SurveyLink.id).where(*same)) is not None:
        message = f"There is a link called {label!r} already."
        raise LinkError(message)
    made = SurveyLink(
        survey_id=survey.id, token=_token(session), channel=channel, label=label,
        made_on=local_date(now),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session,
        actor=actor,
        verb="make_link",
        object_type="survey_link",
        object_id=made.id,
        now=now,
    )
    return made


def links_of(session: Session, survey: Survey) -> Sequence[SurveyLink]:
    """Return the links of a survey by name."""
    mine = select(SurveyLink).where(SurveyLink.survey_id == survey.id)
    return session.scalars(mine.order_by(func.lower(SurveyLink.label))).all()


def counted_links(session: Session, survey: Survey, threshold: int) -> tuple[CountedLink, ...]:
    """Return each link with its people; a count that could point at somebody is not shown."""
    rows = session.execute(
        select(Response.link_id, func.count())
        .join(SurveyLink, SurveyLink.id == Response.link_id)
        .where(
            SurveyLink.survey_id == survey.id,
            Response.submitted_at.is_not(None),
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
        )
        .group_by(Response.link_id)
    )
    people: dict[str | None, int] = {row[0]: row[1] for row in rows}
    return tuple(
        CountedLink(link, shown_people(people.get(link.id, 0), threshold))
        for link in links_of(session, survey)
    )


def shown_people(people: int, threshold: int) -> str:
    """Return a count in words that point at nobody."""
    return str(people) if people == 0 or people >= threshold else f"fewer than {threshold}"


def link_by_token(session: Session, token: str) -> tuple[SurveyLink, Survey] | None:
    """Return the link at a short address with its survey, however it was typed."""
    row = session.execute(
        select(SurveyLink, Survey)
        .join(Survey, Survey.id == SurveyLink.survey_id)
        .where(SurveyLink.token == token.strip().lower())
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _token(session: Session) -> str:
    """Return a short token that no link has."""
    while True:
        drawn = "".join(secrets.choice(SHORT) for _ in range(TOKEN_LENGTH))
        if session.scalar(select(SurveyLink.id).where(SurveyLink.token == drawn)) is None:
            return drawn
