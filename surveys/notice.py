"""The privacy notice: short first, then the details under headings, in words for everybody.

A notice is a document with a version. Each response keeps the version its person was shown, so
that anybody can see later what was promised to them.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from surveys.document import load
from surveys.editions import catalogues
from surveys.questions import EDITION_FACTS, LANGUAGES, Edition, Line, Passage, Wording, is_simple

FOLDER = Path(__file__).resolve().parent / "notices"
#: Name of the catalogues that hold what the shipped notices say in other languages.
CATALOGUE = "privacy-notice"


class NoticeError(ValueError):
    """A privacy notice cannot be used; the message says where each mistake is."""


@dataclasses.dataclass(frozen=True)
class Section:
    """One heading of a notice with what stands under it."""

    heading: Wording
    picture: str
    body: Passage


@dataclasses.dataclass(frozen=True)
class Notice:
    """A privacy notice: `short` is what everybody should read, `details` what one may."""

    version: str
    title: Wording
    short: Passage
    details: tuple[Section, ...]

    def is_in(self, edition: Edition) -> bool:
        """Tell whether every word can be read in an edition; half a notice is none."""
        if not EDITION_FACTS[edition].is_translated:
            return True
        said: list[Wording | Passage] = [self.title, self.short]
        for part in self.details:
            said += [part.heading, part.body]
        return all(edition in words.translations for words in said)

    def part(self, number: str) -> Section | None:
        """Return the detail of that number, counted from 1; easy read shows one a page."""
        wanted = int(number) if number.isdigit() else 0
        return self.details[wanted - 1] if 0 < wanted <= len(self.details) else None

    def pictures(self, edition: Edition, part: Section | None = None) -> set[str]:
        """Return the names of the pictures on the first page of an edition, or on a detail's."""
        if not is_simple(edition):
            return set()
        shown = part.body if part else self.short
        around = {part.picture} if part else {one.picture for one in self.details}
        return {line.picture for line in shown.easy} | around


def shipped(version: str) -> dict[str, Any] | None:
    """Return the document of a version that comes with Engage, or None."""
    path = FOLDER / f"{version}.yaml"
    known = path.parent == FOLDER and path.is_file()
    return load(path) if known else None


def shipped_versions() -> tuple[str, ...]:
    """Return the versions that come with Engage."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def read(document: Mapping[str, Any]) -> Notice:
    """Build a notice from its document; raise NoticeError with every mistake."""
    try:
        notice = Notice(
            version=str(document["version"]),
            title=_wording(document["title"]),
            short=_passage(document["short"]),
            details=tuple(_section(part) for part in document["details"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        message = f"The notice lacks {error}, or it is not of the right form."
        raise NoticeError(message) from error
    found = list(_mistakes(notice))
    if found:
        raise NoticeError("\n".join(found))
    return notice


def _mistakes(notice: Notice) -> Iterator[str]:
    parts: Iterable[tuple[str, Wording, Passage]] = (
        ("The short layer", notice.title, notice.short),
        *((f'"{part.heading.standard}"', part.heading, part.body) for part in notice.details),
    )
    for name, heading, body in parts:
        if not (heading.standard and heading.easy and body.standard and body.easy):
            yield f"{name} needs a heading and words in both editions."
        if not all(line.text and line.picture for line in body.easy):
            yield f"{name}: every easy read line needs words and a picture."
    if not notice.version or not notice.details:
        yield "A notice needs a version and details."


def _section(part: Mapping[str, Any]) -> Section:
    return Section(_wording(part["heading"]), part["heading"]["picture"], _passage(part["body"]))


def _wording(words: Mapping[str, str]) -> Wording:
    said = {name: _said([words["standard"]], name) for name in LANGUAGES}
    translations = {name: found[0] for name, found in said.items() if found}
    return Wording(words["standard"], words["easy"], translations)


def _passage(words: Mapping[str, Any]) -> Passage:
    easy = tuple(Line(line["text"], line["picture"]) for line in words["easy"])
    said = {name: _said(words["standard"], name) for name in LANGUAGES}
    translations = {name: found for name, found in said.items() if found}
    return Passage(tuple(words["standard"]), easy, translations)


def _said(paragraphs: Iterable[str], language: Edition) -> tuple[str, ...]:
    """Return paragraphs in a language; nothing when it lacks one of them."""
    known = catalogues.catalogue(CATALOGUE, language)
    said = tuple(known.get(text, "") for text in paragraphs)
    return said if all(said) else ()
