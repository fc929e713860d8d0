"""The easy edition of a report in its parts: the same lines on the page, on paper and on slides."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from reports.documents import sentences
from reports.documents.document import EASY_BANDS, EASY_HEADINGS, Answer, Document, Entry
from reports.documents.familywords import EASY_VERDICTS, FamilyWord, Signature
from reports.documents.overdue import notice
from reports.findings import answered
from reports.words.easylines import EasyLine
from reports.words.sections import Section
from reports.words.wording import date

#: A heading and the lines under it.
Part = tuple[str, tuple[EasyLine, ...]]
REOPENED = (
    EasyLine("We said we did this.", "done"),
    EasyLine("Now we look at it again.", "doing"),
)
LATE = EasyLine("We are late.", "calendar")
LATER = EasyLine("They told us this later.", "calendar")
STATES = {
    "agreed": EasyLine("They say yes to this.", "yes"),
    "refused": EasyLine("They say no to this.", "no"),
    "waiting": EasyLine("They have not told us yet.", "dont_know"),
}
ASKED = (
    EasyLine("We asked questions.", "question"),
    EasyLine("People picked an answer.", "choose"),
    EasyLine("Some people did not answer us.", "missing"),
)
NOT_SHOWN = (
    EasyLine("Some numbers are not here.", "count"),
    EasyLine("So nobody can find out who said it.", "private"),
)
UNASKED = (
    EasyLine("We do not know yet.", "dont_know"),
    EasyLine("We will ask you.", "question"),
)


def entry(
    one: Entry, *, is_late: bool, given: Sequence[FamilyWord], refused: Sequence[Signature] = ()
) -> tuple[Part, ...]:
    """Return an entry as headings with lines.

    `given` holds every verdict to show, `refused` who said no after it was published.
    """
    answer = one.answer
    told = tuple(voice.easy for voice in one.voices if voice.easy.text)
    later = (dataclasses.replace(no, later=True) for no in refused)
    band = (EASY_BANDS[answer.status], *_standing(answer, is_late=is_late), *answer.easy)
    parts: tuple[Part, ...] = (
        ("You said", (*one.said_easy, *told)),
        (EASY_HEADINGS[answer.status], band),
        ("Why", answer.because_easy),
        ("What there is for you", answer.instead_easy),
        ("Do they say yes?", _signatures((*answer.signatures, *later))),
        ("Does it feel true?", verdicts(given)),
    )
    return tuple(part for part in parts if part[1])


def printed(one: Entry, day: dt.date) -> tuple[Part, ...]:
    """Return an entry as it stood on the day of its version, for whatever is a file."""
    late = bool(notice(one.answer, day))
    return entry(one, is_late=late, given=one.verdict.given)


def verdicts(given: Sequence[FamilyWord]) -> tuple[EasyLine, ...]:
    """Say what each body feels and when it said so."""
    told = [
        (
            EasyLine(f"We asked: {word.easy_body}.", "group"),
            EasyLine(f"They told us on {date(word.given_on)}.", "calendar"),
            EASY_VERDICTS[word.value],
        )
        for word in given
    ]
    return tuple(line for lines in told for line in lines) or UNASKED


def not_shown(document: Document) -> tuple[EasyLine, ...]:
    """Say why some lines give no number, where there is such a line."""
    return NOT_SHOWN if sentences.not_shown(document) else ()


def checked(document: Document) -> tuple[EasyLine, ...]:
    """Say who checked the easy read and when, or that nobody has."""
    if not document.easy_checked_by:
        return (EasyLine("No group of readers has checked this yet.", "information"),)
    first = EasyLine(f"{document.easy_checked_by} checked this.", "group")
    if document.easy_checked_on is None:
        return (first,)
    return first, EasyLine(f"They checked it on {date(document.easy_checked_on)}.", "calendar")


def lines(document: Document, sections: Sequence[Section]) -> Iterator[EasyLine]:
    """Yield every line whose picture a page of the easy edition may show."""
    yield from (*document.easy_summary, *document.easy_not_heard, *checked(document))
    yield from (*ASKED, *answered.easy_lines(document.findings))
    yield from document.who.easy if document.who else ()
    for section in sections:
        yield from section.easy
    for one in document.entries:
        for _, inside in entry(one, is_late=True, given=one.verdict.given):
            yield from inside
    yield from (*EASY_VERDICTS.values(), *STATES.values(), *UNASKED, *REOPENED, *NOT_SHOWN, LATE)


def _standing(answer: Answer, *, is_late: bool) -> tuple[EasyLine, ...]:
    return (REOPENED if answer.reopened else ()) + ((LATE,) if is_late else ())


def _signatures(given: Iterable[Signature]) -> tuple[EasyLine, ...]:
    return tuple(
        line
        for one in given
        for line in (
            EasyLine(f"We asked: {one.easy_body}.", "group"),
            *((LATER,) if one.later else ()),
            STATES[one.state],
        )
    )
