"""Writing a response, page by page, until it is sent.

Respondents' acts are not audited: an audit trail of anonymous people would be a trail to them.
That answers were deleted unsent is the machine's act, and names nobody.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import Connection, case, delete, update
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation
from engage.orm import new_id
from surveys import queries, respondents
from surveys.models import Response, StoppedAfter, Survey
from surveys.prepared import Database
from surveys.questionnaire import Page
from surveys.questions import EDITIONS, Edition, Sent, Values, is_simple
from surveys.respondents import Answering
from surveys.screens import ANSWERS_KEPT_DAYS
from surveys.services import uploads
from surveys.services.errors import AlreadySentError, SurveyError, SurveyNotOpenError
from surveys.services.writing import keep_one_and_reached, keep_reached, keep_values, sql_of

ON_SCREEN: Mapping[Edition, str] = {
    edition: "bsl" if edition == "bsl" else "online_er" if is_simple(edition) else "online_std"
    for edition in EDITIONS
}
#: What the record says of answers that were deleted unsent, and who did it.
FORGOT_UNSENT, ON_ITS_DAY = "forgot_unsent", "their last day"
NOT_NOW: Mapping[respondents.State, str] = {
    "not_open": "This survey is not open yet.",
    "paused": "This survey is paused for a while.",
    "closed": "This survey has closed.",
}


class TheResponse(Protocol):
    """A response as the services need it: the row or the light reading of it."""

    @property
    def id(self) -> str:
        """Return the response's id."""


def start_response(
    session: Session,
    survey: Survey,
    *,
    edition: Edition,
    channel: str,
    now: dt.datetime,
    response_id: str | None = None,
    session_id: str | None = None,
    link_id: str | None = None,
) -> Response:
    """Begin a response: somebody has said yes. Raises SurveyNotOpenError.

    With an id that was drawn beforehand a second press begins nothing: it finds the first.
    """
    consultation = session.get_one(Consultation, survey.consultation_id)
    require_open(respondents.survey_state(survey, consultation.closes_on, now))
    begun = response_id or new_id()
    row = {
        "id": begun,
        "survey_version_id": queries.current_version(session, survey).id,
        "edition": edition,
        "channel": channel,
        "kind": "individual",
        "notice_version": consultation.privacy_notice_version,
        "started_at": now,
        "session_id": session_id or None,
        "link_id": link_id or None,
    }
    insert = sql_of(session).insert(Response).values(row)
    session.execute(insert.on_conflict_do_nothing(index_elements=["id"]))
    return session.get_one(Response, begun)


def record_page(
    session: Database,
    response: TheResponse,
    page: Page,
    sent: Sent,
    *,
    now: dt.datetime,
    stored: Values | None = None,
) -> Values:
    """Keep one page's answer, or remove it when nothing was given; return what is stored.

    A view that has already read the response and its answers hands them in, so that saving
    costs no second reading. Raises AnswerError in the words of the edition, SurveyNotOpenError
    and AlreadySentError.
    """
    writing = writing_to(session, response, now)
    code = page.question.code
    before = respondents.answer(session, writing.id, code) if stored is None else stored
    values = page.question.parse(sent, writing.edition, before)
    keep_page(session, writing, page, values, before)
    return values


def keep_page(
    database: Database, writing: Answering, page: Page, values: Values, before: Values
) -> None:
    """Write what a page was found to say, for somebody who has judged it already."""
    if page.question.takes_file:
        _settle(database, writing, page, values)
    asked, has_moved = page.question.code, writing.reached != page.id
    if has_moved and len(values) == 1 and len(before) <= 1 and values != before:
        keep_one_and_reached(database, writing.id, asked, values[0], page.id)
        return
    keep_values(database, writing.id, asked, values, before)
    if has_moved:
        keep_reached(database, writing.id, page.id)


def switch_edition(
    session: Database, response: TheResponse, edition: Edition, *, now: dt.datetime
) -> None:
    """Show the rest in another edition; answers are the same in all, so none changes.

    The channel of answers given on screen follows; paper typed in stays paper.
    """
    writing = writing_to(session, response, now)
    on_screen = Response.channel.in_(sorted(set(ON_SCREEN.values())))
    channel = case((on_screen, ON_SCREEN[edition]), else_=Response.channel)
    change(session, writing.id, edition=edition, channel=channel)
    forget(session, response)


