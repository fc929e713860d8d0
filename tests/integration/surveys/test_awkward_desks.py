"""Awkward words on the pages beside the questions: codes, contacts, keyed paper, staff's own notes.

The usual run takes a small part of the list in tests/awkward.py, the full run all of it.
"""

from collections.abc import Callable, Sequence

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engage.orm import utc_now
from engage.throttle import Throttle
from reports.public import receipts
from surveys import queries, respondents, services, tell_me
from surveys.gathering import artefacts, sessions
from surveys.models import (
    Answer,
    Contact,
    PaperSheet,
    Response,
    ResponseFlag,
    Survey,
    Upload,
)
from surveys.respond import coming_back
from tests.awkward import kept, seen, strings
from tests.conftest import SECRET
from tests.factories import NOW, ResponseFactory, UserFactory
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient, token_of
from tests.people import Staff

SOME = ["\x07bell", "nul\x00", *strings(every=100)[::8]]
ALL = strings()
HOME = "/desk/consultations/tiny-plan/surveys/tiny"
WORDS = "TQ7"
DRAWN = "TQ8"
LONGEST = 4000

the_list = pytest.mark.parametrize(
    "listed",
    [
        SOME,
        pytest.param(
            ALL,
            marks=(pytest.mark.full, pytest.mark.one_database, pytest.mark.timeout(3000)),
        ),
    ],
    ids=["some", "all"],
)


def in_main(reply: TestResponse) -> str:
    found = BeautifulSoup(reply.data, "html.parser").select_one("main")
    assert found is not None
    return seen(found.get_text())


def in_box(reply: TestResponse, selector: str) -> str:
    """Return what is typed in a box, as a reader sees it."""
    box = BeautifulSoup(reply.data, "html.parser").select_one(selector)
    assert box is not None
    return seen(str(box["value"]) if box.has_attr("value") else box.get_text())


@pytest.fixture
def somebody(staff: Callable[..., Staff]) -> Staff:
    person = staff("engagement_officer", "analyst")
    person.signs_in()
    return person


@pytest.fixture
def response(session: Session, survey: Survey) -> Response:
    """Return answers that a sign, a picture and words hang on."""
    version = queries.current_version(session, survey)
    made: Response = ResponseFactory(submitted=True, survey_version_id=version.id)
    session.add(Answer(response_id=made.id, question=WORDS, position=0, value="Words"))
    session.add(Answer(response_id=made.id, question=DRAWN, position=0, value="picture1"))
    session.add(ResponseFlag(response_id=made.id, kind="same_words", raised_at=NOW))
    session.add(
        Upload(
            id="picture1", response_id=made.id, question=DRAWN, kind="picture",
            media_type="image/png", size=7, sha256="0" * 64, content=b"drawing",
        )
    )  # fmt: skip
    session.commit()
    return made


@the_list
def test_where_a_code_is_asked_for_anything_may_be_typed(
    walker: Walker, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, listed: Sequence[str]
) -> None:
    for name in ("wrong_codes", "wrong_addresses"):
        monkeypatch.setattr(receipts, name, Throttle(limit=100_000, window=receipts.WINDOW))
    monkeypatch.setattr(coming_back, "wrong_codes", Throttle(limit=100_000, window=receipts.WINDOW))
    page = client.get("/your-answers").text
    walker.get("come-back")
    back = {"token": walker.token}
    for words in listed:
        said = seen(kept(words)[:40])
        reply = client.post("/your-answers", data={"csrf_token": token_of(page), "code": words})
        assert reply.status_code == 400
        assert in_box(reply, "#code") == said
        reply = client.post("/s/tiny/come-back", data={**back, "code": words})
        assert reply.status_code == 422
        assert in_box(reply, "#code") == said


@the_list
def test_own_words_are_read_back_by_their_receipt(
    client: CheckedClient, session: Session, survey: Survey, listed: Sequence[str]
) -> None:
    version = queries.current_version(session, survey)
    response: Response = ResponseFactory(survey_version_id=version.id)
    session.add(Answer(response_id=response.id, question=WORDS, position=0, value="Words"))
    live = services.submit(session, response, secret=SECRET, now=NOW, on_paper=True)
    session.commit()
    first = client.send("/your-answers", {"code": live}).text
    note = BeautifulSoup(first, "html.parser").select_one("input[name=note]")
    assert note is not None
    data = {"csrf_token": token_of(first), "note": str(note["value"]), "code": live}
    answer = session.scalars(select(Answer)).one()
    for words in (one for one in listed if len(kept(one)) <= LONGEST):
        answer.value = kept(words)
        session.commit()
        shown = client.post("/your-answers/words", data=data)
        assert shown.status_code == 200
        assert seen(kept(words)) in in_main(shown)


