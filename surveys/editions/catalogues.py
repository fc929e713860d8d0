"""Catalogues of words in other languages: PO files that translators' own programs can open.

There is one for each questionnaire and language, and one for each language with the labels of
code lists. The original words are the standard edition's, letter by letter. An entry that a
program guessed ("fuzzy") counts as missing until a person has confirmed it.
"""

import functools
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from engage import resources, taxonomy
from surveys import document
from surveys.questions import EDITION_FACTS, Edition

FOLDER = document.FOLDER / "translations"
WIDTH = 100

Words = str | tuple[str, str]


def words_of(part: object) -> Iterator[str]:
    """Yield the standard words of a document, however deep they stand."""
    if isinstance(part, Mapping):
        standard = part.get("standard", ())
        yield from (words for words in _listed(standard) if words)
        for name, inner in part.items():
            if name not in {"standard", "easy"}:
                yield from words_of(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from words_of(inner)


def labels_of(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield the labels of every code list that a document takes its options from."""
    for page in written["pages"]:
        name = page["question"].get("list", "")
        for used in (name, document.GROUPS.get(name, "")):
            if used:
                yield from (term.label for term in taxonomy.history(used))


@functools.cache
def catalogue(code: str, language: Edition) -> Mapping[str, str]:
    """Return what the words of a questionnaire (or of "taxonomy") are called in a language."""
    return known(path_of(code, language), language)


@functools.cache
def pages(language: Edition) -> Mapping[str, str]:
    """Return what the words of Engage's own pages are called in a language."""
    return known(path_of_pages(language), language)


def path_of_pages(language: Edition) -> Path:
    """Return where the catalogue of the pages' words in a language lies."""
    folder = resources.translations() / EDITION_FACTS[language].language
    return folder / "LC_MESSAGES" / "messages.po"


def path_of(code: str, language: Edition) -> Path:
    """Return where the catalogue of a questionnaire in a language lies."""
    return FOLDER / f"{code}.{language}.po"


def known(path: Path, language: Edition) -> dict[str, str]:
    """Return the usable entries of a catalogue; nothing where there is no file."""
    return {
        str(entry.id): str(entry.string)
        for entry in _read(path, language)
        if isinstance(entry.id, str) and entry.id and entry.string and not entry.fuzzy
    }


def update(path: Path, language: Edition, words: Collection[Words]) -> list[Words]:
    """Bring a catalogue up to date with the words there are; return those without a translation.

    No translation is lost: what is no longer said moves to the end of the file, commented out,
    and comes back when it is said again.
    """
    old = _read(path, language)
    new = Catalog(locale=EDITION_FACTS[language].language)
    before = {_key(entry.id): entry for entry in (*old.obsolete.values(), *old) if entry.id}
    for said in words:
        entry = before.pop(_key(said), None)
        comments = entry.user_comments if entry else ()
        flags = entry.flags if entry else ()
        new.add(said, entry.string if entry else None, flags=flags, user_comments=comments)
    new.obsolete.update((key, entry) for key, entry in before.items() if entry.string)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _header(path, language) + _entries(new)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return [said for said in words if not _is_said(new[said].string)]


def _listed(standard: object) -> Iterable[str]:
    if isinstance(standard, str):
        return (standard,)
    return standard if isinstance(standard, list | tuple) else ()


def _read(path: Path, language: Edition) -> Catalog:
    if not path.exists():
        return Catalog(locale=EDITION_FACTS[language].language)
    with path.open("rb") as file:
        return read_po(file, locale=EDITION_FACTS[language].language)


def _key(said: Words | list[str]) -> str:
    return said if isinstance(said, str) else said[0]


def _is_said(string: object) -> bool:
    return bool(string) and all(_listed(string))


def _entries(catalogue: Catalog) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, width=WIDTH, omit_header=True, sort_output=True)
    return written.getvalue().decode().strip() + "\n"


def _header(path: Path, language: Edition) -> str:
    """Return the head of the file as translators left it, or that of a new file."""
    if path.exists():
        head, divider, _ = path.read_text(encoding="utf-8").lstrip().partition("\n\n")
        return head + divider
    plural = Catalog(locale=EDITION_FACTS[language].language).plural_forms
    lines = (
        "Project-Id-Version: Engage",
        f"Language: {language}",
        f"Plural-Forms: {plural}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "X-Checked-By: ",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"
