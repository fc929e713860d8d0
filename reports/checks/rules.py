"""What makes a good "you said, we did": checks that say what to mend, before anybody reads it.

The rules of one entry are in `reports.checks.entryrules`; here are those of the report as a whole,
and the functions that apply them all.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from reports.checks.entryrules import ENTRY_RULES, LONGEST_SEARCH, PROMISES, REFUSALS, later
from reports.checks.rulefacts import (
    CountFacts,
    EntryFacts,
    Finding,
    QuoteFacts,
    ReportFacts,
    SignOffFacts,
    ThemeFacts,
    ToldBefore,
    Weight,
)
from reports.words.wording import date

UNCHECKED = (
    "No group of readers has checked the easy read as it stands. It will be marked"
    " “not yet checked by readers”."
)


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


def _report(report: ReportFacts, today: dt.date) -> Iterator[Finding]:
    """Apply the rules of the whole report; Y13 asks for at least one honest "we can't"."""
    for detail in report.private_details:
        yield Finding("Y8", "block", f"Take out what could identify somebody: {detail}.")
    for name in report.easy_missing:
        yield Finding("Y9", "block", f"Write the easy-read text for {name}.")
    for fault in report.easy_faults:
        yield Finding("Y9", "block", fault)
    if not report.easy_checked:
        yield Finding("Y9", "warn", UNCHECKED)
    if report.entries and not any(e.response_type in REFUSALS for e in report.entries):
        yield Finding("Y13", "warn", "Everything is promised. Is there nothing you cannot do?")
    yield from _before_anything(report)
    for sentence in _y12_everything_answered(report):
        yield Finding("Y12", "block", sentence)
    for sentence in _y14_complete(report, today):
        yield Finding("Y14", "block", sentence)


def _before_anything(report: ReportFacts) -> Iterator[Finding]:
    """S1: no word is published unread for safety; Y14: findings are approved before answers.

    Y2: what older versions give away already is said, though no newer one can mend it.
    """
    for sentence in report.given_away:
        yield Finding("Y2", "warn", sentence)
    if report.unread:
        yield Finding("S1", "block", _unread(report.unread))
    if not report.findings_approved:
        yield Finding("Y14", "block", "Approve the findings first, and answer them then.")


def _unread(comments: int) -> str:
    have = "1 comment has" if comments == 1 else f"{comments} comments have"
    return f"{have} not been read for safety yet. Wait until a safeguarding reader has read them."


def _y12_everything_answered(report: ReportFacts) -> Iterator[str]:
    """Y12: what one in ten of any audience raised has an entry, and so has equality and safety.

    Whoever chooses which themes are answered chooses the easy ones. A theme about safety or
    fairness is answered however few raised it.
    """
    for theme in report.themes:
        if theme.is_answered:
            continue
        if theme.is_serious:
            yield f"“{theme.name}” is about equality or safety. Write an entry for it."
        elif any(base and people * 10 >= base for people, base in theme.shares):
            yield f"One in ten of an audience or more raised “{theme.name}”. Write an entry for it."


def _y14_complete(report: ReportFacts, today: dt.date) -> Iterator[str]:
    """Y14: method, who was not heard, dates, contact and the next update are there.

    Without them a reader cannot weigh what stands above, and nobody is held to come back.
    """
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


__all__ = [
    "ENTRY_RULES", "LONGEST_SEARCH", "PROMISES", "REFUSALS", "CountFacts", "EntryFacts",
    "Finding", "QuoteFacts", "ReportFacts", "SignOffFacts", "ThemeFacts", "ToldBefore",
    "Weight", "blocks", "check", "check_entry", "later",
]  # fmt: skip
