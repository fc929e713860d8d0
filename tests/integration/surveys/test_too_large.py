"""Too much to read: a kind page, or the question again, and nothing that was saved is lost."""

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from surveys import document, respondents
from surveys.models import Response, Survey, Upload
from surveys.questions import files
from surveys.respond import moves
from tests.integration.surveys.walker import Page, Walker
from tests.kinds import EVERY_KIND
from tests.pages import CheckedClient

MEGABYTE = files.MEGABYTE


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(EVERY_KIND)


@pytest.fixture
def pages(source: dict[str, Any]) -> dict[str, str]:
    """Return the ids of one page of each kind."""
    return {page["question"]["kind"]: page["id"] for page in source["pages"]}


def sends_file(walker: Walker, path: str, content: bytes, **more: str) -> Page:
    picture = FileStorage(io.BytesIO(content), "IMG_1.jpg")
    boundary, body = encode_multipart(
        MultiDict({"token": walker.token, **more, "answer-file": picture})
    )
    kind = f"multipart/form-data; boundary={boundary}"
    reply = walker.client.post(
        f"/s/tiny/{path}", data=body, content_type=kind, follow_redirects=True
    )
    return Page(reply)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_picture_that_is_too_large_is_refused_with_the_words_in_their_place(
    walker: Walker, pages: dict[str, str], edition: str
) -> None:
    walker.says_yes(edition)
    page_id = pages["picture"]
    content = png() + b"\0" * (files.LARGEST["picture"] + 1)
    page = sends_file(walker, f"q/{page_id}", content, answer_words="My castle", page=page_id)
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert ("too big" if edition == "easy" else "up to 12 MB") in page.main
    if edition == "standard":  # easy read asks for the words on a page of their own
        assert page.typed() == "My castle"


@pytest.mark.parametrize("edition", ["standard", "easy"])
@pytest.mark.parametrize("where", ["answer", "edition"])
def test_a_file_that_nobody_could_take_leads_back_to_the_question(
    walker: Walker,
    session: Session,
    pages: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    edition: str,
    where: str,
) -> None:
    monkeypatch.setattr(moves, "FILE_AND_WORDS", 2 * MEGABYTE)
    walker.says_yes(edition)
    walker.answers(pages["short_text"], "Sunny")
    page_id = pages["picture"]
    walker.get(f"q/{page_id}")
    path = f"q/{page_id}" if where == "answer" else "edition"
    page = sends_file(walker, path, png() + b"\0" * 3 * MEGABYTE, page=page_id)
    assert page.status == 413
    assert page.h1 == ("This file is too big" if edition == "easy" else "This file is too large")
    assert (page.html.select_one("body.easy") is not None) == (edition == "easy")
    link = page.html.select_one("main .actions a")
    assert link is not None
    if where == "answer":
        assert walker.get(str(link["href"]).removeprefix("/s/tiny/")).path.endswith(page_id)
    response = session.scalars(select(Response)).one()
    assert ("Sunny",) in respondents.answers(session, response.id).values()


def test_a_file_may_come_with_a_change_of_edition(
    walker: Walker, session: Session, pages: dict[str, str]
) -> None:
    walker.says_yes()
    page_id = pages["picture"]
    walker.get(f"q/{page_id}")
    content = png() + b"\0" * 2 * MEGABYTE
    page = sends_file(walker, "edition", content, page=page_id, edition="easy")
    assert page.status == 200
    assert page.path.endswith(page_id)
    session.expire_all()
    assert session.scalars(select(Upload.kind)).all() == ["picture"]


@pytest.mark.parametrize("kind", ["short_text", "long_text", "single"])
def test_a_question_without_a_file_takes_a_megabyte_and_no_more(
    walker: Walker, pages: dict[str, str], kind: str
) -> None:
    walker.says_yes()
    page_id = pages[kind]
    walker.get(f"q/{page_id}")
    page = sends_file(walker, f"q/{page_id}", b"\0" * 2 * MEGABYTE, page=page_id)
    assert page.status == 413
    assert page.h1 == "This is too long"
    words = walker.answers(page_id, "x" * (MEGABYTE + 1))
    assert words.status == 413
    assert words.h1 == "This is too long"
    link = words.html.select_one("main .actions a")
    assert link is not None
    assert str(link["href"]).endswith(f"/q/{page_id}")


def test_too_long_words_are_answered_in_the_edition_that_is_read(
    walker: Walker, pages: dict[str, str]
) -> None:
    walker.says_yes("easy")
    walker.get(f"q/{pages['long_text']}")
    page = walker.answers(pages["long_text"], "x" * (MEGABYTE + 1))
    assert page.status == 413
    assert "Please write less." in page.main


def test_somebody_elses_picture_is_not_shown(
    walker: Walker, app: Flask, survey: Survey, session: Session, pages: dict[str, str]
) -> None:
    walker.says_yes()
    page_id = pages["picture"]
    walker.get(f"q/{page_id}")
    sends_file(walker, f"q/{page_id}", png(), page=page_id)
    session.expire_all()
    upload = session.scalars(select(Upload)).one()
    mine = walker.client.get(f"/s/tiny/upload/{upload.id}")
    assert (mine.status_code, mine.mimetype) == (200, "image/jpeg")
    assert "no-store" in mine.headers["Cache-Control"]
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    assert client.get(f"/s/tiny/upload/{upload.id}").status_code == 404
    other = Walker(client, survey.slug)
    other.says_yes()
    assert client.get(f"/s/tiny/upload/{upload.id}").status_code == 404
    assert client.get("/s/tiny/upload/nothing").status_code == 404
