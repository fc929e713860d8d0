"""Assisted coding for a consultation: teach the machine, keep what it suggests, say how good it is.

It learns from what people coded and, a little, from how they joined and parted themes. What it
suggests never counts by itself: it is shown to a reader, who decides. A fifth of what
people code never teaches, so that the machine can be measured on it.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from analysis.codeframes.codeframe import CodeFrame
from analysis.codeframes.held_back import is_held_back
from analysis.decided import coded, rearranged
from analysis.decided.coded import Answer, CodedAnswer
from analysis.models.assist_records import SuggestedCode, Suggestion
from analysis.models.store import AnalysisRun
from engage import audit, jobs
from engage.settings import Settings

if TYPE_CHECKING:
    from analysis.codeframes.assisted import Suggestions
    from analysis.codeframes.machine_check import Line
    from analysis.embeddings.embedding import Vectors

ASK_AT_ONCE = 30
Reader = Callable[[Sequence[str], Sequence[str]], "tuple[Vectors, Vectors | None]"]


class TooFewCodedError(ValueError):
    """People have coded too few answers for a machine to learn from."""


def ask_for_suggestions(
    session: Session, run: AnalysisRun, *, actor: str, now: dt.datetime
) -> jobs.Job:
    """Put learning and suggesting on the worker's list; TooFewCodedError before any coding."""
    answers = coded.coded_answers(session, run, coded.read_by_people())
    if not any(a.people and not is_held_back(_name(a)) for a in answers):
        message = (
            "Read and code some comments first: the machine learns from what people say, once a"
            " safeguarding reader has let those comments go."
        )
        raise TooFewCodedError(message)
    _note(session, "asked_for_suggestions", run, actor=actor, now=now)
    return jobs.enqueue(session, "suggest", run.id, asked_by=actor, now=now)


