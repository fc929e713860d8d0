"""A language counts when every word is there; one missing word takes it away and is named."""

import copy
from pathlib import Path
from typing import Any

import pytest

from surveys import document
from surveys.editions import translating
from surveys.questionnaire import build, words_in

TINY = Path(__file__).parents[2] / "questionnaires" / "tiny.yaml"


@pytest.fixture
def tiny() -> dict[str, Any]:
    return document.complete(document.load(TINY), lambda _name: ())


def in_polish(source: dict[str, Any]) -> dict[str, Any]:
    """The same questionnaire with words that only look like Polish."""
    said = copy.deepcopy(source)
    for words in words_in(said):
        words["pl"] = said_in_polish(words["standard"])
    return said


def said_in_polish(standard: str | list[str]) -> str | list[str]:
    if isinstance(standard, str):
        return standard and f"PL {standard}"
    return [f"PL {text}" for text in standard]


def test_a_complete_language_is_there(tiny: dict[str, Any]) -> None:
    read = build(translating.with_translations(in_polish(tiny)))
    assert read.languages == ("pl",)
    assert read.title.in_("pl") == f"PL {read.title.standard}"
    assert read.start.in_("pl")[0] == f"PL {read.start.standard[0]}"


def test_one_missing_word_takes_the_language_away_and_is_named(tiny: dict[str, Any]) -> None:
    written = in_polish(tiny)
    lost = written["pages"][0]["question"]["text"]
    del lost["pl"]
    assert translating.missing(written, "pl") == [lost["standard"]]
    assert build(translating.with_translations(written)).languages == ()


def test_catalogues_add_what_the_document_does_not_say_itself(
    tiny: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = in_polish(tiny)
    lost = written["pages"][0]["question"]["text"]
    del lost["pl"]
    known = {"tiny": {}, "taxonomy": {lost["standard"]: "Z katalogu"}}
    monkeypatch.setattr(
        translating.catalogues,
        "catalogue",
        lambda code, language: known.get(code, {}) if language == "pl" else {},
    )
    said = translating.with_translations(written)
    assert said["pages"][0]["question"]["text"]["pl"] == "Z katalogu"
    assert build(said).languages == ("pl",)


def test_the_source_is_left_as_it_was(tiny: dict[str, Any]) -> None:
    before = copy.deepcopy(tiny)
    translating.with_translations(tiny)
    assert tiny == before


def test_the_hash_changes_with_any_word_of_its_language_only(tiny: dict[str, Any]) -> None:
    first = in_polish(tiny)
    before = translating.words_hash(build(first), "pl")
    assert translating.words_hash(build(copy.deepcopy(first)), "pl") == before
    for words in list(words_in(first)):
        changed = copy.deepcopy(first)
        place = next(one for one in words_in(changed) if one == words)
        place["pl"] = "Inne" if isinstance(place["pl"], str) else ["Inne"]
        assert translating.words_hash(build(changed), "pl") != before
        assert translating.words_hash(build(changed), "ro") == translating.words_hash(
            build(first), "ro"
        )


@pytest.mark.parametrize("code", sorted(document.shipped()))
def test_every_shipped_questionnaire_can_be_read_in_every_language(code: str) -> None:
    source = document.load(document.shipped()[code])
    assert {
        language: translating.missing(source, language) for language in translating.LANGUAGES
    } == {"pl": [], "ro": [], "ur": []}
