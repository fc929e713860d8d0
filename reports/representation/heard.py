"""Who was heard, and who was not: everything about people that a report counts beside themes.

Counted, protected and said are three steps: `gather` reads the snapshot, `counted` says how its
numbers hang together, `presented` writes what may be shown of them.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key
from analysis.models.store import AnalysisRun
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports.counting.adding import Amount, total
from reports.counting.counted import Counted
from reports.representation import baselines as known
from reports.representation import equalityprofile
from reports.representation.gathered import TITLES, Gathered, Tallied
from surveys import breakdowns, queries
from surveys.breakdowns import ANSWERED, UNSAID
from surveys.gathering import sessions
from surveys.models import Survey
from surveys.questions import Question

ALL = "responses/all"


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
    together = tuple(
        frozenset(map(one.asked.key, (*one.people, ANSWERED))) for one in found.tallies
    )
    people = Counted(numbers, tuple(relations), families=together)
    return people | equalityprofile.counted(found.tables)


def _together(answered: Mapping[str, int]) -> int:
    """Add up people who answered: each is in one audience, and nobody who only came is among."""
    each = [Amount(code, n, "people", frozenset({code})) for code, n in answered.items()]
    return int(total(each).value) if each else 0


def numbers_of(
    session: Session, run: AnalysisRun, *, settings: Settings, now: dt.datetime
) -> Mapping[Key, int]:
    """Count everything of this part again, by the keys that its figures rest on."""
    plan = session.get_one(Consultation, run.consultation_id)
    found = gather(session, plan, run, settings=settings, now=now)
    totals = {"contacts/heads": found.totals.heads, "contacts/made": found.totals.artefacts}
    return {**counted(found).numbers, **totals}


def _relations(one: Tallied, numbers: Mapping[Key, int]) -> Iterator[Relation]:
    """Yield that answers add up to those who answered, and these with the rest to everybody.

    Where an earlier version asked something else, or offered another answer, they only lie inside.
    """
    base, unsaid = one.asked.key(ANSWERED), one.asked.key(UNSAID)
    lines = tuple(one.asked.key(line.option) for line in one.asked.lines)
    for whole, parts in ((f"responses/{one.asked.audience}", (base, unsaid)), (base, lines)):
        adds_up = numbers[whole] == sum(numbers[part] for part in parts)
        yield Relation(whole, parts, "sum" if adds_up else "inside")
