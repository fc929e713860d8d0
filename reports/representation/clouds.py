"""Word clouds: one of all and one for each audience, that cannot be subtracted from each other.

A word's people are those of each audience together, so a small audience would follow from the
cloud of all and the others. Every word is protected over all its clouds at once. Where it rests
on under-18s, the larger threshold for their words holds for the whole word.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from engage.settings import Settings
from reports.counting import figures
from reports.counting.counted import Counted
from reports.findings import evidence
from reports.representation.heardparts import Cloud, Word
from reports.words import wording
from surveys.models import Response, Survey, SurveyVersion
from surveys.queries import free_text

ALL = "all"
SMALLEST_CLOUD = 5
"""Words below which a cloud says nothing that a sentence would not."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spoken:
    """How many people of one audience used a word, and how many of these are under 18."""

    people: int
    under_18: int


By = Mapping[str, Mapping[str, Spoken]]
Numbers = Mapping[str, Mapping[str, int]]


def spoken(session: Session, run: AnalysisRun, themes: Sequence[Theme]) -> By:
    """Count for each word the people of each audience who used it, in words that may be shown."""
    from analysis.pictures.wordclouds import words_by_people  # noqa: PLC0415  # only who makes a cloud pays

    young = {row.response_id for row in free_text(session, run.snapshot_id) if row.under_18}
    texts: dict[tuple[str, bool], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for response_id, text, audience in _redacted(session, run, themes):
        texts[audience, response_id in young][response_id].append(text)
    found: dict[str, dict[str, Spoken]] = defaultdict(dict)
    for (audience, is_young), by_person in texts.items():
        for word, people in words_by_people(by_person).items():
            old = found[word].get(audience, Spoken(0, 0))
            found[word][audience] = Spoken(
                old.people + people, old.under_18 + (people if is_young else 0)
            )
    return found


def shown(
    words: By, settings: Settings, before: Mapping[str, Collection[int]]
) -> dict[str, dict[str, int]]:
    """Return for each word the numbers that may be shown, by audience and under "all".

    A word of which any number lies within very few people of one that was printed is left out.
    """
    found = {}
    for word, by_audience in words.items():
        counts = {ALL: sum(one.people for one in by_audience.values())}
        counts |= {audience: one.people for audience, one in by_audience.items()}
        moved = [
            abs(n - old) for who, n in counts.items() for old in before.get(key(who, word), ())
        ]
        if any(0 < step < settings.threshold for step in moved):
            continue
        if counts[ALL] >= settings.threshold:
            found[word] = _safe(by_audience, counts, settings)
    return found


def of_audiences(numbers: Numbers, bases: Mapping[str, int | None]) -> tuple[Cloud, ...]:
    """Return a cloud for each audience (code to how many wrote) that has enough words."""
    found = []
    for audience, base in bases.items():
        inside = tuple(_words(numbers, audience, base))
        if base is not None and len(inside) >= SMALLEST_CLOUD:
            label = wording.audience(audience)
            found.append(Cloud(audience, f"{label[0].upper()}{label[1:]}", inside))
    return tuple(found)


def counted(made: Sequence[Cloud]) -> Counted:
    """Return the numbers of the clouds as known to readers: they are protected already."""
    numbers = {one.fact.key: one.fact.value or 0 for cloud in made for one in cloud.words}
    return Counted(numbers, known=frozenset(numbers))


def key(who: str, word: str) -> str:
    """Return the name of the number of a word in the cloud of all or of an audience."""
    return f"word/{word}" if who == ALL else f"cloud/{who}/{word}"


def _words(numbers: Numbers, audience: str, base: int | None) -> Iterator[Word]:
    for word, n in _largest(numbers, audience):
        text = f"{n} {wording.audience(audience, n)} wrote “{word}”"
        fact = figures.whole(key(audience, word), n, text, base)
        yield Word(word, dataclasses.replace(fact, audience=audience))


def _largest(numbers: Numbers, who: str) -> list[tuple[str, int]]:
    found = [(word, row[who]) for word, row in numbers.items() if row.get(who)]
    return sorted(found, key=lambda item: (-item[1], item[0]))[: evidence.MOST_WORDS]


def _safe(
    by_audience: Mapping[str, Spoken], counts: Mapping[str, int], settings: Settings
) -> dict[str, int]:
    """Return the numbers of one word that may stand beside each other."""
    threshold = settings.threshold
    if any(_rests_on_children(one, settings) for one in _and_all(by_audience)):
        threshold = max(threshold, settings.threshold_under_18)
    hidden = beside_total({who: one.people for who, one in by_audience.items()}, threshold)
    all_betrayed = hidden and counts[ALL] - len(hidden) < threshold - 2
    if all_betrayed or counts[ALL] < threshold:
        hidden |= {ALL}
    return {who: n for who, n in counts.items() if who not in hidden}


def beside_total(parts: Mapping[str, int], threshold: int) -> set[str]:
    """Return which parts to hide beside their total, so that no small one can be worked out.

    What is hidden adds up to a known rest. Of n hidden parts each is at least one, so each can be
    anything from one to the rest less n - 1: the smallest parts are hidden until that range is
    wide enough. `analysis.disclosure.suppression` does the same for any relations, in a hundred
    times as long; a cloud has hundreds of words.
    """
    smallest_first = sorted((n, who) for who, n in parts.items() if n)
    hidden = {who for n, who in smallest_first if n < threshold}
    for _, who in smallest_first if hidden else ():
        rest = sum(parts[one] for one in hidden)
        if len(hidden) > 1 and rest - len(hidden) >= threshold - 2:
            break
        hidden.add(who)
    return hidden


def _and_all(by_audience: Mapping[str, Spoken]) -> Iterator[Spoken]:
    parts = by_audience.values()
    yield from parts
    yield Spoken(sum(one.people for one in parts), sum(one.under_18 for one in parts))


def _rests_on_children(one: Spoken, settings: Settings) -> bool:
    """Tell whether a number needs its under-18s to be shown, and has too few people for that."""
    adults = one.people - one.under_18
    return one.under_18 > 0 and adults < settings.threshold and (
        one.people < settings.threshold_under_18
    )  # fmt: skip


def _redacted(
    session: Session, run: AnalysisRun, themes: Sequence[Theme]
) -> Iterator[tuple[str, str, str]]:
    """Yield response, redacted words and audience of every clause that may leave the desk."""
    members = queries.answers_in(run.id, themes).subquery()
    is_member = (members.c.response_id == ProposedCoding.response_id) & (
        members.c.question == ProposedCoding.question
    )
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.shown_text, Survey.audience)
        .join(members, is_member)
        .join(Response, Response.id == ProposedCoding.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            ProposedCoding.run_id == run.id,
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
            queries.may_be_shown(ProposedCoding.response_id, ProposedCoding.question),
        )
    )
    return ((row[0], row[1], row[2]) for row in rows)
