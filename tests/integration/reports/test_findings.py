"""Questions answered through the services, counted from the snapshot, chosen and printed."""

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import page
import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun
from engage.consultations import Consultation
from engage.pdf import to_pdf
from engage.settings import Settings
from reports.documents.document import from_json
from reports.findings import choosing, composing, earlier, numbers, reading, tables
from reports.findings.choosing import FindingError
from reports.findings.reading import Wanted
from reports.findings.tally import Asked
from reports.formats import opendata, render, word
from reports.formats.source import Source
from reports.models import Report
from reports.publishing import services as reporting
from reports.words.facts import Fact
from surveys import document, queries, services
from surveys.models import Answer, Response, Snapshot, Survey
from surveys.questions import Edition
from tests import factories, kinds
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario

SECRET = "a secret"
OPEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
CLOSED = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
ACTOR = "analyst"
Sent = Mapping[str, Sequence[str]]


@pytest.fixture
def plan(session: Session) -> Consultation:
    plan: Consultation = factories.ConsultationFactory(slug="every-kind")
    session.flush()
    return plan


@pytest.fixture
def surveys(session: Session, plan: Consultation) -> dict[str, Survey]:
    """Return the same questionnaire put to two audiences."""
    source: dict[str, Any] = document.load(kinds.EVERY_KIND)
    source["audiences"] = ["parent_carer", "professional"]
    found = {}
    for audience in source["audiences"]:
        found[audience] = services.import_survey(
            session, plan, source, audience.replace("_", "-"), audience=audience, actor=ACTOR,
            now=OPEN,
        )  # fmt: skip
        services.open_survey(session, found[audience], actor=ACTOR, now=OPEN, production=False)
    return found


def send(
    session: Session, survey: Survey, times: int = 1, edition: Edition = "standard", **pages: Sent
) -> list[Response]:
    """Let so many people answer these questions and send them."""
    read = queries.current_document(session, survey)
    sent = []
    for _ in range(times):
        response = services.start_response(
            session, survey, edition=edition, channel="online_std", now=OPEN
        )
        for code, answer in pages.items():
            services.record_page(session, response, read.page_of(code), answer, now=OPEN)
        services.submit(session, response, secret=SECRET, now=OPEN)
        sent.append(response)
    return sent


def pick(*keys: str) -> Sent:
    return {"answer": keys}


def sealed(session: Session, plan: Consultation) -> Snapshot:
    return services.take_snapshot(session, plan, actor=ACTOR, now=CLOSED)


def count(session: Session, snapshot: Snapshot, *codes: str, by: Any = None) -> tuple[Asked, ...]:
    wanted = [Wanted("every-kind", code, by) for code in codes]
    versions = reading.versions(session, snapshot.id)
    return reading.tallies(session, snapshot.id, wanted, versions)