@the_list
def test_an_address_is_kept_as_it_was_written_or_shown_again(
    app: Flask, client: CheckedClient, session: Session, survey: Survey, listed: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(tell_me, "kept_lately", Throttle(limit=100_000, window=receipts.WINDOW))
    with app.test_request_context():
        note = tell_me.note(survey.slug, "standard")
    page = client.get(f"/tell-me/?note={note}").text
    form = {"csrf_token": token_of(page), "note": note, "wanted": "standard"}
    wanted = set()
    for words in listed:
        said = seen(kept(words))[: tell_me.LONGEST_ADDRESS]
        for kind in ("email", "text", "post"):
            reply = client.post("/tell-me/", data={**form, "kind": kind, "address": words})
            if reply.status_code == 303:
                wanted.add((kind, said))
            else:
                assert reply.status_code == 400
                assert in_box(reply, "#address") == seen(said)
    rows = session.execute(select(Contact.kind, Contact.address))
    assert {(kind, seen(address)) for kind, address in rows} == {
        (kind, seen(said)) for kind, said in wanted
    }


@the_list
def test_words_from_paper_are_kept_as_they_were_typed(
    somebody: Staff, session: Session, survey: Survey, listed: Sequence[str]
) -> None:
    del survey
    address = f"{HOME}/keying/new"
    page = somebody.opens(address).text
    form = {"csrf_token": token_of(page), "edition": "standard"}
    typed = [one for one in listed if len(kept(one)) <= LONGEST]
    for words in typed:
        again = somebody.client.post(address, data={**form, "q-TQ1": "9", f"q-{WORDS}": words})
        assert again.status_code == 400
        assert in_box(again, f"#q-{WORDS}") == seen(kept(words)), "shown again after a mistake"
        done = somebody.client.post(address, data={**form, "q-TQ1": "1", f"q-{WORDS}": words})
        assert done.status_code == 303
        assert somebody.opens(done.location).status_code == 200
    stored = [
        respondents.answers(session, str(sheet.response_id)).get(WORDS, ("",))[0]
        for sheet in session.scalars(select(PaperSheet))
    ]
    assert sorted(stored) == sorted(kept(one) for one in typed)
    for code in ("ZZZZ\x07", *typed[:10]):
        reply = somebody.client.send(f"{HOME}/keying/", {"code": code})
        assert reply.status_code == 400


@the_list
def test_the_desk_of_signs_shows_words_and_reasons_as_they_were_written(
    somebody: Staff, session: Session, response: Response, listed: Sequence[str]
) -> None:
    address = f"{HOME}/flags/"
    answer = session.scalars(select(Answer).where(Answer.question == WORDS)).one()
    about = {"response_id": response.id, "kind": "same_words", "decision": "leave_out"}
    token = {"csrf_token": token_of(somebody.opens(address).text)}
    for words in (one for one in listed if len(kept(one)) <= LONGEST):
        answer.value = kept(words)
        session.commit()
        data = {**token, **about, "reason": words}
        assert somebody.client.post(f"{address}decide", data=data).status_code == 303
        shown = somebody.opens(address)
        assert shown.status_code == 200
        assert seen(kept(words)) in in_main(shown)
        session.expire_all()
        flag = session.scalars(select(ResponseFlag)).one()
        assert flag.reason == kept(words[:400])


@the_list
def test_the_desk_of_pictures_shows_words_and_transcripts_as_they_were_written(
    somebody: Staff, session: Session, response: Response, listed: Sequence[str]
) -> None:
    address = f"{HOME}/uploads/"
    token = {"csrf_token": token_of(somebody.opens(address).text)}
    for words in (one for one in listed if len(kept(one)) <= LONGEST):
        upload = session.get_one(Upload, "picture1")
        upload.description = kept(words)
        session.commit()
        sent = {**token, "transcript": words}
        reply = somebody.client.post(f"{address}picture1/transcript", data=sent)
        assert reply.status_code == 303
        services.release(session, response.id, DRAWN, now=utc_now())  # if it sounded alarming
        session.commit()
        shown = somebody.opens(address)
        assert seen(kept(words)) in in_main(shown)
        assert in_box(shown, "#transcript-picture1") == seen(kept(words))
        session.expire_all()
        assert session.get_one(Upload, "picture1").transcript == kept(words)


@the_list
def test_what_a_facilitator_writes_down_is_kept_as_it_was_written(
    somebody: Staff, session: Session, survey: Survey, listed: Sequence[str]
) -> None:
    held = sessions.open_session(
        session, survey, label="A", place_type="school", channel="event", held_on=NOW.date(),
        facilitator=UserFactory(with_roles=["facilitator"]).id, now=NOW,
    )  # fmt: skip
    session.commit()
    page = f"{HOME}/sessions/{held.id}"
    token = {"csrf_token": token_of(somebody.opens(page).text)}
    for words in listed:
        line = seen(kept(words))[: artefacts.LONGEST_WORDS]
        sent = {**token, "kind": "spoken", "lines": line}
        assert somebody.client.post(f"{page}/made/", data=sent).status_code == 303
        newest = artefacts.artefacts_of(session, held)[-1]
        assert seen(newest.words) == seen(line)
        note = {**token, "note": words}
        assert somebody.client.post(f"{page}/read-back", data=note).status_code == 303
        session.rollback()
        assert session.get_one(type(held), held.id).read_back_note == kept(words)[:LONGEST]
        with_everything = somebody.opens(page)
        assert seen(line) in in_main(with_everything)
        artefacts.remove_artefact(session, held, newest, actor="o", now=NOW)
        session.commit()
