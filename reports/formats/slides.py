"""The slide deck for a youth council: short easy-read lines on the slide, the whole in the notes.

Shapes stand in reading order, every slide has a title of its own, every picture its alternative
text, and the language is set on every run of words.
"""

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from typing import Any

from reports.documents import easyparts, sentences
from reports.documents.document import EASY_BANDS, Entry
from reports.formats import drawn, render, zips
from reports.formats.source import Source
from reports.words import wording
from reports.words.sections import Section
from surveys import pictures

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LANGUAGE = "en-GB"
FONT, INK = "Arial", (11, 12, 12)
WIDE, TALL = 33.867, 19.05  # centimetres
EDGE, TITLE_TALL, TOP, FOOT_TOP = 1.6, 2.6, 4.4, 17.4
TITLE_SIZE, BODY_SIZE, FOOT_SIZE = 36, 28, 14
PICTURE_WIDE, CHART_WIDE, GAP = 5.0, 18.0, 1.0
PICTURE_DOTS = 180
MOST_LINES = 6
#: A line and whether it is a heading; a heading and the lines under it.
Line = tuple[str, bool]
Titled = tuple[str, Sequence[str]]
STRIPE_WIDE = 0.6
STRIPE = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="900" name="Stripe"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="FFCF4A"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def write(source: Source) -> bytes:
    """Write the deck as PPTX."""
    deck = _Deck(source)
    document = source.document
    cover = document.cover
    deck.slide(
        cover.easy_title,
        [f"{cover.organisation}, {wording.date(cover.published_on)}", *source.easy_notices],
        notes=source.about,
    )
    asked = [line.text for line in easyparts.checked(document)]
    asked += [document.easy_answered]
    asked += [line.text for line in document.easy_summary]
    deck.slide("What this is about", asked, notes=document.summary)
    for section in render.sections(document):
        _section(deck, section)
    deck.slide(
        "Talk about it", QUESTIONS, notes="Write down what the group says, and give it back."
    )
    deck.slide(
        "What happens next",
        [
            f"We will tell you more by {wording.date(cover.next_update)}.",
            f"Ask us: {cover.contact}",
        ],
        notes=f"All of it: {source.home}",
    )
    return deck.finish()


QUESTIONS = (
    "Does it feel true to you?", "What is better now?", "What is not better yet?",
    "What should we do next?",
)  # fmt: skip


def _section(deck: "_Deck", section: Section) -> None:
    """Put a part on slides; what has no easy words and no chart is in the other formats."""
    document = deck.source.document
    if section.kind == "entries":
        for entry in document.entries:
            _entry(deck, entry, document.cover.published_on)
    elif section.kind == "raised":
        _charts(deck)
    elif section.kind == "not_heard":
        missed = [line.text for line in document.easy_not_heard]
        deck.slide(section.title, missed, notes=document.not_heard)
    elif section.easy:
        lines = [line.text for line in section.easy]
        deck.slide(section.easy_heading, lines, notes=" ".join(section.words))


def _charts(deck: "_Deck") -> None:
    for base in deck.source.document.bases:
        name = f"bars/{base.audience}"
        if name in deck.charts:
            deck.slide(
                f"What {base.label[0].lower()}{base.label[1:]} raised most", [base.fact.wording],
                picture=(deck.charts[name], drawn.alt(deck.source.drawings[name]), CHART_WIDE),
                notes="One person can raise several things and is counted once for each.",
            )  # fmt: skip


def _entry(deck: "_Deck", entry: Entry, day: dt.date) -> None:
    title = entry.easy_title.text.rstrip(".")
    (_, said), (_, done), *rest = easyparts.printed(entry, day)
    told = [f"{voice.fact.wording}." for voice in entry.voices]
    quotes = [f"“{quote.shown}” {quote.attribution}." for quote in entry.quotes]
    deck.slide(
        f"You said: {title}", [line.text for line in said],
        picture=deck.picture(entry.easy_title.picture),
        notes=" ".join((entry.said, entry.also_said, *told, *quotes)),
    )  # fmt: skip
    answer = entry.answer
    whole = sentences.as_text(sentences.answered(answer, day))
    felt = sentences.as_text(sentences.verdicts(entry))
    deck.slide(
        f"{sentences.status(answer)}: {title}", [line.text for line in done],
        parts=[(heading, [line.text for line in part]) for heading, part in rest],
        picture=deck.picture(EASY_BANDS[answer.status].picture), notes=f"{whole} {felt}",
    )  # fmt: skip


def _packed(lines: Sequence[str], parts: Sequence[Titled]) -> list[list[Line]]:
    """Put lines on as few slides as hold them; a heading stays with all that stands under it.

    Without its heading, "We do not know yet" would answer a question that nobody can see.
    """
    slides: list[list[Line]] = [[]]
    for heading, inside in (("", lines), *parts):
        for some in _pieces(heading, inside):
            if slides[-1] and len(slides[-1]) + len(some) > MOST_LINES:
                slides.append([])
            slides[-1] += some
    return slides


