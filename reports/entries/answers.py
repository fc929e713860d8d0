"""The second band of an entry: what is done about it, as sentences a reader can check."""

import datetime as dt

from engage import taxonomy
from reports.documents.document import EASY_BANDS, Answer
from reports.documents.familywords import Measured
from reports.entries.standing import signatures, standing
from reports.models import Entry as Draft
from reports.words import easylines, wording
from reports.words.easylines import EasyLine

CAUSES = {
    "this_feedback": "We decided this because of what you told us.",
    "already_planned_confirmed": "This was already planned. What you told us confirmed it.",
    "already_planned_changed": "This was already planned. What you told us changed it.",
}


def answer(draft: Draft) -> Answer:
    """Turn a draft's answer into the words that are published; an empty draft is "finding"."""
    stands = standing(draft)
    status = stands.status
    return Answer(
        status=status,
        text=draft.we_did_text,
        easy=_lines(draft.we_did_easy, EASY_BANDS[status].picture),
        owner=", ".join(part for part in (draft.owner_role, draft.owner_org) if part),
        when=_when(draft),
        because_kind=_because(draft).text,
        because=draft.because_text,
        because_easy=_lines(draft.because_easy, _because(draft).picture),
        instead=draft.instead_text,
        instead_easy=_lines(draft.instead_easy, "other"),
        evidence=draft.evidence_text,
        difference=draft.difference,
        cause=CAUSES.get(draft.caused_by or "", ""),
        review_due=draft.review_due,
        response_type=draft.response_type or "",
        due_on=draft.due_on,
        done_on=draft.done_on,
        reopened=stands.reopened,
        standing=stands.why,
        decided=_decided(draft),
        measures=measures(draft),
        signatures=signatures(draft),
    )


def _decided(draft: Draft) -> str:
    """Say who decided after reading what; the newest decision of the report is the one in force."""
    if not draft.report.decisions:
        return ""
    last = draft.report.decisions[-1]
    read = wording.plural(len(last.themes), "theme", "themes")
    return f"Decided by {last.decided_by} on {wording.date(last.decided_on)}, after reading {read}."


def measures(draft: Draft) -> tuple[Measured, ...]:
    """Return what is measured of an answer, in the order in which it was added."""
    return tuple(
        Measured(one.name, one.baseline, one.current, one.as_at, one.source)
        for one in draft.measures
    )


def _when(draft: Draft) -> str:
    """Name the days that matter for this kind of answer, each as a short sentence."""
    done = "Done on" if standing(draft).status == "done" else "We said it was done on"
    days = {
        "done": ((done, draft.done_on),),
        "already_exists": (("Available since", draft.done_on or draft.started_on),),
        "doing": (("Started on", draft.started_on), ("To be done by", draft.due_on)),
        "partly": (("Started on", draft.started_on), ("To be done by", draft.due_on)),
        "planned": (("To be done by", draft.due_on),),
        "need_to_find_out": (("We will know by", draft.due_on),),
    }.get(draft.response_type or "", (("Decided on", draft.decided_on),))
    return " ".join(f"{what} {wording.date(day)}." for what, day in days if day)


def _because(draft: Draft) -> EasyLine:
    on = draft.decided_on or dt.date.max
    term = taxonomy.term("because_kinds", draft.because_kind, on) if draft.because_kind else None
    return EasyLine(term.label, term.picture) if term else EasyLine("", "information")


def _lines(written: str, picture: str) -> tuple[EasyLine, ...]:
    return easylines.illustrated(easylines.parse(written), picture)
