"""A questionnaire as immutable objects, built from its document and checked on the way.

The document is readable YAML (``surveys/documents``); `surveys.document` loads it, checks it
against the published JSON Schema and fills in code lists. What stays in the database is the
filled-in document, so a published version never changes when a list does.
"""

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.questions import KINDS, Edition, Line, Option, Passage, Question, Wording

PASSAGES = ("start", "keeping_safe", "end", "no_thanks", "help_now")


class DocumentError(ValueError):
    """A questionnaire cannot be used; the message says where each mistake is and what to do."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclasses.dataclass(frozen=True)
class Condition:
    """Show a page only to those who gave one of these answers to one earlier question."""

    question: str
    any_of: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Page:
    """One page: one question, and perhaps a condition."""

    id: str
    question: Question
    when: Condition | None = None


@dataclasses.dataclass(frozen=True)
class Questionnaire:
    """Every page in order, with the words around them, in every edition.

    Attributes:
        digest: hash of the stored document; names the version in caches.
    """

    code: str
    audience: str
    default_edition: Edition
    minutes: int
    title: Wording
    start: Passage
    keeping_safe: Passage
    end: Passage
    no_thanks: Passage
    help_now: Passage
    pages: tuple[Page, ...]
    digest: str = ""

    @functools.cached_property
    def questions(self) -> dict[str, Question]:
        """Return the questions by code, in order."""
        return {page.question.code: page.question for page in self.pages}

    @functools.cached_property
    def _by_id(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    def page(self, page_id: str) -> Page | None:
        """Return the page of that id, if there is one."""
        return self._by_id.get(page_id)

    @functools.cached_property
    def _positions(self) -> dict[str, int]:
        return {page.id: number for number, page in enumerate(self.pages)}

    def position(self, page_id: str) -> int:
        """Return the place of a page, counting from 0; raise KeyError for an unknown id."""
        return self._positions[page_id]

    @functools.cached_property
    def _asking(self) -> dict[str, Page]:
        return {page.question.code: page for page in self.pages}

    def page_of(self, code: str) -> Page:
        """Return the page that asks a question; raise KeyError for an unknown code."""
        return self._asking[code]

    @property
    def text_codes(self) -> tuple[str, ...]:
        """Return the codes of the questions answered in own words and not private."""
        return tuple(
            code for code, asked in self.questions.items() if asked.is_text and not asked.private
        )


def build(document: Mapping[str, Any], *, digest: str = "") -> Questionnaire:
    """Build a questionnaire from a filled-in document; raise DocumentError with every mistake."""
    read = Questionnaire(
        code=document["code"],
        audience=document["audience"],
        default_edition=document.get("default_edition", "standard"),
        minutes=document["minutes"],
        title=_wording(document["title"]),
        **{name: _passage(document.get(name)) for name in PASSAGES},
        pages=tuple(_page(page) for page in document["pages"]),
        digest=digest,
    )
    found = [*_misplaced_settings(document), *mistakes(read)]
    if found:
        raise DocumentError(found)
    return read


def mistakes(read: Questionnaire) -> Iterator[str]:
    """Yield what the JSON Schema cannot see, each with its place and what to do."""
    yield from _used_twice("page id", [page.id for page in read.pages])
    yield from _used_twice("question code", [page.question.code for page in read.pages])
    for name in PASSAGES:
        yield from _passage_mistakes(name, getattr(read, name))
    earlier: dict[str, Question] = {}
    for page in read.pages:
        where = f'Page "{page.id}", question {page.question.code}'
        for mistake in (*_condition_mistakes(page, earlier), *page.question.mistakes()):
            yield f"{where}: {mistake}."
        earlier[page.question.code] = page.question


def _misplaced_settings(document: Mapping[str, Any]) -> Iterator[str]:
    for page in document["pages"]:
        asked = page["question"]
        kind = KINDS[asked["kind"]]
        for name in sorted(_KIND_SETTINGS & asked.keys() - kind.takes):
            yield (
                f'Page "{page["id"]}", question {asked["code"]}: {name!r} means nothing for '
                f"a question of kind {kind.kind}; remove it."
            )


_KIND_SETTINGS = frozenset().union(*(kind.takes for kind in KINDS.values()))


def _used_twice(what: str, names: Sequence[str]) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"The {what} {name!r} is used twice; give each page its own."


def _passage_mistakes(name: str, passage: Passage) -> Iterator[str]:
    if not passage.standard or not passage.easy:
        yield f'"{name}" needs words in both editions.'
    for number, line in enumerate(passage.easy, start=1):
        if not line.text.strip() or not line.picture:
            yield f'"{name}", easy read line {number}: it needs words and a picture.'


def _condition_mistakes(page: Page, earlier: Mapping[str, Question]) -> Iterator[str]:
    if page.when is None:
        return
    asked = earlier.get(page.when.question)
    if asked is None:
        yield f"`when` names {page.when.question!r}, which is not an earlier question; name one"
        return
    for key in page.when.any_of:
        if key not in asked.keys:
            yield f"`when` names {key!r}, which is not an answer of {asked.code}; use its keys"


def _page(page: Mapping[str, Any]) -> Page:
    when = page.get("when")
    condition = Condition(when["question"], tuple(when["any_of"])) if when else None
    return Page(page["id"], _question(page["question"]), condition)


def _question(asked: Mapping[str, Any]) -> Question:
    return KINDS[asked["kind"]](
        code=asked["code"],
        text=_wording(asked["text"]),
        picture=asked.get("picture", ""),
        hint=_passage(asked.get("hint")),
        body=_passage(asked.get("body")),
        options=tuple(_option(option) for option in asked.get("options", ())),
        facts=asked.get("facts", False),
        limit=asked.get("limit"),
        exclusive=asked.get("exclusive"),
        feeling=asked.get("feeling", False),
        unhappy=tuple(asked.get("safety", {}).get("unhappy", ())),
        private=asked.get("private", False),
        list_name=asked.get("list", ""),
    )


def _option(option: Mapping[str, Any]) -> Option:
    return Option(
        key=str(option["key"]),
        words=_wording(option),
        picture=option.get("picture", ""),
        easy_as=option.get("easy_as", ""),
    )


def _wording(words: Mapping[str, Any]) -> Wording:
    return Wording(words.get("standard", ""), words.get("easy", ""))


def _passage(words: Mapping[str, Any] | None) -> Passage:
    if not words:
        return Passage()
    standard = words.get("standard", ())
    paragraphs = (standard,) if isinstance(standard, str) else tuple(standard)
    easy = tuple(Line(line["text"], line.get("picture", "")) for line in words.get("easy", ()))
    return Passage(paragraphs, easy)
