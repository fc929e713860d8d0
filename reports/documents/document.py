"""The published report as one frozen value: everything a reader sees, and nothing else.

Every number is a Fact with base and sentence; the ledger of figures is read off the document.
"""

import dataclasses
import datetime as dt
from typing import Literal

from engage.kept import Kept
from reports.documents.familywords import FamilyWord, Measured, Signature
from reports.documents.themeparts import ThemeMap
from reports.findings.found import SurveyFindings
from reports.representation.heardparts import Heard
from reports.words import canonical, excerpts, wording
from reports.words.easylines import EasyLine
from reports.words.facts import Fact as Fact  # noqa: PLC0414  # what every part of a document holds
from reports.words.facts import Hidden as Hidden  # noqa: PLC0414  # as above
from reports.words.sections import Section

Status = Literal["done", "doing", "planned", "cant", "finding"]
STATUSES: tuple[Status, ...] = ("done", "doing", "planned", "cant", "finding")
STATUS_WORDS: dict[Status, str] = {
    "done": "Done",
    "doing": "In progress",
    "planned": "Planned",
    "cant": "We can't do this",
    "finding": "Still finding out",
}
BANDS: dict[Status, str] = {
    "done": "We did",
    "doing": "We are doing",
    "planned": "We will",
    "cant": "We can't",
    "finding": "We are finding out",
}
EASY_BANDS: dict[Status, EasyLine] = {
    "done": EasyLine("We did this.", "done"),
    "doing": EasyLine("We are doing this now.", "doing"),
    "planned": EasyLine("We will do this.", "planned"),
    "cant": EasyLine("We cannot do this.", "cant"),
    "finding": EasyLine("We are finding out.", "finding_out"),
}
EASY_HEADINGS: dict[Status, str] = {
    "done": "We did",
    "doing": "We are doing",
    "planned": "We will do",
    "cant": "We cannot do",
    "finding": "We are finding out",
}
RESPONSE_TYPES: dict[str, Status] = {
    "done": "done",
    "already_exists": "done",
    "doing": "doing",
    "partly": "doing",
    "planned": "planned",
    "cant_now": "cant",
    "cant_ever": "cant",
    "not_ours_passed_on": "cant",
    "need_to_find_out": "finding",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures on the front: the number large, its meaning and base beside it."""

    fact: Fact
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Voice:
    """Who said it: one audience, its count, and its easy-read line (no text when nobody did)."""

    label: str
    easy: EasyLine
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Quotation:
    """Words that their writer allowed us to print, and who the writer is, at most by role.

    Attributes:
        text: the words as they are kept; a writer who takes them out is found by them.
        cut_before, cut_after: whether the sentence went on there.
    """

    text: str
    attribution: str
    cut_before: bool = False
    cut_after: bool = False

    @property
    def shown(self) -> str:
        """Return the words with an ellipsis where some were left out of the sentence."""
        return excerpts.shown(self.text, excerpts.Cut(self.cut_before, self.cut_after))


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One dated line of an entry's history."""

    on: dt.date
    status: Status
    note: str
    evidence: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """The second band: what is done about it, by whom, when, why, and what else there is.

    `standing` says in a sentence why the status is not the one that was written, if it is not.
    """

    status: Status
    text: str
    easy: tuple[EasyLine, ...]
    owner: str
    when: str
    because_kind: str
    because: str
    because_easy: tuple[EasyLine, ...]
    instead: str
    instead_easy: tuple[EasyLine, ...]
    evidence: str
    difference: str
    cause: str
    review_due: dt.date | None
    response_type: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    reopened: bool = False
    standing: str = ""
    decided: str = ""
    measures: tuple[Measured, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """The third band: whether families feel it, one word for each body that was asked.

    `asked` says how and when they will be asked, while nobody has been.
    """

    words: str
    asked: str
    given: tuple[FamilyWord, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One "you said, we did": three bands, its themes and its history.

    `local_offer` is the category of regulation 56, where the entry is about the Local Offer.
    """

    key: str
    title: str
    easy_title: EasyLine
    ambition: str
    said: str
    said_easy: tuple[EasyLine, ...]
    also_said: str
    voices: tuple[Voice, ...]
    quotes: tuple[Quotation, ...]
    answer: Answer
    verdict: Verdict
    history: tuple[Step, ...]
    theme_ids: tuple[str, ...]
    bees: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    service_areas: tuple[str, ...] = ()
    reg56_category: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """An ambition of the strategy and the entries under it."""

    code: str
    label: str
    easy: EasyLine
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Raised:
    """One row of "what people raised": a theme, its count for each audience, and its entry.

    There is no total: with it, a hidden count could be worked out by subtraction.
    """

    label: str
    facts: tuple[Fact, ...]
    entry: str


@dataclasses.dataclass(frozen=True, slots=True)
class Base:
    """One audience of the table and charts, and how many of it wrote a comment."""

    audience: str
    label: str
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class CloudWord:
    """One word of the cloud; its fact counts the people who used it."""

    word: str
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A labelled line of the method box, with the fact it rests on where it is a number."""

    label: str
    text: str
    fact: Fact | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Cover:
    """What stands above everything else, on the page and on the cover of the PDF."""

    title: str
    easy_title: str
    consultation: str
    organisation: str
    slug: str
    address: str
    version: int
    published_on: dt.date
    next_update: dt.date
    contact: str
    is_demo: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A whole published report, schema 1.

    Attributes:
        record: what the run of the analysis was, for whoever has to account for the tool.
        easy_checked_by: the group of readers that checked the easy read; empty before one has.
        findings: what people answered to the questions of each questionnaire.
        who: who was heard and who was not; None in versions from before that was counted.
        sections: its parts in order, as somebody arranged them; none means the usual ones.
        theme_map: where the themes lie by meaning; None where there is nothing to draw.
    """

    schema: int
    cover: Cover
    summary: str
    easy_summary: tuple[EasyLine, ...]
    heard: Fact
    headlines: tuple[Headline, ...]
    groups: tuple[Group, ...]
    raised: tuple[Raised, ...]
    bases: tuple[Base, ...]
    words: tuple[CloudWord, ...]
    not_heard: str
    easy_not_heard: tuple[EasyLine, ...]
    method: tuple[Line, ...]
    note: str
    record: tuple[Line, ...] = ()
    easy_checked_by: str = ""
    findings: tuple[SurveyFindings, ...] = ()
    who: Heard | None = None
    easy_checked_on: dt.date | None = None
    sections: tuple[Section, ...] = ()
    theme_map: ThemeMap | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries in reading order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def answered(self) -> str:
        """Say how many people answered, and after that where the number is from, without a stop."""
        people, mark = self._answered()
        return f"{people} answered {mark}".rstrip()

    @property
    def easy_answered(self) -> str:
        """Say the same in easy read, which marks no number with a version."""
        return f"{self._answered()[0]} answered us."

    def _answered(self) -> tuple[str, str]:
        mark = wording.as_in(self.heard.held) if self.heard.held else ""
        return self.heard.wording.removesuffix(f" {mark}"), mark

    @property
    def refusals(self) -> tuple[Entry, ...]:
        """Return what will not be done: readers are owed these in one place."""
        return tuple(entry for entry in self.entries if entry.answer.status == "cant")


_read: Kept[Document] = Kept(16)


def to_json(document: Document) -> str:
    """Write the document as canonical JSON: the text that is stored and fingerprinted."""
    return canonical.dumps(document)


def from_json(text: str) -> Document:
    """Read a stored document; raise ShapeError when it is not one of schema 1.

    Reading checks every field, a tenth of a second for a long report, and nothing in a document
    can be changed: the last few are kept.
    """
    return _read.get(text, lambda: canonical.loads(Document, text))
