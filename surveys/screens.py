"""The fixed words around the questions, in both editions: what the plan promises, what comes next.

What a questionnaire says itself stands in its document. These lines come from the plan of the
consultation, so that a date or a lawful basis is written down once only.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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


class Filled(str):
    """Words with values in them, which remember both, so that another language can say them.

    It is the English sentence to everything that does not ask further.

    Attributes:
        words: the sentence with named places, as a catalogue knows it.
        values: what stands in them; a date is written as the language writes dates.
    """

    __slots__ = ("values", "words")
    words: str
    values: Mapping[str, object]


def filled(words: str, **values: object) -> Filled:
    """Return a sentence with its values put in: "We will publish it by %(date)s."."""
    shown = {name: day(one) if isinstance(one, dt.date) else one for name, one in values.items()}
    made = Filled(words % shown)
    made.words, made.values = words, values
    return made


def noted(words: str) -> str:
    """Return words as they are; what passes here is collected for the catalogues."""
    return words


def _together(sentences: Sequence[str]) -> Filled:
    """Return sentences as one paragraph that other languages can still say."""
    named = {f"sentence{number}": words for number, words in enumerate(sentences)}
    return filled(" ".join(f"%({name})s" for name in named), **named)


def day(date: dt.date) -> str:
    """Return a date as people write it: 3 March 2026."""
    return f"{date.day} {date:%B %Y}"


def linked(words: str) -> Markup:
    """Return words whose phone numbers and addresses can be pressed: one tap when it matters."""
    return Markup(_REACHABLE.sub(_link, escape(words)))  # noqa: S704  # escaped just before


def _link(found: re.Match[str]) -> str:
    """Return one link; its direction keeps "116 123" from being read as 123 116 in Urdu."""
    scheme = "tel:" if found["phone"] else "mailto:"
    shown = found[0].replace("@", "<wbr>@")
    return f'<a href="{scheme}{found[0].replace(" ", "")}" dir="ltr">{shown}</a>'


def plan(facts: PlanFacts) -> tuple[tuple[str, str], ...]:
    """Return what the standard start page says about the plan, as pairs of term and words."""
    decided = facts.decided_by
    if facts.decision_on:
        decided = filled("%(who)s, on or soon after %(date)s", who=decided, date=facts.decision_on)
    lines = (
        (noted("Why we ask"), facts.purpose),
        (noted("What can still change"), facts.can_change),
        (noted("Who decides"), decided),
        (noted("When you will hear"), _together(promises(facts).standard)),
        (noted("The lawful basis for using your answers"), facts.lawful_basis),
        (noted("Last day to answer"), filled("%(date)s", date=facts.closes_on)),
        (noted("Questions about this"), facts.contact),
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
        yield noted("We will publish what we heard and what we did about it.")
    if facts.findings_due:
        yield filled("We will publish what we heard by %(date)s.", date=facts.findings_due)
    if facts.answer_due:
        yield filled("We will publish what we did about it by %(date)s.", date=facts.answer_due)


def _easy_promises(facts: PlanFacts) -> Iterator[Line]:
    if not (facts.findings_due or facts.answer_due):
        yield Line("We will tell you what we heard.", "tell")
        yield Line("We will tell you what we did.", "done")
    if facts.findings_due:
        yield Line(f"We will tell you what we heard by {day(facts.findings_due)}.", "tell")
    if facts.answer_due:
        yield Line(f"We will tell you what we did by {day(facts.answer_due)}.", "done")


def saved(until: dt.date, *, shared_device: bool) -> Passage:
    """Return how to come back later; a device that children share forgets sooner."""
    if shared_device:
        return Passage(
            ("Your answers so far are saved in this browser until you close it.",),
            (
                Line("We have saved your answers.", "done"),
                Line("You can carry on until you close this browser.", "back"),
            ),
        )
    return Passage(
        (
            filled("Your answers so far are saved on this device until %(date)s.", date=until),
            "Come back to this page on the same device to carry on.",
        ),
        (
            Line("We have saved your answers.", "done"),
            Line(f"You can come back here until {day(until)}.", "back"),
        ),
    )


def _pictures(*names: str) -> tuple[Line, ...]:
    return tuple(Line("", name) for name in names)


#: Pictures of words that stand in the templates themselves, page by page.
SWITCH = _pictures("paper", "languages", "list")
START = _pictures(
    "yes", "no", "done", "back", "next", "take_out", "calendar", "ok_sign", "languages", "private"
)
QUESTION = _pictures("next", "skip", "stop", "paper", "languages")
WITH_MISTAKE = _pictures("back")
CHECK = _pictures("safe", "check", "next", "stop", "change", "send_answers", "paper", "languages")
LATER = _pictures("email", "next", "code", "calendar", "done", "back", "private")
COME_BACK = _pictures("code", "back", "next")
GROWN_UP = _pictures(
    "talk", "adult", "yes", "no", "together", "email", "group", "ok_sign", "age", "question", "back"
)
UNKEPT = _pictures(
    "sad", "write", "back", "code", "next", "wait", "done", "change", "stop", "question", "email"
)
HELP = _pictures("back", "thanks", "question", "email", "next", "stop")
NO_THANKS = _pictures("back")
THANKS = _pictures("done", "code", "email", "tell", "next")

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
            filled(
                "The plan is to open it on %(date)s. Please come back then.", date=facts.opens_on
            ),
        ),
        (
            Line("This survey is not open yet.", "wait"),
            Line(f"Please come back on {day(facts.opens_on)}.", "calendar"),
        ),
    )


def paused(facts: PlanFacts, until: dt.date | None = None) -> Passage:
    """Return what to say while a survey is paused: what is kept how long, when it may go on.

    `until` is the last day for somebody who has saved answers already.
    """
    kept = noted("Answers you have already saved are kept for up to 14 days.")
    if until is not None:
        kept = filled("Answers you have already saved are kept until %(date)s.", date=until)
    easy = f"We keep your answers until {day(until)}." if until else "We keep answers for 14 days."
    return Passage(
        (
            "This survey is paused for a while. Please come back later.",
            kept,
            filled("The last day to answer is %(date)s.", date=facts.closes_on),
        ),
        (
            Line("This survey has stopped for a while.", "wait"),
            Line(easy, "done"),
            Line(f"You can answer until {day(facts.closes_on)}.", "calendar"),
        ),
    )


def last_day(closes_on: dt.date, grace_days: int) -> dt.date:
    """Return the last day on which answers are taken, the days of grace among them."""
    return closes_on + dt.timedelta(days=grace_days)


def late(facts: PlanFacts, grace_days: int) -> Passage:
    """Return what to say in the days of grace: answers still count, and are marked as late."""
    until = last_day(facts.closes_on, grace_days)
    return Passage(
        (
            filled("The last day was %(date)s.", date=facts.closes_on),
            filled(
                "You can still send your answers until %(date)s. We will note that they came late.",
                date=until,
            ),
        ),
        (
            Line(f"The last day was {day(facts.closes_on)}.", "calendar"),
            Line(f"You can still answer until {day(until)}.", "ok_sign"),
        ),
    )


def kept_until(begun_on: dt.date, closes_on: dt.date) -> dt.date:
    """Return the last whole day on which unsent answers can be gone on with.

    They go so many days after they were begun, or with the last day to answer if that is earlier.
    """
    return min(begun_on + dt.timedelta(days=ANSWERS_KEPT_DAYS - 1), closes_on)


def closed(facts: PlanFacts) -> Passage:
    """Return what to say after a survey has closed, with what happens next."""
    told = promises(facts)
    return Passage(
        ("This survey has closed, so we cannot take any more answers.", *told.standard),
        (Line("This survey has closed.", "stop"), *told.easy),
    )


#: What the start page says when nobody can answer, by the state of the survey.
NOT_NOW: Mapping[str, Callable[[PlanFacts], Passage]] = {
    "not_open": not_open,
    "paused": paused,
    "closed": closed,
}
