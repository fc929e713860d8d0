"""The same question in an earlier consultation, where readers can already find what was said."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.programs import Key
from engage.consultations import Consultation
from reports.findings import intervals
from reports.findings.found import Before, Change, Grid, QuestionFinding, Row, SurveyFindings
from reports.findings.intervals import Share
from reports.models import Figure, Publication, Report
from reports.words import canonical
from reports.words.facts import Fact

BEFORE = "before/"
OTHERS = "Not the same people answered each time, so this is no measure of how families changed."


@dataclasses.dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier consultation published."""

    title: str
    findings: tuple[SurveyFindings, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Stored:
    """The one part of a stored document that is needed here."""

    findings: tuple[SurveyFindings, ...] = ()


def documents(session: Session, report: Report) -> tuple[Earlier, ...]:
    """Return what earlier consultations published last, the latest consultation first."""
    rows = session.execute(
        select(Publication, Consultation.title, Report.id)
        .join(Report, Report.id == Publication.report_id)
        .join(Consultation, Consultation.id == Report.consultation_id)
        .where(
            Report.id != report.id,
            Consultation.closes_on < report.consultation.closes_on,
            Consultation.is_demo == report.consultation.is_demo,
        )
        .order_by(Consultation.closes_on.desc(), Publication.version.desc())
    )
    newest: dict[str, tuple[Publication, str]] = {}
    for publication, title, report_id in rows:
        newest.setdefault(report_id, (publication, title))
    return tuple(
        Earlier(title, canonical.part(_Stored, publication.document).findings)
        for publication, title in newest.values()
    )


def beside(
    found: tuple[SurveyFindings, ...], before: Sequence[Earlier]
) -> tuple[SurveyFindings, ...]:
    """Put the latest earlier answer beside each question that was asked with the same options."""
    return tuple(
        dataclasses.replace(
            survey,
            findings=tuple(
                dataclasses.replace(one, changes=tuple(_changes(one, before)))
                for one in survey.findings
            ),
        )
        for survey in found
    )


def remembered(session: Session, snapshot_id: str, keys: Iterable[Key]) -> dict[Key, int]:
    """Return numbers that were printed for another snapshot, as they were printed last."""
    wanted = {key.removeprefix(BEFORE): key for key in keys if key.startswith(BEFORE)}
    rows = session.execute(
        select(Figure.key, Figure.value)
        .join(Publication, Publication.id == Figure.publication_id)
        .where(Figure.key.in_(wanted), Figure.snapshot_id != snapshot_id)
        .order_by(Publication.published_at, Publication.version)
    )
    return {wanted[key]: value for key, value in rows if value is not None}


def _changes(one: QuestionFinding, before: Sequence[Earlier]) -> Iterator[Change]:
    if len(one.grids) != 1:
        return
    (grid,) = one.grids
    for place, column in enumerate(grid.columns):
        audience = column.base.audience or ""
        for earlier in before:
            old = _same(one.code, audience, grid, earlier)
            if old is None:
                continue
            was, there, then = old
            rows = tuple(_rows(grid, place, then, there, earlier.title))
            if rows:
                yield Change(earlier.title, audience, rows, tuple(_notes(one, was, earlier)))
            break


def _same(
    code: str, audience: str, grid: Grid, earlier: Earlier
) -> tuple[QuestionFinding, int, Grid] | None:
    """Return the question of that code with the same answers, and the column of an audience."""
    options = [row.option for row in grid.top]
    for survey in earlier.findings:
        for one in survey.findings:
            if one.code != code or len(one.grids) != 1:
                continue
            (then,) = one.grids
            audiences = [column.base.audience for column in then.columns]
            if audience in audiences and [row.option for row in then.top] == options:
                return one, audiences.index(audience), then
    return None


def _rows(now: Grid, place: int, then: Grid, there: int, title: str) -> Iterator[Before]:
    for row, old in zip(now.top, then.top, strict=True):
        if (found := _row(row, row.cells[place].fact, old.cells[there].fact, title)) is not None:
            yield found


def _row(row: Row, now: Fact, old: Fact, title: str) -> Before | None:
    if now.value is None or old.value is None or not now.base or not old.base:
        return None
    verdict = intervals.change(Share("", old.value, old.base), Share("", now.value, now.base))
    was = dataclasses.replace(
        old, key=f"{BEFORE}{old.key}", wording=f"In “{title}”: {old.wording}", shorthand=None
    )
    return Before(row.label, was, now, verdict)


def _notes(one: QuestionFinding, was: QuestionFinding, earlier: Earlier) -> Iterator[str]:
    if one.text != was.text:
        yield f"In “{earlier.title}” the question was: “{was.text}” The words may explain a change."
    yield OTHERS
