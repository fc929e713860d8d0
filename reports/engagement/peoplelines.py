"""The measures of who was reached and how it was to answer, from numbers that may be shown."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from analysis.disclosure import CONFIDENTIAL
from engage import taxonomy
from reports.counting.counted import Shown
from reports.engagement.measured import Measure, per_cent
from reports.engagement.takingpart import (
    FOR_THEM,
    NOT_SAID,
    WHOLE,
    YOUNG,
    Question,
    TakingPart,
    middle,
)
from reports.representation import reach
from reports.representation.baselines import PopulationBaseline
from reports.words import wording
from surveys.gathering.sessions import Totals
from surveys.questions import EDITION_FACTS

AIM_FINISHED, AIM_MINUTES, EMPTY_FROM = 75, 10, 15
HELP = {
    "none": "Without help",
    "read_to_me": "Somebody read it out",
    "typed_for_me": "Somebody typed for them",
    "answered_together": "Answered together",
    FOR_THEM: "Somebody answered for them",
    NOT_SAID: "Not said, or not asked",
}
CONTACTS = {"contacts/heads": "People in the room", "contacts/made": "Things they made"}
LEAST_FOR_TIME = 10
"""A middle of fewer people would be the minutes of one of them."""


def who(found: TakingPart, shown: Shown, on: dt.date) -> Iterator[Measure]:
    """Yield who answered, and in which ways."""
    whole = shown.value(WHOLE)
    counts = "People whose answers are in the newest snapshot and were not taken back or left out."
    yield Measure("people", "People who answered", "", counts, _number(whole), "everybody")
    for code in wording.in_order(found.answered):
        value = shown.value(f"responses/{code}")
        yield Measure(
            "people", "People who answered", _audience(code), counts, _number(value), _of(whole)
        )
    meanings = {
        "channel": ("How they answered", "The way in: web page, paper, session and others."),
        "edition": ("Edition", "The edition that they sent: easy read and languages are editions."),
        "help": ("Help", "What people said themselves about help with answering."),
    }
    for name, (title, definition) in meanings.items():
        for code, words in _codes(found.by[name], name, on):
            value = shown.value(f"{name}/{code}")
            yield Measure(
                "people", title, words, definition, _share(value, whole), _base(value, whole)
            )
    if YOUNG in found.answered:
        value, base = shown.value("for-them"), shown.value(f"responses/{YOUNG}")
        yield Measure(
            "people", "Answered for them", _audience(YOUNG),
            "Answers of children and young people that somebody else gave for them.",
            _share(value, base), _base(value, base), "Reported apart from their own words.",
        )  # fmt: skip


def reached(
    found: TakingPart,
    shown: Shown,
    baselines: Sequence[PopulationBaseline],
    totals: Totals,
    threshold: int,
) -> Iterator[Measure]:
    """Yield how many there are for each who answered, and contacts, which are not people."""
    for row in reach.rows(found.answered, shown, baselines):
        yield Measure(
            "people", "Reach", row.label, "People who answered beside all there are in the county.",
            row.rate, row.fact.wording, row.caution,
        )  # fmt: skip
    for fact in reach.contacts(totals, threshold):
        value = CONFIDENTIAL if fact.value is None else wording.number(fact.value)
        yield Measure(
            "people", "Contacts in sessions", CONTACTS[fact.key],
            "Counted apart: never added to people who answered.",
            value, fact.wording,
        )  # fmt: skip


def answering(found: TakingPart, shown: Shown) -> Iterator[Measure]:
    """Yield who finished, how long it took, and what was left empty."""
    for code in wording.in_order(found.begun):
        begun, sent = shown.value(f"begun/{code}"), shown.value(f"screen/{code}")
        yield Measure(
            "answering", "Finished", _audience(code),
            "People who sent their answers, of those who said yes on a screen. Answers that nobody"
            " sends are deleted after 14 days; that they were begun is kept.",
            _share(sent, begun), _base(sent, begun), f"Aim: {AIM_FINISHED}% or more.",
        )  # fmt: skip
    for code in wording.in_order(found.minutes):
        minutes = found.minutes[code]
        enough = len(minutes) >= LEAST_FOR_TIME
        yield Measure(
            "answering", "Time to answer", _audience(code),
            "Minutes from “yes” to “send” within which half had finished, breaks included; answers"
            " on the web only.",
            f"{middle(minutes)} min" if enough else CONFIDENTIAL,
            "People who answered on the web" if enough else "Too few people",
            f"Aim: {AIM_MINUTES} min or less.",
        )  # fmt: skip
    yield from _left_empty(found.questions, shown)


def _left_empty(questions: Sequence[Question], shown: Shown) -> Iterator[Measure]:
    definition = (
        f"Questions that were put to everybody and left empty by more than {EMPTY_FROM} in 100."
    )
    seen = [
        (one, shown.value(one.key), shown.value(f"responses/{one.audience}")) for one in questions
    ]
    often = [
        (100 * empty / base, one, empty, base)
        for one, empty, base in seen
        if empty is not None and base and 100 * empty > EMPTY_FROM * base
    ]
    hidden = sum(empty is None or base is None for _, empty, base in seen)
    note = f"{hidden} of {len(seen)} questions are not looked at: {CONFIDENTIAL}." if hidden else ""
    yield Measure(
        "answering", "Questions often left empty", "", definition, wording.number(len(often)),
        f"{len(seen) - hidden} questions", note,
    )  # fmt: skip
    for _, one, empty, base in sorted(often, key=lambda row: (-row[0], row[1].key)):
        yield Measure(
            "answering", "Often left empty", f"{one.code} ({_audience(one.audience)}): {one.text}",
            definition, per_cent(empty, base), _base(empty, base), "Look at its words.",
        )  # fmt: skip


def _codes(by: Mapping[str, int], name: str, on: dt.date) -> Iterator[tuple[str, str]]:
    """Yield code and words of what was used, in a constant order."""
    if name == "channel":
        words = {term.code: term.label for term in taxonomy.terms("channels", on)}
    elif name == "edition":
        words = {
            edition: f"{facts.english[0].upper()}{facts.english[1:]}"
            for edition, facts in EDITION_FACTS.items()
        }
    else:
        words = HELP
    yield from ((code, text) for code, text in words.items() if by.get(code))


def _audience(code: str) -> str:
    name = wording.audience(code)
    return f"{name[0].upper()}{name[1:]}"


def _number(value: int | None) -> str:
    return CONFIDENTIAL if value is None else wording.number(value)


def _of(whole: int | None) -> str:
    return "" if whole is None else f"of {wording.number(whole)} people"


def _share(value: int | None, base: int | None) -> str:
    return CONFIDENTIAL if value is None or base is None else per_cent(value, base)


def _base(value: int | None, base: int | None) -> str:
    if value is None or base is None:
        return "" if base is None else f"of {wording.number(base)} people"
    return f"{wording.number(value)} of {wording.number(base)} people"
