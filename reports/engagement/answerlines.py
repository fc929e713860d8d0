"""The measures of what came of it: read off what is published, and off the dates of the plan."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from engage.consultations import Consultation
from reports.checks.rules import later
from reports.documents import overdue, printed
from reports.documents.document import STATUS_WORDS, STATUSES, Document
from reports.documents.familywords import VERDICT_WORDS
from reports.documents.told import WHEN, ToldRate
from reports.engagement.defined import MANY
from reports.engagement.measured import Measure, share
from reports.entries import following
from reports.models import Report
from reports.representation.heardparts import GroupShare, Profile
from reports.words import wording

HALF_YEAR, YEAR = 6, 12
TOLD_BEFORE, CLEARLY = "PC16", "yes"
ANSWERS, THEMES, ENTRIES = ("answer", "answers"), ("theme", "themes"), ("entry", "entries")


def in_time(
    plan: Consultation, findings: dt.date | None, published: dt.date | None
) -> Iterator[Measure]:
    """Yield how many days passed between closing and answering back."""
    for key, day in (("to_findings", findings), ("to_answers", published)):
        days = (day - plan.closes_on).days if day else None
        yield Measure(
            key, "", "Not yet" if days is None else wording.plural(days, "day", "days"),
            f"{wording.date(plan.closes_on)} to {wording.date(day)}" if day else "", number=days,
        )  # fmt: skip


def answered(document: Document) -> Iterator[Measure]:
    """Yield whether what many raised has an answer, and how the answers stand."""
    many = [row for row in document.raised if any(_is_many(f.value, f.base) for f in row.facts)]
    with_entry = sum(bool(row.entry) for row in many)
    nothing = "None raised by so many"
    yield share("themes_answered", "", with_entry, len(many), THEMES, nothing=nothing)
    total = len(document.entries)
    for status in STATUSES:
        number = sum(entry.answer.status == status for entry in document.entries)
        yield share("standing", STATUS_WORDS[status], number, total, ANSWERS)


def beside_county(document: Document | None) -> Iterator[Measure]:
    """Yield how far the share of each group is from its share in the county, as it is printed."""
    profiles = document.who.profiles if document and document.who else ()
    if not profiles:
        yield Measure("beside_county", "", "Not yet", "It is counted with the published report")
    for one in profiles:
        if not one.is_compared:
            yield Measure("beside_county", one.title, "Not compared", "", one.note)
        for group in one.groups:
            if group.population:
                yield _beside(one, group)


def _beside(one: Profile, group: GroupShare) -> Measure:
    fact = group.fact
    said = f"{group.share} here, {group.population} in the county; index {group.index}"
    note = f"By chance alone {group.interval}: {group.compared}."
    gap = "no gap" if group.gap == "none" else group.gap
    return Measure(
        "beside_county", f"{one.title}: {group.label}", gap, said, note, fact.value, fact.base
    )


def kept(
    report: Report, document: Document, first: Document, began: dt.date, today: dt.date
) -> Iterator[Measure]:
    """Yield how many answers are late, and how many had their reviews in time.

    `first` is the version that promised the reviews, and `began` its day.
    """
    late = len(overdue.notices(document, today))
    yield share("late_now", "", late, len(document.entries), ANSWERS)
    promised = {entry.key for entry in first.entries}
    for months in (HALF_YEAR, YEAR):
        due = later(began, months)
        done = _reviewed(report, promised, months, due)
        of = f"After {months} months"
        if due < today:
            yield share("review_kept", of, done, len(promised), ANSWERS)
        else:
            said = f"{done} of {wording.plural(len(promised), *ANSWERS)} so far"
            yield Measure("review_kept", of, f"Due {wording.date(due)}", said)


def _reviewed(report: Report, promised: Collection[str], months: int, due: dt.date) -> int:
    """Count the answers whose review of a month was written down by its day."""
    return sum(
        any(e.review_month == months and e.on_date <= due for e in entry.events)
        for entry in report.entries
        if entry.key in promised
    )


def told(rates: Sequence[ToldRate]) -> Iterator[Measure]:
    """Yield how many of those who asked were told, at each milestone."""
    for rate in rates:
        of, fact = WHEN[rate.milestone], rate.fact
        yield share("told", of, fact.value, fact.base, note=f"{fact.wording}.")
    if not rates:
        yield Measure("told", "", "Not yet", "Nobody was told yet")


def felt(document: Document) -> Iterator[Measure]:
    """Yield what bodies of families say of the answers, and what people said of last time."""
    given = [entry.verdict.given[-1].value for entry in document.entries if entry.verdict.given]
    for value, words in VERDICT_WORDS.items():
        number = given.count(value)
        yield share("felt", words, number, len(given), ANSWERS, nothing="No word of families yet")
    for fact in printed.ledger(document):
        if fact.question == TOLD_BEFORE and (fact.option or "").startswith(CLEARLY):
            yield share("told_last_time", "", fact.value, fact.base, note=f"{fact.wording}.")


def _is_many(value: int | None, base: int | None) -> bool:
    return bool(value and base and 100 * value >= MANY * base)


def waiting(report: Report, owed: Sequence[following.Owed], today: dt.date) -> Iterator[Measure]:
    """Yield how many answers nobody has written although their day has passed."""
    asked = [entry for entry in report.entries if entry.answer_by or entry.response_type]
    late = sum(one.what == "answer" and one.due_on < today for one in owed)
    yield share("owed", "", late, len(asked), ENTRIES, nothing="Nobody was asked yet")
