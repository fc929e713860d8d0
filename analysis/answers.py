"""The one adapter between surveys and the analysis core: answers in, documents out."""

from sqlalchemy.orm import Session

from analysis import redactions
from analysis.documents import Document
from surveys import queries


def document_id(response_id: str, question: str) -> str:
    """Name a document after the answer it came from, so that every line walks back to it."""
    return f"{response_id}:{question}"


def answer_of(document: str) -> tuple[str, str]:
    """Return (response id, question) of a document id made by `document_id`."""
    response_id, _, question = document.partition(":")
    return response_id, question


def documents(session: Session, snapshot_id: str) -> list[Document]:
    """Return every free-text answer of a snapshot as a document, grouped by audience.

    Held answers come too, marked: they must be counted as set aside, not vanish.
    """
    decided = redactions.overrides(session)
    return [
        Document(
            id=document_id(answer.response_id, answer.question),
            text=answer.text,
            group=answer.audience,
            held=answer.held,
            overrides=decided.get((answer.response_id, answer.question), ()),
        )
        for answer in queries.free_text(session, snapshot_id)
    ]


def original(session: Session, snapshot_id: str, answer: tuple[str, str]) -> str | None:
    """Return one answer (response id, question) as it was written; None if it is not there."""
    found = (
        one.text
        for one in queries.free_text(session, snapshot_id)
        if (one.response_id, one.question) == answer
    )
    return next(found, None)
