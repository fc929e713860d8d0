"""Counting a figure again from what it says it counts, without what was counted before.

A version is published only if every number in it is what counting gives; afterwards the same
counting tells which numbers of an old version the answers would no longer give.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, Theme
from engage.settings import Settings
from reports.counting import wordcounts
from reports.documents import printed
from reports.documents.document import Document, Fact
from reports.findings import composing
from reports.publishing import people
from reports.publishing.method import reason_of
from reports.representation import baselines, clouds, heard
from reports.words import wording
from surveys.models import Response, Snapshot, SnapshotResponse
from surveys.queries import respondents_by_audience


@dataclasses.dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure that counting does not give: `again` is what it gives, or None if it cannot."""

    fact: Fact
    again: int | None


class FiguresDoNotMatchError(ValueError):
    """Numbers of a report are not what the answers say; `mismatches` says which."""

    def __init__(self, mismatches: tuple[Mismatch, ...]) -> None:
        self.mismatches = mismatches
        named = wording.join([f"“{one.fact.wording}” ({one.fact.key})" for one in mismatches])
        super().__init__(
            "Nothing was published, because these numbers are not what counting the answers again"
            f" gives: {named}. Publish again; if it happens twice, tell whoever runs this system."
        )


class Basis:
    """What a version counts from: its run, the snapshot of it, and its own entries."""

    def __init__(
        self,
        session: Session,
        document: Document,
        run: AnalysisRun,
        *,
        settings: Settings,
        now: dt.datetime,
    ) -> None:
        self.session, self.document, self.run = session, document, run
        self.settings, self.now = settings, now
        self.snapshot = session.get_one(Snapshot, run.snapshot_id)

    @cached_property
    def found(self) -> Mapping[str, int]:
        """Return the numbers of closed questions."""
        return composing.recounted(self.session, self.snapshot, printed.ledger(self.document))

    @cached_property
    def heard(self) -> Mapping[str, int]:
        """Return the numbers of who was heard."""
        return heard.numbers_of(self.session, self.run, settings=self.settings, now=self.now)

    @cached_property
    def spoken(self) -> wordcounts.By:
        """Return who used which word."""
        themes = queries.approved_themes(self.session, self.run.consultation_id)
        return clouds.spoken(self.session, self.run, themes)

    @cached_property
    def answered(self) -> Mapping[str, int]:
        """Return how many of each audience answered."""
        return respondents_by_audience(self.session, self.snapshot.id)

    @cached_property
    def wrote(self) -> Mapping[str, int]:
        """Return how many of each audience wrote words that count."""
        return queries.base_by_audience(self.session, self.run.id, published=True)

    @cached_property
    def aside(self) -> Mapping[str, int]:
        """Return how many comments were set aside for each reason."""
        return queries.set_aside(self.session, self.run.id)

    def raised(self, theme_ids: tuple[str, ...], audience: str) -> int:
        """Return how many people of an audience raised one of some themes."""
        themes = [self.session.get_one(Theme, one) for one in theme_ids]
        found = queries.people_by_audience(self.session, self.run.id, themes, published=True)
        return found.get(audience, 0)


Recount = Callable[[Basis, Fact], int | None]


def mismatches(
    session: Session,
    document: Document,
    run: AnalysisRun,
    *,
    settings: Settings,
    now: dt.datetime,
) -> tuple[Mismatch, ...]:
    """Return every number of a version that counting does not give.

    A number that stands as an earlier version printed it was counted then.
    """
    basis = Basis(session, document, run, settings=settings, now=now)
    facts = printed.ledger(document)
    values = {fact.key: fact.value for fact in facts}
    found = []
    for fact in facts:
        if fact.value is None or fact.held:
            continue
        again = recount(basis, fact)
        if again != fact.value or values.get(fact.base_key, fact.base) not in {fact.base, None}:
            found.append(Mismatch(fact, again))
    return tuple(found)


