"""Which formats there are: one list, read by whoever makes, lists or hands out a file."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from reports.formats import (
    audio,
    method_note,
    newsletter,
    onpaper,
    opendata,
    regulation,
    slides,
    transparency,
    word,
)
from reports.formats.source import Source

Build = Callable[[Source], bytes]
Progress = Callable[[str, int, int], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        kind: its short name in the records, at most seven letters.
        file: what its name ends in, after the slug and the version.
        media_type: what the browser is told.
        label: what readers press.
        about: who it is for, in one sentence.
        tells: it says how many of those who asked were told, and is made anew when that is known.
    """

    kind: str
    file: str
    media_type: str
    label: str
    about: str
    build: Build
    tells: bool = False

    @property
    def ending(self) -> str:
        """Return what stands after slug and version in the name of a file that is saved."""
        return ".pdf" if self.file == "report.pdf" else f"-{self.file}"

    @property
    def opens_in_browser(self) -> bool:
        """Tell whether a browser can show it; the others are saved."""
        return self.media_type == "application/pdf" or self.media_type.startswith("text/")


MARKDOWN = "text/markdown; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
ZIP = "application/zip"
PDF = "application/pdf"
FORMATS: tuple[Format, ...] = (
    Format(
        "easy", "easy-read.pdf", PDF, "Easy read to print (PDF)",
        "A picture beside every sentence, in large type.", onpaper.easy_read, tells=True,
    ),
    Format(
        "docx", "report.docx", word.MEDIA_TYPE, "Word document",
        "The whole report, to change its look or print it in large type.", word.write, tells=True,
    ),
    Format(
        "slides", "slides.pptx", slides.MEDIA_TYPE, "Slides",
        "For a youth council or a meeting: short lines, with notes for the speaker.", slides.write,
    ),
    Format(
        "poster", "poster.pdf", PDF, "Poster (PDF)",
        "One page for a wall, with a code for phones.", onpaper.poster,
    ),
    Format(
        "audio", "audio-script.txt", TEXT, "Audio script",
        "To read out or record: one sentence a line, numbers in words.", audio.write,
    ),
    Format(
        "news", "newsletter.txt", TEXT, "Paragraph for a newsletter",
        "Plain text.", newsletter.text,
    ),
    Format(
        "newsweb", "newsletter.html", HTML, "Paragraph for a newsletter, with links",
        "The same as a web page to paste.", newsletter.html,
    ),
    Format(
        "data", "open-data.zip", ZIP, "Open data (zip)",
        "Every number and answer as tables, with what each column means.", opendata.write,
        tells=True,
    ),
    Format(
        "reg56", "local-offer.zip", ZIP, "Local Offer pack (zip)",
        "Comments on the Local Offer and the response, as regulation 56 asks.", regulation.write,
        tells=True,
    ),
    Format(
        "method", "method-note.md", MARKDOWN, "Method note",
        "How the report was made, and its limits.", method_note.write, tells=True,
    ),
    Format(
        "tool", "how-we-used-a-computer.pdf", PDF, "How we used a computer (PDF)",
        "In plain words and in easy read.", transparency.statement,
    ),
    Format(
        "atrs", "transparency-record.md", MARKDOWN, "Draft Algorithmic Transparency Record",
        "For whoever has to account for the tool.", transparency.write,
    ),
)  # fmt: skip


def by_file(name: str) -> Format | None:
    """Return the format whose file has that name, or None."""
    return next((one for one in FORMATS if one.file == name), None)


def build(
    source: Source, formats: Sequence[Format], progress: Progress = lambda *_: None
) -> Iterator[tuple[Format, bytes]]:
    """Make files one after the other, saying how far it is."""
    for place, one in enumerate(formats):
        progress(f"Making: {one.label}", place, len(formats))
        yield one, one.build(source)
    progress("Every format is made", len(formats), len(formats))
