"""Sheets of paper: from the code on a printed page to a response that two people have read.

What is keyed goes through the same rules as what is answered on a screen. A sheet has two codes.
Its number stands on every page, for the people who handle it. The receipt stands on the slip that
its owner cuts off and keeps, and leads to the answers; nobody keeps it, and staff never see it.
"""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation, local_date
from surveys import codes, respondents, services
from surveys.models import (
    Answer,
    FacilitatedSession,
    PaperPrint,
    PaperSheet,
    Response,
    Survey,
    SurveyVersion,
)
from surveys.paperwork import drawings
from surveys.paperwork.drawings import Drawing
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITIONS, Edition, Sent, Values, is_simple
from surveys.services.errors import SurveyError, SurveyNotOpenError

PREFIX = "SHEET"
CODE_BITS = 40
ATTEMPTS = 20
FIRST_PART = 4
LEFT_OUT = "It came on paper after the last day, and staff decided not to count it."
_LOOKALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[^0-9A-Z]")

Arrived = Literal["in_time", "late", "too_late"]


class SheetError(SurveyError):
    """A sheet cannot be keyed or checked as asked; the message says why."""


class AlreadyKeyedError(SheetError):
    """Somebody has keyed this sheet; a second paper with its code is a photocopy."""


def new_code(session: Session) -> str:
    """Return a sheet code that no other sheet has; its first four signs are new where possible."""
    code = codes.spelled(secrets.randbits(CODE_BITS), PREFIX)
    for _ in range(ATTEMPTS):
        alike = PaperSheet.code.startswith(code[: len(PREFIX) + 1 + FIRST_PART], autoescape=True)
        if session.scalar(select(PaperSheet.id).where(alike).limit(1)) is None:
            break
        code = codes.spelled(secrets.randbits(CODE_BITS), PREFIX)
    return code


def find_sheet(session: Session, survey: Survey, typed: str) -> PaperSheet | None:
    """Return the sheet of a survey by its code, or by its first four signs if only one has them.

    Raises CodeError when what was typed cannot be a code.
    """
    of_survey = (
        select(PaperSheet)
        .join(SurveyVersion, SurveyVersion.id == PaperSheet.survey_version_id)
        .where(SurveyVersion.survey_id == survey.id)
    )
    start = _start(typed)
    if start:
        alike = PaperSheet.code.startswith(f"{PREFIX}-{start}-", autoescape=True)
        found = session.scalars(of_survey.where(alike).limit(2)).all()
        return found[0] if len(found) == 1 else None
    return session.scalar(of_survey.where(PaperSheet.code == codes.parse(typed, PREFIX)))


def receipt_of(sheet: PaperSheet, *, secret: str) -> str:
    """Return the code for the slip of a printed sheet, which only its owner is to see.

    It is drawn from the sheet's random id by a keyed hash. What is stored, once the sheet has been
    keyed, is the seal of it, as of every receipt.
    """
    return codes.make(f"sheet:{sheet.id}", secret=secret)


def may_handle(session: Session, sheet: PaperSheet, user_id: str) -> bool:
    """Tell whether a facilitator may open a sheet: own session, own keying or own print."""
    mine = or_(
        FacilitatedSession.facilitator_id == user_id,
        PaperSheet.keyed_by == user_id,
        PaperPrint.asked_by == user_id,
    )
    found = session.scalar(
        select(PaperSheet.id)
        .outerjoin(FacilitatedSession, FacilitatedSession.id == PaperSheet.session_id)
        .outerjoin(PaperPrint, PaperPrint.id == PaperSheet.print_id)
        .where(PaperSheet.id == sheet.id, mine)
    )
    return found is not None


