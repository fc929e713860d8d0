"""Public pages of the living ledger, and of how far each ambition has come in a year."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import taxonomy
from engage.consultations import local_date
from engage.db import db
from engage.orm import utc_now
from reports import public
from reports.documents import ledger
from reports.documents.document import STATUS_WORDS, Document, from_json
from reports.documents.ledger import Row
from reports.entries import outcomes, promises
from reports.models import Publication
from reports.words import wording

MOST_WORDS = 100
YEAR = dt.timedelta(days=365)
NAMES = {
    "ambition": "Ambition", "bee": "Outcome bee", "area": "Area of service",
    "status": "Status", "audience": "Who raised it", "year": "Year",
}  # fmt: skip
LISTS = {"ambition": "ambitions", "bee": "outcome_bees", "area": "service_areas"}
blueprint = Blueprint("ledger", __name__, url_prefix="/you-said-we-did")


@blueprint.get("/ledger")
def listed() -> str:
    """Show every answer and old promise that fits, what is late first."""
    today, words = local_date(utc_now()), request.args.get("q", "")[:MOST_WORDS].strip()
    wanted = {name: request.args.get(name, "")[:MOST_WORDS] for name in ledger.FILTERS}
    found = _rows(db.session(), today)
    return render_template(
        "reports/ledger.html",
        rows=ledger.matching(found, wanted, words),
        all=len(found),
        late=sum(bool(row.late) for row in found),
        q=words,
        wanted=wanted,
        filters=[(name, NAMES[name], _links(found, name, wanted, words)) for name in NAMES],
        chosen=[
            (NAMES[n], _label(n, v), _to(wanted, words, n, "")) for n, v in wanted.items() if v
        ],
        label=_label,
        status_words=STATUS_WORDS,
        demo=any(row.is_example for row in found),
    )


@blueprint.get("/progress")
def progress() -> str:
    """List ambitions and outcome bees with what is measured, and what changed since last year."""
    today, session = local_date(utc_now()), db.session()
    found = _rows(session, today)
    return render_template(
        "reports/progress.html",
        ambitions=[
            (term, sum(row.ambition == term.code for row in found))
            for term in taxonomy.terms("ambitions", today)
        ],
        bees=[
            (term, outcomes.shown(session, "outcome_bees", term.code))
            for term in taxonomy.terms("outcome_bees", today)
        ],
        changed=_changed(session, "", today),
        demo=any(row.is_example for row in found),
    )


@blueprint.get("/progress/<code>")
def ambition(code: str) -> str:
    """Show how far one ambition has come: numbers, answers, and what changed since last year."""
    today, session = local_date(utc_now()), db.session()
    term = taxonomy.term("ambitions", code, today) or abort(404)
    rows = ledger.matching(_rows(session, today), {"ambition": code}, "")
    return render_template(
        "reports/progress_ambition.html",
        term=term,
        indicators=outcomes.shown(session, "ambitions", code),
        rows=rows,
        counted=[(w, sum(r.status == s for r in rows)) for s, w in STATUS_WORDS.items()],
        changed=_changed(session, code, today),
        status_words=STATUS_WORDS,
        today=wording.date(today),
        demo=any(row.is_example for row in rows),
    )


def _rows(session: Session, today: dt.date) -> tuple[Row, ...]:
    newest = [from_json(one.document) for one in public.newest_publications(session)]
    published = [row for document in newest for row in ledger.rows(document, today)]
    return (*published, *promises.rows(session, today))


def _changed(session: Session, code: str, today: dt.date) -> list[tuple[str, Any]]:
    """Return what moved in each report since a year ago, or since its first version if younger.

    With a code only what belongs to that ambition is looked at.
    """
    found = []
    for newest in public.newest_publications(session):
        earlier = _a_year_before(session, newest, today)
        if earlier is not None:
            old, new = (_only(from_json(one.document), code) for one in (earlier, newest))
            since = wording.date(local_date(earlier.published_at))
            found += [(since, change) for change in ledger.changes(old, new)]
    return found


def _a_year_before(session: Session, newest: Publication, today: dt.date) -> Publication | None:
    """Return the version that was in force a year ago, or the first one if there was none yet."""
    versions: Sequence[Publication] = session.scalars(
        select(Publication)
        .where(Publication.report_id == newest.report_id, Publication.id != newest.id)
        .order_by(Publication.version)
    ).all()
    old = [one for one in versions if local_date(one.published_at) <= today - YEAR]
    return old[-1] if old else next(iter(versions), None)


def _only(document: Document, code: str) -> Document:
    groups = tuple(group for group in document.groups if code in {"", group.code})
    return ledger.with_groups(document, groups)


def _links(
    found: Sequence[Row], name: str, wanted: dict[str, str], words: str
) -> list[tuple[str, str, int]]:
    """Return each choice of a filter as a link, with how many answers it would show."""
    others = {**wanted, name: ""}
    links = []
    for value in ledger.choices(found, name):
        count = len(ledger.matching(found, {**others, name: value}, words))
        if count:
            links.append((_label(name, value), _to(wanted, words, name, value), count))
    return links


def _to(wanted: dict[str, str], words: str, name: str, value: str) -> str:
    asked: dict[str, Any] = {**wanted, name: value, "q": words}
    return url_for(".listed", **{key: text for key, text in asked.items() if text})


def _label(name: str, value: str) -> str:
    if name in LISTS:
        term = taxonomy.term(LISTS[name], value, local_date(utc_now()))
        return term.label if term else ("Other things" if value == "OTHER" else value)
    if name == "status":
        return ledger.STATUS_CHOICES.get(value, value)
    return wording.audience(value).capitalize() if name == "audience" else value
