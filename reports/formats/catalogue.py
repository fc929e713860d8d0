"""Which formats there are: one list, read by whoever makes, lists or hands out a file."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from reports.formats import method_note, opendata, word
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
    """

    kind: str
    file: str
    media_type: str
    label: str
    about: str
    build: Build

    @property
    def ending(self) -> str:
        """Return what stands after slug and version in the name of a file that is saved."""
        return ".pdf" if self.file == "report.pdf" else f"-{self.file}"

    @property
    def opens_in_browser(self) -> bool:
        """Tell whether a browser can show it; the others are saved."""
        return self.media_type == "application/pdf" or self.media_type.startswith("text/")


MARKDOWN = "text/markdown; charset=utf-8"
ZIP = "application/zip"
FORMATS: tuple[Format, ...] = (
    Format(
        "docx", "report.docx", word.MEDIA_TYPE, "Word document", "To change its look.", word.write
    ),
    Format("data", "open-data.zip", ZIP, "Open data (zip)", "Tables for reuse.", opendata.write),
    Format(
        "method", "method-note.md", MARKDOWN, "Method note", "How it was made.", method_note.write
    ),
)


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
