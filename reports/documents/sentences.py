"""How an answer stands, said one way everywhere: every page and every format takes it from here.

Families' verdicts with their day, disagreement, refusals with reason and "instead", what was
reopened and what is late are what readers lose first when a report is shortened.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from reports.documents.document import BANDS, STATUS_WORDS, Answer, Document, Entry, Fact
from reports.documents.familywords import (
    REDACTED,
    VERDICT_WORDS,
    FamilyWord,
    Measured,
    Signature,
    VerdictValue,
)
from reports.documents.overdue import notice
from reports.words.wording import WHY_NOT_SHOWN, date, join, plural
from reports.words.wording import not_shown as left_out

#: A label, empty for words that need none, and what is said under it.
Said = tuple[str, str]
REOPENED = "Reopened"
LATER = "(Said after this version was published.)"
CAN_BE_ASKED = (
    "You can ask how many people of one group or of one district said something. You are told the"
    " number and what it is out of, or that it is too small to show."
)
late = notice


def status(answer: Answer) -> str:
    """Name how far an answer is, in the words that readers see."""
    return REOPENED if answer.reopened else STATUS_WORDS[answer.status]


def band(answer: Answer) -> str:
    """Name the second band in one breath, with the status only where that says something else."""
    if answer.status == "cant":
        return STATUS_WORDS["cant"]
    return (
        f"{BANDS[answer.status]} ({REOPENED.lower()})" if answer.reopened else BANDS[answer.status]
    )


def refusal(entry: Entry) -> list[Said]:
    """Return what cannot be done, why, and what there is instead."""
    answer = entry.answer
    said = [(entry.title, answer.text), because(answer), ("Instead", answer.instead)]
    return [(label, text) for label, text in said if text]


def because(answer: Answer) -> Said:
    """Return why something is not done, under the kind of reason."""
    kind = f" ({answer.because_kind.lower()})" if answer.because_kind else ""
    return f"Because{kind}", answer.because


def signature(one: Signature) -> str:
    """Say what a body that was asked to sign did; its name stands before it."""
    if one.state == "agreed":
        return f"agreed with this answer on {date(one.on)}." if one.on else "agreed."
    if one.state == "waiting":
        return "has not signed yet."
    later = LATER if one.later else ""
    words = ("does not agree with this answer.", _quoted(one.note, one.redaction), later)
    return " ".join(part for part in words if part)


def signatures(answer: Answer) -> list[Said]:
    """Return each body that was asked to sign, and what it says."""
    return [(one.body, signature(one)) for one in answer.signatures]


def verdict(word: FamilyWord) -> str:
    """Say what a body feels; its name and the day stand before it."""
    later = LATER if word.later else ""
    words = (f"{VERDICT_WORDS[word.value]}.", _quoted(word.text, word.redaction), later)
    return " ".join(part for part in words if part)


def held_back(answer: Answer) -> str:
    """Say beside "done" that a body of families has refused it since it was published."""
    bodies = [one.body for one in answer.signatures if one.later and one.state == "refused"]
    if not bodies or answer.status != "done":
        return ""
    does = "does" if len(bodies) == 1 else "do"
    return (
        f"{join(bodies)} {does} not agree that this is done. The next version will not call it"
        " done."
    )


def not_shown(document: Document) -> str:
    """Say why a count of who said something is not even called small, where there is one."""
    voices = (voice.fact for entry in document.entries for voice in entry.voices)
    return WHY_NOT_SHOWN if any(is_not_shown(fact) for fact in voices) else ""


def is_not_shown(fact: Fact) -> bool:
    """Tell whether a count of an audience is left out without being called small."""
    return fact.wording == left_out(fact.audience)


def can_be_asked(document: Document) -> str:
    """Say that numbers which stand nowhere in the report can be asked for, and of whom."""
    return f"{CAN_BE_ASKED} Write to {document.cover.contact}."


def verdicts(entry: Entry) -> list[Said]:
    """Return what each body feels with the day, or that nobody has been asked yet."""
    given = entry.verdict.given
    if not given:
        return [("", f"{entry.verdict.words} {entry.verdict.asked}".strip())]
    return [(f"{word.body}, {date(word.given_on)}", verdict(word)) for word in given]


def measured(one: Measured) -> str:
    """Say what is measured: where it began, where it is on which day, and who says so."""
    now = f"{one.current} on {date(one.as_at)}, {one.baseline} before"
    return f"{one.name}: {now}. Source: {one.source}."


def answered(answer: Answer, day: dt.date) -> list[Said]:
    """Return the whole second band in reading order, as it stands on a day."""
    measures = [("Measured", measured(one)) for one in answer.measures]
    parts = [
        ("", late(answer, day)),
        ("", answer.standing),
        ("", held_back(answer)),
        ("", answer.text),
        because(answer),
        ("Instead", answer.instead),
        ("What you should notice", answer.difference),
        ("Who", answer.owner),
        ("When", answer.when),
        ("Evidence", answer.evidence),
        *measures,
        ("How it came about", f"{answer.cause} {answer.decided}".strip()),
        *signatures(answer),
    ]
    return [(label, text) for label, text in parts if text]


def spoken(said: Iterable[Said]) -> list[str]:
    """Put each label before its words."""
    return [f"{label}: {text}" if label else text for label, text in said]


def as_text(said: Iterable[Said]) -> str:
    """Return everything in one paragraph, each part with a full stop."""
    return " ".join(part if part.endswith((".", "?", "!", "”", "]", ".)")) else f"{part}."
                    for part in spoken(said))  # fmt: skip


def history(entry: Entry) -> list[str]:
    """Return every dated step of an entry's life."""
    return [
        ". ".join(part for part in (
            f"{date(step.on)}: {STATUS_WORDS[step.status]}", step.note.rstrip("."),
            f"Evidence: {step.evidence.rstrip('.')}" if step.evidence else "",
        ) if part) + "."
        for step in entry.history
    ]  # fmt: skip


