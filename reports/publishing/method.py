"""The method box: how people were asked, what was counted, and who or what decided."""

import json

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.disclosure.attack import Relation
from analysis.models.store import AnalysisRun, Theme
from engage.consultations import Consultation
from reports.counting import figures
from reports.counting.counted import Counted, Shown
from reports.documents.document import Fact, Line
from reports.publishing.people import Population
from reports.words import wording

LIMITS = (
    "People chose to answer, so these counts do not stand for everybody. A view that few people"
    " wrote can matter as much as one that many wrote."
)
REASONS = {
    "blank": "as empty",
    "nothing_to_add": "with nothing to add",
    "duplicate": "as copies of the same answer",
}
OTHER_REASON = "for other reasons"


ASIDE, GROUPED, READ = "comments/set-aside", "comments/grouped", "comments/read"


def counted(session: Session, run: AnalysisRun) -> Counted:
    """Count comments set aside, each for one reason; how many they are is always said."""
    aside: dict[str, int] = {}
    for reason, count in queries.set_aside(session, run.id).items():
        key = f"comments/set-aside/{reason_of(reason)}"
        aside[key] = aside.get(key, 0) + count
    total = {ASIDE: sum(aside.values())}
    return Counted({**aside, **total}, (Relation(ASIDE, tuple(aside)),), known=frozenset(total))


def reason_of(reason: str) -> str:
    """Return the reason under which comments set aside are printed."""
    return reason if reason in REASONS else "other"


def box(
    session: Session,
    run: AnalysisRun,
    shown: Shown,
    population: Population,
    consultation: Consultation,
    themes: list[Theme],
) -> tuple[Line, ...]:
    """Return every line of the method box; numbers are facts, so they reach the ledger."""
    return (
        Line("When people answered", wording.period(consultation.opens_on, consultation.closes_on)),
        *population.lines,
        *_comments(run, shown),
        Line("What the computer did", _tool(run)),
        Line("What people did", _people(themes)),
        *_read(session, run),
        Line("Small numbers", _small_numbers(shown)),
        Line("Words for size", wording.size_words_note()),
        Line("Limits", LIMITS),
        Line("Who decides", _decision(consultation)),
    )


def _comments(run: AnalysisRun, shown: Shown) -> list[Line]:
    grouped = Fact(
        GROUPED, run.themed, run.documents,
        f"{wording.number(run.themed)} of {wording.plural(run.documents, 'comment', 'comments')}"
        " went into a theme",
    )  # fmt: skip
    names = {
        key: f"set aside {REASONS.get(key.rpartition('/')[2], OTHER_REASON)}"
        for key in shown.counts
        if key.startswith("comments/set-aside/")
    }
    aside = figures.parts(shown, ASIDE, names)
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
    fact = figures.whole(READ, read, text, base=run.documents)
    return [Line("What people did", text, fact)] if read else []


def _small_numbers(shown: Shown) -> str:
    younger = max(shown.thresholds.values(), default=shown.threshold)
    of_children = f" ({younger} of what children wrote)" if younger > shown.threshold else ""
    return (
        f"A count of fewer than {shown.threshold} people{of_children} is shown as [c], so that"
        " nobody can be recognised, and other numbers are left out where they would give it away."
        f" {wording.WHY_NOT_SHOWN}"
        " [r] marks a number that changed since the version before. Where too few people came or"
        " went for a new number to be shown, the number of an earlier version stands and says so:"
        " (v1) is as counted for version 1."
    )


def _decision(consultation: Consultation) -> str:
    if consultation.decision_on is None:
        return consultation.decided_by
    return f"{consultation.decided_by}, on {wording.date(consultation.decision_on)}"
