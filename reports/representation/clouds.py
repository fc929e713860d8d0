"""Word clouds: one of all and one for each audience, read, counted and written.

What may stand in them is decided with all other numbers of a report; see
`reports.counting.wordcounts` for how they hang together.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from engage.settings import Settings
from reports.counting import figures, wordcounts
from reports.counting.counted import Counted, Shown
from reports.counting.wordcounts import ALL, By, Least, Offered, Spoken
from reports.representation.heardparts import Cloud, Word
from reports.words import wording
from reports.words.facts import Fact
from surveys.models import Response, Survey, SurveyVersion
from surveys.queries import free_text

NO_WORDS: Offered = {ALL: ()}


@dataclasses.dataclass(frozen=True, slots=True)
class Gathered:
    """The words that the clouds would show, and everything that was counted of them."""

    offered: Offered
    counted: Counted


def ways(
    session: Session, run: AnalysisRun, themes: Sequence[Theme], settings: Settings
) -> Iterator[Gathered]:
    """Yield what clouds could show, the most first: every cloud, or that of everybody alone."""
    words = spoken(session, run, themes)
    bases = queries.base_by_audience(session, run.id, published=True)
    least = Least(settings.threshold, settings.threshold_under_18)
    every = wordcounts.offered(words, bases, least)
    for offered in (every, {ALL: every[ALL]}):
        yield Gathered(offered, wordcounts.counted(words, offered, bases, least))


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
            more = Spoken(people, people if is_young else 0)
            found[word][audience] = found[word].get(audience, Spoken()) + more
    return found


def presented(offered: Offered, shown: Shown) -> tuple[tuple[Cloud, ...], Shown]:
    """Write every cloud, and return the page without the words that found no room in one."""
    found = wordcounts.printed(shown, offered)
    clouds = tuple(_cloud(who, inside, shown) for who, inside in found.items())
    kept = {word.fact.key for cloud in clouds for word in cloud.words}
    all_of_them = {wordcounts.key(who, word) for who in offered for word in offered[who]}
    return clouds, shown.without(all_of_them - kept)


def _cloud(who: str, inside: Sequence[str], shown: Shown) -> Cloud:
    label = "Everybody" if who == ALL else wording.audience(who)
    words = tuple(Word(word, _fact(who, word, shown)) for word in inside)
    return Cloud(who, f"{label[0].upper()}{label[1:]}", words)


def _fact(who: str, word: str, shown: Shown) -> Fact:
    key, base = wordcounts.key(who, word), f"wrote/{who}"
    if who == ALL:
        return figures.people(shown, key, f"{{}} people wrote “{word}”", base)
    people = wording.audience(who, shown.value(key) or 0)
    fact = figures.people(shown, key, f"{{}} {people} wrote “{word}”", base)
    return dataclasses.replace(fact, audience=who)


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
