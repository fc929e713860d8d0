"""Sheets of paper: printed with codes, keyed into responses, read again by a second person."""

import datetime as dt
import io
from collections.abc import Callable, Mapping

import pytest
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation
from engage.orm import new_id
from engage.safeguarding import SafeguardingItem
from engage.settings import Settings
from surveys import codes, queries, respondents, services
from surveys.models import FacilitatedSession, PaperPrint, PaperSheet, Response, SheetScan, Survey
from surveys.paperwork import keyedsheet, printing, secondreading, sheets
from surveys.paperwork.secondreading import UndecidedError
from surveys.paperwork.sheets import AlreadyKeyedError, SheetError
from surveys.questions import AnswerError
from surveys.services import SurveyError
from tests import factories

SECRET = "a secret for tests that nobody else uses"
TYPED = {"TQ1": "1", "TQ1b": "2", "TQ2": "1 3", "TQ3": "2", "TQ6": "sunny", "TQ7": "The bus."}
Key = Callable[..., Response]


@pytest.fixture
def sheet(session: Session, survey: Survey, now: dt.datetime) -> PaperSheet:
    printed = printing.print_sheets(
        session, survey, edition="standard", copies=3, actor="officer", now=now
    )
    session.commit()
    found = session.scalars(select(PaperSheet).where(PaperSheet.print_id == printed.id)).all()
    return found[0]


def sent_from(
    session: Session, survey: Survey, typed: Mapping[str, str] = TYPED
) -> keyedsheet.Reading:
    return keyedsheet.read_sheet(queries.current_document(session, survey), "standard", typed)


@pytest.fixture
def key(session: Session, survey: Survey, sheet: PaperSheet, now: dt.datetime) -> Key:
    """Return a function that keys the sheet, as the first person."""

    def keyed(
        typed: Mapping[str, str] = TYPED,
        arrived: sheets.Arrived = "in_time",
        which: PaperSheet = sheet,
        by: str = "first",
    ) -> Response:
        reading = sent_from(session, survey, typed)
        return sheets.key_sheet(
            session, which, reading.sent, arrived=arrived, secret=SECRET, keyed_by=by, now=now
        )

    return keyed


def verbs(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(audit.AuditEvent.verb, audit.AuditEvent.object_type))
    return [(verb, kind) for verb, kind in rows]


def test_every_copy_has_a_code_that_can_be_spoken_and_checked(
    session: Session, survey: Survey, sheet: PaperSheet
) -> None:
    codes = session.scalars(select(PaperSheet.code)).all()
    assert len(set(codes)) == 3
    assert all(code.startswith("SHEET-") and len(code) == 17 for code in codes)
    first = sheet.code[6:10]
    for typed in (sheet.code, sheet.code.lower().replace("-", " "), first, f"sheet {first}"):
        assert sheets.find_sheet(session, survey, typed) == sheet
    assert ("print", "paper_print") in verbs(session)


def test_a_code_of_another_survey_opens_nothing(session: Session, sheet: PaperSheet) -> None:
    other = factories.SurveyFactory()
    assert sheets.find_sheet(session, other, sheet.code) is None
    assert sheets.find_sheet(session, other, "0000") is None
    with pytest.raises(codes.CodeError):
        sheets.find_sheet(session, other, sheet.code[:-1])


@pytest.mark.parametrize("copies", [0, 101])
def test_a_number_of_copies_that_cannot_be_meant_is_refused(
    session: Session, survey: Survey, now: dt.datetime, copies: int
) -> None:
    with pytest.raises(SheetError, match="between 1 and 100"):
        printing.print_sheets(
            session, survey, edition="easy", copies=copies, actor="officer", now=now
        )


def test_a_keyed_sheet_is_a_response_like_any_other(
    session: Session, sheet: PaperSheet, key: Key
) -> None:
    response = key()
    assert response.submitted_at is not None
    assert (response.channel, response.edition, response.is_late) == (
        "paper_std",
        "standard",
        False,
    )
    found = respondents.answers(session, response.id)
    assert found["TQ1"] == ("yes",)
    assert found["TQ2"] == ("school", "home")
    assert found["TQ7"] == ("The bus.",)
    assert (sheet.keyed_by, sheet.response_id) == ("first", response.id)
    assert ("key", "paper_sheet") in verbs(session)


