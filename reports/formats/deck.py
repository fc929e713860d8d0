"""A slide deck while it is put together: text, pictures and columns where people can read them.

Shapes stand in reading order, every slide has a title of its own, every picture its alternative
text, and the language is set on every run of words.
"""

import dataclasses
import datetime as dt
import io
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from reports.formats import zips
from reports.formats.source import Source

LANGUAGE = "en-GB"
FONT, INK = "Arial", (11, 12, 12)
WIDE, TALL = 33.867, 19.05  # centimetres
EDGE, TITLE_TALL, TOP, FOOT_TOP = 1.6, 2.6, 4.4, 17.4
TITLE_SIZE, BODY_SIZE, FOOT_SIZE = 36, 28, 14
HEADING_TOP, HEADING_TALL, COLUMN_SIZE, ICON_TALL = 3.4, 1.9, 24, 1.9
COLUMN_TOP = HEADING_TOP + HEADING_TALL + 0.2
COLUMN_WIDE = (WIDE - 2 * EDGE - 1.0) / 2
GAP = 1.0
MOST_LINES, MOST_ROWS = 7, 9
ACROSS, COLUMN_ACROSS = 48, 32
"""Letters that surely fit beside each other, on a whole slide and in a column."""
ONE_COLUMN, TWO_COLUMNS = 1, 4  # layouts of the deck that python-pptx begins with
#: A line and whether it is a heading; a heading and the lines under it.
Line = tuple[str, bool]
Titled = tuple[str, Sequence[str]]
#: A picture, what it shows, and how many centimetres wide it is.
Picture = tuple[bytes, str, float]
STRIPE_WIDE = 0.6
NO_BULLET = '<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
STRIPE = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="900" name="Stripe"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="FFCF4A"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """Half a slide: a heading with a small picture beside it, and lines under both."""

    heading: str
    lines: Sequence[Line]
    picture: Picture | None = None


def packed(
    lines: Sequence[str], parts: Sequence[Titled] = (), *, across: int = ACROSS
) -> list[list[Line]]:
    """Put lines on as few slides as hold them; a heading stays with all that stands under it.

    Without its heading, "We do not know yet" would answer a question that nobody can see.

    Args:
        lines: what comes first, under no heading.
        parts: headings with their lines.
        across: how many letters stand beside each other; what is longer takes two rows.
    """
    slides: list[list[Line]] = [[]]
    for heading, inside in (("", lines), *parts):
        for some in _pieces(heading, inside, across):
            if slides[-1] and not _fits([*slides[-1], *some], across):
                slides.append([])
            slides[-1] += some
    return slides


def _fits(lines: Sequence[Line], across: int) -> bool:
    rows = _rows([line for line, _ in lines], across)
    return len(lines) <= MOST_LINES and rows <= MOST_ROWS


def _rows(lines: Sequence[str], across: int) -> int:
    return sum(len(textwrap.wrap(line, across)) or 1 for line in lines)


