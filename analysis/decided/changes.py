"""The journal: what every act touched, before and after, and taking an act back exactly.

A state is plain data. A theme's state holds everything people decide about it; an answer's state
holds who read it and what it is about, or None while only the machine has spoken. Taking a change
back puts the states before it in place again, and is itself a change; it is refused where somebody
has changed the same thing since.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from analysis.models.records import Change
from analysis.models.store import Coding, ProposedTheme, Reading, Theme
from engage import audit

Answer = tuple[str, str]
State = dict[str, Any]
PLAIN = (
    "name", "easy_name", "starter_code", "ambition", "approved_by", "parent_id",
    "means", "includes", "excludes", "example",
)  # fmt: skip
TIMES = ("approved_at", "retired_at")
AT_ONCE = 500


class ChangedSinceError(ValueError):
    """What a change touched is no longer as the change left it; the message says what to do."""


@contextmanager
def change(
    session: Session,
    consultation_id: str,
    verb: str,
    *,
    themes: Collection[Theme] = (),
    answers: Collection[Answer] = (),
    actor: str,
    now: dt.datetime,
    **more: Any,
) -> Iterator[Change]:
    """Keep the states of themes and answers around an act; give the change for its trail.

    Name all that the act may touch; what it makes is appended to `themes` meanwhile. Further
    columns of the change, such as why, response_id and question, come by name.
    """
    session.flush()
    before = _states(session, themes, answers)
    made = Change(
        consultation_id=consultation_id, verb=verb, number=0, before="{}", after="{}",
        decided_by=actor, decided_at=now, **{"why": "", **more},
    )  # fmt: skip
    made.number = _seal(session, made, actor=actor, now=now)
    session.add(made)
    session.flush()
    yield made
    session.flush()
    after = _states(session, themes, answers)
    made.before, made.after = _packed(before, after), _packed(after, before)
    session.flush()


def undo(session: Session, made: Change, *, actor: str, now: dt.datetime, why: str = "") -> Change:
    """Put everything that a change touched back as it was; raise ChangedSinceError if it cannot."""
    before, after = json.loads(made.before), json.loads(made.after)
    if session.scalar(select(Change.id).where(Change.undoes_id == made.id)):
        message = "This change has been taken back already."
        raise ChangedSinceError(message)
    touched = [session.get_one(Theme, key) for key in after["themes"]]
    answers = [answer_of(key) for key in after["answers"]]
    _refuse_if_moved_on(_states(session, touched, answers), after)
    _refuse_if_coded(session, after["themes"].keys() - before["themes"].keys(), answers)
    with change(
        session, made.consultation_id, "undone", themes=touched, answers=answers, actor=actor,
        now=now, why=why, undoes_id=made.id, response_id=made.response_id, question=made.question,
    ) as back:  # fmt: skip
        for theme in touched:
            put_theme(session, theme, before["themes"].get(theme.id), now=now)
        for answer in answers:
            put_answer(session, answer, before["answers"][key_of(answer)])
    return back


def undone(session: Session, ids: Iterable[str]) -> set[str]:
    """Return which of these changes have been taken back."""
    statement = select(Change.undoes_id).where(Change.undoes_id.in_(list(ids)))
    return {found for found in session.scalars(statement) if found}


def key_of(answer: Answer) -> str:
    """Return an answer as a key of JSON."""
    return ":".join(answer)


def answer_of(key: str) -> Answer:
    """Return the answer of a key made by `key_of`."""
    response_id, _, question = key.partition(":")
    return response_id, question


def theme_state(theme: Theme) -> State:
    """Return everything people decide about a theme."""
    state: State = {name: getattr(theme, name) for name in PLAIN}
    for name in TIMES:
        moment = getattr(theme, name)
        state[name] = moment.astimezone(dt.UTC).isoformat() if moment else None
    state["sources"] = sorted(source.id for source in theme.sources)
    return state


def answer_states(session: Session, answers: Collection[Answer]) -> dict[Answer, State | None]:
    """Return who read each answer and what it is about, or None where no person has."""
    found: dict[Answer, State | None] = dict.fromkeys(answers)
    for some in _some_at_once(sorted({answer[0] for answer in answers})):
        for row in session.execute(
            select(Reading.response_id, Reading.question, Reading.read_by, Reading.read_at).where(
                Reading.response_id.in_(some)
            )
        ):
            if (row[0], row[1]) in found:
                at = row.read_at.astimezone(dt.UTC).isoformat()
                found[row[0], row[1]] = {"by": row.read_by, "at": at, "codings": []}
        for response_id, question, *coding in session.execute(
            select(
                Coding.response_id, Coding.question,
                Coding.theme_id, Coding.is_primary, Coding.stance, Coding.clauses,
            )
            .where(Coding.response_id.in_(some))
            .order_by(Coding.theme_id)
        ):  # fmt: skip
            if state := found.get((response_id, question)):
                state["codings"].append(coding)
    return found


def _some_at_once(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the ids in portions that one statement can name."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def put_theme(session: Session, theme: Theme, state: State | None, *, now: dt.datetime) -> None:
    """Give a theme these of its properties; None means it was not there, so it goes out of use."""
    if state is None:
        theme.retired_at = now
        return
    for name in PLAIN:
        if name in state:
            setattr(theme, name, state[name])
    for name in TIMES:
        if name in state:
            setattr(theme, name, state[name] and dt.datetime.fromisoformat(state[name]))
    if "sources" in state:
        theme.sources = [session.get_one(ProposedTheme, key) for key in state["sources"]]
    touch(theme)


def put_answer(session: Session, answer: Answer, state: State | None) -> None:
    """Let an answer be about exactly this; None gives it back to the machine."""
    response_id, question = answer
    session.execute(
        delete(Coding).where(Coding.response_id == response_id, Coding.question == question)
    )
    reading = session.get(Reading, answer)
    if state is None:
        if reading is not None:
            session.delete(reading)
        session.flush()
        return
    if reading is None:
        reading = Reading(response_id=response_id, question=question)
        session.add(reading)
    reading.read_by, reading.read_at = state["by"], dt.datetime.fromisoformat(state["at"])
    flag_modified(reading, "read_by")  # the version rises even where nothing else differs
    session.flush()
    for theme_id, is_primary, stance, clauses in state["codings"]:
        session.add(
            Coding(
                theme_id=theme_id, response_id=response_id, question=question,
                is_primary=is_primary, stance=stance, clauses=clauses,
            )
        )  # fmt: skip
    session.flush()


def touch(theme: Theme) -> None:
    """Let the version of a theme rise even where only what hangs on it changes."""
    flag_modified(theme, "name")


def _seal(session: Session, made: Change, *, actor: str, now: dt.datetime) -> int:
    """Put the change into the record of all acts and return its place there."""
    kind, subject = "consultation", made.consultation_id
    if made.response_id and made.question:
        kind, subject = "answer", key_of((made.response_id, made.question))
    return audit.record(
        session, actor=actor, verb=made.verb, object_type=kind, object_id=subject, now=now
    ).sequence


def _states(session: Session, themes: Iterable[Theme], answers: Collection[Answer]) -> State:
    return {
        "themes": {theme.id: theme_state(theme) for theme in themes},
        "answers": {key_of(a): state for a, state in answer_states(session, answers).items()},
    }


def _packed(one: State, other: State) -> str:
    """Return the part of a state in which it differs from the other, as JSON."""
    themes: State = {}
    for key, state in one["themes"].items():
        there = other["themes"].get(key)
        mine = state if there is None else {n: v for n, v in state.items() if v != there[n]}
        if mine:
            themes[key] = mine
    answers = {
        k: v
        for k, v in one["answers"].items()
        if k not in other["answers"] or v != other["answers"][k]
    }
    return json.dumps({"themes": themes, "answers": answers}, sort_keys=True)


def _refuse_if_coded(session: Session, made: Collection[str], touched: Iterable[Answer]) -> None:
    """Refuse to take back themes that somebody has put a comment in since they were made."""
    rows = session.execute(
        select(Coding.response_id, Coding.question).where(Coding.theme_id.in_(made))
    )
    if {(row[0], row[1]) for row in rows} - set(touched):
        message = (
            "Somebody has put comments into a theme that this change made."
            " Move those comments first."
        )
        raise ChangedSinceError(message)


def _refuse_if_moved_on(now: State, left: State) -> None:
    themes_as_left = all(
        now["themes"][key][name] == value
        for key, state in left["themes"].items()
        for name, value in state.items()
    )
    if not themes_as_left or now["answers"] != left["answers"]:
        message = (
            "Somebody has changed the same theme or comment since."
            " Take the later change back first."
        )
        raise ChangedSinceError(message)
