"""The slide deck for a youth council: short easy-read lines on the slide, the whole in the notes.

What people said stands beside what is done about it. That nobody has been asked yet whether it
feels true is said once for all such answers; what somebody said of one stands with it.
"""

import datetime as dt
from collections.abc import Sequence

from reports.documents import easyparts, sentences
from reports.documents.document import EASY_BANDS, Base, Entry
from reports.formats import drawn, render
from reports.formats.deck import COLUMN_ACROSS, Column, Deck, Line, Picture, packed
from reports.formats.source import Source
from reports.words import wording
from reports.words.sections import Section
from surveys import pictures

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PICTURE_WIDE, CHART_WIDE = 5.0, 18.0
PICTURE_DOTS = 180
MOST_BARS = 3
"""More would be too small to read from the back of a room; the notes name the others."""
QUESTIONS = (
    "Does it feel true to you?", "What is better now?", "What is not better yet?",
    "What should we do next?",
)  # fmt: skip
FEELS_TRUE = "Does it feel true?"
ONCE = "One person can raise several things and is counted once for each."
GIVE_BACK = "Write down what the group says, and give it back."


def write(source: Source) -> bytes:
    """Write the deck as PPTX."""
    return _Slides(source).written()


class _Slides:
    """The slides of one version, written into a deck one after the other."""

    def __init__(self, source: Source) -> None:
        self.source, self.document, self.deck = source, source.document, Deck(source)
        titles = {entry.easy_title.picture for entry in self.document.entries}
        bands = {EASY_BANDS[entry.answer.status].picture for entry in self.document.entries}
        names = sorted((titles | bands) - {""})
        self.pictures = drawn.pngs({name: _svg(name) for name in names}, width=PICTURE_DOTS)
        self.charts = {
            base.audience: render.bars(self.document, base, MOST_BARS)
            for base in self.document.bases
            if f"bars/{base.audience}" in source.drawings
        }
        self.drawn = drawn.pngs(self.charts)

    def written(self) -> bytes:
        """Write every slide and return the file."""
        document, cover = self.document, self.document.cover
        first = f"{cover.organisation}, {wording.date(cover.published_on)}"
        notices = [first, *self.source.easy_notices]
        self.add(cover.easy_title, notices, notes=self.source.about)
        asked = (*easyparts.checked(document), *document.easy_summary)
        lines = [document.easy_answered, *(line.text for line in asked)]
        self.add("What this is about", lines, notes=document.summary)
        for section in render.sections(document):
            self.section(section)
        self.add("Talk about it", QUESTIONS, notes=GIVE_BACK)
        told = [f"We will tell you more by {wording.date(cover.next_update)}."]
        told += [f"Ask us: {cover.contact}"]
        self.add("What happens next", told, notes=f"All of it: {self.source.home}")
        return self.deck.finish()

    def add(
        self, title: str, lines: Sequence[str], picture: Picture | None = None, notes: str = ""
    ) -> None:
        """Add a slide, and go on to another where there are more lines than fit."""
        slides = packed(lines)
        for number, some in enumerate(slides, start=1):
            self.deck.slide(_numbered(title, number, len(slides)), some, picture, notes)

    def section(self, section: Section) -> None:
        """Put a part on slides; what has no easy words and no chart is in the other formats."""
        document = self.document
        if section.kind == "entries":
            self.entries()
        elif section.kind == "raised":
            for base in document.bases:
                self.chart(base)
        elif section.kind == "not_heard":
            missed = [line.text for line in document.easy_not_heard]
            self.add(section.title, missed, notes=document.not_heard)
        elif section.easy:
            lines = [line.text for line in section.easy]
            self.add(section.easy_heading, lines, notes=" ".join(section.words))

    def chart(self, base: Base) -> None:
        """Draw what an audience raised most; the notes hold the numbers of more."""
        if base.audience not in self.charts:
            return
        alt = drawn.alt(self.charts[base.audience])
        rows = render.raised_most(self.document, base.audience)
        notes = [ONCE, *(f"{label}: {fact.wording}." for label, fact in rows)]
        self.add(
            f"What {base.label[0].lower()}{base.label[1:]} raised most", [base.fact.wording],
            (self.drawn[base.audience], alt, CHART_WIDE), notes=" ".join(notes),
        )  # fmt: skip

    def entries(self) -> None:
        """Put every answer on slides, and say once of how many nobody has been asked yet."""
        entries = self.document.entries
        if why := [line.text for line in easyparts.not_shown(self.document)]:
            self.add("About the numbers", why, notes=sentences.not_shown(self.document))
        for entry in entries:
            self.entry(entry)
        unasked = [entry for entry in entries if not entry.verdict.given]
        if unasked:
            of = f"{len(unasked)} of {wording.plural(len(entries), 'answer', 'answers')}"
            lines = [f"We do not know yet about {of}.", easyparts.UNASKED[-1].text]
            felt = (f"{one.title}: {_felt(one)}" for one in unasked)
            self.add(FEELS_TRUE, lines, notes=" ".join(felt))

    def entry(self, entry: Entry) -> None:
        """Put what people said beside what is done about it; go on where there is more."""
        day, title = self.document.cover.published_on, entry.easy_title.text.rstrip(".")
        (heading, said), (_, (band, *done)), *rest = easyparts.printed(entry, day)
        asked = [(name, lines) for name, lines in rest if lines != easyparts.UNASKED]
        left, *more_said = packed([line.text for line in said], across=COLUMN_ACROSS)
        right, *more_done = packed(
            [line.text for line in done],
            [(name, [line.text for line in lines]) for name, lines in asked],
            across=COLUMN_ACROSS,
        )
        more: list[list[Line]] = [[(heading, True), *some] for some in more_said] + more_done
        picture, notes = self.picture(band.picture), _notes(entry, day)
        self.deck.columns(
            _numbered(title, 1, 1 + len(more)),
            Column(heading, left, self.picture(entry.easy_title.picture)),
            Column(band.text.rstrip("."), right, picture),
            notes,
        )
        for number, some in enumerate(more, start=2):
            self.deck.slide(_numbered(title, number, 1 + len(more)), some, picture, notes)

    def picture(self, name: str) -> Picture | None:
        """Return a picture with its alternative text and width, or None if it was not drawn."""
        if name not in self.pictures:
            return None
        return self.pictures[name], f"Picture: {pictures.table()[name].meaning}", PICTURE_WIDE


def _numbered(title: str, number: int, of: int) -> str:
    return f"{title} ({number} of {of})" if of > 1 else title


def _notes(entry: Entry, day: dt.date) -> str:
    """Return the whole of an entry, for whoever speaks."""
    told = [f"{voice.fact.wording}." for voice in entry.voices]
    quotes = [f"“{quote.shown}” {quote.attribution}." for quote in entry.quotes]
    answered = sentences.as_text(sentences.answered(entry.answer, day))
    status = f"{sentences.status(entry.answer)}: "
    answer = status + answered.removeprefix(status)
    said = (f"You said: {entry.said}", entry.also_said, *told, *quotes, answer)
    return " ".join(part for part in (*said, f"{FEELS_TRUE} {_felt(entry)}") if part)


def _felt(entry: Entry) -> str:
    return sentences.as_text(sentences.verdicts(entry))


def _svg(name: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{pictures.VIEW_BOX}"'
        f' stroke-linecap="round" stroke-linejoin="round"><title>{name}</title>'
        f"{pictures.drawing(name)}</svg>"
    )
