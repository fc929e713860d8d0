"""Finding comments: by word, by meaning, and by at most two filters with protected counts."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import disclosure
from analysis.decided.reading_order import Answer, Line
from analysis.disclosure import Count
from analysis.language.languages import ENGLISH
from analysis.models.store import AnalysisRun, Coding, CorrectedClause, ProposedCoding
from analysis.runs import suggested
from surveys import respondents
from surveys.models import Answer as Given
from surveys.models import Response, SnapshotResponse, SurveyVersion

MOST_DIMENSIONS = 2
NOT_SAID = "not_said"
Valued = Callable[[Line], frozenset[str]]


class TooManyFiltersError(ValueError):
    """More than two filters at once could point at one family."""


DIMENSIONS: Mapping[str, str] = {
    "audience": "Who wrote it",
    "edition": "Edition",
    "language": "Language",
    "district": "District",
    "question": "Question",
    "stance": "Stance",
    "review": "Needs reading",
    "read": "Read by a person",
}
WHO = frozenset({"audience", "edition", "language", "district"})
"""Filters that say who somebody is: a small slice by these is not listed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Slice:
    """The comments that pass the filters.

    Attributes:
        lines: the comments, or none where the slice is too small to be listed.
        people: how many people wrote them, as it may be shown.
        table: people by each value of the filters chosen, protected together; the inner key is
            empty with one filter.
        too_small: the slice says who people are and holds too few of them.
    """

    lines: tuple[Line, ...]
    people: Count
    table: Mapping[str, Mapping[str, Count]]
    too_small: bool


def choose(
    session: Session,
    run: AnalysisRun,
    lines: Sequence[Line],
    chosen: Mapping[str, str],
    *,
    threshold: int,
) -> Slice:
    """Return the readable comments that pass the filters; raise TooManyFiltersError above two."""
    if len(chosen) > MOST_DIMENSIONS:
        message = (
            "Choose at most two filters at a time. With more, a few comments could point at one"
            " family. Take one away."
        )
        raise TooManyFiltersError(message)
    names = list(chosen)
    values = {name: valued(session, run, name) for name in names}
    table = _protected(_table(lines, [values[name] for name in names]), threshold)
    kept = [line for line in lines if all(chosen[n] in values[n](line) for n in names)]
    people = _people(kept, names, chosen, table, threshold)
    too_small = bool(WHO & chosen.keys()) and people.is_hidden
    return Slice(() if too_small else tuple(kept), people, table, too_small)


def valued(session: Session, run: AnalysisRun, dimension: str) -> Valued:
    """Return what gives the values of a line in a dimension."""
    if dimension == "district":
        districts = _districts(session, run)
        return lambda line: _only(districts.get(line.response_id, NOT_SAID))
    if dimension == "language":
        languages = suggested.languages(session, run)
        return lambda line: _only(languages.get(line.answer, ENGLISH))
    if dimension == "stance":
        stances = _stances(session)
        return lambda line: stances.get(line.answer, _only(NOT_SAID))
    return _SIMPLE[dimension]


def options(session: Session, run: AnalysisRun, lines: Sequence[Line]) -> dict[str, list[str]]:
    """Return the values that occur in each dimension, in a constant order."""
    found = {}
    for name in DIMENSIONS:
        distinct = set(map(valued(session, run, name), lines))
        found[name] = sorted(frozenset().union(*distinct))
    return found


def with_word(session: Session, run: AnalysisRun, words: str) -> set[Answer]:
    """Return the answers whose redacted words contain these, capitals or not."""
    escaped = words.strip().lower()
    for sign in ("\\", "%", "_"):
        escaped = escaped.replace(sign, f"\\{sign}")
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment).where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.redacted_text.ilike(f"%{escaped}%", escape="\\"),
        )
    )
    hits = {(row[0], row[1], row[2]) for row in rows}
    for clause, text in _corrected(session, run).items():
        hits.discard(clause)
        if words.strip().lower() in text.lower():
            hits.add(clause)
    return {(response_id, question) for response_id, question, _ in hits}


