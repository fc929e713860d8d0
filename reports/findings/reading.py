"""From the snapshot to the tallies: a few grouped statements for each version of a questionnaire.

Nothing about a single person leaves the database: it counts, and only counts come back.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from reports.findings import bands
from reports.findings.tally import EDITIONS, Asked, By, Grouping, Sums, more
from reports.words import wording
from surveys import queries, respondents, routing
from surveys.conditions import Answered, Condition, Not, Together
from surveys.models import Answer, Response, SnapshotResponse, Survey, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITIONS as ALL_EDITIONS
from surveys.questions import Question, is_simple

SIMPLE = tuple(edition for edition in ALL_EDITIONS if is_simple(edition))
AGES = ("young_person_ages", "child_ages", "adult_ages")
OWN_WORDS = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """One version of a questionnaire that people of a snapshot answered, and how many they are."""

    id: str
    number: int
    audience: str
    read: Questionnaire
    people: int


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A question to count, and the groups to tell apart; no groups when `by` is None."""

    questionnaire: str
    code: str
    by: By | None = None


def versions(session: Session, snapshot_id: str) -> tuple[Version, ...]:
    """Return every version that people of a snapshot answered, in the order of reports."""
    rows = session.execute(
        select(
            SurveyVersion.id, SurveyVersion.number, Survey.audience, SurveyVersion.document_hash,
            func.count(Response.id),
        )
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SnapshotResponse.snapshot_id == snapshot_id, *_counts())
        .group_by(
            SurveyVersion.id, SurveyVersion.number, Survey.audience, SurveyVersion.document_hash
        )
    )  # fmt: skip
    found = [
        Version(id_, number, audience, respondents.questionnaire(session, id_, digest), people)
        for id_, number, audience, digest, people in rows
    ]
    order = wording.in_order({one.audience for one in found})
    return tuple(
        sorted(found, key=lambda one: (order.index(one.audience), one.read.code, one.number))
    )


def newest(found: Sequence[Version]) -> dict[str, Questionnaire]:
    """Return the newest version of each questionnaire by code, in order."""
    latest: dict[str, Version] = {}
    for one in found:
        if one.read.code not in latest or one.number > latest[one.read.code].number:
            latest[one.read.code] = one
    return {code: one.read for code, one in latest.items()}


def groupings(read: Questionnaire) -> dict[By, Grouping]:
    """Return the ways in which people who answered a questionnaire can be told apart."""
    found: dict[By, Grouping] = {"edition": Grouping("edition", "", EDITIONS)}
    for code, question in read.questions.items():
        by = _by(question)
        if by is not None:
            bands_of = tuple((one.key, one.words.standard) for one in question.options)
            found.setdefault(by, Grouping(by, code, bands_of))
    return found


def tallies(
    session: Session, snapshot_id: str, wanted: Sequence[Wanted], found: Sequence[Version]
) -> tuple[Asked, ...]:
    """Count every question that is wanted, in that order."""
    reads = newest(found)
    made: dict[tuple[str, str], Sums] = {}
    for version in found:
        mine = {
            one.code: one for one in wanted
            if one.questionnaire == version.read.code and one.code in version.read.questions
        }  # fmt: skip
        if mine:
            _count(session, snapshot_id, version, mine, reads[version.read.code], made)
    return tuple(
        _asked(one, reads[one.questionnaire], made, found)
        for one in wanted
        if one.questionnaire in reads and one.code in reads[one.questionnaire].questions
    )


def _count(
    session: Session,
    snapshot_id: str,
    version: Version,
    mine: Mapping[str, Wanted],
    read: Questionnaire,
    made: dict[tuple[str, str], Sums],
) -> None:
    def sums(code: str) -> Sums:
        return made.setdefault((f"{read.code}/{code}", version.audience), Sums())

    for code, people in _on_the_way(session, snapshot_id, version).items():
        if code in mine:
            sums(code).asked += people
    for is_easy, code, value, later, people in _answers(session, snapshot_id, version, list(mine)):
        sums(code).add(value, people, is_easy=bool(is_easy), is_first=not later)
        sums(code).add_group(EDITIONS[bool(is_easy)][0], value, people, is_first=not later)
    for by, grouping in groupings(read).items():
        codes = [code for code, one in mine.items() if one.by == by]
        if not (codes and grouping.question):
            continue
        rows = _answers(session, snapshot_id, version, codes, grouping.question)
        for group, code, value, later, people in rows:
            sums(code).add_group(f"{by}.{group}", value, people, is_first=not later)


