"""Putting a questionnaire into other languages, from its own words and from the catalogues."""

import copy
import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.editions import catalogues
from surveys.questionnaire import Questionnaire, words_in
from surveys.questions import LANGUAGES, Edition, Passage, Wording

LISTS = "taxonomy"

Words = Mapping[str, Any]

_hashes: dict[tuple[str, Edition], str] = {}


def with_translations(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose words carry their translations, language by complete language.

    Words that the document brings itself win over the catalogues. A language that lacks a single
    word is not added: half a page in another language helps nobody.
    """
    translated = copy.deepcopy(dict(document))
    for language in LANGUAGES:
        if not missing(translated, language):
            for words in words_in(translated):
                words[language] = _said(words, translated["code"], language)
    return translated


def missing(document: Mapping[str, Any], language: Edition) -> list[str]:
    """Return the standard words that a language lacks, in the order of the document."""
    code = document["code"]
    lacking = {
        text: None
        for words in words_in(document)
        if _said(words, code, language) is None
        for text in catalogues.words_of({"standard": words["standard"]})
        if _looked_up(text, code, language) is None
    }
    return list(lacking)


def words_hash(questionnaire: Questionnaire, language: Edition) -> str:
    """Return the hash of everything that a language says in a questionnaire.

    It covers the words of the questions and those of the pages around them.
    """
    key = (questionnaire.digest, language)
    if key not in _hashes or not questionnaire.digest:
        said = {
            "questions": [
                (words.standard, words.translations.get(language))
                for words in _wordings(questionnaire)
            ],
            "pages": sorted(catalogues.pages(language).items()),
        }
        text = json.dumps(said, ensure_ascii=False, default=list)
        _hashes[key] = hashlib.sha256(text.encode()).hexdigest()
    return _hashes[key]


def _said(words: Words, code: str, language: Edition) -> str | list[str] | None:
    """Return words in a language: the document's own, or else the catalogues', or else None."""
    if language in words:
        own: str | list[str] = words[language]
        return own
    standard = words["standard"]
    if isinstance(standard, str):
        return _looked_up(standard, code, language)
    said = [_looked_up(text, code, language) for text in standard]
    return None if None in said else [text for text in said if text is not None]


def _looked_up(text: str, code: str, language: Edition) -> str | None:
    if not text:
        return text
    found = catalogues.catalogue(code, language).get(text)
    return found or catalogues.catalogue(LISTS, language).get(text)


def _wordings(part: Any) -> Iterator[Wording | Passage]:
    """Yield all words of a questionnaire in order."""
    if isinstance(part, Wording | Passage):
        yield part
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        for field in dataclasses.fields(part):
            yield from _wordings(getattr(part, field.name))
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from _wordings(inner)
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _wordings(inner)
