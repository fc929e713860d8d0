"""What every page of the workbench needs: consultation, run, and counts as they may be shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis import disclosure
from analysis.decided import effects, queries, reading_order, trail
from analysis.decided.changes import ChangedSinceError
from analysis.decided.reading_order import Line, Machine
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Theme
from analysis.runs.firmness import Firm
from analysis.runs.unchanged import ONLY_NAMES, ONLY_PEOPLES_WORD, Unchanged
from analysis.workbench.forms import REASON
from engage import audit, taxonomy
from engage.accounts import User
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

BAD_REQUEST, CONFLICT = 400, 409
NOTHING_CHANGED = "Nothing has changed: it was so already, and the trail says nothing new."
Again = Callable[[str], Any]
"""Shows a form again: what was typed, and the sentence that says what to mend."""

CODE_LISTS = {"ambition": "ambitions", "starter_code": "starter_codes"}
FIELDS = {
    "name": "Name", "easy_name": "Easy-read name", "why": "Why", "means": "Means",
    "includes": "Includes", "excludes": "Excludes", "example": "Example",
    "other": "Theme that joins it", "parent": "Broader theme", "into": "Theme to move comments to",
}  # fmt: skip
_LINES: Unchanged[list[Line]] = Unchanged(besides=ONLY_NAMES)
_MACHINE: Unchanged[Machine] = Unchanged(besides=ONLY_PEOPLES_WORD)
blueprint = Blueprint("workbench", __name__, url_prefix="/desk/consultations/<slug>/themes")


def run_of(consultation: Consultation) -> AnalysisRun:
    """Return the newest run, or answer that there is none."""
    return queries.latest_run(db.session(), consultation.id) or abort(404)


def lines(run: AnalysisRun) -> list[Line]:
    """Return every answer of a run as it stands now; shared with other requests, so only read."""
    session, known = db.session(), machine(run)
    return _LINES.of(session, run.id, lambda: reading_order.lines(session, run, known))


def machine(run: AnalysisRun) -> Machine:
    """Return what the machine said of every answer of a run; shared as well."""
    session = db.session()
    return _MACHINE.of(session, run.id, lambda: reading_order.machine(session, run))


def theme_at(slug: str, theme_id: str) -> tuple[Consultation, Theme]:
    """Return a theme in use of this consultation, or answer that there is none.

    What somebody typed about a theme that went out of use meanwhile is shown to them again.
    """
    consultation = plan_or_404(slug)
    found = db.session.get(Theme, theme_id)
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    if found.retired_at and request.method == "POST":
        abort(make_response(conflict(slug, theme_id)))
    return (consultation, found) if not found.retired_at else abort(404)


def others(consultation: Consultation, found: Theme) -> list[Theme]:
    """Return the other themes in use."""
    in_use = queries.themes(db.session(), consultation.id)
    return [other for other in in_use if other.id != found.id]


def named(found: Theme, field: str) -> Theme | None:
    """Return the other theme in use that a field of the form names, if it names one."""
    wanted = request.form.get(field, "")
    in_use = queries.themes(db.session(), found.consultation_id)
    return next((one for one in in_use if one.id == wanted != found.id), None)


def gone(field: str) -> str:
    """Return what to say where a theme that was chosen has gone out of use meanwhile."""
    gone = db.session.get(Theme, request.form.get(field, ""))
    if gone is None:
        return ""
    return (
        f"“{gone.name}” went out of use while you were deciding, so nothing was done. Its trail"
        " says who took it out, and why."
    )


def clauses(field: str) -> list[tuple[str, str, int]]:
    """Return the clauses that were ticked, each sent as response:question:number."""
    parts = [value.split(":") for value in request.form.getlist(field)]
    return [(p[0], p[1], int(p[2])) for p in parts if len(p) == 3 and p[2].isdigit()]  # noqa: PLR2004


def is_mixed(found: Theme, firm: Firm) -> bool:
    """Tell whether a theme has words, and yet no name that fits, and nobody has named it."""
    words = any(source.words for source in found.sources)
    return words and firm.is_mixed and not found.easy_name


def threshold() -> int:
    """Return the smallest number of people that may be shown."""
    smallest: int = current_app.extensions["engage_settings"].threshold
    return smallest


def protected_count(count: int) -> disclosure.Count:
    """Return one count as it may be shown."""
    return disclosure.protect_count(count, threshold=threshold())


def protected(counts: Mapping[str, int]) -> dict[str, disclosure.Count]:
    """Return counts as they may be shown."""
    return {name: protected_count(count) for name, count in counts.items()}


def audiences() -> dict[str, str]:
    """Return the words for each audience."""
    return {term.code: term.label for term in taxonomy.terms("audiences", on=utc_now().date())}


def labels_of_codes() -> dict[str, dict[str, str]]:
    """Return the words for each ambition and starter code that may be suggested."""
    today = utc_now().date()
    return {
        kind: {term.code: term.label for term in taxonomy.terms(name, today)}
        for kind, name in CODE_LISTS.items()
    }


def people() -> dict[str, str]:
    """Return the names of everybody with an account, for the trail."""
    return {user.id: user.display_name for user in db.session().query(User)}


def note_reading(verb: str, kind: str, identity: str) -> None:
    """Record who reads people's words, before they are shown."""
    audit.record(
        db.session(), actor=current_user.id, verb=verb, object_type=kind, object_id=identity,
        now=utc_now(),
    )  # fmt: skip
    db.session.commit()


