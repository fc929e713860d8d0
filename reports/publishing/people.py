"""Who answered and who wrote: the numbers that every other number of a report is out of."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.disclosure.attack import Relation
from analysis.models.store import AnalysisRun
from engage import taxonomy
from reports.counting import figures
from reports.counting.counted import Counted, Shown
from reports.documents.document import Base, Fact, Line
from reports.words import wording
from surveys.models import Response, SnapshotResponse
from surveys.queries import respondents_by_audience

YOUNG = "young_person"
WHOLE = "responses/all"
WROTE = "wrote/all"
YOUNG_SHARE = "responses/young/of-all"
LAST, LATE = 1000.0, 50.0
"""How dear the total and the bases of columns are to readers: they are hidden last."""


@dataclasses.dataclass(frozen=True, slots=True)
class Population:
    """Everybody behind a report, as it may be shown.

    Attributes:
        heard: how many answered.
        lines: who they were and how they answered.
        bases: for each audience, how many wrote a comment.
        shares: the headlines about them that may be shown.
    """

    heard: Fact
    lines: tuple[Line, ...]
    bases: tuple[Base, ...]
    shares: tuple[Fact, ...]


def counted(session: Session, run: AnalysisRun) -> Counted:
    """Count everybody behind a run: each is in one audience, came one way, and wrote or not.

    A new version prints all of it anew or nothing: a total that is newer than its parts would
    not add up.
    """
    answered = respondents_by_audience(session, run.snapshot_id)
    wrote = queries.base_by_audience(session, run.id, published=True)
    channels = _channels(session, run)
    who = {f"responses/{code}": number for code, number in answered.items()}
    how = {f"channel/{code}": number for code, number in channels.items()}
    bases = {f"wrote/{code}": number for code, number in wrote.items()}
    totals = {WHOLE: sum(answered.values()), WROTE: sum(wrote.values())}
    numbers = {**who, **how, **bases, **totals}
    return Counted(
        numbers,
        (
            Relation(WHOLE, tuple(who)),
            Relation(WHOLE, tuple(how)),
            Relation(WROTE, tuple(bases)),
            *(Relation(f"responses/{code}", (f"wrote/{code}",), "inside") for code in wrote),
        ),
        weights={WHOLE: LAST, **dict.fromkeys(bases, LATE)},
        families=(frozenset({*who, *bases, *totals}), frozenset(how)),
    )


def presented(shown: Shown, on: dt.date) -> Population:
    """Say who is behind a report as far as it may be said; names are those of the day."""
    who = {key: wording.audience(_code(key)) + " answered" for key in _keys(shown, "responses/")}
    how = {key: f"answered {_channel(_code(key), on)}" for key in _keys(shown, "channel/")}
    who.pop(WHOLE)
    ways = sorted(how, key=lambda key: (-(shown.value(key) or 0), key))
    answered = figures.parts(shown, WHOLE, who)
    came = figures.parts(shown, WHOLE, {key: how[key] for key in ways})
    shares = (_wrote(shown), _young(shown))
    return Population(
        heard=_heard(shown),
        lines=(
            *(Line("Who answered", fact.wording, fact) for fact in answered),
            *(Line("How they answered", fact.wording, fact) for fact in came),
        ),
        bases=tuple(_base(shown, code) for code in wording.in_order(_wrote_codes(shown))),
        shares=tuple(fact for fact in shares if fact is not None),
    )


def _heard(shown: Shown) -> Fact:
    value = shown.value(WHOLE)
    return figures.people(shown, WHOLE, "{} person" if value == 1 else "{} people")


def _keys(shown: Shown, start: str) -> list[str]:
    return [key for key in shown.counts if key.startswith(start)]


def _code(key: str) -> str:
    return key.rpartition("/")[2]


def _wrote_codes(shown: Shown) -> list[str]:
    return [_code(key) for key in _keys(shown, "wrote/") if key != WROTE]


def _channels(session: Session, run: AnalysisRun) -> dict[str, int]:
    statement = (
        select(Response.channel, func.count())
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .where(
            SnapshotResponse.snapshot_id == run.snapshot_id,
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
        )
        .group_by(Response.channel)
        .order_by(Response.channel)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _channel(code: str, on: dt.date) -> str:
    term = taxonomy.term("channels", code, on)
    label = term.label if term else code.replace("_", " ")
    return label[0].lower() + label[1:]


def _base(shown: Shown, code: str) -> Base:
    """Say how many of an audience wrote; where it is not said how many answered, on its own."""
    key, of, name = f"wrote/{code}", f"responses/{code}", wording.audience(code)
    tail = wording.WROTE.removeprefix("who ")
    value = shown.value(key)
    if value is not None and shown.base(key, of) is None:
        fact = figures.people(shown, key, f"{{}} {wording.audience(code, value)} {tail}")
        fact = dataclasses.replace(fact, audience=code)
    else:
        fact = figures.share(shown, key, of, audience=code, who=figures.ANSWERED, tail=tail)
    return Base(code, name[0].upper() + name[1:], fact)


def _wrote(shown: Shown) -> Fact | None:
    if shown.value(WROTE) is None or shown.base(WROTE, WHOLE) is None:
        return None
    who = "who answered wrote a comment in their own words"
    return figures.share(shown, WROTE, WHOLE, who=who)


def _young(shown: Shown) -> Fact | None:
    key = f"responses/{YOUNG}"
    if not shown.value(key) or shown.base(key, WHOLE) is None:
        return None
    who = "who answered were children and young people"
    fact = figures.share(shown, key, WHOLE, who=who)
    return dataclasses.replace(fact, key=YOUNG_SHARE)
