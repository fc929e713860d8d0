"""Whatever somebody wrote or sent reaches a safeguarding reader, also where no number counts it."""

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.orm import utc_now
from engage.safeguarding import SafeguardingItem, reading
from engage.safeguarding.services import confirm, decide
from engage.safeguarding.verdicts import Verdict
from surveys import queries, respondents, services
from surveys.gathering import artefacts, sessions
from surveys.gathering.artefacts import Noted
from surveys.models import Artefact, FacilitatedSession, Response, ResponseFlag, Survey
from surveys.paperwork import keyedsheet, secondreading, sheets
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.people import Staff

SomebodyWith = Callable[..., Staff]
GRAVE = "Somebody hits me at home"
SECRET = "a secret for tests that nobody else uses"
DESK = "/desk/consultations/tiny-plan/surveys/tiny"


@pytest.fixture
def held(session: Session, survey: Survey, now: dt.datetime) -> FacilitatedSession:
    user = factories.UserFactory(with_roles=["facilitator"])
    opened = sessions.open_session(
        session, survey, label="A", place_type="school", channel="event",
        held_on=now.date(), facilitator=user.id, now=now,
    )  # fmt: skip
    session.commit()
    return opened


def queued(session: Session) -> dict[str, int]:
    session.expire_all()
    return {one.question: one.order_score for one in session.scalars(select(SafeguardingItem))}


def made(session: Session, held: FacilitatedSession, words: str, now: dt.datetime) -> Artefact:
    noted: Sequence[Noted] = artefacts.lines(words, "sticky_note")
    kept = artefacts.add_artefacts(
        session, held, "sticky_note", noted, actor=held.facilitator_id, now=now
    )
    session.commit()
    return kept[0]


