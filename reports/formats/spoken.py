"""Words instead of signs: what a voice reads out must not depend on how it reads a number.

"14 of 20", "2026-29" and "01234 567890" are said as a person would say them; nothing that comes
out holds a digit.
"""

import re

_ONES = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_ODD_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"(?:19|20)\d\d"
_LONGEST_NUMBER = 12
_SIGNS = {
    "[c]": "a number too small to say", "[r]": "changed since the version before",
    "[z]": "not asked", "[low]": "a very small number", "%": " per cent", "&": " and ", "@": " at ",
}  # fmt: skip


def spoken(text: str) -> str:
    """Return a text with every number, date, sum and address said in words."""
    for sign, words in _SIGNS.items():
        text = text.replace(sign, words)
    text = re.sub(r"https?://\S+[^\s.,;)]|(?<!\w)/\S+[^\s.,;)]", _address, text)
    text = re.sub(r"[\w.+-]+ at [\w-]+(?:\.[\w-]+)+", _address, text)
    text = re.sub(r"\b0\d{2,5}(?: \d{3,})+\b", lambda found: _one_by_one(found[0]), text)
    text = re.sub(rf"\b(\d{{1,2}}) ({_MONTHS})\b", _day, text)
    text = re.sub(rf"\b({_YEAR})[-–](\d\d)\b(?![\d,])", _years, text)  # noqa: RUF001  # as typed
    text = re.sub(r"£(\d[\d,]*)(?:\.(\d\d))?", _pounds, text)
    text = re.sub(r"(?<=\d)[-–](?=\d)", " to ", text)  # noqa: RUF001  # as typed
    text = re.sub(rf"(?<![\d.,]){_YEAR}(?![\d]|[.,]\d)", lambda found: year(int(found[0])), text)
    text = re.sub(r"\b\d{1,3}(?:,\d{3})+\b", lambda found: found[0].replace(",", ""), text)
    text = re.sub(r"(\d+)\.(\d+)", _decimal, text)
    text = re.sub(r"\d+", _number, text)
    return " ".join(text.split())


def cardinal(value: int) -> str:
    """Say a whole number from nought: "four hundred and twelve"."""
    if value < len(_ONES):
        return _ONES[value]
    if value < 100:  # noqa: PLR2004  # tens
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if value < 1_000:  # noqa: PLR2004  # hundreds
        hundreds, rest = divmod(value, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {cardinal(rest)}" if rest else "")
    size, name = next((size, name) for size, name in _LARGE if value >= size)
    whole, rest = divmod(value, size)
    between = " and " if rest < 100 else ", "  # noqa: PLR2004  # "one thousand and six"
    return f"{cardinal(whole)} {name}" + (f"{between}{cardinal(rest)}" if rest else "")


def ordinal(value: int) -> str:
    """Say which in a row: "twentieth"."""
    words = cardinal(value)
    start, joint, last = words.rpartition("-")
    if last in _ODD_ORDINALS:
        return f"{start}{joint}{_ODD_ORDINALS[last]}"
    return f"{words.removesuffix('y')}ieth" if words.endswith("y") else f"{words}th"


def year(value: int) -> str:
    """Say a year: "twenty twenty-six", "two thousand and five", "nineteen hundred"."""
    century, rest = divmod(value, 100)
    if century == 20 and rest < 10:  # noqa: PLR2004  # the first years of this century
        return cardinal(value)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"  # noqa: PLR2004


def _day(found: re.Match[str]) -> str:
    return f"the {ordinal(int(found[1]))} of {found[2]}"


def _years(found: re.Match[str]) -> str:
    return f"{year(int(found[1]))} to {cardinal(int(found[2]))}"


def _pounds(found: re.Match[str]) -> str:
    whole = int(found[1].replace(",", ""))
    said = f"{cardinal(whole)} {'pound' if whole == 1 else 'pounds'}"
    return f"{said} {cardinal(int(found[2]))}" if found[2] else said


def _decimal(found: re.Match[str]) -> str:
    return f"{_number_of(found[1])} point {_one_by_one(found[2])}"


def _number(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    after = found.string[found.end() :]
    left = " " if before[-1:].isalpha() else ""
    right = " " if after[:1].isalpha() else ""
    return f"{left}{_number_of(found[0])}{right}"


def _number_of(digits: str) -> str:
    """Say a number; one that starts with nought is a telephone's and is said digit by digit."""
    if len(digits) > _LONGEST_NUMBER or (len(digits) > 1 and digits.startswith("0")):
        return _one_by_one(digits)
    return cardinal(int(digits))


def _one_by_one(digits: str) -> str:
    said = (" ".join(_ONES[int(digit)] for digit in group) for group in digits.split())
    return ", ".join(said)


def _address(found: re.Match[str]) -> str:
    bare = re.sub(r"^https?://", "", found[0]).strip("/")
    words = {".": " dot ", "/": " slash ", "-": " dash ", "_": " underscore ", ":": " colon "}
    return "".join(words.get(letter, letter) for letter in bare)