def test_every_kind_of_question_is_counted_for_each_audience(
    session: Session, plan: Consultation, surveys: dict[str, Survey]
) -> None:
    parents, staff = surveys["parent_carer"], surveys["professional"]
    send(session, parents, 3, TQ2=pick("school", "home"), TQ9=pick("7"), TQ10=pick("12"),
         TQ7=pick("In my own words."), TQ12=pick("E07000243"),
         TQ13={"answer_1": ["home"], "answer_2": ["school"]},
         TQ14={"answer_heard": ["agree"], "answer_told": ["disagree"]},
         TQ15={"answer_clubs": ["agree"]}, TQ19={"answer": ["other"], "answer_words": ["A poster"]},
         TQ11={"answer_day": ["27"], "answer_month": ["3"], "answer_year": ["2026"]})  # fmt: skip
    send(session, parents, 2, TQ2=pick("school"), TQ13={"answer_1": ["school"]})
    send(session, staff, 1, TQ2=pick("health"), TQ9=pick("0"))
    codes = ("TQ2", "TQ9", "TQ10", "TQ7", "TQ12", "TQ13", "TQ14", "TQ15", "TQ19", "TQ11")
    found = {one.code: one for one in count(session, sealed(session, plan), *codes)}

    def people(code: str, audience: str = "parent_carer") -> dict[str, int]:
        return dict(found[code].tallies[audience].people)

    assert people("TQ2") == {"school": 5, "home": 3}
    assert people("TQ2", "professional") == {"health": 1}
    assert [people("TQ9"), people("TQ9", "professional")] == [{"7": 3}, {"0": 1}]
    assert people("TQ10") == {"12": 3}
    assert people("TQ7") == {"": 3}, "own words stay in the database"
    assert people("TQ12") == {"E07000243": 3}
    assert people("TQ13") == {"home": 3, "school": 5}
    assert found["TQ13"].tallies["parent_carer"].first == {"home": 3, "school": 2}
    assert people("TQ14") == {"heard:agree": 3, "told:disagree": 3}
    assert people("TQ15") == {"clubs:agree": 3}
    assert people("TQ19") == {"other": 3, "": 3}
    assert people("TQ11") == {"2026-03-27": 3}
    tally = found["TQ2"].tallies["parent_carer"]
    assert (tally.asked, tally.answered) == (5, 5)
    counted = numbers.counted(list(found.values()), {"parent_carer": 5, "professional": 1})
    assert counted.numbers["question/every-kind/TQ14/parent_carer/heard::answered"] == 3


def test_only_those_on_the_way_were_asked(
    session: Session, plan: Consultation, surveys: dict[str, Survey]
) -> None:
    parents = surveys["parent_carer"]
    send(session, parents, 3, TQ1=pick("yes"), TQ1b=pick("badly"), TQ1c=pick("Tell us sooner."))
    send(session, parents, 2, TQ1=pick("yes"))
    send(session, parents, 4, TQ1=pick("no"))
    send(session, parents, 1)
    asked = count(session, sealed(session, plan), "TQ1", "TQ1b", "TQ1c")
    tallies = [one.tallies["parent_carer"] for one in asked]
    assert [(tally.asked, tally.answered) for tally in tallies] == [(10, 9), (5, 3), (3, 3)]
    routes = [
        relation for relation in numbers.counted(asked, {"parent_carer": 10}).relations
        if relation.whole.endswith("TQ1b/parent_carer/:asked") and relation.kind == "sum"
    ]  # fmt: skip
    assert [relation.parts for relation in routes] == [
        ("question/every-kind/TQ1/parent_carer/yes",)
    ]


def test_easy_read_counts_in_its_band_and_groups_add_up(
    session: Session, plan: Consultation, surveys: dict[str, Survey]
) -> None:
    parents = surveys["parent_carer"]
    send(session, parents, 6, TQ3=pick("strongly_agree"), TQ12=pick("E07000243"))
    send(session, parents, 5, TQ3=pick("agree"))
    send(session, parents, 7, "easy", TQ3=pick("agree"), TQ12=pick("E07000099"))
    snapshot = sealed(session, plan)
    (asked,) = count(session, snapshot, "TQ3", by="area")
    counted = numbers.counted([asked], {"parent_carer": 18})
    start = "question/every-kind/TQ3/parent_carer"
    assert counted.numbers[f"{start}/:band.agree"] == 18
    assert counted.numbers[f"{start}/agree"] == 5
    assert counted.numbers[f"{start}/:easy.agree"] == 7
    assert counted.numbers[f"{start}/:band.agree/area.E07000243"] == 6
    assert counted.numbers[f"{start}/:band.agree/area.E07000099"] == 7
    assert counted.numbers[f"{start}/:band.agree/area.:unsaid"] == 5
    (asked,) = count(session, snapshot, "TQ3", by="edition")
    counted = numbers.counted([asked], {"parent_carer": 18})
    assert counted.numbers[f"{start}/:answered/edition.easy"] == 7
    assert counted.numbers[f"{start}/:answered/edition.standard"] == 11


