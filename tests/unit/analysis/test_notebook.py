import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import analysis
from analysis.standalone import runfacts
from analysis.standalone.notebook import TabledAnalysis
from analysis.standalone.sources import FileProblem
from analysis.texts.documents import Document
from analysis.themes.results import Analysis
from engage.cli.analyse import analyse as command

SAYINGS = ["The bus is always late", "We waited two years", "The bus never came", ""]


@pytest.fixture(scope="module")
def found() -> TabledAnalysis:
    return analysis.analyse(SAYINGS)


def test_plain_texts_get_their_place_as_id_and_every_one_comes_back(found: TabledAnalysis) -> None:
    assert isinstance(found, Analysis)
    assert {coding.document_id for coding in found.codings} == {"1", "2", "3", "4"}


def test_tables_have_a_row_for_each_segment_and_theme(found: TabledAnalysis) -> None:
    assert len(found.codings_table()) == len(found.codings)
    assert len(found.themes_table()) == len(found.themes)
    assert {"document_id", "label", "confidence"} <= set(found.codings_table().columns)


def test_documents_keep_their_own_ids() -> None:
    given = [Document("a", ""), Document("b", "n/a")]
    assert {c.document_id for c in analysis.analyse(given).codings} == {"a", "b"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "('numpy', 'pandas', 'bertopic')"
    code = f"import sys, analysis; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def a_run(folder: Path, themes: dict[str, str], words: str = "") -> Path:
    """Write what an analysis writes; words has a letter for what each row says, if known."""
    folder.mkdir()
    (folder / "run.json").write_text('{"input_hash": "a", "settings": {}, "versions": {}}')
    labels = sorted(set(themes.values()) - {""})
    with (folder / "themes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("theme_id", "label"), *((t, f"theme {t}") for t in labels)])
    with (folder / "codings.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        known = ("words_hash",) if words else ()
        writer.writerow(("row", "theme_id", "is_primary", "set_aside_reason", *known))
        writer.writerows(
            (row, theme, "true" if theme else "false", "" if theme else "blank", *said)
            for (row, theme), said in zip(themes.items(), words or [()] * len(themes), strict=True)
        )
    return folder


def test_two_folders_are_compared_at_the_command_line(tmp_path: Path) -> None:
    first = a_run(tmp_path / "first", {"1": "1", "2": "1", "3": "2", "4": ""})
    second = a_run(tmp_path / "second", {"1": "1", "2": "2", "3": "2", "4": "", "5": "1"})
    asked = ["--out", str(second), "--compare", str(first)]
    said = CliRunner().invoke(command, asked)
    assert said.exit_code == 0
    assert "1 answer is new." in said.output
    assert "1 of 4 answers are in another theme." in said.output
    assert "matched by the number of their row" in said.output


def test_answers_are_known_by_their_words_when_rows_stand_in_another_order(tmp_path: Path) -> None:
    first = a_run(tmp_path / "first", {"1": "1", "2": "1", "3": "2", "10": "2"}, "aabc")
    second = a_run(tmp_path / "second", {"1": "5", "2": "5", "3": "4", "4": "4", "5": "5"}, "dbcaa")
    said = CliRunner().invoke(command, ["--out", str(second), "--compare", str(first)])
    assert "1 answer is new." in said.output
    assert "2 of 4 answers are in another theme." in said.output
    assert "row" not in said.output


def test_a_run_is_compared_with_what_its_folder_held_before(tmp_path: Path, tiny: object) -> None:
    del tiny
    (tmp_path / "a.csv").write_text("text\nThe bus is late\nWe waited two years\n")
    out = str(a_run(tmp_path / "out", {"1": "1"}, "a"))
    asked = [str(tmp_path / "a.csv"), "--text", "text", "--out", out, "--compare", out]
    said = CliRunner().invoke(command, asked)
    assert said.exit_code == 0
    assert "2 answers are new." in said.output
    assert "1 answer is no longer there." in said.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--compare", "earlier"], "Say which results to compare: --out"),
        ([], "Name either a FILE or a --consultation."),
        (["--out", "later", "--compare", "earlier"], "The folder earlier holds no run"),
    ],
)
def test_what_is_missing_to_compare_is_said(asked: list[str], said: str) -> None:
    result = CliRunner().invoke(command, asked)
    assert result.exit_code
    assert said in f"{result.output}{result.exception}"


def test_a_run_without_themes_can_be_read(tmp_path: Path) -> None:
    facts = runfacts.of_folder(a_run(tmp_path / "run", {"1": ""}))
    assert (facts.themes, facts.answers) == ({}, {"1": ""})


@pytest.mark.parametrize("name", ["run.json", "themes.csv", "codings.csv"])
def test_a_folder_that_is_no_run_is_named(tmp_path: Path, name: str) -> None:
    folder = a_run(tmp_path / "run", {"1": "1"})
    (folder / name).unlink()
    with pytest.raises(FileProblem, match=name):
        runfacts.of_folder(folder)


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    folder = a_run(tmp_path / "run", {"1": "1"})
    (folder / "run.json").write_text("{")
    with pytest.raises(FileProblem, match="damaged"):
        runfacts.of_folder(folder)


def test_what_a_table_calls_missing_is_a_blank_answer(tiny: object) -> None:
    del tiny
    answers: Any = ["The bus is late", None, float("nan"), "We waited two years"]
    found = analysis.analyse(answers)
    assert found.run.counts["documents"] == 4
    assert found.run.counts["blank"] == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [("The bus", "Give a list"), ({"a": "b"}, "one column"), (["bus", 7], "Answer 2 is 7")],
)
def test_what_is_no_list_of_texts_is_refused_in_a_sentence(given: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        analysis.analyse(given)
