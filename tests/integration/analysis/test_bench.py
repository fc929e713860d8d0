"""The analyst at work: reading, moving, splitting, taking back, and two people at once."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import codings, decisions, effects, frame, queries, reading_order
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme
from surveys.models import AnswerHold
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, CLUBS, UNREAD, WAITING, Scenario
from tests.pages import CheckedClient, token_of
from tests.people import Staff

THEMES = "/desk/consultations/send-strategy/themes/"
WHO = {"actor": "analyst", "now": NOW}


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


@pytest.fixture
def waiting(scenario: Scenario) -> Theme:
    return scenario.themes[WAITING.name]


@pytest.fixture
def buses(scenario: Scenario) -> Theme:
    return scenario.themes[BUSES.name]


def people(session: Session, run: AnalysisRun, *themes: Theme) -> dict[str, int]:
    return queries.people_by_audience(session, run.id, themes)


def clauses_of(session: Session, theme: Theme, number: int) -> list[tuple[str, str, int]]:
    rows = session.scalars(
        select(ProposedCoding)
        .where(ProposedCoding.proposed_theme_id == theme.sources[0].id)
        .order_by(ProposedCoding.response_id)
    )
    return [(row.response_id, row.question, row.segment) for row in rows][:number]


def first(client: CheckedClient) -> str:
    return str(client.get(f"{THEMES}read").location).partition("#")[0]


def version_in(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found is not None
    return found[1]


# --- Counting ---------------------------------------------------------------------------------


def test_both_ways_of_counting_agree(
    session: Session, run: AnalysisRun, waiting: Theme, buses: Theme
) -> None:
    decisions.nest(session, buses, waiting, **WHO)
    answer = clauses_of(session, waiting, 1)[0][:2]
    decisions.code_answer(session, run, answer, [buses], **WHO)
    found = queries.themes(session, run.consultation_id)
    together = queries.people_by_theme(reading_order.lines(session, run), found)
    for theme in found:
        assert together[theme.id] == people(session, run, theme)


def test_coverage_adds_up_to_every_answer(
    session: Session, run: AnalysisRun, waiting: Theme
) -> None:
    decisions.code_answer(session, run, clauses_of(session, waiting, 1)[0][:2], [], **WHO)
    lines = reading_order.lines(session, run)
    assert sum(reading_order.coverage(lines).values()) == len(lines) == 40
    assert reading_order.coverage(lines)["no_theme"] == 1


def test_people_in_a_broader_theme_are_those_of_any_theme_under_it_each_once(
    session: Session, run: AnalysisRun, waiting: Theme, buses: Theme
) -> None:
    together = people(session, run, waiting, buses)
    decisions.nest(session, buses, waiting, **WHO)
    assert people(session, run, waiting) == together


def test_themes_nest_two_levels_deep_and_never_in_themselves(
    session: Session, scenario: Scenario, waiting: Theme, buses: Theme
) -> None:
    decisions.nest(session, buses, waiting, **WHO)
    for theme, parent in ((waiting, waiting), (scenario.themes[CLUBS.name], buses)):
        with pytest.raises(decisions.NestingError):
            decisions.nest(session, theme, parent, **WHO)


def test_held_words_leave_every_count(session: Session, run: AnalysisRun, waiting: Theme) -> None:
    before = sum(people(session, run, waiting).values())
    answer = clauses_of(session, waiting, 1)[0][:2]
    codings.hold_for_safety(session, run, answer, **WHO)
    assert sum(people(session, run, waiting).values()) == before - 1
    assert session.get_one(AnswerHold, answer).released_at is None


# --- Changing and taking back ----------------------------------------------------------------


def test_a_split_moves_the_chosen_people_and_no_other(
    session: Session, run: AnalysisRun, waiting: Theme
) -> None:
    before = people(session, run, waiting)
    chosen = clauses_of(session, waiting, 7)
    made = decisions.split(session, run, waiting, chosen, ("Assessments", "Tests"), **WHO)
    assert sum(people(session, run, made).values()) == 7
    assert people(session, run, waiting, made) == before
    newest = session.scalars(select(Change).order_by(Change.number.desc())).first()
    assert newest is not None
    decisions.undo(session, newest, **WHO)
    assert people(session, run, waiting) == before
    assert made.status == "retired"


def test_a_clause_moves_alone_and_the_answer_keeps_the_rest(
    session: Session, run: AnalysisRun, waiting: Theme, buses: Theme
) -> None:
    response_id, question, _ = clauses_of(session, waiting, 1)[0]
    about = [codings.About(waiting.id, clauses=(1, 2), stance="negative")]
    codings.code(session, run, (response_id, question), about, **WHO)
    decisions.split(session, run, waiting, [(response_id, question, 2)], buses, **WHO)
    now = codings.now_about(session, run, (response_id, question))
    assert {(one.theme_id, one.clauses) for one in now} == {(waiting.id, (1,)), (buses.id, (2,))}
    assert [one.theme_id for one in now if one.is_primary] == [waiting.id]


def test_a_move_taken_back_leaves_both_themes_in_use(
    session: Session, run: AnalysisRun, waiting: Theme, buses: Theme
) -> None:
    decisions.split(session, run, waiting, clauses_of(session, waiting, 3), buses, **WHO)
    decisions.undo(session, session.scalars(select(Change)).one(), **WHO)
    assert (waiting.status, buses.status) == ("approved", "approved")


def test_what_moved_on_is_not_taken_back(session: Session, waiting: Theme) -> None:
    decisions.rename(session, waiting, name="One", easy_name="One", **WHO)
    earlier = session.scalars(select(Change)).one()
    decisions.rename(session, waiting, name="Two", easy_name="Two", **WHO)
    with pytest.raises(ValueError, match="later change"):
        decisions.undo(session, earlier, **WHO)


def test_a_change_is_taken_back_once_and_the_taking_back_can_be_too(
    session: Session, waiting: Theme
) -> None:
    decisions.rename(session, waiting, name="One", easy_name="One", **WHO)
    change = session.scalars(select(Change)).one()
    back = decisions.undo(session, change, **WHO)
    assert waiting.name == WAITING.name
    with pytest.raises(ValueError, match="already"):
        decisions.undo(session, change, **WHO)
    decisions.undo(session, back, **WHO)
    assert waiting.name == "One"


def test_the_effect_shown_is_the_effect_and_nothing_is_kept(
    session: Session, scenario: Scenario, run: AnalysisRun, waiting: Theme
) -> None:
    clubs = scenario.themes[CLUBS.name]

    def merge() -> None:
        decisions.merge(session, waiting, clubs, **WHO)

    shown = effects.preview(session, run, merge, threshold=5)
    assert clubs.status == "approved"
    assert session.scalars(select(Change)).all() == []
    merge()
    joined = next(effect for effect in shown if effect.name == WAITING.name)
    for audience, count in people(session, run, waiting).items():
        assert joined.after[audience].value in {count, None}


def test_an_effect_of_few_people_hides_the_new_number(
    session: Session, run: AnalysisRun, waiting: Theme, buses: Theme
) -> None:
    chosen = clauses_of(session, waiting, 1)
    shown = effects.preview(
        session, run, lambda: decisions.split(session, run, waiting, chosen, buses, **WHO),
        threshold=5,
    )  # fmt: skip
    smaller = next(effect for effect in shown if effect.name == WAITING.name)
    assert "[c]" in {str(count) for count in smaller.after.values()}


# --- The code frame --------------------------------------------------------------------------


def test_each_change_of_what_is_approved_makes_a_version(
    session: Session, scenario: Scenario, waiting: Theme, buses: Theme
) -> None:
    plan = scenario.consultation.id
    assert [version.number for version in frame.versions(session, plan)] == [1]
    decisions.rename(session, waiting, name="Long waits", easy_name="Waiting", **WHO)
    decisions.rename(session, scenario.themes[UNREAD.name], name="M", easy_name="M", **WHO)
    decisions.merge(session, waiting, buses, **WHO)
    found = frame.versions(session, plan)
    assert [version.number for version in found] == [1, 2, 3]
    one = {difference.name: difference for difference in frame.compare(found[0], found[2])}
    assert one[BUSES.name].what == "removed"
    assert ("name", WAITING.name, "Long waits") in one["Long waits"].fields


def test_approving_asks_for_five_typical_and_three_edge_examples(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    unread = scenario.themes[UNREAD.name]
    decisions.rename(session, unread, name="Meetings", easy_name="Meetings", **WHO)
    typical, edge = frame.examples(session, run, unread)
    assert (len(typical), len(edge)) == (5, 3)
    seen = [(one.response_id, one.question, one.segment) for one in (*typical, *edge)]
    with pytest.raises(decisions.NotSeenError):
        frame.approve_after_reading(session, run, unread, seen[:-1], **WHO)
    frame.approve_after_reading(session, run, unread, seen, **WHO)
    approved = session.scalars(select(Change).where(Change.verb == "approved")).one()
    assert all(one[0] in approved.seen for one in seen)


def test_what_few_of_a_little_heard_group_raised_goes_with_a_reason_and_stays_in_sight(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    few = decisions.open_theme(
        session, scenario.consultation, name="Quiet rooms", easy_name="Quiet rooms", **WHO
    )
    for response in scenario.responses["young_person"][:2]:
        decisions.code_answer(session, run, (response.id, "YP12"), [few], **WHO)
    with pytest.raises(decisions.ReasonMissingError, match="little heard"):
        frame.retire_guarded(session, run, few, threshold=5, why="No.", **WHO)
    why = "It is part of what clubs are answered with."
    frame.retire_guarded(session, run, few, threshold=5, why=why, **WHO)
    assert frame.kept_in_sight(session, scenario.consultation.id) == [("Quiet rooms", why)]


def test_a_theme_changed_since_a_moment_is_found(
    session: Session, scenario: Scenario, run: AnalysisRun, buses: Theme
) -> None:
    before = NOW.replace(year=NOW.year - 1)
    plan = scenario.consultation.id
    assert frame.changed_since(session, plan, before) == set()
    elsewhere = {row[:2] for row in clauses_of(session, buses, 99)}
    answer = next(
        one[:2]
        for one in clauses_of(session, scenario.themes[CLUBS.name], 99)
        if one[:2] not in elsewhere
    )
    decisions.code_answer(session, run, answer, [buses], **WHO)
    found = frame.changed_since(session, plan, before)
    assert buses.id in found
    assert scenario.themes[CLUBS.name].id in found, "the machine had put it there"


# --- Two people at once ----------------------------------------------------------------------


def test_two_readers_of_one_comment_both_keep_what_they_said(
    app: Flask, staff: Callable[..., Staff], session: Session, waiting: Theme, buses: Theme
) -> None:
    one, other = staff("analyst"), staff("analyst")
    one.signs_in()
    other.client = app.test_client()  # type: ignore[assignment]  # a browser of their own
    other.signs_in()
    address = first(one.client)
    pages = [who.client.get(address).get_data(as_text=True) for who in (one, other)]
    sent = [
        {"csrf_token": token_of(html), "version": version_in(html), "themes": theme.id}
        for html, theme in zip(pages, (waiting, buses), strict=True)
    ]
    assert one.client.post(address, data=sent[0]).status_code == 303
    reply = other.client.post(address, data=sent[1])
    html = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert waiting.name in html
    assert buses.name in html
    assert f'name="themes" value="{buses.id}"' in html
    sent[1] |= {"csrf_token": token_of(html), "version": version_in(html)}
    assert other.client.post(address, data=sent[1]).status_code == 303
    session.expire_all()
    assert session.scalars(select(Coding.theme_id)).all() == [buses.id]
    assert len(session.scalars(select(Change)).all()) == 2


def test_two_readers_who_say_the_same_are_not_made_to_choose(
    app: Flask, staff: Callable[..., Staff], waiting: Theme
) -> None:
    one, other = staff("analyst"), staff("analyst")
    one.signs_in()
    other.client = app.test_client()  # type: ignore[assignment]  # a browser of their own
    other.signs_in()
    address = first(one.client)
    for who, html in [
        (who, who.client.get(address).get_data(as_text=True)) for who in (one, other)
    ]:
        sent = {"csrf_token": token_of(html), "version": version_in(html), "themes": waiting.id}
        assert who.client.post(address, data=sent).status_code == 303


def test_two_people_naming_one_theme_both_keep_their_words(
    client: CheckedClient, session: Session, analyst: Staff, waiting: Theme
) -> None:
    del analyst
    page = f"{THEMES}{waiting.id}"
    html = client.get(page).get_data(as_text=True)
    mine = {"name": "Mine", "easy_name": "Mine", "version": version_in(html)}
    theirs = {"name": "Theirs", "easy_name": "Theirs", "version": version_in(html)}
    assert client.send(f"{page}/name", theirs, page=page).status_code == 303
    reply = client.send(f"{page}/name", mine, page=page)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert "Theirs" in html
    assert 'value="Mine"' in html
    client.send(f"{page}/name", mine | {"version": version_in(html)}, page=page)
    session.expire_all()
    assert session.get_one(Theme, waiting.id).name == "Mine"


# --- Pages -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("order", reading_order.ORDERS)
def test_every_comment_can_be_read_in_every_order(
    client: CheckedClient, session: Session, run: AnalysisRun, order: str
) -> None:
    address = client.get(f"{THEMES}read?order={order}").location
    html = client.get(str(address)).get_data(as_text=True)
    assert "Comment 1 of 40" in html
    assert f'value="{order}" selected' in html
    assert len(reading_order.in_order(reading_order.lines(session, run), order)) == 40  # type: ignore[arg-type]  # of the list


@pytest.mark.usefixtures("analyst")
def test_a_comment_is_moved_and_taken_back(
    client: CheckedClient, session: Session, buses: Theme
) -> None:
    address = first(client)
    client.send(address, {"act": "move", "to": buses.id}, page=address)
    assert session.scalars(select(Coding.theme_id)).all() == [buses.id]
    change = session.scalars(select(Change)).one()
    client.send(f"{THEMES}undo/{change.id}", page=f"{THEMES}trail")
    session.expire_all()
    assert session.scalars(select(Reading)).all() == []


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("sent", "mend"),
    [
        ({"act": "save"}, "#pick"),
        ({"act": "move", "to": ""}, "#to"),
        ({"act": "clauses", "clause-0": ""}, "#clause-parts"),
    ],
)
def test_a_form_that_names_no_theme_counts_only_where_it_says_none(
    client: CheckedClient, session: Session, waiting: Theme, sent: dict[str, str], mend: str
) -> None:
    address = first(client)
    typed = sent | {f"stance-{waiting.id}": "mixed"}
    reply = client.send(address, typed, page=address)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "There is a problem" in html
    assert f'href="{mend}"' in html
    assert session.scalars(select(Reading)).all() == []
    assert client.send(address, {"act": "none"}, page=address).status_code == 303
    assert session.scalars(select(Coding)).all() == []
    assert len(session.scalars(select(Reading)).all()) == 1


@pytest.mark.usefixtures("analyst")
def test_a_ticked_theme_that_went_out_of_use_is_named_and_the_other_ticks_stay(
    client: CheckedClient, session: Session, waiting: Theme, buses: Theme
) -> None:
    address = first(client)
    decisions.retire(session, buses, why="Too thin.", **WHO)
    session.commit()
    reply = client.send(address, {"themes": [waiting.id, buses.id]}, page=address)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert f"“{buses.name}” went out of use" in html
    assert re.search(f'value="{waiting.id}" checked', html)
    assert session.scalars(select(Reading)).all() == []


@pytest.mark.usefixtures("analyst")
def test_stance_and_parts_are_kept(
    client: CheckedClient, session: Session, waiting: Theme, buses: Theme
) -> None:
    address = first(client)
    parts = {"act": "clauses", "clause-0": waiting.id, "clause-1": buses.id, "clause-3": buses.id}
    client.send(address, parts | {f"stance-{buses.id}": "negative"}, page=address)
    found = {row.theme_id: row for row in session.scalars(select(Coding))}
    assert (found[buses.id].clauses, found[buses.id].stance) == ("1,3", "negative")
    assert [row.is_primary for row in found.values()].count(True) == 1


@pytest.mark.usefixtures("analyst")
def test_only_who_agreed_can_be_marked_to_print(
    client: CheckedClient, scenario: Scenario, session: Session
) -> None:
    said_yes, said_no = scenario.responses["parent_carer"][:2]
    for response, marked in ((said_yes, True), (said_no, False)):
        page = f"{THEMES}read/{response.id}/PC06"
        html = client.get(page).get_data(as_text=True)
        assert ("Mark to print" in html) is marked
        client.send(f"{page}/quote", {"segment": "0"}, page=page)
    assert session.scalars(select(codings.QuoteCandidate.response_id)).all() == [said_yes.id]


@pytest.mark.usefixtures("analyst")
def test_holding_says_what_it_does_and_takes_the_comment_away(client: CheckedClient) -> None:
    address = first(client).partition("?")[0]
    assert "out of every count" in client.get(f"{address}/hold").get_data(as_text=True)
    client.send(f"{address}/hold", page=f"{address}/hold")
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("analyst")
def test_single_keys_can_be_turned_off(client: CheckedClient) -> None:
    address = first(client)
    assert 'data-keys="on"' in client.get(address).get_data(as_text=True)
    client.send(f"{THEMES}keys", page=address)
    assert 'data-keys="off"' in client.get(address).get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
def test_a_theme_is_split_by_ticking(
    client: CheckedClient, session: Session, run: AnalysisRun, waiting: Theme
) -> None:
    page = f"{THEMES}{waiting.id}/split"
    chosen = [":".join(map(str, one)) for one in clauses_of(session, waiting, 6)]
    typed = {"clause": chosen, "name": "Assessments", "easy_name": "Tests"}
    shown = client.send(page, typed, page=page).get_data(as_text=True)
    assert "not there yet" in shown
    client.send(page, typed | {"confirmed": "yes"}, page=page)
    made = session.scalars(select(Theme).where(Theme.name == "Assessments")).one()
    assert sum(people(session, run, made).values()) == 6
    trail = client.get(f"{THEMES}{waiting.id}/trail").get_data(as_text=True)
    assert "to Assessments" in trail


@pytest.mark.usefixtures("analyst")
def test_pages_of_the_frame_show_and_compare_versions(
    client: CheckedClient, session: Session, waiting: Theme
) -> None:
    decisions.define(session, waiting, {"means": "Waiting for an assessment."}, **WHO)
    session.commit()
    html = client.get(f"{THEMES}frame?one=1&other=2").get_data(as_text=True)
    assert "Waiting for an assessment." in html
    assert "From version 1 to version 2" in html
