"""Choosing which questions a report prints, in which order, and by which groups of people."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from engage import audit
from reports.findings import bands, reading
from reports.findings.models import UNGROUPED, ReportFinding
from reports.findings.reading import Wanted
from reports.findings.tally import By
from reports.models import Report
from surveys.queries import QUOTE_QUESTION
from surveys.questionnaire import Questionnaire
from surveys.questions import Question


class FindingError(ValueError):
    """A choice cannot be made as it is; the message says why and what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """One question that a report can print.

    Attributes:
        questionnaire, title: code and name of what it was asked in.
        code, text, kind: of the question.
        is_included: it is printed.
        by: how people are told apart in a second table, if they are.
        ways: every way in which they could be.
    """

    questionnaire: str
    title: str
    code: str
    text: str
    kind: str
    is_included: bool
    by: By | None
    ways: tuple[By, ...]


def listed(session: Session, report: Report) -> tuple[Listed, ...]:
    """Return every question that could be printed, in the order that was chosen.

    Questionnaires stay together; a question that nobody arranged comes where it was asked.
    Nothing is listed before there is an analysis, because its snapshot says what was answered.
    """
    run = queries.latest_run(session, report.consultation_id)
    if run is None:
        return ()
    reads = reading.newest(reading.versions(session, run.snapshot_id))
    rows = session.scalars(select(ReportFinding).where(ReportFinding.report_id == report.id))
    chosen = {(row.questionnaire, row.question): row for row in rows}
    found: list[Listed] = []
    for code, read in reads.items():
        mine = [one for one in read.questions.values() if one.is_asked and not one.private]
        places = {one.code: place for place, one in enumerate(mine)}
        mine.sort(key=lambda one, c=code, p=places: _place(chosen.get((c, one.code)), p[one.code]))  # type: ignore[misc]  # bound at once
        found += [_listed(read, one, chosen.get((code, one.code))) for one in mine]
    return tuple(found)


def wanted(rows: Sequence[Listed]) -> tuple[Wanted, ...]:
    """Return what has to be counted for the questions that are printed."""
    return tuple(Wanted(row.questionnaire, row.code, row.by) for row in rows if row.is_included)


def include_finding(
    session: Session,
    report: Report,
    questionnaire: str,
    code: str,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Print a question."""
    row = _row(session, report, questionnaire, code)
    row.is_included = True
    _note(session, "included_finding", report, actor=actor, now=now)


def leave_out_finding(
    session: Session,
    report: Report,
    questionnaire: str,
    code: str,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Leave a question out of the report; its answers are kept, and it can be put back."""
    row = _row(session, report, questionnaire, code)
    row.is_included = False
    _note(session, "left_out_finding", report, actor=actor, now=now)


def move_finding(
    session: Session,
    report: Report,
    questionnaire: str,
    code: str,
    steps: int,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Move a question up (-1) or down (1) within its questionnaire, as far as it goes."""
    row = _row(session, report, questionnaire, code)
    mine = _arranged(session, report, questionnaire)
    here = mine.index(row)
    mine.insert(min(max(here + steps, 0), len(mine) - 1), mine.pop(here))
    for place, one in enumerate(mine):
        one.position = place
    _note(session, "moved_finding", report, actor=actor, now=now)


def group_finding(
    session: Session,
    report: Report,
    questionnaire: str,
    code: str,
    by: By | None,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Show a question by one group of people as well, or by none.

    Raises FindingError when the questionnaire cannot tell people apart in this way.
    """
    row = _row(session, report, questionnaire, code)
    known = {(one.questionnaire, one.code): one for one in listed(session, report)}
    if by is not None and by not in known[questionnaire, code].ways:
        message = f"This questionnaire cannot tell people apart by {by}. Choose another way."
        raise FindingError(message)
    row.grouped_by = by or UNGROUPED
    _note(session, "grouped_finding", report, actor=actor, now=now)


def _row(session: Session, report: Report, questionnaire: str, code: str) -> ReportFinding:
    """Return the row of a question; the first choice writes down the order as it stands."""
    rows = {row.question: row for row in _arranged(session, report, questionnaire)}
    for one in listed(session, report):
        if one.questionnaire == questionnaire and one.code not in rows:
            rows[one.code] = ReportFinding(
                report_id=report.id, questionnaire=questionnaire, question=one.code,
                position=len(rows), is_included=one.is_included, grouped_by=one.by or UNGROUPED,
            )  # fmt: skip
            session.add(rows[one.code])
    session.flush()
    if code not in rows:
        message = "Nobody was asked this question, or it is never shown. Choose one of the list."
        raise FindingError(message)
    return rows[code]


def _arranged(session: Session, report: Report, questionnaire: str) -> list[ReportFinding]:
    statement = select(ReportFinding).where(
        ReportFinding.report_id == report.id, ReportFinding.questionnaire == questionnaire
    )
    return list(session.scalars(statement.order_by(ReportFinding.position)))


def _place(row: ReportFinding | None, asked: int) -> tuple[int, int]:
    return (asked if row is None else row.position, asked)


def _listed(read: Questionnaire, question: Question, row: ReportFinding | None) -> Listed:
    ways = tuple(
        by for by, found in reading.groupings(read).items() if found.question != question.code
    )
    chosen = None if row is None or row.grouped_by == UNGROUPED else cast("By", row.grouped_by)
    is_usual = question.kind not in bands.UNCOUNTED and question.code != QUOTE_QUESTION
    return Listed(
        questionnaire=read.code,
        title=read.title.standard,
        code=question.code,
        text=question.text.standard,
        kind=question.kind,
        is_included=is_usual if row is None else row.is_included,
        by=chosen,
        ways=() if question.kind in bands.UNCOUNTED else ways,
    )


def _note(session: Session, verb: str, report: Report, *, actor: str, now: dt.datetime) -> None:
    session.flush()
    audit.record(
        session, actor=actor, verb=verb, object_type="report", object_id=report.id, now=now
    )