@jobs.handler("suggest")
def suggest_codes(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Learn from what people coded so far and suggest codes for the rest of a run."""
    del settings
    run = session.get_one(AnalysisRun, job.subject_id)
    progress("Reading for meaning", 0, 2)
    suggest_for(session, run, read_both, actor=job.asked_by, now=now)
    progress("Suggesting", 2, 2)


def suggest_for(
    session: Session, run: AnalysisRun, reader: Reader, *, actor: str, now: dt.datetime
) -> int:
    """Replace the suggestions of a run; return how many coded answers taught them."""
    from analysis.codeframes import asked_first, assisted  # noqa: PLC0415  # heavy: to learn

    answers = [a for a in coded.coded_answers(session, run) if not a.set_aside]
    frame = coded.code_frame(session, run.consultation_id)
    rows, labels = reader([a.text for a in answers], [code.text for code in frame])
    taught = {
        row: answer.people
        for row, answer in enumerate(answers)
        if answer.people is not None and not is_held_back(_name(answer))
    }
    placed = rearranged.placed(session, run, answers)
    found = assisted.suggest(rows, assisted.Lesson(frame.codes, taught, labels, placed))
    known = [row for row, answer in enumerate(answers) if answer.people is not None]
    asked = asked_first.ask_first(rows, found, known, ASK_AT_ONCE)
    _replace(session, run, answers, found, asked, len(taught), now)
    _note(session, "suggested", run, actor=actor, now=now)
    return len(taught)


def read_both(texts: Sequence[str], code_texts: Sequence[str]) -> "tuple[Vectors, Vectors | None]":
    """Read texts for all they say and for what they say first, with both models and by spelling."""
    from analysis.codeframes.assisted import read_views  # noqa: PLC0415  # heavy
    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415
    from analysis.embeddings.multilingual import installed_space  # noqa: PLC0415

    english, space = default_embedder(), installed_space()
    views = [*english.embed_with_openings(texts), space.embed(texts)]
    named = [*english.embed_with_openings(code_texts), space.embed(code_texts)]
    return read_views(texts, views, code_texts, named)


def suggestions(session: Session, run_id: str) -> Sequence[Suggestion]:
    """Return everything suggested for a run, with its codes."""
    wanted = select(Suggestion).where(Suggestion.run_id == run_id)
    return session.scalars(wanted.options(selectinload(Suggestion.codes))).all()


def suggestion_for(session: Session, run_id: str, answer: Answer) -> Suggestion | None:
    """Return what the machine suggests for one answer, its codes with the likeliest first."""
    return session.get(Suggestion, (run_id, *answer))


def scores(session: Session, run_id: str, answer: Answer) -> dict[str, float]:
    """Return the themes suggested for one answer, each with how sure the machine is, 0 to 1.

    For an answer on which the machine is measured there are none: its reader must not be led.
    """
    found = suggestion_for(session, run_id, answer)
    if found is None or found.is_held_back:
        return {}
    return {code.theme_id: code.score for code in found.codes}


def to_read_first(session: Session, run: AnalysisRun) -> list[Answer]:
    """Return the answers that would teach most, best first, without those read since."""
    asked = asked_before(session, run.id)
    answers = coded.coded_answers(session, run, {answer[0] for answer in asked})
    unread = {answer.key for answer in answers if answer.people is None}
    return [answer for answer in asked if answer in unread]


def asked_before(session: Session, run_id: str) -> list[Answer]:
    """Return the answers that the machine asked about when it last learnt, best first."""
    asked = session.execute(
        select(Suggestion.response_id, Suggestion.question)
        .where(Suggestion.run_id == run_id, Suggestion.ask_place.is_not(None))
        .order_by(Suggestion.ask_place)
    )
    return [(row.response_id, row.question) for row in asked]


def machine_against_people(session: Session, run: AnalysisRun) -> "tuple[Line, ...]":
    """Compare suggestions with what people said on answers that never taught the machine."""
    from analysis.codeframes import machine_check  # noqa: PLC0415  # numpy

    read = coded.coded_answers(session, run, coded.read_by_people())
    answers = {_name(a): a for a in read if a.people is not None}
    held = session.scalars(
        select(Suggestion).where(Suggestion.run_id == run.id, Suggestion.is_held_back)
    )
    frame = coded.code_frame(session, run.consultation_id)
    machine = {f"{s.response_id}:{s.question}": _chosen(s, frame) for s in held}
    people = {name: a.people for name, a in answers.items() if a.people is not None}
    slices = {
        "audience": {name: a.audience for name, a in answers.items()},
        "edition": {name: a.edition for name, a in answers.items()},
        "language": {name: a.language for name, a in answers.items()},
    }
    return machine_check.measure(machine, people, slices)


def _chosen(suggestion: Suggestion, frame: CodeFrame) -> frozenset[str]:
    return frozenset(code.theme_id for code in suggestion.codes if code.theme_id in frame)


def _replace(
    session: Session,
    run: AnalysisRun,
    answers: Sequence[CodedAnswer],
    found: "Suggestions",
    asked: Sequence[int],
    taught: int,
    now: dt.datetime,
) -> None:
    session.execute(delete(SuggestedCode).where(SuggestedCode.run_id == run.id))
    session.execute(delete(Suggestion).where(Suggestion.run_id == run.id))
    session.expire_all()
    places = {row: place for place, row in enumerate(asked, start=1)}
    for row, answer in enumerate(answers):
        session.add(
            Suggestion(
                run_id=run.id, response_id=answer.response_id, question=answer.question,
                sureness=float(found.sureness[row]), is_unsure=bool(found.unsure[row]),
                is_held_back=is_held_back(_name(answer)), ask_place=places.get(row),
                taught_by=taught, made_at=now,
                codes=[
                    SuggestedCode(theme_id=code, score=min(max(score, 0.0), 1.0))
                    for code, score in found.codes_of(row)
                ],
            )
        )  # fmt: skip
    session.flush()


def _name(answer: CodedAnswer) -> str:
    return f"{answer.response_id}:{answer.question}"


def _note(session: Session, verb: str, run: AnalysisRun, *, actor: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="analysis_run", object_id=run.id, now=now
    )
