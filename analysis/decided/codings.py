"""What people say an answer is about: themes, the main one, clauses and stance.

A person's word about an answer replaces the machine's. An answer is coded as a whole or clause by
clause, and people in a theme are counted once whichever way it was done.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from analysis.decided import changes, trail
from analysis.models.records import QuoteCandidate
from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme, ThemeSource
from engage import audit
from surveys import respondents
from surveys.models import AnswerHold
from surveys.queries import QUOTE_QUESTION, QUOTE_YES
from surveys.services import hold

HELD = "held"
Answer = tuple[str, str]


class QuotePermissionError(trail.DecisionError):
    """The person did not agree to be quoted."""


@dataclasses.dataclass(frozen=True)
class About:
    """One theme that an answer is about.

    Attributes:
        clauses: numbers of the clauses it rests on; none for the whole answer.
    """

    theme_id: str
    is_primary: bool = False
    stance: str | None = None
    clauses: tuple[int, ...] = ()

    def row(self) -> list[object]:
        """Return it as `changes.put_answer` takes it."""
        return [self.theme_id, self.is_primary, self.stance, _written(self.clauses)]


def code_answer(
    session: Session,
    run: AnalysisRun,
    answer: Answer,
    themes: Sequence[Theme],
    *,
    actor: str,
    now: dt.datetime,
) -> Reading:
    """Say what one answer (response id, question) is about; this replaces the machine's view.

    From now on the answer counts in these themes and no others. No themes at all is a decision
    too. The machine's main theme stays the main one if it is among them, else the first is.
    Raises AnswerHeldError for held words and ThemeRetiredError for a theme out of use.
    """
    for theme in themes:
        trail.require_in_use(theme)
    main = next((a.theme_id for a in now_about(session, run, answer) if a.is_primary), None)
    wanted = list(dict.fromkeys(theme.id for theme in themes))
    main = main if main in wanted else next(iter(wanted), None)
    about = [About(theme_id, theme_id == main) for theme_id in wanted]
    return code(session, run, answer, about, actor=actor, now=now)


def code(
    session: Session,
    run: AnalysisRun,
    answer: Answer,
    about: Iterable[About],
    *,
    actor: str,
    now: dt.datetime,
    expected: int | None = None,
) -> Reading:
    """Say what one answer is about, in every detail.

    Raises:
        AnswerHeldError: these words wait for a safeguarding decision.
        ConflictError: the answer is no longer at the version the reader saw.
    """
    require_readable(session, run, answer)
    trail.require_version(session.get(Reading, answer), expected)
    state = {
        "by": actor,
        "at": now.astimezone(dt.UTC).isoformat(),
        "codings": [one.row() for one in _one_main(about)],
    }
    try:
        with changes.change(
            session, run.consultation_id, "coded", answers=[answer], actor=actor, now=now,
            response_id=answer[0], question=answer[1],
        ):  # fmt: skip
            changes.put_answer(session, answer, state)
    except (StaleDataError, IntegrityError) as race:
        session.rollback()
        message = "Somebody else has decided about this comment at the same moment."
        raise trail.ConflictError(message) from race
    return session.get_one(Reading, answer)


def now_about(session: Session, run: AnalysisRun, answer: Answer) -> list[About]:
    """Return what an answer is about now: a person's word, or else the machine's."""
    if session.get(Reading, answer) is not None:
        rows = session.scalars(
            select(Coding)
            .where(Coding.response_id == answer[0], Coding.question == answer[1])
            .order_by(Coding.is_primary.desc(), Coding.theme_id)
        )
        return [
            About(row.theme_id, row.is_primary, row.stance, clauses_of(row.clauses)) for row in rows
        ]
    return _machine_about(session, run, answer)


def move(
    session: Session,
    run: AnalysisRun,
    source: Theme,
    target: Theme,
    chosen: Collection[tuple[str, str, int]],
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Take chosen clauses (response, question, segment) from one theme to another.

    An answer keeps the old theme where clauses of it stay there. Whoever chooses has read the
    answer, so it counts as read. Call it inside a change that holds these answers.
    """
    for answer, segments in by_answer(chosen).items():
        require_readable(session, run, answer)
        about = [
            moved
            for one in now_about(session, run, answer)
            for moved in (_part(one, target.id, segments) if one.theme_id == source.id else [one])
        ]
        state = {
            "by": actor,
            "at": now.astimezone(dt.UTC).isoformat(),
            "codings": [one.row() for one in _one_main(about)],
        }
        changes.put_answer(session, answer, state)


def by_answer(chosen: Iterable[tuple[str, str, int]]) -> dict[Answer, set[int]]:
    """Group chosen clauses by the answer they belong to, in a constant order."""
    found: dict[Answer, set[int]] = {}
    for response_id, question, segment in sorted(chosen):
        found.setdefault((response_id, question), set()).add(segment)
    return found


