"""Shared text as runs propose it and as people have decided: what the desk and a report read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from analysis.models.copies_store import CopyDecision, CopyGroup, CopyMember
from analysis.models.store import AnalysisRun, ProposedCoding
from analysis.preparation.identity import answer_of
from analysis.texts.documents import is_addition
from surveys.models import AnswerHold, Response

if TYPE_CHECKING:
    from analysis.texts import campaigns
    from analysis.texts.documents import Document

Answer = tuple[str, str]


@dataclass(frozen=True)
class Effect:
    """What a confirmed group does to the next analysis; the numbers add up to its texts.

    Attributes:
        texts: answers in the group.
        people: who sent them.
        once: the one answer analysed for all.
        copies: set aside, counted in the group.
        additions: analysed for their own words alone.
        taken_out: answers a person took out: analysed whole.
    """

    texts: int
    people: int
    once: int
    copies: int
    additions: int
    taken_out: int


def save(session: Session, run: AnalysisRun, found: "Sequence[campaigns.CopyGroup]") -> None:
    """Keep the groups that a run proposes."""
    for group in found:
        row = CopyGroup(
            run_id=run.id, key=group.key, shared_text=group.shared, texts=len(group.copies)
        )
        row.members = [_member(copy) for copy in group.copies]
        session.add(row)
    session.flush()


def join(
    session: Session, run: AnalysisRun, late: "Sequence[Document]", texts: Sequence[str]
) -> None:
    """Let late answers that repeat shared text join its group of this run, as proposals only.

    Nothing follows for a group that somebody decided about: the decision covers the answers it
    was made on (`decided_answers`), and the desk says how many joined since. Late answers that
    share words with each other alone are a group of their own.
    """
    from analysis.texts import campaigns  # noqa: PLC0415  # numpy

    mine = session.scalars(select(CopyGroup).where(CopyGroup.run_id == run.id)).all()
    found = campaigns.joining(late, texts, {group.key: group.shared_text for group in mine})
    for group in mine:
        joined = [_member(copy) for copy in found.get(group.key, ())]
        group.members, group.texts = [*group.members, *joined], group.texts + len(joined)
    there = {copy.document_id for copies in found.values() for copy in copies}
    rest = [row for row, document in enumerate(late) if document.id not in there]
    fresh = campaigns.groups([late[row] for row in rest], [texts[row] for row in rest])
    save(session, run, [group for group in fresh if group.key not in {one.key for one in mine}])


def _member(copy: "campaigns.Copy") -> CopyMember:
    response_id, question = answer_of(copy.document_id)
    return CopyMember(
        response_id=response_id,
        question=question,
        identical=copy.identical and not copy.additions,
        likeness=copy.likeness,
        additions="\n".join(copy.additions),
    )


def groups(session: Session, consultation_id: str) -> list[CopyGroup]:
    """Return the groups to show, undecided ones first and the largest first among them.

    They are those of the newest run, and those of earlier runs that somebody decided about.
    """
    found = session.scalars(
        select(CopyGroup)
        .join(AnalysisRun, AnalysisRun.id == CopyGroup.run_id)
        .where(AnalysisRun.consultation_id == consultation_id)
        .order_by(AnalysisRun.finished_at.desc(), CopyGroup.texts.desc(), CopyGroup.key)
    ).all()
    states = standing(session, consultation_id)
    newest: dict[str, CopyGroup] = {}
    for group in found:
        if group.run_id == found[0].run_id or group.key in states:
            newest.setdefault(group.key, group)
    return sorted(newest.values(), key=lambda group: (group.key in states, -group.texts, group.key))


def newest_of(session: Session, consultation_id: str, group_id: str) -> CopyGroup | None:
    """Return the group of an address as it stands now, whichever run's group the address names."""
    known = session.get(CopyGroup, group_id)
    if known is None:
        return None
    mine = (group for group in groups(session, consultation_id) if group.key == known.key)
    return next(mine, None)


def joined_since(session: Session, group: CopyGroup, consultation_id: str) -> int:
    """Return how many answers joined a decided group later: nobody has decided about them."""
    seen = decided_answers(session, consultation_id).get(group.key)
    own = {(member.response_id, member.question) for member in group.members}
    return 0 if seen is None else len(own - seen)


def standing(session: Session, consultation_id: str) -> dict[str, str]:
    """Return for each decided key the verb that counts now; what was undone is absent."""
    newest = {row.key: row.verb for row in _decisions(session, consultation_id) if _of_group(row)}
    return {key: verb for key, verb in newest.items() if verb != "undone"}


def taken_out(session: Session, consultation_id: str) -> set[tuple[str, str, str]]:
    """Return (key, response id, question) of the answers a person took out."""
    newest = {
        (row.key, row.response_id or "", row.question or ""): row.verb
        for row in _decisions(session, consultation_id)
        if not _of_group(row)
    }
    return {answer for answer, verb in newest.items() if verb == "taken_out"}


def trail(session: Session, group: CopyGroup, consultation_id: str) -> list[CopyDecision]:
    """Return every decision about a group, the first one first."""
    return [row for row in _decisions(session, consultation_id) if row.key == group.key]


