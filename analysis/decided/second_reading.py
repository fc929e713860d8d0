"""Blind double coding: a second person codes a sample without seeing what the first one said.

Both records are kept for good. When the two have talked and agree, the agreed codes become what
counts, and what each of them said alone stays here, so that agreement can always be shown.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, selectinload

from analysis.codeframes import agreement
from analysis.codeframes.agreement import Agreement
from analysis.decided import coded, decisions, queries
from analysis.decided.coded import Answer, CodedAnswer
from analysis.models.assist_records import FIRST, SECOND, SecondCode, SecondDraw, SecondReading
from analysis.models.store import AnalysisRun, ProposedCoding, Reading, Theme
from engage import audit
from surveys.models import Response

Codes = frozenset[str]


class SecondReadingError(ValueError):
    """A second reading cannot be done as asked; the message says what to do."""


class SamePersonError(SecondReadingError):
    """Whoever read the answer first cannot be its second reader."""


class AlreadySecondReadError(SecondReadingError):
    """Somebody has read this one second already; a blind reading is made once."""


class NotToSettleError(SecondReadingError):
    """There is no disagreement here that two readers could settle."""


def draw(session: Session, run: AnalysisRun, *, actor: str, now: dt.datetime) -> list[SecondDraw]:
    """Draw a tenth of each question's answers, at least 50; questions already drawn stay."""
    have = {one.question for one in draws(session, run.id)}
    by_question: dict[str, list[str]] = {}
    for answer in coded.coded_answers(session, run):
        if not answer.set_aside and answer.question not in have:
            by_question.setdefault(answer.question, []).append(answer.response_id)
    drawn = [
        _drawn(run, question, ids, actor=actor, now=now)
        for question, ids in sorted(by_question.items())
    ]
    session.add_all(drawn)
    session.flush()
    audit.record(
        session, actor=actor, verb="drew_second_reading", object_type="analysis_run",
        object_id=run.id, now=now,
    )  # fmt: skip
    return drawn


def draws(session: Session, run_id: str) -> Sequence[SecondDraw]:
    """Return the samples drawn for a run."""
    whole = selectinload(SecondDraw.readings).selectinload(SecondReading.codes)
    wanted = select(SecondDraw).where(SecondDraw.run_id == run_id).options(whole)
    return session.scalars(wanted.order_by(SecondDraw.question)).all()


def waiting(session: Session, run: AnalysisRun, reader: str) -> list[Answer]:
    """Return the drawn answers that this person may read second, in the order of their ids.

    Those that somebody has read first come first: only they tell how far two people agree.
    """
    here = and_(
        ProposedCoding.run_id == run.id,
        ProposedCoding.response_id == SecondReading.response_id,
        ProposedCoding.question == SecondDraw.question,
    )
    first = and_(
        Reading.response_id == SecondReading.response_id, Reading.question == SecondDraw.question
    )
    found = (
        select(SecondReading.response_id, SecondDraw.question)
        .join(SecondDraw)
        .join(Response, Response.id == SecondReading.response_id)
        .outerjoin(Reading, first)
        .where(SecondDraw.run_id == run.id, SecondReading.read_by.is_(None))
        .where(or_(Reading.read_by.is_(None), Reading.read_by != reader))
        .where(select(ProposedCoding.segment).where(here, *coded.may_leave()).exists())
        .order_by(Reading.read_by.is_(None), SecondReading.response_id, SecondDraw.question)
    )
    return [(response_id, question) for response_id, question in session.execute(found)]


def read_second(
    session: Session,
    run: AnalysisRun,
    answer: Answer,
    themes: Collection[Theme],
    *,
    actor: str,
    now: dt.datetime,
) -> SecondReading:
    """Keep what the second reader says; it changes no count and shows to nobody but the pair.

    Raises:
        SamePersonError: this person has read the answer first.
        AlreadySecondReadError: somebody has read it second.
        SecondReadingError: the answer is not in the sample.
    """
    reading = _reading(session, run, answer)
    first = _answer(session, run, answer)
    if first.read_by == actor:
        message = "You have read this answer first. Somebody else must read it second."
        raise SamePersonError(message)
    _take(session, reading, actor, now)
    _keep(reading, SECOND, [theme.id for theme in themes])
    _record_first(reading, first)
    session.flush()
    _note(session, "read_second", answer, actor=actor, now=now)
    return reading


def agree(session: Session, run: AnalysisRun) -> Agreement:
    """Return how far first and second readers agree, from what each said alone."""
    first, second = _both(session, run)
    frame = queries.themes(session, run.consultation_id)
    return agreement.compare_readers(first, second, [theme.id for theme in frame])


def disagreed(session: Session, run: AnalysisRun) -> list[tuple[SecondReading, Codes, Codes]]:
    """Return what is still to be settled: reading, codes of the first alone, of the second alone.

    Answers that may no longer be read are left out.
    """
    readings = {_name(reading): reading for reading in _readings(session, run)}
    return [
        (readings[name], one, other)
        for name, one, other in agreement.disagreements(*_both(session, run))
        if not readings[name].settled_by
    ]


