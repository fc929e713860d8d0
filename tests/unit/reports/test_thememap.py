"""The map of themes says what the table of numbers says, and nothing that it hides."""

import dataclasses
import re

import pytest

from reports.documents.document import Document, Fact, Raised, from_json, to_json
from reports.documents.themeparts import ThemeMap, ThemePlace
from reports.formats import render, thememap
from tests.published import source


def raised(name: str, value: int | None) -> Raised:
    said = f"{value} of 40 parent carers who wrote a comment" if value else "Fewer than 5"
    mark = None if value else "[c]"
    fact = Fact(f"theme/{name}/parent_carer", value, 40, said, mark, "parent_carer", name)
    return Raised(f"Theme {name}", (fact,), "")


@pytest.fixture
def document() -> Document:
    places = (
        ThemePlace("a", "Theme a", 100, 100, 40),
        ThemePlace("b", "Theme b", 180, 100, 20),
        ThemePlace("c", "Theme c", 300, 300, 15),
    )
    rows = (raised("a", 31), raised("b", 12), raised("c", 6), raised("d", None))
    return dataclasses.replace(source().document, raised=rows, theme_map=ThemeMap(places, 24))


def test_a_document_keeps_its_map_and_an_older_one_has_none(document: Document) -> None:
    assert from_json(to_json(document)) == document
    old = dataclasses.replace(document, theme_map=None)
    assert (thememap.svg(old), thememap.alt(old), thememap.table(old)[1]) == ("", "", [])
    assert "themes" not in render.charts(old)


def test_the_words_for_the_picture_name_the_largest_with_its_base(document: Document) -> None:
    said = thememap.alt(document)
    assert "3 themes" in said
    assert "“Theme a”, raised by 31 of 40 parent carers" in said
    assert f"<title>{said}</title>" in render.charts(document)["themes"]


def test_a_long_name_does_not_make_the_words_too_long(document: Document) -> None:
    assert document.theme_map
    first, *rest = document.theme_map.places
    long = dataclasses.replace(first, label="x" * 300)
    named = dataclasses.replace(document, theme_map=ThemeMap((long, *rest), 24))
    assert len(thememap.alt(named)) <= thememap.LONGEST_ALT
    assert "number 1: 31 of 40" in thememap.alt(named)


def test_every_circle_stands_in_the_table_with_what_is_nearest(document: Document) -> None:
    head, rows = thememap.table(document)
    assert [row[0] for row in rows] == ["1 Theme a", "2 Theme b", "3 Theme c"]
    assert rows[0][1:] == ["31 parent carers", "2 Theme b; 3 Theme c"]
    assert len(head) == len(rows[0])
    drawn = re.findall(r'font-weight="bold"[^>]*>(\d+)<', thememap.svg(document))
    assert drawn == ["1", "2", "3"]


def test_a_circle_is_as_large_as_the_numbers_that_are_shown() -> None:
    shown, hidden = raised("a", 31).facts, raised("d", None).facts
    assert thememap.size_of(shown + hidden) == 31
    assert thememap.size_of(hidden) is None