def page(template: str, consultation: Consultation, **values: Any) -> str:
    """Render a page of the workbench."""
    return render_template(
        f"analysis/{template}.html",
        consultation=consultation,
        demo=consultation.is_demo,
        audiences=audiences(),
        verbs=trail.WORDS,
        **values,
    )


def done(slug: str, endpoint: str, message: str, **values: Any) -> Response:
    """Keep what was decided, say so, and lead on."""
    db.session.commit()
    flash(message, "done")
    return redirect(url_for(f".{endpoint}", slug=slug, **values), 303)


def refused(slug: str, endpoint: str, mistake: Exception, **values: Any) -> Response:
    """Say why a decision cannot be taken, and lead back; nothing of it is kept."""
    db.session.rollback()
    flash(str(mistake), "error")
    return redirect(url_for(f".{endpoint}", slug=slug, **values), 303)


def decide(slug: str, found: Theme, act: Callable[[], object], message: str, again: Again) -> Any:
    """Take a decision about a theme, unless it has changed since the person saw it.

    Args:
        slug: of the consultation.
        found: the theme.
        act: takes the decision.
        message: says what was done, if anything was.
        again: shows the form again with what was typed and what stops the decision.
    """
    theme_id, before = found.id, _newest(found)
    try:
        trail.require_version(found, seen_version())
        act()
    except trail.ConflictError:
        return conflict(slug, theme_id)
    except (trail.DecisionError, ChangedSinceError) as mistake:
        db.session.rollback()
        return again(str(mistake))
    if _newest(found) == before:
        message = NOTHING_CHANGED
    return done(slug, "theme", message, theme_id=theme_id)


def _newest(found: Theme) -> Sequence[Change]:
    """Return the newest change of a theme's consultation, to see whether an act made one."""
    return trail.of_consultation(db.session(), found.consultation_id, 1)


def weigh(
    slug: str, found: Theme, what: str, act: Callable[[], object], message: str, again: Again,
    after: str = "",
) -> Any:  # fmt: skip
    """Show what a decision would change; take it once the person has seen that."""
    theme_id, mistake = found.id, REASON.mistake(request.form.get("why", ""))
    if request.form.get("confirmed") == "yes" and not mistake:
        return decide_and_go(slug, found, act, message, again, after or theme_id)
    try:
        trail.require_version(found, seen_version())
        run = run_of(plan_or_404(slug))
        shown = effects.preview(db.session(), run, act, threshold=threshold(), machine=machine(run))
    except trail.ConflictError:
        return conflict(slug, theme_id)
    except trail.DecisionError as refusal:
        db.session.rollback()
        return again(str(refusal))
    return page(
        "effect", plan_or_404(slug), what=what, effects=shown, theme_id=theme_id, mistake=mistake,
        typed=[pair for pair in typed() if not (mistake and pair[0] == "why")],
    ), BAD_REQUEST if mistake else 200  # fmt: skip


def decide_and_go(
    slug: str, found: Theme, act: Callable[[], object], message: str, again: Again, after: str
) -> Any:
    """Take a weighed decision and lead to a theme, or to all of them where `after` is "all"."""
    reply = decide(slug, found, act, message, again)
    if after == "all" and getattr(reply, "status_code", CONFLICT) == 303:  # noqa: PLR2004  # HTTP
        return redirect(url_for(".overview", slug=slug), 303)
    return reply


def conflict(slug: str, theme_id: str) -> Any:
    """Show what is there now beside what was typed, and let the person choose."""
    db.session.rollback()
    consultation = plan_or_404(slug)
    found = db.session.get(Theme, theme_id) or abort(404)
    return page(
        "conflict", consultation, theme=found, typed=typed(), mine=mine(consultation),
        people=people(),
    ), CONFLICT  # fmt: skip


def mine(consultation: Consultation) -> list[tuple[str, str]]:
    """Return what somebody sent, each field and theme by the name that people know it by."""
    names = {theme.id: theme.name for theme in queries.themes(db.session(), consultation.id)}
    return [
        (FIELDS[name], names.get(value, value) or "nothing")
        for name, value in typed()
        if name in FIELDS
    ]


def seen_version() -> int | None:
    """Return the version that the person's form was made from, if it says so."""
    number = request.form.get("version", "")
    return int(number) if number.isdigit() else None


def typed() -> list[tuple[str, str]]:
    """Return every field of the form as it was sent, to be sent again."""
    left_out = {"csrf_token", "version", "confirmed"}
    return [
        (name, value)
        for name, values in request.form.lists()
        if name not in left_out
        for value in values
    ]
