"""How an answer stands once families have spoken: their word can hold "Done" back, never push it.

The council writes an answer; a body of families signs it or refuses, and says later whether it is
felt. What readers see follows from both, by these rules and by nobody's choice.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Literal

from reports.documents.document import RESPONSE_TYPES, Status, Verdict
from reports.documents.familywords import VERDICT_WORDS, FamilyWord, Signature, VerdictValue
from reports.models import Entry
from reports.words.wording import date, join

State = Literal["waiting", "agreed", "refused"]


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """The status that readers see, and why it is not the one that was written, if it is not."""

    status: Status
    reopened: bool
    why: str


def answer_hash(entry: Entry) -> str:
    """Fingerprint what a body signs: the kind of answer, its words, reason and day."""
    parts = (
        entry.response_type, entry.we_did_text, entry.because_text, entry.instead_text,
        entry.due_on, entry.done_on,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def signatures(entry: Entry) -> tuple[Signature, ...]:
    """Return what each body says to the answer as it stands now; an older signature is void."""
    now = answer_hash(entry)
    found = []
    for slot in sorted(entry.slots, key=lambda one: one.co_owner.name):
        valid = [one for one in slot.signatures if one.answer_hash == now]
        last = valid[-1] if valid else None
        state: State = "waiting"
        if last is not None:
            state = "agreed" if last.outcome == "agreed" else "refused"
        found.append(
            Signature(
                body=slot.co_owner.name,
                easy_body=slot.co_owner.easy_name,
                state=state,
                note=last.note if last else "",
                on=last.signed_at.date() if last else None,
                id=last.id if last else "",
                redaction=(last.redaction or "") if last else "",
            )
        )
    return tuple(found)


def family_words(entry: Entry) -> tuple[FamilyWord, ...]:
    """Return the newest verdict of each body, the earliest first."""
    newest = {verdict.co_owner_id: verdict for verdict in entry.verdicts}
    return tuple(
        FamilyWord(
            id=one.id,
            body=one.co_owner.name,
            easy_body=one.co_owner.easy_name,
            value=_value(one.value),
            text=one.text,
            given_on=one.given_on,
            redaction=one.redaction or "",
        )
        for one in newest.values()
    )


def standing(entry: Entry) -> Standing:
    """Derive the public status: "not yet" reopens what was done, and so does a refusal.

    A body that refuses and has also given its verdict is printed beside "Done" with that verdict,
    unless the verdict is "not yet".
    """
    written = RESPONSE_TYPES.get(entry.response_type or "", "finding")
    if entry.response_type != "done":
        return Standing(written, reopened=False, why="")
    words = family_words(entry)
    not_yet = [one.body for one in words if one.value == "not_yet"]
    if not_yet:
        verb = "says" if len(not_yet) == 1 else "say"
        return Standing("doing", reopened=True, why=f"Reopened: {join(not_yet)} {verb} “Not yet”.")
    judged = {one.body for one in words}
    refused = [s.body for s in signatures(entry) if s.state == "refused" and s.body not in judged]
    if refused:
        verb = "does" if len(refused) == 1 else "do"
        why = f"Not shown as done: {join(refused)} {verb} not agree that it is."
        return Standing("doing", reopened=False, why=why)
    return Standing(written, reopened=False, why="")


def verdict(entry: Entry, asked: str) -> Verdict:
    """Put the third band together: what each body says, or that nobody has been asked yet."""
    given = family_words(entry)
    if not given:
        return Verdict(words="Not known yet. Nobody has been asked.", asked=asked)
    said = [f"{one.body}, {date(one.given_on)}: {VERDICT_WORDS[one.value]}." for one in given]
    return Verdict(words=" ".join(said), asked="", given=given)


def state_of(entry: Entry) -> dict[str, State]:
    """Return for each body that must sign how far that is."""
    return {one.body: one.state for one in signatures(entry)}


def reopened_on(entry: Entry) -> dt.date | None:
    """Return the day of the last "not yet" that holds an answer open, if one does."""
    days = [one.given_on for one in family_words(entry) if one.value == "not_yet"]
    return max(days, default=None) if standing(entry).reopened else None


def _value(stored: str) -> VerdictValue:
    known: Sequence[VerdictValue] = ("felt", "partly", "not_yet")
    return next(value for value in known if value == stored)
