"""What makes a good "you said, we did": checks that say what to mend, before anybody reads it.

A "block" stops publication; a "warn" is advice. Numbers are those of the rule list that the
partnership agreed (Y1 to Y15), so that a sentence can be traced to its reason.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from reports.document import RESPONSE_TYPES
from reports.wording import date

Weight = Literal["block", "warn"]
REFUSALS = frozenset({"partly", "cant_now", "cant_ever", "not_ours_passed_on"})
PROMISES = frozenset({"doing", "planned"})
SHORTEST_REASON = 40
SMALLEST_QUOTE_SLICE = 10
LONGEST_REVIEW_MONTHS = 6
LONGEST_SEARCH = dt.timedelta(weeks=12)
VAGUE = re.compile(
    r"\b(committed to|exploring|looking (?:at|into)|aim(?:ing)? to|hop(?:e|ing) to"
    r"|continu(?:e|ing) to|working hard|will consider)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:we|we\u2019ve|we've|we have|has|have) (?:now )?(\w+ed|built|made|put|set|began|gave"
    r"|held|wrote|met|found|trained|hired|opened|spent|kept|told|sent)\b",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: its number, its weight, what to do, and which entry ("" for the report)."""

    rule: str
    weight: Weight
    sentence: str
    entry: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What must be known about a quote: permission, withdrawal, hold, and the group it is from."""

    permitted: bool
    withdrawn: bool
    held: bool
    slice_people: int


@dataclasses.dataclass(frozen=True, slots=True)
class CountFacts:
    """One audience's count as shown, beside the count made again from the snapshot."""

    audience: str
    shown: int | None
    base: int | None
    recounted: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """Everything the rules need to know about one entry; no table, no session."""

    key: str
    themes: int
    unapproved_themes: int
    stale_themes: int
    counts: tuple[CountFacts, ...]
    threshold: int
    said: str
    response_type: str | None
    did: str
    because_kind: str | None
    because: str
    instead: str
    evidence: str
    owner_role: str
    owner_org: str
    caused_by: str | None
    started_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    review_due: dt.date | None
    quotes: tuple[QuoteFacts, ...]
    private_details: tuple[str, ...]
    easy_missing: tuple[str, ...]
    easy_faults: tuple[str, ...]
    easy_advice: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """Everything the rules need to know about the report as a whole."""

    summary: str
    not_heard: str
    opened_on: dt.date
    closed_on: dt.date
    contact: str
    next_update: dt.date | None
    has_method: bool
    easy_missing: tuple[str, ...]
    easy_faults: tuple[str, ...]
    private_details: tuple[str, ...]
    entries: tuple[EntryFacts, ...]
    unread: int = 0


def check(report: ReportFacts, today: dt.date) -> tuple[Finding, ...]:
    """Apply every rule, report first, then the entries in order."""
    found = list(_report(report, today))
    for entry in report.entries:
        found.extend(check_entry(entry, report.opened_on, today))
    return tuple(found)


def check_entry(entry: EntryFacts, opened_on: dt.date, today: dt.date) -> tuple[Finding, ...]:
    """Apply the rules of one entry."""
    return tuple(
        Finding(rule, weight, sentence, entry.key)
        for rule, weight, find in ENTRY_RULES
        for sentence in find(entry, opened_on, today)
    )


