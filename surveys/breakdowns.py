"""Counting answers by audience and by district: people of a snapshot, never a list of them.

A questionnaire asks where somebody lives once, and what support a child has once; which question
that is, each version of it says itself.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Select, and_, distinct, false, func, or_, select
from sqlalchemy.orm import Session

from surveys import queries
from surveys.models import Answer, Response, Survey, SurveyVersion
from surveys.questions import Question
from surveys.questions.said import OWN
from surveys.respondents import Statement

ANSWERED, UNSAID = ":answered", ":unsaid"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One answer that people can be counted by: finer answers meet where easy read has one."""

    option: str
    label: str
    values: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One question as one audience was asked it.

    Attributes:
        questionnaire: code of the questionnaire, the same in all its versions.
        lines: every answer that was offered in any version, in order.
        is_one_answer: each person could choose one answer only.
    """

    questionnaire: str
    question: str
    audience: str
    text: str
    kind: str
    list_name: str
    lines: tuple[Line, ...]
    versions: frozenset[str]
    is_one_answer: bool = True

    def key(self, option: str) -> str:
        """Return the name of one of its numbers, the same in every part of a report."""
        return f"question/{self.questionnaire}/{self.question}/{self.audience}/{option}"


def asked(session: Session, snapshot_id: str, wanted: Callable[[Question], bool]) -> list[Asked]:
    """Return the wanted questions in the order they were asked, one for each audience."""
    found: dict[tuple[str, str, str], Asked] = {}
    documents = dict(queries.snapshot_documents(session, snapshot_id))
    for version_id, audience in _versions(session, snapshot_id):
        document = documents[version_id]
        for question in filter(wanted, document.questions.values()):
            one = _asked(document.code, audience, version_id, question)
            key = (one.audience, one.questionnaire, one.question)
            found[key] = _joined(found.get(key), one)
    return sorted(found.values(), key=lambda one: (one.audience, one.questionnaire))


def first_of_each(questions: Iterable[Asked]) -> list[Asked]:
    """Return the first question of each questionnaire and audience: nobody is counted twice."""
    found: dict[tuple[str, str], Asked] = {}
    for one in questions:
        found.setdefault((one.audience, one.questionnaire), one)
    return list(found.values())


def people_by_answer(session: Session, snapshot_id: str, one: Asked) -> dict[str, int]:
    """Return how many people gave each answer, and how many gave none under ":unsaid"."""
    given = _given(one).subquery()
    value = func.coalesce(given.c.value, UNSAID)
    rows = session.execute(
        _of(snapshot_id, one, select(value, func.count(distinct(Response.id))))
        .outerjoin(given, given.c.response_id == Response.id)
        .group_by(value)
    )
    counted = {row[0]: row[1] for row in rows}
    people = {line.option: sum(counted.get(v, 0) for v in line.values) for line in one.lines}
    return {**people, UNSAID: counted.get(UNSAID, 0)}


def places(session: Session, snapshot_id: str) -> Select[str, str]:
    """Return response and district of everybody who named one, as a statement to join with."""
    districts = first_of_each(asked(session, snapshot_id, is_place))
    return _values(or_(false(), *(_is_of(one) for one in districts)))


def answers_by_place(session: Session, snapshot_id: str, one: Asked) -> dict[str, dict[str, int]]:
    """Return people by answer and district; under ":answered" all who gave any answer."""
    where = places(session, snapshot_id).subquery()
    given = _given(one).subquery()
    place = func.coalesce(where.c.value, UNSAID)

    def joined(columns: Statement) -> Statement:
        return (
            _of(snapshot_id, one, columns)
            .join(given, given.c.response_id == Response.id)
            .outerjoin(where, where.c.response_id == Response.id)
        )

    people = func.count(distinct(Response.id))
    of_values: dict[str, dict[str, int]] = {}
    rows = joined(select(given.c.value, place, people)).group_by(given.c.value, place)
    for value, district, count in session.execute(rows):
        of_values.setdefault(value, {})[district] = count
    bases = session.execute(joined(select(place, people)).group_by(place))
    found = {ANSWERED: {row[0]: row[1] for row in bases}}
    return found | {line.option: _united(of_values, line) for line in one.lines}


def is_place(question: Question) -> bool:
    """Tell whether a question asks for a district."""
    return question.kind == "area"


def _given(one: Asked) -> Select[str, str]:
    """Return response and value of every answer to a question, in the versions that asked it."""
    return _values(_is_of(one))


def _values(rule: ColumnElement[bool]) -> Select[str, str]:
    return (
        select(Answer.response_id, Answer.value)
        .join(Response, Response.id == Answer.response_id)
        .where(rule, ~Answer.value.startswith(OWN))
    )


def _is_of(one: Asked) -> ColumnElement[bool]:
    versions = Response.survey_version_id.in_(sorted(one.versions))
    return and_(Answer.question == one.question, versions)


def _of(snapshot_id: str, one: Asked, columns: Statement) -> Statement:
    return queries.people(snapshot_id, columns).where(
        Response.survey_version_id.in_(sorted(one.versions))
    )


def _versions(session: Session, snapshot_id: str) -> list[tuple[str, str]]:
    """Return the id and audience of each version that people answered, oldest first."""
    columns = select(SurveyVersion.number, SurveyVersion.id, Survey.audience)
    rows = session.execute(queries.people(snapshot_id, columns).distinct())
    return [(row[1], row[2]) for row in sorted(tuple(row) for row in rows)]


def _asked(questionnaire: str, audience: str, version_id: str, question: Question) -> Asked:
    return Asked(
        questionnaire=questionnaire,
        question=question.code,
        audience=audience,
        text=question.text.standard,
        kind=question.kind,
        list_name=question.list_name,
        lines=tuple(_lines(question)),
        versions=frozenset({version_id}),
        is_one_answer=question.kind != "multi",
    )


def _lines(question: Question) -> Iterator[Line]:
    """Yield the answers; where easy read has one answer for several, they are counted together."""
    for option in question.options:
        finer = [one for one in question.options if one.easy_as == option.key]
        if finer:
            inside = [one for one in question.options if one is option or one in finer]
            label = " or ".join(one.words.standard for one in inside)
            yield Line(f":band.{option.key}", label, tuple(one.key for one in inside))
        elif not option.easy_as:
            yield Line(option.key, option.words.standard, (option.key,))


def _united(of_values: Mapping[str, Mapping[str, int]], line: Line) -> dict[str, int]:
    """Add up the districts of the answers of a line; only lines of one answer have several."""
    found: dict[str, int] = {}
    for value in line.values:
        for district, count in of_values.get(value, {}).items():
            found[district] = found.get(district, 0) + count
    return found


def _joined(before: Asked | None, more: Asked) -> Asked:
    """Unite a question of two versions: the newer words, every answer that either offered."""
    if before is None:
        return more
    lines = {line.option: line for line in (*before.lines, *more.lines)}
    return dataclasses.replace(
        more, lines=tuple(lines.values()), versions=before.versions | more.versions
    )
