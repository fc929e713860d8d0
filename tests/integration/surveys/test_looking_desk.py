"""Staff pages: signs to decide about, pictures and recordings, and who answered."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.consultations import Consultation
from surveys import queries, services
from surveys.gathering import artefacts, sessions
from surveys.gathering.artefacts import Noted, Permission
from surveys.models import (
    Answer,
    Response,
    ResponseFlag,
    Snapshot,
    SnapshotResponse,
    Survey,
    Upload,
)
from tests.conftest import SECRET
from tests.factories import NOW, ResponseFactory, SnapshotFactory, UserFactory
from tests.integration.surveys.walker import Page
from tests.pages import CheckedClient, token_of
from tests.people import Staff

HOME = "/desk/consultations/tiny-plan/surveys/tiny"
FLAGS, UPLOADS = f"{HOME}/flags/", f"{HOME}/uploads/"
WHO = "/desk/consultations/tiny-plan/who-answered"
WORDS = "We have waited for two years and nobody rang."


@pytest.fixture
def analyst(staff: Callable[..., Staff]) -> CheckedClient:
    person = staff("analyst")
    person.signs_in()
    return person.client


@pytest.fixture
def response(session: Session, survey: Survey) -> Response:
    version = queries.current_version(session, survey)
    made: Response = ResponseFactory(submitted=True, survey_version_id=version.id)
    text = next(
        code
        for code, asked in queries.current_document(session, survey).questions.items()
        if asked.is_text and not asked.private
    )
    session.add(Answer(response_id=made.id, question=text, position=0, value=WORDS))
    session.add(Answer(response_id=made.id, question="PIC", position=0, value="picture1"))
    session.add(ResponseFlag(response_id=made.id, kind="same_words", raised_at=NOW))
    session.add(
        Upload(
            id="picture1", response_id=made.id, question=text, kind="picture",
            media_type="image/png", size=7, sha256="0" * 64, content=b"drawing",
            description="My school", may_print=True, may_print_age="9",
        )
    )  # fmt: skip
    session.commit()
    return made


def verbs(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(AuditEvent.verb).order_by(AuditEvent.sequence)))


def decide(client: CheckedClient, response: Response, **data: str) -> Page:
    token = token_of(client.get(FLAGS).text)
    about = {"csrf_token": token, "response_id": response.id, "kind": "same_words", **data}
    return Page(client.post(f"{FLAGS}decide", data=about, follow_redirects=True))


# --- Signs ----------------------------------------------------------------------------------


def test_a_sign_is_shown_with_what_helps_to_judge_it(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    page = Page(analyst.get(FLAGS))
    assert "The same long comment came with other answers too" in page.main
    assert WORDS in page.main
    assert "Not decided yet" in page.main
    assert response.id not in page.main
    assert "read_flags" in verbs(session), "who reads words is recorded"


def test_leaving_out_without_a_reason_is_refused(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    page = decide(analyst, response, decision="leave_out", reason="")
    assert page.status == 400
    assert "Say why these answers are left out." in page.main
    session.expire_all()
    assert response.left_out_at is None


def test_a_decision_is_kept_shown_and_undone(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    page = decide(analyst, response, decision="leave_out", reason="Sent twice")
    assert "Left out : Sent twice" in page.main
    session.expire_all()
    assert response.left_out_because == "Sent twice"
    decide(analyst, response, decision="")
    session.expire_all()
    assert response.left_out_at is None
    assert [verb for verb in verbs(session) if verb.startswith("flag_")] == [
        "flag_leave_out", "flag_undone",
    ]  # fmt: skip


def test_nobody_decides_about_a_response_of_another_survey(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    stranger = ResponseFactory(submitted=True)
    session.add(ResponseFlag(response_id=stranger.id, kind="same_words", raised_at=NOW))
    session.commit()
    assert decide(analyst, stranger, decision="keep").status == 404
    del response


def test_without_a_sign_the_page_says_so(analyst: CheckedClient, survey: Survey) -> None:
    del survey
    assert "There is nothing to look at." in Page(analyst.get(FLAGS)).main


# --- Pictures and recordings ----------------------------------------------------------------


def test_an_upload_is_listed_with_what_its_sender_allows(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    del response
    page = Page(analyst.get(UPLOADS))
    assert "My school" in page.main
    assert "Yes: 9" in page.main
    assert "read_uploads" in verbs(session)


def test_opening_one_is_recorded_and_kept_nowhere(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    del response
    reply = analyst.get(f"{UPLOADS}picture1/file")
    assert (reply.data, reply.mimetype) == (b"drawing", "image/png")
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert verbs(session)[-1] == "open_upload"
    assert analyst.get(f"{UPLOADS}another/file").status_code == 404


def test_a_drawing_of_a_session_stands_with_the_pictures(
    analyst: CheckedClient, session: Session, survey: Survey
) -> None:
    person = UserFactory(with_roles=["facilitator"])
    held = sessions.open_session(
        session, survey, label="School council", place_type="school", channel="voh_school",
        held_on=NOW.date(), facilitator=person.id, now=NOW,
    )  # fmt: skip
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(drawn, "PNG")
    picture = artefacts.keep_drawing(session, drawn.getvalue(), Permission(picture=True, age="10"))
    artefacts.add_artefacts(
        session, held, "drawing", [Noted("A red square")], upload=picture, actor="f", now=NOW
    )
    session.commit()
    page = Page(analyst.get(UPLOADS))
    assert "A red square" in page.main
    assert "Yes: 10" in page.main
    assert analyst.get(f"{UPLOADS}{picture.id}/file").mimetype == "image/jpeg"
    assert verbs(session)[-1] == "open_upload"


def test_what_is_written_down_is_kept_with_who_wrote_it(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    del response
    analyst.send(f"{UPLOADS}picture1/transcript", {"transcript": "A big bus"}, page=UPLOADS)
    session.expire_all()
    upload = session.get_one(Upload, "picture1")
    assert upload.transcript == "A big bus"
    assert upload.transcribed_by
    reply = analyst.send(f"{UPLOADS}picture1/transcript", {"transcript": " "}, page=UPLOADS)
    assert reply.status_code == 400
    assert "A big bus" in Page(analyst.get(UPLOADS)).html.select("textarea")[0].text


def test_what_was_taken_out_is_not_there(
    analyst: CheckedClient, session: Session, response: Response
) -> None:
    response.withdrawn_at = NOW
    session.commit()
    assert "Nobody has sent a picture" in Page(analyst.get(UPLOADS)).main
    assert "There is nothing to look at." in Page(analyst.get(FLAGS)).main
    assert analyst.get(f"{UPLOADS}picture1/file").status_code == 404


@pytest.mark.parametrize("address", [FLAGS, UPLOADS, f"{UPLOADS}picture1/file", WHO])
def test_only_analysts_look(staff: Callable[..., Staff], response: Response, address: str) -> None:
    del response
    officer = staff("engagement_officer")
    officer.signs_in()
    assert officer.opens(address).status_code == 403


# --- Who answered ---------------------------------------------------------------------------


def test_before_the_close_nothing_is_counted(analyst: CheckedClient, survey: Survey) -> None:
    del survey
    assert "Close the surveys first" in Page(analyst.get(WHO)).main


def test_the_tables_hide_small_numbers(
    analyst: CheckedClient, session: Session, plan: Consultation, survey: Survey
) -> None:
    version = queries.current_version(session, survey)
    snapshot: Snapshot = SnapshotFactory(consultation_id=plan.id, responses=40)
    for number in range(40):
        made = ResponseFactory(submitted=True, survey_version_id=version.id)
        session.add(SnapshotResponse(snapshot_id=snapshot.id, response_id=made.id))
        value = "female" if number < 25 else "male" if number < 28 else ""
        services.keep_equality(
            session, plan.id, made.id, "EQ5", (value,) if value else (),
            wording="2026-1", secret=SECRET, now=NOW,
        )  # fmt: skip
    session.commit()
    page = Page(analyst.get(WHO))
    rows = {
        row.find("th").get_text(strip=True): row.find("td").get_text(strip=True)
        for row in page.html.select('section[aria-labelledby="EQ5"] tbody tr')
    }
    assert rows["Female"] == "25"
    assert rows["Male"] == "[c]"
    assert rows["Did not answer, or was not asked"] == "[c]", "or the three could be worked out"
    assert "read_profile" in verbs(session)
