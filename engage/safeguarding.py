"""The queue of words that a safeguarding reader must see: all of them, the gravest first.

A short list of words only sets the order. It lets nothing through and shuts nothing out: every
free text is read by a person.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage.orm import Base, Code, IdKey
from surveys import respondents, services
from surveys.questions import words_to_read
from surveys.signals import artefact_kept, submitted, transcribed, withdrawn

HOLD_FROM = 2
NOTHING_TO_DO = "no_concern"

LEXICON: dict[str, int] = {
    r"suicid\w*|kill (?:my|him|her|them)sel\w+|end (?:my|it) (?:life|all)|self[- ]?harm\w*": 4,
    r"want(?:s|ed)? to die|better off dead|overdos\w*|cut(?:s|ting)? (?:my|him|her)self": 4,
    r"abus\w*|molest\w*|rape\w*|groom(?:ed|ing)|inappropriate(?:ly)? touch\w*|touch(?:es|ed) me": 3,
    r"hit(?:s|ting)? (?:me|him|her|us)|beat(?:s|en|ing)? (?:me|him|her|us)|punch\w*|strangl\w*": 3,
    r"restrain\w*|locked in|pinned down|assault\w*|violen\w*|weapon|knife": 2,
    r"not safe|unsafe|scared (?:at|of|to)|frightened|hurts? me|neglect\w*|starv\w*": 2,
    r"run(?:s|ning)? away|missing from home|bull(?:y|ied|ies|ying)|threat\w*": 1,
}
PATTERNS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), score) for words, score in LEXICON.items()
)


class SafeguardingItem(Base):
    """One free text, from an answer or a session, that waits for a reader or was decided about."""

    __tablename__ = "safeguarding_item"
    __table_args__ = (
        UniqueConstraint("response_id", "question"),
        CheckConstraint("(response_id IS NULL) = (artefact_id IS NOT NULL)", name="one_source"),
        CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decision_is_whole",
        ),
        Index("ix_safeguarding_item_waiting", "decided_at", "order_score"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("response.id", ondelete="CASCADE")
    )
    artefact_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("artefact.id", ondelete="CASCADE"), unique=True
    )
    question: Mapped[Code]
    created_at: Mapped[dt.datetime]
    order_score: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(120))
    decision: Mapped[Code | None]


def order_score(text: str) -> int:
    """Return how soon a text should be read; 0 does not mean that it is safe."""
    return max((score for pattern, score in PATTERNS if pattern.search(text)), default=0)


def waiting(session: Session) -> int:
    """Return how many texts nobody has read for safeguarding yet."""
    undecided = SafeguardingItem.decided_at.is_(None)
    return session.scalar(select(func.count()).select_from(SafeguardingItem).where(undecided)) or 0


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
        if item.order_score >= HOLD_FROM:
            services.hold(session, response_id, item.question, now=now)
    return items


def queue_words(
    session: Session, response_id: str, question: str, words: str, *, now: dt.datetime
) -> SafeguardingItem:
    """Put words on the queue that a person wrote down for somebody; new words are read anew."""
    same = (SafeguardingItem.response_id == response_id, SafeguardingItem.question == question)
    item = session.scalar(select(SafeguardingItem).where(*same))
    if item is None:
        item = SafeguardingItem(response_id=response_id, question=question)
        session.add(item)
    item.created_at, item.order_score = now, order_score(words)
    item.decided_at = item.decided_by = item.decision = None
    session.flush()
    if item.order_score >= HOLD_FROM:
        services.hold(session, response_id, question, now=now)
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
    if item.order_score >= HOLD_FROM:
        services.hold_artefact(session, artefact_id, now=now)
    return item


def still_read(session: Session, response_id: str) -> frozenset[str]:
    """Return the questions whose words are still needed: unread, or a person found a reason."""
    needed = or_(SafeguardingItem.decision.is_(None), SafeguardingItem.decision != NOTHING_TO_DO)
    found = select(SafeguardingItem.question).where(SafeguardingItem.response_id == response_id)
    return frozenset(session.scalars(found.where(needed)))


def init_app(app: Flask) -> None:
    """Listen for what people send; words and their place on the queue commit together."""
    del app
    submitted.connect(_on_submitted)
    transcribed.connect(_on_transcribed)
    artefact_kept.connect(_on_artefact_kept)
    withdrawn.connect(_on_withdrawn)


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
