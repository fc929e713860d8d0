"""Who agrees to what: findings before answers, decisions with reasons, families with a voice.

The council approves findings and records decisions. Only a body of families signs in its own
place and says whether an answer is felt; nothing here lets anybody else do it, or take it away.
"""

import datetime as dt

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import Theme
from engage import audit
from engage.accounts.models import User
from engage.consultations import Consultation, local_date
from reports.entries import standing
from reports.models import Entry, Report, StatusEvent
from reports.models.life import (
    CoOwner,
    CoOwnerMember,
    Decision,
    FamilyVerdict,
    SignOff,
    SignOffSlot,
)
from reports.words import wording

REDACTIONS = ("personal_data", "harm")
SHORTEST_CONSIDERED = 20


class ApprovalError(ValueError):
    """An approval cannot be given as it is; the message says what to do."""


class NotTheirBodyError(ApprovalError):
    """Somebody acted for a body that their account does not belong to."""


def approve_findings(session: Session, report: Report, *, actor: str, now: dt.datetime) -> Report:
    """Say that what was said is told right, before anybody writes what is done about it.

    Raises ApprovalError while there is nothing to agree to: no theme, no entry, or an entry in
    which nobody has written what families said.
    """
    _require_findings(session, report)
    if report.findings_approved_at is None:
        report.findings_approved_at, report.findings_approved_by = now, actor
        session.flush()
        _note(session, "approved_findings", "report", report.id, actor=actor, now=now)
    return report


def record_decision(
    session: Session,
    report: Report,
    *,
    decided_by: str,
    decided_on: dt.date,
    considered: str,
    actor: str,
    now: dt.datetime,
) -> Decision:
    """Keep who decided, when, and what they considered: every theme that is approved by then."""
    _require_decision(report, decided_by, decided_on, considered, now)
    decision = Decision(
        report_id=report.id, decided_by=decided_by.strip(), decided_on=decided_on,
        considered=considered.strip(), recorded_by=actor, recorded_at=now,
        themes=considered_themes(session, report),
    )  # fmt: skip
    session.add(decision)
    session.flush()
    session.expire(report, ["decisions"])
    _note(session, "recorded_decision", "report", report.id, actor=actor, now=now)
    return decision


def considered_themes(session: Session, report: Report) -> list[Theme]:
    """Return what a decision has to consider: every approved theme, liked or not."""
    return queries.approved_themes(session, report.consultation_id)


def add_co_owner(
    session: Session,
    consultation: Consultation,
    *,
    code: str,
    name: str,
    easy_name: str,
    kind: str,
    actor: str,
    now: dt.datetime,
) -> CoOwner:
    """Name a body that owns the consultation too; one that is there already is returned."""
    found = session.scalar(
        select(CoOwner).where(CoOwner.consultation_id == consultation.id, CoOwner.code == code)
    )
    if found is None:
        found = CoOwner(
            consultation_id=consultation.id, code=code, name=name, easy_name=easy_name, kind=kind
        )
        session.add(found)
        session.flush()
        _note(session, "named_co_owner", "co_owner", found.id, actor=actor, now=now)
    return found


def seat(session: Session, body: CoOwner, user: User, *, actor: str, now: dt.datetime) -> None:
    """Bind an account with the role co_owner to its body."""
    if not any(role.name == "co_owner" for role in user.roles):
        message = "Give the account the role co_owner first, and no other."
        raise ApprovalError(message)
    if len(user.roles) > 1:
        message = "Whoever signs for families has the role co_owner and no role of the council."
        raise ApprovalError(message)
    if session.get(CoOwnerMember, (body.id, user.id)) is None:
        session.add(CoOwnerMember(co_owner_id=body.id, user_id=user.id))
        session.flush()
        _note(session, "seated", "co_owner", body.id, actor=actor, now=now)


def bodies_of(session: Session, user_id: str) -> list[CoOwner]:
    """Return the bodies that an account speaks for."""
    mine = exists().where(CoOwnerMember.co_owner_id == CoOwner.id, CoOwnerMember.user_id == user_id)
    return list(session.scalars(select(CoOwner).where(mine).order_by(CoOwner.name)))


def co_owners(session: Session, consultation_id: str) -> list[CoOwner]:
    """Return the bodies that own a consultation too."""
    wanted = CoOwner.consultation_id == consultation_id
    return list(session.scalars(select(CoOwner).where(wanted).order_by(CoOwner.name)))


def open_slot(
    session: Session, entry: Entry, body: CoOwner, *, actor: str, now: dt.datetime
) -> SignOffSlot:
    """Give a body its place to sign on an entry. There is no way to take it back."""
    if body.consultation_id != entry.report.consultation_id:
        message = "This body does not own the consultation."
        raise ApprovalError(message)
    slot = session.get(SignOffSlot, (entry.id, body.id))
    if slot is None:
        slot = SignOffSlot(entry_id=entry.id, co_owner_id=body.id, opened_by=actor, opened_at=now)
        session.add(slot)
        session.flush()
        session.expire(entry, ["slots"])
        _note(session, "opened_slot", "entry", entry.id, actor=actor, now=now)
    return slot


