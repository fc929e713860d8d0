"""Keeping words back from everything that was made of them, also after they were published."""

import datetime as dt

from sqlalchemy.orm import Session

from engage import jobs
from reports.publishing import takeouts
from surveys import services


def keep_back(session: Session, response_id: str, question: str, *, now: dt.datetime) -> None:
    """Hold words, take their mark away, and have files made anew that quote them.

    The work is asked for in the same name as when somebody takes their answers out, so that
    nobody can tell from it that a reader has a concern.
    """
    services.mark_unread(session, response_id, question)
    services.hold(session, response_id, question, now=now)
    for publication in takeouts.publications_quoting(session, response_id):
        jobs.enqueue(session, takeouts.JOB, publication.id, asked_by="respondent", now=now)
