"""Two versions side by side as text: where they differ, which words went and which came."""

import dataclasses
import difflib
import re
from collections.abc import Iterator
from typing import Literal

from reports.documents import sentences
from reports.documents.document import Document, Entry
from reports.words.easylines import EasyLine
from reports.words.sections import laid_out

Fate = Literal["same", "gone", "new"]
_WORD = re.compile(r"\s+")


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they are in both versions or in one."""

    words: str
    fate: Fate


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One place of a report as it stands in each version; empty where a version lacks it."""

    where: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Tell whether the versions say something else here."""
        return any(piece.fate != "same" for piece in (*self.old, *self.new))


def rows(old: Document, new: Document) -> tuple[Row, ...]:
    """Set every text of two versions beside each other, in the order of the newer."""
    before, after = dict(texts(old)), dict(texts(new))
    places = [*after, *(place for place in before if place not in after)]
    return tuple(_row(place, before.get(place, ""), after.get(place, "")) for place in places)


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every text that readers see with the name of its place; places come once."""
    yield "Title", document.cover.title
    yield "Summary", document.summary
    yield "Summary in easy read", _easy(document.easy_summary)
    parts = laid_out(document.sections)
    yield "Order of the parts", "; ".join(part.title for part in parts)
    for part in parts:
        if part.kind == "text":
            yield f"Text “{part.title}”", " ".join(part.words)
            yield f"Text “{part.title}” in easy read", _easy(part.easy)
    for entry in document.entries:
        for band, text in _of(entry, document):
            yield f"{entry.title}: {band}", text
    yield "Who we did not hear from", document.not_heard
    yield "The same in easy read", _easy(document.easy_not_heard)
    for line in dict.fromkeys(line.label for line in document.method):
        told = "; ".join(one.text for one in document.method if one.label == line)
        yield f"How this was made: {line}", told
    yield "Who checked the easy read", sentences.checked(document)


def _of(entry: Entry, document: Document) -> Iterator[tuple[str, str]]:
    answer, day = entry.answer, document.cover.published_on
    yield "you said", f"{entry.said} {entry.also_said}".strip()
    yield "quotes", " ".join(f"“{quote.shown}” {quote.attribution}" for quote in entry.quotes)
    yield "how far it is", sentences.status(answer)
    yield "the answer", sentences.as_text(sentences.answered(answer, day))
    yield "what families say", sentences.as_text(sentences.verdicts(entry))
    yield "what was said, in easy read", _easy(entry.said_easy)
    easy = (*answer.easy, *answer.because_easy, *answer.instead_easy)
    yield "the answer, in easy read", _easy(easy)


def _easy(lines: tuple[EasyLine, ...]) -> str:
    return " ".join(line.text for line in lines)


def _row(where: str, old: str, new: str) -> Row:
    if old == new:
        return Row(where, _pieces([old], "same"), _pieces([new], "same"))
    left, right = _WORD.split(old) if old else [], _WORD.split(new) if new else []
    gone: list[Piece] = []
    came: list[Piece] = []
    alike = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for what, a, b, c, d in alike.get_opcodes():
        gone += _pieces(left[a:b], "same" if what == "equal" else "gone")
        came += _pieces(right[c:d], "same" if what == "equal" else "new")
    return Row(where, tuple(gone), tuple(came))


def _pieces(words: list[str], fate: Fate) -> tuple[Piece, ...]:
    text = " ".join(words)
    return (Piece(text, fate),) if text else ()
