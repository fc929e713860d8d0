"""The yearly pack that regulation 56 of the SEND Regulations 2014 asks for, as one zip.

It holds the comments on the Local Offer as themes, in the three categories of the regulation, the
response with what will be done, and how it was made; nobody can be recognised in it.
"""

import datetime as dt

from reports.documents import sentences
from reports.documents.document import Document, Entry
from reports.formats import method_note, opendata, word, wordparts, zips
from reports.formats.sheets import written
from reports.formats.source import Source
from reports.words.sections import HEADINGS

CATEGORIES = {
    "content_quality_gaps": "Content, quality and gaps",
    "info_accessibility": "How easy the information is to find and use",
    "how_developed": "How it was developed",
}
LAW = (
    "Regulation 56 of the Special Educational Needs and Disability Regulations 2014 asks for"
    " comments on the Local Offer to be published every year with the response to them."
)
NONE = "Nothing that people said about the Local Offer was put into this category."


def write(source: Source) -> bytes:
    """Write the pack; a category without an entry says so."""
    document = source.document
    table = opendata.entries(document)
    keep = {entry.key for entry in about_the_offer(document)}
    chosen = [row for row in table.rows if row[0] in keep]
    return zips.pack(
        {
            "local-offer.docx": _word(source),
            "README.md": _readme(source),
            "answers.csv": written([column.name for column in table.columns], chosen),
            "themes.csv": written(THEMES, _themes(document)),
            "method.md": method_note.write(source),
        }
    )


def about_the_offer(document: Document) -> tuple[Entry, ...]:
    """Return the entries that are about the Local Offer."""
    return tuple(entry for entry in document.entries if entry.reg56_category in CATEGORIES)


THEMES = ("category", "theme", "who_said", "entry")


def _themes(document: Document) -> list[tuple[str, ...]]:
    return [
        (CATEGORIES[entry.reg56_category], entry.title, voice.fact.wording, entry.key)
        for entry in about_the_offer(document)
        for voice in entry.voices
    ]


def _word(source: Source) -> bytes:
    document = source.document
    title = f"Comments on the Local Offer: {document.cover.consultation}"
    made = wordparts.begin(source, title)
    made.add_heading(title, 1)
    for text in source.notices:
        wordparts.boxed(made, text)
    made.add_paragraph(LAW)
    made.add_paragraph(method_note.edition(document))
    for told in source.who_was_told:
        made.add_paragraph(told)
    for code, label in CATEGORIES.items():
        made.add_heading(label, 2)
        inside = [entry for entry in document.entries if entry.reg56_category == code]
        for entry in inside:
            word.entry_part(made, entry, document.cover.published_on)
        if not inside:
            made.add_paragraph(NONE)
    word.method_part(made, document, HEADINGS["method"])
    return wordparts.finish(made)


def _readme(source: Source) -> bytes:
    document = source.document
    parts = [f"# {source.named('Comments on the Local Offer')}", *source.notices, LAW]
    parts += [method_note.edition(document), *source.who_was_told]
    for code, label in CATEGORIES.items():
        inside = [entry for entry in document.entries if entry.reg56_category == code]
        lines = (
            "\n\n".join(_summary(entry, document.cover.published_on) for entry in inside) or NONE
        )
        parts += [f"## {label}", lines]
    parts.append(
        "Files: `local-offer.docx` is the pack to publish; `answers.csv` and `themes.csv` hold the"
        " same as tables; `method.md` says how it was made."
    )
    return ("\n\n".join(parts) + "\n").encode()


def _summary(entry: Entry, day: dt.date) -> str:
    answer = entry.answer
    told = "\n\n".join(sentences.spoken(sentences.answered(answer, day)))
    felt = "\n\n".join(sentences.spoken(sentences.verdicts(entry)))
    quoted = "".join(f"\n\n> {quote.shown}" for quote in entry.quotes)
    return (
        f"### {entry.title}\n\nComments: {entry.said}{quoted}\n\n"
        f"{sentences.band(answer)}:\n\n{told}\n\n"
        f"Does it feel true?\n\n{felt}"
    )