def _corrected(session: Session, run: AnalysisRun) -> dict[tuple[str, str, int], str]:
    """Return the clauses whose redaction people changed, as they read now."""
    rows = session.scalars(
        select(CorrectedClause)
        .where(CorrectedClause.run_id == run.id)
        .order_by(CorrectedClause.number)
    )
    return {(row.response_id, row.question, row.segment): row.text for row in rows}


def words_of(session: Session, run: AnalysisRun, answers: Iterable[Answer]) -> dict[Answer, str]:
    """Return the redacted words of answers."""
    wanted = set(answers)
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.shown_text)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id.in_({answer[0] for answer in wanted}),
        )
        .order_by(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
    )
    found: dict[Answer, str] = {}
    for response_id, question, text in rows:
        answer = (response_id, question)
        if answer in wanted:
            found[answer] = f"{found[answer]} {text}" if answer in found else text
    return found


@functools.cache
def _only(value: str) -> frozenset[str]:
    """Return the set of one value; the same one each time, because there are very many lines."""
    return frozenset({value})


_SIMPLE: Mapping[str, Valued] = {
    "audience": lambda line: _only(line.audience),
    "edition": lambda line: _only(line.edition),
    "question": lambda line: _only(line.question),
    "review": lambda line: _only("yes" if line.needs_reading else "no"),
    "read": lambda line: _only("yes" if line.read_by else "no"),
}


def _table(lines: Iterable[Line], by: list[Valued]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    if not by:
        return found
    for line in lines:
        for outer in by[0](line):
            for inner in by[1](line) if len(by) > 1 else ("",):
                found.setdefault(outer, {}).setdefault(inner, set()).add(line.response_id)
    columns = sorted({inner for row in found.values() for inner in row})
    return {key: {c: found[key].get(c, set()) for c in columns} for key in sorted(found)}


def _protected(
    table: Mapping[str, Mapping[str, set[str]]], threshold: int
) -> dict[str, dict[str, Count]]:
    counts = {key: {c: len(people) for c, people in row.items()} for key, row in table.items()}
    cells, _, _ = disclosure.protect_table(counts, threshold=threshold)
    return cells


def _people(
    kept: list[Line],
    names: list[str],
    chosen: Mapping[str, str],
    table: Mapping[str, Mapping[str, Count]],
    threshold: int,
) -> Count:
    if not names:
        return disclosure.protect_count(
            len({line.response_id for line in kept}), threshold=threshold
        )
    row = table.get(chosen[names[0]], {})
    inner = chosen[names[1]] if len(names) > 1 else ""
    return row.get(inner, Count(0, None))


def _districts(session: Session, run: AnalysisRun) -> dict[str, str]:
    """Return the district of each person who named one."""
    of_run = (
        select(SurveyVersion.id, SurveyVersion.document_hash)
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .where(SnapshotResponse.snapshot_id == run.snapshot_id)
        .distinct()
    )
    codes = {
        code
        for version_id, digest in session.execute(of_run).all()
        for code, question in respondents.questionnaire(
            session, version_id, digest
        ).questions.items()
        if question.kind == "area"
    }
    rows = session.execute(
        select(Given.response_id, Given.value)
        .join(SnapshotResponse, SnapshotResponse.response_id == Given.response_id)
        .where(SnapshotResponse.snapshot_id == run.snapshot_id, Given.question.in_(codes))
    )
    return {row[0]: row[1] for row in rows}


def _stances(session: Session) -> dict[Answer, frozenset[str]]:
    rows = session.execute(
        select(Coding.response_id, Coding.question, Coding.stance).where(Coding.stance.is_not(None))
    )
    found: dict[Answer, frozenset[str]] = {}
    for response_id, question, stance in rows:
        answer = (response_id, question)
        found[answer] = found.get(answer, frozenset()) | {str(stance)}
    return found
