"""Publishing a questionnaire, opening and closing it: acts of staff, each one audited."""

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import audit, taxonomy
from engage.consultations import Consultation, local_date
from surveys import document, queries
from surveys.editions import languages
from surveys.models import Survey, SurveyVersion
from surveys.questionnaire import build
from surveys.services import notices
from surveys.services.errors import NoSafeguardingReaderError, SurveyError, SurveyNotOpenError
from surveys.services.snapshots import take_snapshot

UNDER_18_AUDIENCE = "young_person"
MOST_GRACE_DAYS = 31


def import_survey(
    session: Session,
    consultation: Consultation,
    source: Mapping[str, Any],
    slug: str,
    *,
    actor: str,
    now: dt.datetime,
    audience: str | None = None,
) -> Survey:
    """Publish a questionnaire document under an address; every import is a new version.

    A document that asks several audiences is imported once for each, and told for whom.

    Raises DocumentError with every mistake in the document, NoticeError when there is no privacy
    notice of the version that the plan names, and SurveyError when the address belongs to another
    consultation or audience.
    """
    lists = functools.partial(taxonomy.terms, on=local_date(now))
    filled = languages.with_translations(document.complete(source, lists))
    read = build(filled)
    if audience is not None and audience not in read.audiences:
        message = f"This questionnaire asks {', '.join(read.audiences)}, not {audience!r}."
        raise SurveyError(message)
    survey = _survey_at(session, consultation, slug, audience or read.audience)
    notices.require_notice(session, consultation.privacy_notice_version, actor=actor, now=now)
    text = document.canonical(filled)
    version = SurveyVersion(
        survey_id=survey.id,
        number=_versions(session, survey) + 1,
        document=text,
        document_hash=document.digest(text),
        published_at=now,
    )
    session.add(version)
    session.flush()
    _audit(session, survey, actor=actor, verb="import", now=now)
    return survey


def open_survey(
    session: Session,
    survey: Survey,
    *,
    actor: str,
    now: dt.datetime,
    production: bool,
    grace_days: int | None = None,
) -> Survey:
    """Let people answer. A closed survey may be opened again until the plan's last day.

    For so many days of grace after that day answers still count, marked as late.

    Raises NoSafeguardingReaderError for a survey of young people without a named reader in
    production, and SurveyError after the last day of the plan.
    """
    consultation = session.get_one(Consultation, survey.consultation_id)
    if survey.audience == UNDER_18_AUDIENCE and production and not consultation.safeguarding_reader:
        message = (
            "This survey asks young people under 18. Name in the plan who will read what they "
            "write for safety, then open it."
        )
        raise NoSafeguardingReaderError(message)
    if local_date(now) > consultation.closes_on:
        message = (
            f"The plan says the last day is {consultation.closes_on:%-d %B %Y}. "
            "Change the plan first, then open the survey."
        )
        raise SurveyError(message)
    if grace_days is not None:
        survey.grace_days = _short(grace_days)
    if survey.opened_at is None:
        survey.opened_at = now
    survey.closed_at = survey.paused_at = None
    _audit(session, survey, actor=actor, verb="open", now=now)
    return survey


def pause_survey(session: Session, survey: Survey, *, actor: str, now: dt.datetime) -> Survey:
    """Take no answers for a while; what people have begun is kept. Pausing twice changes nothing.

    Raises SurveyNotOpenError when nobody can answer anyway.
    """
    if survey.opened_at is None or survey.closed_at is not None:
        message = "This survey is not open, so it cannot be paused."
        raise SurveyNotOpenError(message)
    if survey.paused_at is None:
        survey.paused_at = now
        _audit(session, survey, actor=actor, verb="pause", now=now)
    return survey


def resume_survey(session: Session, survey: Survey, *, actor: str, now: dt.datetime) -> Survey:
    """Let people go on after a pause; resuming twice changes nothing."""
    if survey.paused_at is not None:
        survey.paused_at = None
        _audit(session, survey, actor=actor, verb="resume", now=now)
    return survey


def close_survey(session: Session, survey: Survey, *, actor: str, now: dt.datetime) -> Survey:
    """Take no more answers; closing twice changes nothing.

    With the last survey of a consultation its answers are fixed in a snapshot, which is what an
    analysis works on.
    """
    if survey.opened_at is None:
        message = "This survey has not been opened, so it cannot be closed."
        raise SurveyNotOpenError(message)
    if survey.closed_at is None:
        survey.closed_at = now
        _audit(session, survey, actor=actor, verb="close", now=now)
        session.flush()
        consultation = session.get_one(Consultation, survey.consultation_id)
        if all(other.closed_at for other in queries.surveys_of(session, consultation.id)):
            take_snapshot(session, consultation, actor=actor, now=now)
    return survey


def _short(days: int) -> int:
    if not 0 <= days <= MOST_GRACE_DAYS:
        message = f"Days of grace are between 0 and {MOST_GRACE_DAYS}."
        raise SurveyError(message)
    return days


def _survey_at(session: Session, consultation: Consultation, slug: str, audience: str) -> Survey:
    survey = queries.survey_by_slug(session, slug)
    if survey is None:
        survey = Survey(consultation_id=consultation.id, slug=slug, audience=audience)
        session.add(survey)
        session.flush()
        return survey
    if survey.consultation_id != consultation.id:
        message = f"The address {slug!r} belongs to another consultation. Choose another."
        raise SurveyError(message)
    if survey.audience != audience:
        message = f"The survey at {slug!r} asks {survey.audience!r}, not {audience!r}."
        raise SurveyError(message)
    return survey


def _versions(session: Session, survey: Survey) -> int:
    newest = select(func.max(SurveyVersion.number)).where(SurveyVersion.survey_id == survey.id)
    return session.scalar(newest) or 0


def _audit(session: Session, survey: Survey, *, actor: str, verb: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="survey", object_id=survey.id, now=now
    )
