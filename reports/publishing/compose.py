"""From draft and evidence to the document: the one place where a published page is put together."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage import taxonomy
from engage.consultations import local_date
from engage.settings import Settings
from reports.documents import printed
from reports.documents.document import (
    RESPONSE_TYPES,
    Cover,
    Document,
    Entry,
    Group,
    Quotation,
    Step,
    Verdict,
    Voice,
)
from reports.entries import arranging, easy_checks, standing
from reports.entries.answers import answer
from reports.findings import composing, evidence
from reports.models import Entry as Draft
from reports.models import Report
from reports.publishing import counts, method, record, themeplaces
from reports.publishing.counts import Tally
from reports.publishing.headlines import headlines
from reports.representation import heardsaid
from reports.words import easylines, wording
from reports.words.easylines import EasyLine

OTHER = "OTHER"


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """A whole published report, and what it was made of."""

    document: Document
    made: Tally


def composed(  # everything that decides what is printed is named
    session: Session,
    report: Report,
    made: Tally,
    *,
    settings: Settings,
    version: int,
    now: dt.datetime,
    note: str = "",
) -> Composed:
    """Put the whole published report together from the draft and what was counted of one run.

    `note` says in one sentence what changed since what was printed before.
    """
    themes = queries.approved_themes(session, report.consultation_id)
    run = made.run
    entries = [_entry(draft, made) for draft in report.entries]
    checked = easy_checks.in_force(report)
    raised = counts.raised(made, report, themes)
    document = Document(
        schema=1,
        cover=_cover(report, settings, version, local_date(now)),
        summary=report.summary,
        easy_summary=_easy(report.easy_summary, "information"),
        heard=made.population.heard,
        headlines=headlines(made.population, raised, entries),
        groups=_groups(entries, local_date(now)),
        raised=raised,
        bases=made.population.bases,
        words=counts.words(made),
        not_heard=report.not_heard,
        easy_not_heard=_easy(report.easy_not_heard, "missing"),
        method=method.box(session, run, made.shown, made.population, report.consultation, themes),
        note=note,
        record=record.lines(session, run),
        findings=composing.said(session, report, made.asked, made.shown),
        who=heardsaid.presented(made.heard, made.shown, made.clouds) if made.heard else None,
        easy_checked_by=checked.readers if checked else "",
        easy_checked_on=checked.checked_on if checked else None,
        sections=arranging.sections(report),
        theme_map=themeplaces.placed(session, run, themes, raised),
    )
    return Composed(printed.all_marked(document, made.shown), made)


def _cover(report: Report, settings: Settings, version: int, today: dt.date) -> Cover:
    plan = report.consultation
    return Cover(
        title=report.title,
        easy_title=report.easy_title,
        consultation=plan.title,
        organisation=settings.organisation,
        slug=report.slug,
        address=f"{settings.public_url}/you-said-we-did/{report.slug}/v{version}/",
        version=version,
        published_on=today,
        next_update=report.next_update or today,
        contact=plan.contact,
        is_demo=plan.is_demo,
    )


def _entry(draft: Draft, made: Tally) -> Entry:
    spoken = counts.voices(made, draft)
    picture = _theme_picture(draft, made.run)
    return Entry(
        key=draft.key,
        title=draft.title,
        easy_title=EasyLine(draft.easy_title, picture),
        ambition=draft.ambition or OTHER,
        said=draft.said_text,
        said_easy=_easy(draft.said_easy, picture),
        also_said=draft.also_said,
        voices=spoken,
        quotes=_quotes(draft, made),
        answer=answer(draft),
        verdict=_verdict(draft, spoken),
        history=_history(draft),
        theme_ids=tuple(sorted(theme.id for theme in draft.themes)),
        bees=_tags(draft, "outcome_bees"),
        promises=_tags(draft, "promises"),
        service_areas=_tags(draft, "service_areas"),
        reg56_category=draft.reg56_category or "",
    )


def _quotes(draft: Draft, made: Tally) -> tuple[Quotation, ...]:
    """Return the quotes of an entry, each with a mark where its sentence went on."""
    cuts = evidence.cuts_of(made.session, made.run, draft.quotes)
    return tuple(
        Quotation(one.text, one.attribution, cut.before, cut.after)
        for one, cut in zip(draft.quotes, cuts, strict=True)
    )


def _tags(draft: Draft, name: str) -> tuple[str, ...]:
    return tuple(tag.code for tag in draft.tags if tag.taxonomy == name)


def _verdict(draft: Draft, spoken: Sequence[Voice]) -> Verdict:
    """Print what families say; before that, say honestly that nobody has been asked, and when."""
    who = wording.join([wording.audience(v.fact.audience) for v in spoken]) or "families"
    by = draft.review_due or draft.report.next_update
    when = f" by {wording.date(by)}" if by else ""
    asked = f"We promised to ask {who}{when} and to print here what they say, beside our own words."
    return standing.verdict(draft, asked)


def _history(draft: Draft) -> tuple[Step, ...]:
    by_status = {status: status for status in RESPONSE_TYPES.values()}
    return tuple(Step(e.on_date, by_status[e.status], e.note, e.evidence) for e in draft.events)  # type: ignore[index]  # the table's check keeps it to these five words


def _groups(entries: Sequence[Entry], today: dt.date) -> tuple[Group, ...]:
    found = []
    for term in taxonomy.terms("ambitions", today):
        inside = tuple(entry for entry in entries if entry.ambition == term.code)
        if inside:
            line = EasyLine(f"{term.easy_label.rstrip('.')}.", term.picture)
            found.append(Group(term.code, term.label, line, inside))
    placed = {group.code for group in found}
    rest = tuple(entry for entry in entries if entry.ambition not in placed)
    if rest:
        found.append(
            Group(OTHER, "Other things you raised", EasyLine("Other things.", "other"), rest)
        )
    return tuple(found)


def _picture(name: str, code: str, run: AnalysisRun) -> str:
    term = taxonomy.term(name, code, run.finished_at.date())
    return term.picture if term else ""


def _easy(written: str, picture: str) -> tuple[EasyLine, ...]:
    return easylines.illustrated(easylines.parse(written), picture)


def _theme_picture(draft: Draft, run: AnalysisRun) -> str:
    codes = [theme.starter_code for theme in draft.themes if theme.starter_code]
    pictures = [_picture("starter_codes", code, run) for code in codes]
    return next((name for name in pictures if name), "information")
