"""The Word document: the whole report with real styles, for whoever wants to change its look."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reports.counting import figures
from reports.documents import sentences
from reports.documents.document import Document, Entry
from reports.formats import drawn, questions, render, thememap, wordparts, wordwho
from reports.formats.source import Source
from reports.representation import heardtables
from reports.words import wording
from reports.words.sections import Kind, Section

if TYPE_CHECKING:
    from docx.document import Document as Word

BARS_WIDE, CLOUD_WIDE, MAP_WIDE = 8.0, 14.0, 11.0
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(source: Source) -> bytes:
    """Write the report as DOCX, its parts in the order that was chosen."""
    word = wordparts.begin(source, source.document.cover.title)
    _front(word, source)
    for section in render.sections(source.document):
        if section.kind in PARTS:
            PARTS[section.kind](word, source, section.title)
        else:
            _text(word, section)
    return wordparts.finish(word)


def _front(word: "Word", source: Source) -> None:
    document = source.document
    cover = document.cover
    word.add_heading(cover.title, 1)
    for notice in source.notices:
        wordparts.boxed(word, notice)
    word.add_paragraph(document.summary)
    wordparts.bullets(
        word,
        [
            cover.organisation,
            f"{document.answered}.",
            *source.who_was_told,
            f"Version {cover.version}, {wording.date(cover.published_on)}",
            f"Next update: {wording.date(cover.next_update)}",
            f"Permanent address: {cover.address}",
            f"Questions or complaints: {cover.contact}",
            *([f"What changed in this version: {document.note}"] if document.note else []),
        ],
    )


def _headlines(word: "Word", source: Source, title: str) -> None:
    word.add_heading(title, 2)
    rows = [(one.label, figures.cell(one.fact)) for one in source.document.headlines]
    wordparts.table(word, "The figures on the front", ("What", "Number"), rows)


def _entries(word: "Word", source: Source, _title: str) -> None:
    document = source.document
    for group in document.groups:
        word.add_heading(group.label, 2)
        if group is document.groups[0] and (why := sentences.not_shown(document)):
            word.add_paragraph(why)
        for entry in group.entries:
            entry_part(word, entry, document.cover.published_on)


def entry_part(word: "Word", entry: Entry, day: dt.date) -> None:
    """Place one entry as it stood on a day: its three bands under headings of their own."""
    answer = entry.answer
    word.add_heading(entry.title, 3)
    word.add_heading("You said", 4)
    for text in (entry.said, entry.also_said):
        if text:
            word.add_paragraph(text)
    wordparts.bullets(
        word, [_marked(voice.fact.wording, voice.fact.shorthand) for voice in entry.voices]
    )
    for quote in entry.quotes:
        word.add_paragraph(f"“{quote.shown}” {quote.attribution}", style="Quote")
    word.add_heading(sentences.band(answer), 4)
    for label, text in sentences.answered(answer, day):
        wordparts.labelled(word, label, text)
    word.add_heading("Does it feel true?", 4)
    for label, text in sentences.verdicts(entry):
        wordparts.labelled(word, label, text)


def _marked(text: str, mark: str | None) -> str:
    return f"{text} [r]" if mark == "[r]" else text


def _raised(word: "Word", source: Source, title: str) -> None:
    document = source.document
    bars = {name: svg for name, svg in source.drawings.items() if name.startswith("bars/")}
    pictures = drawn.pngs(bars)
    word.add_heading(title, 2)
    word.add_paragraph(
        "Each chart shows what one group raised most. One person can raise several things and is"
        " counted once for each. The table has every number."
    )
    for base in document.bases:
        name = f"bars/{base.audience}"
        if name in pictures:
            word.add_heading(base.label, 3)
            word.add_paragraph(base.fact.wording)
            _draw(word, pictures[name], bars[name], BARS_WIDE)
    head, rows = render.raised_table(document)
    wordparts.table(word, "People who raised each thing, of those who wrote a comment", head, rows)
    word.add_paragraph(sentences.can_be_asked(document))
    _theme_map(word, source)


def _theme_map(word: "Word", source: Source) -> None:
    found = source.document.theme_map
    if found is None or "themes" not in source.drawings:
        return
    word.add_heading("How the themes lie to each other", 3)
    word.add_paragraph(thememap.about(found))
    svg = source.drawings["themes"]
    _draw(word, drawn.pngs({"themes": svg})["themes"], svg, MAP_WIDE)
    head, rows = thememap.table(source.document)
    wordparts.table(word, "The circles of the map, the largest first", head, rows)


def _cloud(word: "Word", source: Source, title: str) -> None:
    word.add_heading(title, 2)
    if "cloud" in source.drawings:
        svg = source.drawings["cloud"]
        _draw(word, drawn.pngs({"cloud": svg})["cloud"], svg, CLOUD_WIDE)
    word.add_paragraph(heardtables.MISSING_WORDS)
    _words(word, render.word_table(source.document.words))
    wordwho.clouds(word, source)


def _draw(word: "Word", png: bytes, svg: str, wide: float) -> None:
    wordparts.picture(word, png, alt=drawn.alt(svg), centimetres=wide)


def _words(word: "Word", rows: Sequence[Sequence[str]]) -> None:
    wordparts.table(word, "People who wrote each word", ("Word", "People"), rows)


def _refusals(word: "Word", source: Source, title: str) -> None:
    word.add_heading(title, 2)
    wordparts.bullets(
        word,
        [sentences.as_text(sentences.refusal(one)) for one in source.document.refusals],
    )


def _quotes(word: "Word", source: Source, title: str) -> None:
    word.add_heading(title, 2)
    for entry in source.document.entries:
        for quote in entry.quotes:
            said = f"“{quote.shown}” {quote.attribution}. {entry.title}"
            word.add_paragraph(said, style="Quote")


def _not_heard(word: "Word", source: Source, title: str) -> None:
    word.add_heading(title, 2)
    word.add_paragraph(source.document.not_heard)
    wordwho.missing(word, source.document.who)


def _text(word: "Word", section: Section) -> None:
    word.add_heading(section.title, 2)
    for words in section.words:
        word.add_paragraph(words)


def _method(word: "Word", source: Source, title: str) -> None:
    method_part(word, source.document, title)


def method_part(word: "Word", document: Document, title: str) -> None:
    """Place the method box as a table."""
    word.add_heading(title, 2)
    rows = [(line.label, line.text) for line in (*document.method, *document.record)]
    rows.append(("Easy read", sentences.checked(document)))
    wordparts.table(word, "Dates, people, comments, tools and limits", ("What", "How it was"), rows)


PARTS: dict[Kind, Callable[["Word", Source, str], None]] = {
    "headlines": _headlines,
    "entries": _entries,
    "quotes": _quotes,
    "findings": questions.word_part,
    "profile": wordwho.heard,
    "map": wordwho.places,
    "raised": _raised,
    "words": _cloud,
    "refusals": _refusals,
    "not_heard": _not_heard,
    "method": _method,
}