def test_answers_that_were_taken_back_do_not_count(
    session: Session, plan: Consultation, surveys: dict[str, Survey]
) -> None:
    first, *_ = send(session, surveys["parent_carer"], 8, TQ8=pick("yes"))
    snapshot = sealed(session, plan)
    session.refresh(first)
    first.withdrawn_at = CLOSED
    session.flush()
    (asked,) = count(session, snapshot, "TQ8")
    assert asked.tallies["parent_carer"].people == {"yes": 7}


def test_a_figure_can_be_counted_again(
    session: Session, plan: Consultation, surveys: dict[str, Survey]
) -> None:
    send(session, surveys["parent_carer"], 12, TQ8=pick("yes"), TQ12=pick("E07000243"))
    snapshot = sealed(session, plan)
    start = "question/every-kind/TQ8/parent_carer"
    keys = (f"{start}/yes", f"{start}/:asked", f"{start}/yes/area.E07000243", f"{start}/:middle")
    facts = [Fact(key, 12, 12, "") for key in keys]
    assert composing.recounted(session, snapshot, facts) == dict.fromkeys(keys, 12)
    assert composing.recount(session, snapshot, facts[0]) == 12
    unknown = Fact("question/every-kind/ZZ9/parent_carer/yes", 1, 1, "")
    assert composing.recount(session, snapshot, unknown) is None


def _answers(session: Session, scenario: Scenario, yes: int) -> None:
    """Let every parent carer of the small consultation answer one question more."""
    for place, response in enumerate(scenario.responses["parent_carer"]):
        value = "yes" if place < yes else "no"
        session.add(_answer(response, "PC16", value))
    session.flush()


def _answer(response: Response, code: str, value: str) -> Answer:
    return Answer(response_id=response.id, question=code, position=0, value=value)


def test_the_report_prints_what_was_chosen_in_the_order_that_was_chosen(
    session: Session, scenario: Scenario
) -> None:
    _answers(session, scenario, 14)
    report = made.reported(session, scenario)
    rows = choosing.listed(session, report)
    included = [
        row.code for row in rows if row.questionnaire == "parent-carers" and row.is_included
    ]
    assert included[:3] == ["PC01", "PC02", "PC03"]
    assert not {"PC06", "QP1", "YP00"} & {row.code for row in rows if row.is_included}

    act = {"actor": ACTOR, "now": NOW}
    choosing.leave_out_finding(session, report, "parent-carers", "PC01", **act)  # type: ignore[arg-type]  # who and when
    choosing.include_finding(session, report, "parent-carers", "QP1", **act)  # type: ignore[arg-type]  # as above
    choosing.move_finding(session, report, "parent-carers", "PC16", -99, **act)  # type: ignore[arg-type]  # as above
    choosing.group_finding(session, report, "parent-carers", "PC16", "area", **act)  # type: ignore[arg-type]  # as above
    rows = choosing.listed(session, report)
    mine = [row for row in rows if row.questionnaire == "parent-carers" and row.is_included]
    assert [row.code for row in mine][:3] == ["PC16", "PC02", "PC03"]
    assert mine[0].by == "area"
    assert "QP1" in [row.code for row in mine]
    assert "PC01" not in [row.code for row in mine]
    with pytest.raises(FindingError, match="never shown"):
        choosing.include_finding(session, report, "young-people", "YP00", **act)  # type: ignore[arg-type]  # as above
    with pytest.raises(FindingError, match="cannot tell people apart by help"):
        choosing.group_finding(session, report, "young-people", "YP03", "help", **act)  # type: ignore[arg-type]  # as above


