"""The pages of the safeguarding desk, as a reader uses them, and the clock beside them."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from engage import safeguarding
from engage.audit import AuditEvent
from engage.safeguarding import SafeguardingItem, SafeguardingLog, reading, services, verdicts
from engage.settings import Settings
from surveys.models import ReadForSafety
from tests.factories import NOW, UserFactory
from tests.integration.engage.safety import (
    GRAVE,
    PLAIN,
    SomebodyWith,
    decide,
    false_alarm,
    page,
    referral,
    seen_in,
    sent,
)


def test_a_false_alarm_is_cleared_with_a_reason_in_two_clicks(
    staff: SomebodyWith, session: Session
) -> None:
    item = false_alarm(session)
    reader = staff("safeguarding_reader")
    reader.signs_in()
    assert f"/desk/safeguarding/{item.id}" in page(reader, "/desk/safeguarding/")
    html = page(reader, f"/desk/safeguarding/{item.id}")
    words = re.search(r'name="words" value="(\w+)"', html)
    assert words
    quick = {"quick": "manner_of_speaking", "words": words[1]}
    place = f"/desk/safeguarding/{item.id}"
    assert reader.client.send(f"{place}/decide", quick, page=place).status_code == 303
    session.rollback()
    assert session.scalars(select(ReadForSafety)).one().response_id == item.response_id
    assert session.scalars(select(SafeguardingLog)).one().reason == "A manner of speaking"


def test_a_mistake_keeps_what_was_typed(staff: SomebodyWith, session: Session) -> None:
    item = sent(session, GRAVE)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    typed = {"decision": "child_referral", "reason": "Hit at home", "words": reading.digest(GRAVE)}
    reply = reader.client.send(f"{place}/decide", typed, page=place)
    assert reply.status_code == 400
    html = reply.get_data(as_text=True)
    assert "Hit at home" in html
    assert "Write down the reference" in html


@pytest.mark.parametrize(
    ("day", "time"), [("27/3/2026", "14:05"), ("2026-03-27", "14.05"), ("27 March 2026", "14:05")]
)
def test_the_time_of_a_referral_is_understood_as_people_write_it(
    staff: SomebodyWith, session: Session, day: str, time: str
) -> None:
    item = sent(session, GRAVE)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    typed = {
        "decision": "child_referral", "reason": "Hit at home", "reference": "R-1",
        "referred_on": day, "referred_time": time, "referred_by": "Duty lead",
        "words": reading.digest(GRAVE),
    }  # fmt: skip
    assert reader.client.send(f"{place}/decide", typed, page=place).status_code == 303
    session.rollback()
    log = session.scalars(select(SafeguardingLog)).one()
    assert log.referred_at == dt.datetime(2026, 3, 27, 14, 5, tzinfo=dt.UTC)


def test_a_page_is_taken_as_read_only_with_its_tick(staff: SomebodyWith, session: Session) -> None:
    for _ in range(12):
        sent(session, PLAIN)
    session.execute(update(SafeguardingItem).values(is_weighed=True))
    session.commit()
    reader = staff("safeguarding_deputy")
    reader.signs_in()
    place = "/desk/safeguarding/together"
    seen = seen_in(page(reader, place))
    assert len(seen) == 10
    assert reader.client.send(place, {"seen": seen}, page=place).status_code == 400
    assert reader.client.send(place, {"seen": seen, "read": "yes"}, page=place).status_code == 303
    session.rollback()
    assert safeguarding.waiting(session) == 2


def test_what_the_worker_has_not_looked_at_is_not_taken_together(
    staff: SomebodyWith, session: Session
) -> None:
    sent(session, PLAIN)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    assert seen_in(page(reader, "/desk/safeguarding/together")) == []


def test_who_reads_words_is_recorded_before_they_are_shown(
    staff: SomebodyWith, session: Session
) -> None:
    item = sent(session, GRAVE)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    assert GRAVE in page(reader, f"/desk/safeguarding/{item.id}")
    verbs = set(session.scalars(select(AuditEvent.verb).where(AuditEvent.object_id == item.id)))
    assert verbs == {"read_safeguarding"}
    reader.opens("/desk/safeguarding/log")
    assert session.scalar(select(AuditEvent).where(AuditEvent.verb == "read_safeguarding_log"))


def test_the_whole_log_can_be_read_page_by_page_and_what_is_alike_stands_in_one_line(
    staff: SomebodyWith, session: Session
) -> None:
    items = [sent(session, PLAIN) for _ in range(3)]
    seen = {item.id: reading.digest(PLAIN) for item in items}
    services.read_together(session, seen, actor="one", now=NOW, keep_days=365)
    for hours in range(1, 101):
        services.decide(
            session, items[hours % 3], referral(session, items[hours % 3], "child_referral"),
            actor="one", now=NOW + dt.timedelta(hours=hours), keep_days=365,
        )  # fmt: skip
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    pages = [page(reader, f"/desk/safeguarding/log?page={n}") for n in (1, 2, 3, 99)]
    told = [re.findall(r"Acts (\d+) to (\d+) of 103, the newest", one) for one in pages]
    assert told == [[("1", "50")], [("51", "100")], [("101", "103")], [("101", "103")]]
    listed = [re.findall(r'href="/desk/safeguarding/(\w{32})"', one) for one in pages[:3]]
    assert [len(one) for one in listed] == [50, 50, 3]
    assert sorted(listed[2]) == sorted(seen)
    assert "No concern: read together" in pages[2]
    assert "3 texts" in pages[2]
    assert "/desk/safeguarding/log?page=2" in pages[2]


def test_nothing_of_a_case_stands_anywhere_else(
    staff: SomebodyWith, session: Session, app: Flask
) -> None:
    item = sent(session, GRAVE, audience="young_person")
    decide(session, item, referral(session, item, "staff_allegation"), by="reader")
    session.commit()
    told = ("LADO", "R-1", "Allegation", "staff_allegation", "Duty lead", "step dad")
    events = [
        f"{one.actor} {one.verb} {one.object_type} {one.object_id}"
        for one in session.scalars(select(AuditEvent))
    ]
    assert not [event for event in events for word in told if word in event]
    other = staff("analyst", "engagement_officer", "approver", "administrator", "facilitator")
    other.signs_in()
    with app.app_context():
        plan = reading.lines(session, app.extensions["engage_settings"])[0]
    for address in (
        "/desk/", f"/desk/consultations/{plan.consultation.slug}/",
        f"/desk/consultations/{plan.consultation.slug}/surveys",
        f"/desk/consultations/{plan.consultation.slug}/themes/",
    ):  # fmt: skip
        html = page(other, address)
        assert not [word for word in told if word in html and word != "Duty lead"], address
    assert other.opens(f"/desk/safeguarding/{item.id}").status_code == 403


def test_titles_and_addresses_hold_nothing_of_a_case(staff: SomebodyWith, session: Session) -> None:
    item = sent(session, GRAVE)
    decide(session, item, referral(session, item, "child_referral"))
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    html = page(reader, f"/desk/safeguarding/{item.id}")
    title = re.search(r"<title>(.*?)</title>", html)
    assert title
    assert "One text" in title[1]
    assert "referral" not in title[1].lower()
    assert "R-1" in html, "readers see what was done"


def test_late_words_are_shown_to_reader_and_deputy_alone(
    staff: SomebodyWith, session: Session
) -> None:
    sent(session, PLAIN)
    session.commit()
    deputy = staff("safeguarding_deputy")
    deputy.signs_in()
    assert "Late: 1 text has not been read" in page(deputy, "/desk/")
    assert "Late and not read" in page(deputy, "/desk/safeguarding/late")
    deputy.signs_out()
    officer = staff("engagement_officer")
    officer.signs_in()
    assert "Late:" not in page(officer, "/desk/")


def test_filters_and_odd_addresses_are_harmless(staff: SomebodyWith, session: Session) -> None:
    sent(session, PLAIN, audience="young_person")
    sent(session, PLAIN)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    assert ": 1<" in page(reader, "/desk/safeguarding/?who=young")
    assert ": 2<" in page(reader, "/desk/safeguarding/?state=nonsense&who=nonsense")
    assert ": 2<" in page(reader, "/desk/safeguarding/?page=99")
    assert ": 2<" in page(reader, "/desk/safeguarding/?page=x")
    assert "nothing here" in page(reader, "/desk/safeguarding/?mine=yes")
    assert "nothing here" in page(reader, "/desk/safeguarding/?state=second")
    assert reader.opens("/desk/safeguarding/nobody").status_code == 404
    assert session.execute(text("SELECT 1")).scalar() == 1


def test_children_are_read_sooner_and_lateness_is_counted(
    session: Session, settings: Settings
) -> None:
    sent(session, PLAIN, audience="young_person")
    sent(session, PLAIN)
    two_days = NOW + dt.timedelta(days=2)
    lines = reading.lines(session, settings)
    assert [line.is_late(two_days) for line in lines if line.is_young] == [True]
    assert [line.is_late(two_days) for line in lines if not line.is_young] == [False]
    assert reading.share_in_time(lines, two_days) == (0, 1)


def test_duty_of_a_survey_goes_before_that_of_its_consultation(
    session: Session, settings: Settings
) -> None:
    item = sent(session, PLAIN)
    line = reading.lines(session, settings)[0]
    assert line.holder == line.consultation.safeguarding_reader
    people = {
        name: UserFactory(with_roles=["safeguarding_reader"], display_name=name)
        for name in ("One", "Two", "Three")
    }
    at = {"actor": "c", "now": NOW}
    services.assign(session, line.consultation, reader=people["One"], deputy=people["Two"], **at)  # type: ignore[arg-type]  # by name
    found = reading.line_of(session, item, settings)
    assert (found.holder, found.deputy) == ("One", "Two")
    services.assign(session, line.consultation, reader=people["Three"], survey=line.survey, **at)  # type: ignore[arg-type]  # as above
    assert reading.line_of(session, item, settings).holder == "Three"
    with pytest.raises(verdicts.SamePersonError):
        services.assign(
            session, line.consultation, reader=people["One"], deputy=people["One"], **at
        )  # type: ignore[arg-type]  # as above
    with pytest.raises(verdicts.SafeguardingError, match="role"):
        services.assign(session, line.consultation, reader=UserFactory(), **at)  # type: ignore[arg-type]  # as above
