"""The queue of words that a safeguarding reader must see: all of them, the gravest first.

Rules and a classifier only set the order. They let nothing through and shut nothing out: every
free text is read by a person.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engage.safeguarding import outputs, reading
from engage.safeguarding.decisions import NO_CONCERN
from engage.safeguarding.models import HOLD_FROM, SafeguardingItem
from engage.safeguarding.order import order_score
from engage.safeguarding.turns import take_turn
from surveys import respondents, services
from surveys.questions import words_to_read
from surveys.signals import artefact_kept, submitted, transcribed, withdrawn

AT_ONCE = 64


def waiting(session: Session) -> int:
    """Return how many texts nobody has read for safeguarding yet, or one person of two has."""
    unsettled = SafeguardingItem.settled_at.is_(None)
    return session.scalar(select(func.count()).select_from(SafeguardingItem).where(unsettled)) or 0


def queue_texts(
    session: Session, response_id: str, questions: Iterable[str], *, now: dt.datetime
) -> list[SafeguardingItem]:
    """Put every text of a response on the queue, and hold the gravest back from analysis."""
    wanted = set(questions)
    texts = {
        question: words_to_read(values)
        for question, values in respondents.answers(session, response_id).items()
        if question in wanted
    }
    left_out = respondents.left_out_words(session, response_id)
    texts |= {question: words for question, words in left_out.items() if question in wanted}
    items = [
        SafeguardingItem(
            response_id=response_id,
            question=question,
            created_at=now,
            order_score=order_score(text),
        )
        for question, text in texts.items()
    ]
    session.add_all(items)
    session.flush()
    for item in items:
        _keep_back(session, item, now)
    return items


def queue_words(
    session: Session, response_id: str, question: str, words: str, *, now: dt.datetime
) -> SafeguardingItem:
    """Put words on the queue that a person wrote down for somebody; new words are read anew.

    What was decided about the words before stays in the log.
    """
    same = (SafeguardingItem.response_id == response_id, SafeguardingItem.question == question)
    item = session.scalar(select(SafeguardingItem).where(*same))
    if item is None:
        item = SafeguardingItem(response_id=response_id, question=question)
        session.add(item)
    item.created_at, item.order_score, item.is_weighed = now, order_score(words), False
    item.decided_at = item.decided_by = item.decision = item.returns = None
    item.confirmed_at = item.confirmed_by = item.settled_at = None
    session.flush()
    services.mark_unread(session, response_id, question)
    if item.order_score >= HOLD_FROM:
        outputs.keep_back(session, response_id, question, now=now)
    else:
        services.release(session, response_id, question, now=now)
    return item


def queue_artefact(
    session: Session, artefact_id: str, question: str, words: str, *, now: dt.datetime
) -> SafeguardingItem:
    """Put something that a session made on the queue; a drawing without words is looked at too."""
    item = SafeguardingItem(
        artefact_id=artefact_id, question=question, created_at=now, order_score=order_score(words)
    )
    session.add(item)
    session.flush()
    _keep_back(session, item, now)
    return item


def still_read(session: Session, response_id: str) -> frozenset[str]:
    """Return the questions whose words are still needed: unread, or a person found a reason."""
    needed = or_(SafeguardingItem.settled_at.is_(None), SafeguardingItem.decision != NO_CONCERN)
    found = select(SafeguardingItem.question).where(SafeguardingItem.response_id == response_id)
    return frozenset(session.scalars(found.where(needed)))


def weigh_waiting(session: Session, *, now: dt.datetime) -> int:
    """Look at the meaning of waiting texts that were placed by their words alone.

    Returns how many were placed anew. Nobody's decision is touched, and words that were written
    anew meanwhile wait for the next time. Slow, so for a worker.
    """
    from engage.safeguarding.meaning import meanings  # noqa: PLC0415  # heavy

    unweighed = (SafeguardingItem.is_weighed.is_(False), SafeguardingItem.decision.is_(None))
    oldest = select(SafeguardingItem).where(*unweighed).order_by(SafeguardingItem.created_at)
    items = session.scalars(oldest.limit(AT_ONCE)).all()
    texts = reading.words_of(session, items)
    found = meanings([texts[item.id] for item in items])
    take_turn(session, texts)
    still = frozenset(session.scalars(select(SafeguardingItem.id).where(*unweighed)))
    now_said = reading.words_of(session, [item for item in items if item.id in still])
    placed = [
        (item, meaning)
        for item, meaning in zip(items, found, strict=True)
        if now_said.get(item.id) == texts[item.id]
    ]
    for item, meaning in placed:
        item.order_score = order_score(texts[item.id], meaning)
        item.is_weighed = True
        _keep_back(session, item, now)
    session.flush()
    return len(placed)


def init_app(app: Flask) -> None:
    """Listen for what people send; words and their place on the queue commit together."""
    del app
    submitted.connect(_on_submitted)
    transcribed.connect(_on_transcribed)
    artefact_kept.connect(_on_artefact_kept)
    withdrawn.connect(_on_withdrawn)


def _keep_back(session: Session, item: SafeguardingItem, now: dt.datetime) -> None:
    """Keep high words out of the analysis until they are read; let go of others."""
    is_high = item.order_score >= HOLD_FROM
    if item.response_id is not None:
        keep = services.hold if is_high else services.release
        keep(session, item.response_id, item.question, now=now)
    elif item.artefact_id is not None:
        keep_made = services.hold_artefact if is_high else services.release_artefact
        keep_made(session, item.artefact_id, now=now)


def _on_submitted(
    session: Session, *, response_id: str, questions: Iterable[str], now: dt.datetime, **_: Any
) -> None:
    queue_texts(session, response_id, questions, now=now)


def _on_transcribed(
    session: Session, *, response_id: str, question: str, words: str, now: dt.datetime, **_: Any
) -> None:
    queue_words(session, response_id, question, words, now=now)


def _on_artefact_kept(
    session: Session, *, artefact_id: str, question: str, words: str, now: dt.datetime, **_: Any
) -> None:
    queue_artefact(session, artefact_id, question, words, now=now)


def _on_withdrawn(session: Session, *, response_id: str, **_: Any) -> frozenset[str]:
    return still_read(session, response_id)
