import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from analysis.decided import decisions, queries
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Reading, Theme
from engage.audit import AuditEvent
from engage.jobs import Job
from surveys.models import Response
from surveys.services import hold
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, CLUBS, UNREAD, WAITING, Scenario
from tests.pages import CheckedClient
from tests.people import Staff

THEMES = "/desk/consultations/send-strategy/themes/"


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


def page_of(scenario: Scenario, name: str) -> str:
    return f"{THEMES}{scenario.themes[name].id}"


def have_read(client: CheckedClient, page: str) -> dict[str, object]:
    """Tick what the page asks for before it lets somebody approve."""
    shown = re.findall(r'name="seen" value="([^"]+)"', client.get(page).get_data(as_text=True))
    return {"seen": shown, "have_read": "yes"}


def problem(reply: TestResponse) -> str:
    """Return a page that came back to be mended."""
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "There is a problem" in html
    return html


@pytest.mark.usefixtures("analyst")
def test_themes_show_people_with_small_numbers_hidden(client: CheckedClient) -> None:
    page = client.get(THEMES).get_data(as_text=True)
    assert WAITING.name in page
    assert "[c]" in page  # two professionals spoke of transport
    assert "Approved" in page
    assert "Proposed" in page


@pytest.mark.usefixtures("analyst")
def test_a_theme_is_renamed_and_approved(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    page = page_of(scenario, UNREAD.name)
    names = {"name": "Meetings", "easy_name": "Meetings"}
    assert client.send(f"{page}/name", names, page=page).status_code == 303
    assert client.send(f"{page}/approve", have_read(client, page), page=page).status_code == 303
    session.expire_all()
    theme = session.get_one(Theme, scenario.themes[UNREAD.name].id)
    assert (theme.name, theme.status) == ("Meetings", "approved")


@pytest.mark.usefixtures("analyst")
def test_a_missing_name_comes_back_with_what_was_typed(
    client: CheckedClient, scenario: Scenario
) -> None:
    page = page_of(scenario, UNREAD.name)
    reply = client.send(f"{page}/name", {"name": "Half a name", "easy_name": ""}, page=page)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "There is a problem" in html
    assert 'value="Half a name"' in html
    assert html.count("Give the theme an easy-read name.") == 2


@pytest.mark.usefixtures("analyst")
def test_approving_without_an_easy_name_says_what_to_do(
    client: CheckedClient, scenario: Scenario
) -> None:
    page = page_of(scenario, UNREAD.name)
    html = problem(client.send(f"{page}/approve", have_read(client, page), page=page))
    assert "before you approve it" in html
    assert 'href="#easy_name"' in html


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [("merge", {}, "other"), ("nest", {"parent": ""}, "parent"), ("approve", {}, "have_read")],
)
def test_a_form_without_a_choice_says_so_in_a_summary_and_at_the_field(
    client: CheckedClient, scenario: Scenario, act: str, typed: dict[str, str], field: str
) -> None:
    page = page_of(scenario, WAITING.name)
    if act == "approve":
        page = page_of(scenario, UNREAD.name)
        client.send(f"{page}/name", {"name": "Meetings", "easy_name": "Meetings"}, page=page)
    html = problem(client.send(f"{page}/{act}", typed, page=page))
    assert f'href="#{field}"' in html
    assert f'id="{field}-error"' in html


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("act", ["name", "meaning"])
def test_saving_what_stands_there_already_is_not_in_the_trail_and_says_so(
    client: CheckedClient, session: Session, scenario: Scenario, act: str
) -> None:
    theme, page = scenario.themes[WAITING.name], page_of(scenario, WAITING.name)
    before = len(theme.decisions), session.scalars(select(Change)).all()
    typed = {"name": f" {theme.name} ", "easy_name": theme.easy_name} if act == "name" else {}
    reply = client.send(f"{page}/{act}", typed, page=page)
    assert "Nothing has changed" in client.get(str(reply.location)).get_data(as_text=True)
    session.expire_all()
    assert (len(theme.decisions), session.scalars(select(Change)).all()) == before


@pytest.mark.usefixtures("analyst")
def test_a_reason_for_unchanged_names_is_kept_and_asked_about(
    client: CheckedClient, scenario: Scenario
) -> None:
    theme, page = scenario.themes[WAITING.name], page_of(scenario, WAITING.name)
    typed = {"name": theme.name, "easy_name": theme.easy_name, "why": "I looked again."}
    html = problem(client.send(f"{page}/name", typed, page=page))
    assert 'href="#names-why"' in html
    assert "I looked again." in html


