"""Keying screens: what was typed is kept, mistakes are named, each person sees only their own."""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engage import audit
from engage.settings import Settings
from surveys import codes, respondents
from surveys.models import PaperSheet, Response, SheetScan, Survey
from surveys.paperwork import printing, sheets
from tests.people import Staff

ROOM = "/desk/consultations/tiny-plan/surveys/tiny"
KEYING = f"{ROOM}/keying/"
FILLED = {"q-TQ1": "1", "q-TQ1b": "2", "q-TQ2": "1 3", "q-TQ7": "The bus."}
Somebody = Callable[..., Staff]


@pytest.fixture
def sheet(session: Session, survey: Survey, now: dt.datetime) -> PaperSheet:
    printing.print_sheets(session, survey, edition="standard", copies=1, actor="command", now=now)
    session.commit()
    return session.scalars(select(PaperSheet)).one()


@pytest.fixture
def officer(staff: Somebody) -> Staff:
    person = staff("engagement_officer")
    person.signs_in()
    return person


def words(reply: TestResponse) -> str:
    return " ".join(BeautifulSoup(reply.get_data(as_text=True), "html.parser").get_text().split())


def value_of(reply: TestResponse, name: str) -> str:
    found = BeautifulSoup(reply.get_data(as_text=True), "html.parser").find(id=name)
    assert found is not None
    return str(found.get("value") or found.get_text().strip())


def keys(person: Staff, sheet: PaperSheet, typed: dict[str, str]) -> TestResponse:
    return person.client.send(f"{KEYING}{sheet.code}", typed)


def test_the_first_signs_of_a_code_open_the_sheet(officer: Staff, sheet: PaperSheet) -> None:
    reply = officer.client.send(KEYING, {"code": sheet.code[6:10].lower()})
    assert reply.location.endswith(f"/keying/{sheet.code}")
    page = officer.opens(reply.location)
    assert f"Key {sheet.code}" in words(page)
    assert "1 Yes 2 No" in words(page)


@pytest.mark.parametrize("typed", ["", "ZZZZ", "SHEET-7K4Q-92XD-V", "7K4Q-92XD-W"])
@pytest.mark.usefixtures("survey")
def test_a_code_that_is_not_there_is_said_and_kept(officer: Staff, typed: str) -> None:
    reply = officer.client.send(KEYING, {"code": typed})
    assert reply.status_code == 400
    assert "There is a problem" in words(reply)
    assert value_of(reply, "code") == typed


