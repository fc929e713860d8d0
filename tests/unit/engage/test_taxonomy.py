import datetime as dt
from pathlib import Path

import pytest

from engage import taxonomy
from engage.taxonomy import TaxonomyError, load, term, terms

TODAY = dt.date(2026, 11, 21)
HEAD = "code,label,easy_label,picture,parent,valid_from,valid_to,source\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "made_up.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", taxonomy.names())
def test_every_list_that_is_shipped_can_be_read(name: str) -> None:
    assert taxonomy.history(name)


def test_every_starter_theme_belongs_to_an_ambition() -> None:
    ambitions = {found.code for found in terms("ambitions", TODAY)}
    assert {found.parent for found in terms("starter_codes", TODAY) if found.parent} <= ambitions


def test_the_six_ambitions_and_seven_outcome_bees_are_there() -> None:
    assert [found.code for found in terms("ambitions", TODAY)] == [f"A{n}" for n in range(1, 7)]
    assert len(terms("outcome_bees", TODAY)) == 7


def test_a_term_is_found_by_code_only_while_it_is_in_force() -> None:
    found = term("ambitions", "A1", TODAY)
    assert found is not None
    assert term("ambitions", "A1", dt.date(1999, 1, 1)) is None
    assert term("ambitions", "A99", TODAY) is None


def test_a_code_may_be_renamed_on_a_day(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        HEAD
        + "X,Old,Old,p,,2020-01-01,2025-12-31,made up\n"
        + "X,New,New,p,,2026-01-01,,made up\n",
    )
    old, new = load(path)
    assert old.in_force(dt.date(2025, 12, 31))
    assert not old.in_force(dt.date(2026, 1, 1))
    assert new.in_force(dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("X,Label,Easy,p,,someday,,s\n", "line 2: 'someday' is not a date"),
        ("X,Label,Easy,p,,2026-01-01,soon,s\n", "line 2: 'soon' is not a date"),
        ("X,,Easy,p,,2026-01-01,,s\n", "line 2: the label is empty"),
        ("X,Label,,p,,2026-01-01,,s\n", "line 2: the easy_label is empty"),
        ("X,Label,Easy,p,,2026-01-01,,\n", "line 2: the source is empty"),
        ("a b,Label,Easy,p,,2026-01-01,,s\n", "line 2: 'a b' is not a code"),
        ("X,Label,Easy\n", "line 2: there must be 8 columns"),
        ("X,Label,Easy,p,,2026-01-01,,s,more\n", "line 2: there must be 8 columns"),
        (
            "X,Label,Easy,p,,2026-01-01,,s\nX,Other,Easy,p,,2026-06-01,,s\n",
            "line 3: 'X' is in force twice at once",
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(TaxonomyError) as raised:
        load(written(tmp_path, HEAD + rows))
    assert f"made_up.csv, {says}" in str(raised.value)


def test_wrong_columns_are_told(tmp_path: Path) -> None:
    with pytest.raises(
        TaxonomyError, match=r"made_up\.csv, line 1: the columns must be code,label"
    ):
        load(written(tmp_path, "code,label\nX,Y\n"))


def test_a_list_that_is_not_there_is_told() -> None:
    with pytest.raises(TaxonomyError, match="no list called 'nothing'"):
        terms("nothing", TODAY)