def readable(session: Session, group: CopyGroup, consultation_id: str) -> list[CopyMember]:
    """Return the members whose words may be read: not withdrawn, left out or held for safety.

    Those that a person took out come too, from the run that found them: they can be put back.
    """
    out = {(r, q) for key, r, q in taken_out(session, consultation_id) if key == group.key}
    rows = session.scalars(
        select(CopyMember)
        .join(CopyGroup, CopyGroup.id == CopyMember.group_id)
        .join(AnalysisRun, AnalysisRun.id == CopyGroup.run_id)
        .where(
            AnalysisRun.consultation_id == consultation_id,
            CopyGroup.key == group.key,
            _may_be_read(),
        )
        .order_by(
            CopyMember.identical.desc(), CopyMember.response_id, CopyMember.question,
            AnalysisRun.finished_at,
        )
    )  # fmt: skip
    found = {
        (row.response_id, row.question): row
        for row in rows
        if row.group_id == group.id or (row.response_id, row.question) in out
    }
    return list(found.values())


def words_of(session: Session, members: Iterable[CopyMember]) -> dict[Answer, str]:
    """Return the redacted words of each text, as the run that grouped it read them."""
    rows = session.execute(
        select(CopyMember.response_id, CopyMember.question, ProposedCoding.shown_text)
        .join(CopyGroup, CopyGroup.id == CopyMember.group_id)
        .join(
            ProposedCoding,
            (ProposedCoding.response_id == CopyMember.response_id)
            & (ProposedCoding.question == CopyMember.question)
            & (ProposedCoding.run_id == CopyGroup.run_id),
        )
        .where(CopyGroup.id.in_({member.group_id for member in members}))
        .order_by(CopyMember.response_id, CopyMember.question, ProposedCoding.segment)
    )
    words: dict[Answer, list[str]] = {}
    for response_id, question, text in rows:
        words.setdefault((response_id, question), []).append(text)
    return {answer: " ".join(dict.fromkeys(parts)) for answer, parts in words.items()}


def effect(session: Session, group: CopyGroup, consultation_id: str) -> Effect:
    """Return what confirming a group does, before anybody does it."""
    out = taken_out(session, consultation_id)
    everybody = readable(session, group, consultation_id)
    members = [m for m in everybody if (group.key, m.response_id, m.question) not in out]
    adding = sum(adds(member) for member in members)
    once = int(len(members) > adding)
    return Effect(
        texts=len(members),
        people=len({member.response_id for member in members}),
        once=once,
        copies=len(members) - adding - once,
        additions=adding,
        taken_out=len(everybody) - len(members),
    )


def adds(member: CopyMember) -> bool:
    """Tell whether a member added enough of its own to be analysed by itself."""
    return any(is_addition(own) for own in member.additions.split("\n"))


def submissions(session: Session, run: AnalysisRun) -> list[tuple[CopyGroup, Effect]]:
    """Return the confirmed groups with how many sent each: for a report, beside "content once"."""
    states = standing(session, run.consultation_id)
    return [
        (group, effect(session, group, run.consultation_id))
        for group in groups(session, run.consultation_id)
        if states.get(group.key) == "confirmed"
    ]


def campaigns_of(session: Session, consultation_id: str) -> tuple[dict[Answer, str], set[Answer]]:
    """Return what the next analysis honours: the campaign of each answer, and no copies at all.

    Only answers that somebody saw in a group count by a decision: later ones are proposed again.
    """
    states = standing(session, consultation_id)
    own = {
        (response_id, question) for _, response_id, question in taken_out(session, consultation_id)
    }
    campaign: dict[Answer, str] = {}
    for key, answers in decided_answers(session, consultation_id).items():
        if states[key] == "confirmed":
            campaign |= dict.fromkeys(sorted(answers - own), key)
        else:
            own |= answers
    return campaign, own


def decided_answers(session: Session, consultation_id: str) -> dict[str, set[Answer]]:
    """Return for each decided key the answers that were in the group when it was decided."""
    states = standing(session, consultation_id)
    seen: dict[str, set[Answer]] = {}
    for row in _decisions(session, consultation_id):
        if _of_group(row) and row.verb == states.get(row.key):
            members = session.get_one(CopyGroup, row.group_id).members
            seen.setdefault(row.key, set()).update((m.response_id, m.question) for m in members)
    return seen


def _about(consultation_id: str) -> ColumnElement[bool]:
    return CopyDecision.consultation_id == consultation_id


def _decisions(session: Session, consultation_id: str) -> Iterable[CopyDecision]:
    return session.scalars(
        select(CopyDecision)
        .where(_about(consultation_id))
        .order_by(CopyDecision.number, CopyDecision.id)
    ).all()


def _of_group(decision: CopyDecision) -> bool:
    return decision.response_id is None


def _may_be_read() -> ColumnElement[bool]:
    gone = exists().where(
        Response.id == CopyMember.response_id,
        or_(Response.withdrawn_at.is_not(None), Response.left_out_at.is_not(None)),
    )
    held = exists().where(
        AnswerHold.response_id == CopyMember.response_id,
        AnswerHold.question == CopyMember.question,
        AnswerHold.released_at.is_(None),
    )
    return ~gone & ~held
