"""Carry on with an approved frame: late answers, next year's consultation, and trends."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from analysis import redaction
from analysis.codeframes.carry_on import Joined, Point, join_frame, lineage, trend
from analysis.codeframes.codeframe import ChangeNote, CodeFrame, change_notes
from analysis.decided import coded, decisions, queries
from analysis.decided.coded import CodedAnswer
from analysis.models.assist_records import ThemeOrigin
from analysis.models.store import AnalysisRun, ProposedCoding, Theme, ThemeSource
from analysis.models.tree_store import CarriedRun
from analysis.texts import setaside
from analysis.texts.clauses import segments
from analysis.texts.documents import Document
from engage import audit
from engage.consultations import Consultation
from surveys.models import SnapshotResponse

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder

PARENT = "parent_id"
DEFINITION = ("means", "includes", "excludes", "example")


class NoFrameError(ValueError):
    """There is no approved theme to carry on with."""


class FrameThereError(ValueError):
    """The consultation has themes already, so another frame cannot be laid over them."""


@dataclass(frozen=True)
class Aside:
    """A late answer that joins nothing: its redacted words, empty when held, and why."""

    text: str
    reason: str

    @property
    def to_read(self) -> bool:
        """Tell whether a person should read what the machine cannot."""
        return self.reason in {"unreadable", "other_language"}


def place_clauses(
    session: Session, run: AnalysisRun, late: Sequence[Document], embedder: "Embedder"
) -> dict[str, list[tuple[str, Joined]] | Aside]:
    """Say for each clause of each late answer which approved theme it joins.

    Nothing is written and nobody's coding moves: each late clause is laid beside what is coded.

    Raises:
        NoFrameError: no answer is in an approved theme yet.
    """
    approved = {theme.id for theme in queries.approved_themes(session, run.consultation_id)}
    examples = [
        (text, theme)
        for answer in coded.coded_answers(session, run)
        for text, themes in _coded_words(answer)
        for theme in sorted(themes & approved)
    ]
    if not examples:
        message = "Approve themes first: late answers join the themes that people approved."
        raise NoFrameError(message)
    texts = redacted(late)
    reasons = setaside.reasons(late, texts)
    pieces = {
        document.id: segments(text)
        for document, text, reason in zip(late, texts, reasons, strict=True)
        if reason is None
    }
    flat = [piece for own in pieces.values() for piece in own]
    joined = iter(_joined(flat, examples, embedder))
    placed = {name: [(piece, next(joined)) for piece in own] for name, own in pieces.items()}
    aside = {
        document.id: Aside("" if reason == "held" else text, reason)
        for document, text, reason in zip(late, texts, reasons, strict=True)
        if reason is not None
    }
    return {document.id: placed.get(document.id) or aside[document.id] for document in late}


def redacted(late: Sequence[Document]) -> list[str]:
    """Return the words of late answers as a run reads them, names taken out."""
    return [_redacted(document) for document in late]


def late_people(session: Session, run: AnalysisRun) -> list[tuple[Theme, int]]:
    """Return the themes that answers joined late, with how many people; the largest first."""
    carried = session.get(CarriedRun, run.id)
    if carried is None:
        return []
    earlier = session.get_one(AnalysisRun, carried.earlier_id)
    before = select(SnapshotResponse.response_id).where(
        SnapshotResponse.snapshot_id == earlier.snapshot_id
    )
    rows = session.execute(
        select(ThemeSource.theme_id, func.count(func.distinct(ProposedCoding.response_id)))
        .join(ProposedCoding, ProposedCoding.proposed_theme_id == ThemeSource.proposed_theme_id)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id.not_in(before),
            queries.may_be_read(),
        )
        .group_by(ThemeSource.theme_id)
    )
    counts = {row[0]: row[1] for row in rows}
    in_use = queries.themes(session, run.consultation_id)
    found = [(theme, counts[theme.id]) for theme in in_use if theme.id in counts]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name))


def carry_frame(
    session: Session, source: Consultation, target: Consultation, *, actor: str, now: dt.datetime
) -> list[Theme]:
    """Give next year's consultation this year's approved themes, each knowing where it comes from.

    They wait to be approved anew: a frame that fitted last year may not fit now.

    Raises:
        NoFrameError: nothing is approved in the source.
        FrameThereError: the target has themes already.
    """
    approved = queries.approved_themes(session, source.id)
    if not approved:
        message = "Only approved themes are carried on, and this consultation has none."
        raise NoFrameError(message)
    if queries.themes(session, target.id):
        message = (
            f"“{target.title}” has themes already. Carry a frame on before its first analysis."
        )
        raise FrameThereError(message)
    carried = {theme.id: _copy(session, theme, target, now) for theme in approved}
    session.flush()
    for theme in approved:
        copy = carried[theme.id]
        above = getattr(theme, PARENT, None)
        if above in carried:
            setattr(copy, PARENT, carried[above].id)
        session.add(ThemeOrigin(theme_id=copy.id, ancestor_id=theme.id))
        decisions.record(
            session, copy, "carried_on", before=theme.name, after=copy.name,
            why=f"From “{source.title}”.", actor=actor, now=now,
        )  # fmt: skip
    session.flush()
    audit.record(
        session, actor=actor, verb="carried_frame_on", object_type="consultation",
        object_id=target.id, now=now,
    )  # fmt: skip
    return list(carried.values())


def notes_since(session: Session, earlier: Consultation, later: Consultation) -> list[ChangeNote]:
    """Say what became of each theme from one consultation to the next."""
    frames = [_frame(session, plan) for plan in (earlier, later)]
    return list(change_notes(frames[0], frames[1]))


def frames(session: Session, consultation: Consultation) -> list[Consultation]:
    """Return the other consultations that have approved themes to start from, newest first."""
    plans = session.scalars(
        select(Consultation)
        .where(Consultation.id != consultation.id)
        .order_by(Consultation.closes_on.desc(), Consultation.slug)
    )
    return [plan for plan in plans if queries.approved_themes(session, plan.id)]


def earlier(session: Session, consultation: Consultation) -> Consultation | None:
    """Return the consultation whose frame this one was started from, if it was."""
    older = aliased(Theme)
    return session.scalars(
        select(Consultation)
        .join(older, older.consultation_id == Consultation.id)
        .join(ThemeOrigin, ThemeOrigin.ancestor_id == older.id)
        .join(Theme, Theme.id == ThemeOrigin.theme_id)
        .where(Theme.consultation_id == consultation.id)
        .limit(1)
    ).first()


def trends(
    session: Session, consultation: Consultation, *, threshold: int
) -> list[tuple[Theme, tuple[Point, ...]]]:
    """Return every theme in use that continues an earlier one, through the years."""
    origins = _origins(session)
    return [
        (theme, trend_of(session, theme, threshold=threshold))
        for theme in queries.themes(session, consultation.id)
        if theme.id in origins
    ]


def trend_of(session: Session, theme: Theme, *, threshold: int) -> tuple[Point, ...]:
    """Return a theme through the consultations it was carried on, small numbers hidden."""
    line = lineage(theme.id, _origins(session))
    years = [_year(session, one) for key in line if (one := session.get(Theme, key)) is not None]
    return trend([year for year in years if year is not None], threshold=threshold)


def _redacted(document: Document) -> str:
    """Return words as a run reads them: a translation as it is, the rest as people overruled."""
    overrides = () if document.translation else document.overrides
    return redaction.redact(document.words, overrides).text


def _joined(
    texts: Sequence[str], examples: Sequence[tuple[str, str]], embedder: "Embedder"
) -> tuple[Joined, ...]:
    from analysis.themes.proposals import for_machine  # noqa: PLC0415  # heavy

    if not texts:
        return ()
    return join_frame(
        embedder.embed([for_machine(text) for text in texts]),
        embedder.embed([for_machine(text) for text, _ in examples]),
        [theme for _, theme in examples],
    )


def _coded_words(answer: CodedAnswer) -> list[tuple[str, frozenset[str]]]:
    """Return words with their themes: as a person coded the whole, or clause by clause."""
    if answer.people is not None:
        return [(answer.text, answer.people)]
    return [(clause.text, clause.themes) for clause in answer.clauses]


def _copy(session: Session, theme: Theme, target: Consultation, now: dt.datetime) -> Theme:
    copy = Theme(
        consultation_id=target.id, name=theme.name, easy_name=theme.easy_name,
        starter_code=theme.starter_code, ambition=theme.ambition, created_at=now,
    )  # fmt: skip
    for part in DEFINITION:
        if hasattr(theme, part):
            setattr(copy, part, getattr(theme, part))
    session.add(copy)
    return copy


def _frame(session: Session, plan: Consultation) -> CodeFrame:
    origins = _origins(session)
    frame = coded.code_frame(session, plan.id)
    return coded.with_origins(frame, origins)


def _origins(session: Session) -> dict[str, str | None]:
    rows = session.execute(select(ThemeOrigin.theme_id, ThemeOrigin.ancestor_id))
    return {row.theme_id: row.ancestor_id for row in rows}


def _year(session: Session, theme: Theme) -> tuple[str, dt.date, int, int] | None:
    run = queries.latest_run(session, theme.consultation_id)
    if run is None:
        return None
    plan = session.get_one(Consultation, theme.consultation_id)
    people = sum(queries.people_by_audience(session, run.id, [theme]).values())
    base = sum(queries.base_by_audience(session, run.id).values())
    return plan.title, plan.closes_on, people, base
