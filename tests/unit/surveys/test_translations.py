"""The shipped drafts in other languages: nothing missing, nothing lost that keeps people safe."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages import Catalog
from babel.messages.pofile import read_po

from engage import taxonomy
from surveys import document, notice
from surveys.editions import catalogues
from surveys.questions import LANGUAGES, Edition

DOCUMENTS = tuple(sorted(document.FOLDER.glob("*.yaml")))
SHIPPED = (
    *sorted(catalogues.FOLDER.glob("*.po")),
    *(catalogues.path_of_pages(language) for language in LANGUAGES),
)
DISTRICT = re.compile(r"E07\d{6}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
#: Emergency numbers, help lines and any other number of several parts.
PHONE = re.compile(r"\b(?:999|111|\d+(?: \d+)+)\b")
ISOLATED = re.compile("\u2066[^\u2066-\u2069]+\u2069")
ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
LETTERS = re.compile(r"[^\W\d_]")


def source_of(path: Path) -> dict[str, Any]:
    source: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return source


@functools.cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def entries() -> Iterator[tuple[str, str, str, str]]:
    """Yield file, language, English words and translated words of every entry that has them."""
    for path in SHIPPED:
        found = catalogue(path)
        for entry in found:
            if entry.id and entry.string:
                english = entry.id if isinstance(entry.id, str) else entry.id[0]
                said = [entry.string] if isinstance(entry.string, str) else entry.string
                yield from ((path.name, str(found.locale), english, words) for words in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_word_of_a_questionnaire_is_translated(path: Path, language: Edition) -> None:
    source = source_of(path)
    said = catalogues.catalogue(source["code"], language)
    labels = catalogues.catalogue("taxonomy", language)
    assert [words for words in catalogues.words_of(source) if words not in said] == []
    assert [words for words in catalogues.labels_of(source) if words not in labels] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", sorted(notice.FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_word_of_a_privacy_notice_is_translated(path: Path, language: Edition) -> None:
    assert notice.read(source_of(path)).is_in(language)


def test_every_catalogue_says_its_language_and_who_checked_it() -> None:
    for path in SHIPPED:
        text = path.read_text(encoding="utf-8")
        assert f'"Language: {catalogue(path).locale}\\n"' in text
        assert '"X-Checked-By:' in text


def test_no_draft_is_marked_as_guessed() -> None:
    assert [path.name for path in SHIPPED if any(entry.fuzzy for entry in catalogue(path))] == []


def test_places_for_values_survive_translation() -> None:
    for name, language, english, said in entries():
        where = f"{name} ({language}): {english}"
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(said)), where


def test_phone_numbers_survive_translation() -> None:
    for name, language, english, said in entries():
        where = f"{name} ({language}): {english}"
        assert sorted(PHONE.findall(english)) == sorted(PHONE.findall(said)), where


def test_only_the_names_of_districts_stay_english() -> None:
    names = {term.label for term in taxonomy.history("districts") if DISTRICT.match(term.code)}
    same = {english for _, _, english, said in entries() if english == said}
    assert {words for words in same - names if LETTERS.search(PLACEHOLDER.sub("", words))} == set()


def test_urdu_is_written_in_its_own_script() -> None:
    names = {term.label for term in taxonomy.history("districts")}
    for name, language, english, said in entries():
        if language == "ur" and english not in names and LETTERS.search(english):
            assert ARABIC_SCRIPT.search(said), f"{name}: {english}"


def test_a_number_of_several_parts_keeps_its_order_between_urdu_words() -> None:
    """Written from right to left, "116 123" would be read as 123 116: marks hold it together."""
    for name, language, english, said in entries():
        if language == "ur":
            outside = ISOLATED.sub("", said)
            assert not re.search(r"\d \d", outside), f"{name}: {english}"
