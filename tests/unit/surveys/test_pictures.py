"""The table names real drawings, and a sprite holds them without their ids."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from surveys import pictures


@pytest.mark.parametrize("name", pictures.table())
def test_every_picture_of_the_table_can_be_drawn(name: str) -> None:
    root = ET.fromstring(pictures.sprite([name]))  # noqa: S314  # our own drawing
    assert len(root) == 1
    drawn = [
        element for element in root.iter() if "d" in element.attrib or "points" in element.attrib
    ]
    shapes = [
        e for e in root.iter() if e.tag.rpartition("}")[2] in {"circle", "rect", "ellipse", "line"}
    ]
    assert drawn or shapes
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == [name]


def test_every_picture_says_what_it_means_and_when_that_was_reviewed() -> None:
    for picture in pictures.table().values():
        assert picture.meaning
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", picture.reviewed)


def test_a_sprite_is_the_same_whatever_the_order() -> None:
    assert pictures.sprite(["yes", "no", "yes"]) == pictures.sprite(["no", "yes"])


def test_an_address_names_what_is_needed_and_nothing_twice() -> None:
    address = pictures.address(["yes", "no", "yes", ""])
    code = address.removeprefix("/pictures/").partition(".svg?v=")[0]
    assert sorted(pictures.named(code)) == ["no", "yes"]
    assert address == pictures.address(["no", "yes"])
    assert pictures.address([]) == ""


def test_an_address_is_short_however_many_pictures_it_names() -> None:
    assert len(pictures.address(pictures.table())) < 60
    with pytest.raises(pictures.PictureError, match="'dragon'"):
        pictures.address(["yes", "dragon"])


def test_an_unknown_picture_is_named() -> None:
    with pytest.raises(pictures.PictureError, match=r"'dragon'.*pictures\.csv"):
        pictures.drawing("dragon")


def test_a_missing_drawing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pictures.csv"
    path.write_text("name,openmoji,meaning,reviewed\nghost,FFFFFF,A ghost,2026-11-21\n")
    found = pictures.table(path)
    monkeypatch.setattr(pictures, "table", lambda: found)
    with pytest.raises(pictures.PictureError, match="'FFFFFF'"):
        pictures.drawing("ghost")


@pytest.mark.parametrize(
    ("compact", "slim"),
    [
        ("M1.234-5.678", "M1.2-5.7"),
        ("1.25.75", "1.2 0.8"),
        ("-0.3046-0.0013-0.5", "-0.3-0-0.5"),
        ("a1 1 01.555.5", "a1 1 01.555.5"),
        ("12.04", "12"),
    ],
)
def test_rounding_never_runs_two_numbers_into_one(compact: str, slim: str) -> None:
    drawn = pictures.slim(f'<svg id="emoji"><g id="line"><path d="{compact}"/></g></svg>')
    assert drawn == f'<g><path d="{slim}"/></g>'