def test_a_published_report_shows_its_findings_on_every_page(
    session: Session, scenario: Scenario, settings: Settings, no_pdf: None, client: Any
) -> None:
    del no_pdf
    _answers(session, scenario, 14)
    report = made.published(session, scenario, settings)
    session.commit()
    shown = client.get("/you-said-we-did/send-strategy/").get_data(as_text=True)
    assert "Most parent carers who answered said “Yes, clearly”: 14 of 20 (70%)." in shown
    found = from_json(report.publications[0].document).findings
    (one,) = [one for survey in found for one in survey.findings if one.code == "PC16"]
    assert one.headline in shown
    assert "<svg" not in shown.split('id="answered"')[1].split("</section>")[0]
    place = 1 + next(at for at, survey in enumerate(found) if one in survey.findings)
    tables = client.get(f"/you-said-we-did/send-strategy/figures/answers-{place}/").get_data(
        as_text=True
    )
    assert one.headline in tables
    assert "Bar chart. Largest: “Yes, clearly”, 14 of 20 parent carers." in tables
    missing = client.get(f"/you-said-we-did/send-strategy/figures/answers-{len(found) + 1}/")
    assert missing.status_code == 404
    easy = client.get("/you-said-we-did/send-strategy/easy-read").get_data(as_text=True)
    assert all(line.text in easy for line in one.easy)


@pytest.mark.full_on_postgresql
def test_the_files_with_findings_are_accessible_and_hold_them(
    session: Session, scenario: Scenario, settings: Settings, tmp_path: Path
) -> None:
    _answers(session, scenario, 14)
    report = made.reported(session, scenario)
    written = reporting.next_document(session, report, settings=settings, now=NOW)
    source = Source(written, render.charts(written))
    file = tmp_path / "report.pdf"
    html = render.pdf_html(source)
    file.write_bytes(to_pdf(html, base_url=render.print_folder()))
    assert page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1).is_compliant
    with PdfReader(file) as reader:
        words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    said = "Most parent carers who answered said “Yes, clearly”: 14 of 20 (70%)."
    assert said in words

    read = Document(io.BytesIO(word.write(source)))
    assert said in [paragraph.text for paragraph in read.paragraphs]
    assert "What 20 parent carers answered" in [paragraph.text for paragraph in read.paragraphs]
    answers = next(sheet for sheet in opendata.sheets(written) if sheet.name == "answers")
    row = next(row for row in answers.rows if row[0].endswith("/PC16/parent_carer/yes"))
    assert row[-4:] == ("14", "20", "70%", "48 to 86")


def test_a_document_from_before_there_were_findings_still_loads(
    session: Session, published: Report
) -> None:
    raw = json.loads(published.publications[0].document)
    del raw["findings"]
    assert from_json(json.dumps(raw)).findings == ()
    assert earlier.documents(session, published) == ()


def test_the_same_question_is_set_beside_what_an_earlier_consultation_found(
    session: Session, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    found = []
    for slug, closes, yes in (("old", dt.date(2025, 2, 1), 5), ("new", dt.date(2026, 2, 1), 15)):
        scenario = made.answered(session, secret=f"{slug} secret", slug=slug)
        scenario.consultation.opens_on = closes - dt.timedelta(days=60)
        scenario.consultation.closes_on = closes
        _answers(session, scenario, yes)
        report = made.reported(session, scenario)
        reporting.publish(session, report, settings=settings, actor=ACTOR, now=NOW)
        found.append(from_json(report.publications[0].document).findings)
        last: AnalysisRun = scenario.run
    (first,), (then,) = (
        [one for survey in half for one in survey.findings if one.code == "PC16"] for half in found
    )
    assert not first.changes
    (change,) = then.changes
    rows = {row.label: (row.before.value, row.now.value, row.verdict) for row in change.rows}
    assert rows["Yes, clearly"] == (5, 15, "a larger share now")
    assert rows["No"] == (15, 5, "a smaller share now")
    assert all(row.before.key.startswith("before/question/") for row in change.rows)
    (table,) = (tables.changes(one) for one in then.changes)
    (line,) = (row for row in table.rows if row[0] == "Yes, clearly")
    assert line[1].startswith("5 of 20 (25%, "), "with its interval"
    snapshot = session.get_one(Snapshot, last.snapshot_id)
    for row in change.rows:
        assert composing.recount(session, snapshot, row.before) == row.before.value
