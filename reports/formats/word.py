"""The Word document: the whole report with real styles, for whoever wants to change its look."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reports import figures, render, wording
from reports.document import BANDS, STATUS_WORDS, Document, Entry
from reports.formats import drawn, questions, wordparts, wordwho
from reports.formats.source import Source

if TYPE_CHECKING:
    from docx.document import Document as Word

BARS_WIDE, CLOUD_WIDE = 8.0, 14.0
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(source: Source) -> bytes:
    """Write the report as DOCX."""
    document = source.document
    word = wordparts.begin(source, document.cover.title)
    _front(word, source)
    for group in document.groups:
        word.add_heading(group.label, 2)
        for entry in group.entries:
            entry_part(word, entry)
    pictures = drawn.pngs(source.drawings)
    _numbers(word, source, pictures)
    wordwho.clouds(word, source, pictures)
    _refusals(word, document)
    wordwho.heard(word, source, pictures)
    word.add_heading("Who we did not hear from", 2)
    word.add_paragraph(document.not_heard)
    wordwho.missing(word, document.who)
    method_part(word, document)
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
            f"{document.heard.wording} answered.",
            f"Version {cover.version}, {wording.date(cover.published_on)}",
            f"Next update: {wording.date(cover.next_update)}",
            f"Permanent address: {cover.address}",
            f"Questions or complaints: {cover.contact}",
            *([f"What changed in this version: {document.note}"] if document.note else []),
        ],
    )
    word.add_heading("In figures", 2)
    rows = [(one.label, figures.cell(one.fact)) for one in document.headlines]
    wordparts.table(word, "The figures on the front", ("What", "Number"), rows)


def entry_part(word: "Word", entry: Entry) -> None:
    """Place one entry: its three bands under headings of their own."""
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
        word.add_paragraph(f"“{quote.text}” {quote.attribution}", style="Quote")
    word.add_heading(f"{BANDS[answer.status]}: {STATUS_WORDS[answer.status]}", 4)
    word.add_paragraph(answer.text)
    kind = f" ({answer.because_kind.lower()})" if answer.because_kind else ""
    for label, text in (
        (f"Because{kind}", answer.because),
        ("Instead", answer.instead),
        ("What you should notice", answer.difference),
        ("Who", answer.owner),
        ("When", answer.when),
        ("Evidence", answer.evidence),
        ("How it came about", answer.cause),
    ):
        wordparts.labelled(word, label, text)
    word.add_heading("Does it feel true?", 4)
    word.add_paragraph(f"{entry.verdict.words} {entry.verdict.asked}".strip())


def _marked(text: str, mark: str | None) -> str:
    return f"{text} [r]" if mark == "[r]" else text


def _numbers(word: "Word", source: Source, pictures: Mapping[str, bytes]) -> None:
    document = source.document
    questions.word_part(word, source, pictures)
    word.add_heading("What people raised, in numbers", 2)
    word.add_paragraph(
        "Each chart shows what one group raised most. One person can raise several things and is"
        " counted once for each. The table has every number."
    )
    for base in document.bases:
        name = f"bars/{base.audience}"
        if name in pictures:
            word.add_heading(base.label, 3)
            word.add_paragraph(base.fact.wording)
            _draw(word, pictures[name], source.drawings[name], BARS_WIDE)
    head, rows = render.raised_table(document)
    wordparts.table(word, "People who raised each thing, of those who wrote a comment", head, rows)
    if document.words:
        word.add_heading("The words people used most", 3)
        if "cloud" in pictures:
            _draw(word, pictures["cloud"], source.drawings["cloud"], CLOUD_WIDE)
        _words(word, render.word_table(document.words))


def _draw(word: "Word", png: bytes, svg: str, wide: float) -> None:
    wordparts.picture(word, png, alt=drawn.alt(svg), centimetres=wide)


def _words(word: "Word", rows: Sequence[Sequence[str]]) -> None:
    wordparts.table(word, "People who wrote each word", ("Word", "People"), rows)


def _refusals(word: "Word", document: Document) -> None:
    if document.refusals:
        word.add_heading("What we cannot do, and why", 2)
        lines = [f"{entry.title}: {entry.answer.because}" for entry in document.refusals]
        wordparts.bullets(word, lines)


def method_part(word: "Word", document: Document) -> None:
    """Place the method box as a table."""
    word.add_heading("How this was made", 2)
    rows = [(line.label, line.text) for line in (*document.method, *document.record)]
    wordparts.table(word, "Dates, people, comments, tools and limits", ("What", "How it was"), rows)
