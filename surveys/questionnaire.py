"""A questionnaire as immutable objects, built from its document and checked on the way.

The document is readable YAML (``surveys/documents``); `surveys.document` loads it, checks it
against the published JSON Schema and fills in code lists. What stays in the database is the
filled-in document, so a published version never changes when a list does.
"""

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from surveys import conditions
from surveys.conditions import Condition
from surveys.questions import KINDS, LANGUAGES, Edition, Line, Option, Passage, Question, Wording

PASSAGES = ("start", "keeping_safe", "end", "no_thanks", "help_now")


class DocumentError(ValueError):
    """A questionnaire cannot be used; the message says where each mistake is and what to do."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


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
        audiences: everybody it asks; conditions may tell them apart.
        equality: version of the equality questions asked after sending; empty for none.
        asks_contact: people may leave an address, kept apart, to be told what happened.
        digest: hash of the stored document; names the version in caches.
        languages: languages that every one of its words is in.
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
    audiences: tuple[str, ...] = ()
    equality: str = ""
    asks_contact: bool = False
    digest: str = ""
    languages: tuple[Edition, ...] = ()

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
        """Return the codes of the questions that may hold own words and are not private."""
        return tuple(
            code for code, asked in self.questions.items() if asked.has_words and not asked.private
        )

    def own_words(self, code: str, value: str) -> str:
        """Return the words for analysis in one stored value: a text, or what "other" means."""
        asked = self.questions.get(code)
        if asked is None or asked.private or not asked.has_words:
            return ""
        return asked.own_words((value,) if asked.is_text else (code, value))


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
        audiences=tuple(document.get("audiences") or (document["audience"],)),
        equality=document.get("equality", ""),
        asks_contact=document.get("contact", False),
        digest=digest,
        languages=_languages(document),
    )
    found = [*_misplaced_settings(document), *mistakes(read)]
    if found:
        raise DocumentError(found)
    return read


def mistakes(read: Questionnaire) -> Iterator[str]:
    """Yield what the JSON Schema cannot see, each with its place and what to do."""
    yield from _used_twice("page id", [page.id for page in read.pages])
    yield from _used_twice("question code", [page.question.code for page in read.pages])
    if read.audience not in read.audiences:
        yield f'"audiences" must name {read.audience!r} too; it is the audience.'
    for name in PASSAGES:
        yield from _passage_mistakes(name, getattr(read, name))
    earlier: dict[str, Question] = {}
    for page in read.pages:
        where = f'Page "{page.id}", question {page.question.code}'
        for mistake in (*_condition_mistakes(page, earlier, read), *page.question.mistakes()):
            yield f"{where}: {mistake}."
        earlier[page.question.code] = page.question


def words_in(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a document that holds words in editions, however deep it stands."""
    if isinstance(part, dict):
        if "standard" in part:
            yield part
        for name, inner in part.items():
            if name != "easy":
                yield from words_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from words_in(inner)


def _languages(document: Mapping[str, Any]) -> tuple[Edition, ...]:
    """Return the languages that every word of a document is in."""
    words = list(words_in(document))
    return tuple(one for one in LANGUAGES if all(one in some for some in words))


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


def _condition_mistakes(
    page: Page, earlier: Mapping[str, Question], read: Questionnaire
) -> Iterator[str]:
    if page.when is not None:
        yield from page.when.mistakes(earlier, read.audiences)


def _page(page: Mapping[str, Any]) -> Page:
    when = page.get("when")
    return Page(page["id"], _question(page["question"]), conditions.read(when) if when else None)


def _question(asked: Mapping[str, Any]) -> Question:
    options = tuple(_option(option) for option in asked.get("options", ()))
    return KINDS[asked["kind"]](
        code=asked["code"],
        text=_wording(asked["text"]),
        picture=asked.get("picture", ""),
        hint=_passage(asked.get("hint")),
        body=_passage(asked.get("body")),
        options=KINDS[asked["scale"]].scale if "scale" in asked else options,
        groups=tuple(_option(group) for group in asked.get("groups", ())),
        rows=tuple(_option(row) for row in asked.get("rows", ())),
        facts=asked.get("facts", False),
        limit=asked.get("limit"),
        exclusive=asked.get("exclusive"),
        feeling=asked.get("feeling", False),
        unhappy=tuple(asked.get("safety", {}).get("unhappy", ())),
        private=asked.get("private", False),
        list_name=asked.get("list", ""),
        **_measures(asked),
    )


def _measures(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what only numbers, scales of numbers and recordings have."""
    ends, unit = asked.get("ends"), asked.get("unit")
    return {
        "lowest": _decimal(asked.get("min")),
        "highest": _decimal(asked.get("max")),
        "decimals": asked.get("decimals", 0),
        "unit": _wording(unit) if unit else None,
        "ends": (_wording(ends["low"]), _wording(ends["high"])) if ends else None,
        "media": tuple(asked.get("media", ())),
    }


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _option(option: Mapping[str, Any]) -> Option:
    return Option(
        key=str(option["key"]),
        words=_wording(option),
        picture=option.get("picture", ""),
        easy_as=option.get("easy_as", ""),
        group=option.get("group", ""),
        say_what=option.get("say_what", False),
    )


def _wording(words: Mapping[str, Any]) -> Wording:
    said = {one: words[one] for one in LANGUAGES if one in words}
    return Wording(words.get("standard", ""), words.get("easy", ""), said)


def _passage(words: Mapping[str, Any] | None) -> Passage:
    if not words:
        return Passage()
    easy = tuple(Line(line["text"], line.get("picture", "")) for line in words.get("easy", ()))
    said = {one: _paragraphs(words[one]) for one in LANGUAGES if one in words}
    return Passage(_paragraphs(words.get("standard", ())), easy, said)


def _paragraphs(words: str | Sequence[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)
