"""The map of tiles: every district once, its number in words, and no hidden number in a drawing."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

from engage import taxonomy
from reports.representation import maps
from reports.representation.heardparts import Place, PlaceMap
from reports.words.facts import Fact


def place(code: str, value: int | None) -> Place:
    tile = maps.arrangement()[code]
    mark = "[c]" if value is None else None
    fact = Fact(f"place/p/Q/parent_carer/{code}", value, 100, f"{value} of 100 named it", mark)  # type: ignore[arg-type]  # a known mark
    return Place(code, tile.short, tile.short, tile.row, tile.column, fact)


def drawn(*values: int | None) -> PlaceMap:
    codes = list(maps.arrangement())
    return PlaceMap(
        "place/p/Q/parent_carer",
        "parent_carer",
        "Parent carers",
        "Where do you live?",
        Fact("place/p/Q/parent_carer/:answered", 100, None, "100 parent carers"),
        tuple(place(code, value) for code, value in zip(codes, values, strict=False)),
        (),
    )


def test_every_district_of_today_has_a_tile_of_its_own() -> None:
    tiles = maps.arrangement()
    terms = taxonomy.terms("districts", dt.date(2026, 3, 1))
    assert set(tiles) == {term.code for term in terms if term.code.startswith("E")}
    assert len({(tile.row, tile.column) for tile in tiles.values()}) == len(tiles)


def test_a_tile_says_its_name_and_number() -> None:
    svg = maps.map_svg(drawn(40, 12, 0))
    words = [element.text for element in ET.fromstring(svg).iter() if element.text]  # noqa: S314  # our own
    assert "North Herts" in words
    assert {"40", "12", "0"} <= set(words)
    assert words[0] == maps.map_alt(drawn(40, 12, 0))


def test_a_hidden_number_leaves_no_trace_in_the_drawing() -> None:
    svg = maps.map_svg(drawn(40, None, 12))
    assert "[c]" in svg
    bars = re.findall(r'height="4"', svg)
    assert len(bars) == 2
    assert svg.count('stroke-width="3"') > 4, "it is striped"
    assert "Numbers not shown: 1." in maps.map_alt(drawn(40, None, 12))


def test_the_words_on_a_tile_can_be_read_on_its_shade() -> None:
    for shade, ink in maps.SHADES:
        light = sorted((_luminance(shade), _luminance(ink)))
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 7


def test_the_alternative_text_is_short_and_names_the_largest() -> None:
    alt = maps.map_alt(drawn(*range(40, 50)))
    assert len(alt) <= 250
    assert "Most: Hertsmere, 49 of 100 named it." in alt


def test_nothing_is_drawn_without_tiles() -> None:
    assert maps.map_svg(drawn()) == ""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
