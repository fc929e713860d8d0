"""The code frame: the approved themes as they stood, version by version, and what guards them.

No version is stored. Each is worked out from the journal of changes: today's frame, rolled back
change by change. A version begins with every change that alters what is approved.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import changes, decisions, queries, trail
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, ProposedCoding, Theme, ThemeDecision, ThemeSource

TYPICAL, EDGE = 5, 3
REASON_LENGTH = 20
SHOWN = ("name", "easy_name", "means", "includes", "excludes", "example", "parent_id",
         "starter_code", "ambition")  # fmt: skip
Clause = tuple[str, str, int]
Frame = Mapping[str, Mapping[str, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """One state of the frame: approved themes by id, and the change that made it, if any."""

    number: int
    themes: Frame
    change: Change | None


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one theme between two versions: added, removed, or fields changed."""

    name: str
    what: str
    fields: tuple[tuple[str, str, str], ...] = ()


def versions(session: Session, consultation_id: str) -> list[Version]:
    """Return every version of the frame, the first one first; none before the first approval."""
    themes = session.scalars(select(Theme).where(Theme.consultation_id == consultation_id)).all()
    states = {theme.id: changes.theme_state(theme) for theme in themes}
    history = session.scalars(
        select(Change)
        .where(Change.consultation_id == consultation_id)
        .order_by(Change.number.desc())
    ).all()
    backwards: list[tuple[Frame, Change | None]] = []
    frame = _approved(states)
    for change in history:
        _roll_back(states, change)
        earlier = _approved(states)
        if earlier != frame:
            backwards.append((frame, change))
            frame = earlier
    if frame:
        backwards.append((frame, None))
    forwards = reversed(backwards)
    return [Version(number, one, change) for number, (one, change) in enumerate(forwards, start=1)]


def compare(one: Version, other: Version) -> list[Difference]:
    """Return what differs from one version to another, theme by theme."""
    found = []
    for key in dict.fromkeys([*one.themes, *other.themes]):
        before, after = one.themes.get(key), other.themes.get(key)
        if before is None and after is not None:
            found.append(Difference(after["name"], "added"))
        elif after is None and before is not None:
            found.append(Difference(before["name"], "removed"))
        elif before and after and before != after:
            fields = tuple((n, before[n], after[n]) for n in SHOWN if before[n] != after[n])
            found.append(Difference(after["name"], "changed", fields))
    return found


def changed_since(session: Session, consultation_id: str, when: dt.datetime) -> set[str]:
    """Return the ids of themes about which somebody has decided after a moment.

    A publication made before stands on what they were; its entries need another look.
    """
    about_themes = session.scalars(
        select(ThemeDecision.theme_id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .where(
            Theme.consultation_id == consultation_id,
            ThemeDecision.decided_at > when,
            ThemeDecision.verb.not_in(("proposed", "placed")),
        )
    )
    return set(about_themes) | _recoded_since(session, consultation_id, when)


def _recoded_since(session: Session, consultation_id: str, when: dt.datetime) -> set[str]:
    """Return the themes that gained or lost an answer when somebody read it after a moment."""
    then: dict[str, set[str] | None] = {}
    now: dict[str, set[str] | None] = {}
    for before, after in session.execute(
        select(Change.before, Change.after)
        .where(
            Change.consultation_id == consultation_id,
            Change.decided_at > when,
            Change.response_id.is_not(None),
        )
        .order_by(Change.number)
    ):
        for answer, state in json.loads(before)["answers"].items():
            then.setdefault(answer, _coded(state))
        now |= {answer: _coded(state) for answer, state in json.loads(after)["answers"].items()}
    machine = _by_machine(session, consultation_id, [*then])
    return {
        theme
        for answer in then
        for theme in _or(then[answer], machine.get(answer)) ^ _or(now[answer], machine.get(answer))
    }


def _coded(state: changes.State | None) -> set[str] | None:
    return None if state is None else {row[0] for row in state["codings"]}


def _or(by_person: set[str] | None, by_machine: set[str] | None) -> set[str]:
    return (by_machine or set()) if by_person is None else by_person


def _by_machine(
    session: Session, consultation_id: str, answers: Collection[str]
) -> dict[str, set[str]]:
    """Return the themes where the newest run put these answers."""
    run = queries.latest_run(session, consultation_id)
    found: dict[str, set[str]] = {}
    if run is None:
        return found
    wanted = set(answers)
    for response_id, question, theme_id in session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, ThemeSource.theme_id)
        .join(ThemeSource, ThemeSource.proposed_theme_id == ProposedCoding.proposed_theme_id)
        .join(Theme, Theme.id == ThemeSource.theme_id)
        .where(ProposedCoding.run_id == run.id, Theme.retired_at.is_(None))
    ):
        key = changes.key_of((response_id, question))
        if key in wanted:
            found.setdefault(key, set()).add(theme_id)
    return found


