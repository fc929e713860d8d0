"""All measures of one consultation together, as the page and the file show them."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from analysis.decided import queries as analysed
from analysis.decided import second_reading
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports.counting import counted, protecting
from reports.documents.document import Document, from_json
from reports.engagement import (
    answerlines,
    burden,
    peoplelines,
    readinglines,
    takingpart,
)
from reports.engagement.measured import Measure
from reports.entries import following
from reports.loop import told_measure
from reports.models import Report
from reports.publishing import known, services
from reports.representation import baselines
from surveys import queries
from surveys.gathering import sessions


def measures(
    session: Session,
    plan: Consultation,
    *,
    read_in_time: tuple[int, int],
    settings: Settings,
    now: dt.datetime,
) -> tuple[Measure, ...]:
    """Take every measure that can be taken of a consultation by now.

    `read_in_time` holds the texts read for safety in time, and all that were to be read by now.
    """
    report = services.find_report(session, plan)
    newest = from_json(report.publications[-1].document) if report and report.publications else None
    return (
        *_people(session, plan, report, settings, now),
        *burden.lines(session, plan),
        *readinglines.safety(*read_in_time),
        *_coding(session, plan),
        *_answers(session, plan, report, newest, now),
        *_trust(session, plan, newest, settings),
    )


def _people(
    session: Session,
    plan: Consultation,
    report: Report | None,
    settings: Settings,
    now: dt.datetime,
) -> Iterator[Measure]:
    snapshot = queries.latest_snapshot(session, plan.id)
    if snapshot is None:
        return
    found, today = takingpart.gather(session, plan, snapshot), local_date(now)
    before = known.printed_before(session, report) if report else ()
    everything = takingpart.counted(found) | takingpart.completion(found)
    same = [counted.only(one, everything.numbers) for one in before]
    shown = protecting.shown(everything, threshold=settings.threshold, before=same)
    county = baselines.in_force(session, today)
    totals = sessions.session_totals(session, plan)
    yield from peoplelines.who(found, shown, today)
    yield from peoplelines.reached(found, shown, county, totals, settings.threshold)
    yield from peoplelines.answering(found, shown)


def _coding(session: Session, plan: Consultation) -> Iterator[Measure]:
    run = analysed.latest_run(session, plan.id)
    if run is not None:
        read, agreed = analysed.answers_read(session, run.id), second_reading.agree(session, run)
        yield from readinglines.coding(run, read, agreed)


def _answers(
    session: Session,
    plan: Consultation,
    report: Report | None,
    newest: Document | None,
    now: dt.datetime,
) -> Iterator[Measure]:
    versions = report.publications if report else []
    first = local_date(versions[0].published_at) if versions else None
    approved = report.findings_approved_at if report else None
    yield from answerlines.in_time(plan, local_date(approved) if approved else None, first)
    if report is None:
        return
    today = local_date(now)
    yield from answerlines.waiting(report, following.owed(session, report, today), today)
    if newest and first:
        yield from answerlines.answered(newest)
        yield from answerlines.kept(report, newest, first, today)


def _trust(
    session: Session, plan: Consultation, newest: Document | None, settings: Settings
) -> Iterator[Measure]:
    yield from answerlines.told(told_measure.rates(session, plan.id, settings.threshold))
    if newest:
        yield from answerlines.felt(newest)