def require(
    session: Session,
    document: Document,
    run: AnalysisRun,
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Raise FiguresDoNotMatchError when a number of a version is not what counting gives."""
    if found := mismatches(session, document, run, settings=settings, now=now):
        raise FiguresDoNotMatchError(found)


def recount(basis: Basis, fact: Fact) -> int | None:
    """Count one figure again; None when nobody knows how."""
    starts = [start for start in RECOUNTS if fact.key.startswith(start)]
    return RECOUNTS[max(starts, key=len)](basis, fact) if starts else None


def _responses(basis: Basis, fact: Fact) -> int:
    if fact.key == people.YOUNG_SHARE:
        return basis.answered.get(people.YOUNG, 0)
    return _of_all(basis.answered, fact)


def _of_all(counts: Mapping[str, int], fact: Fact) -> int:
    code = fact.key.partition("/")[2]
    return sum(counts.values()) if code == "all" else counts.get(code, 0)


def _channel(basis: Basis, fact: Fact) -> int:
    counted = select(func.count(Response.id)).join(
        SnapshotResponse, SnapshotResponse.response_id == Response.id
    )
    here = counted.where(
        SnapshotResponse.snapshot_id == basis.snapshot.id,
        Response.channel == fact.key.partition("/")[2],
        Response.withdrawn_at.is_(None),
        Response.left_out_at.is_(None),
    )
    return basis.session.scalar(here) or 0


def _theme(basis: Basis, fact: Fact) -> int:
    return basis.raised((fact.theme_id or "",), fact.audience or "")


def _entry(basis: Basis, fact: Fact) -> int:
    key = fact.key.split("/")[1]
    entry = next(one for one in basis.document.entries if one.key == key)
    return basis.raised(entry.theme_ids, fact.audience or "")


def _entries(basis: Basis, fact: Fact) -> int:
    status = fact.key.partition("/")[2]
    return sum(one.answer.status == status for one in basis.document.entries)


def _comments(basis: Basis, fact: Fact) -> int:
    if fact.key == "comments/read":
        return queries.answers_read(basis.session, basis.run.id)
    if fact.key == "comments/grouped":
        return basis.run.documents - basis.run.set_aside
    wanted = fact.key.rpartition("/")[2]
    return sum(number for reason, number in basis.aside.items() if reason_of(reason) == wanted)


def _question(basis: Basis, fact: Fact) -> int | None:
    return basis.found.get(fact.key)


def _who(basis: Basis, fact: Fact) -> int | None:
    return basis.heard.get(printed.rests_on(fact.key))


def _equality(basis: Basis, fact: Fact) -> int | None:
    """Count what the link gives; once it is destroyed, as was promised, nobody can count again."""
    linked = any(key.startswith("equality/") for key in basis.heard)
    return basis.heard.get(printed.rests_on(fact.key)) if linked else fact.value


def _missing(basis: Basis, fact: Fact) -> int | None:
    """Count those who are missing; "none of them chose" says again what other figures show."""
    if fact.key.endswith("/nobody"):
        return fact.value
    kind, _, code = fact.key.removeprefix("missing/").partition("/")
    if kind == "audience":
        return basis.heard.get(f"responses/{code}")
    return _equality(basis, fact) if kind == "equality" else _who(basis, fact)


def _word(basis: Basis, fact: Fact) -> int:
    """Count who used a word, of all or of the audience that the figure is about."""
    word, who = fact.key.rpartition("/")[2], fact.audience or wordcounts.ALL
    return wordcounts.spoken(basis.spoken.get(word, {}), who).people


def _baseline(basis: Basis, fact: Fact) -> int | None:
    return baselines.recount(basis.session, fact.key.partition("/")[2], fact.value)


RECOUNTS: dict[str, Recount] = {
    "responses/": _responses,
    "wrote/": lambda basis, fact: _of_all(basis.wrote, fact),
    "channel/": _channel,
    "theme/": _theme,
    "headline/most-raised": _theme,
    "entry/": _entry,
    "entries/": _entries,
    "word/": _word,
    "comments/": _comments,
    "question/": _question,
    "before/": _question,
    "reach/": _who,
    "place/": _who,
    "profile/": _who,
    "contacts/": _who,
    "equality/": _equality,
    "missing/": _missing,
    "cloud/": _word,
    "baseline/": _baseline,
}
"""How figures are counted again, by the start of their key; a new part adds its own here."""
