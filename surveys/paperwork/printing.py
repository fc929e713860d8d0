"""Printing sheets: each copy gets a code of its own, and one PDF holds them all.

A few pages are made while somebody waits, a pile is made by a worker. The file holds no answers,
so it may be made again and printed again; but it shows the receipts that people keep, so it is gone
for good as soon as the first of its sheets has been keyed.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engage import audit, jobs, pdf
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from surveys import queries, respondents
from surveys.editions import languages
from surveys.models import PaperPrint, PaperSheet, Survey, SurveyLink, SurveyVersion
from surveys.paperwork import paper, sheets
from surveys.paperwork.sheets import SheetError
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITION_FACTS, EDITIONS, Edition

JOB = "print_sheets"
MOST_COPIES = 100
PAGES_TO_WAIT_FOR = 20
OVER = "Sheets of this print have been keyed, so its file has gone. Print new sheets instead."
PAPER_LINK = "paper"  # a link of this name leads from the QR code to the form

Progress = Callable[[str, int, int], None]


def editions(session: Session, survey: Survey, *, production: bool) -> tuple[Edition, ...]:
    """Return the editions that can be printed: all on offer, except signed videos."""
    version = queries.current_version(session, survey)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    offered = languages.on_offer(session, survey.id, read, production=production)
    return tuple(edition for edition in offered if edition != "bsl")


def print_sheets(
    session: Session,
    survey: Survey,
    *,
    edition: Edition,
    copies: int,
    large: bool = False,
    session_id: str | None = None,
    actor: str,
    now: dt.datetime,
) -> PaperPrint:
    """Give each copy a sheet with a code; the file is made afterwards.

    Whoever asks checks that the edition is on offer. Raises SheetError for a number of copies
    that cannot be meant.
    """
    if not 1 <= copies <= MOST_COPIES:
        message = f"Print between 1 and {MOST_COPIES} copies at a time."
        raise SheetError(message)
    version = queries.current_version(session, survey)
    asked = PaperPrint(
        survey_version_id=version.id, edition=edition, is_large=large and edition != "easy",
        session_id=session_id, asked_by=actor, asked_at=now,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    for _ in range(copies):
        session.add(_sheet(session, asked, now))
        session.flush()
    audit.record(
        session, actor=actor, verb="print", object_type="paper_print", object_id=asked.id, now=now
    )
    return asked


def is_quick(session: Session, asked: PaperPrint) -> bool:
    """Tell whether somebody can wait for the file."""
    read = _questionnaire(session, asked)
    each = paper.estimated_pages(read, _edition(asked), large=asked.is_large)
    return each * copies_of(session, asked) <= PAGES_TO_WAIT_FOR


def is_over(session: Session, asked: PaperPrint) -> bool:
    """Tell whether a sheet has been keyed: its receipt opens answers now, and is shown no more."""
    keyed = select(PaperSheet.id).where(
        PaperSheet.print_id == asked.id, PaperSheet.response_id.is_not(None)
    )
    return session.scalar(keyed.limit(1)) is not None


def copies_of(session: Session, asked: PaperPrint) -> int:
    """Return how many copies a print has."""
    mine = select(func.count()).select_from(PaperSheet).where(PaperSheet.print_id == asked.id)
    return session.scalar(mine) or 0


def make_file(
    session: Session, asked: PaperPrint, *, settings: Settings, progress: Progress | None = None
) -> bytes:
    """Return the PDF of a print: every sheet with its own code and its own page numbers."""
    read, edition = _questionnaire(session, asked), _edition(asked)
    version = session.get_one(SurveyVersion, asked.survey_version_id)
    survey = session.get_one(Survey, version.survey_id)
    plan = session.get_one(Consultation, survey.consultation_id)
    setting = paper.Setting(
        edition=edition,
        large=asked.is_large,
        organisation=settings.organisation,
        address=_address(session, survey, settings),
        answers_address=f"{settings.public_url}/your-answers" if settings.public_url else "",
        notice_version=plan.privacy_notice_version,
        is_draft=languages.is_draft(session, read, edition),
    )
    if is_over(session, asked):
        raise SheetError(OVER)
    found = session.scalars(_sheets(asked)).all()

    def each() -> Iterator[str]:
        for number, sheet in enumerate(found):
            if progress is not None:
                progress("Making the sheets", number, len(found))
            receipt = sheets.receipt_of(sheet, secret=settings.secret_key)
            yield paper.sheet_html(read, plan, setting, sheet.code, receipt)

    return pdf.several_to_pdf(each(), base_url=paper.folder())


@jobs.handler(JOB)
def make_print(
    session: Session,
    job: jobs.Job,
    progress: Progress,
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Make the file of a large print off the request, and keep it with the print."""
    del now
    asked = session.get_one(PaperPrint, job.subject_id)
    made = make_file(session, asked, settings=settings, progress=progress)
    progress("Made", 1, 1)
    asked.content = made


def job_of(session: Session, asked: PaperPrint) -> jobs.Job | None:
    """Return the newest job that makes the file of a print, if a worker was asked."""
    mine = (jobs.Job.kind == JOB, jobs.Job.subject_id == asked.id)
    return session.scalar(select(jobs.Job).where(*mine).order_by(jobs.Job.asked_at.desc()).limit(1))


def edition_name(edition: str) -> str:
    """Return what an edition is called in lists of staff."""
    return next(EDITION_FACTS[one].name for one in EDITIONS if one == edition)


def _sheet(session: Session, asked: PaperPrint, now: dt.datetime) -> PaperSheet:
    return PaperSheet(
        survey_version_id=asked.survey_version_id, edition=asked.edition, print_id=asked.id,
        session_id=asked.session_id, code=sheets.new_code(session), printed_on=local_date(now),
    )  # fmt: skip


def _sheets(asked: PaperPrint) -> Select[PaperSheet]:
    mine = select(PaperSheet).where(PaperSheet.print_id == asked.id)
    return mine.order_by(PaperSheet.code)


def _questionnaire(session: Session, asked: PaperPrint) -> Questionnaire:
    version = session.get_one(SurveyVersion, asked.survey_version_id)
    return respondents.questionnaire(session, version.id, version.document_hash)


def _edition(asked: PaperPrint) -> Edition:
    return next(edition for edition in EDITIONS if edition == asked.edition)


def _address(session: Session, survey: Survey, settings: Settings) -> str:
    """Return where the survey is answered online, or nothing when our address is not known."""
    if not settings.public_url:
        return ""
    link = select(SurveyLink.token).where(
        SurveyLink.survey_id == survey.id, func.lower(SurveyLink.label) == PAPER_LINK
    )
    token = session.scalar(link)
    return f"{settings.public_url}/{f'g/{token}' if token else f's/{survey.slug}/'}"
