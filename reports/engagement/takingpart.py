"""Who took part and how it went, counted from a snapshot and protected at once.

The numbers have the names they have in a report, and are protected beside every version of it, so
that this page gives away nothing that a report hides.
"""

import dataclasses
import datetime as dt
import math
import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted
from surveys import queries
from surveys.models import Answer, PaperSheet, Response, Snapshot, Survey, SurveyVersion
from surveys.questions import EDITIONS, LANGUAGES, is_simple

WHOLE = "responses/all"
YOUNG = "young_person"
FOR_THEM, ALONE, NOT_SAID = "answered_for_me", "none", "not_said"
OTHER_WORDS = ("bsl", *LANGUAGES)
SIMPLE = tuple(edition for edition in EDITIONS if is_simple(edition))
KINDS = {"standard": "standard edition", "easy": "easy read", "other": "BSL and other languages"}
Pair = tuple[str, str]
#: Numbers that are a measure by themselves are hidden after those that only tell them apart.
_DEAR = {WHOLE: 1000.0, "for-them": 50.0}


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question that everybody of an audience was asked, in one kind of edition or in all."""

    audience: str
    code: str
    text: str
    edition: str = ""

    @property
    def key(self) -> str:
        """Return the name of the number of people who left it empty."""
        return f"blank/{self.audience}/{self.edition}/{self.code}"

    @property
    def base(self) -> str:
        """Return the name of the number of people who were asked it."""
        return _kind(self.audience, self.edition)


@dataclasses.dataclass(frozen=True, slots=True)
class TakingPart:
    """What a snapshot says of how people took part.

    Attributes:
        by: what people are told apart by ("channel") to code to how many.
        answered: audience to how many answered.
        channels: audience and channel to how many.
        ways: each way of taking part that makes it easier to how many used it.
        kinds: audience and kind of edition to how many sent it.
        minutes: audience to the minutes of each person who answered on a web page.
        questions: the questions that everybody was asked, in order.
        blank: how many left each of them empty, by its key.
        for_them: children and young people for whom somebody else answered.
    """

    by: Mapping[str, Mapping[str, int]]
    answered: Mapping[str, int]
    channels: Mapping[Pair, int]
    ways: Mapping[str, int]
    kinds: Mapping[Pair, int]
    minutes: Mapping[str, tuple[float, ...]]
    questions: tuple[Question, ...]
    blank: Mapping[str, int]
    for_them: int


def on_paper() -> ColumnElement[bool]:
    """Tell of a response whether it was written on paper, also where a session handed it in."""
    sheets = select(PaperSheet.response_id).where(PaperSheet.response_id.is_not(None))
    return or_(Response.channel.in_(("paper_std", "paper_er")), Response.id.in_(sheets))


def gather(session: Session, snapshot: Snapshot) -> TakingPart:
    """Count how people took part, out of everybody whose answers count."""
    answered = queries.respondents_by_audience(session, snapshot.id)
    questions = tuple(dict.fromkeys(_questions(session, snapshot.id)))
    kinds = _pairs(session, snapshot.id, edition_kind())
    return TakingPart(
        by={
            "channel": _by(session, snapshot.id, Response.channel.expression),
            "edition": _by(session, snapshot.id, Response.edition.expression),
            "help": _by(session, snapshot.id, func.coalesce(Response.help, NOT_SAID)),
        },
        answered=answered,
        channels=_pairs(session, snapshot.id, Response.channel.expression),
        ways={code: _how_many(session, snapshot.id, way) for code, way in _ways().items()},
        kinds=kinds,
        minutes=_minutes(session, snapshot.id),
        questions=_in_kinds(questions, kinds),
        blank=_blank(session, snapshot.id, questions, kinds),
        for_them=by_audience(session, snapshot.id, Response.help == FOR_THEM).get(YOUNG, 0),
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
    crossed = Counted.all((_crossed(found.channels, channel_of), _crossed(found.kinds, _kind)))
    for whole, part, number, rest in _apart(found, {**numbers, **crossed.numbers}):
        left = f"{whole} without {part}"
        numbers |= {part: number, left: rest}
        relations.append(Relation(whole, (part, left)))
        guarded.add(left)
    in_all = [one for one in found.questions if not one.edition]
    relations += [Relation(one.key, _of_kinds(found, one)) for one in in_all]
    alone = Counted(numbers, tuple(relations), guarded=frozenset(guarded), weights=_DEAR)
    return alone | crossed | _by_channel(found)


def channel_of(audience: str, channel: str) -> str:
    """Return the name of how many of an audience came in one way."""
    return f"channel/{audience}/{channel}"


def _kind(audience: str, edition: str) -> str:
    return f"kind/{audience}/{edition}" if edition else f"responses/{audience}"


def _crossed(found: Mapping[Pair, int], name: Any) -> Counted:
    """Say of people told apart within their audience that they are all of it."""
    numbers = {name(*pair): number for pair, number in found.items()}
    relations = tuple(
        Relation(
            f"responses/{audience}", tuple(name(*pair) for pair in found if pair[0] == audience)
        )
        for audience in dict.fromkeys(pair[0] for pair in found)
    )
    return Counted(numbers, relations)


def _by_channel(found: TakingPart) -> Counted:
    return Counted(
        {},
        tuple(
            Relation(
                f"channel/{code}", tuple(channel_of(*p) for p in found.channels if p[1] == code)
            )
            for code in found.by["channel"]
        ),
    )


def _of_kinds(found: TakingPart, one: Question) -> tuple[str, ...]:
    return tuple(
        dataclasses.replace(one, edition=kind).key
        for audience, kind in found.kinds
        if audience == one.audience
    )


def _apart(found: TakingPart, numbers: Mapping[str, int]) -> Iterator[tuple[str, str, int, int]]:
    """Yield each number with a part of it and what is left: (whole, part, number, rest)."""
    for code, used in found.ways.items():
        yield WHOLE, f"way/{code}", used, numbers[WHOLE] - used
    for one in found.questions:
        empty = found.blank[one.key]
        yield one.base, one.key, empty, numbers[one.base] - empty
    if YOUNG in found.answered:
        everybody = numbers[f"responses/{YOUNG}"]
        yield f"responses/{YOUNG}", "for-them", found.for_them, everybody - found.for_them
        if helped := found.by["help"].get(FOR_THEM, 0):
            yield f"help/{FOR_THEM}", "for-them", found.for_them, helped - found.for_them


def middle(minutes: tuple[float, ...]) -> int:
    """Return the minutes within which half of the people had finished, in whole minutes."""
    return max(1, round(statistics.median(minutes)))


def nine_in_ten(minutes: tuple[float, ...]) -> int:
    """Return the minutes within which nine in ten had finished, in whole minutes."""
    return max(1, math.ceil(sorted(minutes)[math.ceil(0.9 * len(minutes)) - 1]))


def edition_kind() -> ColumnElement[str]:
    """Return which kind of edition a response was sent in, a key of KINDS."""
    simple, other = Response.edition.in_(SIMPLE), Response.edition.in_(OTHER_WORDS)
    return case((simple, "easy"), (other, "other"), else_="standard")


def _ways() -> dict[str, ColumnElement[bool]]:
    return {
        "easy": Response.edition.in_(SIMPLE),
        "paper": on_paper(),
        "phone": Response.channel == "phone",
        "bsl": or_(Response.channel == "bsl", Response.edition == "bsl"),
        "translated": Response.edition.in_(LANGUAGES),
        "helped": Response.help.not_in((ALONE,)),
    }


def _named(name: str, by: Mapping[str, int]) -> dict[str, int]:
    return {f"{name}/{code}": number for code, number in by.items()}


def _by(session: Session, snapshot_id: str, column: ColumnElement[str]) -> dict[str, int]:
    statement = queries.people(snapshot_id, select(column, func.count(Response.id)))
    rows = session.execute(statement.group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}


def _pairs(session: Session, snapshot_id: str, column: ColumnElement[str]) -> dict[Pair, int]:
    columns = select(Survey.audience, column.label("told_by"), func.count(Response.id))
    told_by = columns.selected_columns[1]
    rows = session.execute(
        queries.people(snapshot_id, columns)
        .group_by(Survey.audience, "told_by")
        .order_by(Survey.audience, told_by)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _how_many(session: Session, snapshot_id: str, where: ColumnElement[bool]) -> int:
    statement = queries.people(snapshot_id, select(func.count(Response.id))).where(where)
    return session.scalar(statement) or 0


def by_audience(session: Session, snapshot_id: str, where: ColumnElement[bool]) -> dict[str, int]:
    """Return how many people of each audience something is true of."""
    statement = queries.people(snapshot_id, select(Survey.audience, func.count(Response.id)))
    rows = session.execute(statement.where(where).group_by(Survey.audience))
    return {row[0]: row[1] for row in rows}


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


def _in_kinds(questions: tuple[Question, ...], kinds: Mapping[Pair, int]) -> tuple[Question, ...]:
    """Return each question for everybody, and for each kind of edition that people sent."""
    return tuple(
        dataclasses.replace(one, edition=kind)
        for one in questions
        for kind in ("", *(kind for audience, kind in kinds if audience == one.audience))
    )


def _blank(
    session: Session, snapshot_id: str, questions: tuple[Question, ...], kinds: Mapping[Pair, int]
) -> dict[str, int]:
    columns = select(
        Survey.audience, edition_kind().label("sent_in"), Answer.question,
        func.count(func.distinct(Response.id)),
    )  # fmt: skip
    statement: Select[Any] = (
        queries.people(snapshot_id, columns)
        .join(Answer, Answer.response_id == Response.id)
        .group_by(Survey.audience, "sent_in", Answer.question)
    )
    given = {(row[0], row[1], row[2]): row[3] for row in session.execute(statement)}
    found: dict[str, int] = {}
    for one in questions:
        parts = {
            kind: number - given.get((audience, kind, one.code), 0)
            for (audience, kind), number in kinds.items()
            if audience == one.audience
        }
        found[one.key] = sum(parts.values())
        found |= {dataclasses.replace(one, edition=kind).key: n for kind, n in parts.items()}
    return found
