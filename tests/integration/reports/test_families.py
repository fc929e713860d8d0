"""What families sign and say: theirs alone, printed, and never taken away."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from engage import jobs
from engage.accounts import User
from engage.settings import Settings
from reports.documents.document import Entry as Published
from reports.documents.document import from_json
from reports.entries import answers, approvals, standing
from reports.models import Entry, Report
from reports.models.life import CoOwner, FamiliesOwnThisError, FamilyVerdict, SignOff
from reports.publishing import services, takeouts
from tests.factories import NOW, UserFactory
from tests.integration.reports import scenario as made
from tests.pages import CheckedClient
from tests.people import Staff

PAGE = "/you-said-we-did/send-strategy/"
DESK = "/desk/consultations/send-strategy/report/"


@pytest.fixture
def member(session: Session) -> User:
    """Return the account of somebody who speaks for the forum."""
    del session
    found: User = UserFactory(with_roles=["co_owner"])
    return found


@pytest.fixture
def forum(session: Session, report: Report, member: User) -> CoOwner:
    """Return the parent carer forum, which owns the consultation too."""
    body = approvals.add_co_owner(
        session, report.consultation, code="forum", name="Parent Carer Forum",
        easy_name="parents and carers", kind="parent_carer_forum", actor="x", now=NOW,
    )  # fmt: skip
    approvals.seat(session, body, member, actor="x", now=NOW)
    return body


@pytest.fixture
def done(report: Report) -> Entry:
    """Return the entry that says it is done."""
    return next(entry for entry in report.entries if entry.response_type == "done")


def published(session: Session, report: Report, settings: Settings, key: str) -> Published:
    """Publish and return one entry as readers get it."""
    publication = services.publish(session, report, settings=settings, actor="x", now=NOW)
    session.commit()
    return next(one for one in from_json(publication.document).entries if one.key == key)


def test_a_refused_done_is_published_as_in_progress_with_the_reason(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    approvals.sign(
        session, done, forum, outcome="refused", note="Nobody picks up.", actor=member.id, now=NOW
    )
    entry = published(session, report, settings, done.key)
    assert entry.answer.status == "doing"
    assert "Parent Carer Forum does not agree" in entry.answer.standing
    page = client.get(PAGE).text
    assert "does not agree with this answer. “Nobody picks up.”" in page


def test_a_refusal_with_a_verdict_leaves_done_with_the_verdict_beside_it(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    approvals.sign(session, done, forum, outcome="refused", note="No.", actor=member.id, now=NOW)
    approvals.give_verdict(
        session, done, forum, value="partly", text="Some calls.", actor=member.id, now=NOW
    )
    assert published(session, report, settings, done.key).answer.status == "done"
    words = client.get(PAGE).text
    assert "Partly" in words
    assert "“Some calls.”" in words
    assert "They say: we feel some change." in client.get(f"{PAGE}easy-read").text


def test_not_yet_opens_an_answer_again_and_the_council_cannot_close_it(
    session: Session, forum: CoOwner, member: User, done: Entry
) -> None:
    approvals.give_verdict(session, done, forum, value="not_yet", actor=member.id, now=NOW)
    assert standing.standing(done).reopened
    assert done.events[-1].status == "doing"
    assert done.events[-1].note == "Reopened: Parent Carer Forum says “Not yet”."
    assert answers.answer(done).when.startswith("We said it was done on ")
    services.respond_to(session, done, made.DONE, actor="council", now=NOW)
    assert standing.standing(done).status == "doing"
    approvals.give_verdict(session, done, forum, value="felt", actor=member.id, now=NOW)
    assert standing.standing(done).status == "done"


@pytest.mark.parametrize(
    ("act", "word"),
    [(approvals.sign, {"outcome": "agreed"}), (approvals.give_verdict, {"value": "felt"})],
)
def test_nobody_else_speaks_for_a_body(
    session: Session, forum: CoOwner, done: Entry, act: Callable[..., object], word: dict[str, str]
) -> None:
    officer = UserFactory(with_roles=["approver", "administrator"])
    with pytest.raises(approvals.NotTheirBodyError):
        act(session, done, forum, **word, actor=officer.id, now=NOW)
    with pytest.raises(approvals.ApprovalError):
        approvals.seat(session, forum, officer, actor="x", now=NOW)


def test_whoever_works_for_the_council_cannot_be_seated_as_well(
    session: Session, forum: CoOwner
) -> None:
    both = UserFactory(with_roles=["co_owner", "approver"])
    with pytest.raises(approvals.ApprovalError, match="no role of the council"):
        approvals.seat(session, forum, both, actor="x", now=NOW)


def test_a_changed_answer_is_signed_again(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry, settings: Settings
) -> None:
    approvals.open_slot(session, done, forum, actor="council", now=NOW)
    blocks = {f.rule for f in services.check(session, report, settings=settings, now=NOW)}
    assert "Y16" in blocks
    approvals.sign(session, done, forum, outcome="agreed", actor=member.id, now=NOW)
    assert standing.signatures(done)[0].state == "agreed"
    assert "Y16" not in {
        f.rule for f in services.check(session, report, settings=settings, now=NOW)
    }
    other = dataclasses.replace(made.DONE, we_did_text="We opened two lines on 20 February 2026.")
    services.respond_to(session, done, other, actor="council", now=NOW)
    assert standing.signatures(done)[0].state == "waiting"


def test_words_leave_every_version_and_the_value_stays(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    given = approvals.give_verdict(
        session, done, forum, value="partly", text="Ask Miss Jones.", actor=member.id, now=NOW
    )
    published(session, report, settings, done.key)
    assert "Ask Miss Jones." in client.get(PAGE).text
    assert takeouts.publications_printing(session, given)
    approvals.redact_verdict(session, given, reason="personal_data", actor="x", now=NOW)
    session.commit()
    page = client.get(PAGE).text
    assert "Miss Jones" not in page
    assert "[Words taken out, because they could point at somebody.]" in page
    assert "Partly" in page
    publication = services.latest(session, report)
    assert publication is not None
    taken = takeouts.taken_from(session, publication, from_json(publication.document))
    assert taken == {f"verdict/{given.id}/personal_data"}


def test_words_are_taken_out_for_two_reasons_only(
    session: Session, forum: CoOwner, member: User, done: Entry
) -> None:
    given = approvals.give_verdict(
        session, done, forum, value="not_yet", text="No.", actor=member.id, now=NOW
    )
    with pytest.raises(approvals.ApprovalError, match="for nothing else"):
        approvals.redact_verdict(session, given, reason="unkind", actor="x", now=NOW)


def test_a_verdict_cannot_be_deleted_or_turned(
    session: Session, forum: CoOwner, member: User, done: Entry
) -> None:
    given = approvals.give_verdict(session, done, forum, value="not_yet", actor=member.id, now=NOW)
    session.commit()
    given.value = "felt"
    with pytest.raises(FamiliesOwnThisError):
        session.flush()
    session.rollback()
    session.delete(session.get_one(FamilyVerdict, given.id))
    with pytest.raises(FamiliesOwnThisError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "order",
    [
        "DELETE FROM family_verdict",
        "UPDATE family_verdict SET value = 'felt'",
        "DELETE FROM sign_off",
        "UPDATE sign_off SET outcome = 'agreed'",
        "DELETE FROM sign_off_slot",
    ],
)
def test_the_database_itself_keeps_what_families_said(
    session: Session, forum: CoOwner, member: User, done: Entry, order: str
) -> None:
    approvals.give_verdict(session, done, forum, value="not_yet", actor=member.id, now=NOW)
    approvals.sign(session, done, forum, outcome="refused", note="No.", actor=member.id, now=NOW)
    session.commit()
    with pytest.raises(DatabaseError):
        session.execute(text(order))
    session.rollback()


def test_a_verdict_shows_although_nobody_published_it(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    published(session, report, settings, done.key)
    before = client.get(PAGE)
    approvals.give_verdict(session, done, forum, value="not_yet", actor=member.id, now=NOW)
    session.commit()
    after = client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "(Said after this version was published.)" in after.text


def test_a_refusal_after_publication_is_shown_until_the_answer_changes(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    approvals.sign(session, done, forum, outcome="agreed", actor=member.id, now=NOW)
    published(session, report, settings, done.key)
    assert "does not agree" not in client.get(PAGE).text
    later = NOW + dt.timedelta(days=30)
    approvals.sign(
        session, done, forum, outcome="refused", note="It stopped.", actor=member.id, now=later
    )
    session.commit()
    assert "“It stopped.” (Said after this version was published.)" in client.get(PAGE).text
    for page in (PAGE, f"{PAGE}{done.key}", f"{PAGE}embed"):
        assert "does not agree that this is done" in client.get(page).text
    other = dataclasses.replace(made.DONE, we_did_text="We opened two lines on 20 February 2026.")
    services.respond_to(session, done, other, actor="council", now=later)
    session.commit()
    assert "It stopped." not in client.get(PAGE).text


def test_a_member_signs_and_judges_on_their_own_pages(
    client: CheckedClient, session: Session, forum: CoOwner, member: User, done: Entry
) -> None:
    approvals.open_slot(session, done, forum, actor="x", now=NOW)
    session.commit()
    Staff(client, member.email).signs_in()
    assert done.title in client.get("/desk/signing/").text
    page = f"/desk/signing/{done.id}"
    reply = client.send(f"{page}/signature", {"outcome": "refused", "note": ""}, page=page)
    assert reply.status_code == 400
    assert "Say in a sentence why you do not agree." in reply.text
    assert client.send(f"{page}/signature", {"outcome": "agreed"}, page=page).status_code == 303
    assert client.send(f"{page}/verdict", {}, page=page).status_code == 400
    assert client.send(f"{page}/verdict", {"value": "felt"}, page=page).status_code == 303
    session.expire_all()
    assert [one.value for one in done.verdicts] == ["felt"]
    assert standing.signatures(done)[0].state == "agreed"


def test_members_of_another_body_find_nothing(
    client: CheckedClient, done: Entry, staff: Callable[..., Staff]
) -> None:
    somebody = staff("co_owner")
    somebody.signs_in()
    assert client.get(f"/desk/signing/{done.id}").status_code == 404
    assert "belongs to no body yet" in client.get("/desk/signing/").text


@pytest.mark.usefixtures("no_pdf")
def test_the_desk_opens_a_place_to_sign_and_redacts_with_a_reason(
    client: CheckedClient, session: Session, forum: CoOwner, member: User, done: Entry,
    settings: Settings, staff: Callable[..., Staff],
) -> None:  # fmt: skip
    given = approvals.give_verdict(
        session, done, forum, value="partly", text="Ask Miss Jones.", actor=member.id, now=NOW
    )
    published(session, done.report, settings, done.key)
    staff("approver", "engagement_officer").signs_in()
    page = f"{DESK}entries/{done.key}/follow-up"
    path = f"{DESK}entries/{done.key}"
    assert client.send(f"{path}/slots", {"body": "forum"}, page=page).status_code == 303
    where = f"{path}/verdicts/{given.id}/redaction"
    assert client.send(where, {"reason": "because"}, page=page).status_code == 400
    assert client.send(where, {"reason": "harm"}, page=page).status_code == 303
    session.expire_all()
    assert (given.text, given.redaction, given.value) == ("", "harm", "partly")
    assert "Words taken out" in client.get(page).text
    asked = select(jobs.Job).where(jobs.Job.kind == takeouts.JOB)
    assert session.scalars(asked).one()


def refused(session: Session, done: Entry, forum: CoOwner, member: User) -> SignOff:
    return approvals.sign(
        session,
        done,
        forum,
        outcome="refused",
        note="Ask Anna in room 4.",
        actor=member.id,
        now=NOW,
    )


def test_the_words_of_a_refusal_leave_page_and_database_and_the_refusal_stays(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, client: CheckedClient, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    signed = refused(session, done, forum, member)
    published(session, report, settings, done.key)
    assert "Ask Anna" in client.get(PAGE).text
    approvals.redact_refusal(session, signed, reason="personal_data", actor="x", now=NOW)
    session.commit()
    for page in (PAGE, f"{PAGE}{done.key}"):
        text = client.get(page).text
        assert "Ask Anna" not in text
        assert "does not agree with this answer. [Words taken out, because they could point" in text
        assert text.count("does not agree with this answer") == 1, "it is not said a second time"
    assert (signed.note, signed.outcome) == ("", "refused")
    with pytest.raises(approvals.ApprovalError, match="no words"):
        approvals.redact_refusal(session, signed, reason="harm", actor="x", now=NOW)


def test_a_refusal_printed_without_an_id_is_found_by_its_day(
    session: Session, report: Report, forum: CoOwner, member: User, done: Entry,
    settings: Settings, no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    signed = refused(session, done, forum, member)
    publication = services.publish(session, report, settings=settings, actor="x", now=NOW)
    old = from_json(publication.document.replace(signed.id, ""))
    assert takeouts.publications_printing(session, signed) == [publication]
    approvals.redact_refusal(session, signed, reason="harm", actor="x", now=NOW)
    taken = takeouts.redacted_verdicts(session, takeouts.verdicts(old))
    printed = takeouts.without(old, taken)
    entry = next(one for one in printed.entries if one.key == done.key)
    assert (entry.answer.signatures[0].note, entry.answer.signatures[0].redaction) == ("", "harm")


@pytest.mark.parametrize("change", ["outcome = 'agreed'", "signed_by = 'x'", "answer_hash = 'x'"])
def test_nothing_else_of_a_signature_can_be_changed(
    session: Session, forum: CoOwner, member: User, done: Entry, change: str
) -> None:
    refused(session, done, forum, member)
    session.flush()
    with pytest.raises(DatabaseError, match="stays"):
        session.execute(text(f"UPDATE sign_off SET {change}"))  # noqa: S608  # words of this test
    session.rollback()


def test_only_an_approver_takes_the_words_of_a_refusal_out(
    session: Session, forum: CoOwner, member: User, done: Entry, staff: Callable[..., Staff]
) -> None:
    signed = refused(session, done, forum, member)
    session.commit()
    path = f"{DESK}entries/{done.key}/follow-up"
    where = f"{DESK}entries/{done.key}/signatures/{signed.id}/redaction"
    somebody = staff("approver", "engagement_officer")
    somebody.signs_in()
    assert "Take out the words of Parent Carer Forum on its refusal" in somebody.opens(path).text
    assert somebody.client.send(where, {"reason": "unkind"}, page=path).status_code == 400
    assert somebody.client.send(where, {"reason": "harm"}, page=path).status_code == 303
    assert "[Words taken out, because they could harm somebody.]" in somebody.opens(path).text
    elsewhere = where.replace(signed.id, "nothing")
    assert somebody.client.send(elsewhere, {"reason": "harm"}, page=path).status_code == 404
