"""Gathers from draft, evidence and the language checkers what the rules decide about."""

import functools
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from analysis.redaction import redact
from engage.kept import Kept
from engage.settings import Settings
from reports.checks.rules import (
    CountFacts,
    EntryFacts,
    QuoteFacts,
    ReportFacts,
    SignOffFacts,
    ThemeFacts,
    ToldBefore,
)
from reports.documents.document import Fact, Voice
from reports.entries import answers, easy_checks, falling, standing
from reports.findings import evidence
from reports.models import Entry, EntryQuote, Report
from reports.models.arrangements import ReportSection
from reports.models.life import OldPromise
from reports.publishing import counts, givenaway
from reports.publishing.counts import Tally
from reports.words import easylines
from surveys import easyread, pictures
from surveys.queries import FreeText

HARD_TO_READ = frozenset({"long", "two ideas", "per cent"})
#: Starter themes about being safe or being treated fairly: answered however few raise them.
EQUALITY_OR_SAFETY = frozenset({"T03", "T19", "T23"})
#: What the redactor found in a text of staff's: a page of the desk asks it of every text again.
_private: Kept[tuple[str, ...]] = Kept(1_000)
State = Mapping[tuple[str, str], FreeText]


def report_facts(
    session: Session, report: Report, made: Tally | None, settings: Settings
) -> ReportFacts:
    """Collect everything the rules ask about a draft; without a run there are no counts."""
    plan, run = report.consultation, made.run if made else None
    quoted = (quote.response_id for entry in report.entries for quote in entry.quotes)
    state = evidence.quote_state(session, run, quoted) if run else {}
    before = _told_before(session, report)
    easy = {"the summary": report.easy_summary, "who we did not hear from": report.easy_not_heard}
    own = [part for part in report.sections if part.kind == "text" and part.shown]
    return ReportFacts(
        summary=report.summary,
        not_heard=report.not_heard,
        opened_on=plan.opens_on,
        closed_on=plan.closes_on,
        contact=plan.contact,
        next_update=report.next_update,
        has_method=run is not None,
        unread=evidence.unread(session, run) if run else 0,
        easy_missing=_missing(easy),
        easy_faults=easy_faults([*easy.values(), *(part.easy_words for part in own)])
        + _too_long_on_average(report),
        private_details=private_details(
            [report.title, report.summary, report.not_heard, *_of_own(own)]
        ),
        entries=tuple(_entry(session, e, made, settings, state, before) for e in report.entries),
        themes=_themes(session, report, run) if run else (),
        findings_approved=report.findings_approved_at is not None,
        easy_checked=easy_checks.in_force(report) is not None,
        given_away=givenaway.sentences(made.shown.betrayed, report) if made else (),
    )


def _of_own(parts: Sequence[ReportSection]) -> list[str]:
    """Return every word of texts between the other parts of a report."""
    return [text for part in parts for text in (part.heading, part.words, part.easy_words)]


