"""Who has to agree before a report goes out: one list, how far each is, and whose turn it is."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator

from sqlalchemy.orm import Session

from reports.entries import approvals, easy_checks, standing
from reports.models import Report
from reports.models.life import CoOwner
from reports.words import wording


@dataclasses.dataclass(frozen=True, slots=True)
class Agreement:
    """One thing that somebody has to agree to.

    Attributes:
        name: short name, for the page to know which button belongs to it.
        what: what is agreed to.
        who: whose word it is, by role or body.
        state: how far it is, in a sentence.
        done: whether it is there.
        body: code of the body that has not been asked on every answer, if that is what is missing.
    """

    name: str
    what: str
    who: str
    state: str
    done: bool
    body: str = ""


def agreements(session: Session, report: Report) -> tuple[Agreement, ...]:
    """Return everything that somebody has to agree to, in the order in which it comes."""
    bodies = approvals.co_owners(session, report.consultation_id)
    return (
        _findings(report),
        _decision(report),
        *_signatures(report, bodies),
        _easy_read(report),
    )


def ask_everywhere(
    session: Session, report: Report, body: CoOwner, *, actor: str, now: dt.datetime
) -> int:
    """Give a body its place to sign on every entry; return on how many it had none yet."""
    asked = 0
    for entry in report.entries:
        if all(slot.co_owner_id != body.id for slot in entry.slots):
            approvals.open_slot(session, entry, body, actor=actor, now=now)
            asked += 1
    return asked


def _findings(report: Report) -> Agreement:
    at = report.findings_approved_at
    state = f"Approved on {wording.date(at.date())}." if at else "Not approved yet."
    return Agreement("findings", "What families said is told right", "Approver", state, bool(at))


def _decision(report: Report) -> Agreement:
    last = report.decisions[-1] if report.decisions else None
    state = (
        f"Decided by {last.decided_by} on {wording.date(last.decided_on)}."
        if last
        else "No decision is recorded yet."
    )
    who = report.consultation.decided_by
    return Agreement("decision", "What is done about it", who, state, last is not None)


def _signatures(report: Report, bodies: list[CoOwner]) -> Iterator[Agreement]:
    for body in bodies:
        states = [standing.state_of(entry).get(body.name, "") for entry in report.entries]
        counted = Counter(states)
        unasked = counted[""]
        parts = [
            f"{counted[state]} {words}"
            for state, words in (
                ("agreed", "signed"),
                ("refused", "not agreed to"),
                ("waiting", "waiting for its signature"),
                ("", "where it was not asked"),
            )
            if counted[state]
        ]
        of = wording.plural(len(states), "answer", "answers")
        yield Agreement(
            "signature", "The answers", body.name,
            f"Of {of}: {wording.join(parts)}." if parts else "There is no answer yet.",
            done=bool(states) and not (counted["waiting"] or unasked),
            body=body.code if unasked else "",
        )  # fmt: skip


def _easy_read(report: Report) -> Agreement:
    check = easy_checks.in_force(report)
    if check:
        state = f"Checked by {check.readers} on {wording.date(check.checked_on)}."
    elif report.easy_checks:
        last = report.easy_checks[-1]
        state = (
            f"Words changed since {last.readers} checked them on {wording.date(last.checked_on)}."
            " It is marked as not checked."
        )
    else:
        state = "Not yet checked by readers. It is marked so until a group has."
    return Agreement("easy_read", "The easy read", "A group of readers", state, check is not None)
