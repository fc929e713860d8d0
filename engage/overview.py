"""What every room knows about a consultation, gathered for the pages that show them together."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from analysis.decided.queries import latest_run, themes
from analysis.models.store import AnalysisRun
from engage import consultations, taxonomy
from engage.consultations import Consultation, Progress, Stage
from engage.jobs import Job
from reports.models import Publication, Report
from surveys.models import Snapshot, Survey
from surveys.queries import responses_so_far, surveys_of
from surveys.questions import Edition
from surveys.respondents import State, survey_state


@dataclasses.dataclass(frozen=True)
class SurveyLine:
    """One survey as a list shows it.

    Attributes:
        people: who it is for, in words.
        sent: answers sent so far, for every edition there is.
    """

    slug: str
    people: str
    easy_people: str
    is_open: bool
    status: str
    sent: Mapping[Edition, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class NextStep:
    """What needs a person next, and where to do it if there is a page for it."""

    text: str
    href: str | None = None


@dataclasses.dataclass(frozen=True)
class Overview:
    """One consultation with everything the desk shows about it."""

    consultation: Consultation
    stage: Stage
    surveys: tuple[SurveyLine, ...]
    run: AnalysisRun | None
    job: Job | None
    themes_waiting: int
    themes_approved: int
    versions: int
    next_step: NextStep


def of_consultation(session: Session, consultation: Consultation, now: dt.datetime) -> Overview:
    """Gather what the rooms know about one consultation at a moment."""
    used = themes(session, consultation.id)
    approved = sum(1 for theme in used if theme.approved_at)
    run, job = latest_run(session, consultation.id), latest_job(session, consultation)
    versions = count_versions(session, consultation)
    progress = Progress(run is not None, approved > 0, versions > 0)
    found = Overview(
        consultation=consultation,
        stage=consultations.stage(consultation, consultations.local_date(now), progress),
        surveys=survey_lines(session, consultation, now),
        run=run,
        job=job,
        themes_waiting=len(used) - approved,
        themes_approved=approved,
        versions=versions,
        next_step=NextStep(""),
    )
    return dataclasses.replace(found, next_step=next_step(found))


def next_step(found: Overview) -> NextStep:
    """Say what needs a person next; the first thing that holds up the rest comes first."""
    desk = f"/desk/consultations/{found.consultation.slug}"
    running = found.job is not None and found.job.outcome is None
    failed = found.job is not None and found.job.outcome == "failed"
    steps = (
        (found.stage == Stage.PLANNED, NextStep("Wait for the opening day.")),
        (found.stage == Stage.OPEN, NextStep("Help people to take part.", f"{desk}/surveys/")),
        (
            any(line.is_open for line in found.surveys),
            NextStep("Close the surveys.", f"{desk}/surveys/"),
        ),
        (running, NextStep("See how far the analysis is.", _job_page(found.job))),
        (failed, NextStep("The analysis failed. See why.", _job_page(found.job))),
        (found.run is None, NextStep("Start the analysis.", f"{desk}/themes/")),
        (
            found.themes_waiting > 0 and not found.versions,
            NextStep(f"Decide about {found.themes_waiting} proposed themes.", f"{desk}/themes/"),
        ),
        (not found.versions, NextStep("Answer back and publish.", f"{desk}/report/")),
    )
    keep_up = NextStep("Keep the published answers up to date.", f"{desk}/report/")
    return next((step for holds, step in steps if holds), keep_up)


def survey_lines(
    session: Session, consultation: Consultation, now: dt.datetime
) -> tuple[SurveyLine, ...]:
    """Return the surveys of a consultation with the answers sent so far."""
    audiences = {
        term.code: term for term in taxonomy.terms("audiences", consultations.local_date(now))
    }
    return tuple(
        _line(
            survey,
            audiences.get(survey.audience),
            survey_state(survey, consultation.closes_on, now),
            responses_so_far(session, survey.id),
        )
        for survey in surveys_of(session, consultation.id)
    )


def latest_job(session: Session, consultation: Consultation) -> Job | None:
    """Return the newest job about a consultation's answers or report."""
    snapshots = select(Snapshot.id).where(Snapshot.consultation_id == consultation.id)
    reports = select(Report.id).where(Report.consultation_id == consultation.id)
    about = Job.subject_id.in_(snapshots.union(reports))
    return session.scalars(select(Job).where(about).order_by(Job.asked_at.desc()).limit(1)).first()


def count_versions(session: Session, consultation: Consultation) -> int:
    """Return how many versions of the consultation's report have been published."""
    counted = (
        select(func.count())
        .select_from(Publication)
        .join(Report, Report.id == Publication.report_id)
        .where(Report.consultation_id == consultation.id)
    )
    return session.scalar(counted) or 0


def published_reports(session: Session) -> Sequence[Report]:
    """Return reports with at least one published version, the newest consultation first."""
    published = exists().where(Publication.report_id == Report.id)
    return session.scalars(
        select(Report)
        .join(Consultation, Consultation.id == Report.consultation_id)
        .where(published)
        .order_by(Consultation.closes_on.desc(), Report.slug)
    ).all()


def _line(
    survey: Survey, audience: taxonomy.Term | None, state: State, sent: Mapping[Edition, int]
) -> SurveyLine:
    code = survey.audience.replace("_", " ")
    return SurveyLine(
        slug=survey.slug,
        people=audience.label if audience else code,
        easy_people=audience.easy_label if audience else code,
        is_open=state == "open",
        status=state.replace("_", " "),
        sent=sent,
    )


def _job_page(job: Job | None) -> str | None:
    return f"/desk/jobs/{job.id}" if job else None
