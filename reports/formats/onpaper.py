"""What is printed: easy read with pictures, the poster, and the statement on the tool."""

from collections.abc import Sequence

from markupsafe import Markup

from engage.pdf import to_pdf
from reports.documents import sentences
from reports.documents.document import Entry
from reports.formats import drawn, render
from reports.formats.source import Source
from reports.words.easylines import EasyLine
from surveys.paperwork import posters, qrcodes

ON_THE_WALL = 4


def easy_read(source: Source) -> bytes:
    """Write the easy-read edition as a PDF in 16 point: a picture and a sentence a line."""
    names = tuple(sorted(render.easy_pictures(source.document)))
    return _pdf("reports/easy_print.html", source, styles=posters.picture_styles(names))


def poster(source: Source) -> bytes:
    """Write the A4 poster with the QR code of the newest version's address.

    It shows as many entries as one page holds, at most four: refused and disputed ones first.
    """
    content = b""
    for most in range(ON_THE_WALL, 0, -1):
        content = _poster(source, sentences.telling(source.document, most))
        if drawn.pages(content) == 1:
            break
    return content


def _poster(source: Source, shown: Sequence[Entry]) -> bytes:
    code = qrcodes.svg(source.home, title="QR code that opens the answers")
    names = tuple(sorted({entry.easy_title.picture for entry in source.document.entries}))
    return _pdf(
        "reports/wall.html",
        source,
        styles=posters.picture_styles(names),
        shown=shown,
        qr=Markup(code),  # noqa: S704  # our own SVG
        address=source.home.partition("://")[2] or source.home,
    )


def statement(source: Source, plain: Sequence[str], easy: Sequence[EasyLine]) -> bytes:
    """Write what was done with a computer: plain words first, then easy read."""
    names = tuple(sorted({line.picture for line in easy}))
    return _pdf(
        "reports/tool_print.html", source, styles=posters.picture_styles(names),
        plain=plain, easy=easy,
    )  # fmt: skip


def _pdf(template: str, source: Source, **more: object) -> bytes:
    return to_pdf(render.printed(template, source, **more), base_url=render.print_folder())
