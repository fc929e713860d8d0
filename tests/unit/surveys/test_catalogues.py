"""Catalogues keep what translators wrote, whatever happens to the words they translated."""

import subprocess
from pathlib import Path

import pytest

from surveys.editions import catalogues


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiny.pl.po"


def fill_in(path: Path, words: str, said: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert f'msgid "{words}"\nmsgstr ""' in text
    text = text.replace(f'msgid "{words}"\nmsgstr ""', f'msgid "{words}"\nmsgstr "{said}"')
    path.write_text(text, encoding="utf-8")


def test_new_words_stand_in_the_file_and_wait_for_a_translator(path: Path) -> None:
    assert catalogues.update(path, "pl", ["Yes", "No"]) == ["Yes", "No"]
    assert catalogues.known(path, "pl") == {}
    fill_in(path, "Yes", "Tak")
    assert catalogues.update(path, "pl", ["Yes", "No"]) == ["No"]
    assert catalogues.known(path, "pl") == {"Yes": "Tak"}


def test_a_translation_comes_back_with_its_words(path: Path) -> None:
    catalogues.update(path, "pl", ["Yes", "No"])
    fill_in(path, "Yes", "Tak")
    catalogues.update(path, "pl", ["No"])
    assert catalogues.known(path, "pl") == {}
    assert '#~ msgstr "Tak"' in path.read_text(encoding="utf-8")
    catalogues.update(path, "pl", ["No", "Yes"])
    assert catalogues.known(path, "pl") == {"Yes": "Tak"}


def test_what_a_program_guessed_does_not_count(path: Path) -> None:
    catalogues.update(path, "pl", ["Yes"])
    fill_in(path, "Yes", "Tak")
    text = path.read_text(encoding="utf-8").replace('msgid "Yes"', '#, fuzzy\nmsgid "Yes"')
    path.write_text(text, encoding="utf-8")
    assert catalogues.known(path, "pl") == {}
    catalogues.update(path, "pl", ["Yes"])
    assert "#, fuzzy" in path.read_text(encoding="utf-8")


def test_the_head_of_a_file_stays_as_translators_left_it(path: Path) -> None:
    catalogues.update(path, "pl", ["Yes"])
    text = path.read_text(encoding="utf-8").replace("X-Checked-By: ", "X-Checked-By: A. Person")
    path.write_text(text, encoding="utf-8")
    catalogues.update(path, "pl", ["Yes", "No"])
    assert "X-Checked-By: A. Person" in path.read_text(encoding="utf-8")


def test_an_update_without_news_changes_nothing(path: Path) -> None:
    catalogues.update(path, "pl", ["Yes", ("%(number)s day", "%(number)s days")])
    before = path.read_bytes()
    catalogues.update(path, "pl", [("%(number)s day", "%(number)s days"), "Yes"])
    assert path.read_bytes() == before


def test_words_are_found_however_deep_they_stand() -> None:
    document = {"title": {"standard": "A", "easy": "B"}, "pages": [{"hint": {"standard": ["C"]}}]}
    assert list(catalogues.words_of(document)) == ["A", "C"]


def test_no_catalogue_is_behind_the_words_of_pages_and_questions() -> None:
    script = Path(__file__).parents[3] / "script" / "translations"
    done = subprocess.run([script, "--check"], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    behind = [line for line in done.stdout.splitlines() if not line.endswith(": 0 to translate")]
    assert (behind, done.stderr) == ([], ""), "run script/translations and fill in what is new"
