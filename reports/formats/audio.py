"""The audio script: one sentence a line, every number in words, ready to be recorded."""

from reports import wording
from reports.document import BANDS, Document, Entry
from reports.formats.source import Source
from reports.formats.spoken import spoken
from surveys.easyread import sentences


def write(source: Source) -> bytes:
    """Write the script as plain text: an empty line is a pause."""
    document = source.document
    parts = [
        _opening(source),
        [document.summary],
        *(_entry(number, entry) for number, entry in enumerate(document.entries, start=1)),
        ["Who we did not hear from.", document.not_heard],
        _closing(document, source.home),
    ]
    return ("\n\n".join("\n".join(_lines(part)) for part in parts) + "\n").encode()


def _opening(source: Source) -> list[str]:
    document = source.document
    cover = document.cover
    return [
        f"{cover.title}.",
        f"This is from {cover.organisation}.",
        f"It is version {cover.version}, of {wording.date(cover.published_on)}.",
        *source.notices,
        f"{document.heard.wording} answered.",
    ]


def _entry(number: int, entry: Entry) -> list[str]:
    answer = entry.answer
    return [
        f"Number {number}: {entry.title}.",
        "You said:",
        entry.said,
        entry.also_said,
        *(f"{voice.fact.wording} said so." for voice in entry.voices),
        *(f"One of them wrote: {_stopped(quote.text)}" for quote in entry.quotes),
        f"{BANDS[answer.status]}:",
        answer.text,
        f"The reason: {answer.because}" if answer.because else "",
        f"Instead: {answer.instead}" if answer.instead else "",
        f"{answer.owner} answers for this." if answer.owner else "",
        answer.when,
        "Does it feel true?",
        entry.verdict.words,
        entry.verdict.asked,
    ]


def _closing(document: Document, home: str) -> list[str]:
    cover = document.cover
    return [
        f"The next update comes on {wording.date(cover.next_update)}.",
        f"You can read all of this at {home}",
        f"Questions or complaints: {cover.contact}.",
    ]


def _stopped(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _lines(texts: list[str]) -> list[str]:
    said = (spoken(text.replace("..", ".")) for text in texts if text.strip())
    found = (sentence for text in said for sentence in sentences(text) or [text])
    return [f"{sentence[0].upper()}{sentence[1:]}" for sentence in found]