def test_words_on_a_question_that_no_longer_fits_are_read_and_counted_nowhere(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    walker.answers("how-planned", "badly")
    walker.answers("what-else", GRAVE)
    walker.answers("moved", "no", back_to="check")
    check = walker.get("check")
    assert "one person reads it to keep people safe" in check.main
    walker.sends()
    response = session.scalars(select(Response)).one()
    (asked,) = queued(session)
    assert queued(session)[asked] >= 2
    assert respondents.left_out_words(session, response.id) == {asked: GRAVE}
    assert asked not in respondents.answers(session, response.id)
    services.erase_read_words(session, response.id, asked)
    assert respondents.left_out_words(session, response.id) == {}


def test_words_off_the_path_go_with_a_response_that_is_taken_out_once_they_are_read(
    walker: Walker, session: Session, now: dt.datetime
) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    walker.answers("how-planned", "badly")
    walker.answers("what-else", GRAVE)
    walker.answers("moved", "no")
    walker.sends()
    response = session.scalars(select(Response)).one()
    services.withdraw(session, response, secret=SECRET, now=now)
    assert set(respondents.left_out_words(session, response.id).values()) == {GRAVE}
    item = session.scalars(select(SafeguardingItem)).one()
    seen = reading.digest(reading.words_of(session, [item])[item.id])
    fine = Verdict(decision="no_concern", reason="A film.", words=seen, returns=True)
    decide(session, item, fine, actor="reader", now=utc_now(), keep_days=365)
    assert set(respondents.left_out_words(session, response.id).values()) == {GRAVE}
    confirm(
        session, item, reason="I agree.", words=seen, actor="second", now=utc_now(), keep_days=365
    )  # fmt: skip
    assert respondents.left_out_words(session, response.id) == {}


def test_words_that_a_sheet_said_to_leave_out_are_read_too(
    session: Session, survey: Survey, now: dt.datetime, app: Flask
) -> None:
    del app  # it listens
    read = queries.current_document(session, survey)
    sheet = sheets.unnumbered_sheet(
        session, queries.current_version(session, survey), "standard", now=now
    )
    typed = {"TQ1": "2", "TQ1c": GRAVE}
    reading = keyedsheet.read_sheet(read, "standard", typed)
    assert reading.off_path == ("TQ1c",)
    response = sheets.key_sheet(
        session, sheet, reading.sent, secret=SECRET, keyed_by="first", now=now
    )
    assert "TQ1c" not in respondents.answers(session, response.id)
    assert respondents.left_out_words(session, response.id) == {"TQ1c": GRAVE}
    assert queued(session)["TQ1c"] >= 2


def test_words_that_a_second_reading_takes_out_stay_for_the_reader(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    read = queries.current_document(session, survey)
    sheet = sheets.unnumbered_sheet(
        session, queries.current_version(session, survey), "standard", now=now
    )
    first = keyedsheet.read_sheet(read, "standard", {"TQ1": "2", "TQ7": GRAVE})
    response = sheets.key_sheet(
        session, sheet, first.sent, secret=SECRET, keyed_by="first", now=now
    )
    second = keyedsheet.read_sheet(read, "standard", {"TQ1": "2"})
    secondreading.verify_sheet(
        session, sheet, second.values, decided={"TQ7": "second"}, verified_by="second", now=now
    )
    assert respondents.left_out_words(session, response.id) == {"TQ7": GRAVE}


def test_what_is_noted_about_a_session_is_read_and_stays_as_it_was_written(
    session: Session, held: FacilitatedSession, now: dt.datetime
) -> None:
    def record(words: str) -> None:
        sessions.record_session(
            session, held, heads=3, help_given=words, raised_on_day=True, raised_reference="R7",
            actor="f", now=now,
        )  # fmt: skip

    record(f"A child said: {GRAVE}")
    record("Read aloud")
    record("Read aloud")
    sessions.read_back(
        session, held, on=now.date(), note="One said it hurts me", actor="f", now=now
    )
    session.commit()
    read = session.scalars(
        select(Artefact.words).join(SafeguardingItem, SafeguardingItem.artefact_id == Artefact.id)
    ).all()
    assert sorted(read) == sorted(
        [f"A child said: {GRAVE}", "R7", "Read aloud", "One said it hurts me"]
    )
    assert artefacts.artefacts_of(session, held) == []
    assert sessions.totals_of(session, held).artefacts == 0


def test_grave_words_from_a_session_are_held_from_everybody_but_its_facilitator(
    session: Session, held: FacilitatedSession, now: dt.datetime, staff: SomebodyWith
) -> None:
    grave = made(session, held, GRAVE, now)
    mild = made(session, held, "More clubs", now)
    assert (grave.is_held, mild.is_held) == (True, False)
    officer = staff("engagement_officer")
    officer.signs_in()
    page = officer.opens(f"{DESK}/sessions/{held.id}").get_data(as_text=True)
    assert "More clubs" in page
    assert GRAVE not in page
    for part in (f"made/{grave.id}", f"made/{grave.id}/picture"):
        assert officer.opens(f"{DESK}/sessions/{held.id}/{part}").status_code == 404
    assert GRAVE not in officer.opens(f"{DESK}/sessions/{held.id}/read-back").get_data(True)
    services.release_artefact(session, grave.id, now=now)
    session.commit()
    assert GRAVE in officer.opens(f"{DESK}/sessions/{held.id}").get_data(as_text=True)


def test_signs_show_no_words_that_wait_to_be_read_for_safety(
    walker: Walker, session: Session, staff: SomebodyWith, now: dt.datetime
) -> None:
    walker.says_yes()
    walker.answers("more", GRAVE)
    walker.answers("word", "Sunny")
    walker.sends()
    response = session.scalars(select(Response)).one()
    session.add(ResponseFlag(response_id=response.id, kind="very_quick", raised_at=now, reason=""))
    session.commit()
    analyst = staff("analyst")
    analyst.signs_in()
    page = analyst.opens(f"{DESK}/flags/").get_data(as_text=True)
    assert "Sunny" in page
    assert GRAVE not in page
    assert "not shown here: 1." in page


@pytest.mark.parametrize(("role", "shown"), [("analyst", False), ("engagement_officer", False)])
def test_small_numbers_of_a_session_are_for_its_facilitator_alone(
    session: Session, held: FacilitatedSession, now: dt.datetime, staff: SomebodyWith,
    role: str, shown: bool,
) -> None:  # fmt: skip
    sessions.record_session(session, held, heads=3, actor="f", now=now)
    session.commit()
    somebody = staff(role)
    somebody.signs_in()
    for address in (f"{DESK}/sessions/", f"{DESK}/sessions/{held.id}"):
        page = somebody.opens(address).get_data(as_text=True)
        assert ("<strong>3</strong>" in page) is shown
        assert "<strong>fewer than 5</strong>" in page
