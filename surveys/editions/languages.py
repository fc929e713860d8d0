"""Languages of a questionnaire: which are complete, which a named person has checked.

A language is offered only when every word of the questionnaire is in it. Where real people
answer, it must also have been checked by somebody who is named; when a word changes later, that
check no longer counts.
"""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from surveys.editions.translating import missing, with_translations, words_hash
from surveys.models import AttachedMedium, LanguageSignOff, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITION_FACTS, EDITIONS, Edition

__all__ = [
    "ALWAYS",
    "LanguageError",
    "has_signed_video",
    "is_draft",
    "is_on_offer",
    "missing",
    "on_offer",
    "sign_off",
    "sign_off_language",
    "with_translations",
    "words_hash",
]

ALWAYS: tuple[Edition, ...] = ("standard", "easy", "plain")
START = "start"
LONGEST_NAME = 120


class LanguageError(ValueError):
    """A language cannot be signed off; the message says why and what to do."""


def on_offer(
    session: Session, survey_id: str, questionnaire: Questionnaire, *, production: bool
) -> tuple[Edition, ...]:
    """Return the editions that somebody may choose who starts this version of a survey."""
    offered = {*ALWAYS, *questionnaire.languages}
    if production:
        offered -= {one for one in questionnaire.languages if is_draft(session, questionnaire, one)}
    if has_signed_video(session, survey_id):
        offered.add("bsl")
    return tuple(edition for edition in EDITIONS if edition in offered)


def is_on_offer(
    session: Session,
    survey_id: str,
    questionnaire: Questionnaire,
    edition: Edition,
    *,
    production: bool,
) -> bool:
    """Tell whether an edition may be chosen; for the three that always may, without a query."""
    return edition in ALWAYS or edition in on_offer(
        session, survey_id, questionnaire, production=production
    )


def has_signed_video(session: Session, survey_id: str) -> bool:
    """Tell whether the start of a survey is there in British Sign Language."""
    statement = select(AttachedMedium.id).where(
        AttachedMedium.survey_id == survey_id,
        AttachedMedium.place == START,
        AttachedMedium.use == "bsl",
    )
    return session.scalar(statement) is not None


def sign_off_language(
    session: Session,
    survey_version: SurveyVersion,
    language: Edition,
    questionnaire: Questionnaire,
    *,
    checked_by: str,
    now: dt.datetime,
    actor: str,
) -> LanguageSignOff:
    """Record that a named person has checked the words of a language of a version.

    Signing the same words twice keeps the newer name. Raises LanguageError without a name, and
    for a language that is not complete.
    """
    name = " ".join(checked_by.split())
    if not name or len(name) > LONGEST_NAME:
        message = f"Write who checked, with name and job, in up to {LONGEST_NAME} signs."
        raise LanguageError(message)
    if language not in questionnaire.languages:
        message = "Not every word is in this language yet, so there is nothing to sign."
        raise LanguageError(message)
    found = sign_off(session, questionnaire, language)
    signed = found or LanguageSignOff(
        survey_version_id=survey_version.id,
        language=language,
        words_hash=words_hash(questionnaire, language),
    )
    signed.checked_by, signed.checked_on = name, local_date(now)
    session.add(signed)
    session.flush()
    audit.record(
        session, actor=actor, verb=f"sign_{language}", object_type="survey_version",
        object_id=survey_version.id, now=now,
    )  # fmt: skip
    return signed


def sign_off(
    session: Session, questionnaire: Questionnaire, language: Edition
) -> LanguageSignOff | None:
    """Return who has checked exactly these words, in this version or in an earlier one."""
    statement = select(LanguageSignOff).where(
        LanguageSignOff.language == language,
        LanguageSignOff.words_hash == words_hash(questionnaire, language),
    )
    return session.scalars(statement.order_by(LanguageSignOff.checked_on.desc())).first()


def is_draft(session: Session, questionnaire: Questionnaire, edition: Edition) -> bool:
    """Tell whether an edition is in words that nobody has checked; English costs no query."""
    return (
        EDITION_FACTS[edition].is_translated and sign_off(session, questionnaire, edition) is None
    )
