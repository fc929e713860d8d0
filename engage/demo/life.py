"""What happens around the demo's answers: decision, signatures, verdicts, evidence, old promises.

All invented. Each body acts through its own account, as it would have to.
"""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from engage.accounts.models import User
from engage.accounts.services import find_user
from engage.demo import people
from reports.entries import approvals, following, outcomes, promises
from reports.models import Entry, Report
from reports.models.life import CoOwner
from reports.representation import baselines

ACTOR = "demo"


def before_answers(
    session: Session, report: Report, written: dict[str, Any], *, approver: User, now: dt.datetime
) -> None:
    """Approve the findings and record what was decided about them."""
    approvals.approve_findings(session, report, actor=approver.id, now=now)
    if not report.decisions:
        plan, decision = report.consultation, written["decision"]
        approvals.record_decision(
            session, report, decided_by=decision["decided_by"],
            decided_on=plan.decision_on or now.date() + dt.timedelta(days=decision["days"]),
            considered=decision["considered"], actor=approver.id, now=now,
        )  # fmt: skip


def after_answers(
    session: Session, report: Report, written: dict[str, Any], *, officer: User, now: dt.datetime
) -> None:
    """Link and measure the answers, and let the two bodies sign and judge them."""
    entries = {entry.key: entry for entry in report.entries}
    for key, codes in written["about"].items():
        if key in entries:
            following.link(session, entries[key], codes, actor=officer.id, now=now)
    for item in written["measures"]:
        if item["entry"] in entries and not entries[item["entry"]].measures:
            evidence = following.Evidence(
                item["name"], item["baseline"], item["current"],
                now.date() + dt.timedelta(days=item["days"]), item["source"],
            )  # fmt: skip
            entry = entries[item["entry"]]
            following.add_measure(session, entry, evidence, actor=officer.id, now=now)
    _families(session, report, entries, written, officer=officer, now=now)
    old = people.HERE / "old_promises.csv"
    promises.import_file(session, old, is_demo=True, actor=ACTOR, now=now)
    read = people.HERE / "indicators.csv"
    outcomes.import_file(session, read, is_demo=True, actor=ACTOR, now=now)
    county = people.HERE / "baselines.csv"
    baselines.import_file(session, county, actor=ACTOR, now=now)


def _families(
    session: Session,
    report: Report,
    entries: dict[str, Entry],
    written: dict[str, Any],
    *,
    officer: User,
    now: dt.datetime,
) -> None:
    bodies = {item["code"]: _body(session, report, item, now) for item in written["co_owners"]}
    for item in written["signed"]:
        if item["entry"] in entries:
            body, member = bodies[item["body"]]
            approvals.sign(
                session, entries[item["entry"]], body, outcome=item["outcome"],
                note=item.get("note", ""), actor=member.id, now=now,
            )  # fmt: skip
    for item in written["verdicts"]:
        if item["entry"] in entries:
            body, member = bodies[item["body"]]
            given = approvals.give_verdict(
                session, entries[item["entry"]], body, value=item["value"], text=item["text"],
                actor=member.id, now=now,
            )  # fmt: skip
            if "redaction" in item:
                approvals.redact_verdict(
                    session, given, reason=item["redaction"], actor=officer.id, now=now
                )


def _body(
    session: Session, report: Report, item: dict[str, str], now: dt.datetime
) -> tuple[CoOwner, User]:
    """Name a body and seat its account."""
    body = approvals.add_co_owner(
        session, report.consultation, code=item["code"], name=item["name"],
        easy_name=item["easy_name"], kind=item["kind"], actor=ACTOR, now=now,
    )  # fmt: skip
    member = find_user(session, item["account"])
    if member is None:
        message = f"The demo account {item['account']} is missing. Start the demo again."
        raise approvals.ApprovalError(message)
    approvals.seat(session, body, member, actor=ACTOR, now=now)
    return body, member