def _pieces(heading: str, inside: Sequence[str], across: int) -> list[list[Line]]:
    """Cut a part into as few pieces of about the same length as fit, each under its heading."""
    headed = [(heading, True)] if heading else []
    for pieces in range(1, len(inside) + 1):
        edges = [len(inside) * number // pieces for number in range(pieces + 1)]
        cut = [[*headed, *((line, False) for line in inside[start:end])]
               for start, end in pairwise(edges)]  # fmt: skip
        if pieces == len(inside) or all(_fits(some, across) for some in cut):
            return cut
    return []


class Deck:
    """One deck while it is put together."""

    def __init__(self, source: Source) -> None:
        import pptx  # noqa: PLC0415  # heavy: only who makes files pays
        from pptx.util import Cm  # noqa: PLC0415  # as above

        self._source = source
        self._deck: Any = pptx.Presentation()
        self._deck.slide_width, self._deck.slide_height = Cm(WIDE), Cm(TALL)
        _add_stripe(self._deck.slide_master)
        self._properties()

    def slide(
        self, title: str, lines: Sequence[Line], picture: Picture | None = None, notes: str = ""
    ) -> None:
        """Add a slide with one column, beside a picture if there is one."""
        slide = self._begun(ONE_COLUMN, title)
        taken = self._picture(slide, *picture) + GAP if picture else 0.0
        _place(slide.placeholders[1], EDGE, TOP, WIDE - 2 * EDGE - taken, FOOT_TOP - TOP)
        _write(slide.placeholders[1].text_frame, lines, BODY_SIZE)
        self._end(slide, notes)

    def columns(self, title: str, left: Column, right: Column, notes: str = "") -> None:
        """Add a slide with two columns; the left one is read before the right one."""
        slide = self._begun(TWO_COLUMNS, title)
        for place, column in enumerate((left, right)):
            edge = EDGE + place * (WIDE / 2 - EDGE + GAP / 2)
            heading, body = (slide.placeholders[1 + 2 * place + n] for n in (0, 1))
            beside = self._icon(slide, column.picture, edge) if column.picture else 0.0
            _place(heading, edge + beside, HEADING_TOP, COLUMN_WIDE - beside, HEADING_TALL)
            _write(heading.text_frame, [(column.heading, True)], BODY_SIZE, middle=True)
            _place(body, edge, COLUMN_TOP, COLUMN_WIDE, FOOT_TOP - COLUMN_TOP)
            _write(body.text_frame, column.lines, COLUMN_SIZE, after=COLUMN_SIZE / 4)
        self._end(slide, notes)

    def finish(self) -> bytes:
        """Return the file, the same bytes every time."""
        out = io.BytesIO()
        self._deck.save(out)
        return zips.steady(out.getvalue())

    def _begun(self, layout: int, title: str) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        _place(slide.placeholders[0], EDGE, 0.8, WIDE - 2 * EDGE, TITLE_TALL)
        _write(slide.placeholders[0].text_frame, [(title, True)], TITLE_SIZE)
        return slide

    def _end(self, slide: Any, notes: str) -> None:
        """Write the foot and the notes; the mark of a draft stands on every slide."""
        foot = slide.shapes.add_textbox(*_cm(EDGE, FOOT_TOP, WIDE - 2 * EDGE, 1.2))
        foot.name = "Foot"
        home = f"{self._source.draft or ''} {self._source.home}".strip()
        _write(foot.text_frame, [(home, False)], FOOT_SIZE)
        _write(slide.notes_slide.notes_text_frame, [(notes, False)], FOOT_SIZE)

    def _icon(self, slide: Any, picture: Picture, edge: float) -> float:
        """Put a small picture before a heading, and return how many centimetres it takes."""
        png, alt, _ = picture
        left, top, tall = _cm(edge, HEADING_TOP, ICON_TALL)
        shape = slide.shapes.add_picture(io.BytesIO(png), left, top, height=tall)
        _told(shape, alt)
        return float(shape.width.cm) + GAP / 2

    def _picture(self, slide: Any, png: bytes, alt: str, wide: float) -> float:
        """Put the picture at the right edge, and return how many centimetres wide it became."""
        shape = slide.shapes.add_picture(io.BytesIO(png), *_cm(0, TOP), *_cm(wide))
        edge, limit = _cm(WIDE - EDGE, FOOT_TOP - TOP)
        if shape.height > limit:
            shape.width, shape.height = int(shape.width * limit / shape.height), limit
        shape.left = edge - shape.width
        _told(shape, alt)
        return float(shape.width.cm)

    def _properties(self) -> None:
        document, known = self._source.document, self._deck.core_properties
        day = dt.datetime.combine(document.cover.published_on, dt.time())
        known.title = self._source.named(document.cover.easy_title)
        known.subject, known.author = self._source.about[:250], document.cover.organisation
        known.keywords, known.language = self._source.keywords[:250], LANGUAGE
        known.comments = " ".join(self._source.notices)[:250]
        known.last_modified_by, known.revision = document.cover.organisation, 1
        known.created = known.modified = day


def _add_stripe(master: Any) -> None:
    """Draw the stripe of our pages behind every slide; readers are not told of what lies there."""
    from pptx.oxml import parse_xml  # noqa: PLC0415  # as above

    wide, tall = _cm(STRIPE_WIDE, TALL)
    master.shapes._spTree.insert(2, parse_xml(STRIPE.format(wide=wide, tall=tall)))  # noqa: SLF001  # no other way


def _told(shape: Any, alt: str) -> None:
    shape._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001  # no other way
    shape.name = "Picture"


def _write(
    frame: Any, lines: Sequence[Line], size: int, *, after: float = 0.0, middle: bool = False
) -> None:
    from pptx.dml.color import RGBColor  # noqa: PLC0415  # as above
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN  # noqa: PLC0415  # as above
    from pptx.util import Pt  # noqa: PLC0415  # as above

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    for place, (line, bold) in enumerate(lines or [("", False)]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(after or size / 2)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.name, run.font.bold = Pt(size), FONT, bold
        run.font.color.rgb = RGBColor(*INK)  # type: ignore[no-untyped-call]  # half typed
        run._r.get_or_add_rPr().set("lang", LANGUAGE)  # noqa: SLF001  # no other way
        if bold:
            _unmark(paragraph)


def _unmark(heading: Any) -> None:
    """Take the bullet from a heading among lines."""
    from pptx.oxml import parse_xml  # noqa: PLC0415  # as above

    written = heading._p.get_or_add_pPr()  # noqa: SLF001  # no other way
    written.set("marL", "0")
    written.set("indent", "0")
    written.append(parse_xml(NO_BULLET))


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _cm(left, top, width, height)


def _cm(*lengths: float) -> tuple[int, ...]:
    from pptx.util import Cm  # noqa: PLC0415  # as above

    return tuple(Cm(length) for length in lengths)
