# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""Notice answers that are not in English, without ever losing a short English one.

Themes are fitted on English. An answer in another language is set aside for a translator, with its
reason, never guessed at. Short texts look like every language to a detector, so Latin script needs
six words, no English grammar words and a confident detector before it is called foreign.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from analysis.stopwords import STOP_WORDS

FEWEST_WORDS = 6
MOST_ENGLISH = 0.15
SUREST = 0.95
LETTERS_OF_ANOTHER_SCRIPT = 0.5
_SPOKEN_HERE = """
en cy pl ro ur bn pa gu hi ar fa tr pt es it fr de nl lt lv hu bg uk ru sk cs el sq so ta te ml zh
ja ko vi th
"""
"""Languages an answer in this country may be in; a detector asked about fewer errs less."""


def is_other_language(text: str) -> bool:
    """Tell whether a text is surely not English."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    foreign = sum(not unicodedata.name(c, "LATIN").startswith("LATIN") for c in letters)
    if foreign / len(letters) > LETTERS_OF_ANOTHER_SCRIPT:
        return True
    return _is_foreign_latin(text)


def _is_foreign_latin(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.lower())
    if len(words) < FEWEST_WORDS:
        return False
    english = sum(word.replace("’", "'") in STOP_WORDS for word in words)
    if english / len(words) > MOST_ENGLISH:
        return False
    language, probability = _identifier().classify(text.lower())
    return bool(language != "en" and probability >= SUREST)


@cache
def _identifier() -> Any:
    """Load the detector once; only long texts without grammar words need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_SPOKEN_HERE.split())
    return identifier
