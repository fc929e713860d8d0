"""Fixing which responses the numbers of a consultation rest on."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation
from surveys import queries, respondents
from surveys.models import Answer, Response, Snapshot, SnapshotResponse, Survey, SurveyVersion
from surveys.services.errors import SurveysNotClosedError


def take_snapshot(
    session: Session, consultation: Consultation, *, actor: str, now: dt.datetime
) -> Snapshot:
    """Fix the responses of a consultation and seal them with a hash of their content.

    The same responses give the same hash whenever they are hashed, so anybody who holds the
    answers can check that the numbers rest on them. Raises SurveysNotClosedError.
    """
    _require_closed(session, consultation, now)
    response_ids = _sent(session, consultation)
    snapshot = Snapshot(
        consultation_id=consultation.id,
        taken_at=now,
        content_hash=content_hash(session, response_ids),
        responses=len(response_ids),
    )
    session.add(snapshot)
    session.flush()
    if response_ids:
        rows = [{"snapshot_id": snapshot.id, "response_id": found} for found in response_ids]
        session.execute(insert(SnapshotResponse), rows)
    audit.record(
        session, actor=actor, verb="snapshot", object_type="snapshot",
        object_id=snapshot.id, now=now,
    )  # fmt: skip
    return snapshot


def content_hash(session: Session, response_ids: list[str]) -> str:
    """Return the SHA-256 of the answers of these responses in one canonical spelling."""
    sealed = hashlib.sha256()
    wanted = set(response_ids)
    for row in _all_answers(session):
        if row[0] in wanted:
            sealed.update(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode())
    for response_id in response_ids:
        sealed.update(response_id.encode())
    return sealed.hexdigest()


def _all_answers(session: Session) -> Iterator[list[str | int]]:
    rows = session.execute(
        select(Answer.response_id, Answer.question, Answer.position, Answer.value).order_by(
            Answer.response_id, Answer.question, Answer.position
        )
    )
    for row in rows:
        yield list(row)


def _require_closed(session: Session, consultation: Consultation, now: dt.datetime) -> None:
    surveys = queries.surveys_of(session, consultation.id)
    still_open = [
        survey.slug
        for survey in surveys
        if respondents.survey_state(survey, consultation.closes_on, now) == "open"
    ]
    if still_open:
        message = f"Close these surveys first: {', '.join(still_open)}."
        raise SurveysNotClosedError(message)


def _sent(session: Session, consultation: Consultation) -> list[str]:
    return list(
        session.scalars(
            select(Response.id)
            .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
            .join(Survey, Survey.id == SurveyVersion.survey_id)
            .where(
                Survey.consultation_id == consultation.id,
                Response.submitted_at.is_not(None),
                Response.withdrawn_at.is_(None),
                Response.left_out_at.is_(None),
            )
            .order_by(Response.id)
        )
    )
