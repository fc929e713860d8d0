"""Every format of a report that nobody has approved yet, to look at before it is published.

Only the newest set is kept, for staff alone. It goes when words are taken out: it can be built
again within minutes, and then without them.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

from sqlalchemy import ForeignKey, LargeBinary, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage import audit, jobs
from engage.orm import Base, IdRef
from engage.settings import Settings
from reports.documents.document import Document, from_json, to_json
from reports.formats.catalogue import Progress
from reports.formats.source import Source, draft_words
from reports.models import Report
from reports.publishing import services, takeouts
from surveys.models import Response, Survey, SurveyVersion

JOB = "build_draft"
FILE = "draft.zip"


class DraftFiles(Base):
    """The newest set of files made from a draft, as one zip, and the document behind them."""

    __tablename__ = "draft_files"

    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), primary_key=True)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(120))
    document: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def source_of(session: Session, report: Report, *, settings: Settings, now: dt.datetime) -> Source:
    """Return what every format of the draft is made from; raise NotAnalysedError without a run."""
    from reports.formats import render  # noqa: PLC0415  # heavy: only who makes files pays

    document = services.next_document(session, report, settings=settings, now=now)
    quoted = {quote.response_id: quote.text for entry in report.entries for quote in entry.quotes}
    gone = takeouts.taken_back(session, quoted)
    document = takeouts.without(document, frozenset(quoted[one] for one in gone))
    return Source(document, render.charts(document), draft_words(document))


def build(
    session: Session,
    report: Report,
    *,
    settings: Settings,
    actor: str,
    now: dt.datetime,
    progress: Progress = lambda *_: None,
) -> DraftFiles:
    """Make every format of the draft and keep them instead of those made before."""
    from reports.publishing import filing  # noqa: PLC0415  # as above

    source = source_of(session, report, settings=settings, now=now)
    content = filing.packed(source, progress)  # before the first write: it takes seconds
    erase(session, report.consultation_id)
    made = DraftFiles(
        report_id=report.id, made_at=now, made_by=actor, document=to_json(source.document),
        content=content,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, actor=actor, verb="built_draft", object_type="report", object_id=report.id, now=now
    )
    return made


def erase(session: Session, consultation_id: str) -> None:
    """Delete the files of a consultation's draft, if there are any."""
    of_it = select(Report.id).where(Report.consultation_id == consultation_id)
    session.execute(delete(DraftFiles).where(DraftFiles.report_id.in_(of_it)))


def erase_after(session: Session, response: Response) -> None:
    """Delete the files of the draft that somebody's words may be in."""
    version = session.get_one(SurveyVersion, response.survey_version_id)
    erase(session, session.get_one(Survey, version.survey_id).consultation_id)


def kept(session: Session, report: Report) -> tuple[dt.datetime, int] | None:
    """Return when the draft's files were made and their size in bytes; None if there are none."""
    row = session.execute(
        select(DraftFiles.made_at, func.length(DraftFiles.content)).where(
            DraftFiles.report_id == report.id
        )
    ).first()
    return (row[0], row[1]) if row else None


def document_of(session: Session, report: Report) -> Document | None:
    """Return the document that the newest set was made from, or None."""
    made = session.get(DraftFiles, report.id)
    return from_json(made.document) if made else None


def running(session: Session, report: Report) -> jobs.Job | None:
    """Return the job that builds the draft now, if one does."""
    unfinished = (
        jobs.Job.kind == JOB, jobs.Job.subject_id == report.id, jobs.Job.outcome.is_(None)
    )  # fmt: skip
    return session.scalar(select(jobs.Job).where(*unfinished).limit(1))


def listed(content: bytes) -> dict[str, int]:
    """Return the name and size in bytes of every file in a set."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.filename: one.file_size for one in archive.infolist()}


def taken(content: bytes, name: str) -> bytes | None:
    """Return one file of a set, or None if it is not in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name) if name in archive.namelist() else None


@jobs.handler(JOB)
def build_draft(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Make every format of the draft off the request."""
    report = session.get_one(Report, job.subject_id)
    build(session, report, settings=settings, actor=job.asked_by, now=now, progress=progress)
