"""The method box: how people were asked, what was counted, and who or what decided."""

import json

from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import AnalysisRun, Theme
from engage.consultations import Consultation
from reports import figures, wording
from reports.counts import Tally
from reports.document import Line

LIMITS = (
    "People chose to answer, so these counts do not stand for everybody. A view that few people"
    " wrote can matter as much as one that many wrote."
)
REASONS = {
    "blank": "empty",
    "nothing_to_add": "with nothing to add",
    "duplicate": "copies of the same answer",
}
OTHER_REASON = "for other reasons"


def box(made: Tally, consultation: Consultation, themes: list[Theme]) -> tuple[Line, ...]:
    """Return every line of the method box; numbers are facts, so they reach the ledger."""
    session, run, threshold = made.session, made.run, made.threshold
    return (
        Line("When people answered", wording.period(consultation.opens_on, consultation.closes_on)),
        *made.population.lines,
        *_comments(session, run, threshold),
        Line("What the computer did", _tool(run)),
        Line("What people did", _people(themes)),
        *_read(session, run),
        Line("Small numbers", _small_numbers(threshold)),
        Line("Words for size", wording.size_words_note()),
        Line("Limits", LIMITS),
        Line("Who decides", _decision(consultation)),
    )


def _comments(session: Session, run: AnalysisRun, threshold: int) -> list[Line]:
    reasons: dict[str, int] = {}
    for reason, count in queries.set_aside(session, run.id).items():
        name = reason if reason in REASONS else "other"
        reasons[name] = reasons.get(name, 0) + count
    grouped = figures.whole(
        "comments/grouped", run.themed,
        f"{wording.number(run.themed)} of {wording.plural(run.documents, 'comment', 'comments')}"
        " went into a theme", base=run.documents,
    )  # fmt: skip
    names = {name: f"set aside: {REASONS.get(name, OTHER_REASON)}" for name in reasons}
    aside = figures.parts("comments/set-aside", reasons, names, threshold=threshold)
    return [Line("Comments", fact.wording, fact) for fact in (grouped, *aside)]


def _tool(run: AnalysisRun) -> str:
    versions = json.loads(run.versions)
    tool = f"BERTopic {versions['bertopic']}" if "bertopic" in versions else "A computer program"
    return (
        f"{tool} proposed groups of comments that say similar things, on"
        f" {wording.date(run.finished_at.date())}, on our own computer. It made no decision. Names,"
        " phone numbers and addresses were taken out first."
    )


def _people(themes: list[Theme]) -> str:
    number = wording.plural(len(themes), "theme", "themes")
    return f"People read the groups and named and approved all {number}. They wrote every answer."


def _read(session: Session, run: AnalysisRun) -> list[Line]:
    read = queries.answers_read(session, run.id)
    documents = wording.plural(run.documents, "comment", "comments")
    text = f"A person read {wording.number(read)} of {documents} and put each where it belongs"
    fact = figures.whole("comments/read", read, text, base=run.documents)
    return [Line("What people did", text, fact)] if read else []


def _small_numbers(threshold: int) -> str:
    return (
        f"A count of fewer than {threshold} people is shown as [c], so that nobody can be"
        " recognised, and other numbers are left out where they would give it away. [r] marks a"
        f" number that changed since the version before. A number that changed by fewer than"
        f" {threshold} people stays as it was in that version."
    )


def _decision(consultation: Consultation) -> str:
    if consultation.decision_on is None:
        return consultation.decided_by
    return f"{consultation.decided_by}, on {wording.date(consultation.decision_on)}"
