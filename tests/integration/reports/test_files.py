"""Every format of a version: kept, handed out, cached, and made anew without words taken out."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.formats import catalogue
from reports.formats.source import EASY_TOMBSTONE, SHORT_TOMBSTONE, TAKEN_OUT
from reports.models import Publication, PublicationFile, Report
from reports.publishing import filing, services, takeouts
from reports.publishing.since import Since
from surveys.services import withdraw
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.published import words_of

PAGE = "/you-said-we-did/send-strategy/"
QUOTE = made.WAITING.words[0]

MARKS = (TAKEN_OUT, EASY_TOMBSTONE, SHORT_TOMBSTONE)


class Job:
    """What the handler asks of a job."""

    def __init__(self, subject_id: str) -> None:
        self.subject_id = subject_id


@pytest.fixture
def everything(
    session: Session, report: Report, scenario: Scenario, settings: Settings
) -> Publication:
    """Return a version with all its files, which quotes the first parent."""
    response = scenario.responses["parent_carer"][0]
    services.add_quote(
        session, scenario.entry(report, made.WAITING), scenario.run,
        (response.id, made.FILES["parent_carer"][1], 0), actor=made.ACTOR, now=NOW,
    )  # fmt: skip
    publication = services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    return publication


def address(one: catalogue.Format) -> str:
    return f"{PAGE}{one.file}" if one is filing.REPORT else f"{PAGE}files/{one.file}"


@pytest.mark.full_on_postgresql
def test_every_format_is_on_the_page_and_can_be_had_until_words_are_taken_out(
    client: CheckedClient,
    session: Session,
    everything: Publication,
    scenario: Scenario,
    settings: Settings,
) -> None:
    page = client.get(PAGE).text
    for one in filing.formats():
        assert f'href="{address(one)}"' in page
        got = client.get(address(one))
        assert got.status_code == 200
        assert got.content_type == one.media_type
        assert f"send-strategy-v1{one.ending}" in got.headers["Content-Disposition"]
        again = client.get(address(one), headers={"If-None-Match": got.headers["ETag"]})
        assert again.status_code == 304
    quoting = [one for one in filing.formats() if QUOTE in words_of(client.get(address(one)).data)]
    assert {"pdf", "docx", "slides", "audio", "data"} <= {one.kind for one in quoting}

    withdraw(session, scenario.responses["parent_carer"][0], secret=SECRET, now=NOW)
    session.commit()
    for one in filing.formats():
        assert client.get(address(one)).status_code == 302, "no file with the words is handed out"
    takeouts.write_anew(session, Job(everything.id), lambda *_: None, settings=settings)  # type: ignore[arg-type]  # all it asks
    session.commit()
    for one in filing.formats():
        words = words_of(client.get(address(one)).data)
        assert QUOTE not in words
        assert any(mark.lower() in words.lower() for mark in MARKS)
    assert f'href="{address(filing.REPORT)}"' in client.get(PAGE).text


def test_a_version_from_before_there_were_formats_shows_those_it_has_and_can_get_the_others(
    client: CheckedClient,
    session: Session,
    published: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publication = services.latest(session, published)
    assert publication is not None
    before = client.get(PAGE)
    assert "Other formats" not in before.text
    extra = catalogue.Format(
        "news", "newsletter.txt", "text/plain", "News", "Short.", lambda _: b"n"
    )
    monkeypatch.setattr(catalogue, "FORMATS", (extra,))
    source, _ = takeouts.source_of(session, publication, 5)
    filing.missing(session, publication, source, Since(), lambda *_: None)
    session.commit()
    assert "Other formats" in client.get(PAGE).text
    assert client.get(f"{PAGE}files/newsletter.txt").data == b"n"
    kept = session.scalars(select(PublicationFile.kind).order_by(PublicationFile.kind))
    assert {"news", "pdf"} <= set(kept)


@pytest.mark.parametrize("name", ["nothing.txt", "report.pdf.exe", "..%2Freport.pdf"])
def test_a_file_that_never_was_is_not_found(
    client: CheckedClient, published: Report, name: str
) -> None:
    del published
    assert client.get(f"{PAGE}files/{name}").status_code == 404