@pytest.mark.usefixtures("analyst")
def test_reading_leads_from_comment_to_comment(
    client: CheckedClient,
    session: Session,
    scenario: Scenario,
    run: AnalysisRun,
) -> None:
    first = str(client.get(f"{THEMES}read").location)
    clubs = scenario.themes[CLUBS.name]
    reply = client.send(first, {"themes": [clubs.id]}, page=first)
    assert reply.location is not None
    assert client.get(reply.location).location != first
    reading = session.scalars(select(Reading)).one()
    answer = reading.response_id, reading.question
    assert queries.themes_of_answer(session, run, answer) == [clubs]


@pytest.mark.usefixtures("analyst")
def test_two_themes_are_joined(client: CheckedClient, session: Session, scenario: Scenario) -> None:
    page, buses = page_of(scenario, WAITING.name), scenario.themes[BUSES.name]
    shown = client.send(f"{page}/merge", {"other": buses.id}, page=page)
    assert "Nothing has changed yet" in shown.get_data(as_text=True)
    session.expire_all()
    assert session.get_one(Theme, buses.id).status == "approved"
    client.send(f"{page}/merge", {"other": buses.id, "confirmed": "yes"}, page=page)
    session.expire_all()
    assert session.get_one(Theme, buses.id).status == "retired"
    assert client.get(page_of(scenario, BUSES.name)).status_code == 404


@pytest.mark.usefixtures("analyst")
def test_analysing_puts_a_job_on_the_list(client: CheckedClient, session: Session) -> None:
    reply = client.send(f"{THEMES}analyse", page=THEMES)
    job = session.scalars(select(Job)).one()
    assert reply.location == f"/desk/jobs/{job.id}"


@pytest.mark.usefixtures("analyst")
def test_an_answer_that_nobody_analysed_is_not_there(client: CheckedClient) -> None:
    assert client.get(f"{THEMES}read/{'0' * 32}/PC06").status_code == 404


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("act", "typed"), [("name", {"name": " ", "easy_name": " "}), ("retire", {"why": "  "})]
)
def test_blanks_are_no_name_and_no_reason(
    client: CheckedClient, scenario: Scenario, act: str, typed: dict[str, str]
) -> None:
    page = page_of(scenario, UNREAD.name)
    assert client.send(f"{page}/{act}", typed, page=page).status_code == 400


@pytest.mark.usefixtures("analyst")
def test_reading_a_comment_leaves_a_mark(client: CheckedClient, session: Session) -> None:
    address = str(client.get(f"{THEMES}read").location).partition("#")[0]
    client.get(address)
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "read_comment")).one()
    assert str(address).endswith(event.object_id.replace(":", "/"))


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("why", ["withdrawn", "held"])
def test_words_taken_back_or_held_are_not_there_to_read(
    client: CheckedClient, session: Session, why: str
) -> None:
    address = str(client.get(f"{THEMES}read").location).partition("#")[0]
    response_id, question = address.split("/")[-2:]
    if why == "held":
        hold(session, response_id, question, now=NOW)
    else:
        session.get_one(Response, response_id).withdrawn_at = NOW
    session.commit()
    assert client.get(address).status_code == 404
    assert client.send(address, {"themes": []}, page=THEMES).status_code == 404
    assert client.get(f"{THEMES}read").location != address


def test_only_analysts_read_comments(
    staff: Callable[..., Staff], client: CheckedClient, scenario: Scenario
) -> None:
    assert client.get(THEMES).status_code == 303
    staff("engagement_officer").signs_in()
    assert client.get(THEMES).status_code == 403
    assert client.get(page_of(scenario, CLUBS.name)).status_code == 403


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("act", "field"), [("merge", "other"), ("nest", "parent"), ("split", "into")]
)
def test_a_theme_that_went_out_of_use_meanwhile_is_named_and_nothing_is_done(
    client: CheckedClient, session: Session, scenario: Scenario, act: str, field: str
) -> None:
    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    page = page_of(scenario, WAITING.name)
    decisions.retire(session, buses, actor="another", now=NOW, why="Too thin.")
    session.commit()
    sent = client.send(f"{page}/{act}", {field: buses.id, "confirmed": "yes"}, page=page)
    back = client.get(sent.headers["Location"]) if sent.status_code == 303 else sent
    html = back.get_data(as_text=True)
    assert f"“{buses.name}” went out of use while you were deciding, so nothing was done" in html
    session.expire_all()
    assert (waiting.parent_id, len(waiting.sources)) == (None, 1)


