"""The measures of who was reached and how it was to answer, from numbers that may be shown."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from analysis.disclosure import CONFIDENTIAL
from engage import taxonomy
from reports.counting.counted import Shown
from reports.engagement import takingpart
from reports.engagement.byhand import WAYS
from reports.engagement.defined import EMPTY_FROM
from reports.engagement.measured import Measure, count, share
from reports.engagement.takingpart import (
    FOR_THEM,
    KINDS,
    NOT_SAID,
    WHOLE,
    YOUNG,
    Question,
    TakingPart,
)
from reports.representation import reach
from reports.representation.baselines import PopulationBaseline
from reports.words import wording
from surveys.gathering.sessions import Totals
from surveys.questions import EDITION_FACTS

HELP = {
    "none": "Without help",
    "read_to_me": "Somebody read it out",
    "typed_for_me": "Somebody typed for them",
    "answered_together": "Answered together",
    FOR_THEM: "Somebody answered for them",
    NOT_SAID: "Not said, or not asked",
}
CONTACTS = {"contacts/heads": "People in the room", "contacts/made": "Things they made"}
LEAST_FOR_TIME, LEAST_FOR_TAIL = 10, 50
"""A middle or a tail of fewer people would be the minutes of one of them."""


def who(found: TakingPart, shown: Shown, on: dt.date) -> Iterator[Measure]:
    """Yield who answered, and in which ways."""
    whole = shown.value(WHOLE)
    yield count("responses", "", whole, "everybody")
    for code in wording.in_order(found.answered):
        of = "" if whole is None else f"of {wording.number(whole)} people"
        yield count("responses", _audience(code), shown.value(f"responses/{code}"), of)
    for name in ("channel", "edition", "help"):
        for code, words in _codes(found.by[name], name, on):
            yield share(name, words, shown.value(f"{name}/{code}"), whole)
    yield from _channels(found, shown, on)
    for code, words in WAYS.items():
        yield share("access", words, shown.value(f"way/{code}"), whole)
    if YOUNG in found.answered:
        value, base = shown.value("for-them"), shown.value(f"responses/{YOUNG}")
        yield share("for_them", _audience(YOUNG), value, base)


def _channels(found: TakingPart, shown: Shown, on: dt.date) -> Iterator[Measure]:
    for audience in wording.in_order(found.answered):
        base = shown.value(f"responses/{audience}")
        for code, words in _codes(found.by["channel"], "channel", on):
            if (audience, code) in found.channels:
                value = shown.value(takingpart.channel_of(audience, code))
                yield share("channel_of", f"{_audience(audience)}: {words}", value, base)


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
            "reach", row.label, row.rate, row.fact.wording, row.caution, row.fact.value,
            row.fact.base,
        )  # fmt: skip
    for fact in reach.contacts(totals, threshold):
        yield count("contacts", CONTACTS[fact.key], fact.value, fact.wording)


def answering(found: TakingPart, shown: Shown) -> Iterator[Measure]:
    """Yield how long it took, and what was left empty."""
    for code in wording.in_order(found.minutes):
        yield from _times(_audience(code), found.minutes[code])
    yield from _left_empty(found.questions, shown)


def _times(audience: str, minutes: tuple[float, ...]) -> Iterator[Measure]:
    for key, least, found in (
        ("minutes", LEAST_FOR_TIME, takingpart.middle),
        ("minutes_most", LEAST_FOR_TAIL, takingpart.nine_in_ten),
    ):
        enough = len(minutes) >= least
        yield Measure(
            key, audience, f"{found(minutes)} min" if enough else CONFIDENTIAL,
            "People who answered on the web" if enough else f"Fewer than {least} people",
        )  # fmt: skip


def _left_empty(questions: Sequence[Question], shown: Shown) -> Iterator[Measure]:
    seen = [(one, shown.value(one.key), shown.value(one.base)) for one in questions]
    often = [
        (100 * empty / base, one, empty, base)
        for one, empty, base in seen
        if empty is not None and base and 100 * empty > EMPTY_FROM * base
    ]
    hidden = sum(empty is None or base is None for _, empty, base in seen)
    note = f"{hidden} of {len(seen)} are not looked at: {CONFIDENTIAL}." if hidden else ""
    base = f"{len(seen) - hidden} questions, each in all editions and in each kind"
    yield count("left_empty", "How many are", len(often), base, note)
    for _, one, empty, whole in sorted(often, key=lambda row: (-row[0], row[1].key)):
        yield share("left_empty", _named(one), empty, whole, note="Look at its words.")


def _named(one: Question) -> str:
    where = f", {KINDS[one.edition]}" if one.edition else ""
    return f"{one.code} ({_audience(one.audience)}{where}): {one.text}"


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
