"""The one adapter between surveys and the analysis core: answers in, documents out."""

from sqlalchemy.orm import Session

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
    return [
        Document(
            id=document_id(answer.response_id, answer.question),
            text=answer.text,
            group=answer.audience,
            held=answer.held,
        )
        for answer in queries.free_text(session, snapshot_id)
    ]