def _pieces(heading: str, inside: Sequence[str]) -> Iterator[list[Line]]:
    """Cut a part into pieces of about the same length, each under its heading."""
    headed = [(heading, True)] if heading else []
    pieces = math.ceil(len(inside) / (MOST_LINES - len(headed)))
    for number in range(pieces):
        start, end = (len(inside) * n // pieces for n in (number, number + 1))
        yield [*headed, *((line, False) for line in inside[start:end])]


class _Deck:
    """One deck while it is put together."""

    def __init__(self, source: Source) -> None:
        import pptx  # noqa: PLC0415  # heavy: only who makes files pays
        from pptx.util import Cm  # noqa: PLC0415  # as above

        self.source = source
        self.deck: Any = pptx.Presentation()
        self.deck.slide_width, self.deck.slide_height = Cm(WIDE), Cm(TALL)
        _add_stripe(self.deck.slide_master)
        titles = {entry.easy_title.picture for entry in source.document.entries}
        bands = {EASY_BANDS[entry.answer.status].picture for entry in source.document.entries}
        names = sorted((titles | bands) - {""})
        self.pictures = drawn.pngs({name: _svg(name) for name in names}, width=PICTURE_DOTS)
        self.charts = drawn.pngs(
            {name: svg for name, svg in source.drawings.items() if not name.startswith("finding/")}
        )
        self._properties()

    def slide(
        self,
        title: str,
        lines: Sequence[str],
        *,
        parts: Sequence[Titled] = (),
        picture: tuple[bytes, str, float] | None = None,
        notes: str = "",
    ) -> None:
        """Add a slide, and go on to another where there are more lines than fit.

        The mark of a draft stands on every one of them.
        """
        packed = _packed(lines, parts)
        for number, some in enumerate(packed, start=1):
            which = f" ({number} of {len(packed)})" if len(packed) > 1 else ""
            self._one(f"{title}{which}", some, picture, notes)

    def picture(self, name: str) -> tuple[bytes, str, float] | None:
        """Return a picture with its alternative text and width, or None if it was not drawn."""
        if name not in self.pictures:
            return None
        return self.pictures[name], f"Picture: {pictures.table()[name].meaning}", PICTURE_WIDE

    def finish(self) -> bytes:
        """Return the file, the same bytes every time."""
        out = io.BytesIO()
        self.deck.save(out)
        return zips.steady(out.getvalue())

    def _one(
        self,
        title: str,
        lines: Sequence[Line],
        picture: tuple[bytes, str, float] | None,
        notes: str,
    ) -> None:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[1])
        heading, body = slide.placeholders[0], slide.placeholders[1]
        _place(heading, EDGE, 1.0, WIDE - 2 * EDGE, TITLE_TALL)
        _write(heading.text_frame, [(title, True)], TITLE_SIZE)
        taken = self._picture(slide, *picture) + GAP if picture else 0.0
        _place(body, EDGE, TOP, WIDE - 2 * EDGE - taken, FOOT_TOP - TOP)
        _write(body.text_frame, lines, BODY_SIZE)
        foot = slide.shapes.add_textbox(*_cm(EDGE, FOOT_TOP, WIDE - 2 * EDGE, 1.2))
        foot.name = "Foot"
        _write(
            foot.text_frame,
            [(f"{self.source.draft or ''} {self.source.home}".strip(), False)],
            FOOT_SIZE,
        )
        _write(slide.notes_slide.notes_text_frame, [(notes, False)], FOOT_SIZE)

    def _picture(self, slide: Any, png: bytes, alt: str, wide: float) -> float:
        """Put the picture at the right edge, and return how many centimetres wide it became."""
        shape = slide.shapes.add_picture(io.BytesIO(png), *_cm(0, TOP), *_cm(wide))
        edge, limit = _cm(WIDE - EDGE, FOOT_TOP - TOP)
        if shape.height > limit:
            shape.width, shape.height = int(shape.width * limit / shape.height), limit
        shape.left = edge - shape.width
        shape._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001  # no other way
        shape.name = "Picture"
        return float(shape.width.cm)

    def _properties(self) -> None:
        document, known = self.source.document, self.deck.core_properties
        day = dt.datetime.combine(document.cover.published_on, dt.time())
        known.title = self.source.named(document.cover.easy_title)
        known.subject, known.author = self.source.about[:250], document.cover.organisation
        known.keywords, known.language = self.source.keywords[:250], LANGUAGE
        known.comments = " ".join(self.source.notices)[:250]
        known.last_modified_by, known.revision = document.cover.organisation, 1
        known.created = known.modified = day


def _svg(name: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{pictures.VIEW_BOX}"'
        f' stroke-linecap="round" stroke-linejoin="round"><title>{name}</title>'
        f"{pictures.drawing(name)}</svg>"
    )


def _add_stripe(master: Any) -> None:
    """Draw the stripe of our pages behind every slide; readers are not told of what lies there."""
    from pptx.oxml import parse_xml  # noqa: PLC0415  # as above

    wide, tall = _cm(STRIPE_WIDE, TALL)
    master.shapes._spTree.insert(2, parse_xml(STRIPE.format(wide=wide, tall=tall)))  # noqa: SLF001  # no other way


def _write(frame: Any, lines: Sequence[Line], size: int) -> None:
    from pptx.dml.color import RGBColor  # noqa: PLC0415  # as above
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN  # noqa: PLC0415  # as above
    from pptx.util import Pt  # noqa: PLC0415  # as above

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for place, (line, bold) in enumerate(lines or [("", False)]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size / 2)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.name, run.font.bold = Pt(size), FONT, bold
        run.font.color.rgb = RGBColor(*INK)  # type: ignore[no-untyped-call]  # half typed
        run._r.get_or_add_rPr().set("lang", LANGUAGE)  # noqa: SLF001  # no other way


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _cm(left, top, width, height)


def _cm(*lengths: float) -> tuple[int, ...]:
    from pptx.util import Cm  # noqa: PLC0415  # as above

    return tuple(Cm(length) for length in lengths)