def examples(
    session: Session, run: AnalysisRun, theme: Theme
) -> tuple[Sequence[ProposedCoding], Sequence[ProposedCoding]]:
    """Return typical and edge clauses of a theme, each from another answer; fewer if there are."""
    ranked = queries.examples(session, run.id, theme, None)
    best: dict[tuple[str, str], ProposedCoding] = {}
    for clause in ranked:
        best.setdefault((clause.response_id, clause.question), clause)
    ordered = list(best.values())
    return ordered[:TYPICAL], ordered[TYPICAL:][-EDGE:][::-1]


def approve_after_reading(
    session: Session,
    run: AnalysisRun,
    theme: Theme,
    seen: Collection[Clause],
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
) -> Theme:
    """Approve a theme whose typical and edge examples somebody has read; keep which ones.

    Raises NotSeenError when examples are missing: five typical and three from the edge, or as
    many as there are.
    """
    needed = {_clause(one) for group in examples(session, run, theme) for one in group}
    if needed - set(seen):
        message = "Read the typical and the edge comments first, then say that you have."
        raise trail.NotSeenError(message)
    return decisions.approve(session, theme, actor=actor, now=now, why=why, seen=sorted(needed))


def under_heard(bases: Mapping[str, int]) -> set[str]:
    """Return the audiences that wrote less than an even share of all who wrote."""
    even = sum(bases.values()) / max(len(bases), 1)
    return {audience for audience, base in bases.items() if base < even}


def is_minority(session: Session, run: AnalysisRun, theme: Theme, *, threshold: int) -> bool:
    """Tell whether few people raised a theme and some of them are of an under-heard audience."""
    people = queries.people_by_audience(session, run.id, [theme])
    little_heard = under_heard(queries.base_by_audience(session, run.id))
    return 0 < sum(people.values()) < threshold and bool(little_heard & people.keys())


def retire_guarded(
    session: Session,
    run: AnalysisRun | None,
    theme: Theme,
    *,
    threshold: int,
    why: str,
    actor: str,
    now: dt.datetime,
) -> Theme:
    """Take a theme out of use; what few people of an under-heard group raised needs a full reason.

    Such a theme is listed from then on, as raised by fewer people than may be shown.
    """
    guarded = run is not None and is_minority(session, run, theme, threshold=threshold)
    if guarded and len(why.strip()) < REASON_LENGTH:
        message = (
            "Few people raised this, some from a group that is little heard."
            f" Say why it goes out of use in at least {REASON_LENGTH} letters."
        )
        raise trail.ReasonMissingError(message)
    found = decisions.retire(session, theme, why=why, actor=actor, now=now)
    if guarded:
        trail.record(session, theme, "kept_in_sight", why=why, actor=actor, now=now)
    return found


def kept_in_sight(session: Session, consultation_id: str) -> list[tuple[str, str]]:
    """Return name and reason of every guarded theme that is out of use."""
    rows = session.execute(
        select(Theme.name, ThemeDecision.why)
        .join(ThemeDecision, ThemeDecision.theme_id == Theme.id)
        .where(
            Theme.consultation_id == consultation_id,
            Theme.retired_at.is_not(None),
            ThemeDecision.verb == "kept_in_sight",
        )
        .order_by(Theme.name, ThemeDecision.decided_at.desc())
    )
    found: dict[str, str] = {}
    for name, why in rows:
        found.setdefault(name, why)
    return list(found.items())


def _clause(coding: ProposedCoding) -> Clause:
    return coding.response_id, coding.question, coding.segment


def _approved(states: Mapping[str, changes.State]) -> dict[str, dict[str, str]]:
    return {
        key: {name: state[name] or "" for name in SHOWN}
        for key, state in sorted(states.items())
        if state["approved_at"] and not state["retired_at"]
    }


def _roll_back(states: dict[str, changes.State], change: Change) -> None:
    before, after = json.loads(change.before)["themes"], json.loads(change.after)["themes"]
    for key in after:
        if key in before:
            states[key] = {**states[key], **before[key]}
        else:
            states.pop(key, None)
