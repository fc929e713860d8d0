# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""What goes into an analysis: one document is one person's answer to one question."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.redaction import Override

FEWEST_ADDED = 4
"""Fewer own words beside shared ones are a filled-in gap ("my son Sam"), not an addition."""

_APOSTROPHES = re.compile(r"['’‘`´]")
_WORD = re.compile(r"[^\W_]+(?:['’‘`´]+[^\W_]+)*")


@dataclass(frozen=True)
class Document:
    """One answer in somebody's own words.

    Attributes:
        id: names the answer wherever it came from; the same id comes back on every coding.
        text: the words as they were written.
        group: the audience or other slice that counts are split by; may be empty.
        held: a person is still reading it for safety, so the machine must not touch it.
        off_topic: a person said that it is about something else.
        session: the facilitated session it was said in, or "": people in one room repeat each
            other, and that is no campaign.
        campaign: key of the group of shared text that a person confirmed it belongs to, or "".
        own_words: a person said that it is no copy, however like another it is.
        translation: its words in English as a person wrote them, or "".
        overrides: what people decided about its redaction, oldest first.
    """

    id: str
    text: str
    group: str = ""
    held: bool = False
    off_topic: bool = False
    session: str = ""
    campaign: str = ""
    own_words: bool = False
    translation: str = ""
    overrides: tuple[Override, ...] = ()

    @property
    def words(self) -> str:
        """Return what is analysed: a person's translation where there is one."""
        return self.translation or self.text


def words_hash(text: str) -> str:
    """Return a short hash of an answer's words, enough to see that they changed."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


class RepeatedIdError(ValueError):
    """Two documents carry the same id, so codings could not be told apart."""


def canonical_order(documents: Sequence[Document]) -> list[Document]:
    """Sort by text and id, so that the order in which answers arrived changes no result.

    Raises:
        RepeatedIdError: an id appears twice.
    """
    ordered = sorted(documents, key=lambda document: (normal_text(document.text), document.id))
    if len({document.id for document in ordered}) != len(ordered):
        message = "Two answers have the same id. Give every answer its own id."
        raise RepeatedIdError(message)
    return ordered


def normal_text(text: str) -> str:
    """Return the text with one form of every accented letter and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def input_hash(documents: Sequence[Document]) -> str:
    """Return a SHA-256 of every document, the same for any order of the same documents."""
    digest = hashlib.sha256()
    for item in sorted(documents, key=lambda document: document.id):
        row: list[Any] = [item.id, item.text, item.group, item.held]
        row += [item.off_topic, item.session, item.campaign, item.own_words, item.translation]
        row += [[wish.start, wish.end, wish.kind] for wish in item.overrides]
        digest.update(json.dumps(row, ensure_ascii=True).encode())
    return digest.hexdigest()


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text starts and ends."""
    return [match.span() for match in _WORD.finditer(text)]


def plain(text: str) -> str:
    """Return the words alone, lower case, without apostrophes: the form in which copies are equal.

    It has as many words as `word_spans` finds.
    """
    return _APOSTROPHES.sub("", " ".join(_WORD.findall(text)).lower())


def is_addition(words: str) -> bool:
    """Tell whether somebody's own words beside shared ones are enough to be analysed."""
    return len(plain(words).split()) >= FEWEST_ADDED
