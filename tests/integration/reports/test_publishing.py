"""Publishing: the rules are asked, the numbers are right, and nothing can be changed afterwards."""

import dataclasses
import datetime as dt
import hashlib
import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage import audit
from engage.settings import Settings
from reports.documents.document import from_json, to_json
from reports.documents.printed import ledger
from reports.entries.drafting import ReplyIncompleteError, ThemeNotApprovedError
from reports.models import Entry, Figure, PublicationIsImmutableError, Report
from reports.publishing import services
from reports.publishing.services import NotAnalysedError, RulesBrokenError
from tests.factories import NOW, ConsultationFactory
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario

RECOUNT = text("""
    SELECT count(DISTINCT r.id) FROM response r
    JOIN snapshot_response sr ON sr.response_id = r.id AND sr.snapshot_id = :snapshot
    JOIN survey_version v ON v.id = r.survey_version_id
    JOIN survey s ON s.id = v.survey_id AND s.audience = :audience
    JOIN proposed_coding c ON c.response_id = r.id AND c.run_id = :run
    JOIN theme_source ts ON ts.proposed_theme_id = c.proposed_theme_id AND ts.theme_id = :theme
    WHERE r.submitted_at IS NOT NULL AND r.withdrawn_at IS NULL AND c.set_aside_reason IS NULL
""")


def test_a_random_published_number_can_be_counted_again(
    session: Session, published: Report
) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    counted = [f for f in publication.figures if f.theme_id and f.value is not None]
    figure = random.SystemRandom().choice(counted)
    again = session.scalar(
        RECOUNT,
        {
            "snapshot": figure.snapshot_id, "audience": figure.audience,
            "run": publication.run_id, "theme": figure.theme_id,
        },
    )  # fmt: skip
    assert again == figure.value, figure.key
    assert f"{figure.value}" in figure.wording or figure.value == 0


def test_every_number_of_the_document_is_a_row_and_every_row_is_in_the_document(
    session: Session, published: Report
) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    facts = {fact.key: fact for fact in ledger(from_json(publication.document))}
    rows = {row.key: row for row in publication.figures}
    assert set(facts) == set(rows)
    for key, fact in facts.items():
        row = rows[key]
        assert (row.value, row.base, row.shorthand) == (fact.value, fact.base, fact.shorthand)


def test_small_counts_are_hidden_everywhere(session: Session, published: Report) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    hidden = [f for f in publication.figures if f.shorthand == "[c]" and f.theme_id]
    assert {f.audience for f in hidden} == {"professional", "young_person"}
    children = {f.wording for f in hidden if f.audience == "young_person" and f.value is None}
    assert children == {"Not shown for children and young people, so that nobody can be recognised"}
    people = [f for f in publication.figures if f.audience or f.key.startswith("word/")]
    assert all(f.value is None or f.value == 0 or f.value >= 5 for f in people)


def test_words_that_rest_on_children_need_ten_people(
    session: Session, published: Report, scenario: Scenario
) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    words = {w.word: w.fact.value for w in from_json(publication.document).words}
    assert words["clubs"] == 18
    assert "waited" not in words, "beside 14 parents and 6 professionals it would tell of children"
    assert "nothing" not in words, "words of themes that nobody approved stay out"
    assert scenario.run.id == publication.run_id


def test_a_second_publication_is_a_new_version_and_the_first_stays(
    session: Session, published: Report, settings: Settings
) -> None:
    first = services.latest(session, published)
    assert first is not None
    before = (first.document, [(f.kind, f.content) for f in first.files])
    entry = published.entries[0]
    better = dataclasses.replace(made.saying(entry), said_text="We wait much too long.")
    services.write_saying(session, entry, better, actor="x", now=NOW)
    second = services.publish(
        session, published, settings=settings, actor="x", now=NOW, note="Clearer words."
    )
    session.commit()
    session.refresh(first)
    assert (first.version, second.version) == (1, 2)
    assert (first.document, [(f.kind, f.content) for f in first.files]) == before
    assert "much too long" in second.document
    assert "much too long" not in first.document


def test_a_publication_cannot_be_changed(session: Session, published: Report) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    for row in (publication, publication.figures[0], publication.files[0]):
        row_id = (
            "note" if row is publication else ("wording" if isinstance(row, Figure) else "kind")
        )
        setattr(row, row_id, "changed")
        with pytest.raises(PublicationIsImmutableError, match="new version"):
            session.flush()
        session.rollback()
    session.delete(publication.files[0])
    with pytest.raises(PublicationIsImmutableError):
        session.flush()


