# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""Cut an answer into segments, because one answer often holds several points."""

import re

SMALLEST_WORDS = 5
_CLOSING = r"[\"'”’)]*"
_END = re.compile(rf"([.!?;…]{_CLOSING})\s+")
"""Where a sentence ends; a mark that closes somebody's own words stays with them."""
_SENTENCE = re.compile(r"\n+|\s+[•*–—]\s+|\s+-\s+")
_CONTRAST = re.compile(
    r",?\s+(?=(?:but|however|although|though|whereas|except|yet)\b)"
    r"|,\s+(?=(?:and|also|so|then|plus)\b)|\s+(?=and also\b|as well as\b)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    rf"\b(?:e\.g|i\.e|etc|approx|vs|no|Mr|Mrs|Ms|Dr|St)\.{_CLOSING}$", re.IGNORECASE
)
LONGEST_ABBREVIATION = 12
"""Enough characters to see a whole abbreviation, what stands before it and what closes it."""


def segments(text: str) -> list[str]:
    """Cut a text at sentence ends and turns of thought; every word stays in exactly one segment.

    So does every mark that closes somebody's own words: a quote without it reads as a mistake.

    A piece of fewer than five words joins its neighbour, so that "Yes." or "and slow" never
    becomes a comment of its own.
    """
    sentences = _joined_at_abbreviations(_sentences(_without_gaps(text)))
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    return _long_enough(clauses) or [text.strip()]


def _without_gaps(text: str) -> str:
    """Return the text with single spaces and line ends.

    A gap says nothing, and the patterns would search a long one from each of its characters.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _sentences(text: str) -> list[str]:
    return _pieces(_SENTENCE, _END.sub(r"\1\n", text))


def _pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    return [piece.strip() for piece in pattern.split(text) if piece and piece.strip()]


def _joined_at_abbreviations(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and _ABBREVIATION.search(joined[-1][-LONGEST_ABBREVIATION:]):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _clauses(sentence: str) -> list[str]:
    """Cut a sentence at "but" and the like when both sides can stand alone."""
    parts = _pieces(_CONTRAST, sentence)
    return parts if all(_words(part) >= SMALLEST_WORDS for part in parts) else [sentence]


def _long_enough(pieces: list[str]) -> list[str]:
    """Join short pieces to the piece before them, or to the next when they come first."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (_is_short(piece) or _is_short(joined[-1])):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _is_short(piece: str) -> bool:
    return _words(piece) < SMALLEST_WORDS


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))