def test_a_sheet_is_keyed_and_the_next_one_is_asked_for(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    reply = keys(officer, sheet, FILLED)
    assert reply.location.endswith("/keying/")
    assert f"Saved: {sheet.code}" in words(officer.opens(reply.location))
    session.refresh(sheet)
    assert sheet.response_id is not None
    assert respondents.answers(session, sheet.response_id)["TQ2"] == ("school", "home")
    events = session.execute(select(audit.AuditEvent.verb, audit.AuditEvent.object_id)).all()
    assert ("key", sheet.id) in [tuple(event) for event in events]


def test_wrong_input_is_named_and_nothing_typed_is_lost(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    reply = keys(officer, sheet, {**FILLED, "q-TQ1": "9", "q-TQ2": "1 2 3"})
    assert reply.status_code == 400
    said = words(reply)
    assert "Question 1: There is no 9 here" in said
    assert "Question 4: You chose 3. Choose up to 2" in said
    assert value_of(reply, "q-TQ2") == "1 2 3"
    assert value_of(reply, "q-TQ7") == "The bus."
    session.refresh(sheet)
    assert sheet.response_id is None


def test_answers_off_the_path_are_told_before_they_are_left_out(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    filled = {**FILLED, "q-TQ1": "2"}
    reply = keys(officer, sheet, filled)
    assert reply.status_code == 400
    assert "2. How well was it planned?" in words(reply)
    assert keys(officer, sheet, {**filled, "leave_out": "yes"}).status_code == 303
    session.refresh(sheet)
    assert "TQ1b" not in respondents.answers(session, str(sheet.response_id))


def test_an_empty_sheet_is_not_a_response(officer: Staff, sheet: PaperSheet) -> None:
    reply = keys(officer, sheet, {})
    assert reply.status_code == 400
    assert "Nothing was typed" in words(reply)


@pytest.mark.parametrize(
    ("ticked", "late", "counted"),
    [({"late": "yes"}, True, True), ({"late": "yes", "too_late": "yes"}, True, False)],
)
def test_late_paper_is_marked_and_counted_or_not(
    officer: Staff, session: Session, sheet: PaperSheet,
    ticked: dict[str, str], late: bool, counted: bool,
) -> None:  # fmt: skip
    keys(officer, sheet, {**FILLED, **ticked})
    response = session.scalars(select(Response)).one()
    assert (response.is_late, response.left_out_at is None) == (late, counted)


def test_not_counting_needs_the_tick_that_it_came_late(officer: Staff, sheet: PaperSheet) -> None:
    reply = keys(officer, sheet, {**FILLED, "too_late": "yes"})
    assert reply.status_code == 400
    assert "It came after the last day" in words(reply)


def test_a_sheet_without_a_code_gets_one(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    page = officer.opens(f"{KEYING}new?edition=easy")
    assert "Key a sheet without a code" in words(page)
    reply = officer.client.send(
        f"{KEYING}new", {"q-TQ1": "1", "edition": "easy"}, page=f"{KEYING}new?edition=easy"
    )
    assert reply.status_code == 303
    made = session.scalars(select(PaperSheet).where(PaperSheet.id != sheet.id)).one()
    assert made.edition == "easy"
    assert f"Write this on the paper: {made.code}" in words(officer.opens(KEYING))


def begins_in(reply: TestResponse) -> list[str]:
    page = BeautifulSoup(reply.get_data(as_text=True), "html.parser")
    return [str(box["id"]) for box in page.select("[autofocus]")]


def test_who_says_there_is_no_code_is_asked_to_look_again(
    officer: Staff, sheet: PaperSheet
) -> None:
    reply = officer.opens(f"{KEYING}new")
    assert "Is there a code at the foot of the paper" in words(reply)
    back = BeautifulSoup(reply.get_data(as_text=True), "html.parser").select(
        f'main a[href="{KEYING}"]'
    )
    assert "Go back and type its code" in [link.get_text() for link in back]
    keys(officer, sheet, FILLED)
    copied = officer.opens(f"{KEYING}new?copy_of={sheet.code}")
    assert "Is there a code at the foot of the paper" not in words(copied)


def test_the_cursor_waits_in_a_box_only_when_nothing_is_to_be_decided_before(
    officer: Staff, staff: Somebody, sheet: PaperSheet
) -> None:
    assert begins_in(officer.opens(f"{KEYING}{sheet.code}")) == ["q-TQ1"]
    assert begins_in(officer.opens(f"{KEYING}new")) == []
    keys(officer, sheet, FILLED)
    assert begins_in(officer.opens(f"{KEYING}new?copy_of={sheet.code}")) == ["q-TQ1"]
    second = staff("engagement_officer")
    second.signs_in()
    assert begins_in(second.opens(f"{KEYING}{sheet.code}")) == []


def test_enter_in_a_box_saves_nothing_where_no_script_runs(
    officer: Staff, sheet: PaperSheet
) -> None:
    page = BeautifulSoup(
        officer.opens(f"{KEYING}{sheet.code}").get_data(as_text=True), "html.parser"
    )
    form = page.select_one("form[data-keying]")
    assert form is not None
    owned = [
        one
        for one in page.select("button")
        if one.get("form") == form["id"] or one in form.select("button")
    ]
    assert owned[0].has_attr("disabled"), "the first button of a form answers the Enter key"


def test_a_code_that_is_keyed_again_asks_whether_it_is_a_photocopy(
    officer: Staff, staff: Somebody, session: Session, sheet: PaperSheet, settings: Settings
) -> None:
    keys(officer, sheet, FILLED)
    assert "another piece of paper" in words(officer.opens(f"{KEYING}{sheet.code}"))
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    page = second.opens(f"{KEYING}{sheet.code}")
    assert "A sheet with this code has been keyed already" in words(page)
    link = BeautifulSoup(page.get_data(as_text=True), "html.parser").select_one("a[href*=copy_of]")
    assert link is not None
    address = str(link["href"])
    assert "the code on the slip will open nothing" in words(second.opens(address))
    filled = {"q-TQ1": "2", "copy_of": sheet.code}
    wrong = second.client.send(f"{KEYING}new", {**filled, "q-TQ2": "9"}, page=address)
    assert f"Key a photocopy of {sheet.code}" in words(wrong)
    assert second.client.send(f"{KEYING}new", filled, page=address).status_code == 303
    assert "Two people hold the slip" in words(second.opens(KEYING))
    made = session.scalars(select(PaperSheet).where(PaperSheet.id != sheet.id)).one()
    session.refresh(sheet)
    assert made.response_id not in (None, sheet.response_id)
    assert sheet.verified_by is None, "another person's paper checks nothing"
    slip = codes.seal(
        sheets.receipt_of(sheet, secret=settings.secret_key), secret=settings.secret_key
    )
    assert slip not in session.scalars(select(Response.receipt_hmac)).all()


def test_what_nobody_has_keyed_has_no_photocopy(officer: Staff, sheet: PaperSheet) -> None:
    assert officer.client.get(f"{KEYING}new?copy_of={sheet.code}").status_code == 404


def test_a_photocopy_with_a_mistake_leaves_no_sheet_behind(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    reply = officer.client.send(f"{KEYING}new", {"q-TQ1": "9", "edition": "standard"})
    assert reply.status_code == 400
    assert value_of(reply, "q-TQ1") == "9"
    assert session.scalars(select(PaperSheet)).all() == [sheet]


def test_whoever_keyed_a_sheet_is_told_that_another_checks_it(
    officer: Staff, sheet: PaperSheet
) -> None:
    keys(officer, sheet, FILLED)
    page = officer.opens(f"{KEYING}{sheet.code}")
    assert "Another person can check it" in words(page)
    assert "photocopy" in words(page)
    assert "q-TQ1" not in page.get_data(as_text=True)


def test_a_second_person_decides_the_differences(
    officer: Staff, staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    keys(officer, sheet, FILLED)
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    assert f"Check {sheet.code}" in words(second.opens(KEYING))
    again = {**FILLED, "q-TQ2": "1", "q-TQ7": "The train."}
    reply = keys(second, sheet, again)
    assert reply.status_code == 400
    said = words(reply)
    assert "First person: School; Home" in said
    assert "You: School" in said
    assert value_of(reply, "q-TQ7") == "The train."
    decided = {"decide-TQ2": "second", "decide-TQ7": "first"}
    assert keys(second, sheet, {**again, **decided}).status_code == 303
    session.refresh(sheet)
    found = respondents.answers(session, str(sheet.response_id))
    assert (found["TQ2"], found["TQ7"]) == (("school",), ("The bus.",))
    assert sheet.verified_by not in {None, sheet.keyed_by}
    assert "checked by another" in words(second.opens(f"{KEYING}{sheet.code}"))


def photo() -> tuple[io.BytesIO, str]:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(drawn, "PNG")
    drawn.seek(0)
    return drawn, "sheet.png"


def test_a_picture_of_a_sheet_is_kept_shown_and_erased(
    officer: Staff, staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    address = f"{KEYING}{sheet.code}"
    assert (
        officer.client.send(f"{address}/scan", {"scan": photo()}, page=address).status_code == 303
    )
    assert officer.opens(f"{address}/scan").mimetype.startswith("image/")
    reads = session.scalars(select(audit.AuditEvent.object_type)).all()
    assert "sheet_scan" in reads
    keys(officer, sheet, FILLED)
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    keys(second, sheet, {**FILLED, "drop_scan": "yes"})
    assert session.get(SheetScan, sheet.id) is None
    assert second.opens(f"{address}/scan").status_code == 404


def test_a_file_that_is_no_picture_is_refused_in_words(officer: Staff, sheet: PaperSheet) -> None:
    address = f"{KEYING}{sheet.code}"
    sent = {"scan": (io.BytesIO(b"%PDF-1.7"), "sheet.pdf")}
    reply = officer.client.send(f"{address}/scan", sent, page=address)
    assert reply.status_code == 400
    assert "JPEG or PNG" in words(reply)


# --- Who may do what -------------------------------------------------------------------------


def test_a_facilitator_opens_only_their_own_sheets(
    staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    person = staff("facilitator")
    person.signs_in()
    assert person.opens(f"{KEYING}{sheet.code}").status_code == 404
    assert person.client.send(KEYING, {"code": sheet.code}).status_code == 400
    person.client.send(f"{ROOM}/paper/", {"edition": "easy", "copies": "1"})
    mine = session.scalars(select(PaperSheet).where(PaperSheet.id != sheet.id)).one()
    assert keys(person, mine, {"q-TQ1": "1"}).status_code == 303
    assert "Waiting for a second person" not in words(person.opens(KEYING))


@pytest.mark.parametrize("role", ["analyst", "approver", "administrator"])
@pytest.mark.usefixtures("sheet")
def test_others_have_nothing_to_do_with_sheets(staff: Somebody, role: str) -> None:
    person = staff(role)
    person.signs_in()
    assert person.opens(KEYING).status_code == 403
    assert person.opens(f"{ROOM}/paper/").status_code == 403


# --- The page for printing -------------------------------------------------------------------


@pytest.mark.usefixtures("survey")
def test_a_few_sheets_are_ready_at_once(officer: Staff) -> None:
    reply = officer.client.send(f"{ROOM}/paper/", {"edition": "standard", "copies": "2"})
    assert reply.status_code == 303
    page = officer.opens(reply.location)
    assert "Your sheets are ready" in words(page)
    file = officer.opens(f"{reply.location}/sheets.pdf")
    assert file.data.startswith(b"%PDF")
    assert "Printed before" in words(officer.opens(f"{ROOM}/paper/"))


@pytest.mark.usefixtures("survey")
def test_a_pile_is_made_by_a_worker(officer: Staff, session: Session) -> None:
    reply = officer.client.send(f"{ROOM}/paper/", {"edition": "easy", "copies": "40"})
    assert "A worker takes it" in words(officer.opens(reply.location))
    assert officer.opens(f"{reply.location}/sheets.pdf").status_code == 404
    assert len(session.scalars(select(PaperSheet)).all()) == 40


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"edition": "bsl", "copies": "1"}, "Choose an edition"),
        ({"edition": "easy", "copies": "many"}, "how many"),
        ({"edition": "easy", "copies": "101"}, "between 1 and 100"),
    ],
)
@pytest.mark.usefixtures("survey")
def test_what_cannot_be_printed_is_said_and_kept(
    officer: Staff, form: dict[str, str], said: str
) -> None:
    reply = officer.client.send(f"{ROOM}/paper/", form)
    assert reply.status_code == 400
    assert said in words(reply)
    assert value_of(reply, "copies") == form["copies"]


def test_a_print_of_another_person_is_not_there_for_a_facilitator(
    staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    person = staff("facilitator")
    person.signs_in()
    assert sheet.print_id
    assert person.opens(f"{ROOM}/paper/{sheet.print_id}").status_code == 404
    assert person.opens(f"{ROOM}/paper/nowhere").status_code == 404
    assert re.fullmatch(r"[0-9a-f]{32}", sheet.print_id)
    del session


@pytest.mark.usefixtures("survey")
def test_the_list_of_surveys_leads_here(officer: Staff) -> None:
    assert "Key in paper sheets" in words(officer.opens(f"{ROOM[: -len('tiny')]}"))


def test_a_sheet_that_waits_for_a_second_person_is_announced_beside_its_survey(
    officer: Staff, staff: Somebody, sheet: PaperSheet
) -> None:
    keys(officer, sheet, FILLED)
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    assert "1 waits for a second person" in words(second.opens(f"{ROOM[: -len('tiny')]}"))
    assert f"Check {sheet.code}" in words(second.opens(KEYING))
