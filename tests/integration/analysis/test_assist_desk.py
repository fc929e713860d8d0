import csv
import io
import json
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import decisions, exports, reading_order, second_reading
from analysis.models.assist_records import SecondReading, SuggestedCode, Suggestion
from analysis.models.prepared_store import OtherLanguage
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from engage.audit import AuditEvent
from surveys.models import Response
from surveys.services import hold
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, CLUBS, WAITING, Scenario
from tests.pages import CheckedClient
from tests.people import Staff

THEMES = "/desk/consultations/send-strategy/themes/"
CODING = "/desk/consultations/send-strategy/coding/"


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


def a_disagreement(session: Session, scenario: Scenario, run: AnalysisRun) -> tuple[str, str]:
    buses, clubs = scenario.themes[BUSES.name], scenario.themes[CLUBS.name]
    second_reading.draw(session, run, actor="ann", now=NOW)
    answer = second_reading.waiting(session, run, "ben")[0]
    decisions.code_answer(session, run, answer, [buses], actor="ann", now=NOW)
    second_reading.read_second(session, run, answer, [clubs], actor="ben", now=NOW)
    session.commit()
    return answer


@pytest.mark.usefixtures("analyst")
def test_samples_are_drawn_read_blind_and_counted(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    assert client.send(f"{CODING}draw", page=CODING).status_code == 303
    page = client.get(f"{CODING}second").headers["Location"]
    shown = client.get(page).get_data(as_text=True)
    assert "checked" not in shown
    themes = {"themes": scenario.themes[BUSES.name].id}
    assert client.send(page, themes, page=page).status_code == 303
    read = session.scalars(select(SecondReading).where(SecondReading.read_by.is_not(None))).all()
    assert len(read) == 1
    assert client.get(page).headers["Location"] == CODING
    assert "That comment is not waiting for you" in client.get(CODING).get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("page", ["second", "settle"])
def test_no_theme_at_all_is_said_in_words_and_never_by_leaving_every_box_empty(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun, page: str
) -> None:
    if page == "second":
        second_reading.draw(session, run, actor="ann", now=NOW)
        session.commit()
        address, typed = str(client.get(f"{CODING}second").location), {}
    else:
        response_id, question = a_disagreement(session, scenario, run)
        address, typed = f"{CODING}settle/{response_id}/{question}", {"why": "It fits none."}
    gone = {**typed, "themes": ["0" * 32]}
    for sent, words in ((typed, "Nothing is ticked"), (gone, "went out of use meanwhile")):
        reply = client.send(address, sent, page=address)
        html = reply.get_data(as_text=True)
        assert reply.status_code == 400
        assert words in html
        assert 'href="#themes"' in html
        assert typed.get("why", "") in html
    assert client.send(address, {**typed, "act": "none"}, page=address).status_code == 303


@pytest.mark.usefixtures("analyst")
def test_a_disagreement_is_shown_and_settled(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    response_id, question = a_disagreement(session, scenario, run)
    overview = client.get(CODING).get_data(as_text=True)
    assert "kappa" in overview
    page = f"{CODING}settle/{response_id}/{question}"
    assert page in overview
    refused = client.send(page, {"why": ""}, page=page)
    assert refused.status_code == 400
    assert "Say in a few words" in refused.get_data(as_text=True)
    long = client.send(page, {"why": "Q" * 1001, "act": "none"}, page=page)
    assert long.status_code == 400
    assert "A reason has at most 1,000 letters; there are 1,001 now" in long.get_data(as_text=True)
    assert "Q" * 1001 in long.get_data(as_text=True)
    agreed = {"why": "It is about waiting.", "themes": scenario.themes[WAITING.name].id}
    assert client.send(page, agreed, page=page).status_code == 303
    assert client.get(page).headers["Location"] == CODING
    assert "There is nothing to settle about that" in client.get(CODING).get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
def test_both_readers_and_who_settles_see_what_was_asked_and_hear_the_writers_language(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    settled = "/".join(a_disagreement(session, scenario, run))
    waiting = str(client.get(f"{CODING}second").location)
    pages = {settled: f"{CODING}settle/{settled}", waiting.split("/second/")[1]: waiting}
    for response_id, question in (answer.split("/") for answer in pages):
        session.add(
            OtherLanguage(
                run_id=run.id, response_id=response_id, question=question, language="pl"
            )
        )  # fmt: skip
    session.commit()
    for answer, page in pages.items():
        first = BeautifulSoup(client.get(f"{THEMES}read/{answer}").data, "html.parser")
        asked = first.select_one("#panel p > strong")
        assert asked
        shown = BeautifulSoup(client.get(page).data, "html.parser")
        assert asked.text in [one.text for one in shown.select("main p > strong")]
        assert first.select("#panel [lang=pl]")
        assert shown.select("blockquote > [lang=pl][dir=auto]")


def suggest(
    session: Session, run: AnalysisRun, answer: tuple[str, str], theme_id: str, *, held_back: bool
) -> None:
    session.add(
        Suggestion(
            run_id=run.id, response_id=answer[0], question=answer[1], sureness=0.8,
            is_unsure=False, is_held_back=held_back, ask_place=1, taught_by=9, made_at=NOW,
            codes=[SuggestedCode(theme_id=theme_id, score=0.83)],
        )
    )  # fmt: skip
    session.commit()


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("held_back", [False, True])
def test_a_reader_sees_what_the_machine_learnt_unless_it_is_measured_there(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun, held_back: bool
) -> None:
    lines = reading_order.in_order(reading_order.lines(session, run), "constant")
    answer, buses = lines[-1].answer, scenario.themes[BUSES.name]
    suggest(session, run, answer, buses.id, held_back=held_back)
    page = str(client.get(f"{THEMES}read?order=teaching").location)
    assert f"{answer[0]}/{answer[1]}" in page
    shown = client.get(page.partition("#")[0]).get_data(as_text=True)
    assert ("suggested, 83 in 100 sure" in shown) is not held_back


@pytest.mark.usefixtures("analyst")
def test_suggestions_need_codings_first(client: CheckedClient) -> None:
    assert client.send(f"{CODING}suggest", page=CODING).headers["Location"].endswith(CODING)
    assert "Read and code some comments first" in client.get(CODING).get_data(as_text=True)


@pytest.mark.parametrize("name", list(exports.NAMES))
@pytest.mark.usefixtures("analyst")
def test_who_takes_a_file_is_on_record(client: CheckedClient, session: Session, name: str) -> None:
    reply = client.get(f"{CODING}files/{name}")
    assert reply.status_code == 200
    assert reply.data
    events = session.scalars(select(AuditEvent).where(AuditEvent.verb == "export")).all()
    assert [event.object_type for event in events] == ["analysis_run"]


@pytest.mark.usefixtures("analyst")
def test_a_file_that_is_not_offered_is_not_found(client: CheckedClient) -> None:
    assert client.get(f"{CODING}files/passwd").status_code == 404


def test_only_an_analyst_takes_files(
    client: CheckedClient, staff: Callable[..., Staff], scenario: Scenario
) -> None:
    del scenario
    staff("engagement_officer").signs_in()
    assert client.get(f"{CODING}files/coded.csv").status_code == 403
    assert client.get(CODING).status_code == 403


def made(session: Session, scenario: Scenario, name: str) -> bytes:
    return exports.export(session, scenario.consultation, scenario.run, name, threshold=5, now=NOW)


def rows_of(session: Session, scenario: Scenario) -> list[dict[str, str]]:
    text = made(session, scenario, "coded.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_is_one_segment_with_both_records(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    answer = a_disagreement(session, scenario, run)
    rows = rows_of(session, scenario)
    assert len(rows) == len(session.scalars(select(ProposedCoding)).all())
    mine = [row for row in rows if (row["response"], row["question"]) == answer]
    assert {row["people_themes"] for row in mine} == {BUSES.name}
    assert any(row["machine_themes"] for row in mine)
    assert "with a name in them" not in str(rows)


def test_the_spreadsheet_holds_the_same_and_runs_nothing(
    session: Session, scenario: Scenario
) -> None:
    coding = session.scalars(select(ProposedCoding).limit(1)).one()
    coding.redacted_text = "=HYPERLINK(1)\x0b"
    session.flush()
    book = openpyxl.load_workbook(io.BytesIO(made(session, scenario, "coded.xlsx")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert book.worksheets[0].max_row == len(rows_of(session, scenario)) + 1
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]


def hold_since(session: Session, clauses: list[ProposedCoding], response: Response) -> None:
    for clause in clauses:
        hold(session, response.id, clause.question, now=NOW)


def hold_then(session: Session, clauses: list[ProposedCoding], response: Response) -> None:
    del session, response
    for clause in clauses:
        clause.set_aside_reason, clause.proposed_theme_id = "held", None


def withdraw(session: Session, clauses: list[ProposedCoding], response: Response) -> None:
    del session, clauses
    response.withdrawn_at = NOW


def leave_out(session: Session, clauses: list[ProposedCoding], response: Response) -> None:
    del session, clauses
    response.left_out_at, response.left_out_because = NOW, "Sent twice."


def everything_in(content: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(archive.read(entry) for entry in archive.namelist())


@pytest.mark.parametrize("keep_back", [hold_since, hold_then, withdraw, leave_out])
def test_words_that_are_held_or_taken_back_are_in_no_file(
    session: Session,
    scenario: Scenario,
    keep_back: Callable[[Session, list[ProposedCoding], Response], None],
) -> None:
    one = session.scalars(select(ProposedCoding).limit(1)).one()
    response = session.get_one(Response, one.response_id)
    of_response = select(ProposedCoding).where(ProposedCoding.response_id == response.id)
    clauses = list(session.scalars(of_response))
    for clause in clauses:
        clause.redacted_text = "SECRET WORDS"
    session.flush()
    assert b"SECRET" in everything_in(made(session, scenario, "coded.csv"))
    keep_back(session, clauses, response)
    session.flush()
    for name in exports.NAMES:
        content = everything_in(made(session, scenario, name))
        assert b"SECRET" not in content
        assert response.id.encode() not in content


def test_a_project_points_at_its_words(session: Session, scenario: Scenario) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(session, scenario, "project.qdpx")))
    project = ET.fromstring(archive.read("project.qde"))  # noqa: S314  # made just now
    spaces = {"q": "urn:QDA-XML:project:1.0"}
    sources = project.findall(".//q:TextSource", spaces)
    assert len(sources) == 40
    selections = project.findall(".//q:PlainTextSelection", spaces)
    assert len(selections) == len(session.scalars(select(ProposedCoding)).all())


def test_the_facts_say_what_was_done_and_hide_small_numbers(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    a_disagreement(session, scenario, run)
    facts = json.loads(made(session, scenario, "method-facts.json"))
    assert facts["coding"]["comments_read_by_a_person"] == 1
    assert facts["agreement_of_two_readers"]["comments_read_by_two"] == 1
    assert facts["run"]["versions"] == {"bertopic": "0.17.4"}
    assert facts["people"]["by_audience"] == {
        "parent_carer": "20",
        "professional": "12",
        "young_person": "8",
    }
    assert facts["suppression"]["smallest_number_shown"] == 5


def test_the_themefinder_layout_has_every_question_and_answer(
    session: Session, scenario: Scenario
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(session, scenario, "themefinder.zip")))
    people = archive.read("consult/inputs/respondents.jsonl").splitlines()
    numbers = {json.loads(line)["themefinder_id"] for line in people}
    for folder, number in (("themefinder", "response_id"), ("consult", "themefinder_id")):
        names = [name for name in archive.namelist() if name.startswith(f"{folder}/outputs/map")]
        mapped = [name for name in names if name.endswith("mapping.jsonl")]
        assert len(mapped) == 3
        lines = [json.loads(line) for name in mapped for line in archive.read(name).splitlines()]
        assert len(lines) == 40
        assert {line[number] for line in lines} == numbers


@pytest.mark.usefixtures("analyst")
def test_the_codebook_waits_until_there_is_a_theme(
    client: CheckedClient, session: Session, run: AnalysisRun
) -> None:
    for theme in session.scalars(select(Theme).where(Theme.consultation_id == run.consultation_id)):
        theme.retired_at = NOW
    session.commit()
    reply = client.get(f"{CODING}files/codebook.qdc")
    assert reply.status_code == 303
    assert "Propose themes first" in client.get(CODING).get_data(as_text=True)
