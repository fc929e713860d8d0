"""What the rules must know about a draft: plain facts, no table and no session."""

import dataclasses
import datetime as dt
from typing import Literal

Weight = Literal["block", "warn"]


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


@dataclasses.dataclass(frozen=True, slots=True)
class SignOffFacts:
    """How far one body's signature on an answer is."""

    body: str
    state: Literal["waiting", "agreed", "refused"]


@dataclasses.dataclass(frozen=True, slots=True)
class ToldBefore:
    """What another entry said was done: in this report, or in an earlier one."""

    where: str
    did: str


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeFacts:
    """One approved theme: who raised it, of how many, and whether an entry answers it.

    Attributes:
        shares: (people, base) of each audience, as counted.
        is_serious: it is about equality or about safety.
    """

    name: str
    shares: tuple[tuple[int, int], ...]
    is_serious: bool
    is_answered: bool


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
    texts: tuple[str, ...] = ()
    sign_offs: tuple[SignOffFacts, ...] = ()
    told_before: tuple[ToldBefore, ...] = ()
    has_decision: bool = True
    family_details: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    decided_on: dt.date | None = None


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
    themes: tuple[ThemeFacts, ...] = ()
    findings_approved: bool = True
    unread: int = 0
    easy_checked: bool = True
    given_away: tuple[str, ...] = ()
