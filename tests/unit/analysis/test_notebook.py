import csv
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import analysis
from analysis.standalone import runfacts
from analysis.standalone.notebook import TabledAnalysis
from analysis.standalone.tables import FileProblem
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


def a_run(folder: Path, themes: dict[str, str]) -> Path:
    folder.mkdir()
    (folder / "run.json").write_text('{"input_hash": "a", "settings": {}, "versions": {}}')
    labels = sorted(set(themes.values()) - {""})
    with (folder / "themes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("theme_id", "label"), *((t, f"theme {t}") for t in labels)])
    with (folder / "codings.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "theme_id", "is_primary", "set_aside_reason"))
        writer.writerows(
            (row, theme, "true" if theme else "false", "" if theme else "blank")
            for row, theme in themes.items()
        )
    return folder


def test_two_folders_are_compared_at_the_command_line(tmp_path: Path) -> None:
    first = a_run(tmp_path / "first", {"1": "1", "2": "1", "3": "2", "4": ""})
    second = a_run(tmp_path / "second", {"1": "1", "2": "2", "3": "2", "4": "", "5": "1"})
    asked = ["--out", str(second), "--compare", str(first)]
    said = CliRunner().invoke(command, asked)
    assert said.exit_code == 0
    assert "1 answers are new." in said.output
    assert "1 of 4 answers are in another theme." in said.output


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
