"""The slides, read back: titles, alternative text, reading order and language."""

import io
from typing import Any

import pptx
import pytest

from reports.formats import slides
from tests.published import DOCUMENT, QUOTE, source

PICTURE = 13


@pytest.fixture(scope="module")
def deck() -> Any:
    return pptx.Presentation(io.BytesIO(slides.write(source())))


def test_every_slide_has_a_title_of_its_own_that_is_read_first(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        names = [shape.shape_id for shape in slide.shapes]
        assert names[0] == slide.shapes.title.shape_id
        assert slide.shapes[-1].name == "Foot"


def test_every_picture_says_what_it_shows(deck: Any) -> None:
    shown = [
        shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == PICTURE
    ]
    alts = [shape._element.nvPicPr.cNvPr.get("descr") for shape in shown]  # noqa: SLF001  # no other way
    assert all(alts)
    assert any("by 14 of 20 parent carers" in alt for alt in alts)


def test_words_are_in_english_and_large(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in paragraph.runs:
                    assert run._r.rPr.get("lang") == "en-GB"  # noqa: SLF001  # as above
                    assert run.font.size.pt >= (14 if shape.name == "Foot" else 24)


def test_the_notes_hold_the_whole_of_what_the_slide_says_in_short(deck: Any) -> None:
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert QUOTE in notes
    for entry in DOCUMENT.entries:
        assert entry.said in notes
        assert entry.answer.text in notes
        assert entry.answer.because in notes


def test_a_draft_says_so_on_every_slide() -> None:
    draft = "DRAFT. 62% of comments coded."
    made = pptx.Presentation(io.BytesIO(slides.write(source(draft=draft))))
    for slide in made.slides:
        assert draft in " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_nothing_stands_outside_the_slide(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height


def test_words_and_picture_do_not_lie_over_each_other(deck: Any) -> None:
    pictured = [slide for slide in deck.slides if "Picture" in [s.name for s in slide.shapes]]
    assert pictured
    for slide in pictured:
        (picture,) = (shape for shape in slide.shapes if shape.name == "Picture")
        body = slide.placeholders[1]
        assert body.left + body.width <= picture.left
        assert body.width >= deck.slide_width / 4


def test_what_families_feel_stands_under_the_question_that_it_answers(deck: Any) -> None:
    for slide in deck.slides:
        lines = slide.placeholders[1].text_frame.paragraphs
        texts = [line.text for line in lines]
        if "We do not know yet." in texts:
            asked = lines[texts.index("We do not know yet.") - 1]
            assert asked.text == "Does it feel true?"
            assert asked.runs[0].font.bold


@pytest.mark.parametrize("lines", range(20))
def test_slides_hold_every_line_once_and_no_more_than_fit(lines: int) -> None:
    first = [f"line {number}" for number in range(lines)]
    parts = [("Why", ["because"]), ("Long", [f"more {number}" for number in range(9)])]
    packed = slides._packed(first, parts)  # noqa: SLF001  # its rule is the promise
    said = [line for some in packed for line, is_heading in some if not is_heading]
    assert said == [*first, "because", *(f"more {number}" for number in range(9))]
    assert all(0 < len(some) <= slides.MOST_LINES for some in packed)
    assert not any(some[-1][1] for some in packed)
