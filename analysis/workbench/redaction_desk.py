"""The redaction desk: see what was taken out of an answer, and overrule it with a reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from analysis.preparation import answers, redactions, translations
from analysis.redaction import KINDS, Span
from analysis.workbench.desk import run_of
from engage import audit
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

LISTED = 100
blueprint = Blueprint("redaction_desk", __name__, url_prefix="/desk/consultations/<slug>/redaction")


@dataclass(frozen=True)
class Piece:
    """A stretch of the original for the page: a word, a gap, or what a label stands for."""

    text: str
    start: int
    end: int
    span: Span | None

    @property
    def value(self) -> str:
        """Return the stretch as a form sends it."""
        return f"{self.start}-{self.end}"

    @property
    def is_word(self) -> bool:
        """Tell whether it can be ticked: not a gap."""
        return not self.text.isspace()


@blueprint.get("/")
def overview(slug: str) -> str:
    """List the answers whose redaction a person should look at, and count what was taken out."""
    consultation = plan_or_404(slug)
    run = queries.latest_run(db.session(), consultation.id)
    waiting = redactions.to_look_at(db.session(), run) if run else []
    return render_template(
        "analysis/redaction.html",
        consultation=consultation,
        demo=consultation.is_demo,
        run=run,
        waiting=waiting[:LISTED],
        total=len(waiting),
        counts=redactions.counts_by_kind(db.session(), run) if run else {},
    )


@blueprint.get("/<response_id>/<question>")
def answer(slug: str, response_id: str, question: str) -> str:
    """Show one answer as it was written, with what is taken out marked; the reading is recorded."""
    consultation, run, original = _found(slug, response_id, question)
    audit.record(
        db.session(),
        actor=current_user.id,
        verb="read_original",
        object_type="answer",
        object_id=f"{response_id}:{question}",
        now=utc_now(),
    )
    db.session.commit()
    return _page(consultation, run, (response_id, question), original)


@blueprint.post("/<response_id>/<question>")
def decide(slug: str, response_id: str, question: str) -> tuple[str, int] | Response:
    """Keep what the person says should go or stay."""
    consultation, run, original = _found(slug, response_id, question)
    try:
        redactions.decide(
            db.session(),
            run,
            (response_id, question),
            original,
            _stretches(original),
            why=request.form.get("why", ""),
            actor=current_user.id,
            now=utc_now(),
        )
    except redactions.RedactionError as mistake:
        return _page(consultation, run, (response_id, question), original, mistake), 400
    db.session.commit()
    flash("Saved. Pages show the answer in this way from now on.", "done")
    return redirect(url_for(".answer", slug=slug, response_id=response_id, question=question), 303)


@blueprint.post("/<response_id>/<question>/checked")
def confirm(slug: str, response_id: str, question: str) -> Response:
    """Take the answer off the list: it reads rightly."""
    _found(slug, response_id, question)
    redactions.confirm(db.session(), (response_id, question), actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("Checked. The answer is off the list.", "done")
    return redirect(url_for(".overview", slug=slug), 303)


@blueprint.post("/<response_id>/<question>/flag")
def flag(slug: str, response_id: str, question: str) -> Response:
    """Put the answer on the list, from the page where somebody reads it."""
    _found(slug, response_id, question)
    redactions.flag(db.session(), (response_id, question), actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("The comment is on the redaction list.", "done")
    return redirect(f"/desk/consultations/{slug}/themes/read/{response_id}/{question}", 303)


def _found(slug: str, response_id: str, question: str) -> tuple[Consultation, AnalysisRun, str]:
    """Return an answer that may be read here: analysed, not held, not taken back."""
    consultation = plan_or_404(slug)
    run = run_of(consultation)
    clauses = queries.clauses(db.session(), run.id, (response_id, question))
    if not clauses or clauses[0].set_aside_reason == "held":
        abort(404)
    original = answers.original(db.session(), run.snapshot_id, (response_id, question))
    if original is None:
        abort(404)
    return consultation, run, original


def _page(
    consultation: Consultation,
    run: AnalysisRun,
    answer: redactions.Answer,
    original: str,
    mistake: redactions.RedactionError | None = None,
) -> str:
    spans = redactions.spans_now(db.session(), answer, original)
    return render_template(
        "analysis/redaction_answer.html",
        consultation=consultation,
        demo=consultation.is_demo,
        answer=answer,
        pieces=list(_pieces(original, spans)),
        clauses=queries.clauses(db.session(), run.id, answer),
        languages=translations.languages(db.session(), run.id),
        trail=redactions.trail(db.session(), answer),
        kinds=KINDS,
        mistake=mistake,
        wrong="why" if isinstance(mistake, redactions.NoReasonError) else "words",
        typed=request.form,
        ticked=set(request.form.getlist("words")) | set(request.form.getlist("labels")),
    )


def _pieces(original: str, spans: list[Span]) -> Iterator[Piece]:
    position = 0
    for span in [*spans, None]:
        stop = len(original) if span is None else span.start
        for match in re.finditer(r"\s+|\S+", original[position:stop]):
            start, end = position + match.start(), position + match.end()
            yield Piece(match.group(), start, end, None)
        if span is not None:
            yield Piece(original[span.start : span.end], span.start, span.end, span)
            position = span.end


def _stretches(original: str) -> list[tuple[int, int, str | None]]:
    """Read the form: labels to take away, and words to take out, neighbours as one."""
    away: list[tuple[int, int, str | None]] = [
        (start, end, None) for start, end in _ticked("labels")
    ]
    kind = request.form.get("kind", "")
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_ticked("words")):
        if joined and not original[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [*away, *((start, end, kind) for start, end in joined)]


def _ticked(name: str) -> Iterator[tuple[int, int]]:
    for value in request.form.getlist(name):
        match = re.fullmatch(r"(\d{1,6})-(\d{1,6})", value)
        if match:
            yield int(match[1]), int(match[2])