def said_alone(session: Session, run: AnalysisRun, answer: Answer) -> dict[int, Codes]:
    """Return what the first and the second reader said of one answer, before they talked."""
    first, second = _both(session, run)
    name = f"{answer[0]}:{answer[1]}"
    return {FIRST: first.get(name, frozenset()), SECOND: second.get(name, frozenset())}


def settle(
    session: Session,
    run: AnalysisRun,
    answer: Answer,
    themes: Sequence[Theme],
    *,
    why: str,
    actor: str,
    now: dt.datetime,
) -> SecondReading:
    """Make what two readers agreed on after talking what counts; both first words stay on record.

    Raises:
        NotToSettleError: both have not read it yet, or it is settled already.
        SecondReadingError: no reason is given.
    """
    reading = _reading(session, run, answer)
    _record_first(reading, _answer(session, run, answer))
    if not (reading.read_by and reading.first_read_by) or reading.settled_by:
        message = "There is nothing to settle: two people must have read it, and not agree yet."
        raise NotToSettleError(message)
    if not why.strip():
        message = "Say in a few words what you agreed on and why."
        raise SecondReadingError(message)
    decisions.code_answer(session, run, answer, themes, actor=actor, now=now)
    reading.settled_by, reading.settled_at, reading.why = actor, now, why.strip()
    session.flush()
    _note(session, "settled", answer, actor=actor, now=now)
    return reading


def _drawn(
    run: AnalysisRun, question: str, ids: Sequence[str], *, actor: str, now: dt.datetime
) -> SecondDraw:
    sample = agreement.sample_to_read_twice(ids)
    return SecondDraw(
        run_id=run.id, question=question, seed=agreement.SEED, answers=len(ids), drawn_by=actor,
        drawn_at=now, readings=[SecondReading(response_id=response_id) for response_id in sample],
    )  # fmt: skip


def _take(session: Session, reading: SecondReading, actor: str, now: dt.datetime) -> None:
    """Make somebody the second reader; of two at the very same moment it is the first alone."""
    taken = session.execute(
        update(SecondReading)
        .where(
            SecondReading.draw_id == reading.draw_id,
            SecondReading.response_id == reading.response_id,
            SecondReading.read_by.is_(None),
        )
        .values(read_by=actor, read_at=now)
        .returning(SecondReading.draw_id),
        execution_options={"synchronize_session": False},
    )
    if taken.first() is None:
        message = "This answer has been read a second time already."
        raise AlreadySecondReadError(message)
    session.refresh(reading)


def _readings(session: Session, run: AnalysisRun) -> list[SecondReading]:
    return [reading for one in draws(session, run.id) for reading in one.readings]


def _name(reading: SecondReading) -> str:
    return f"{reading.response_id}:{reading.draw.question}"


def _both(session: Session, run: AnalysisRun) -> tuple[dict[str, Codes], dict[str, Codes]]:
    """Return what first and second readers said, of answers that may still be read."""
    readings = [reading for reading in _readings(session, run) if reading.read_by]
    drawn = coded.coded_answers(session, run, {reading.response_id for reading in readings})
    answers = {f"{a.response_id}:{a.question}": a for a in drawn}
    first: dict[str, Codes] = {}
    second: dict[str, Codes] = {}
    for reading in readings:
        answer = answers.get(_name(reading))
        if answer is None:
            continue
        said = _first_word(reading, answer)
        if said is not None:
            first[_name(reading)], second[_name(reading)] = said, reading.given(SECOND)
    return first, second


def _first_word(reading: SecondReading, answer: CodedAnswer) -> Codes | None:
    """Return what the first reader said alone: as put on record, or as it stands until then."""
    if reading.first_read_by:
        return reading.given(FIRST)
    return answer.people if answer.read_by != reading.read_by else None


def _reading(session: Session, run: AnalysisRun, answer: Answer) -> SecondReading:
    wanted = (
        select(SecondReading)
        .join(SecondDraw)
        .where(
            SecondDraw.run_id == run.id,
            SecondDraw.question == answer[1],
            SecondReading.response_id == answer[0],
        )
    )
    found = session.scalars(wanted).first()
    if found is None:
        message = "This answer is not in the sample for a second reading."
        raise SecondReadingError(message)
    return found


def _answer(session: Session, run: AnalysisRun, key: Answer) -> CodedAnswer:
    for answer in coded.coded_answers(session, run, {key[0]}):
        if answer.key == key:
            return answer
    message = "This answer may not be read any more."
    raise SecondReadingError(message)


def _record_first(reading: SecondReading, answer: CodedAnswer) -> None:
    """Put on record what the first reader said, once and for good."""
    said = None if reading.first_read_by else _first_word(reading, answer)
    if said is not None:
        reading.first_read_by = answer.read_by
        _keep(reading, FIRST, said)


def _keep(reading: SecondReading, reader: int, themes: Collection[str]) -> None:
    reading.codes += [SecondCode(reader=reader, theme_id=theme) for theme in sorted(set(themes))]


def _note(session: Session, verb: str, answer: Answer, *, actor: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="answer",
        object_id=f"{answer[0]}:{answer[1]}", now=now,
    )  # fmt: skip