def grown_up_is_there(session: Session, response: TheResponse, *, now: dt.datetime) -> None:
    """Note that a child under 13 has said that a grown-up is with them."""
    writing = writing_to(session, response, now)
    change(session, writing.id, adult_present=True)
    forget(session, response)


def discard(session: Session, response: TheResponse) -> None:
    """Remove a response that was never sent, with its answers: somebody has changed their mind."""
    session.execute(
        delete(Response).where(Response.id == response.id, Response.submitted_at.is_(None)),
        execution_options={"synchronize_session": False},
    )


def forget_unsent(session: Session, *, now: dt.datetime) -> int:
    """Delete answers that nobody has sent in the days they are kept for; return how many people's.

    What hangs on a response goes with it: answers, files, the code to come back with. Running it
    again deletes nothing more. What stays is that answers to this version of a survey were deleted
    unsent, one event each, and a count of where people stopped; nothing of theirs.
    """
    last = now - dt.timedelta(days=ANSWERS_KEPT_DAYS)
    gone = session.execute(
        delete(Response)
        .where(Response.submitted_at.is_(None), Response.started_at <= last)
        .returning(Response.survey_version_id, Response.edition, Response.reached),
        execution_options={"synchronize_session": False},
    ).all()
    _count_stops(session, Counter((row[0], row[1], row[2] or "") for row in gone))
    for version_id in sorted(row[0] for row in gone):
        audit.record(
            session, actor=ON_ITS_DAY, verb=FORGOT_UNSENT, object_type="survey_version",
            object_id=version_id, now=now,
        )  # fmt: skip
    return len(gone)


def _count_stops(session: Session, stopped: Mapping[tuple[str, str, str], int]) -> None:
    """Add to the counts of where people stop; only one worker at a time does."""
    for key in sorted(stopped):
        there = session.get(StoppedAfter, key, with_for_update=True)
        if there is None:
            version_id, edition, page = key
            there = StoppedAfter(
                survey_version_id=version_id, edition=edition, page=page, people=0
            )  # fmt: skip
            session.add(there)
        there.people += stopped[key]
    session.flush()


def require_open(state: respondents.State) -> None:
    """Raise SurveyNotOpenError unless answers may be given now."""
    if state != "open":
        raise SurveyNotOpenError(NOT_NOW[state])


def writing_to(session: Database, response: TheResponse, now: dt.datetime) -> Answering:
    """Return a response that may still be written to; raise the named error otherwise."""
    found = response if isinstance(response, Answering) else the_response(session, response)
    if found.submitted_at is not None:
        message = "Your answers have been sent already."
        raise AlreadySentError(message)
    require_open(found.state(now))
    return found


def the_response(session: Database, response: TheResponse) -> Answering:
    """Return a response as it stands now; raise SurveyError when it is gone."""
    found = respondents.answering(session, response.id)
    if found is None:
        message = "These answers are not there any more."
        raise SurveyError(message)
    return found


def change(session: Database, response_id: str, **values: object) -> None:
    """Change facts of a response with one statement."""
    session.execute(
        update(Response).where(Response.id == response_id).values(**values),
        execution_options={"synchronize_session": False},
    )


def forget(session: Database, response: TheResponse) -> None:
    """Let a row that was changed by a statement be read anew."""
    if isinstance(response, Response) and isinstance(session, Session):
        session.expire(response)


def _settle(database: Database, writing: Answering, page: Page, values: Values) -> None:
    """Let the files of a question follow its answer, inside the same transaction."""
    if isinstance(database, Connection):
        if not database.in_transaction():
            database.begin()  # else the session would begin one of its own, and take it back
        with Session(bind=database) as session:  # it joins, and ends nothing when it is left
            uploads.settle(session, writing.id, page.question, values)
    else:
        uploads.settle(database, writing.id, page.question, values)
