import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts import User
from engage.audit import AuditEvent
from engage.consultations import Consultation
from engage.safeguarding import HOLD_FROM, SafeguardingItem
from surveys import services
from surveys.gathering import artefacts, doors, sessions
from surveys.gathering.sessions import SessionError
from surveys.models import Artefact, FacilitatedSession, Response, Survey, SurveyVersion, Upload
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient
from tests.people import Staff

SomebodyWith = Callable[..., Staff]

NOTES = "\n".join(f"Note {number} about clubs" for number in range(1, 21))
DESK = "/desk/consultations/tiny-plan/surveys/tiny/sessions"

pytestmark = pytest.mark.usefixtures("survey")


@pytest.fixture
def facilitator(session: Session) -> User:
    made: User = factories.UserFactory(with_roles=["facilitator"])
    session.commit()
    return made


@pytest.fixture
def held(
    session: Session, survey: Survey, facilitator: User, now: dt.datetime
) -> FacilitatedSession:
    opened = sessions.open_session(
        session, survey, label="School council", place_type="school", channel="voh_school",
        held_on=now.date(), facilitator=facilitator.id, now=now,
    )  # fmt: skip
    session.commit()
    return opened


def note(session: Session, held: FacilitatedSession, typed: str, kind: str = "sticky_note") -> None:
    noted = artefacts.lines(typed, kind)
    artefacts.add_artefacts(session, held, kind, noted, actor="f", now=held.opened_at)


def test_heads_sheets_and_notes_stand_beside_each_other_and_are_never_a_sum(
    session: Session, plan: Consultation, held: FacilitatedSession, now: dt.datetime
) -> None:
    version = session.scalars(select(SurveyVersion)).one()
    sent = factories.ResponseFactory.create_batch(
        14, submitted=True, survey_version_id=version.id, session_id=held.id
    )
    for number, response in enumerate(sent):
        session.add(
            sessions.PaperSheet(
                survey_version_id=version.id,
                edition="easy",
                code=f"S{number}",
                printed_on=now.date(),
                session_id=held.id,
                response_id=response.id,
                keyed_by="f",
            )
        )
    sessions.record_session(session, held, heads=11, actor="f", now=now)
    note(session, held, NOTES)
    totals = sessions.session_totals(session, plan)
    assert totals == sessions.Totals(sessions=1, heads=11, responses=14, sheets=14, artefacts=20)
    assert not {25, 31, 34, 45} & set(vars(totals).values())


def test_lines_say_copies_and_dots() -> None:
    assert artefacts.lines("More clubs x3\n\n  bus ", "sticky_note") == (
        artefacts.Noted("More clubs", copies=3),
        artefacts.Noted("bus"),
    )
    assert artefacts.lines("More clubs: 5", "dot_votes") == (
        artefacts.Noted("More clubs", votes=5),
    )
    with pytest.raises(SessionError, match="number of dots"):
        artefacts.lines("More clubs", "dot_votes")


def test_every_note_is_read_for_safety_and_the_worrying_one_first(
    session: Session, held: FacilitatedSession
) -> None:
    note(session, held, f"{NOTES}\nSomebody hits me at home")
    queue = session.scalars(
        select(SafeguardingItem).order_by(SafeguardingItem.order_score.desc())
    ).all()
    assert len(queue) == 21
    first = session.get_one(Artefact, queue[0].artefact_id)
    assert first.words == "Somebody hits me at home"
    assert queue[0].order_score >= HOLD_FROM > queue[1].order_score


def test_what_is_corrected_or_taken_out_stays_for_the_reader_alone(
    session: Session, held: FacilitatedSession, now: dt.datetime
) -> None:
    note(session, held, "One\nTwo")
    one, two = artefacts.artefacts_of(session, held)
    artefacts.change_artefact(session, held, one, artefacts.Noted("Eins"), actor="f", now=now)
    artefacts.remove_artefact(session, held, two, actor="f", now=now)
    assert [kept.words for kept in artefacts.artefacts_of(session, held)] == ["Eins"]
    assert sessions.totals_of(session, held).artefacts == 1
    assert len(session.scalars(select(SafeguardingItem)).all()) == 3