def private_details(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what the redactor would take out of texts that staff wrote for the public."""
    return tuple(
        found for text in texts for found in _private.get(text, functools.partial(_points_at, text))
    )


def _points_at(text: str) -> tuple[str, ...]:
    return tuple(f"“{text[s.start : s.end]}” ({s.kind})" for s in redact(text).spans if s.sure)


def easy_faults(texts: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for every easy-read line that readers could not manage."""
    return tuple(fault for text in texts for fault in _faults(text))


def easy_advice(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what else would make the easy-read lines easier; formulas only advise."""
    lines = [line.text for text in texts for line in easylines.parse(text)]
    return tuple(
        f"Easy read, “{line}”: {advice.text}"
        for line in lines
        for advice in easyread.review_line(line)
        if advice.rule not in HARD_TO_READ
    )


def _faults(written: str) -> Iterator[str]:
    known = pictures.table()
    for line in easylines.parse(written):
        if line.picture and line.picture not in known:
            yield f"There is no picture called “{line.picture}”. Choose one from the list."
        for advice in easyread.review_line(line.text):
            if advice.rule in HARD_TO_READ:
                yield f"Easy read, “{line.text}”: {advice.text}"


def _too_long_on_average(report: Report) -> tuple[str, ...]:
    """Look at all easy-read lines of the report together: a mean says more than one line."""
    texts = [report.easy_summary, report.easy_not_heard]
    texts += [text for entry in report.entries for text in _easy_texts(entry).values()]
    mean = easyread.mean_words([ln.text for text in texts for ln in easylines.parse(text)])
    if mean <= easyread.MEAN_SENTENCE:
        return ()
    return (f"Easy read: sentences have {mean:.1f} words on average. Write shorter ones.",)


def _themes(session: Session, report: Report, run: AnalysisRun) -> tuple[ThemeFacts, ...]:
    """Return every approved theme with its shares, and whether an entry answers it."""
    answered = {theme.id for entry in report.entries for theme in entry.themes}
    bases = queries.base_by_audience(session, run.id)
    found = []
    for theme in queries.approved_themes(session, report.consultation_id):
        people = queries.people_by_audience(session, run.id, [theme])
        found.append(
            ThemeFacts(
                name=theme.name,
                shares=tuple((people.get(code, 0), base) for code, base in bases.items()),
                is_serious=theme.starter_code in EQUALITY_OR_SAFETY,
                is_answered=theme.id in answered,
            )
        )
    return tuple(found)


def _told_before(session: Session, report: Report) -> tuple[tuple[str, ToldBefore], ...]:
    """Return what was promised before, with the id of the entry or of the promise in prose.

    These are the answers of this report and of those opened before it, and old promises.
    """
    rows = session.execute(
        select(Entry.id, Entry.title, Report.title, Entry.report_id, Entry.we_did_text)
        .join(Report, Report.id == Entry.report_id)
        .where(Report.created_at <= report.created_at, Entry.we_did_text != "")
    )
    answers = tuple(
        (entry_id, ToldBefore(title if home == report.id else f"{title}, in {book}", did))
        for entry_id, title, book, home, did in rows
    )
    mine = OldPromise.is_demo == report.consultation.is_demo
    prose = session.scalars(select(OldPromise).where(mine).order_by(OldPromise.key))
    return answers + tuple(
        (one.id, ToldBefore(f"{one.title}, in {one.source}", one.promise)) for one in prose
    )


def _entry(  # an entry's facts come from everywhere
    session: Session,
    entry: Entry,
    made: Tally | None,
    settings: Settings,
    state: State,
    before: tuple[tuple[str, ToldBefore], ...],
) -> EntryFacts:
    run = made.run if made else None
    people = evidence.people(session, run, entry.themes) if run else {}
    easy = _easy_texts(entry)
    return EntryFacts(
        key=entry.key,
        themes=len(entry.themes),
        unapproved_themes=sum(not t.approved_at or bool(t.retired_at) for t in entry.themes),
        stale_themes=0 if run is None else evidence.not_in_run(run, entry.themes),
        counts=_counts(counts.voices(made, entry) if made else (), people),
        threshold=settings.threshold,
        said=entry.said_text,
        response_type=entry.response_type,
        did=entry.we_did_text,
        because_kind=entry.because_kind,
        because=entry.because_text,
        instead=entry.instead_text,
        evidence=" ".join([entry.evidence_text, *(one.name for one in entry.measures)]),
        owner_role=entry.owner_role,
        owner_org=entry.owner_org,
        caused_by=entry.caused_by,
        started_on=entry.started_on,
        due_on=entry.due_on,
        done_on=entry.done_on,
        review_due=entry.review_due,
        quotes=tuple(_quote(quote, state, people) for quote in entry.quotes),
        private_details=private_details([*_texts(entry), *easy.values()]),
        easy_missing=_missing(easy),
        easy_faults=easy_faults([*easy.values()]),
        easy_advice=easy_advice([*easy.values()]),
        texts=_long_texts(entry),
        sign_offs=tuple(SignOffFacts(one.body, one.state) for one in standing.signatures(entry)),
        told_before=tuple(told for entry_id, told in before if entry_id != entry.id),
        has_decision=bool(entry.report.decisions),
        family_details=private_details(_family_texts(entry)),
        fallen=falling.fallen(answers.measures(entry)),
        decided_on=entry.decided_on,
    )


def _family_texts(entry: Entry) -> list[str]:
    """Return the words of bodies of families that are printed: theirs, so the rules only advise."""
    words = [one.text for one in standing.family_words(entry)]
    return words + [one.note for one in standing.signatures(entry)]


def _long_texts(entry: Entry) -> tuple[str, ...]:
    """Return what families read in the standard edition."""
    texts = (entry.said_text, entry.we_did_text, entry.because_text, entry.instead_text)
    return tuple(text for text in texts if text.strip())


def _counts(voices: Sequence[Voice], people: Mapping[str, int]) -> tuple[CountFacts, ...]:
    return tuple(
        CountFacts(
            audience=voice.label,
            shown=voice.fact.value,
            base=voice.fact.base,
            recounted=_recounted(voice.fact, people),
        )
        for voice in voices
    )


def _recounted(fact: Fact, people: Mapping[str, int]) -> int:
    """Count again; what stands as an earlier version printed it was true then."""
    return fact.value if fact.held and fact.value else people.get(fact.audience or "", 0)


def _quote(quote: EntryQuote, state: State, people: Mapping[str, int]) -> QuoteFacts:
    row = state.get((quote.response_id, quote.question))
    return QuoteFacts(
        permitted=row is None or row.may_quote,
        withdrawn=row is None,
        held=row is not None and not row.may_be_shown,
        slice_people=people.get(row.audience, 0) if row else 0,
    )


def _texts(entry: Entry) -> list[str]:
    return [
        entry.title, entry.said_text, entry.also_said, entry.we_did_text, entry.because_text,
        entry.instead_text, entry.evidence_text, entry.difference, entry.owner_role,
        *(text for one in entry.measures for text in (one.name, one.source)),
        *(text for step in entry.events for text in (step.note, step.evidence)),
    ]  # fmt: skip


def _easy_texts(entry: Entry) -> dict[str, str]:
    """Return the easy-read texts that this entry needs: a reason only where there is one."""
    texts = {
        "the title": entry.easy_title,
        "what people said": entry.said_easy,
        "the answer": entry.we_did_easy,
    }
    if entry.because_text.strip():
        texts["the reason"] = entry.because_easy
    if entry.instead_text.strip():
        texts["what there is instead"] = entry.instead_easy
    return texts


def _missing(texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name, text in texts.items() if not easylines.parse(text))
