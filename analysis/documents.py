"""What goes into an analysis: one document is one person's answer to one question."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.redaction import Override


@dataclass(frozen=True)
class Document:
    """One answer in somebody's own words.

    Attributes:
        id: names the answer wherever it came from; the same id comes back on every coding.
        text: the words as they were written.
        group: the audience or other slice that counts are split by; may be empty.
        held: a person is still reading it for safety, so the machine must not touch it.
        overrides: what people decided about its redaction, oldest first.
    """

    id: str
    text: str
    group: str = ""
    held: bool = False
    overrides: tuple[Override, ...] = ()


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
        row += [[wish.start, wish.end, wish.kind] for wish in item.overrides]
        digest.update(json.dumps(row, ensure_ascii=True).encode())
    return digest.hexdigest()
