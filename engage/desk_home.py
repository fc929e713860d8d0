"""The desk: what needs a person next, one consultation at a time, and how far long work is."""

from collections.abc import Iterable

from flask import Blueprint, abort, current_app, render_template, url_for

from engage import consultations, jobs, overview, safeguarding
from engage.access import may_reach
from engage.accounts import User
from engage.consultations import Consultation
from engage.db import db
from engage.jobs import Job
from engage.orm import utc_now
from engage.overview import SurveyLine
from engage.safeguarding import reading
from engage.settings import Settings
from reports.models import Entry, Report
from surveys.desk.surveys import shown_count
from surveys.models import Snapshot, Telling

#: What the page of a finished job leads on to.
REPORT_JOBS = {
    "build_draft": ("Look at the draft", "draft_desk.preview"),
    "publish": ("What is published now", "report_desk.overview"),
    "tell": ("Who was told", "telling_desk.show"),
    "remind_owners": ("What is due", "report_life.due"),
    "remind_owner": ("What is due", "report_life.due"),
    "analyse": ("The themes", "workbench.overview"),
}
#: Jobs whose last words are their outcome.
COUNTING_JOBS = ("remind_owners", "remind_owner")
blueprint = Blueprint("desk", __name__, url_prefix="/desk")

JOB_NAMES = {
    "analyse": "Analysis",
    "carry_on": "Joining late answers",
    "regroup": "Another number of themes",
    "suggest": "Suggesting themes",
    "publish": "Publication",
    "build_draft": "Draft",
    "take_words_out": "Making published files anew",
    "build_report": "Report",
    "print_sheets": "Printing",
    "tell": "Telling people",
    "remind_owners": "Reminding owners",
    "remind_owner": "Reminding an owner",
}


@blueprint.get("/")
def home() -> str:
    """Show every consultation with what needs a person next."""
    now = utc_now()
    found = [
        overview.of_consultation(db.session(), consultation, now)
        for consultation in consultations.everything(db.session())
    ]
    return render_template(
        "desk/home.html",
        overviews=found,
        sent=_sent,
        unread=safeguarding.waiting(db.session()),
        late=_late(),
        demo=any(one.consultation.is_demo for one in found),
    )


@blueprint.get("/consultations/<slug>/")
def consultation(slug: str) -> str:
    """Show how far one consultation has come, and the rooms where work on it is done."""
    plan = consultations.by_slug(db.session(), slug)
    if plan is None:
        abort(404)
    found = overview.of_consultation(db.session(), plan, utc_now())
    return render_template(
        "desk/consultation.html", found=found, plan=plan, sent=_sent, demo=plan.is_demo
    )


@blueprint.get("/jobs/<job_id>")
def job(job_id: str) -> str:
    """Show how far a job is; the page is loaded again by hand, so that nothing moves by itself."""
    found = jobs.find(db.session(), job_id)
    if found is None:
        abort(404)
    return render_template(
        "desk/job.html",
        job=found,
        name=_name(found),
        asked_by=_asked_by(found),
        status=found.status,
        leads_to=_leads_to(found),
        came_of_it=found.stage if found.kind in COUNTING_JOBS else "",
    )


def shown_total(counts: Iterable[int], threshold: int) -> str:
    """Return a sum from which no small count can be worked out by taking away the shown ones."""
    counts = list(counts)
    hidden = [count for count in counts if 0 < count < threshold]
    shown = sum(counts) - sum(hidden)
    if not hidden:
        return str(shown)
    most = len(hidden) * (threshold - 1)
    return f"more than {shown}" if shown else shown_count(most, most + 1)


def _sent(lines: Iterable[SurveyLine]) -> str:
    """Return the answers sent, in words that agree with the list of surveys and their editions."""
    settings: Settings = current_app.extensions["engage_settings"]
    counts = (count for line in lines for count in line.sent.values())
    return shown_total(counts, settings.threshold)


def _late() -> int:
    """Count what is unread although it is time, for the people who read it; 0 for others."""
    if not may_reach("safeguarding_desk.late"):
        return 0
    settings: Settings = current_app.extensions["engage_settings"]
    now = utc_now()
    unread = reading.lines(db.session(), settings, reading.is_state(reading.WAITING))
    return sum(line.is_late(now) for line in unread)


def _name(found: Job) -> str:
    return JOB_NAMES.get(found.kind, found.kind.replace("_", " ").capitalize())


def _leads_to(found: Job) -> tuple[str, str] | None:
    """Return the words and the address of what a job has made, for whoever may open it."""
    words, endpoint = REPORT_JOBS.get(found.kind, ("", ""))
    plan = _about(found)
    if plan is None or not may_reach(endpoint):
        return None
    return words, url_for(endpoint, slug=plan.slug)


def _about(found: Job) -> Consultation | None:
    """Return the consultation that a job is about, by its report, an answer, or who is told."""
    if report := db.session.get(Report, found.subject_id):
        return report.consultation
    if entry := db.session.get(Entry, found.subject_id):
        return entry.report.consultation
    told = db.session.get(Telling, found.subject_id)
    snapshot = db.session.get(Snapshot, found.subject_id)
    about = told.consultation_id if told else snapshot.consultation_id if snapshot else ""
    return db.session.get(Consultation, about)


def _asked_by(found: Job) -> str:
    """Return the title of whoever asked, or the plain word a command left (such as "command")."""
    user = db.session.get(User, found.asked_by)
    return user.display_name if user else found.asked_by
