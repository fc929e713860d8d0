"""The parts that a Word document is put together from, each with what makes it accessible.

python-docx leaves out what screen readers need most: alternative text, header rows, a language.
Every part here sees to its own.
"""

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reports.formats import zips
from reports.formats.source import Source

if TYPE_CHECKING:
    from docx.document import Document as Word

FONT = "Arial"
BODY = 12
HEADINGS = {"Title": 26, "Heading 1": 24, "Heading 2": 18, "Heading 3": 15, "Heading 4": 13}
INK = "0B0C0C"
MARGIN = 2.0  # centimetres, as all lengths
TEXT_WIDE = 21.0 - 2 * MARGIN
EDGES, MOST_LETTERS = 3, 40
LANGUAGE = "en-GB"
WATERMARK = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="DraftMark" o:spid="_x0000_s2049" type="#_x0000_t136" alt=""'
    ' style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:130pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#f0e9d8"'
    ' stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt"'
    ' string="DRAFT"/></v:shape></w:pict>'
)


def begin(source: Source, title: str) -> "Word":
    """Open a document with our styles, its properties, its language, and a header and footer."""
    import docx  # noqa: PLC0415  # heavy: only who makes files pays

    word = docx.Document()
    _properties(word, source, title)
    _styles(word)
    _frame(word, source)
    return word


def finish(word: "Word") -> bytes:
    """Return the file, the same bytes every time."""
    out = io.BytesIO()
    word.save(out)
    return zips.steady(out.getvalue())


def boxed(word: "Word", text: str) -> None:
    """Place words that nobody may overlook."""
    word.add_paragraph().add_run(text).bold = True


def labelled(word: "Word", label: str, text: str) -> None:
    """Place a line that starts with a bold label, if it has one; nothing without text."""
    if text:
        paragraph = word.add_paragraph()
        if label:
            paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)


def bullets(word: "Word", lines: Sequence[str]) -> None:
    """Place a real list."""
    for line in lines:
        word.add_paragraph(line, style="List Bullet")


def table(word: "Word", caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Place a table with a caption, a header row that repeats, and row headings."""
    word.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
    grid = word.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(name).bold = True
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    _widths(grid, [head, *rows])
    _child(grid.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")  # noqa: SLF001  # no other way
    for row in grid.rows:
        _child(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")  # noqa: SLF001  # as above
    properties: Any = grid._tbl.tblPr  # noqa: SLF001  # as above
    _child(properties, "w:tblCaption", val=caption)
    _child(properties, "w:tblDescription", val=f"{caption}. Columns: {', '.join(head)}.")
    word.add_paragraph()


def _widths(grid: Any, rows: Sequence[Sequence[str]]) -> None:
    """Give each column room by its longest words, so that labels do not stand in towers."""
    from docx.shared import Cm  # noqa: PLC0415  # as above

    room = [_room(column) for column in zip(*rows, strict=True)]
    grid.autofit = False
    for column, letters in zip(grid.columns, room, strict=True):
        width = Cm(TEXT_WIDE * letters / sum(room))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _room(column: Sequence[str]) -> float:
    """Return how wide a column should be, in letters: no word of it is broken."""
    word = max((len(word) for cell in column for word in cell.split()), default=0)
    return EDGES + max(
        1.5 * min(word, MOST_LETTERS), 0.6 * min(max(map(len, column)), MOST_LETTERS)
    )


def kept(word: "Word", text: str) -> None:
    """Place a paragraph on the page of what follows it."""
    word.add_paragraph(text).paragraph_format.keep_with_next = True


def picture(word: "Word", png: bytes, *, alt: str, centimetres: float) -> None:
    """Place a picture with its alternative text."""
    from docx.shared import Cm  # noqa: PLC0415  # as above

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape: Any = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(centimetres))
    about = shape._inline.docPr  # noqa: SLF001  # no other way
    about.set("descr", alt)
    about.set("title", alt.partition(".")[0])


def _properties(word: "Word", source: Source, title: str) -> None:
    cover, known = source.document.cover, word.core_properties
    day = dt.datetime.combine(cover.published_on, dt.time(), dt.UTC)
    known.title, known.subject = source.named(title), source.about[:250]
    known.author, known.last_modified_by = cover.organisation, cover.organisation
    known.keywords, known.comments = source.keywords[:250], " ".join(source.notices)[:250]
    known.language, known.content_status = LANGUAGE, "Draft" if source.draft else "Final"
    known.created = known.modified = day
    known.revision, known.version = 1, str(cover.version)


def _styles(word: "Word") -> None:
    from docx.shared import Pt  # noqa: PLC0415  # as above

    styles: Any = word.styles
    for name, size in {
        "Normal": BODY,
        "List Bullet": BODY,
        "Caption": BODY,
        "Quote": BODY,
        **HEADINGS,
    }.items():
        style = styles[name]
        style.font.size = Pt(size)
        style.font.name = FONT
        _ink(style)
        style.font.bold = name not in {"Normal", "List Bullet", "Quote"}
        style.font.italic = False
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for defaults in word.styles.element.iter(_tag("w:rPrDefault")):
        for language in defaults.iter(_tag("w:lang")):
            language.set(_tag("w:val"), LANGUAGE)


def _ink(style: Any) -> None:
    """Write a style in our font and colour alone: those of a theme would win over them."""
    from docx.shared import RGBColor  # noqa: PLC0415  # as above

    style.font.color.rgb = RGBColor.from_string(INK)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_tag(f"w:{name}"), None)


def _frame(word: "Word", source: Source) -> None:
    """Put the permanent address and the page number at the foot, and a draft's mark at the head."""
    from docx.oxml import parse_xml  # noqa: PLC0415  # as above
    from docx.shared import Mm  # noqa: PLC0415  # as above

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(10 * MARGIN)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{source.document.cover.address}   Page ")
    _child(foot._p, "w:fldSimple", instr="PAGE")  # noqa: SLF001  # no other way
    if source.draft:
        head = section.header.paragraphs[0]
        head.add_run(source.draft).bold = True
        head.add_run()._r.append(parse_xml(WATERMARK))  # noqa: SLF001  # as above


def _child(parent: Any, name: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  # as above

    child: Any = OxmlElement(name)
    for key, value in attributes.items():
        child.set(_tag(f"w:{key}"), value)
    parent.append(child)


def _tag(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415  # as above

    return str(qn(name))
