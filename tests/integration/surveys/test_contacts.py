"""Being told what happened: kept so that nobody can find out whose answers were whose."""

import csv
import datetime as dt
import io
import random
import statistics
from collections.abc import Sequence

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.consultations import Consultation
from surveys import services
from surveys.models import Contact, Response, Survey, Told
from surveys.services import telling
from surveys.services.told import mark_of
from tests.factories import (
    NOW,
    ConsultationFactory,
    ResponseFactory,
    SurveyFactory,
    SurveyVersionFactory,
)

PEOPLE = 60
ON = dt.datetime(2026, 2, 3, 10, tzinfo=dt.UTC)


def keep(session: Session, plan: Consultation, address: str, now: dt.datetime = NOW) -> int:
    made = random.Random(address)  # noqa: S311  # the same wish for the same address
    return services.keep_contact(
        session, plan.id, kind="email", address=address,
        wanted=made.choice(services.FORMATS), now=now,
    )  # fmt: skip


@pytest.fixture
def everybody(session: Session) -> tuple[Consultation, list[str]]:
    """Let sixty people send their answers, one after the other, and each leave an address.

    Returns the plan and the ids of the responses in the order in which people came.
    """
    plan = ConsultationFactory()
    version = SurveyVersionFactory(survey_id=SurveyFactory(consultation_id=plan.id).id)
    came = []
    for number in range(PEOPLE):
        now = ON + dt.timedelta(hours=5 * number)
        response = ResponseFactory(
            submitted=True, survey_version_id=version.id, started_at=now, submitted_at=now
        )
        session.commit()
        keep(session, plan, f"person{number}@example.org", now + dt.timedelta(minutes=1))
        session.commit()
        came.append(response.id)
    return plan, came


def right(guessed: Sequence[str], truth: Sequence[str]) -> int:
    """Count the people of whom somebody guessed the right address."""
    return sum(one == other for one, other in zip(guessed, truth, strict=True))


def correlation(places: Sequence[float]) -> float:
    """Return how far the order found follows the order in which people came, from -1 to 1."""
    return statistics.correlation(places, range(len(places)))


def addresses(session: Session, order: str) -> list[str]:
    """Return the number of each person in the order of a column or of the table as it lies."""
    rows = session.execute(text(f"SELECT address FROM contact {order}"))  # noqa: S608  # ours
    return [row.address for row in rows]


ORDERS = ["", *(f"ORDER BY {name}" for name in Contact.__table__.columns.keys())]  # noqa: SIM118


def responses_in(session: Session) -> list[str]:
    """Return the responses in the order of their times, as anybody can see it."""
    return list(session.scalars(select(Response.id).order_by(Response.submitted_at)))


@pytest.mark.parametrize("order", [order for order in ORDERS if not order.endswith("address")])
def test_no_column_and_no_order_leads_from_a_contact_to_a_response(
    session: Session, everybody: tuple[Consultation, list[str]], order: str
) -> None:
    _, came = everybody
    assert responses_in(session) == came, "the times of responses are known"
    truth = [f"person{number}@example.org" for number in range(PEOPLE)]
    assert right(addresses(session, order), truth) < 8, "chance finds about one of sixty"
    found = [int(one.removeprefix("person").partition("@")[0]) for one in addresses(session, order)]
    assert abs(correlation(found)) < 0.6, "more than four times the spread of chance"


def test_no_value_of_a_contact_is_a_value_of_a_response(
    session: Session, everybody: tuple[Consultation, list[str]]
) -> None:
    del everybody
    contacts = session.execute(text("SELECT * FROM contact")).mappings().all()
    responses = session.execute(text("SELECT * FROM response")).mappings().all()
    of_contacts = {str(row[name]) for row in contacts for name in ("id", "given_on")}
    of_responses = {str(value) for row in responses for value in row.values()}
    assert of_contacts & of_responses == set()
    assert len({row["given_on"] for row in contacts}) == 1, "the day says nothing about anybody"
    assert len({row["id"] for row in contacts}) == PEOPLE


