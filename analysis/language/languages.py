# ruff: noqa: RUF001  # people type curly apostrophes and letters of many alphabets
"""Name the language of an answer on this machine, without ever losing a short English one.

Themes are fitted on English. Other languages are kept apart: those that the multilingual space
reads are placed afterwards, the rest wait for a translator. Short texts look like every language
to a detector, so a short text in Latin letters is only foreign by letters or small words that
English does not have; a long one also by a confident detector, where few words are small English
ones and it is not made of common English words.
"""

import copy
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from analysis.language.languagewords import EVERY_SMALL_WORD, LETTERS, NAMES, SMALL_WORDS
from analysis.language.lists import common_words
from analysis.language.stopwords import STOP_WORDS

ENGLISH = "en"
FEWEST_WORDS = 6
MOST_ENGLISH = 0.15
MOSTLY_COMMON = 0.8
TELLING_LETTERS = 4
SUREST = 0.95
LETTERS_OF_ANOTHER_SCRIPT = 0.5
_SPOKEN_HERE = """
en cy pl ro ur bn pa gu hi ar fa tr pt es it fr de nl lt lv hu bg uk ru sk cs el sq so ta te ml zh
ja ko vi th
"""
"""Languages an answer in this country may be in; a detector asked about fewer errs less."""

_OF_SCRIPT = {
    "BENGALI": "bn", "GURMUKHI": "pa", "GUJARATI": "gu", "DEVANAGARI": "hi", "TAMIL": "ta",
    "TELUGU": "te", "MALAYALAM": "ml", "GREEK": "el", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HANGUL": "ko", "CJK": "zh", "THAI": "th",
}  # fmt: skip
_SHARED_SCRIPTS = {"CYRILLIC": ("ru", "uk", "bg"), "ARABIC": ("ar", "fa", "ur")}
_URDU_LETTERS = frozenset("ٹڈڑںےہھ")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def detect(text: str) -> str:
    """Return the ISO 639 code of a text's language; "en" unless it surely is another one."""
    words = _WORD.findall(text.replace("’", "'"))
    if text.isascii() and _plainly_english(words):
        return ENGLISH
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(c, "LATIN").split()[0].split("-")[0] for c in letters)
    foreign = scripts.total() - scripts["LATIN"]
    if letters and foreign / len(letters) > LETTERS_OF_ANOTHER_SCRIPT:
        return _of_script(text, scripts)
    return _long(text, words) if len(words) >= FEWEST_WORDS else _short(words)


def is_other_language(text: str) -> bool:
    """Tell whether a text is surely not English."""
    return detect(text) != ENGLISH


def name_of(code: str) -> str:
    """Return what people call a language, "Polish" for "pl"."""
    return NAMES.get(code, f"another language ({code})")


def _plainly_english(words: Sequence[str]) -> bool:
    """Tell without a detector, as for nearly all texts, that nothing speaks for another language.

    A third of the words are small English ones, or a short text has no small word of another.
    """
    lower = {word.lower() for word in words}
    if len(words) < FEWEST_WORDS:
        return lower.isdisjoint(EVERY_SMALL_WORD)
    return 3 * sum(word.lower() in STOP_WORDS for word in words) >= len(words)


def _mostly_common(words: Sequence[str]) -> bool:
    """Tell whether four in five words are common English ones: no other language has so many.

    Short words count when they are small English ones: others ("en", "la") are at home anywhere.
    """
    lower = [word.lower() for word in words]
    known = [w in STOP_WORDS or (len(w) >= TELLING_LETTERS and w in common_words()) for w in lower]
    return sum(known) >= MOSTLY_COMMON * len(words)


def _of_script(text: str, scripts: Counter[str]) -> str:
    """Name the language by its script, and by the detector where several share one."""
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    script = max((name for name in scripts if name != "LATIN"), key=lambda name: scripts[name])
    if script == "ARABIC" and _URDU_LETTERS & set(text):
        return "ur"
    among = _SHARED_SCRIPTS.get(script)
    return _surest(text, among)[0] if among else _OF_SCRIPT.get(script, "und")


def _long(text: str, words: Sequence[str]) -> str:
    if not _is_english(words, MOST_ENGLISH * len(words)) and not _mostly_common(words):
        language, probability = _surest(text.lower(), None)
        if language != ENGLISH and probability >= SUREST:
            return language
    return _short(words)


def _short(words: Sequence[str]) -> str:
    """Name the language whose small words and letters most of a text shows, if any."""
    hits = _hits(words)
    most = max(hits.values(), default=0)
    if not most or 2 * most < len(words) - 1 or _is_english(words, 0):
        return ENGLISH
    tied = tuple(sorted(code for code in hits if hits[code] == most))
    return tied[0] if len(tied) == 1 else _surest(" ".join(words).lower(), tied)[0]


def _is_english(words: Sequence[str], most: float) -> bool:
    """Tell whether more than so many words are small English ones, and no other language's.

    One such word is no proof where another language shows by its letters ("her" is Turkish too).
    """
    hits = _hits(words)
    likely = max(hits, key=lambda code: (hits[code], code)) if hits else ENGLISH
    own = SMALL_WORDS.get(likely, frozenset())
    english = sum(w.lower() in STOP_WORDS and w.lower() not in own for w in words)
    return english > max(most, 1 if any(_letters(word, likely) for word in words) else 0)


def _hits(words: Sequence[str]) -> Counter[str]:
    """Weigh for each language the words that it has but English does not."""
    hits: Counter[str] = Counter()
    for word in words:
        for code, small in SMALL_WORDS.items():
            hits[code] += 2 * _letters(word, code) or word.lower() in small
    return +hits


def _letters(word: str, code: str) -> bool:
    """Tell whether a word shows a language by its letters; a name proves nothing ("Łukasz")."""
    return word.islower() and not LETTERS.get(code, frozenset()).isdisjoint(word)


def _surest(text: str, among: tuple[str, ...] | None) -> tuple[str, float]:
    """Return the detector's language and how sure it is."""
    language, probability = _identifier(among).classify(text)
    return str(language), float(probability)


@cache
def _identifier(among: tuple[str, ...] | None) -> Any:
    """Return the detector for a choice of languages; all choices share what was loaded."""
    identifier = copy.copy(_whole_identifier())
    identifier.set_languages(list(among or _SPOKEN_HERE.split()))
    return identifier


@cache
def _whole_identifier() -> Any:
    """Load the detector: most of a CPU second, which English hardly ever needs."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