def test_words_from_paper_reach_the_safeguarding_queue(session: Session, key: Key) -> None:
    response = key()
    waiting = session.scalars(
        select(SafeguardingItem.question).where(SafeguardingItem.response_id == response.id)
    )
    assert set(waiting) == {"TQ6", "TQ7"}


def test_a_sheet_is_keyed_once(key: Key) -> None:
    key()
    with pytest.raises(AlreadyKeyedError, match="photocopy"):
        key()


def test_of_two_people_who_key_at_once_one_is_told(
    engine: Engine, session: Session, survey: Survey, sheet: PaperSheet, key: Key,
    now: dt.datetime,
) -> None:  # fmt: skip
    with Session(engine, expire_on_commit=False) as other:
        seen = other.get_one(PaperSheet, sheet.id)
        other.commit()
        key()
        session.commit()
        sent = sent_from(session, survey).sent
        with pytest.raises(AlreadyKeyedError):
            sheets.key_sheet(other, seen, sent, secret=SECRET, keyed_by="other", now=now)


def test_an_easy_read_sheet_is_counted_as_easy_read_on_paper(
    session: Session, survey: Survey, now: dt.datetime, key: Key
) -> None:
    version = queries.current_version(session, survey)
    copy = sheets.unnumbered_sheet(session, version, "easy", now=now)
    assert key({"TQ1": "1"}, which=copy).channel == "paper_er"


def test_a_sheet_of_a_session_counts_with_its_session(
    session: Session, survey: Survey, now: dt.datetime, key: Key
) -> None:
    held = _session_of(session, survey, now)
    version = queries.current_version(session, survey)
    copy = sheets.unnumbered_sheet(session, version, "easy", session_id=held.id, now=now)
    response = key({"TQ1": "1"}, which=copy)
    assert (response.channel, response.session_id) == ("youth_council", held.id)
    assert sheets.may_handle(session, copy, held.facilitator_id)
    assert sheets.may_handle(session, copy, "first")
    assert not sheets.may_handle(session, copy, "somebody")


def _session_of(session: Session, survey: Survey, now: dt.datetime) -> FacilitatedSession:
    user = factories.UserFactory(with_roles=["facilitator"])
    held = FacilitatedSession(
        id=new_id(), survey_id=survey.id, facilitator_id=user.id, code="WALL-1",
        label="Youth council", place_type="youth_council", channel="youth_council",
        held_on=now.date(), opened_at=now,
    )  # fmt: skip
    session.add(held)
    session.flush()
    return held


@pytest.mark.parametrize(
    ("arrived", "late", "left_out"),
    [("in_time", False, False), ("late", True, False), ("too_late", True, True)],
)
def test_paper_may_be_keyed_after_closing_and_staff_decide_what_counts(
    session: Session, survey: Survey, now: dt.datetime, key: Key,
    arrived: sheets.Arrived, late: bool, left_out: bool,
) -> None:  # fmt: skip
    services.close_survey(session, survey, actor="officer", now=now)
    response = key(arrived=arrived)
    assert response.is_late is late
    assert (response.left_out_at is not None) is left_out
    counted = queries.responses_so_far(session, survey.id)["standard"]
    assert counted == (0 if left_out else 1)


def test_nothing_is_keyed_before_the_survey_has_opened(
    session: Session, survey: Survey, key: Key
) -> None:
    survey.opened_at = None
    session.flush()
    with pytest.raises(SurveyError, match="not open yet"):
        key()


# --- Two codes: a number for those who handle the sheet, a receipt for its owner ---------------


