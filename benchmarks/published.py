"""A published report to read."""

import datetime as dt

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun
from engage import migrations
from engage.consultations import Consultation
from reports.documents.document import Document, to_json
from reports.formats import render
from reports.models import Publication, PublicationFile, Report
from reports.publishing import filing
from reports.words import canonical
from surveys.models import Snapshot

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def prepare(address: str, document: Document, *, files: bool = True) -> None:
    """Make the tables of a database, with one published report in them: files or drawings alone."""
    engine = create_engine(address)
    migrations.upgrade(engine)
    with Session(engine) as session, session.begin():
        publication = _publication(session, document)
        session.add(publication)
        session.flush()
        for file in filing.everything(document) if files else _drawings(document):
            file.publication_id = publication.id
            session.add(file)
    engine.dispose()


def _drawings(document: Document) -> list[PublicationFile]:
    return [
        PublicationFile(
            kind=name, media_type="image/svg+xml", content=svg.encode(),
            sha256=canonical.digest(svg),
        )
        for name, svg in render.charts(document).items()
    ]  # fmt: skip


def _publication(session: Session, document: Document) -> Publication:
    plan = Consultation(
        slug="send-strategy", title="SEND Strategy", easy_title="Strategy", purpose="p",
        can_change="c", decided_by="d", lawful_basis="l", privacy_notice_version="1", contact="c",
        opens_on=NOW.date(), closes_on=NOW.date(), created_at=NOW,
    )  # fmt: skip
    session.add(plan)
    session.flush()
    snapshot = Snapshot(consultation_id=plan.id, taken_at=NOW, content_hash="0" * 64, responses=0)
    report = Report(
        consultation_id=plan.id, slug="send-strategy", title="t", easy_title="t", created_at=NOW
    )
    session.add_all([snapshot, report])
    session.flush()
    run = AnalysisRun(
        consultation_id=plan.id, snapshot_id=snapshot.id, asked_by="b", started_at=NOW,
        finished_at=NOW, input_hash="1" * 64, settings="{}", settings_hash="2" * 64, seed=7,
        versions="{}", notes="[]", documents=0, segments=0, themed=0, set_aside=0,
        needs_review=0, seconds=1,
    )  # fmt: skip
    session.add(run)
    session.flush()
    written = to_json(document)
    return Publication(
        report_id=report.id, version=document.cover.version, snapshot_id=snapshot.id,
        run_id=run.id, document=written, document_hash=canonical.digest(written),
        published_at=NOW, published_by="b",
    )  # fmt: skip