def unnumbered_sheet(
    session: Session,
    version: SurveyVersion,
    edition: Edition,
    *,
    session_id: str | None = None,
    now: dt.datetime,
) -> PaperSheet:
    """Give a photocopy, or a sheet whose code was lost, a code of its own."""
    sheet = PaperSheet(
        survey_version_id=version.id, edition=edition, code=new_code(session),
        printed_on=local_date(now), session_id=session_id,
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    return sheet


def key_sheet(
    session: Session,
    sheet: PaperSheet,
    sent: Mapping[str, Sent],
    *,
    arrived: Arrived = "in_time",
    pictures: Mapping[str, Drawing] = MappingProxyType({}),
    secret: str,
    keyed_by: str,
    now: dt.datetime,
) -> Response:
    """Turn what stands on a sheet into a response, sent and counted like any other.

    Answers to questions that the sheet said to leave out are not counted, but read for safety.

    A drawing is kept as a picture, with what was ticked beside it: see `drawings`.

    Paper may be keyed after closing; whether paper that came late counts is for staff to say in
    `arrived`. Raises AlreadyKeyedError, AnswerError for an answer that cannot be kept, and
    SurveyNotOpenError before the survey has opened.
    """
    if sheet.response_id is not None:
        raise _already()
    edition = edition_of(sheet)
    read, response = _begin(session, sheet, edition, now)
    for code, fields in sent.items():
        write(session, response.id, code, read.questions[code].parse(fields, edition))
    for code, drawing in pictures.items():
        told = read.questions[code], drawing, sent.get(code, {}), edition
        write(session, response.id, code, drawings.keep(session, response.id, *told))
    session.flush()
    receipt = receipt_of(sheet, secret=secret) if sheet.print_id else ""
    services.submit(session, response, secret=secret, now=now, on_paper=True, receipt=receipt)
    response.is_late = arrived != "in_time"
    if arrived == "too_late":
        response.left_out_at, response.left_out_because = now, LEFT_OUT
    _claim(session, sheet, response, keyed_by, now)
    audited(session, sheet, "key", actor=keyed_by, now=now)
    return response


def close_slip(
    session: Session, sheet: PaperSheet, *, secret: str, actor: str, now: dt.datetime
) -> None:
    """Let the code on a slip open nothing any more: a photocopy carries it too.

    Two people hold it then, and neither may read or take out what the other said. The answers
    stay and count as before.
    """
    response = session.get(Response, sheet.response_id) if sheet.response_id else None
    slip = codes.seal(receipt_of(sheet, secret=secret), secret=secret)
    if response is not None and response.receipt_hmac == slip:
        services.change_receipt(session, response, secret=secret)
    audited(session, sheet, "copied", actor=actor, now=now)


def _begin(
    session: Session, sheet: PaperSheet, edition: Edition, now: dt.datetime
) -> tuple[Questionnaire, Response]:
    version = session.get_one(SurveyVersion, sheet.survey_version_id)
    survey = session.get_one(Survey, version.survey_id)
    if survey.opened_at is None or now < survey.opened_at:
        message = "This survey is not open yet, so nothing can be keyed."
        raise SurveyNotOpenError(message)
    plan = session.get_one(Consultation, survey.consultation_id)
    response = Response(
        survey_version_id=version.id, edition=edition, channel=_channel(session, sheet, edition),
        kind="individual", notice_version=plan.privacy_notice_version, started_at=now,
        session_id=sheet.session_id,
    )  # fmt: skip
    session.add(response)
    session.flush()
    return respondents.questionnaire(session, version.id, version.document_hash), response


def _channel(session: Session, sheet: PaperSheet, edition: Edition) -> str:
    if sheet.session_id is not None:
        return session.get_one(FacilitatedSession, sheet.session_id).channel
    return "paper_er" if is_simple(edition) else "paper_std"


def _claim(
    session: Session, sheet: PaperSheet, response: Response, keyed_by: str, now: dt.datetime
) -> None:
    """Bind the sheet to its response, unless somebody else was quicker."""
    session.flush()
    claimed = session.execute(
        update(PaperSheet)
        .where(PaperSheet.id == sheet.id, PaperSheet.response_id.is_(None))
        .values(response_id=response.id, keyed_by=keyed_by, keyed_on=local_date(now))
        .returning(PaperSheet.id),
        execution_options={"synchronize_session": False},
    ).first()
    session.expire(sheet)
    if claimed is None:
        raise _already()
    forget_file = update(PaperPrint).where(PaperPrint.id == sheet.print_id).values(content=None)
    session.execute(forget_file, execution_options={"synchronize_session": False})


def write(session: Session, response_id: str, code: str, values: Values) -> None:
    """Put an answer in the place of what stood there."""
    mine = (Answer.response_id == response_id, Answer.question == code)
    session.execute(delete(Answer).where(*mine))
    session.add_all(
        Answer(response_id=response_id, question=code, position=number, value=value)
        for number, value in enumerate(values)
    )


def edition_of(sheet: PaperSheet) -> Edition:
    """Return the edition that a sheet was printed in."""
    return next(edition for edition in EDITIONS if edition == sheet.edition)


def audited(
    session: Session, sheet: PaperSheet, verb: str, *, actor: str, now: dt.datetime
) -> None:
    """Record what was done with a sheet: ids and a verb, never words."""
    audit.record(
        session, actor=actor, verb=verb, object_type="paper_sheet", object_id=sheet.id, now=now
    )


def _start(typed: str) -> str:
    """Return the first signs of a code when no more was typed than these."""
    signs = _SEPARATORS.sub("", typed.upper())
    if len(signs) == len(PREFIX) + FIRST_PART:
        signs = signs.removeprefix(PREFIX)
    return signs.translate(_LOOKALIKES) if len(signs) == FIRST_PART else ""


def _already() -> AlreadyKeyedError:
    return AlreadyKeyedError(
        "Somebody has keyed a sheet with this code meanwhile. Is this another piece of paper? Then "
        "it is a photocopy: open the code again, and key it as a copy."
    )
