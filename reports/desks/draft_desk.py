"""Staff views of the draft: have it built, look at it in every edition and format, take it."""

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask import Response as FlaskResponse
from flask_security import current_user
from werkzeug.wrappers import Response

from engage import audit, jobs
from engage.db import db
from engage.found import plan_or_404
from engage.kept import Kept
from engage.orm import utc_now
from reports.documents import overdue
from reports.documents.document import Document, from_json
from reports.formats import render
from reports.formats.source import Source, draft_words
from reports.models import Report
from reports.public import served
from reports.publishing import drafts, filing, services

KILOBYTE = 1_000
PAGES = ("report", "easy_read")
_pages: Kept[str] = Kept(8)
blueprint = Blueprint("draft_desk", __name__, url_prefix="/desk/consultations/<slug>/report/draft")


@blueprint.get("/")
def preview(slug: str) -> str:
    """List the draft in every edition and format with its size, or how far the building is."""
    report, session = _report(slug), db.session()
    made = session.get(drafts.DraftFiles, report.id)
    known: dict[str, Any] = {}
    if made:
        document = from_json(made.document)
        sizes = drafts.listed(made.content)
        source = Source(document, {}, draft_words(document))
        named = [(one, filing.named(source, one)) for one in filing.formats()]
        known = {
            "coverage": source.draft,
            "files": [(one, _size(sizes[name])) for one, name in named if name in sizes],
            "pages": {
                n: _size(len(_drawn(n, made, slug).encode())) for n in ("report", "easy_read")
            },
        }
    return render_template(
        "reports/builder/preview.html",
        plan=report.consultation,
        made=made,
        running=drafts.running(session, report),
        demo=report.consultation.is_demo,
        **known,
    )


@blueprint.post("/")
def build(slug: str) -> Response:
    """Ask the worker for every format of the draft."""
    report, now = _report(slug), utc_now()
    job = jobs.enqueue(db.session(), drafts.JOB, report.id, asked_by=current_user.id, now=now)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/page")
def page(slug: str) -> str:
    """Show the draft as the web page that it would be."""
    return _drawn("report", _made(slug), slug)


@blueprint.get("/easy-read")
def easy_page(slug: str) -> str:
    """Show the draft as the easy-read page that it would be."""
    return _drawn("easy_read", _made(slug), slug)


@blueprint.get("/draft.zip")
def file(slug: str) -> FlaskResponse:
    """Hand out the newest set as one file."""
    made = _made(slug)
    name = f"{_report(slug).slug}-{drafts.FILE}"
    return _handed(made.content, "application/zip", f'attachment; filename="{name}"')


@blueprint.get("/files/<name>")
def one_file(slug: str, name: str) -> FlaskResponse:
    """Hand out one format of the newest set."""
    one = next((one for one in filing.formats() if one.file == name), None) or abort(404)
    made = _made(slug)
    document = from_json(made.document)
    called = filing.named(Source(document, {}, draft_words(document)), one)
    content = drafts.taken(made.content, called) or abort(404)
    shown = "inline" if one.opens_in_browser else "attachment"
    return _handed(content, one.media_type, f'{shown}; filename="{called}"')


def _handed(content: bytes, media_type: str, disposition: str) -> FlaskResponse:
    response = make_response(content)
    response.content_type = media_type
    response.headers["Content-Disposition"] = disposition
    return response


def _drawn(template: str, made: drafts.DraftFiles, slug: str) -> str:
    """Draw a page of the draft with the template of the published one, once for each draft."""
    return _pages.get(
        (template, slug, made.made_at),
        lambda: _page(template, from_json(made.document), slug),
    )


def _page(template: str, document: Document, slug: str) -> str:
    return render_template(
        f"reports/{template}.html",
        **render.context(document, render.charts(document)),
        sprites=served.sprites(render.easy_pictures(document)),
        draft=draft_words(document),
        draft_home=url_for(".preview", slug=slug),
        late=overdue.notices(document, document.cover.published_on),
        newest=None,
        version_asked=None,
        versions=(),
        files=(),
    )


def _made(slug: str) -> drafts.DraftFiles:
    """Return the newest set, and record who looks at it: it holds words that nobody approved."""
    report = _report(slug)
    made = db.session.get(drafts.DraftFiles, report.id) or abort(404)
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="draft", object_id=report.id,
        now=utc_now(),
    )  # fmt: skip
    return made


def _size(octets: int) -> str:
    return f"{max(1, round(octets / KILOBYTE)):,}\N{NO-BREAK SPACE}kB"


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)