def test_a_session_closes_with_heads_and_then_stays_as_it_is(
    session: Session, held: FacilitatedSession, now: dt.datetime
) -> None:
    with pytest.raises(SessionError, match="how many people"):
        sessions.close_session(session, held, actor="f", now=now)
    sessions.record_session(session, held, heads=11, actor="f", now=now)
    sessions.read_back(session, held, on=now.date(), note="Yes", actor="f", now=now)
    sessions.close_session(session, held, actor="f", now=now)
    assert sessions.open_by_code(session, held.code) is None
    with pytest.raises(SessionError, match="closed"):
        note(session, held, "too late")
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.object_type == "session"))
    assert list(verbs) == ["open", "record", "read_back", "close"]


def test_a_wall_code_is_typed_in_any_way_and_has_no_letters_that_look_alike(
    session: Session, held: FacilitatedSession
) -> None:
    typed = f" {held.code[:3].lower()}-{held.code[3:].lower()} "
    found = sessions.open_by_code(session, typed)
    assert found is not None
    assert not set(held.code) & set("01258ABEILOQSUVZ")


def test_thirty_phones_on_one_address_join_at_once(
    client: CheckedClient, session: Session, held: FacilitatedSession
) -> None:
    for number in range(30):
        phone = client.application.test_client()
        assert phone.get("/join?code=wrong").status_code == 404
        assert phone.get(f"/join/{held.code}").status_code == 303
        walker = Walker(phone, "tiny")
        walker.says_yes()
        walker.sends()
        assert sessions.totals_of(session, held).responses == number + 1
    begun = session.scalars(select(Response)).all()
    assert {(one.session_id, one.channel) for one in begun} == {(held.id, "voh_school")}


def test_the_page_asks_for_the_code_and_is_kind_about_a_wrong_one(client: CheckedClient) -> None:
    assert "code on the wall" in client.get("/join").get_data(as_text=True)
    wrong = client.get("/join?code=KTX4M9")
    assert wrong.status_code == 404
    assert "look at the wall" in wrong.get_data(as_text=True)
    assert "Please type the code" in client.get("/join?code=").get_data(as_text=True)


