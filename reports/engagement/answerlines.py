"""The measures of what came of it: read off what is published, and off the dates of the plan."""

import datetime as dt
from collections.abc import Iterator, Sequence

from engage.consultations import Consultation
from reports.checks.rules import later
from reports.documents import overdue, printed
from reports.documents.document import STATUS_WORDS, STATUSES, Document
from reports.documents.familywords import VERDICT_WORDS
from reports.engagement.measured import Measure, per_cent
from reports.entries import following
from reports.loop.told_measure import WHEN, ToldRate
from reports.models import Report
from reports.words import wording

AIM_DAYS, AIM_KEPT, MANY = 84, 90, 10
HALF_YEAR, YEAR = 6, 12
TOLD_BEFORE, CLEARLY = "PC16", "yes"


def in_time(
    plan: Consultation, findings: dt.date | None, published: dt.date | None
) -> Iterator[Measure]:
    """Yield how many days passed between closing and answering back."""
    named = (
        ("From closing to approved findings", findings),
        ("From closing to “You said, we did”", published),
    )
    for name, day in named:
        days = (day - plan.closes_on).days if day else None
        yield Measure(
            "answers", name, "", "Days from the last day for answers.",
            "Not yet" if days is None else wording.plural(days, "day", "days"),
            f"{wording.date(plan.closes_on)} to {wording.date(day)}" if day else "",
            f"Aim: {AIM_DAYS} days or fewer.",
        )  # fmt: skip


def answered(document: Document) -> Iterator[Measure]:
    """Yield whether what many raised has an answer, and how the answers stand."""
    many = [row for row in document.raised if any(_is_many(f.value, f.base) for f in row.facts)]
    with_entry = sum(bool(row.entry) for row in many)
    yield Measure(
        "answers", "Themes with an answer", "",
        f"Themes that {MANY} in 100 or more of any group raised, and that a published entry"
        " answers. Where numbers are hidden the theme is not among them.",
        per_cent(with_entry, len(many)) or "None raised by so many",
        f"{with_entry} of {wording.plural(len(many), 'theme', 'themes')}", "Aim: 100%.",
    )  # fmt: skip
    total = len(document.entries)
    for status in STATUSES:
        number = sum(entry.answer.status == status for entry in document.entries)
        yield Measure(
            "answers", "How answers stand", STATUS_WORDS[status],
            "Published answers by their status in the newest version.",
            per_cent(number, total), f"{number} of {wording.plural(total, 'answer', 'answers')}",
            "Some are expected: nobody can do everything." if status == "cant" else "",
        )  # fmt: skip


def kept(report: Report, document: Document, first: dt.date, today: dt.date) -> Iterator[Measure]:
    """Yield how many answers are late, and how many had their reviews in time."""
    late, total = len(overdue.notices(document, today)), len(document.entries)
    yield Measure(
        "answers", "Late now", "", "Published answers that owe a deed or a check today.",
        wording.number(late), f"of {wording.plural(total, 'answer', 'answers')}",
    )  # fmt: skip
    for months in (HALF_YEAR, YEAR):
        due = later(first, months)
        done = sum(
            any(e.review_month == months and e.on_date <= due for e in entry.events)
            for entry in report.entries
        )
        over = due < today
        yield Measure(
            "answers", f"Review after {months} months kept", "",
            "Answers whose review was written down by its day.",
            per_cent(done, len(report.entries)) if over else f"Due {wording.date(due)}",
            f"{done} of {wording.plural(len(report.entries), 'answer', 'answers')}",
            f"Aim: {AIM_KEPT}% or more.",
        )  # fmt: skip


def told(rates: Sequence[ToldRate]) -> Iterator[Measure]:
    """Yield how many of those who asked were told, at each milestone."""
    definition = "People who were told, by e-mail or by an officer, of those who asked to be."
    for rate in rates:
        value, base = rate.fact.value, rate.fact.base
        said = per_cent(value, base) if value is not None and base else "[c]"
        yield Measure(
            "trust", "Told what happened", WHEN[rate.milestone], definition, said,
            rate.fact.wording,
        )  # fmt: skip
    if not rates:
        yield Measure(
            "trust", "Told what happened", "", definition, "Not yet", "Nobody was told yet"
        )


def felt(document: Document) -> Iterator[Measure]:
    """Yield what bodies of families say of the answers, and what people said of last time."""
    given = [entry.verdict.given[-1].value for entry in document.entries if entry.verdict.given]
    for value, words in VERDICT_WORDS.items():
        yield Measure(
            "trust", "Families feel it", words,
            "Published answers by the newest word of a body of families about each.",
            wording.number(given.count(value)),
            f"of {wording.plural(len(given), 'answer', 'answers')} with a word of families",
        )  # fmt: skip
    for fact in printed.ledger(document):
        if fact.question == TOLD_BEFORE and (fact.option or "").startswith(CLEARLY):
            yield Measure(
                "trust", "Clearly told the last time", "",
                "What people answered when asked whether they were told the last time.",
                per_cent(fact.value, fact.base) if fact.value is not None and fact.base else "[c]",
                fact.wording,
            )  # fmt: skip


def _is_many(value: int | None, base: int | None) -> bool:
    return bool(value and base and 100 * value >= MANY * base)


def waiting(report: Report, owed: Sequence[following.Owed], today: dt.date) -> Iterator[Measure]:
    """Yield how many answers nobody has written although their day has passed."""
    asked = [entry for entry in report.entries if entry.answer_by or entry.response_type]
    late = sum(one.what == "answer" and one.due_on < today for one in owed)
    yield Measure(
        "answers", "Answers that owners owe", "",
        "Entries whose owner should have written the answer by now and has not.",
        wording.number(late), f"of {wording.plural(len(asked), 'entry', 'entries')}",
    )  # fmt: skip
