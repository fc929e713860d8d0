"""Drawings on paper: kept with the sheet's answers, printed only where the sheet says yes."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import document, respondents
from surveys.models import PaperSheet, Survey, Upload
from surveys.paperwork import printing
from tests.kinds import EVERY_KIND
from tests.pages import token_of
from tests.people import Staff

KEYING = "/desk/consultations/tiny-plan/surveys/tiny/keying/"
WORDS = {"q-TQ1": "1", "q-TQ16": "My school"}
PERMISSIONS = {"print-TQ16": "yes", "name-TQ16": "Sam", "age-TQ16": "9"}
Somebody = Callable[..., Staff]


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(EVERY_KIND)


@pytest.fixture
def sheet(session: Session, survey: Survey, now: Any) -> PaperSheet:
    printing.print_sheets(session, survey, edition="standard", copies=1, actor="command", now=now)
    session.commit()
    return session.scalars(select(PaperSheet)).one()


@pytest.fixture
def officer(staff: Somebody) -> Staff:
    person = staff("engagement_officer")
    person.signs_in()
    return person


def photo() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    return out, "IMG_0001.png"


def keys(person: Staff, sheet: PaperSheet, **typed: Any) -> int:
    return int(person.client.send(f"{KEYING}{sheet.code}", {**WORDS, **typed}).status_code)


def answer(session: Session, sheet: PaperSheet) -> tuple[str, ...]:
    session.expire_all()
    return respondents.answers(session, str(sheet.response_id))["TQ16"]


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [
        ({}, (False, None, None)),
        ({"name-TQ16": "Sam"}, (False, None, None)),
        (PERMISSIONS, (True, "Sam", "9")),
    ],
)
def test_a_drawing_may_be_printed_only_with_a_tick(
    officer: Staff, session: Session, sheet: PaperSheet, ticked: dict[str, str], kept: Any
) -> None:
    assert keys(officer, sheet, **{"drawing-TQ16": photo()}, **ticked) == 303
    session.refresh(sheet)
    upload = session.scalars(select(Upload)).one()
    assert (upload.may_print, upload.may_print_name, upload.may_print_age) == kept
    assert (upload.response_id, upload.description) == (sheet.response_id, "My school")
    assert answer(session, sheet)[:2] == (upload.id, "=My school")


def test_a_photo_may_be_as_large_as_a_phone_makes_it(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    address = f"{KEYING}{sheet.code}"
    token = token_of(officer.opens(address).get_data(as_text=True))
    fields = {**WORDS, "csrf_token": token}
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'.encode()
        for name, said in fields.items()
    ]
    content = photo()[0].getvalue() + bytes(2 * 1_048_576)
    head = b'--b\r\nContent-Disposition: form-data; name="drawing-TQ16"; filename="a.png"\r\n\r\n'
    sent = b"".join((*parts, head, content, b"\r\n--b--\r\n"))
    reply = officer.client.post(address, data=sent, content_type="multipart/form-data; boundary=b")
    assert reply.status_code == 303
    assert session.scalars(select(Upload.size)).one() < 1_048_576, "only the picture is kept"


def test_without_a_drawing_a_tick_keeps_nothing(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    assert keys(officer, sheet, **PERMISSIONS) == 303
    assert answer(session, sheet) == ("words", "=My school")
    assert session.scalars(select(Upload)).all() == []


def test_a_sheet_with_nothing_but_a_drawing_is_keyed(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    only = {"q-TQ1": "", "q-TQ16": "", "drawing-TQ16": photo()}
    assert keys(officer, sheet, **only) == 303
    assert len(answer(session, sheet)) == 2, "the picture, and that nobody may print it"


def test_what_is_no_picture_is_said_and_nothing_typed_is_lost(
    officer: Staff, session: Session, sheet: PaperSheet
) -> None:
    wrong = {"drawing-TQ16": (io.BytesIO(b"words"), "words.txt"), **PERMISSIONS}
    reply = officer.client.send(f"{KEYING}{sheet.code}", {**WORDS, **wrong})
    page = BeautifulSoup(reply.get_data(as_text=True), "html.parser")
    assert reply.status_code == 400
    assert page.select_one(".error-summary a[href='#drawing-TQ16']") is not None
    assert page.select_one("#print-TQ16[checked]") is not None
    assert page.select_one("#name-TQ16[value=Sam]") is not None
    session.refresh(sheet)
    assert sheet.response_id is None
    assert session.scalars(select(Upload)).all() == []


def test_the_second_person_compares_the_words_and_loses_no_drawing(
    officer: Staff, staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    keys(officer, sheet, **{"drawing-TQ16": photo()}, **PERMISSIONS)
    first = answer(session, sheet)
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    assert "drawing-TQ16" not in second.opens(f"{KEYING}{sheet.code}").get_data(as_text=True)
    assert keys(second, sheet, **{"q-TQ16": "My old school"}) == 400
    decided = {"q-TQ16": "My old school", "decide-TQ16": "second"}
    assert keys(second, sheet, **decided) == 303
    assert answer(session, sheet) == (first[0], "=My old school", *first[2:])
    upload = session.scalars(select(Upload)).one()
    assert (upload.description, upload.may_print) == ("My old school", True)


def test_the_same_words_need_no_decision(
    officer: Staff, staff: Somebody, session: Session, sheet: PaperSheet
) -> None:
    keys(officer, sheet, **{"drawing-TQ16": photo()})
    officer.signs_out()
    second = staff("engagement_officer")
    second.signs_in()
    assert keys(second, sheet) == 303
    session.refresh(sheet)
    assert sheet.verified_by is not None
