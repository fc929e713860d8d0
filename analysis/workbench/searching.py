"""Finding comments by word, by meaning and by filters, with protected counts."""

from typing import Any

from flask import request

from analysis.decided.reading_order import Answer, Line
from analysis.language.languages import name_of
from analysis.models.store import AnalysisRun
from analysis.preparation import translations
from analysis.runs import finding, meaning
from analysis.runs.finding import Slice
from analysis.runs.unchanged import Unchanged
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from engage import taxonomy
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from surveys.questions import EDITION_FACTS

MOST = 50
LONGEST = 200
_OPTIONS: Unchanged[dict[str, list[str]]] = Unchanged()
YES_NO = {"yes": "Yes", "no": "No"}


@blueprint.get("/find")
def find(slug: str) -> Any:
    """Find comments; too many filters are refused with what was chosen still in place."""
    consultation = plan_or_404(slug)
    run = desk.run_of(consultation)
    words = request.args.get("words", "").strip()[:LONGEST]
    how = "meaning" if request.args.get("how") == "meaning" else "word"
    chosen = {name: value for name in finding.DIMENSIONS if (value := request.args.get(name, ""))}
    lines = [line for line in desk.lines(run) if line.is_readable]
    shown: dict[str, Any] = {"mistake": "", "slice": None, "results": [], "no_map": False}
    if words or chosen:
        desk.note_reading("searched_comments", "analysis_run", run.id)
        try:
            found = finding.choose(db.session(), run, lines, chosen, threshold=desk.threshold())
            shown |= {"slice": found, **_results(run, found, words, how)}
        except finding.TooManyFiltersError as mistake:
            shown["mistake"] = str(mistake)
    choices = _OPTIONS.of(db.session(), run.id, lambda: finding.options(db.session(), run, lines))
    return desk.page(
        "find", consultation, words=words, how=how, chosen=chosen, **shown,
        languages=translations.languages(db.session(), run.id),
        dimensions=finding.DIMENSIONS, choices=choices, names=_names(choices["language"]),
    ), 400 if shown["mistake"] else 200  # fmt: skip


def _results(run: AnalysisRun, found: Slice, words: str, how: str) -> dict[str, Any]:
    allowed = {line.answer: line for line in found.lines}
    if not words:
        best = list(allowed)
    elif how == "meaning":
        near = meaning.nearest(db.session(), run, words, MOST * 4)
        if near is None:
            return {"no_map": True, "results": []}
        best = list(dict.fromkeys((r, q) for (r, q, _), _ in near if (r, q) in allowed))
    else:
        hits = finding.with_word(db.session(), run, words)
        best = [answer for answer in allowed if answer in hits]
    return {"results": _shown(run, best, allowed), "total": len(best)}


def _shown(
    run: AnalysisRun, best: list[Answer], allowed: dict[Answer, Line]
) -> list[tuple[Line, str]]:
    texts = finding.words_of(db.session(), run, best[:MOST])
    return [(allowed[answer], texts.get(answer, "")) for answer in best[:MOST]]


def _names(languages: list[str]) -> dict[str, dict[str, str]]:
    """Return the words for each value of each dimension."""
    today = utc_now().date()
    districts = {term.code: term.label for term in taxonomy.terms("districts", on=today)}
    return {
        "audience": desk.audiences(),
        "edition": {str(name): fact.english for name, fact in EDITION_FACTS.items()},
        "language": {code: name_of(code) for code in languages},
        "district": districts | {finding.NOT_SAID: "Not said"},
        "stance": {finding.NOT_SAID: "Nobody has said"},
        "review": YES_NO,
        "read": YES_NO,
        "question": {},
    }
