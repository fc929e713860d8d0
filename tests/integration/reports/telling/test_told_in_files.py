"""How many were told stands in the files as on the page, from one source, once it is known."""

import dataclasses
import io
import zipfile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs
from engage.settings import Settings
from reports.formats import catalogue
from reports.loop import telling
from reports.models import PublicationFile, Report
from reports.publishing import filing, takeouts
from reports.publishing.since import Since
from surveys.models import Telling
from tests.factories import NOW
from tests.integration.reports.told import round_of
from tests.pages import CheckedClient

FILES = "/you-said-we-did/send-strategy/files/"
QUICK = tuple(one for one in catalogue.FORMATS if one.kind in {"docx", "data", "reg56", "news"})
SAID = "34 of 40 people who asked to be told were told when it was published."


def write_files(session: Session, settings: Settings) -> None:
    """Do the job that was asked for, as the worker does."""
    waiting = select(jobs.Job).where(jobs.Job.kind == takeouts.TELL_JOB)
    job = session.scalars(waiting.order_by(jobs.Job.asked_at.desc())).first()
    assert job
    takeouts.write_anew(session, job, lambda *_: None, settings=settings)
    session.commit()


@pytest.fixture
def told(published: Report, session: Session, monkeypatch: pytest.MonkeyPatch) -> Telling:
    """Let 34 of 40 be told, with the quick files alone: a PDF takes seconds."""
    monkeypatch.setattr(catalogue, "FORMATS", QUICK)
    monkeypatch.setattr(filing, "formats", lambda: QUICK)
    return round_of(session, published, told=34, others=6, state="by_hand")


def texts(content: bytes) -> str:
    """Return every text in a zip, and in the Word documents inside it."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            inside = packed.read(name)
            found.append(
                texts(inside) if name.endswith(".docx") else inside.decode("utf-8", "ignore")
            )
    return "\n".join(found)


def test_the_files_say_how_many_were_told_as_the_page_does(
    client: CheckedClient, session: Session, told: Telling, settings: Settings
) -> None:
    assert SAID in client.get("/you-said-we-did/send-strategy/").text
    telling.write_files(session, told, actor="officer", now=NOW)
    write_files(session, settings)
    for name in ("report.docx", "open-data.zip", "local-offer.zip"):
        assert SAID.rstrip(".") in texts(client.get(f"{FILES}{name}").data), name
    figures = texts(client.get(f"{FILES}open-data.zip").data)
    assert "told/published/told,34,40," in figures
    kinds = session.scalars(select(PublicationFile.kind)).all()
    assert not [kind for kind in kinds if kind.startswith("news-")], "it does not say it"


def test_until_they_are_made_anew_the_files_of_before_are_handed_out(
    client: CheckedClient, session: Session, published: Report, told: Telling, settings: Settings
) -> None:
    (version,) = published.publications
    source, _ = takeouts.source_of(session, version, settings.threshold)
    before = dataclasses.replace(source, told=())
    filing.missing(session, version, before, Since(), lambda *_: None)
    session.commit()
    assert SAID not in texts(client.get(f"{FILES}report.docx").data)
    telling.write_files(session, told, actor="officer", now=NOW)
    write_files(session, settings)
    assert SAID in texts(client.get(f"{FILES}report.docx").data)
    files = client.get("/you-said-we-did/send-strategy/").text
    assert files.count("files/report.docx") == 1


def test_who_was_told_by_an_officer_since_is_in_the_next_files(
    client: CheckedClient, session: Session, told: Telling, settings: Settings
) -> None:
    assert telling.told_by_hand(session, told, actor="officer", now=NOW) == 6
    session.commit()
    write_files(session, settings)
    word = texts(client.get(f"{FILES}report.docx").data)
    assert "40 of 40 people who asked to be told were told" in word


def test_the_feed_says_how_many_were_told(client: CheckedClient, told: Telling) -> None:
    feed = client.get("/you-said-we-did/feed.xml").text
    assert feed.count("send-strategy/told-published</id>") == 1
    assert SAID in feed
    assert f"<updated>{told.began_on}T00:00:00Z</updated>" in feed
