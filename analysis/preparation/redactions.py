"""What people decide about redaction: kept with a reason, obeyed at once and by every later run."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Exists, exists, func, or_, select
from sqlalchemy.orm import Session

from analysis.models.redacted_store import RedactedStretch, RedactionCheck, RedactionDecision
from analysis.models.store import AnalysisRun, CorrectedClause, ProposedCoding
from analysis.redaction import KINDS, Override, Span, found_by_rules
from analysis.redaction.realign import clauses_anew
from analysis.redaction.spans import overruled
from analysis.texts.documents import Document
from engage import audit

Answer = tuple[str, str]
"""Response id and question."""

MOST_LISTED = 100


class RedactionError(ValueError):
    """A decision cannot be kept; the message says what to do."""


class NoReasonError(RedactionError):
    """Nobody could follow the decision: its reason is missing."""


def overrides(session: Session) -> dict[Answer, tuple[Override, ...]]:
    """Return what people decided, by answer, oldest first."""
    found: dict[Answer, list[Override]] = defaultdict(list)
    for row in session.scalars(select(RedactionDecision).order_by(RedactionDecision.number)):
        found[row.response_id, row.question].append(_override(row))
    return {answer: tuple(wishes) for answer, wishes in found.items()}


def trail(session: Session, answer: Answer) -> Sequence[RedactionDecision]:
    """Return the decisions about one answer, oldest first."""
    return session.scalars(
        select(RedactionDecision)
        .where(RedactionDecision.response_id == answer[0], RedactionDecision.question == answer[1])
        .order_by(RedactionDecision.number)
    ).all()


def spans_now(session: Session, answer: Answer, original: str) -> list[Span]:
    """Return what is taken out of an answer now: by the rules, as people overruled them."""
    wishes = [_override(row) for row in trail(session, answer)]
    return overruled(found_by_rules(original), wishes)


def keep_spans(session: Session, run: AnalysisRun, documents: Mapping[Answer, Document]) -> None:
    """Keep where a run took something out, without the words; a second time changes nothing."""
    kept = exists().where(RedactedStretch.run_id == run.id)
    if not session.scalar(select(kept)):
        keep_more_spans(session, run, documents)


def keep_more_spans(
    session: Session, run: AnalysisRun, documents: Mapping[Answer, Document]
) -> None:
    """Keep where answers that joined a run later had something taken out."""
    session.add_all(
        RedactedStretch(
            run_id=run.id, response_id=answer[0], question=answer[1], start_at=span.start,
            end_at=span.end, kind=span.kind, rule=span.rule, is_sure=span.sure,
        )
        for answer, document in documents.items()
        for span in overruled(found_by_rules(document.text), document.overrides)
    )  # fmt: skip
    session.flush()


def decide(
    session: Session,
    run: AnalysisRun,
    answer: Answer,
    original: str,
    stretches: Sequence[tuple[int, int, str | None]],
    *,
    why: str,
    actor: str,
    now: dt.datetime,
) -> list[RedactionDecision]:
    """Keep a person's word about stretches of an answer and say its clauses anew at once.

    A stretch is (start, end, kind) in characters; without a kind what was taken out is shown.

    Raises:
        RedactionError: no reason, nothing chosen, or a stretch that is not of this text.
    """
    _require(original, stretches, why)
    number = len(trail(session, answer))
    made = [
        RedactionDecision(
            response_id=answer[0], question=answer[1], number=number + place, start_at=start,
            end_at=end, kind=kind, why=why.strip(), decided_by=actor, decided_at=now,
        )
        for place, (start, end, kind) in enumerate(stretches, start=1)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    _say_anew(session, run, answer, original, made[-1].number)
    for decision in made:
        verb = "took_redaction_away" if decision.kind is None else "added_redaction"
        _note(session, verb, answer, actor=actor, now=now)
    return made


def flag(session: Session, answer: Answer, *, actor: str, now: dt.datetime) -> None:
    """Put an answer on the list of those that a person should look at."""
    check = _check(session, answer)
    check.flagged_by, check.flagged_at = actor, now
    check.checked_by = check.checked_at = None
    _note(session, "flagged_redaction", answer, actor=actor, now=now)


def confirm(session: Session, answer: Answer, *, actor: str, now: dt.datetime) -> None:
    """Say that an answer reads rightly as it is redacted now."""
    check = _check(session, answer)
    check.checked_by, check.checked_at = actor, now
    _note(session, "checked_redaction", answer, actor=actor, now=now)


def to_look_at(session: Session, run: AnalysisRun) -> list[tuple[Answer, int, bool]]:
    """Return (answer, unsure labels, flagged) of answers nobody has checked; flagged ones first."""
    unsure = {
        (row[0], row[1]): row[2]
        for row in session.execute(
            select(RedactedStretch.response_id, RedactedStretch.question, func.count())
            .where(RedactedStretch.run_id == run.id, RedactedStretch.is_sure.is_(False))
            .group_by(RedactedStretch.response_id, RedactedStretch.question)
        )
    }
    checks = session.scalars(select(RedactionCheck).where(_of_run(run))).all()
    state = {(check.response_id, check.question): check for check in checks}
    flagged = {answer for answer, check in state.items() if check.flagged_by}
    done = {answer for answer, check in state.items() if check.checked_by}
    wanted = (unsure.keys() | flagged) - done
    return sorted(
        ((answer, unsure.get(answer, 0), answer in flagged) for answer in wanted),
        key=lambda row: (not row[2], -row[1], row[0]),
    )


def counts_by_kind(session: Session, run: AnalysisRun) -> dict[str, int]:
    """Return how much a run took out of each kind, most first."""
    rows = session.execute(
        select(RedactedStretch.kind, func.count())
        .where(RedactedStretch.run_id == run.id)
        .group_by(RedactedStretch.kind)
        .order_by(func.count().desc(), RedactedStretch.kind)
    )
    return {row[0]: row[1] for row in rows}


def _of_run(run: AnalysisRun) -> Exists:
    return exists().where(
        ProposedCoding.run_id == run.id,
        ProposedCoding.response_id == RedactionCheck.response_id,
        ProposedCoding.question == RedactionCheck.question,
    )


def _override(row: RedactionDecision) -> Override:
    return Override(row.start_at, row.end_at, row.kind)


def _require(original: str, stretches: Sequence[tuple[int, int, str | None]], why: str) -> None:
    if not stretches:
        message = "Tick the words to take out, or the labels to take away."
        raise RedactionError(message)
    if not why.strip():
        message = "Say why, so that others can follow the decision."
        raise NoReasonError(message)
    for start, end, kind in stretches:
        if not 0 <= start < end <= len(original) or (kind is not None and kind not in KINDS):
            message = "These words are not in this answer any more. Open the page again."
            raise RedactionError(message)


def _say_anew(
    session: Session, run: AnalysisRun, answer: Answer, original: str, number: int
) -> None:
    """Keep the clauses as they read now, in every run that holds the answer."""
    after = spans_now(session, answer, original)
    codings = session.scalars(
        select(ProposedCoding)
        .where(
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
            or_(ProposedCoding.run_id == run.id, ProposedCoding.redacted_text != ""),
        )
        .order_by(ProposedCoding.run_id, ProposedCoding.segment)
    ).all()
    by_run: dict[str, list[ProposedCoding]] = defaultdict(list)
    for coding in codings:
        by_run[coding.run_id].append(coding)
    for run_id, clauses in by_run.items():
        before = _spans_of_run(session, run_id, answer, original)
        texts = clauses_anew(original, before, [one.redacted_text for one in clauses], after)
        session.add_all(
            CorrectedClause(
                run_id=run_id, response_id=answer[0], question=answer[1],
                segment=coding.segment, number=number, text=text,
            )
            for coding, text in zip(clauses, texts, strict=True)
        )  # fmt: skip
    session.flush()
    for coding in codings:
        session.expire(coding, ["corrections"])


def _spans_of_run(session: Session, run_id: str, answer: Answer, original: str) -> list[Span]:
    """Return the spans a run used; a run from before they were kept used the rules alone."""
    if not session.scalar(select(exists().where(RedactedStretch.run_id == run_id))):
        return found_by_rules(original)
    rows = session.scalars(
        select(RedactedStretch)
        .where(
            RedactedStretch.run_id == run_id,
            RedactedStretch.response_id == answer[0],
            RedactedStretch.question == answer[1],
        )
        .order_by(RedactedStretch.start_at)
    )
    return [Span(row.start_at, row.end_at, row.kind, row.rule, row.is_sure) for row in rows]


def _check(session: Session, answer: Answer) -> RedactionCheck:
    found = session.get(RedactionCheck, answer)
    if found is None:
        found = RedactionCheck(response_id=answer[0], question=answer[1])
        session.add(found)
    return found


def _note(session: Session, verb: str, answer: Answer, *, actor: str, now: dt.datetime) -> None:
    session.flush()
    audit.record(
        session, actor=actor, verb=verb, object_type="answer",
        object_id=f"{answer[0]}:{answer[1]}", now=now,
    )  # fmt: skip