def standings(document: Document) -> list[str]:
    """Say in a few sentences what families think of all the answers, and what is open or late.

    For whatever is too short to print every entry.
    """
    day = document.cover.published_on
    entries = document.entries
    reopened = [entry.title for entry in entries if entry.answer.reopened]
    owed = [f"{one.title} ({late(one.answer, day)})" for one in entries if late(one.answer, day)]
    return [
        *_felt([word for entry in entries for word in entry.verdict.given]),
        *_refused(entries),
        *([f"Reopened: {join(_named(reopened))}."] if reopened else []),
        *([f"Late: {join(owed)}."] if owed else []),
    ]


def kept_short(entry: Entry, day: dt.date) -> str:
    """Say in one line what may not be lost where there is room for no more than a line."""
    answer = entry.answer
    reason = " ".join(line.text for line in answer.because_easy) or answer.because
    instead = " ".join(line.text for line in answer.instead_easy) or answer.instead
    return as_text(
        (label, text)
        for label, text in (
            ("", late(answer, day)),
            ("Why", reason),
            ("What there is", instead),
            *((one.body, "does not agree") for one in answer.signatures if one.state == "refused"),
            *((f"{word.body}, {date(word.given_on)}", VERDICT_WORDS[word.value])
              for word in entry.verdict.given),
        )
        if text
    )  # fmt: skip


def telling(document: Document, most: int) -> list[Entry]:
    """Choose a few entries in reading order: what was refused, disputed or late comes before all.

    Whoever has room for a few answers would otherwise choose the easy ones.
    """
    day = document.cover.published_on
    tests: tuple[Callable[[Entry], bool], ...] = (
        lambda one: one.answer.status == "cant",
        disputed,
        lambda one: bool(late(one.answer, day)),
        lambda one: one.answer.status == "done",
        lambda _: True,
    )
    chosen: list[Entry] = []
    for place, test in enumerate(tests):
        found = [one for one in document.entries if test(one) and one not in chosen]
        chosen += found if place == len(tests) - 1 else found[:1]
    return [one for one in document.entries if one in chosen[:most]]


def disputed(entry: Entry) -> bool:
    """Tell whether a body of families does not agree, or does not feel it."""
    return (
        entry.answer.reopened
        or any(one.state == "refused" for one in entry.answer.signatures)
        or any(word.value == "not_yet" for word in entry.verdict.given)
    )


def checked(document: Document) -> str:
    """Say who checked the easy read and when, or that nobody has."""
    if not document.easy_checked_by:
        return "The easy read is not yet checked by readers."
    on = f" on {date(document.easy_checked_on)}" if document.easy_checked_on else ""
    return f"The easy read was checked by {document.easy_checked_by}{on}."


def _quoted(text: str, redaction: str) -> str:
    if redaction:
        return f"[{REDACTED[redaction]}]"
    return f"“{text}”" if text else ""


def _named(titles: Iterable[str]) -> list[str]:
    return [f"“{title}”" for title in titles]


def _felt(words: Sequence[FamilyWord]) -> list[str]:
    found = []
    for body in dict.fromkeys(word.body for word in words):
        mine = [word for word in words if word.body == body]
        counted: Counter[VerdictValue] = Counter(word.value for word in mine)
        said = [
            f"“{text}” to {plural(counted[value], 'answer', 'answers')}"
            for value, text in VERDICT_WORDS.items()
            if counted[value]
        ]
        last = max(word.given_on for word in mine)
        found.append(f"{body} said by {date(last)}: {join(said)}.")
    return found


def _refused(entries: Sequence[Entry]) -> list[str]:
    found: dict[str, list[str]] = {}
    for entry in entries:
        for one in entry.answer.signatures:
            if one.state == "refused":
                found.setdefault(one.body, []).append(entry.title)
    return [
        f"{body} does not agree with: {join(_named(titles))}." for body, titles in found.items()
    ]
