"""Answers in other languages: what waits for a translator, and what people wrote."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from analysis.language.languages import ENGLISH
from analysis.models.prepared_store import OtherLanguage, Translation
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme
from analysis.preparation.identity import answer_of
from engage import audit
from surveys.models import AnswerHold, Response

if TYPE_CHECKING:
    from analysis.themes.results import Analysis

Answer = tuple[str, str]
LONGEST = 20_000


class TranslationError(ValueError):
    """A translation cannot be kept as it is; the message says what to do."""


class NothingToTranslateError(TranslationError):
    """The answer does not wait for a translation here."""


@dataclass(frozen=True)
class Waiting:
    """One answer in another language as the desk shows it.

    Attributes:
        original: its redacted words as they were written.
        place: what the machine would call it, in pencil, or "".
        likeness: how like the examples of that theme it is, or None.
        translation: what a person wrote, or None.
        joined: the newest analysis already used that translation.
    """

    response_id: str
    question: str
    language: str
    original: str
    place: str
    likeness: float | None
    translation: Translation | None
    joined: bool


def save(session: Session, run: AnalysisRun, result: "Analysis", themes: dict[int, str]) -> None:
    """Keep the language of every answer of a run that is not in English, and where it may belong.

    Args:
        session: open.
        run: already stored.
        result: what the run found.
        themes: number of a theme to the id of its row.
    """
    for coding in result.codings:
        if coding.language != ENGLISH:
            response_id, question = answer_of(coding.document_id)
            session.add(
                OtherLanguage(
                    run_id=run.id,
                    response_id=response_id,
                    question=question,
                    language=coding.language,
                    proposed_theme_id=None if coding.theme is None else themes[coding.theme],
                    likeness=None if coding.theme is None else coding.confidence,
                )
            )
    session.flush()


def answers(session: Session, run: AnalysisRun) -> list[Waiting]:
    """Return the answers in other languages: untranslated first, then by language."""
    done = newest(session)
    found = [_shown(session, run, row, done.get(a)) for a, row in _at_desk(session, run).items()]
    return sorted(
        found, key=lambda w: (w.translation is not None, w.language, w.response_id, w.question)
    )


def languages(session: Session, run_id: str) -> dict[Answer, str]:
    """Return the language of every answer of a run that is not in English, as a page says it."""
    named = (OtherLanguage.response_id, OtherLanguage.question, OtherLanguage.language)
    rows = session.execute(select(*named).where(OtherLanguage.run_id == run_id))
    return {(response_id, question): language for response_id, question, language in rows}


def untranslated(session: Session, run: AnalysisRun) -> int:
    """Return how many answers wait for a translation, without reading their words."""
    return len(_at_desk(session, run).keys() - newest(session).keys())


def one(session: Session, run: AnalysisRun, answer: Answer) -> Waiting | None:
    """Return one answer of the desk, or None when it is not there to translate."""
    mine = (w for w in answers(session, run) if (w.response_id, w.question) == answer)
    return next(mine, None)


def newest(session: Session) -> dict[Answer, Translation]:
    """Return for each translated answer the translation that counts."""
    rows = session.scalars(
        select(Translation)
        .where(Translation.taken_back_at.is_(None))
        .order_by(Translation.translated_at, Translation.id)
    )
    return {(row.response_id, row.question): row for row in rows}


def keep(
    session: Session, waiting: Waiting, words: str, *, actor: str, now: dt.datetime
) -> Translation:
    """Keep a person's translation; the original stays, and so do earlier translations.

    Raises:
        TranslationError: nothing was written, or more than 20,000 characters.
    """
    if not words.strip():
        message = "Write the translation in English."
        raise TranslationError(message)
    if len(words) > LONGEST:
        message = "This is longer than 20,000 characters. Shorten it a little."
        raise TranslationError(message)
    made = Translation(
        response_id=waiting.response_id,
        question=waiting.question,
        language=waiting.language,
        words=words.strip(),
        translated_by=actor,
        translated_at=now,
    )
    session.add(made)
    session.flush()
    _note(session, "translated", made, actor=actor, now=now)
    return made


def take_back(
    session: Session, translation: Translation, *, actor: str, now: dt.datetime
) -> Translation:
    """Take a translation back: the one before it counts again, or none."""
    if translation.taken_back_at is None:
        translation.taken_back_at, translation.taken_back_by = now, actor
        session.flush()
        _note(session, "took_translation_back", translation, actor=actor, now=now)
    return translation


def trail(session: Session, answer: Answer) -> list[Translation]:
    """Return every translation of an answer, the first one first."""
    return list(
        session.scalars(
            select(Translation)
            .where(Translation.response_id == answer[0], Translation.question == answer[1])
            .order_by(Translation.translated_at, Translation.id)
        )
    )


def _note(
    session: Session, verb: str, translation: Translation, *, actor: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="answer",
        object_id=f"{translation.response_id}:{translation.question}", now=now,
    )  # fmt: skip


def _at_desk(session: Session, run: AnalysisRun) -> dict[Answer, OtherLanguage]:
    """Return the answers in other languages, those too that have joined the English ones since."""
    seen = {(row.response_id, row.question): row for row in _of_run(session, run.id)}
    earlier = {
        answer: row
        for answer in sorted(_ever_translated(session) - seen.keys())
        for row in [_as_it_was(session, run, answer)]
        if row is not None
    }
    return seen | earlier


def _of_run(session: Session, run_id: str) -> list[OtherLanguage]:
    """Return the answers of a run that may be read: not withdrawn, left out or held."""
    gone = exists().where(
        Response.id == OtherLanguage.response_id,
        or_(Response.withdrawn_at.is_not(None), Response.left_out_at.is_not(None)),
    )
    held = exists().where(
        AnswerHold.response_id == OtherLanguage.response_id,
        AnswerHold.question == OtherLanguage.question,
        AnswerHold.released_at.is_(None),
    )
    return list(
        session.scalars(
            select(OtherLanguage)
            .where(OtherLanguage.run_id == run_id, ~gone, ~held)
            .order_by(OtherLanguage.response_id, OtherLanguage.question)
        )
    )


def _ever_translated(session: Session) -> set[Answer]:
    rows = session.execute(select(Translation.response_id, Translation.question).distinct())
    return {(row.response_id, row.question) for row in rows}


def _as_it_was(session: Session, run: AnalysisRun, answer: Answer) -> OtherLanguage | None:
    """Return an answer that joined the English ones, as the run before its translation saw it."""
    rows = session.scalars(
        select(OtherLanguage)
        .join(AnalysisRun, AnalysisRun.id == OtherLanguage.run_id)
        .where(
            AnalysisRun.consultation_id == run.consultation_id,
            OtherLanguage.response_id == answer[0],
            OtherLanguage.question == answer[1],
        )
        .order_by(AnalysisRun.finished_at.desc())
        .limit(1)
    ).first()
    readable = rows and any(
        (row.response_id, row.question) == answer for row in _of_run(session, rows.run_id)
    )
    return rows if readable else None


def _shown(
    session: Session, run: AnalysisRun, row: OtherLanguage, translation: Translation | None
) -> Waiting:
    label = select(ProposedTheme.label).where(ProposedTheme.id == row.proposed_theme_id)
    return Waiting(
        response_id=row.response_id,
        question=row.question,
        language=row.language,
        original=_words(session, row),
        place=session.scalar(label) or "" if row.proposed_theme_id else "",
        likeness=row.likeness,
        translation=translation,
        joined=row.run_id != run.id,
    )


def _words(session: Session, row: OtherLanguage) -> str:
    parts = session.scalars(
        select(ProposedCoding.shown_text)
        .where(
            and_(
                ProposedCoding.run_id == row.run_id,
                ProposedCoding.response_id == row.response_id,
                ProposedCoding.question == row.question,
            )
        )
        .order_by(ProposedCoding.segment)
    )
    return " ".join(parts)
