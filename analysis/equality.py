"""Who answered: the one place where equality answers and responses come together.

Nothing leaves this module but tables that are safe to show. It counts people whose answers are
in a snapshot and still count, for one question at a time.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure import HIDDEN, Count, protect_row
from engage.consultations import local_date
from surveys import equality, queries
from surveys.equality import Block
from surveys.models import EqualityAnswer, Snapshot
from surveys.services.equality import KeyDestroyedError, last_day, links

NOT_ANSWERED = "not answered"


@dataclass(frozen=True)
class ProtectedTable:
    """How many people gave each answer to one equality question, as it may be shown.

    Attributes:
        of_whom: the answer that led to the question, in words; empty when everybody was asked.
        rows: words of each answer with its count.
        not_answered: people who were asked or could have been, and gave no answer.
        everybody: all of them together.
        wordings: versions of the wording that people were asked in.
    """

    question: str
    text: str
    of_whom: str
    rows: tuple[tuple[str, Count], ...]
    not_answered: Count
    everybody: Count
    wordings: tuple[str, ...]


def profile(  # what is counted and every limit on it
    session: Session,
    snapshot_id: str,
    question: str,
    *,
    secret: str,
    threshold: int,
    key_days: int,
    now: dt.datetime,
) -> ProtectedTable:
    """Count the people of a snapshot by their answer to one equality question.

    Raises KeyDestroyedError from the day on which the consultation's key has to go.
    """
    block = equality.block(local_date(now))
    snapshot = session.get_one(Snapshot, snapshot_id)
    _require_key(session, snapshot, key_days, now)
    people = queries.people_in(session, snapshot_id)
    who = links(session, snapshot.consultation_id, people, secret=secret)
    gate = block.gate_of(question)
    asked, of_whom, whole = _asked(session, block, who, people, gate, threshold)
    given, wordings = _answers(session, question, {k: r for k, r in who.items() if r in asked})
    options = block.questionnaire.questions[question].options
    counts = {option.key: 0 for option in options} | _tally(given.values())
    counts[NOT_ANSWERED] = len(asked) - len(given)
    shown = dict.fromkeys(counts, HIDDEN)
    if not whole.is_hidden:
        shown = protect_row(counts, threshold=threshold)
    return ProtectedTable(
        question=question,
        text=block.questionnaire.questions[question].text.standard,
        of_whom=of_whom,
        rows=tuple((option.words.standard, shown[option.key]) for option in options),
        not_answered=shown[NOT_ANSWERED],
        everybody=whole,
        wordings=tuple(sorted(wordings)),
    )


def profiles(
    session: Session, snapshot_id: str, *, secret: str, threshold: int, key_days: int,
    now: dt.datetime,
) -> tuple[ProtectedTable, ...]:  # fmt: skip
    """Return the table of every equality question, in the order they are asked."""
    return tuple(
        profile(
            session, snapshot_id, code,
            secret=secret, threshold=threshold, key_days=key_days, now=now,
        )
        for code in equality.block(local_date(now)).questionnaire.questions
    )  # fmt: skip


def _require_key(session: Session, snapshot: Snapshot, key_days: int, now: dt.datetime) -> None:
    day = last_day(session, snapshot.consultation_id, days=key_days)
    if day is not None and local_date(now) >= day:
        message = "These answers can be linked to nothing any more: the key is destroyed."
        raise KeyDestroyedError(message)


def _asked(
    session: Session,
    block: Block,
    who: Mapping[str, str],
    people: Collection[str],
    gate: tuple[str, frozenset[str]] | None,
    threshold: int,
) -> tuple[set[str], str, Count]:
    """Return whom a question was for, in words, and how many they are as it may be shown.

    A question that follows from an answer is out of those who gave it. Where their number is
    hidden in its own table, nothing of the question that follows may be shown.
    """
    if gate is None:
        shown = protect_row({"all": len(people)}, threshold=threshold)
        return set(people), "", shown["all"]
    before, keys = gate
    given, _ = _answers(session, before, who)
    options = block.questionnaire.questions[before].options
    counts = {option.key: 0 for option in options} | _tally(given.values())
    counts[NOT_ANSWERED] = len(people) - len(given)
    shown = protect_row(counts, threshold=threshold)
    hidden = any(shown[key].is_hidden for key in keys) or len(people) < threshold
    asked = {response for response, value in given.items() if value in keys}
    words = " / ".join(option.words.standard for option in options if option.key in keys)
    return asked, words, HIDDEN if hidden else Count(len(asked), None)


def _answers(
    session: Session, question: str, who: Mapping[str, str]
) -> tuple[dict[str, str], set[str]]:
    """Return each person's answer by response, and the wordings they were asked in."""
    rows = session.execute(
        select(EqualityAnswer.link, EqualityAnswer.value, EqualityAnswer.wording).where(
            EqualityAnswer.question == question, EqualityAnswer.position == 0
        )
    )
    found = [(who[link], value, wording) for link, value, wording in rows if link in who]
    return {response: value for response, value, _ in found}, {row[2] for row in found}


def _tally(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
