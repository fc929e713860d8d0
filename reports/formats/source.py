"""What every format is made from: a document, its drawings, and what must be said about both."""

import dataclasses
from collections.abc import Iterable, Mapping

from reports.documents.document import Document, Entry
from reports.documents.told import ToldRate

TAKEN_OUT = "[taken out]"
TOMBSTONE = (
    "Some words were taken out of this report: their writer asked for it, or they could point at"
    f" somebody or harm somebody. {TAKEN_OUT} or the reason stands in their place."
)
INVENTED = (
    "The words and answers in this report are invented to show how Engage works."
    " No real person or organisation said, decided or signed any of it."
)
LATER = (
    "This file was made anew: families said something after this version was published. It stands"
    " beside the answer, marked. Everything else is as it was published."
)
EASY_LATER = "We added what families told us later."
EASY_TOMBSTONE = "We took some words out of the report. It says where."
EASY_INVENTED = "This is an example. We made it up."
SHORT_INVENTED = "Invented to show how Engage works."
SHORT_TOMBSTONE = "Some words were taken out."
SHORT_LATER = "What families said later is marked."
INVENTED_TITLE = "Invented example: "
GROUPED = "comments/grouped"


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """One version to write down in some format.

    Attributes:
        document: with a mark in place of words that were taken out.
        drawings: SVG by name, as `render.charts` draws them.
        draft: a sentence for every page if nobody has approved it yet; empty once published.
        told: how many of those who asked were told, once that is known.
    """

    document: Document
    drawings: Mapping[str, str]
    draft: str = ""
    told: tuple[ToldRate, ...] = ()

    @property
    def who_was_told(self) -> tuple[str, ...]:
        """Return a sentence for each time that people were told."""
        return tuple(f"{rate.fact.wording}." for rate in self.told)

    @property
    def title(self) -> str:
        """Return the title that a file carries in its properties."""
        return self.named(self.document.cover.title)

    def named(self, title: str) -> str:
        """Say of any title at once that it is invented or a draft."""
        mark = "DRAFT: " if self.draft else ""
        return f"{mark}{INVENTED_TITLE if self.document.cover.is_demo else ''}{title}"

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what every format says before anything else."""
        said = (
            self.draft,
            INVENTED if self.document.cover.is_demo else "",
            TOMBSTONE if self.has_gaps else "",
            LATER if self.has_later_words else "",
        )
        return tuple(notice for notice in said if notice)

    @property
    def easy_notices(self) -> tuple[str, ...]:
        """Return the same for formats in easy words."""
        said = (
            self.draft,
            EASY_INVENTED if self.document.cover.is_demo else "",
            EASY_TOMBSTONE if self.has_gaps else "",
            EASY_LATER if self.has_later_words else "",
        )
        return tuple(notice for notice in said if notice)

    def shortly(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Return the same of some entries in few words, for what is read in a list: after them."""
        printed = tuple(entries)
        said = (
            self.draft,
            SHORT_INVENTED if self.document.cover.is_demo else "",
            SHORT_TOMBSTONE if any(map(_has_gap, printed)) else "",
            SHORT_LATER if any(map(_has_later_words, printed)) else "",
        )
        return tuple(notice for notice in said if notice)

    @property
    def has_gaps(self) -> bool:
        """Tell whether a mark stands where words were taken out."""
        return any(map(_has_gap, self.document.entries))

    @property
    def has_later_words(self) -> bool:
        """Tell whether it holds what families said after this was published."""
        return any(map(_has_later_words, self.document.entries))

    @property
    def keywords(self) -> str:
        """Return the keywords that a file carries in its properties."""
        cover = self.document.cover
        demo = "invented example, " if cover.is_demo else ""
        return f"{demo}SEND, you said we did, {cover.consultation}, version {cover.version}"

    @property
    def about(self) -> str:
        """Return one paragraph on what this is: the notices, then the summary."""
        return " ".join((*self.notices, self.document.summary))

    @property
    def home(self) -> str:
        """Return the address where the newest version always is."""
        cover = self.document.cover
        return cover.address.removesuffix(f"v{cover.version}/")


def _has_gap(entry: Entry) -> bool:
    return (
        any(quote.text == TAKEN_OUT for quote in entry.quotes)
        or any(word.redaction for word in entry.verdict.given)
        or any(one.redaction for one in entry.answer.signatures)
    )


def _has_later_words(entry: Entry) -> bool:
    return any(word.later for word in entry.verdict.given) or any(
        one.later for one in entry.answer.signatures
    )


def draft_words(document: Document) -> str:
    """Say that nobody has approved this yet, and how much of what people wrote is in it."""
    grouped = [line.fact for line in document.method if line.fact and line.fact.key == GROUPED]
    fact = grouped[0] if grouped else None
    if fact is None or fact.value is None or not fact.base:
        return "DRAFT. Not approved. How many comments are coded is not known."
    share = 100 * fact.value // fact.base
    return (
        f"DRAFT. Not approved. {share}% of comments coded"
        f" ({fact.value:,} of {fact.base:,} comments)."
    )
