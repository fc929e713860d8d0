"""The fixed words around the questions, in both editions: what the plan promises, what comes next.

What a questionnaire says itself stands in its document. These lines come from the plan of the
consultation, so that a date or a lawful basis is written down once only.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Protocol

from markupsafe import Markup, escape

from surveys.questions import Line, Passage

ANSWERS_KEPT_DAYS = 14
#: Emergency and help line numbers, other British numbers, and addresses of e-mail.
_REACHABLE = re.compile(
    r"\b(?P<phone>999|111|116 \d{3}|0\d{2,4}(?: \d{3,4}){1,3})\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


class PlanFacts(Protocol):
    """What the pages tell people about the plan; a consultation has all of it."""

    purpose: str
    can_change: str
    decided_by: str
    decision_on: dt.date | None
    lawful_basis: str
    contact: str
    findings_due: dt.date | None
    answer_due: dt.date | None
    opens_on: dt.date
    closes_on: dt.date


def day(date: dt.date) -> str:
    """Return a date as people write it: 3 March 2026."""
    return f"{date.day} {date:%B %Y}"


def linked(words: str) -> Markup:
    """Return words whose phone numbers and addresses can be pressed: one tap when it matters."""
    return Markup(_REACHABLE.sub(_link, escape(words)))  # noqa: S704  # escaped just before


def _link(found: re.Match[str]) -> str:
    scheme = "tel:" if found["phone"] else "mailto:"
    shown = found[0].replace("@", "<wbr>@")
    return f'<a href="{scheme}{found[0].replace(" ", "")}">{shown}</a>'


def plan(facts: PlanFacts) -> tuple[tuple[str, str], ...]:
    """Return what the standard start page says about the plan, as pairs of term and words."""
    decided = facts.decided_by
    if facts.decision_on:
        decided += f", on or soon after {day(facts.decision_on)}"
    lines = (
        ("Why we ask", facts.purpose),
        ("What can still change", facts.can_change),
        ("Who decides", decided),
        ("When you will hear", " ".join(promises(facts).standard)),
        ("The lawful basis for using your answers", facts.lawful_basis),
        ("Last day to answer", day(facts.closes_on)),
        ("Questions about this", facts.contact),
    )
    return tuple((term, words) for term, words in lines if words)


def plan_in_easy(facts: PlanFacts) -> tuple[Line, ...]:
    """Return what the easy-read start page says about the plan."""
    return (
        *promises(facts).easy,
        Line(f"You can answer until {day(facts.closes_on)}.", "calendar"),
    )


def promises(facts: PlanFacts) -> Passage:
    """Return when people will hear what was heard and what was done."""
    return Passage(tuple(_standard_promises(facts)), tuple(_easy_promises(facts)))


def _standard_promises(facts: PlanFacts) -> Iterator[str]:
    if not (facts.findings_due or facts.answer_due):
        yield "We will publish what we heard and what we did about it."
    if facts.findings_due:
        yield f"We will publish what we heard by {day(facts.findings_due)}."
    if facts.answer_due:
        yield f"We will publish what we did about it by {day(facts.answer_due)}."


def _easy_promises(facts: PlanFacts) -> Iterator[Line]:
    if not (facts.findings_due or facts.answer_due):
        yield Line("We will tell you what we heard.", "tell")
        yield Line("We will tell you what we did.", "done")
    if facts.findings_due:
        yield Line(f"We will tell you what we heard by {day(facts.findings_due)}.", "tell")
    if facts.answer_due:
        yield Line(f"We will tell you what we did by {day(facts.answer_due)}.", "done")


def saved(*, shared_device: bool) -> Passage:
    """Return how to come back later; a device that children share forgets sooner."""
    if shared_device:
        return Passage(
            ("Your answers so far are saved in this browser until you close it.",),
            (
                Line("We have saved your answers.", "done"),
                Line("You can carry on until you close this browser.", "back"),
            ),
        )
    kept = f"Your answers so far are saved on this device for {ANSWERS_KEPT_DAYS} days."
    return Passage(
        (kept, "Come back to this page on the same device to carry on."),
        (
            Line("We have saved your answers.", "done"),
            Line(f"You can come back here for {ANSWERS_KEPT_DAYS} days.", "back"),
        ),
    )


def _pictures(*names: str) -> tuple[Line, ...]:
    return tuple(Line("", name) for name in names)


#: Pictures of words that stand in the templates themselves, page by page.
SWITCH = _pictures("paper")
START = _pictures("yes", "no", "done", "back", "next", "take_out")
QUESTION = _pictures("next", "skip", "stop", "paper")
CHECK = _pictures("check", "next", "stop", "change", "send_answers", "paper")
HELP = _pictures("thanks", "question", "email", "next", "stop")
THANKS = _pictures("done", "code", "email")

LOST = Passage(
    (
        "We could not find your answers in this browser.",
        "You may have been away for a long time, or cookies may be turned off.",
        "You can start again here.",
    ),
    (
        Line("We could not find your answers.", "find"),
        Line("You can start again here.", "back"),
    ),
)


def not_open(facts: PlanFacts) -> Passage:
    """Return what to say before a survey opens; the date only while it is still ahead."""
    return Passage(
        (
            "This survey is not open yet.",
            f"The plan is to open it on {day(facts.opens_on)}. Please come back then.",
        ),
        (
            Line("This survey is not open yet.", "wait"),
            Line(f"Please come back on {day(facts.opens_on)}.", "calendar"),
        ),
    )


def closed(facts: PlanFacts) -> Passage:
    """Return what to say after a survey has closed, with what happens next."""
    told = promises(facts)
    return Passage(
        ("This survey has closed, so we cannot take any more answers.", *told.standard),
        (Line("This survey has closed.", "stop"), *told.easy),
    )
