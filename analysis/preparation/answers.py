"""The one adapter between surveys and the analysis core: answers in, documents out."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.preparation import copies, offtopic, redactions, translations
from analysis.preparation.identity import document_id
from analysis.texts.documents import Document
from surveys import queries
from surveys.models import Response, Snapshot, SnapshotResponse


def documents(session: Session, snapshot_id: str) -> list[Document]:
    """Return every free-text answer of a snapshot as a document, grouped by audience.

    Held answers come too, marked: they must be counted as set aside, not vanish. What people have
    said so far comes along: off topic, part of a campaign or not, and in English.
    """
    consultation = session.get_one(Snapshot, snapshot_id).consultation_id
    campaign, own = copies.campaigns_of(session, consultation)
    aside, english = offtopic.answers(session), translations.newest(session)
    sessions, decided = _sessions(session, snapshot_id), redactions.overrides(session)
    found = []
    for answer in queries.free_text(session, snapshot_id):
        key = (answer.response_id, answer.question)
        found.append(
            Document(
                id=document_id(*key),
                text=answer.text,
                group=answer.audience,
                held=answer.held,
                off_topic=key in aside,
                session=sessions.get(answer.response_id, ""),
                campaign=campaign.get(key, ""),
                own_words=key in own,
                translation=english[key].words if key in english else "",
                overrides=decided.get(key, ()),
            )
        )
    return found


def _sessions(session: Session, snapshot_id: str) -> dict[str, str]:
    """Return the facilitated session of each response that was given in one."""
    rows = session.execute(
        select(Response.id, Response.session_id)
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .where(SnapshotResponse.snapshot_id == snapshot_id, Response.session_id.is_not(None))
    )
    return {row.id: row.session_id for row in rows}


def original(session: Session, snapshot_id: str, answer: tuple[str, str]) -> str | None:
    """Return one answer (response id, question) as it was written; None if it is not there."""
    found = (
        one.text
        for one in queries.free_text(session, snapshot_id)
        if (one.response_id, one.question) == answer
    )
    return next(found, None)