def test_a_machine_that_guesses_is_slowed_down(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = doors.Guard(calm=2, tight=2, alarm=9, window=dt.timedelta(minutes=10))
    monkeypatch.setattr(doors, "WRONG_CODES", guard)
    statuses = [client.get(f"/join/CODE{number}").status_code for number in range(4)]
    assert statuses == [404, 404, 429, 429]


def test_a_class_that_has_begun_to_join_is_not_locked_out_by_wrong_codes(
    client: CheckedClient, held: FacilitatedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = doors.Guard(calm=2, tight=2, alarm=9, window=dt.timedelta(minutes=10))
    monkeypatch.setattr(doors, "WRONG_CODES", guard)
    assert client.get(f"/join/{held.code}").status_code == 303
    statuses = [client.get(f"/join/CODE{number}").status_code for number in range(4)]
    assert statuses[-1] == 429
    assert client.get(f"/join/{held.code.lower()}").status_code == 303
    assert client.get(f"/join/{held.code}", environ_base={"REMOTE_ADDR": "198.51.100.9"}).location


def test_wrong_invitations_lock_no_session(
    client: CheckedClient, held: FacilitatedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = doors.Guard(calm=2, tight=2, alarm=9, window=dt.timedelta(minutes=10))
    monkeypatch.setattr(doors, "WRONG_CODES", guard)
    assert {client.get(f"/i/nothing-{number}").status_code for number in range(5)} == {404}
    assert client.get(f"/join/{held.code}").status_code == 303


def test_what_brought_somebody_to_one_survey_says_nothing_in_another(
    client: CheckedClient, session: Session, plan: Consultation, held: FacilitatedSession,
    source: dict[str, Any], now: dt.datetime,
) -> None:  # fmt: skip
    other = services.import_survey(session, plan, source, "other", actor="officer", now=now)
    services.open_survey(session, other, actor="officer", now=now, production=False)
    session.commit()
    client.get(f"/join/{held.code}")
    came = client.get_cookie("engage_came", path="/s/tiny/")
    assert came is not None
    walker = Walker(client, "tiny")
    walker.get()
    stolen = {"token": walker.token, "fresh": walker.fresh, "answer": "yes"}
    client.set_cookie("engage_came", came.value, path="/s/other/")
    client.post("/s/other/take-part", data=stolen)
    another = Walker(client, "other")
    another.get()
    another.says_yes()
    begun = session.scalars(select(Response)).all()
    assert len(begun) in {1, 2}
    assert {(one.session_id, one.channel) for one in begun} == {(None, "online_std")}


def test_a_page_that_was_open_when_the_session_closed_adds_nothing_to_it(
    client: CheckedClient, session: Session, held: FacilitatedSession, now: dt.datetime
) -> None:
    client.get(f"/join/{held.code}")
    walker = Walker(client, "tiny")
    walker.get()
    sessions.record_session(session, held, heads=3, actor="f", now=now)
    sessions.close_session(session, held, actor="f", now=now)
    session.commit()
    walker.says_yes()
    begun = session.scalars(select(Response)).one()
    assert (begun.session_id, begun.channel) == (None, "online_std")


def test_a_note_of_one_kind_is_not_taken_for_another(
    client: CheckedClient, held: FacilitatedSession, session: Session
) -> None:
    client.get(f"/join/{held.code}")
    came = client.get_cookie("engage_came", path="/s/tiny/")
    walker = Walker(client, "tiny")
    walker.get()
    assert came is not None
    forged = client.post("/s/tiny/take-part", data={"token": came.value, "answer": "yes"})
    assert forged.location == "/s/tiny/?again=1"
    client.set_cookie("engage_came", walker.token, path="/s/tiny/")
    Walker(client, "tiny").says_yes()
    assert session.scalars(select(Response)).one().session_id is None


def test_a_facilitator_runs_a_session_from_opening_to_closing(
    staff: SomebodyWith, session: Session
) -> None:
    somebody = staff("facilitator")
    somebody.signs_in()
    opened = somebody.client.send(
        f"{DESK}/",
        {
            "label": "Council",
            "place_type": "school",
            "channel": "voh_school",
            "held_on": "2026-03-02",
        },
    )
    page = opened.location
    assert "Code for the wall" in somebody.opens(page).get_data(as_text=True)
    somebody.client.send(
        f"{page}/record",
        {"heads": "11", "help_given": "Read aloud", "raised": "yes", "raised_reference": "R1"},
        page=page,
    )
    somebody.client.send(f"{page}/made/", {"kind": "sticky_note", "lines": NOTES}, page=page)
    for part in ("wall", "kiosk", "read-back"):
        assert somebody.opens(f"{page}/{part}").status_code == 200
    assert "Did we write this down right?" in somebody.opens(f"{page}/read-back").get_data(True)
    somebody.client.send(f"{page}/read-back", {"note": "Yes"}, page=page)
    assert somebody.client.send(f"{page}/close", page=page).location == f"{DESK}/"
    held = session.scalars(select(FacilitatedSession)).one()
    assert (held.heads, held.raised_reference, held.read_back_note) == (11, "R1", "Yes")
    assert somebody.opens(page).status_code == 404
    assert "Closed" in somebody.opens(f"{DESK}/").get_data(as_text=True)


def test_what_was_made_can_be_about_a_question(
    staff: SomebodyWith, session: Session, held: FacilitatedSession
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    page = f"{DESK}/{held.id}"
    form = officer.opens(page).get_data(as_text=True)
    assert '<option value="TQ7">What helped most?</option>' in form
    assert '<option value="">None, or several</option>' in form

    def made() -> dict[str, tuple[str | None, str]]:
        session.expire_all()
        return {one.words: (one.question, one.id) for one in artefacts.artefacts_of(session, held)}

    officer.client.send(
        f"{page}/made/", {"kind": "sticky_note", "lines": "A bus", "question": "TQ7"}, page=page
    )
    officer.client.send(f"{page}/made/", {"kind": "sticky_note", "lines": "Tea"}, page=page)
    assert {words: asked for words, (asked, _) in made().items()} == {"A bus": "TQ7", "Tea": None}
    assert "About: What helped most?" in officer.opens(page).get_data(as_text=True)
    correct = f"{page}/made/{made()['A bus'][1]}"
    assert '<option value="TQ7" selected>' in officer.opens(correct).get_data(as_text=True)
    officer.client.send(correct, {"words": "A bus", "question": ""}, page=correct)
    assert made()["A bus"][0] is None
    odd = {"kind": "sticky_note", "lines": "Odd", "question": "nothing"}
    refused = officer.client.send(f"{page}/made/", odd, page=page)
    assert refused.status_code == 400
    assert "Choose a question from the list" in refused.get_data(as_text=True)
    assert "Odd" not in made()


def test_mistakes_of_a_facilitator_are_said_at_the_field(staff: SomebodyWith) -> None:
    somebody = staff("facilitator")
    somebody.signs_in()
    bad = {"label": "", "place_type": "school", "channel": "event", "held_on": "2026-03-02"}
    assert somebody.client.send(f"{DESK}/", bad).status_code == 400
    assert (
        somebody.client.send(f"{DESK}/", {**bad, "label": "A", "held_on": "?"}).status_code == 400
    )
    page = somebody.client.send(f"{DESK}/", {**bad, "label": "A"}).location
    assert somebody.client.send(f"{page}/record", {"heads": "many"}, page=page).status_code == 400
    assert somebody.client.send(f"{page}/close", page=page).status_code == 409
    assert somebody.client.send(f"{page}/made/", {"kind": "spoken"}, page=page).status_code == 400


def test_two_sessions_of_one_name_make_no_two_regions_of_one_name(staff: SomebodyWith) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    told = {"place_type": "school", "channel": "event", "held_on": "2026-03-02"}
    for _ in range(2):
        officer.client.send(f"{DESK}/", {**told, "label": "School council"})
    page = BeautifulSoup(officer.opens(f"{DESK}/").text, "html.parser")
    assert [one.get_text(strip=True) for one in page.select(".session h2")] == [
        "School council"
    ] * 2
    regions = page.select("section[aria-labelledby], section[aria-label]")
    names = [page.select_one(f"#{one['aria-labelledby']}") for one in regions]
    assert len({one and one.get_text(strip=True) for one in names}) == len(regions)


def test_a_drawing_is_kept_with_each_permission_apart_and_can_be_corrected(
    staff: SomebodyWith, session: Session
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    page = officer.client.send(
        f"{DESK}/",
        {"label": "A", "place_type": "school", "channel": "event", "held_on": "2026-03-02"},
    ).location
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(drawn, "PNG")
    drawn.seek(0)
    sent = {
        "kind": "drawing", "lines": "A red square", "may_print": "yes", "may_print_age": "10",
        "picture": (drawn, "a.png"),
    }  # fmt: skip
    assert officer.client.send(f"{page}/made/", sent, page=page).status_code == 303
    upload = session.scalars(select(Upload)).one()
    assert (upload.may_print, upload.may_print_name, upload.may_print_age) == (True, None, "10")
    artefact = session.scalars(select(Artefact)).one()
    made = f"{page}/made/{artefact.id}"
    assert officer.opens(f"{made}/picture").mimetype == "image/jpeg"
    assert officer.opens(made).status_code == 200
    officer.client.send(made, {"words": "A square"})
    session.expire_all()
    new = session.scalars(select(Artefact).where(Artefact.removed_on.is_(None))).one()
    assert (new.words, new.upload_id) == ("A square", upload.id)
    officer.client.send(f"{page}/made/{new.id}", {"then": "remove"})
    session.expire_all()
    assert session.scalars(select(Artefact).where(Artefact.removed_on.is_(None))).all() == []


def test_a_facilitator_sees_only_their_own_an_analyst_reads_and_an_officer_works_with_all(
    staff: SomebodyWith, held: FacilitatedSession
) -> None:
    other = staff("facilitator")
    other.signs_in()
    assert other.opens(f"{DESK}/{held.id}").status_code == 404
    assert "School council" not in other.opens(f"{DESK}/").get_data(as_text=True)
    other.signs_out()
    analyst = staff("analyst")
    analyst.signs_in()
    page = analyst.opens(f"{DESK}/{held.id}").get_data(as_text=True)
    assert "Close the session" not in page
    assert analyst.opens(f"{DESK}/{held.id}/kiosk").status_code == 403
    analyst.signs_out()
    officer = staff("engagement_officer")
    officer.signs_in()
    assert "Close the session" in officer.opens(f"{DESK}/{held.id}").get_data(as_text=True)
