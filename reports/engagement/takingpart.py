"""Who took part and how it went, counted from a snapshot and protected at once.

The numbers have the names they have in a report, and are protected beside every version of it, so
that this page gives away nothing that a report hides.
"""

import dataclasses
import datetime as dt
import statistics
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from engage.audit import AuditEvent
from engage.consultations import Consultation
from reports.counting.counted import Counted
from surveys import queries
from surveys.models import Answer, Response, Snapshot, Survey, SurveyVersion
from surveys.services import FORGOT_UNSENT

WHOLE = "responses/all"
ON_PAPER = ("paper_std", "paper_er")
YOUNG = "young_person"
FOR_THEM = "answered_for_me"
NOT_SAID = "not_said"


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question that everybody of an audience was asked."""

    audience: str
    code: str
    text: str

    @property
    def key(self) -> str:
        """Return the name of the number of people who left it empty."""
        return f"blank/{self.audience}/{self.code}"


@dataclasses.dataclass(frozen=True, slots=True)
class TakingPart:
    """What a snapshot says of how people took part.

    Attributes:
        by: what people are told apart by ("channel") to code to how many.
        answered: audience to how many answered.
        begun: audience to how many began on a screen, whether they sent it or not.
        minutes: audience to the minutes of each person who answered on a web page.
        questions: the questions that everybody was asked, in order.
        blank: how many left each of them empty, by its key.
        for_them: children and young people for whom somebody else answered.
    """

    by: Mapping[str, Mapping[str, int]]
    answered: Mapping[str, int]
    on_screen: Mapping[str, int]
    begun: Mapping[str, int]
    minutes: Mapping[str, tuple[float, ...]]
    questions: tuple[Question, ...]
    blank: Mapping[str, int]
    for_them: int


def gather(session: Session, plan: Consultation, snapshot: Snapshot) -> TakingPart:
    """Count how people took part, out of everybody whose answers count."""
    answered = queries.respondents_by_audience(session, snapshot.id)
    on_screen = _by_audience(session, snapshot.id, Response.channel.not_in(ON_PAPER))
    unsent = _not_sent(session, plan)
    questions = tuple(dict.fromkeys(_questions(session, snapshot.id)))
    for_them = Response.help == FOR_THEM
    return TakingPart(
        by={
            "channel": _by(session, snapshot.id, Response.channel.expression),
            "edition": _by(session, snapshot.id, Response.edition.expression),
            "help": _by(session, snapshot.id, func.coalesce(Response.help, NOT_SAID)),
        },
        answered=answered,
        on_screen=on_screen,
        begun={code: on_screen.get(code, 0) + unsent.get(code, 0) for code in answered},
        minutes=_minutes(session, snapshot.id),
        questions=questions,
        blank=_blank(session, snapshot.id, questions, answered),
        for_them=_by_audience(session, snapshot.id, for_them).get(YOUNG, 0),
    )


def counted(found: TakingPart) -> Counted:
    """Say what was counted and how it hangs together."""
    numbers: dict[str, int] = {WHOLE: sum(found.answered.values())}
    relations: list[Relation] = []
    guarded: set[str] = set()
    who = {f"responses/{code}": number for code, number in found.answered.items()}
    for parts in (who, *(_named(name, by) for name, by in found.by.items())):
        numbers |= parts
        relations.append(Relation(WHOLE, tuple(parts)))
    for whole, part, number, rest in _apart(found, numbers):
        left = f"{whole} without {part}"
        numbers |= {part: number, left: rest}
        relations.append(Relation(whole, (part, left)))
        guarded.add(left)
    return Counted(numbers, tuple(relations), guarded=frozenset(guarded), weights={WHOLE: 1000.0})


def _apart(found: TakingPart, numbers: Mapping[str, int]) -> Iterator[tuple[str, str, int, int]]:
    """Yield each number with a part of it and what is left: (whole, part, number, rest)."""
    for code, everybody in found.answered.items():
        of_all, screen = f"responses/{code}", found.on_screen.get(code, 0)
        yield of_all, f"screen/{code}", screen, everybody - screen
    for one in found.questions:
        empty = found.blank[one.key]
        yield f"responses/{one.audience}", one.key, empty, found.answered[one.audience] - empty
    if YOUNG in found.answered:
        everybody = numbers[f"responses/{YOUNG}"]
        yield f"responses/{YOUNG}", "for-them", found.for_them, everybody - found.for_them
        if helped := found.by["help"].get(FOR_THEM, 0):
            yield f"help/{FOR_THEM}", "for-them", found.for_them, helped - found.for_them


def completion(found: TakingPart) -> Counted:
    """Say how many began on a screen, and how many of them sent it."""
    numbers: dict[str, int] = {}
    relations = []
    for code, begun in found.begun.items():
        sent, unsent = f"screen/{code}", f"unsent/{code}"
        numbers |= {f"begun/{code}": begun, sent: found.on_screen.get(code, 0)}
        numbers[unsent] = begun - numbers[sent]
        relations.append(Relation(f"begun/{code}", (sent, unsent)))
    guarded = frozenset(key for key in numbers if key.startswith("unsent/"))
    return Counted(numbers, tuple(relations), guarded=guarded)


def middle(minutes: tuple[float, ...]) -> int:
    """Return the minutes within which half of the people had finished, in whole minutes."""
    return max(1, round(statistics.median(minutes)))


def _named(name: str, by: Mapping[str, int]) -> dict[str, int]:
    return {f"{name}/{code}": number for code, number in by.items()}


def _by(session: Session, snapshot_id: str, column: ColumnElement[str]) -> dict[str, int]:
    statement = queries.people(snapshot_id, select(column, func.count(Response.id)))
    rows = session.execute(statement.group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}


def _by_audience(session: Session, snapshot_id: str, where: ColumnElement[bool]) -> dict[str, int]:
    statement = queries.people(snapshot_id, select(Survey.audience, func.count(Response.id)))
    rows = session.execute(statement.where(where).group_by(Survey.audience))
    return {row[0]: row[1] for row in rows}


def _not_sent(session: Session, plan: Consultation) -> dict[str, int]:
    """Return who began and never sent it: what is still kept, and what was deleted in time."""
    versions = (
        select(Survey.audience, SurveyVersion.id)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(Survey.consultation_id == plan.id)
    ).subquery()
    kept = (
        select(versions.c.audience, func.count())
        .join(Response, Response.survey_version_id == versions.c.id)
        .where(Response.submitted_at.is_(None), Response.channel.not_in(ON_PAPER))
    )
    gone = (
        select(versions.c.audience, func.count())
        .join(AuditEvent, AuditEvent.object_id == versions.c.id)
        .where(AuditEvent.verb == FORGOT_UNSENT)
    )
    found: dict[str, int] = {}
    for statement in (kept, gone):
        for audience, number in session.execute(statement.group_by(versions.c.audience)):
            found[audience] = found.get(audience, 0) + number
    return found


def _minutes(session: Session, snapshot_id: str) -> dict[str, tuple[float, ...]]:
    columns = select(Survey.audience, Response.started_at, Response.submitted_at)
    online = queries.people(snapshot_id, columns).where(Response.channel.startswith("online"))
    found: dict[str, list[float]] = {}
    for audience, began, sent in session.execute(online):
        found.setdefault(audience, []).append((sent - began) / dt.timedelta(minutes=1))
    return {audience: tuple(minutes) for audience, minutes in found.items()}


def _questions(session: Session, snapshot_id: str) -> Iterator[Question]:
    """Yield the questions that every version put to everybody, under no condition."""
    versions = select(SurveyVersion.id, Survey.audience)
    rows = session.execute(queries.people(snapshot_id, versions).distinct())
    audience_of: dict[str, str] = {row[0]: row[1] for row in rows}
    asked: dict[str, list[dict[str, Question]]] = {}
    for version_id, read in queries.snapshot_documents(session, snapshot_id):
        audience = audience_of[version_id]
        always = {
            page.question.code: Question(audience, page.question.code, page.question.text.standard)
            for page in read.pages
            if page.when is None and page.question.kind != "information"
        }
        asked.setdefault(audience, []).append(always)
    for versions_of in asked.values():
        for code, question in versions_of[-1].items():
            if all(code in one for one in versions_of):
                yield question


def _blank(
    session: Session, snapshot_id: str, questions: tuple[Question, ...], answered: Mapping[str, int]
) -> dict[str, int]:
    columns = select(Survey.audience, Answer.question, func.count(func.distinct(Response.id)))
    statement: Select[str, str, int] = (
        queries.people(snapshot_id, columns)
        .join(Answer, Answer.response_id == Response.id)
        .group_by(Survey.audience, Answer.question)
    )
    given = {(row[0], row[1]): row[2] for row in session.execute(statement)}
    return {
        one.key: answered[one.audience] - given.get((one.audience, one.code), 0)
        for one in questions
    }
