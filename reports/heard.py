"""Who was heard, and who was not: everything about people that a report counts beside themes.

Counted, protected and said are three steps: `gather` reads the snapshot, `counted` says how its
numbers hang together, `presented` writes what may be shown of them.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.attack import Key, Relation
from analysis.store import AnalysisRun, Theme
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports import baselines as known
from reports import clouds, equalityprofile, figures, heardsaid
from reports.adding import Amount, total
from reports.counted import Counted, shown
from reports.facts import Fact
from reports.gathered import TITLES, Gathered, Tallied
from reports.heardparts import Heard
from reports.models import Report
from reports.people import Printed
from surveys import breakdowns, queries
from surveys.breakdowns import ANSWERED, UNSAID
from surveys.gathering import sessions
from surveys.models import Snapshot, Survey
from surveys.questions import Question

ALL = "responses/all"
LEAVE = ("baseline/", "contacts/", "cloud/", "missing/")
"""Facts that are not about people of the snapshot, or are held steady elsewhere."""


def gather(
    session: Session,
    plan: Consultation,
    run: AnalysisRun,
    *,
    settings: Settings,
    now: dt.datetime,
) -> Gathered:
    """Count everything that is asked about who answered."""
    snapshot = run.snapshot_id
    invited = session.scalars(select(Survey.audience).where(Survey.consultation_id == plan.id))
    answered = queries.respondents_by_audience(session, snapshot)
    questions = breakdowns.asked(session, snapshot, is_about_oneself)
    return Gathered(
        answered={**dict.fromkeys(invited, 0), **answered},
        tallies=tuple(
            Tallied(one, breakdowns.people_by_answer(session, snapshot, one)) for one in questions
        ),
        tables=equalityprofile.tables(session, snapshot, settings, now),
        baselines=known.in_force(session, local_date(now)),
        totals=sessions.session_totals(session, plan),
        threshold=settings.threshold,
        on=local_date(run.finished_at),
    )


def is_about_oneself(question: Question) -> bool:
    """Tell whether a question asks about somebody in a way that a report counts people by."""
    return question.kind in {"single", "area"} and question.list_name in TITLES


def counted(found: Gathered) -> Counted:
    """Say what was counted and how it hangs together, to be protected with all other parts."""
    answered = {f"responses/{code}": n for code, n in found.answered.items()}
    numbers: dict[Key, int] = {ALL: _together(found.answered), **answered}
    relations = [Relation(ALL, tuple(answered))]
    for one in found.tallies:
        numbers |= {one.asked.key(option): n for option, n in one.people.items()}
        numbers[one.asked.key(ANSWERED)] = one.answered
        relations += _relations(one, numbers)
    people = Counted(numbers, tuple(relations), frozenset({ALL}))
    return people | equalityprofile.counted(found.tables)


def _together(answered: Mapping[str, int]) -> int:
    """Add up people who answered: each is in one audience, and nobody who only came is among."""
    each = [Amount(code, n, "people", frozenset({code})) for code, n in answered.items()]
    return int(total(each).value) if each else 0


def clouds_of(
    session: Session,
    run: AnalysisRun,
    themes: Sequence[Theme],
    settings: Settings,
    before: Mapping[str, int],
) -> clouds.Numbers:
    """Return what may be shown of every word, in the cloud of all and of each audience."""
    return clouds.shown(clouds.spoken(session, run, themes), settings, before)


def part(  # the report, what it rests on, and what readers hold already
    session: Session,
    report: Report,
    run: AnalysisRun,
    *,
    settings: Settings,
    now: dt.datetime,
    of_words: clouds.Numbers,
    bases: Mapping[str, int | None],
    before: Printed | None = None,
) -> Heard:
    """Count, protect and say who was heard.

    Where a number moved by very few people since it was printed, all of it stays as it was
    printed: whoever subtracts one version from another learns nothing about fewer people.
    """
    found = gather(session, report.consultation, run, settings=settings, now=now)
    seen = shown(counted(found), threshold=settings.threshold)
    made = heardsaid.presented(found, seen, clouds.of_audiences(of_words, bases))
    if before is None or before.document.who is None:
        return made
    if _moved_little(made, before.numbers, settings.threshold):
        old = figures.changed(before.document.who, figures.unmarked)
        return dataclasses.replace(old, clouds=made.clouds)
    return made


def recount(
    session: Session,
    snapshot: Snapshot,
    fact: Fact,
    *,
    settings: Settings | None = None,
    now: dt.datetime | None = None,
) -> int | None:
    """Count a number of this part again; None for one of another part, or that no key links.

    Equality answers can only be counted with the settings that link them, and the time.
    """
    start, _, rest = fact.key.removeprefix("missing/").partition("/")
    if start == "reach":
        return queries.respondents_by_audience(session, snapshot.id).get(rest, 0)
    if start in {"profile", "place"}:
        return _counted_again(session, snapshot.id, rest.split("/")[0], fact)
    if start == "baseline":
        return known.recount(session, rest, fact.value)
    if start == "contacts":
        plan = session.get_one(Consultation, snapshot.consultation_id)
        totals = sessions.session_totals(session, plan)
        return totals.heads if rest == "heads" else totals.artefacts
    if start == "equality" and settings and now:
        found = equalityprofile.tables(session, snapshot.id, settings, now)
        numbers = equalityprofile.counted(found).numbers
        return numbers.get(fact.key.removeprefix("missing/"))
    return clouds.recount(session, snapshot, fact) if start in {"cloud", "word"} else None


def _counted_again(
    session: Session, snapshot_id: str, questionnaire: str, fact: Fact
) -> int | None:
    people = [
        breakdowns.people_by_answer(session, snapshot_id, one)
        for one in breakdowns.asked(session, snapshot_id, is_about_oneself)
        if (one.questionnaire, one.question, one.audience)
        == (questionnaire, fact.question, fact.audience)
    ]
    if fact.option is None:
        return None
    if fact.option == ANSWERED:
        return sum(sum(row.values()) - row[UNSAID] for row in people)
    return sum(row.get(fact.option, 0) for row in people)


def _relations(one: Tallied, numbers: Mapping[Key, int]) -> Iterator[Relation]:
    """Yield that answers add up to those who answered, and these with the rest to everybody.

    Where an earlier version asked something else, or offered another answer, they only lie inside.
    """
    base, unsaid = one.asked.key(ANSWERED), one.asked.key(UNSAID)
    lines = tuple(one.asked.key(line.option) for line in one.asked.lines)
    for whole, parts in ((f"responses/{one.asked.audience}", (base, unsaid)), (base, lines)):
        adds_up = numbers[whole] == sum(numbers[part] for part in parts)
        yield Relation(whole, parts, "sum" if adds_up else "inside")


def _moved_little(made: Heard, old: Mapping[str, int], threshold: int) -> bool:
    """Tell whether a number of this part differs from what was printed by very few people."""
    facts = [fact for fact in figures.of_part(made) if not fact.key.startswith(LEAVE)]
    pairs = [(fact.key, fact.value) for fact in facts]
    pairs += [(f"{fact.key} of", fact.base) for fact in facts]
    return any(n is not None and 0 < abs(n - old.get(key, n)) < threshold for key, n in pairs)
