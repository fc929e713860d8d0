"""The queue of words that a safeguarding reader must see: all of them, the gravest first.

A short list of words only sets the order. It lets nothing through and shuts nothing out: every
free text is read by a person.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage.orm import Base, Code, IdKey, IdRef
from surveys import respondents, services
from surveys.signals import submitted

HOLD_FROM = 2

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
    """One free-text answer that waits for a reader, or that a reader has decided about."""

    __tablename__ = "safeguarding_item"
    __table_args__ = (
        UniqueConstraint("response_id", "question"),
        CheckConstraint(
            "(decided_at IS NULL) = (decision IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decision_is_whole",
        ),
        Index("ix_safeguarding_item_waiting", "decided_at", "order_score"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
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
        question: values[0]
        for question, values in respondents.answers(session, response_id).items()
        if question in wanted
    }
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


def init_app(app: Flask) -> None:
    """Listen for submitted responses; words and their place on the queue commit together."""
    del app
    submitted.connect(_on_submitted)


def _on_submitted(
    session: Session, *, response_id: str, questions: Iterable[str], now: dt.datetime, **_: Any
) -> None:
    queue_texts(session, response_id, questions, now=now)