def _asked(
    one: Wanted,
    read: Questionnaire,
    made: Mapping[tuple[str, str], Sums],
    found: Sequence[Version],
) -> Asked:
    page = read.page_of(one.code)
    grouping = groupings(read).get(one.by) if one.by else None
    mine = [version for version in found if version.read.code == one.questionnaire]
    said = {
        version.read.questions[one.code].text.standard
        for version in mine if one.code in version.read.questions
    }  # fmt: skip
    audiences = dict.fromkeys(version.audience for version in mine)
    sums = {code: made.get((f"{read.code}/{one.code}", code)) for code in audiences}
    return Asked(
        questionnaire=one.questionnaire,
        title=read.title,
        question=page.question,
        tallies={code: found.tally(grouping) for code, found in sums.items() if found},
        grouping=grouping,
        when=page.when,
        reworded=len(said) > 1,
    )


def _on_the_way(session: Session, snapshot_id: str, version: Version) -> dict[str, int]:
    """Return how many people had each question on their way, by the rules that routed them."""
    gates = dict.fromkeys(
        gate for page in version.read.pages if page.when for gate in _gates(page.when)
    )
    counted: dict[str, int] = {}
    for given, people in _signatures(session, snapshot_id, version, list(gates)):
        for page in routing.path(version.read, given, version.audience):
            more(counted, page.question.code, people)
    return counted


def _signatures(
    session: Session, snapshot_id: str, version: Version, gates: list[tuple[str, str]]
) -> Iterator[tuple[dict[str, tuple[str, ...]], int]]:
    """Yield each combination of answers that decide the way, with how many people gave it."""
    if not gates:
        yield {}, version.people
        return
    given = [
        func.max(case((and_(Answer.question == code, Answer.value == value), 1), else_=0)).label(
            f"gate_{place}"
        )
        for place, (code, value) in enumerate(gates)
    ]
    answers = and_(
        Answer.response_id == Response.id, Answer.question.in_({code for code, _ in gates})
    )
    each = (
        _people(snapshot_id, version, select(Response.id, *given))
        .outerjoin(Answer, answers)
        .group_by(Response.id)
        .subquery()
    )
    marks = [each.c[f"gate_{place}"] for place in range(len(gates))]
    for *row, people in session.execute(select(*marks, func.count()).group_by(*marks)):
        found: dict[str, tuple[str, ...]] = {}
        for (code, value), is_given in zip(gates, row, strict=True):
            if is_given:
                found[code] = (*found.get(code, ()), value)
        yield found, people


def _answers(
    session: Session, snapshot_id: str, version: Version, codes: Sequence[str], group: str = ""
) -> Iterable[Any]:
    """Return group, question, value, whether it is a later one of several, and people.

    The group is whether an easy edition was used, or the answer to another question. Own words
    never come out of the database here: they are one value, without their content.
    """
    words = [c for c in codes if version.read.questions[c].kind in bands.UNCOUNTED]
    value = case(
        (Answer.question.in_(words), OWN_WORDS), (Answer.value.like("=%"), OWN_WORDS),
        else_=Answer.value,
    )  # fmt: skip
    later = case((Answer.position > 0, 1), else_=0)
    other = aliased(Answer)
    by = other.value if group else case((Response.edition.in_(SIMPLE), 1), else_=0)
    columns = select(
        by.label("told_apart"),
        Answer.question,
        value.label("given"),
        later.label("is_later"),
        func.count(),
    )
    joined = _people(snapshot_id, version, columns).join(Answer, Answer.response_id == Response.id)
    if group:
        same = and_(
            other.response_id == Response.id, other.question == group,
            other.position == literal(0),
        )  # fmt: skip
        joined = joined.join(other, same)
    statement = joined.where(Answer.question.in_(codes))
    return session.execute(statement.group_by("told_apart", Answer.question, "given", "is_later"))


def _people(snapshot_id: str, version: Version, columns: Any) -> Any:
    return (
        columns.select_from(SnapshotResponse)
        .join(Response, Response.id == SnapshotResponse.response_id)
        .where(
            SnapshotResponse.snapshot_id == snapshot_id,
            Response.survey_version_id == version.id, *_counts(),
        )
    )  # fmt: skip


def _counts() -> tuple[Any, ...]:
    return (
        Response.submitted_at.is_not(None),
        Response.withdrawn_at.is_(None),
        Response.left_out_at.is_(None),
    )


def _gates(condition: Condition) -> Iterator[tuple[str, str]]:
    if isinstance(condition, Answered):
        yield from ((condition.question, value) for value in condition.any_of)
    elif isinstance(condition, Together):
        for part in condition.parts:
            yield from _gates(part)
    elif isinstance(condition, Not):
        yield from _gates(condition.part)


def _by(question: Question) -> By | None:
    if question.is_many or question.private:
        return None
    if question.list_name in AGES:
        return "age"
    if question.list_name == "help_used":
        return "help"
    return "area" if question.kind == "area" else None


def everybody(session: Session, snapshot_id: str) -> dict[str, int]:
    """Return how many people of each audience stand behind a snapshot."""
    return queries.respondents_by_audience(session, snapshot_id)