@pytest.fixture
def told(session: Session, everybody: tuple[Consultation, list[str]]) -> list[str]:
    """Tell everybody; return the mark of each person, in the order in which people came."""
    plan, _ = everybody
    session.execute(update(Survey).values(opened_at=ON, closed_at=ON + dt.timedelta(days=90)))
    opened = telling.begin(session, plan, "published", actor="officer", now=NOW)
    for row_id, address in telling.waiting(session, opened):
        assert telling.claim(session, opened, row_id, address)
        telling.settle(session, row_id, "told", now=NOW)
    session.commit()
    return [mark_of(opened, f"person{number}@example.org") for number in range(PEOPLE)]


TOLD_ORDERS = ["", *(f"ORDER BY {name}" for name in Told.__table__.columns.keys())]  # noqa: SIM118


def test_no_column_and_no_order_leads_from_who_was_told_to_a_response(
    session: Session, everybody: tuple[Consultation, list[str]], told: list[str]
) -> None:
    _, came = everybody
    assert responses_in(session) == came, "the times of responses are known"
    for order in TOLD_ORDERS:
        rows = session.execute(text(f"SELECT mark FROM told {order}"))  # noqa: S608  # ours
        found = [row.mark for row in rows]
        assert right(found, told) < 8, order
        assert abs(correlation([told.index(mark) for mark in found])) < 0.6, order


def test_no_value_of_who_was_told_is_a_value_of_a_response(
    session: Session, told: list[str]
) -> None:
    assert len(set(told)) == PEOPLE
    responses = session.execute(text("SELECT * FROM response")).mappings().all()
    of_responses = {str(value) for row in responses for value in row.values()}
    rows = session.execute(text("SELECT * FROM told")).mappings().all()
    personal = ("id", "mark", "token_hash", "told_on")
    assert {str(row[name]) for row in rows for name in personal} & of_responses == set()
    contacts = session.execute(text("SELECT * FROM contact")).mappings().all()
    of_contacts = {str(row["address"]) for row in contacts} | {row["id"] for row in contacts}
    assert {str(row[name]) for row in rows for name in personal} & of_contacts == set()
    assert sorted(row["number"] for row in rows) == list(range(1, PEOPLE + 1))


def test_rounds_have_no_mark_in_common(
    session: Session, everybody: tuple[Consultation, list[str]], told: list[str]
) -> None:
    again = telling.begin(session, everybody[0], "6_months", actor="officer", now=NOW)
    marks = session.scalars(select(Told.mark).where(Told.telling_id == again.id)).all()
    assert len(marks) == PEOPLE
    assert set(marks) & set(told) == set()


def test_an_address_that_goes_takes_its_marks_along(
    session: Session, everybody: tuple[Consultation, list[str]], told: list[str]
) -> None:
    plan, _ = everybody
    services.remove_contact(session, plan, "PERSON7@example.org", actor="o", now=NOW)
    left = session.scalars(select(Told.mark).where(Told.mark.is_not(None))).all()
    assert set(left) == set(told) - {told[7]}
    services.delete_contacts(session, plan, actor="o", now=NOW)
    assert session.scalars(select(Told.mark).where(Told.mark.is_not(None))).all() == []
    assert len(session.scalars(select(Told)).all()) == PEOPLE, "how many were told stays known"


def test_every_contact_is_written_anew_with_each_new_one(session: Session) -> None:
    plan, other = ConsultationFactory(), ConsultationFactory()
    keep(session, plan, "first@example.org")
    keep(session, other, "elsewhere@example.org")
    before = dict(session.execute(select(Contact.address, Contact.id)).all())
    keep(session, plan, "second@example.org")
    after = dict(session.execute(select(Contact.address, Contact.id)).all())
    assert before["first@example.org"] != after["first@example.org"]
    assert before["elsewhere@example.org"] == after["elsewhere@example.org"]


