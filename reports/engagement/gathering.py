"""All measures of one consultation together, as the page and the file show them."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import queries as analysed
from analysis.decided import second_reading
from analysis.models.store import AnalysisRun, ProposedTheme
from analysis.models.tree_store import ThemeFacts
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports.counting import counted, protecting
from reports.documents.document import Document, from_json
from reports.engagement import (
    answerlines,
    burden,
    entering,
    finishing,
    handlines,
    keeping,
    peoplelines,
    readinglines,
    takingpart,
)
from reports.engagement.defined import DEFINED, TITLES, Basis
from reports.engagement.measured import Measure, share
from reports.entries import following
from reports.models import Report
from reports.publishing import known, services, told_measure
from reports.representation import baselines
from surveys import queries
from surveys.gathering import sessions
from surveys.models import FacilitatedSession, Snapshot, Survey


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What every part of the page rests on."""

    plan: Consultation
    snapshot: Snapshot | None
    run: AnalysisRun | None
    report: Report | None
    newest: Document | None
    today: dt.date
    threshold: int

    @property
    def days(self) -> Mapping[Basis, tuple[dt.date | None, dt.date | None]]:
        """Return for each basis the day it holds for, and the day from which on it is counted."""
        versions = self.report.publications if self.report else []
        published = [local_date(one.published_at) for one in versions]
        opened = self.plan.opens_on
        taken = local_date(self.snapshot.taken_at) if self.snapshot else None
        run = local_date(self.run.finished_at) if self.run else None
        return {
            "snapshot": (taken, opened),
            "run": (run, run),
            "version": (published[-1], published[0]) if published else (None, None),
            "today": (self.today, opened),
            "since": (self.today, published[0] if published else None),
            "hand": (None, None),
        }


def measures(
    session: Session,
    plan: Consultation,
    *,
    read_in_time: tuple[int, int],
    settings: Settings,
    now: dt.datetime,
) -> tuple[Measure, ...]:
    """Take every measure that can be taken of a consultation by now, with its trend.

    `read_in_time` holds the texts read for safety in time, and all that were to be read by now.
    """
    it = _known(session, plan, settings, now)
    entered = entering.history(session, plan)
    by_hand = handlines.lines(entered, entering.names(session, entered), it.threshold)
    found = (
        *handlines.aimed(_people(session, it), handlines.planned(entered)),
        *_sessions(session, plan),
        *answerlines.beside_county(it.newest),
        *burden.lines(session, plan),
        *readinglines.safety(*read_in_time),
        *_coding(session, it.run),
        *_answers(session, it),
        *_trust(session, it),
        *by_hand,
    )
    dated = sorted((_dated(one, it) for one in found), key=_place)
    return keeping.with_trends(session, plan.id, dated, it.threshold)


def _place(one: Measure) -> tuple[int, int]:
    """Return where a line stands: by its heading, then as the measures are listed."""
    return list(TITLES).index(one.defined.group), list(DEFINED).index(one.key)


def _known(session: Session, plan: Consultation, settings: Settings, now: dt.datetime) -> Known:
    report = services.find_report(session, plan)
    newest = from_json(report.publications[-1].document) if report and report.publications else None
    return Known(
        plan=plan,
        snapshot=queries.latest_snapshot(session, plan.id),
        run=analysed.latest_run(session, plan.id),
        report=report,
        newest=newest,
        today=local_date(now),
        threshold=settings.threshold,
    )


def _dated(one: Measure, it: Known) -> Measure:
    as_at, since = it.days[one.defined.basis]
    return dataclasses.replace(one, as_at=one.as_at or as_at, since=one.since or since)


def _people(session: Session, it: Known) -> Iterator[Measure]:
    if it.snapshot is None:
        return
    found = takingpart.gather(session, it.snapshot)
    begun = finishing.gather(session, it.plan, it.snapshot)
    before = known.printed_before(session, it.report) if it.report else ()
    everything = takingpart.counted(found) | finishing.counted(
        begun, found.answered, found.by["edition"]
    )
    same = [counted.only(one, everything.numbers) for one in before]
    shown = protecting.shown(everything, threshold=it.threshold, before=same)
    county = baselines.in_force(session, it.today)
    totals = sessions.session_totals(session, it.plan)
    yield from peoplelines.who(found, shown, it.today)
    yield from peoplelines.reached(found, shown, county, totals, it.threshold)
    yield from finishing.lines(begun, shown)
    yield from peoplelines.answering(found, shown)


def _sessions(session: Session, plan: Consultation) -> Iterator[Measure]:
    held = (
        select(func.count())
        .select_from(FacilitatedSession)
        .join(Survey, Survey.id == FacilitatedSession.survey_id)
        .where(Survey.consultation_id == plan.id)
    )
    everything = session.scalar(held) or 0
    here = session.scalar(held.where(FacilitatedSession.place_type == "school")) or 0
    things, nothing = ("session", "sessions"), "No sessions yet"
    yield share("school_sessions", "", here, everything, things, nothing=nothing)


def _coding(session: Session, run: AnalysisRun | None) -> Iterator[Measure]:
    if run is None:
        return
    approved = analysed.approved_themes(session, run.consultation_id)
    inside = analysed.answers_in(run.id, approved).subquery()
    stable = (
        select(ThemeFacts.stability)
        .join(ProposedTheme, ProposedTheme.id == ThemeFacts.proposed_theme_id)
        .where(ProposedTheme.run_id == run.id, ProposedTheme.in_force)
    )
    yield from readinglines.coding(
        run,
        analysed.answers_read(session, run.id),
        session.scalar(select(func.count()).select_from(inside)) or 0,
        [one for one in session.scalars(stable) if one is not None],
        second_reading.agree(session, run),
    )


def _answers(session: Session, it: Known) -> Iterator[Measure]:
    report, (_, first) = it.report, it.days["version"]
    approved = report.findings_approved_at if report else None
    yield from answerlines.in_time(it.plan, local_date(approved) if approved else None, first)
    if report is None:
        return
    owed = following.owed(session, report, it.today)
    yield from answerlines.waiting(report, owed, it.today)
    if it.newest and first:
        promised = from_json(report.publications[0].document)
        yield from answerlines.answered(it.newest)
        yield from answerlines.kept(report, it.newest, promised, first, it.today)


def _trust(session: Session, it: Known) -> Iterator[Measure]:
    rates = told_measure.rates(session, it.plan.id, it.threshold)
    yield from answerlines.told(rates)
    if it.newest:
        yield from answerlines.felt(it.newest)
