"""The audio script: one sentence a line, every number in words, ready to be recorded."""

import datetime as dt

from reports.documents import sentences
from reports.documents.document import Document, Entry, Fact
from reports.formats import render
from reports.formats.source import Source
from reports.formats.spoken import spoken
from reports.words import wording
from reports.words.sections import Section
from surveys import easyread


def write(source: Source) -> bytes:
    """Write the script as plain text: an empty line is a pause."""
    document = source.document
    parts = [_opening(source), [document.summary]]
    for section in render.sections(document):
        parts += _section(document, section)
    parts.append(_closing(document, source.home))
    return ("\n\n".join("\n".join(_lines(part)) for part in parts) + "\n").encode()


def _section(document: Document, section: Section) -> list[list[str]]:
    """Return what is read out of a part; tables and drawings are for the eye alone."""
    if section.kind == "entries":
        day = document.cover.published_on
        return [_entry(number, one, day) for number, one in enumerate(document.entries, start=1)]
    if section.kind == "not_heard":
        return [[f"{section.title}.", document.not_heard]]
    return [[_stopped(section.title), *section.words]] if section.kind == "text" else []


def _opening(source: Source) -> list[str]:
    document = source.document
    cover = document.cover
    return [
        f"{cover.title}.",
        f"This is from {cover.organisation}.",
        f"It is version {cover.version}, of {wording.date(cover.published_on)}.",
        *source.notices,
        f"{document.answered}.",
    ]


def _entry(number: int, entry: Entry, day: dt.date) -> list[str]:
    return [
        f"Number {number}: {entry.title}.",
        "You said:",
        entry.said,
        entry.also_said,
        *(_told(voice.fact) for voice in entry.voices),
        *(f"{quote.attribution}: {_stopped(quote.shown)}" for quote in entry.quotes),
        f"{sentences.band(entry.answer)}:",
        *(_stopped(one) for one in sentences.spoken(sentences.answered(entry.answer, day))),
        "Does it feel true?",
        *sentences.spoken(sentences.verdicts(entry)),
    ]


def _told(fact: Fact) -> str:
    said = "" if sentences.is_not_shown(fact) else " said so"
    return f"{fact.wording}{said}."


def _closing(document: Document, home: str) -> list[str]:
    cover = document.cover
    return [
        f"The next update comes on {wording.date(cover.next_update)}.",
        f"You can read all of this at {home}",
        f"Questions or complaints: {cover.contact}.",
    ]


def _stopped(words: str) -> str:
    return words if words.endswith((".", "?", "!", "”", "]", "…")) else f"{words}."


def _lines(texts: list[str]) -> list[str]:
    said = (spoken(text.replace("..", ".")) for text in texts if text.strip())
    found = (sentence for text in said for sentence in easyread.sentences(text) or [text])
    return [f"{sentence[0].upper()}{sentence[1:]}" for sentence in found]
