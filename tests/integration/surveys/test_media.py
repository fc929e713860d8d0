"""Signed and spoken questions: attached by staff, with their words, played in parts."""

import datetime as dt
import io
from collections.abc import Callable

import av
import pytest
from sqlalchemy.orm import Session

from surveys import queries
from surveys.editions import languages, media
from surveys.models import AttachedMedium, Survey
from tests.integration.surveys.walker import Page
from tests.pages import CheckedClient, token_of
from tests.people import Staff

DESK = "/desk/consultations/tiny-plan/surveys/tiny/media/"


@pytest.fixture(scope="module")
def film() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = number
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


@pytest.fixture
def signed(session: Session, survey: Survey, film: bytes, now: dt.datetime) -> AttachedMedium:
    made = media.attach(
        session, survey, "start", "bsl", film, "We want to know.", actor="officer", now=now
    )
    session.commit()
    return made


@pytest.fixture
def officer(staff: Callable[..., Staff]) -> CheckedClient:
    person = staff("engagement_officer")
    person.signs_in()
    return person.client


def offered(session: Session, survey: Survey) -> tuple[str, ...]:
    read = queries.current_document(session, survey)
    return languages.on_offer(session, survey.id, read, production=True)


def test_british_sign_language_is_offered_once_the_first_page_is_signed(
    session: Session, survey: Survey, film: bytes, now: dt.datetime
) -> None:
    media.attach(session, survey, "TQ1", "bsl", film, "Moved?", actor="officer", now=now)
    assert "bsl" not in offered(session, survey)
    media.attach(session, survey, "start", "bsl", film, "Hello.", actor="officer", now=now)
    assert "bsl" in offered(session, survey)


def test_a_recording_needs_its_words_and_must_be_one(
    session: Session, survey: Survey, film: bytes, now: dt.datetime
) -> None:
    refused = [("bsl", film, "  "), ("bsl", b"not a film", "Hello."), ("audio", film, "Hello.")]
    for use, content, words in refused:
        with pytest.raises(media.MediumError):
            media.attach(session, survey, "start", use, content, words, actor="x", now=now)


def test_a_new_recording_takes_the_place_of_the_old_one(
    session: Session, survey: Survey, signed: AttachedMedium, film: bytes, now: dt.datetime
) -> None:
    before = signed.id
    media.attach(session, survey, "start", "bsl", film, "Hello again.", actor="x", now=now)
    (left,) = media.attached(session, survey.slug)
    assert left.id != before
    assert left.words == "Hello again."


def test_only_the_edition_that_is_signed_shows_the_film(
    session: Session, survey: Survey, signed: AttachedMedium, now: dt.datetime
) -> None:
    shelf = media.Shelf()
    (shown,) = shelf.beside(lambda: session, survey.slug, "start", "bsl", now)
    assert shown.id == signed.id
    assert shown.is_video
    assert shelf.beside(lambda: session, survey.slug, "start", "standard", now) == ()
    assert shelf.beside(lambda: session, survey.slug, "TQ1", "bsl", now) == ()


def test_what_is_attached_is_remembered_for_a_while_and_no_longer(
    session: Session, survey: Survey, film: bytes, now: dt.datetime
) -> None:
    shelf = media.Shelf()
    assert shelf.beside(lambda: session, survey.slug, "start", "bsl", now) == ()
    media.attach(session, survey, "start", "bsl", film, "Hello.", actor="x", now=now)
    soon, later = now + dt.timedelta(seconds=5), now + dt.timedelta(minutes=1)
    assert shelf.beside(lambda: session, survey.slug, "start", "bsl", soon) == ()
    assert shelf.beside(lambda: session, survey.slug, "start", "bsl", later) != ()
    shelf.forget(survey.slug)
    assert shelf.beside(lambda: session, survey.slug, "start", "bsl", now) != ()


def test_a_recording_is_handed_out_as_a_whole_and_in_parts(
    client: CheckedClient, survey: Survey, signed: AttachedMedium
) -> None:
    address = f"/s/{survey.slug}/media/{signed.id}"
    whole = client.get(address)
    assert whole.data == signed.content
    assert whole.mimetype == "video/webm"
    assert "immutable" in whole.headers["Cache-Control"]
    assert "media-src 'self'" in whole.headers["Content-Security-Policy"]
    size = len(signed.content)
    for asked, first, last in [
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, size - 1),
        ("bytes=-5", size - 5, size - 1),
    ]:
        part = client.get(address, headers={"Range": asked})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert part.data == signed.content[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2"])
def test_a_part_that_is_not_there_is_refused(
    client: CheckedClient, survey: Survey, signed: AttachedMedium, asked: str
) -> None:
    reply = client.get(f"/s/{survey.slug}/media/{signed.id}", headers={"Range": asked})
    assert reply.status_code == 416


def test_a_recording_of_another_survey_is_not_found(
    client: CheckedClient, survey: Survey, signed: AttachedMedium
) -> None:
    assert client.get(f"/s/other/media/{signed.id}").status_code == 404
    assert client.get(f"/s/{survey.slug}/media/nothing").status_code == 404


def test_an_officer_attaches_and_removes_a_recording(
    officer: CheckedClient, session: Session, survey: Survey, film: bytes
) -> None:
    data = {"place": "start", "use": "bsl", "words": "We want to know.", "csrf_token": ""}
    data["csrf_token"] = token_of(officer.get(DESK).get_data(as_text=True))
    bare = officer.post(DESK, data={**data, "words": "", "file": (io.BytesIO(film), "a.webm")})
    assert bare.status_code == 400
    assert "Write down what is said" in Page(bare).main
    sent = officer.post(DESK, data={**data, "file": (io.BytesIO(film), "a.webm")})
    assert sent.status_code == 303
    page = Page(officer.get(DESK))
    assert page.html.find("video") is not None
    (left,) = media.attached(session, survey.slug)
    assert officer.post(f"{DESK}{left.id}/remove", data=data).status_code == 303
    session.expire_all()
    assert media.attached(session, survey.slug) == ()


def form(fields: dict[str, str], file: bytes) -> bytes:
    """What a browser sends; the test client would leave a temporary file open."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.webm"\r\n\r\n'
    return b"".join([*parts, head, file, b"\r\n--x--\r\n"])


@pytest.mark.usefixtures("survey")
def test_only_the_form_for_films_takes_large_files(officer: CheckedClient, film: bytes) -> None:
    token = token_of(officer.get(DESK).get_data(as_text=True))
    fields = {"place": "start", "use": "bsl", "words": "Words.", "csrf_token": token}
    large = form(fields, film + bytes(2 * 1024 * 1024))
    kind = "multipart/form-data; boundary=x"
    assert officer.post(DESK, data=large, content_type=kind).status_code == 303
    elsewhere = DESK.replace("media", "languages") + "pl"
    assert officer.post(elsewhere, data=large, content_type=kind).status_code == 413