@pytest.mark.usefixtures("analyst")
def test_words_about_a_theme_that_went_out_of_use_meanwhile_are_given_back(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    page = page_of(scenario, BUSES.name)
    decisions.retire(session, scenario.themes[BUSES.name], actor="another", now=NOW, why="Thin.")
    session.commit()
    reply = client.send(f"{page}/meaning", {"means": "Getting to school."}, page=THEMES)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert "Getting to school." in html
    assert "Who took it out of use, and why" in html
    assert "Use mine" not in html
    assert client.get(page).status_code == 404


@pytest.mark.usefixtures("analyst")
def test_why_themes_join_is_asked_once_it_is_seen_what_it_changes_and_stands_in_the_trail(
    client: CheckedClient, scenario: Scenario
) -> None:
    _waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    page = page_of(scenario, WAITING.name)
    shown = client.send(f"{page}/merge", {"other": buses.id}, page=page)
    assert 'name="why"' in shown.get_data(as_text=True)
    sent = {"other": buses.id, "confirmed": "yes", "why": "Both are about waiting."}
    client.send(f"{page}/merge", sent, page=page)
    trail = client.get(f"{THEMES}trail").get_data(as_text=True)
    assert "Why: Both are about waiting." in trail
    assert "Joined another theme to it" in trail


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("act", "field", "most"),
    [
        ("name", "name", 200), ("name", "easy_name", 200), ("meaning", "means", 2000),
        ("retire", "why", 1000), ("merge", "why", 1000), ("split", "name", 200),
        ("split", "why", 1000),
    ],
)  # fmt: skip
def test_words_that_are_too_long_come_back_whole_with_what_to_do(
    client: CheckedClient, scenario: Scenario, act: str, field: str, most: int
) -> None:
    page, buses = page_of(scenario, WAITING.name), scenario.themes[BUSES.name]
    long = "Q" * most + "end"
    sent = {"other": buses.id, "confirmed": "yes", "name": "N", "easy_name": "E", field: long}
    reply = client.send(f"{page}/{act}", sent, page=page)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert f"has at most {most:,} letters; there are {most + 3:,} now. Shorten it" in html
    assert long in html
    assert f'id="{field}-error"' in html
    assert "maxlength" not in html


@pytest.mark.usefixtures("analyst")
def test_what_was_sent_is_shown_by_the_names_that_people_know_not_by_ids(
    client: CheckedClient, scenario: Scenario
) -> None:
    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    page = page_of(scenario, WAITING.name)
    sent = {"other": buses.id, "version": str(waiting.version - 1)}
    reply = client.send(f"{page}/merge", sent, page=page)
    assert reply.status_code == 409
    html = reply.get_data(as_text=True)
    table = html.partition("Your version")[2].partition("</table>")[0]
    assert "Theme that joins it" in table
    assert buses.name in table
    assert buses.id not in table


@pytest.mark.usefixtures("analyst")
def test_ticks_and_words_go_along_from_page_to_page_of_the_comments(
    client: CheckedClient, scenario: Scenario
) -> None:
    page = f"{page_of(scenario, WAITING.name)}/split"
    html = client.get(page).get_data(as_text=True)
    assert "Which comments? 1 to 20 of " in html
    ticked = re.findall(r'name="clause" value="([^"]+)"', html)[0]
    sent = {"clause": [ticked], "name": "After meetings", "from": "0", "go": "20"}
    html = client.send(page, sent, page=page).get_data(as_text=True)
    assert "Which comments? 21 to " in html
    assert "ticked on other pages: 1" in html
    assert f'type="hidden" name="clause" value="{ticked}"' in html
    assert 'value="After meetings"' in html
    back = client.send(page, sent | {"go": "0"}, page=page).get_data(as_text=True)
    assert f'value="{ticked}" checked' in back


@pytest.mark.usefixtures("analyst")
def test_the_trail_leads_to_the_oldest_decision(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    theme = scenario.themes[WAITING.name]
    for number in range(30):
        decisions.rename(
            session, theme, name=f"Name {number}", easy_name="Waiting", actor="ann", now=NOW,
            why=f"Reason {number}.",
        )  # fmt: skip
    session.commit()
    newest = client.get(f"{THEMES}trail").get_data(as_text=True)
    assert "Reason 29." in newest
    assert "Reason 0." not in newest
    assert "Older decisions" in newest
    oldest = client.get(f"{THEMES}trail?page=2").get_data(as_text=True)
    assert "Reason 0." in oldest
    assert "Newer decisions" in oldest
    assert "Older decisions" not in oldest
    assert client.get(f"{THEMES}trail?page={10**20}").status_code == 200


@pytest.mark.usefixtures("analyst")
def test_what_was_ticked_and_typed_to_move_is_kept_where_a_name_is_missing(
    client: CheckedClient, scenario: Scenario
) -> None:
    page = f"{page_of(scenario, WAITING.name)}/split"
    html = client.get(page).get_data(as_text=True)
    ticked = re.findall(r'name="clause" value="([^"]+)"', html)[:2]
    sent = {"clause": ticked, "name": "After meetings", "why": "They speak of meetings."}
    reply = client.send(page, sent, page=page)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "give a new one both its names" in html
    assert all(f'value="{key}" checked' in html for key in ticked)
    assert 'value="After meetings"' in html
    assert "They speak of meetings." in html
