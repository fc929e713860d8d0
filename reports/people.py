"""Who answered and who wrote: the numbers that every other number of a report is out of.

They belong together: each can be worked out from the others, so they are hidden together, and a
new version either prints all of them anew or none.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import AnalysisRun
from engage import taxonomy
from reports import figures, wording
from reports.document import Base, Document, Fact, Line
from surveys.models import Response, SnapshotResponse
from surveys.queries import respondents_by_audience

YOUNG = "young_person"
WHOLE = "responses/all"
HOW = ("channel/",)
FAMILIES = ("responses/", *HOW)
SHARES = ("wrote/all", "responses/young/of-all")


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

    @property
    def wrote(self) -> int | None:
        """Return how many wrote a comment, or None when that would give a hidden base away."""
        values = [base.fact.value for base in self.bases]
        return None if None in values else sum(value or 0 for value in values)

    def base(self, audience: str) -> int | None:
        """Return how many of an audience wrote a comment, or None when it is hidden."""
        found = [base.fact.value for base in self.bases if base.audience == audience]
        return found[0] if found else None

    def numbers(self, start: str | tuple[str, ...], *, inside: bool = True) -> dict[str, int]:
        """Return values and bases of the facts whose keys start like this, or of all others."""
        of_lines = (line.fact for line in self.lines if line.fact)
        facts = (self.heard, *of_lines, *(base.fact for base in self.bases), *self.shares)
        found: dict[str, int] = {}
        for fact in facts:
            if fact.key.startswith(start) == inside:
                found |= _numbers(fact.key, fact.value, fact.base)
        return found


def population(session: Session, run: AnalysisRun, threshold: int) -> Population:
    """Count everybody behind a run, and hide whatever could point at somebody.

    An audience whose number is hidden beside the total shows no base either: the base of its
    writers would give the number back.
    """
    answered = respondents_by_audience(session, run.snapshot_id)
    who = _who(answered, threshold)
    people = sum(answered.values())
    hidden = {code for code in answered if who[f"responses/{code}"].value is None}
    bases = tuple(_bases(session, run, answered, hidden, threshold))
    shares = (_wrote(bases, people), _young(answered, hidden, people, threshold))
    return Population(
        heard=figures.whole(WHOLE, people, wording.plural(people, "person", "people")),
        lines=(
            *(Line("Who answered", fact.wording, fact) for fact in who.values()),
            *_how(session, run, threshold),
        ),
        bases=bases,
        shares=tuple(fact for fact in shares if fact is not None),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """What readers hold already.

    Attributes:
        document: the newest version.
        numbers: the last value of every number that any version printed; bases as "<key> of".
    """

    document: Document
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, document: Document, rows: Iterable[tuple[str, int | None, int | None]]) -> Self:
        """Read key, value and base of all printed numbers, the oldest version first."""
        found: dict[str, int] = {}
        for key, value, base in rows:
            found |= _numbers(key, value, base)
        return cls(document, found)


def steady(now: Population, before: Printed, threshold: int) -> Population:
    """Return the newer numbers, or those before when any of them moved by very few people.

    Whoever subtracts one version from another learns nothing about fewer than the threshold.
    How people answered is left out where only that moved so little: it adds up to the total.
    """
    old = before.numbers
    if _moved_little(now.numbers(HOW, inside=False), old, "responses/", threshold):
        return _of_document(before.document)
    if _moved_little(now.numbers((WHOLE, *HOW)), old, "channel/", threshold):
        lines = (line for line in now.lines if line.fact and not line.fact.key.startswith(HOW))
        return dataclasses.replace(now, lines=tuple(lines))
    return now


def _of_document(document: Document) -> Population:
    """Return the people behind a version as it printed them."""
    lines = [line for line in document.method if line.fact and line.fact.key.startswith(FAMILIES)]
    return Population(
        heard=figures.unmarked(document.heard),
        lines=tuple(dataclasses.replace(x, fact=figures.unmarked(x.fact)) for x in lines if x.fact),
        bases=tuple(
            dataclasses.replace(base, fact=figures.unmarked(base.fact)) for base in document.bases
        ),
        shares=tuple(
            figures.unmarked(line.fact) for line in document.headlines if line.fact.key in SHARES
        ),
    )


def _moved_little(
    new: Mapping[str, int], old: Mapping[str, int], family: str, threshold: int
) -> bool:
    """Tell whether a number moved by very few people, or what is left of the total did."""
    both = new.keys() & old.keys()
    parts = [key for key in both if key.startswith(family) and key not in {WHOLE, *SHARES}]
    steps = [new[key] - old[key] for key in both]
    moved = sum(new[key] - old[key] for key in parts if not key.endswith(" of"))
    steps.append(new[WHOLE] - old[WHOLE] - moved)
    return any(0 < abs(step) < threshold for step in steps)


def _numbers(key: str, value: int | None, base: int | None) -> dict[str, int]:
    both = {key: value, f"{key} of": base}
    return {name: number for name, number in both.items() if number is not None}


def _who(answered: Mapping[str, int], threshold: int) -> dict[str, Fact]:
    names = {code: wording.audience(code) + " answered" for code in answered}
    facts = figures.parts("responses", answered, names, threshold=threshold)
    return {fact.key: fact for fact in facts}


def _how(session: Session, run: AnalysisRun, threshold: int) -> list[Line]:
    statement = (
        select(Response.channel, func.count())
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .where(
            SnapshotResponse.snapshot_id == run.snapshot_id,
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
        )
        .group_by(Response.channel)
        .order_by(func.count().desc())
    )
    counts = dict(session.execute(statement).all())
    on = run.finished_at.date()
    names = {code: f"answered {_channel(code, on)}" for code in counts}
    facts = figures.parts("channel", counts, names, threshold=threshold)
    return [Line("How they answered", fact.wording, fact) for fact in facts]


def _channel(code: str, on: dt.date) -> str:
    term = taxonomy.term("channels", code, on)
    label = term.label if term else code.replace("_", " ")
    return label[0].lower() + label[1:]


def _bases(
    session: Session,
    run: AnalysisRun,
    answered: Mapping[str, int],
    hidden: set[str],
    threshold: int,
) -> Iterable[Base]:
    wrote = queries.base_by_audience(session, run.id, published=True)
    for code in wording.in_order(wrote):
        key, name = f"wrote/{code}", wording.audience(code)
        fact = figures.not_shown(key, code) if code in hidden else figures.share(
            key, wrote[code], answered[code], threshold=threshold, audience=code,
            who=figures.ANSWERED, tail=wording.WROTE.removeprefix("who "),
        )  # fmt: skip
        yield Base(code, name[0].upper() + name[1:], fact)


def _wrote(bases: Iterable[Base], people: int) -> Fact | None:
    values = [base.fact.value for base in bases]
    if None in values:
        return None
    wrote = sum(value or 0 for value in values)
    text = wording.share(wrote, people, None, who="who answered wrote a comment in their own words")
    return figures.whole("wrote/all", wrote, text, base=people)


def _young(
    answered: Mapping[str, int], hidden: set[str], people: int, threshold: int
) -> Fact | None:
    if YOUNG not in answered or YOUNG in hidden:
        return None
    return figures.share(
        "responses/young/of-all", answered[YOUNG], people, threshold=threshold,
        who="who answered were children and young people",
    )  # fmt: skip