def mark_quote(
    session: Session, clause: tuple[str, str, int], *, actor: str, now: dt.datetime
) -> bool:
    """Mark a clause as one to print, or take the mark away; tell whether it is marked now.

    Raises QuotePermissionError where its writer did not agree to be quoted.
    """
    found = session.get(QuoteCandidate, clause)
    _note(session, "unmarked_quote" if found else "marked_quote", clause[:2], actor, now)
    if found is not None:
        session.delete(found)
        session.flush()
        return False
    if not may_quote(session, clause[0]):
        message = "This person did not agree to be quoted, so the comment cannot be marked."
        raise QuotePermissionError(message)
    response_id, question, segment = clause
    session.add(
        QuoteCandidate(
            response_id=response_id, question=question, segment=segment, marked_by=actor,
            marked_at=now,
        )
    )  # fmt: skip
    session.flush()
    return True


def may_quote(session: Session, response_id: str) -> bool:
    """Tell whether the writer of an answer agreed to be quoted."""
    return QUOTE_YES in respondents.answer(session, response_id, QUOTE_QUESTION)


def hold_for_safety(
    session: Session, run: AnalysisRun, answer: Answer, *, actor: str, now: dt.datetime
) -> None:
    """Take an answer out of every count and page until somebody has decided about it."""
    require_readable(session, run, answer)
    hold(session, *answer, now=now)
    for mark in session.scalars(
        select(QuoteCandidate).where(
            QuoteCandidate.response_id == answer[0], QuoteCandidate.question == answer[1]
        )
    ).all():
        session.delete(mark)
    _note(session, "held_for_safety", answer, actor, now)


def require_readable(session: Session, run: AnalysisRun, answer: Answer) -> None:
    """Raise AnswerHeldError while words wait for a safeguarding decision."""
    reason = session.scalar(
        select(ProposedCoding.set_aside_reason).where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
            ProposedCoding.set_aside_reason == HELD,
        )
    )
    holding = session.get(AnswerHold, answer)
    if reason is not None or (holding is not None and holding.released_at is None):
        message = "This answer is held until the safeguarding lead has decided about it."
        raise trail.AnswerHeldError(message)


def renamed(codings: list[Any], old: str, new: str) -> list[list[object]]:
    """Return the codings of an answer's state with one theme in the place of another."""
    about = (
        About(new if theme_id == old else theme_id, main, stance, clauses_of(clauses))
        for theme_id, main, stance, clauses in codings
    )
    return [one.row() for one in sorted(_one_main(about), key=lambda one: one.theme_id)]


def clauses_of(written: str) -> tuple[int, ...]:
    """Return the numbers of clauses written as "1,3"."""
    return tuple(int(number) for number in written.split(",") if number)


def _written(clauses: Iterable[int]) -> str:
    return ",".join(str(number) for number in sorted(set(clauses)))


def _one_main(about: Iterable[About]) -> list[About]:
    """Join what names one theme twice, and keep exactly one main theme where there is any."""
    found: dict[str, About] = {}
    for one in about:
        there = found.get(one.theme_id)
        found[one.theme_id] = _joined(there, one) if there else one
    main = next((one.theme_id for one in found.values() if one.is_primary), next(iter(found), None))
    return [dataclasses.replace(one, is_primary=one.theme_id == main) for one in found.values()]


def _joined(one: About, other: About) -> About:
    whole = not one.clauses or not other.clauses
    return About(
        one.theme_id,
        one.is_primary or other.is_primary,
        one.stance or other.stance,
        () if whole else tuple(sorted({*one.clauses, *other.clauses})),
    )


def _part(one: About, target_id: str, segments: set[int]) -> list[About]:
    """Return what is left of a coding and what goes to the target."""
    left = tuple(number for number in one.clauses if number not in segments)
    if not one.clauses or not left:
        return [dataclasses.replace(one, theme_id=target_id)]
    gone = tuple(number for number in one.clauses if number in segments)
    if not gone:
        return [one]
    return [dataclasses.replace(one, clauses=left), About(target_id, clauses=gone)]


def _machine_about(session: Session, run: AnalysisRun, answer: Answer) -> list[About]:
    """Return the themes in use that the run put an answer in, with their clauses."""
    rows = session.execute(
        select(Theme.id, ProposedCoding.segment, ProposedCoding.is_primary)
        .join(ThemeSource, ThemeSource.theme_id == Theme.id)
        .join(ProposedCoding, ProposedCoding.proposed_theme_id == ThemeSource.proposed_theme_id)
        .where(
            Theme.retired_at.is_(None),
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
        )
        .order_by(ProposedCoding.is_primary.desc(), ProposedCoding.segment, Theme.id)
    )
    return _one_main(About(theme_id, main, None, (segment,)) for theme_id, segment, main in rows)


def _note(
    session: Session, verb: str, answer: tuple[str, ...], actor: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="answer", object_id=":".join(answer), now=now
    )
