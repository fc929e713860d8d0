"""What the demo's staff answer and publish: an entry for each answer whose theme was found."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun, Coding, ProposedCoding
from analysis.redaction import PLACEHOLDER
from engage.accounts.models import User
from engage.consultations import Consultation
from engage.demo import life, story
from engage.settings import Settings
from reports.findings import evidence
from reports.models import Entry, Publication, Report
from reports.publishing import services as reports

QUOTES = 2
FULL_WORDS, FULL_CLAUSE_WORDS = 7, 11
"""A shorter comment, or clause of a longer one, is picked only where there is nothing fuller."""
DATES = ("due_on", "done_on", "started_on", "review_due")


def answer(
    session: Session,
    consultation: Consultation,
    run: AnalysisRun,
    *,
    officer: User,
    approver: User,
    now: dt.datetime,
) -> Report:
    """Write what families said about each theme found, approve it, and answer it then."""
    written = story.written()
    report = reports.create_report(session, consultation, actor=officer.id, now=now)
    if report.entries:
        return report
    front = dict(written["report"])
    report.slug = front.pop("slug")
    front["next_update"] = now.date() + dt.timedelta(days=front["next_update"])
    reports.write_front(session, report, reports.Front(**front), actor=officer.id, now=now)
    found = story.by_code(session, consultation)
    drafted: list[tuple[Entry, dict[str, Any]]] = []
    for item in written["entries"]:
        themes = [found[code] for code in item["themes"] if code in found]
        if themes:
            entry = reports.draft_entry(
                session, report, themes, actor=officer.id, now=now, key=item["key"]
            )
            _write_saying(session, entry, item, officer=officer, now=now)
            drafted.append((entry, item))
    session.expire(report, ["entries"])
    life.before_answers(session, report, written, approver=approver, now=now)
    for entry, item in drafted:
        _write_reply(session, entry, item, officer=officer, now=now)
        _quote(session, entry, run, officer=officer, now=now)
    life.after_answers(session, report, written, officer=officer, now=now)
    return report


def publish(
    session: Session,
    report: Report,
    settings: Settings,
    *,
    approver: User,
    now: dt.datetime,
) -> Publication:
    """Publish the first version, or return the newest that is there."""
    published = reports.latest(session, report)
    if published is not None:
        return published
    return reports.publish(session, report, settings=settings, actor=approver.id, now=now)


def _write_saying(
    session: Session, entry: Entry, item: dict[str, Any], *, officer: User, now: dt.datetime
) -> None:
    saying = reports.Saying(
        title=item["title"],
        easy_title=item["easy_title"],
        said_text=item["said"],
        said_easy=item["said_easy"],
        also_said=item.get("also_said", ""),
        reg56_category=item.get("reg56_category"),
    )
    reports.write_saying(session, entry, saying, actor=officer.id, now=now)


def _write_reply(
    session: Session, entry: Entry, item: dict[str, Any], *, officer: User, now: dt.datetime
) -> None:
    dates = {name: now.date() + dt.timedelta(days=item[name]) for name in DATES if name in item}
    reply = reports.Reply(
        response_type=item["response_type"],
        we_did_text=item["we_did"],
        we_did_easy=item["we_did_easy"],
        because_kind=item.get("because_kind"),
        because_text=item.get("because", ""),
        because_easy=item.get("because_easy", ""),
        instead_text=item.get("instead", ""),
        instead_easy=item.get("instead_easy", ""),
        evidence_text=item.get("evidence", ""),
        difference=item.get("difference", ""),
        owner_role=item["owner_role"],
        owner_org=item["owner_org"],
        decided_by=entry.report.consultation.decided_by,
        decided_on=entry.report.consultation.decision_on,
        caused_by=item.get("caused_by"),
        **dates,
    )
    reports.respond_to(session, entry, reply, actor=officer.id, now=now)


def _quote(
    session: Session, entry: Entry, run: AnalysisRun, *, officer: User, now: dt.datetime
) -> None:
    """Pick quotes of different audiences that are about this entry alone and used nowhere else.

    Words out of which a name was taken are left alone: nobody looks at what the demo picks. Of
    each audience it is the most typical that is long enough to say something by itself.
    """
    closed_on = entry.report.consultation.closes_on
    alone = _about_one_theme(session, {theme.id for theme in entry.themes})
    used = {quote.text for other in entry.report.entries for quote in other.quotes}
    whole = _of_one_clause(session, run)
    offered: dict[str, list[evidence.Candidate]] = {}
    for one in evidence.quotable(session, run, entry.themes, closed_on):
        fits = (one.response_id, one.question) in alone and one.text not in used
        if fits and not PLACEHOLDER.search(one.text):
            offered.setdefault(one.audience, []).append(one)
    for mine in islice(offered.values(), QUOTES):
        one = _fullest(mine, whole)
        reports.add_quote(
            session, entry, run, (one.response_id, one.question, one.segment),
            actor=officer.id, now=now,
        )  # fmt: skip


def _fullest(
    mine: Sequence[evidence.Candidate], whole: Collection[tuple[str, str]]
) -> evidence.Candidate:
    """Return the most typical quote that says something by itself, or else the most typical."""
    for words, candidates in (
        (FULL_WORDS, [one for one in mine if (one.response_id, one.question) in whole]),
        (FULL_CLAUSE_WORDS, mine),
    ):
        for one in candidates:
            if len(one.text.split()) >= words:
                return one
    return mine[0]


def _of_one_clause(session: Session, run: AnalysisRun) -> frozenset[tuple[str, str]]:
    """Return the answers that a quote prints whole."""
    answer = (ProposedCoding.response_id, ProposedCoding.question)
    found = select(*answer).where(ProposedCoding.run_id == run.id).group_by(*answer)
    return frozenset((r, q) for r, q in session.execute(found.having(func.count() == 1)))


def _about_one_theme(session: Session, wanted: set[str]) -> set[tuple[str, str]]:
    """Return the answers that a person put in one of these themes and in no other."""
    themes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for coding in session.scalars(select(Coding)):
        themes[coding.response_id, coding.question].add(coding.theme_id)
    return {answer for answer, found in themes.items() if found <= wanted}
