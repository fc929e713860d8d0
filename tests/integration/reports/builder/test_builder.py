"""The builder: parts and entries in an order of one's own, texts, checks, previews, comparisons."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.jobs import Job
from engage.settings import Settings
from reports.builder import agreed
from reports.documents.document import from_json, to_json
from reports.entries import approvals, arranging, easy_checks
from reports.models import Report
from reports.publishing import compose, drafts, filing, services
from reports.words.addresses import KeyReservedError
from reports.words.sections import USUAL
from tests.factories import NOW, UserFactory
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.people import Staff

DESK = "/desk/consultations/send-strategy/report/"
BUILDER = f"{DESK}builder/"
TEXT = arranging.TextPart(
    heading="A word from the board", words="We read it all.\n\nThank you.",
    easy_heading="From us", easy_words="[listen] We read it all.",
)  # fmt: skip
WHO = {"actor": made.ACTOR, "now": NOW}


def kinds(report: Report) -> list[str]:
    return [part.kind for part in arranging.arranged(report)]


def document(session: Session, report: Report, settings: Settings) -> compose.Document:
    return services.next_document(session, report, settings=settings, now=NOW)


def test_the_usual_order_needs_no_rows_and_is_what_is_published(
    session: Session, report: Report, settings: Settings
) -> None:
    assert report.sections == []
    assert document(session, report, settings).sections == USUAL


def test_a_part_is_moved_left_out_and_put_in_again(
    session: Session, report: Report, settings: Settings
) -> None:
    arranging.move(session, report, "method", "top", **WHO)
    arranging.move(session, report, "headlines", "up", **WHO)
    arranging.move(session, report, "headlines", "down", **WHO)
    assert kinds(report)[:3] == ["method", "headlines", "entries"]
    arranging.show(session, report, "words", shown=False, **WHO)
    published = document(session, report, settings)
    assert [part.kind for part in published.sections][:2] == ["method", "headlines"]
    assert "words" not in [part.kind for part in published.sections]
    assert from_json(to_json(published)) == published
    arranging.show(session, report, "words", shown=True, **WHO)
    assert "words" in [part.kind for part in document(session, report, settings).sections]


@pytest.mark.parametrize("key", ["entries", "refusals", "not-heard", "method"])
def test_what_readers_are_owed_is_never_left_out(
    session: Session, report: Report, key: str
) -> None:
    with pytest.raises(arranging.ArrangementError, match="owed"):
        arranging.show(session, report, key, shown=False, **WHO)
    arranging.move(session, report, key, "top", **WHO)
    with pytest.raises(IntegrityError, match="what_readers_are_owed_stays"):
        session.execute(
            text("UPDATE report_section SET shown = false WHERE key = :key"), {"key": key}
        )
    session.rollback()


def test_moving_past_either_end_changes_nothing(session: Session, report: Report) -> None:
    before = kinds(report)
    arranging.move(session, report, "headlines", "up", **WHO)
    arranging.move(session, report, "method", "down", **WHO)
    assert kinds(report) == before


def test_a_kind_that_came_later_takes_its_usual_place(session: Session, report: Report) -> None:
    arranging.move(session, report, "method", "top", **WHO)
    gone = next(part for part in report.sections if part.kind == "words")
    session.delete(gone)
    session.flush()
    session.expire(report, ["sections"])
    order = kinds(report)
    assert order.index("words") == order.index("raised") + 1


def test_an_entry_moves_among_those_of_its_ambition(
    session: Session, report: Report, settings: Settings
) -> None:
    for one in report.entries:
        one.ambition = "A2"
    session.flush()
    first, second, third = report.entries
    assert arranging.move_entry(session, third, "up", **WHO) == (2, 3)
    assert [one.key for one in report.entries] == [first.key, third.key, second.key]
    assert arranging.move_entry(session, second, "top", **WHO) == (1, 3)
    assert arranging.move_entry(session, second, "down", **WHO) == (2, 3)
    published = document(session, report, settings)
    assert [one.key for one in published.entries] == [first.key, second.key, third.key]


def test_a_text_is_written_changed_and_deleted_and_its_words_keep_the_rules(
    session: Session, report: Report, settings: Settings
) -> None:
    part = arranging.write_text(session, report, TEXT, **WHO)
    printed = document(session, report, settings).sections[0]
    assert (printed.title, printed.words) == (TEXT.heading, ("We read it all.", "Thank you."))
    assert printed.easy[0].picture == "listen"
    bad = arranging.TextPart(
        heading="A word", words="Ring Anna Kowalska on 07700 900123.", easy_heading="Hello",
        easy_words="This line is far too long for anybody who reads easy words and it goes on.",
    )  # fmt: skip
    arranging.write_text(session, report, bad, key=part.key, **WHO)
    found = services.check(session, report, settings=settings, now=NOW)
    asked = " ".join(one.sentence for one in found if one.weight == "block")
    assert "Take out what could identify somebody" in asked
    assert "far too long" in asked
    arranging.drop_text(session, report, part.key, **WHO)
    assert "text" not in kinds(report)
    with pytest.raises(arranging.ArrangementError, match="no longer there"):
        arranging.drop_text(session, report, part.key, **WHO)


def test_easy_lines_need_an_easy_heading(session: Session, report: Report) -> None:
    without = arranging.TextPart(heading="A", words="B", easy_words="[listen] We read it.")
    with pytest.raises(arranging.ArrangementError, match="heading"):
        arranging.write_text(session, report, without, **WHO)


def test_a_check_holds_until_an_easy_line_changes(
    session: Session, report: Report, settings: Settings
) -> None:
    known = {"readers": "Youth council", "checked_on": NOW.date(), "changed": "Two words."}
    assert document(session, report, settings).easy_checked_by == ""
    easy_checks.record(session, report, **known, **WHO)
    printed = document(session, report, settings)
    assert (printed.easy_checked_by, printed.easy_checked_on) == ("Youth council", NOW.date())
    report.entries[0].title = "Another title in the standard edition"
    arranging.move(session, report, "method", "top", **WHO)
    assert easy_checks.in_force(report) is not None, "the easy words are the same"
    report.entries[0].we_did_easy += "\n[phone] You can ring."
    assert easy_checks.in_force(report) is None
    assert document(session, report, settings).easy_checked_by == ""
    easy_checks.record(session, report, **known, **WHO)
    arranging.write_text(session, report, TEXT, **WHO)
    assert easy_checks.in_force(report) is None, "a new easy text was not read"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"readers": " "}, "Name the group"),
        ({"changed": ""}, "Nothing"),
        ({"checked_on": NOW.date() + dt.timedelta(days=1)}, "future"),
    ],
)
def test_a_check_says_who_when_and_what(
    session: Session, report: Report, more: dict[str, object], why: str
) -> None:
    known = {"readers": "Youth council", "checked_on": NOW.date(), "changed": "Two words."}
    with pytest.raises(easy_checks.EasyCheckError, match=why):
        easy_checks.record(session, report, **{**known, **more}, **WHO)  # type: ignore[arg-type]  # one of them is wrong on purpose


def test_who_has_to_agree_is_listed_with_how_far_it_is(
    session: Session, report: Report, scenario: Scenario
) -> None:
    body = approvals.add_co_owner(
        session, scenario.consultation, code="forum", name="Example forum", easy_name="parents",
        kind="parent_carer_forum", **WHO,
    )  # fmt: skip
    found = {one.name: one for one in agreed.agreements(session, report)}
    assert found["findings"].done
    assert found["decision"].done
    assert found["signature"].state == "Of 3 answers: 3 where it was not asked."
    assert found["signature"].body == "forum"
    assert not found["easy_read"].done
    assert agreed.ask_everywhere(session, report, body, **WHO) == 3
    assert agreed.ask_everywhere(session, report, body, **WHO) == 0
    found = {one.name: one for one in agreed.agreements(session, report)}
    assert found["signature"].state == "Of 3 answers: 3 waiting for its signature."
    assert found["signature"].body == ""
    member = UserFactory(with_roles=["co_owner"])
    approvals.seat(session, body, member, **WHO)
    known = {"actor": member.id, "now": NOW}
    approvals.sign(session, report.entries[0], body, outcome="agreed", **known)
    approvals.sign(session, report.entries[1], body, outcome="refused", note="No.", **known)
    found = {one.name: one for one in agreed.agreements(session, report)}
    assert found["signature"].state == (
        "Of 3 answers: 1 signed, 1 not agreed to and 1 waiting for its signature."
    )


def test_an_officer_puts_a_report_together(
    session: Session, report: Report, staff: Callable[..., Staff]
) -> None:
    del report
    session.commit()
    officer = staff("engagement_officer")
    officer.signs_in()
    page = officer.opens(BUILDER).text
    assert page.index("In five figures") < page.index("Who we did not hear from")
    sent = officer.client.send(f"{BUILDER}parts/not-heard", {"act": "top"}, page=BUILDER)
    assert sent.status_code == 303
    page = officer.opens(sent.location).text
    assert page.index("Who we did not hear from") < page.index("In five figures")
    assert "“Who we did not hear from” is moved to the top." in page
    assert page.count("autofocus") == 1
    assert 'value="down" autofocus' in page, "it is at the top now, so the way down has the focus"
    sent = officer.client.send(f"{BUILDER}parts/words", {"act": "hide"}, page=BUILDER)
    page = officer.opens(sent.location).text
    assert "Left out" in page
    assert 'value="show" autofocus' in page
    sent = officer.client.send(f"{BUILDER}parts/method", {"act": "hide"}, page=BUILDER)
    assert "readers are owed it" in officer.opens(sent.location).text
    assert officer.client.send(f"{BUILDER}parts/x", {"act": "up"}, page=BUILDER).status_code == 303
    for act in ("sideways", ""):
        odd = officer.client.send(f"{BUILDER}parts/words", {"act": act}, page=BUILDER)
        assert odd.status_code == 400


def test_an_officer_moves_an_entry_and_keeps_the_focus(
    session: Session, report: Report, staff: Callable[..., Staff]
) -> None:
    for one in report.entries:
        one.ambition = "A2"
    key, title = report.entries[1].key, report.entries[1].title
    session.commit()
    officer = staff("engagement_officer")
    officer.signs_in()
    sent = officer.client.send(f"{BUILDER}entries/{key}", {"act": "down"}, page=BUILDER)
    page = officer.opens(sent.location).text
    assert f"“{title}” is now number 3 of 3 in its ambition." in page.replace("&#34;", '"')
    assert page.count("autofocus") == 1


def test_a_text_is_written_on_the_desk(
    session: Session, report: Report, staff: Callable[..., Staff]
) -> None:
    del report
    session.commit()
    officer = staff("engagement_officer")
    officer.signs_in()
    address = f"{BUILDER}text"
    typed = {"heading": "", "words": "We read it all.", "easy_words": ""}
    page = officer.client.send(address, typed, page=address)
    assert page.status_code == 400
    assert "Give the text a heading." in page.text
    assert "We read it all." in page.text
    tried = {**typed, "heading": "From us", "act": "check"}
    assert "Nothing is saved yet" in officer.client.send(address, tried, page=address).text
    lost = {**typed, "heading": "From us", "easy_words": "[listen] We read it."}
    assert "Give the easy-read lines a heading" in (
        officer.client.send(address, lost, page=address).text
    )
    sent = officer.client.send(address, {**typed, "heading": "From us"}, page=address)
    assert sent.status_code == 303
    mine = f"{BUILDER}text/text-1"
    assert "From us" in officer.opens(mine).text
    assert officer.opens(f"{BUILDER}text/text-9").status_code == 404
    assert officer.client.send(mine, {"act": "delete"}, page=mine).status_code == 303
    assert officer.opens(mine).status_code == 404


def test_the_check_of_the_easy_read_is_kept_on_the_desk(
    session: Session, report: Report, staff: Callable[..., Staff]
) -> None:
    session.commit()
    officer = staff("engagement_officer")
    officer.signs_in()
    address = f"{BUILDER}easy-read"
    assert "Not yet checked by readers" in officer.opens(address).text
    assert officer.client.send(address, {"readers": "Us"}, page=address).status_code == 400
    typed = {"readers": "Youth council", "checked_on": "1 March 2099", "changed": "Nothing"}
    assert "future" in officer.client.send(address, typed, page=address).text
    typed["checked_on"] = "1 March 2026"
    assert officer.client.send(address, typed, page=address).status_code == 303
    assert "Checked by Youth council on 1 March 2026." in officer.opens(BUILDER).text
    session.expire_all()
    report.easy_summary += "\n[listen] One more line."
    session.commit()
    assert "Words changed since Youth council checked them" in officer.opens(BUILDER).text
    assert "No: words changed since" in officer.opens(address).text


def test_approvals_are_asked_for_on_the_same_page_by_role(
    session: Session, scenario: Scenario, staff: Callable[..., Staff]
) -> None:
    services.build(session, scenario.consultation, **WHO)
    approvals.add_co_owner(
        session, scenario.consultation, code="forum", name="Example forum", easy_name="parents",
        kind="parent_carer_forum", **WHO,
    )  # fmt: skip
    session.commit()
    officer, approver = staff("engagement_officer"), staff("approver")
    officer.signs_in()
    page = officer.opens(BUILDER).text
    assert "Ask them to sign every answer" in page
    assert ">Approve the findings<" not in page
    sent = officer.client.send(f"{BUILDER}signatures/forum", page=BUILDER)
    assert "Example forum is asked to sign 3 answers more." in officer.opens(sent.location).text
    officer.signs_out()
    approver.signs_in()
    page = approver.opens(BUILDER).text
    assert ">Approve the findings<" in page
    assert "Move up" not in page, "only an officer arranges"


@pytest.mark.full_on_postgresql
def test_every_edition_and_format_of_the_draft_is_looked_at_from_one_page(
    session: Session, report: Report, settings: Settings, staff: Callable[..., Staff]
) -> None:
    session.commit()
    officer = staff("engagement_officer")
    officer.signs_in()
    page = officer.opens(f"{DESK}draft/").text
    assert "There is no draft yet" in page
    sent = officer.client.send(f"{DESK}draft/", page=f"{DESK}draft/")
    assert "The draft is being built" in officer.opens(BUILDER).text
    job = session.scalars(select(Job).where(Job.kind == drafts.JOB)).one()
    drafts.build_draft(session, job, lambda *_: None, settings=settings, now=NOW)
    job.outcome, job.started_at, job.finished_at = "succeeded", NOW, NOW
    session.commit()
    assert "Look at the draft" in officer.opens(sent.location).text
    page = officer.opens(f"{DESK}draft/").text
    assert "% of comments coded" in page
    for one in filing.formats():
        assert one.label in page
        got = officer.opens(f"{DESK}draft/files/{one.file}")
        assert got.status_code == 200
        assert got.headers["Cache-Control"] == "private, no-store"
    for address in ("page", "easy-read"):
        drawn = officer.opens(f"{DESK}draft/{address}").text
        assert "DRAFT" in drawn
        assert "% of comments coded" in drawn
        assert "/you-said-we-did/send-strategy/" not in drawn.replace("v1/", "")
    assert officer.opens(f"{DESK}draft/files/x.pdf").status_code == 404
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.object_type == "draft"))
    assert len(list(verbs)) == len(filing.formats()) + 2
    with zipfile.ZipFile(io.BytesIO(session.get_one(drafts.DraftFiles, report.id).content)) as got:
        assert len(got.namelist()) == len(filing.formats())


def test_two_versions_are_compared_in_words_and_figures(
    session: Session, published: Report, settings: Settings, staff: Callable[..., Staff]
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    address = f"{DESK}compare"
    assert "There are not two versions yet" in officer.opens(address).text
    published.summary = "You told us that help comes far too late."
    drafts.build(session, published, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    page = officer.opens(address).text
    assert "<ins>far</ins>" in page
    assert "<del>" in page
    assert "Texts that differ: 1 of" in page
    assert "Who we did not hear from" not in page
    assert "Who we did not hear from" in officer.opens(f"{address}?old=v1&new=draft&all=yes").text
    assert "Both say the same" in officer.opens(f"{address}?old=v1&new=v1").text
    assert officer.opens(f"{address}?old=v7&new=v1").status_code == 404


def test_a_key_that_is_another_address_is_refused_and_another_proposed(
    session: Session, report: Report, scenario: Scenario
) -> None:
    theme = scenario.themes[made.WAITING.name]
    with pytest.raises(KeyReservedError, match="Use “embed-answer” instead"):
        services.draft_entry(session, report, [theme], key="embed", **WHO)
    theme.name = "Embed"
    assert services.draft_entry(session, report, [theme], **WHO).key == "embed-answer"