def test_sqlite_has_no_row_numbers_for_them(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("SQLite only")
    for table in ("contact", "equality_answer", "told"):
        with pytest.raises(OperationalError, match="no such column: rowid"):
            session.execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608  # ours


@pytest.mark.postgres
def test_the_hidden_columns_of_postgresql_tell_nothing(
    session: Session, everybody: tuple[Consultation, list[str]], postgres_url: str
) -> None:
    if not postgres_url:
        pytest.skip("PostgreSQL only")
    del everybody
    rows = session.execute(text("SELECT address, xmin::text, ctid::text, cmin::text FROM contact"))
    found = rows.mappings().all()
    assert len({row["xmin"] for row in found}) == 1, "one transaction wrote them all"
    lying = sorted(found, key=lambda row: tuple(map(int, row["ctid"].strip("()").split(","))))
    people = [int(row["address"].removeprefix("person").partition("@")[0]) for row in lying]
    assert abs(correlation(people)) < 0.6
    truth = [f"person{number}@example.org" for number in range(PEOPLE)]
    assert right([row["address"] for row in lying], truth) < 8


def test_the_same_address_again_changes_the_format(session: Session) -> None:
    plan = ConsultationFactory()
    for wanted, address in (("standard", "Me@example.org"), ("easy", "me@example.org")):
        services.keep_contact(
            session, plan.id, kind="email", address=address, wanted=wanted, now=NOW
        )
    assert session.scalars(select(Contact.format)).all() == ["easy"]


@pytest.mark.parametrize(("kind", "wanted"), [("pigeon", "easy"), ("email", "song")])
def test_only_what_is_offered_is_kept(session: Session, kind: str, wanted: str) -> None:
    plan = ConsultationFactory()
    with pytest.raises(services.SurveyError):
        services.keep_contact(
            session, plan.id, kind=kind, address="a@example.org", wanted=wanted, now=NOW
        )


# --- Reading and deleting -------------------------------------------------------------------


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.verb).order_by(AuditEvent.sequence)))


def test_contacts_are_read_only_after_the_close_and_it_is_recorded(session: Session) -> None:
    plan = ConsultationFactory()
    survey = SurveyFactory(consultation_id=plan.id)
    for name in ("b", "a", "=c"):
        keep(session, plan, f"{name}@example.org")
    with pytest.raises(services.SurveysNotClosedError):
        services.export_contacts(session, plan, actor="officer", now=NOW)
    survey.closed_at = NOW
    session.flush()
    text_ = services.export_contacts(session, plan, actor="officer", now=NOW)
    rows = list(csv.DictReader(io.StringIO(text_)))
    assert [row["address"] for row in rows] == ["'=c@example.org", "a@example.org", "b@example.org"]
    assert set(rows[0]) == {"kind", "address", "format"}
    assert verbs(session) == ["export_contacts"]


def test_one_address_can_be_taken_out(session: Session) -> None:
    plan = ConsultationFactory()
    keep(session, plan, "stay@example.org")
    keep(session, plan, "go@example.org")
    assert services.remove_contact(session, plan, " GO@example.org", actor="o", now=NOW) == 1
    assert session.scalars(select(Contact.address)).all() == ["stay@example.org"]


@pytest.mark.parametrize(("days", "left"), [(-1, 1), (0, 0)])
def test_contacts_go_when_their_day_has_come(session: Session, days: int, left: int) -> None:
    plan = ConsultationFactory(answer_due=NOW.date())
    keep(session, plan, "me@example.org")
    now = NOW + (services.delete_on(plan) - NOW.date()) + dt.timedelta(days=days)
    services.delete_old_contacts(session, actor="o", now=now)
    services.delete_old_contacts(session, actor="o", now=now)
    assert len(session.scalars(select(Contact)).all()) == left
    assert verbs(session) == ([] if left else ["delete_contacts"])
