"""Whether a published version is still what the answers say, and if not, why.

A version is never changed. But answers are taken back, left out or sorted anew, quotes are
withdrawn and bodies of families refuse to sign: whoever answers for the report must hear of it.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import frame
from analysis.models.store import AnalysisRun
from engage.consultations import local_date
from engage.settings import Settings
from reports.documents.document import Document, Fact, from_json
from reports.entries import afterwards
from reports.models import Figure, Publication
from reports.publishing import recounting, takeouts
from reports.publishing.recounting import Mismatch
from reports.words import canonical, wording
from surveys.models import AnswerHold, Response, SnapshotResponse
from surveys.services.snapshots import content_hash

MOVED_BY_FEW = "it moved by fewer than {threshold} people"
PEOPLE = ("responses/", "wrote/", "channel/", "theme/", "entry/", "word/", "headline/")


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """A figure that counting no longer gives: what it says, how far it moved, and why."""

    key: str
    wording: str
    now: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """What became of a version since it was published.

    Attributes:
        version: its number.
        figures: how many of its numbers were counted again.
        moved: those that no longer match.
        standing: sentences about everything else that changed: snapshot, quotes, signatures.
    """

    version: int
    figures: int
    moved: tuple[Moved, ...]
    standing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything is as it was published."""
        return not (self.moved or self.standing)


def check(
    session: Session, publication: Publication, *, settings: Settings, now: dt.datetime
) -> Checked:
    """Count every figure of a version again, and look at what else it rests on."""
    document = from_json(publication.document)
    run = session.get_one(AnalysisRun, publication.run_id)
    causes = _Causes(session, publication)
    counted = [row for row in publication.figures if row.value is not None and not row.held]
    moved = recounting.mismatches(session, document, run, settings=settings, now=now)
    return Checked(
        version=publication.version,
        figures=len(counted),
        moved=tuple(
            Moved(
                one.fact.key,
                one.fact.wording,
                _now(one, settings.threshold),
                causes.of(one.fact, document),
            )
            for one in moved
        ),
        standing=tuple(_standing(session, publication, document, local_date(now))),
    )


def _now(one: Mismatch, threshold: int) -> str:
    """Say what counting gives now, unless so few people moved that it could point at them."""
    if one.again is None:
        return "it cannot be counted again"
    step = abs(one.again - (one.fact.value or 0))
    few = one.again in range(1, threshold) or step < threshold
    if one.fact.key.startswith(PEOPLE) and few:
        return MOVED_BY_FEW.format(threshold=threshold)
    return f"counting gives {wording.number(one.again)} now"


class _Causes:
    """What happened since a version to the answers behind it."""

    def __init__(self, session: Session, publication: Publication) -> None:
        when = publication.published_at
        self._people = [
            *_if(_gone(session, publication, Response.withdrawn_at > when), "taken back"),
            *_if(_gone(session, publication, Response.left_out_at > when), "left out"),
            *_if(_held(session, publication, when), "kept back for somebody's safety"),
        ]
        themes = frame.changed_since(session, publication.report.consultation_id, when)
        self._recoded = frozenset(themes)

    def of(self, fact: Fact, document: Document) -> str:
        """Say why a figure does not match, as far as it is known."""
        why = [f"answers were {wording.join(self._people)}"] if self._people else []
        entry = fact.key.split("/")[1] if fact.key.startswith("entry/") else ""
        themes = {id_ for one in document.entries if one.key == entry for id_ in one.theme_ids}
        if self._recoded & ({fact.theme_id} | themes) or fact.key.startswith(
            ("word/", "comments/")
        ):
            why += ["comments were sorted anew"] if self._recoded else []
        return " and ".join(why) or "the reason is not on record"


def _if(happened: bool, what: str) -> list[str]:  # the only thing it asks
    return [what] if happened else []


def _gone(session: Session, publication: Publication, since: object) -> bool:
    statement = (
        select(func.count())
        .select_from(SnapshotResponse)
        .join(Response, Response.id == SnapshotResponse.response_id)
        .where(SnapshotResponse.snapshot_id == publication.snapshot_id, since)  # type: ignore[arg-type]  # a comparison of columns
    )
    return bool(session.scalar(statement))


def _held(session: Session, publication: Publication, when: dt.datetime) -> bool:
    statement = (
        select(func.count())
        .select_from(AnswerHold)
        .join(SnapshotResponse, SnapshotResponse.response_id == AnswerHold.response_id)
        .where(
            SnapshotResponse.snapshot_id == publication.snapshot_id,
            AnswerHold.held_at > when,
            AnswerHold.released_at.is_(None),
        )
    )
    return bool(session.scalar(statement))


def _standing(
    session: Session, publication: Publication, document: Document, today: dt.date
) -> Iterator[str]:
    if canonical.digest(publication.document) != publication.document_hash:
        yield "The stored document is not the one that was published: its fingerprint differs."
    if not _is_sealed(session, publication):
        yield "The answers behind it are not those that were counted: some were changed or erased."
    yield from since(session, publication, document, today)


def since(
    session: Session, publication: Publication, document: Document, today: dt.date
) -> Iterator[str]:
    """Say what was taken out, refused and judged after a version was published."""
    if taken := takeouts.taken_from(session, publication, document):
        quotes = wording.plural(len(taken), "quote or verdict", "quotes or verdicts")
        yield f"{quotes} taken out since: every page and file shows a mark in their place."
    after = afterwards.of(session, publication, document, today)
    titles = {entry.key: entry.title for entry in document.entries}
    for key, signed in after.refused.items():
        bodies = wording.join([one.body for one in signed])
        yield f"{bodies} refused to sign “{titles[key]}” after it was published."
    for key, said in after.said.items():
        bodies = wording.join([one.body for one in said])
        yield f"{bodies} gave a verdict on “{titles[key]}” after it was published."


def _is_sealed(session: Session, publication: Publication) -> bool:
    """Tell whether the answers of the snapshot still have the fingerprint that figures name."""
    people = select(SnapshotResponse.response_id).where(
        SnapshotResponse.snapshot_id == publication.snapshot_id
    )
    now = content_hash(session, sorted(session.scalars(people)))
    named = select(Figure.snapshot_hash).where(
        Figure.publication_id == publication.id, Figure.held == 0
    )
    return set(session.scalars(named)) <= {now}


def found_on(checked: Checked, today: dt.date) -> str:
    """Say in one line how a version stands."""
    day = wording.date(today)
    if not checked.moved:
        return f"Version {checked.version}: all {checked.figures} figures match, on {day}."
    moved = f"{len(checked.moved)} of {checked.figures} figures no longer match"
    return f"Version {checked.version}: {moved}, on {day}."