def test_a_number_that_changed_is_marked_as_revised(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    for response in scenario.responses["parent_carer"][:5]:
        response.withdrawn_at = NOW
    session.flush()
    second = services.publish(session, published, settings=settings, actor="x", now=NOW)
    figures = {f.key: f for f in second.figures}
    theme = scenario.themes[made.WAITING.name]
    assert figures["responses/all"].value == 35
    assert figures["responses/all"].shorthand == "[r]"
    assert figures[f"theme/{theme.id}/parent_carer"].value == 9
    assert figures[f"theme/{theme.id}/parent_carer"].shorthand == "[r]"
    assert figures[f"theme/{theme.id}/professional"].shorthand is None


def test_the_stored_document_is_canonical_and_its_files_have_their_hashes(
    session: Session, published: Report
) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    assert to_json(from_json(publication.document)) == publication.document
    assert hashlib.sha256(publication.document.encode()).hexdigest() == publication.document_hash
    assert {file.kind for file in publication.files} == {
        "pdf", "cloud", "cloud/0", "bars/parent_carer", "bars/professional",
    }  # fmt: skip
    for file in publication.files:
        assert hashlib.sha256(file.content).hexdigest() == file.sha256


def test_publishing_is_audited(session: Session, published: Report) -> None:
    last = session.query(audit.AuditEvent).order_by(audit.AuditEvent.sequence.desc()).first()
    publication = services.latest(session, published)
    assert last is not None
    assert publication is not None
    assert (last.verb, last.object_id) == ("published", publication.id)
    assert audit.verify(session).ok


def test_a_report_that_breaks_rules_is_refused_with_a_sentence_for_each(
    session: Session, report: Report, settings: Settings
) -> None:
    entry = report.entries[0]
    named = dataclasses.replace(
        made.saying(entry), said_text="Mrs Smith never rings back.", said_easy="No [listen] lines"
    )
    services.write_saying(session, entry, named, actor="x", now=NOW)
    front = dataclasses.replace(made.FRONT, not_heard="", easy_summary="[nosuch] Hello.")
    services.write_front(session, report, front, actor="x", now=NOW)
    with pytest.raises(RulesBrokenError) as refused:
        services.publish(session, report, settings=settings, actor="x", now=NOW)
    rules = {finding.rule for finding in refused.value.findings}
    assert rules == {"Y8", "Y9", "Y14"}
    assert "Say who you did not hear from." in str(refused.value)
    assert "no picture called “nosuch”" in str(refused.value)
    assert services.latest(session, report) is None


def test_a_theme_that_lost_its_approval_stops_publication(
    session: Session, report: Report, scenario: Scenario, settings: Settings
) -> None:
    theme = scenario.themes[made.BUSES.name]
    theme.retired_at = NOW
    session.flush()
    with pytest.raises(RulesBrokenError, match="Approve every theme"):
        services.publish(session, report, settings=settings, actor="x", now=NOW)


def test_easy_lines_that_are_too_long_stop_publication(
    session: Session, report: Report, settings: Settings
) -> None:
    long = "[listen] " + " ".join(["word"] * 16) + "."
    saying = dataclasses.replace(made.saying(report.entries[0]), said_easy=long)
    services.write_saying(session, report.entries[0], saying, actor="x", now=NOW)
    with pytest.raises(RulesBrokenError, match="16 words"):
        services.publish(session, report, settings=settings, actor="x", now=NOW)


def test_only_approved_themes_get_an_entry(session: Session, scenario: Scenario) -> None:
    report = services.build(session, scenario.consultation, actor="x", now=NOW)
    assert {e.title for e in report.entries} == {
        made.WAITING.name, made.BUSES.name, made.CLUBS.name
    }  # fmt: skip
    unread = scenario.themes[made.UNREAD.name]
    with pytest.raises(ThemeNotApprovedError):
        services.draft_entry(session, report, [unread], actor="x", now=NOW)


def test_building_again_keeps_what_was_written(session: Session, report: Report) -> None:
    before = [(e.id, e.said_text) for e in report.entries]
    again = services.build(session, report.consultation, actor="x", now=NOW)
    assert again is report
    assert [(e.id, e.said_text) for e in again.entries] == before


def test_there_is_nothing_to_report_before_an_analysis(session: Session) -> None:
    plan = ConsultationFactory(closed=True)
    with pytest.raises(NotAnalysedError):
        services.build(session, plan, actor="x", now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"response_type": "done", "done_on": None},
        {"response_type": "planned", "due_on": None},
        {"response_type": "cant_ever", "because_text": "No."},
        {"response_type": "perhaps"},
    ],
)
def test_a_half_answer_is_refused_in_words(
    session: Session, report: Report, change: dict[str, object]
) -> None:
    reply = dataclasses.replace(made.PLANNED, **change)  # type: ignore[arg-type]  # parametrised
    with pytest.raises(ReplyIncompleteError):
        services.respond_to(session, report.entries[0], reply, actor="x", now=NOW)


def test_the_table_refuses_done_without_a_day(session: Session, report: Report) -> None:
    entry: Entry = report.entries[0]
    entry.response_type, entry.done_on = "done", None
    with pytest.raises(IntegrityError, match="done_has_date"):
        session.flush()
    session.rollback()


def test_a_changed_status_becomes_a_dated_step(session: Session, report: Report) -> None:
    entry = next(e for e in report.entries if e.response_type == "planned")
    later = NOW + dt.timedelta(days=1)
    services.respond_to(session, entry, made.DONE, actor="x", now=later)
    assert [(e.status, e.on_date) for e in entry.events][-1] == ("done", made.DONE.done_on)
    assert len(entry.events) == 2
    services.respond_to(session, entry, made.DONE, actor="x", now=NOW)
    assert len(entry.events) == 2, "saving again is not a new step"