def test_the_code_on_the_slip_leads_to_the_answers_and_the_number_of_the_sheet_does_not(
    session: Session, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    slip = sheets.receipt_of(sheet, secret=SECRET)
    assert services.response_for_receipt(session, slip, secret=SECRET) is None
    response = key()
    assert services.response_for_receipt(session, slip.lower(), secret=SECRET) == response
    with pytest.raises(codes.CodeError):
        services.response_for_receipt(session, sheet.code, secret=SECRET)
    alike = sheet.code.replace(sheets.PREFIX, codes.PREFIX)
    assert services.response_for_receipt(session, alike, secret=SECRET) is None
    services.withdraw(session, response, secret=SECRET, now=now)
    assert response.withdrawn_at is not None
    assert respondents.answers(session, response.id).get("TQ1") is None


def test_no_receipt_of_a_sheet_is_kept_and_its_file_goes_once_it_opens_answers(
    session: Session, settings: Settings, sheet: PaperSheet, key: Key
) -> None:
    asked = session.get_one(PaperPrint, sheet.print_id)
    asked.content = b"%PDF with every receipt"
    slip = sheets.receipt_of(sheet, secret=SECRET)
    for table in (PaperSheet, Response):
        rows = session.execute(select(table.__table__)).all()
        assert slip not in repr(rows)
    key()
    session.expire_all()
    assert asked.content is None
    with pytest.raises(SheetError, match="have been keyed"):
        printing.make_file(session, asked, settings=settings)


def test_a_photocopy_gets_a_receipt_that_nobody_holds(
    session: Session, survey: Survey, key: Key, now: dt.datetime
) -> None:
    version = queries.current_version(session, survey)
    copy = sheets.unnumbered_sheet(session, version, "easy", now=now)
    response = key({"TQ1": "1"}, which=copy)
    slip = sheets.receipt_of(copy, secret=SECRET)
    assert response.receipt_hmac != codes.seal(slip, secret=SECRET)


def test_two_people_never_hold_the_receipt_of_one_response(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    first = key()
    slip = sheets.receipt_of(sheet, secret=SECRET)
    assert services.response_for_receipt(session, slip, secret=SECRET) == first
    version = queries.current_version(session, survey)
    copy = sheets.unnumbered_sheet(session, version, "standard", now=now)
    second = key({"TQ1": "2"}, which=copy)
    for _again in range(2):  # a third person may hold a copy too
        sheets.close_slip(session, sheet, secret=SECRET, actor="first", now=now)
        assert services.response_for_receipt(session, slip, secret=SECRET) is None
    held = {one.receipt_hmac for one in session.scalars(select(Response))}
    assert len(held - {None}) == 2
    assert {first.submitted_at, second.submitted_at} == {now}, "both count"
    assert services.receipt_code(session, first, secret=SECRET) != slip
    assert ("copied", "paper_sheet") in verbs(session)


@pytest.mark.parametrize(
    ("typed", "may"), [({}, False), ({"QP1": "2"}, False), ({"QP1": "1"}, True)]
)
def test_words_from_paper_are_quoted_only_with_a_tick(
    session: Session, plan: Consultation, survey: Survey, key: Key, now: dt.datetime,
    typed: dict[str, str], may: bool,
) -> None:  # fmt: skip
    key({"TQ1": "1", "TQ7": "The bus.", **typed})
    services.close_survey(session, survey, actor="officer", now=now)
    snapshot = services.take_snapshot(session, plan, actor="analyst", now=now)
    (found,) = queries.free_text(session, snapshot.id)
    assert (found.text, found.may_quote) == ("The bus.", may)


# --- The second reading ----------------------------------------------------------------------


def test_a_second_person_who_reads_the_same_checks_the_sheet(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    key()
    again = sent_from(session, survey, {**TYPED, "TQ7": "the  bus"})
    found = secondreading.verify_sheet(
        session, sheet, again.values, decided={}, verified_by="second", now=now
    )
    assert found == ()
    assert (sheet.verified_by, sheet.verified_on) == ("second", now.date())
    assert ("verify", "paper_sheet") in verbs(session)


def test_differences_are_listed_and_decided_one_by_one(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    response = key()
    again = sent_from(session, survey, {**TYPED, "TQ3": "4", "TQ7": "The train."})
    with pytest.raises(UndecidedError) as told:
        secondreading.verify_sheet(
            session, sheet, again.values, decided={"TQ3": "second"}, verified_by="second", now=now
        )
    assert [one.question for one in told.value.differences] == ["TQ3", "TQ7"]
    assert sheet.verified_by is None
    secondreading.verify_sheet(
        session, sheet, again.values, decided={"TQ3": "second", "TQ7": "first"},
        verified_by="second", now=now,
    )  # fmt: skip
    found = respondents.answers(session, response.id)
    assert (found["TQ3"], found["TQ7"]) == (("disagree",), ("The bus.",))


def test_corrected_words_are_read_for_safety_again(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    response = key({"TQ1": "2"})
    again = sent_from(session, survey, {"TQ1": "2", "TQ7": "Somebody hits me"})
    secondreading.verify_sheet(
        session, sheet, again.values, decided={"TQ7": "second"}, verified_by="second", now=now
    )
    waiting = session.scalars(
        select(SafeguardingItem).where(SafeguardingItem.response_id == response.id)
    ).all()
    assert [(item.question, item.order_score > 0) for item in waiting] == [("TQ7", True)]


def test_words_that_were_queued_already_are_queued_anew_when_they_change(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    response = key()
    again = sent_from(session, survey, {**TYPED, "TQ7": "Somebody hits me"})
    secondreading.verify_sheet(
        session, sheet, again.values, decided={"TQ7": "second"}, verified_by="second", now=now
    )
    item = session.scalars(
        select(SafeguardingItem).where(
            SafeguardingItem.response_id == response.id, SafeguardingItem.question == "TQ7"
        )
    ).one()
    assert item.order_score > 0


def test_a_correction_that_routes_away_takes_later_answers_out(
    session: Session, survey: Survey, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    response = key()
    again = sent_from(session, survey, {**TYPED, "TQ1": "2", "TQ1b": ""})
    secondreading.verify_sheet(
        session, sheet, again.values, decided={"TQ1": "second", "TQ1b": "second"},
        verified_by="second", now=now,
    )  # fmt: skip
    found = respondents.answers(session, response.id)
    assert found["TQ1"] == ("no",)
    assert "TQ1b" not in found


def test_nobody_checks_their_own_keying(
    session: Session, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    key()
    with pytest.raises(SheetError, match="Another person"):
        secondreading.verify_sheet(session, sheet, {}, decided={}, verified_by="first", now=now)
    sheet.verified_by = sheet.keyed_by
    with pytest.raises(IntegrityError, match="verified_by_another"):
        session.flush()


def test_a_sheet_that_is_not_keyed_or_taken_out_cannot_be_checked(
    session: Session, sheet: PaperSheet, key: Key, now: dt.datetime
) -> None:
    with pytest.raises(SheetError, match="nothing to check"):
        secondreading.verify_sheet(session, sheet, {}, decided={}, verified_by="second", now=now)
    services.withdraw(session, key(), secret=SECRET, now=now)
    with pytest.raises(SheetError, match="nothing to check"):
        secondreading.verify_sheet(session, sheet, {}, decided={}, verified_by="second", now=now)


def test_answers_that_numbers_rest_on_are_not_changed_any_more(
    session: Session, plan: Consultation, survey: Survey, sheet: PaperSheet, key: Key,
    now: dt.datetime,
) -> None:  # fmt: skip
    key()
    services.close_survey(session, survey, actor="officer", now=now)
    assert plan.id == survey.consultation_id
    again = sent_from(session, survey, {**TYPED, "TQ3": "4"})
    with pytest.raises(SheetError, match="fixed"):
        secondreading.verify_sheet(
            session, sheet, again.values, decided={"TQ3": "second"}, verified_by="second", now=now
        )


# --- The picture of a sheet ------------------------------------------------------------------


def photo() -> bytes:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "A telephone"
    Image.new("RGB", (80, 100), "white").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def test_a_photo_of_a_sheet_is_kept_clean_and_can_go(
    session: Session, sheet: PaperSheet, now: dt.datetime
) -> None:
    kept = secondreading.attach_scan(session, sheet, photo(), actor="first", now=now)
    assert b"A telephone" not in kept.content
    assert ("scan", "paper_sheet") in verbs(session)
    again = secondreading.attach_scan(session, sheet, photo(), actor="first", now=now)
    assert again is kept
    secondreading.drop_scan(session, sheet)
    session.expire_all()
    assert session.get(SheetScan, sheet.id) is None


def test_what_is_not_a_picture_is_not_kept(
    session: Session, sheet: PaperSheet, now: dt.datetime
) -> None:
    with pytest.raises(AnswerError):
        secondreading.attach_scan(session, sheet, b"%PDF-1.7 not a picture", actor="x", now=now)
