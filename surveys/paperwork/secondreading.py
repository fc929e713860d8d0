"""The second reading of a sheet: another person keys it again, and differences are decided.

Also the picture of a sheet, which helps the second reader and can go when they are done.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engage.consultations import local_date
from surveys import cleaning, respondents, routing, signals
from surveys.models import PaperSheet, Response, SheetScan, SurveyVersion
from surveys.paperwork import drawings
from surveys.paperwork.sheets import SheetError, audited, write
from surveys.questionnaire import Questionnaire
from surveys.questions import Values
from surveys.services import uploads
from surveys.services.receipts import is_in_snapshot
from surveys.services.sending import keep_for_reader

Kept = Literal["first", "second"]
KEPT: tuple[Kept, ...] = get_args(Kept)
_NO_LETTERS = re.compile(r"[\W_]+")


class UndecidedError(SheetError):
    """Two people read different things, and nobody has decided yet which is right."""

    def __init__(self, differences: tuple["Difference", ...]) -> None:
        self.differences = differences
        super().__init__("The two readings differ. Decide each difference.")


@dataclasses.dataclass(frozen=True)
class Difference:
    """One question that two people read differently."""

    question: str
    first: Values
    second: Values


def unchecked(session: Session, survey_id: str) -> int:
    """Return how many sheets of a survey one person has keyed and nobody has checked yet."""
    waiting = PaperSheet.response_id.is_not(None) & PaperSheet.verified_by.is_(None)
    found = (
        select(func.count())
        .select_from(PaperSheet)
        .join(SurveyVersion, SurveyVersion.id == PaperSheet.survey_version_id)
        .where(SurveyVersion.survey_id == survey_id, waiting)
    )
    return session.scalar(found) or 0


def differences(
    session: Session, sheet: PaperSheet, values: Mapping[str, Values]
) -> tuple[Difference, ...]:
    """Return where a second reading of a sheet differs from the first, in the order asked."""
    read, response = _keyed(session, sheet)
    first = {
        code: drawings.words_only(read.questions[code], said)
        for code, said in respondents.answers(session, response.id).items()
    }
    second = routing.on_path_answers(read, values)
    return tuple(
        Difference(code, first.get(code, ()), second.get(code, ()))
        for code in read.questions
        if not _alike(first.get(code, ()), second.get(code, ()))
    )


def verify_sheet(
    session: Session,
    sheet: PaperSheet,
    values: Mapping[str, Values],
    *,
    decided: Mapping[str, Kept],
    verified_by: str,
    now: dt.datetime,
) -> tuple[Difference, ...]:
    """Note that a second person has keyed the sheet again; return the differences they decided.

    Raises UndecidedError while a difference is open, and SheetError when the same person checks,
    or when an answer would have to change that numbers rest on already.
    """
    if verified_by == sheet.keyed_by:
        message = "You keyed this sheet yourself. Another person has to check it."
        raise SheetError(message)
    found = differences(session, sheet, values)
    if any(one.question not in decided for one in found):
        raise UndecidedError(found)
    changed = {one.question: one.second for one in found if decided[one.question] == "second"}
    if changed:
        _correct(session, sheet, changed, now)
    sheet.verified_by, sheet.verified_on = verified_by, local_date(now)
    session.flush()
    audited(session, sheet, "verify", actor=verified_by, now=now)
    return found


def attach_scan(
    session: Session, sheet: PaperSheet, content: bytes, *, actor: str, now: dt.datetime
) -> SheetScan:
    """Keep a picture of a sheet, cleaned; a second one takes the place of the first.

    Raises AnswerError in plain words when it is not a picture that can be read.
    """
    cleaned = cleaning.clean(content, ("picture",))
    scan = session.get(SheetScan, sheet.id) or SheetScan(sheet_id=sheet.id)
    scan.media_type, scan.content = cleaned.media_type, cleaned.content
    session.add(scan)
    session.flush()
    audited(session, sheet, "scan", actor=actor, now=now)
    return scan


def drop_scan(session: Session, sheet: PaperSheet) -> None:
    """Erase the picture of a sheet that has been keyed and checked."""
    session.execute(delete(SheetScan).where(SheetScan.sheet_id == sheet.id))


def _correct(
    session: Session, sheet: PaperSheet, changed: Mapping[str, Values], now: dt.datetime
) -> None:
    """Put the second reading in place, and let new words be read for safety."""
    read, response = _keyed(session, sheet)
    if is_in_snapshot(session, response.id):
        message = (
            "These answers are part of numbers that are fixed, so they cannot be changed any more. "
            "Keep what was keyed first."
        )
        raise SheetError(message)
    before = respondents.answers(session, response.id)
    mended = {
        code: drawings.with_words(read.questions[code], before.get(code, ()), said)
        for code, said in changed.items()
    }
    wanted = routing.on_path_answers(read, {**before, **mended})
    gone = {code: before[code] for code in before.keys() - wanted.keys()}
    keep_for_reader(session, response.id, read, gone)
    for code in before.keys() | wanted.keys():
        if wanted.get(code, ()) != before.get(code, ()):
            write(session, response.id, code, wanted.get(code, ()))
            if read.questions[code].takes_file:
                uploads.settle(session, response.id, read.questions[code], wanted.get(code, ()))
            if read.questions[code].list_name == "help_used" and wanted.get(code):
                response.help = wanted[code][0]
    session.flush()
    for code in changed:
        words = read.questions[code].own_words(wanted.get(code, ()))
        if words:
            signals.transcribed.send(
                session, response_id=response.id, question=code, words=words, now=now
            )


def _keyed(session: Session, sheet: PaperSheet) -> tuple[Questionnaire, Response]:
    response = session.get(Response, sheet.response_id) if sheet.response_id else None
    if response is None or response.withdrawn_at is not None:
        message = "There is nothing to check: the sheet is not keyed, or was taken out."
        raise SheetError(message)
    version = session.get_one(SurveyVersion, sheet.survey_version_id)
    return respondents.questionnaire(session, version.id, version.document_hash), response


def _alike(first: Values, second: Values) -> bool:
    """Tell whether two people read the same; capitals, blanks and full stops are no difference."""
    if first == second:
        return True
    return [_NO_LETTERS.sub(" ", value).strip().casefold() for value in first] == [
        _NO_LETTERS.sub(" ", value).strip().casefold() for value in second
    ]