def blocks(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep only what stops publication."""
    return tuple(finding for finding in findings if finding.weight == "block")


def later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def _y1_has_evidence(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    if entry.themes == 0:
        yield "Link the entry to at least one approved theme."
    if entry.unapproved_themes:
        yield "Approve every theme of the entry first, or take it out."
    if entry.themes and not any(c.shown and c.base for c in entry.counts):
        yield "No count can be shown. Join the entry with a wider one, or give it one theme only."


def _y2_counts_hold(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    if entry.stale_themes:
        yield "The answers were analysed again. Link the entry to a theme of the newest analysis."
    for count in entry.counts:
        if count.shown is None:
            continue
        if 0 < count.shown < entry.threshold:
            yield f"The count for {count.audience} is too small to show. Hide it."
        if count.shown != count.recounted:
            yield f"The count for {count.audience} no longer matches the answers. Count again."


def _y3_done_is_done(entry: EntryFacts, opened: dt.date, today: dt.date) -> Iterator[str]:
    if entry.response_type != "done":
        return
    if entry.done_on is None or entry.done_on > today:
        yield "Say on which day it was done; the day cannot be in the future."
    if not entry.evidence.strip():
        yield "Give at least one piece of evidence that it is done."
    early = entry.done_on is not None and entry.done_on < opened
    if early and entry.caused_by != "already_planned_confirmed":
        yield "It was done before people were asked. Say that it was already planned."


def _y4_promise_is_dated(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    if entry.response_type not in PROMISES:
        return
    if not entry.owner_role.strip() or not entry.owner_org.strip():
        yield "Name the role and the body that will do it."
    if entry.due_on is None:
        yield "Say by when it will be done."
    if entry.review_due is None or entry.review_due > later(today, LONGEST_REVIEW_MONTHS):
        yield "Set a day within six months on which you will check it."


def _y5_refusal_is_honest(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    if entry.response_type not in REFUSALS:
        return
    if not entry.because_kind:
        yield "Choose the kind of reason why it cannot be done."
    if len(entry.because.strip()) < SHORTEST_REASON:
        yield f"Explain why in at least {SHORTEST_REASON} letters."
    if not entry.instead.strip():
        yield "Say what you can do instead, or write “Nothing at present”."


def _y6_is_concrete(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+", entry.did):
        match = VAGUE.search(sentence)
        if match and not re.search(r"\d", sentence):
            yield f"“{match[0]}” promises nothing by itself. Add a date or a number."


def _y7_past_means_done(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    status = RESPONSE_TYPES.get(entry.response_type or "")
    if status not in {"done", "doing", None} and PAST.search(entry.did):
        yield "The answer is written as if it were done, but its status is not “Done”."


def _y8_names_nobody(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    for detail in entry.private_details:
        yield f"Take out what could identify somebody: {detail}."


def _y9_easy_read(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    for name in entry.easy_missing:
        yield f"Write the easy-read text for {name}."
    yield from entry.easy_faults


def _y9_easier_still(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    yield from entry.easy_advice


def _y11_quotes_permitted(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    for number, quote in enumerate(entry.quotes, start=1):
        if not quote.permitted:
            yield f"Quote {number} has no permission to be printed. Take it out."
        if quote.withdrawn:
            yield f"Quote {number} was withdrawn by its writer. Take it out."
        if quote.held:
            yield f"Quote {number} cannot be used at present. Take it out."
        if quote.slice_people < SMALLEST_QUOTE_SLICE:
            yield f"Quote {number} comes from a group of fewer than {SMALLEST_QUOTE_SLICE} people."


def _is_whole(entry: EntryFacts, _opened: dt.date, _today: dt.date) -> Iterator[str]:
    if not entry.said.strip():
        yield "Write what people said, in their words."
    if entry.response_type is None or not entry.did.strip():
        yield "Write an answer: what was done, will be done, or cannot be done."


def _search_ends(entry: EntryFacts, _opened: dt.date, today: dt.date) -> Iterator[str]:
    if entry.response_type != "need_to_find_out":
        return
    if entry.due_on is None or entry.due_on > today + LONGEST_SEARCH:
        yield "Say by which day, within twelve weeks, you will have found out."


EntryRule = Callable[[EntryFacts, dt.date, dt.date], Iterator[str]]
ENTRY_RULES: tuple[tuple[str, Weight, EntryRule], ...] = (
    ("Y0", "block", _is_whole),
    ("Y1", "block", _y1_has_evidence),
    ("Y2", "block", _y2_counts_hold),
    ("Y3", "block", _y3_done_is_done),
    ("Y4", "block", _y4_promise_is_dated),
    ("Y4", "block", _search_ends),
    ("Y5", "block", _y5_refusal_is_honest),
    ("Y6", "warn", _y6_is_concrete),
    ("Y7", "warn", _y7_past_means_done),
    ("Y8", "block", _y8_names_nobody),
    ("Y9", "block", _y9_easy_read),
    ("Y9", "warn", _y9_easier_still),
    ("Y11", "block", _y11_quotes_permitted),
)


def _report(report: ReportFacts, today: dt.date) -> Iterator[Finding]:
    for detail in report.private_details:
        yield Finding("Y8", "block", f"Take out what could identify somebody: {detail}.")
    for name in report.easy_missing:
        yield Finding("Y9", "block", f"Write the easy-read text for {name}.")
    for fault in report.easy_faults:
        yield Finding("Y9", "block", fault)
    if report.entries and not any(e.response_type in REFUSALS for e in report.entries):
        yield Finding("Y13", "warn", "Everything is promised. Is there nothing you cannot do?")
    if report.unread:
        yield Finding("Y15", "block", _unread(report.unread))
    for sentence in _y14_complete(report, today):
        yield Finding("Y14", "block", sentence)


def _unread(comments: int) -> str:
    have = "1 comment has" if comments == 1 else f"{comments} comments have"
    return f"{have} not been read for safety yet. Wait until a safeguarding reader has read them."


def _y14_complete(report: ReportFacts, today: dt.date) -> Iterator[str]:
    if not report.entries:
        yield "Write at least one entry."
    if not report.summary.strip():
        yield "Write one sentence that says what changed."
    if not report.not_heard.strip():
        yield "Say who you did not hear from."
    if not report.has_method:
        yield "Analyse the answers first: the report must say how it was made."
    if not report.contact.strip():
        yield "Say who can be asked about the report."
    if report.closed_on >= today:
        yield f"The consultation is open until {date(report.closed_on)}. Wait until it has closed."
    if report.next_update is None or report.next_update <= today:
        yield "Give the date of the next update; it must be in the future."