def sign(
    session: Session,
    entry: Entry,
    body: CoOwner,
    *,
    outcome: str,
    note: str = "",
    actor: str,
    now: dt.datetime,
) -> SignOff:
    """Sign an answer as it stands, or refuse and say why; only for one's own body."""
    _require_member(session, body, actor)
    if entry.response_type is None:
        message = "There is no answer to sign yet."
        raise ApprovalError(message)
    if outcome not in {"agreed", "refused"}:
        message = "Choose whether you agree."
        raise ApprovalError(message)
    if outcome == "refused" and not note.strip():
        message = "Say in a sentence why you do not agree. It is printed beside the answer."
        raise ApprovalError(message)
    slot = open_slot(session, entry, body, actor=actor, now=now)
    signed = SignOff(
        entry_id=entry.id, co_owner_id=body.id, outcome=outcome, note=note.strip(),
        answer_hash=standing.answer_hash(entry), signed_by=actor, signed_at=now,
    )  # fmt: skip
    session.add(signed)
    session.flush()
    session.expire(slot, ["signatures"])
    _note(session, f"sign_off_{outcome}", "entry", entry.id, actor=actor, now=now)
    return signed


def give_verdict(
    session: Session,
    entry: Entry,
    body: CoOwner,
    *,
    value: str,
    text: str = "",
    actor: str,
    now: dt.datetime,
) -> FamilyVerdict:
    """Keep whether a body feels an answer; "not yet" reopens one that was done, with its date."""
    _require_member(session, body, actor)
    if value not in {"felt", "partly", "not_yet"}:
        message = "Choose how far you feel it."
        raise ApprovalError(message)
    was = standing.standing(entry)
    given = FamilyVerdict(
        entry_id=entry.id, co_owner_id=body.id, value=value, text=text.strip(),
        given_on=local_date(now), given_by=actor, recorded_at=now,
    )  # fmt: skip
    session.add(given)
    session.flush()
    session.expire(entry, ["verdicts"])
    _note(session, f"verdict_{value}", "entry", entry.id, actor=actor, now=now)
    _reopen(session, entry, was, actor=actor, now=now)
    return given


def redact_verdict(
    session: Session, given: FamilyVerdict, *, reason: str, actor: str, now: dt.datetime
) -> FamilyVerdict:
    """Take out the words of a verdict for personal data or harm; value and date stay.

    The words leave the database. A mark and the reason are printed where they stood.
    """
    _require_ground(reason)
    if not given.text:
        message = "This verdict has no words to take out."
        raise ApprovalError(message)
    given.text, given.redaction, given.redacted_by, given.redacted_at = "", reason, actor, now
    session.flush()
    _note(session, f"redacted_{reason}", "family_verdict", given.id, actor=actor, now=now)
    return given


def redact_refusal(
    session: Session, signed: SignOff, *, reason: str, actor: str, now: dt.datetime
) -> SignOff:
    """Take out the words of a refusal for personal data or harm; that it was refused stays."""
    _require_ground(reason)
    if not signed.note:
        message = "This signature has no words to take out."
        raise ApprovalError(message)
    signed.note, signed.redaction, signed.redacted_by, signed.redacted_at = "", reason, actor, now
    session.flush()
    _note(session, f"redacted_{reason}", "sign_off", signed.id, actor=actor, now=now)
    return signed


def _require_ground(reason: str) -> None:
    if reason not in REDACTIONS:
        message = "Words may be taken out for personal data or for harm, and for nothing else."
        raise ApprovalError(message)


def _require_findings(session: Session, report: Report) -> None:
    if not queries.approved_themes(session, report.consultation_id):
        message = "Approve at least one theme first. Findings are what the themes say."
        raise ApprovalError(message)
    if not report.entries:
        message = "There is no entry yet. Make the entries, and write in each what families said."
        raise ApprovalError(message)
    if unwritten := [entry for entry in report.entries if not entry.said_text.strip()]:
        message = (
            f"Nobody has written what families said in {len(unwritten)} of"
            f" {wording.plural(len(report.entries), 'entry', 'entries')}, such as"
            f" “{unwritten[0].title}”. Write it in each, and approve the findings then."
        )
        raise ApprovalError(message)


def _require_decision(
    report: Report, decided_by: str, decided_on: dt.date, considered: str, now: dt.datetime
) -> None:
    if report.findings_approved_at is None:
        message = "Approve the findings first: a decision is made about findings."
        raise ApprovalError(message)
    if not decided_by.strip() or len(considered.strip()) < SHORTEST_CONSIDERED:
        message = "Say who decided, and in a sentence what they had before them."
        raise ApprovalError(message)
    if not report.consultation.closes_on < decided_on <= local_date(now):
        message = "The decision comes after the consultation closed, and not in the future."
        raise ApprovalError(message)


def _require_member(session: Session, body: CoOwner, actor: str) -> None:
    if session.get(CoOwnerMember, (body.id, actor)) is None:
        message = "Only a member of this body may speak for it."
        raise NotTheirBodyError(message)


def _reopen(
    session: Session, entry: Entry, was: standing.Standing, *, actor: str, now: dt.datetime
) -> None:
    """Write down in the history that a verdict opened an answer again, or let it stand as done."""
    stands = standing.standing(entry)
    if stands.status == was.status:
        return
    note = stands.why or "The verdict of families changed. The answer stands again as it was given."
    session.add(
        StatusEvent(
            entry_id=entry.id, status=stands.status, on_date=local_date(now), note=note,
            recorded_by=actor, recorded_at=now,
        )
    )  # fmt: skip
    session.flush()
    session.expire(entry, ["events"])


def _note(
    session: Session, verb: str, kind: str, identity: str, *, actor: str, now: dt.datetime
) -> None:
    audit.record(session, actor=actor, verb=verb, object_type=kind, object_id=identity, now=now)
