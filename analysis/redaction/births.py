# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""Dates of birth: in digits or in words, after what says that somebody was born."""

import re
from collections.abc import Iterator

from analysis.redaction.spans import Span

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = (
    "(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|oh"
    "|nought|zero|hundred|thousand)"
)
_AGE = rf"(?:{_UNIT}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|\d{{1,2}})"
_NTH = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
    r"|(?:twenty|thirty)[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_NTH}|{_UNIT}|{_TEEN})"
_YEAR = (
    rf"(?:\d{{4}}|['’]?\d{{2}}|(?:twenty|two thousand|nineteen)(?:[ \-](?:and|{_UNIT}"
    f"|{_TEEN})){{0,3}})"
)
_FEAST = (
    r"(?:christmas|boxing|new year['’]?s|valentine['’]?s|st\.? \w+['’]?s|leap|may"
    "|mother['’]?s|father['’]?s|easter)"
    " (?:day|eve|sunday|monday)|halloween|bonfire night|guy fawkes night"
)
_DATE = (
    r"(?:\d{1,2}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?(?:\d{4}|\d{2})"
    r"|\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}"
    rf"|{_DAY}[\s\-/]+(?:day\s)?(?:of\s+)?(?:the\s+)?{_MONTH}(?:,?[\s\-/]+{_YEAR}\b)?"
    rf"|{_DAY}\s(?:of|day of)\sthe\s{_DAY}(?:,?[\s\-/]+{_YEAR}\b)?"
    rf"|(?:{_FEAST})(?:,?\s(?:in\s)?{_YEAR}\b)?"
    rf"|{_MONTH}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{_NTH})\b(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+(?:(?:19|20)\d{{2}}|['’]\d{{2}})"
    r"|\d{6}|\d{8})(?!\d)"
)
_LOOSE = (
    rf"(?:{_DATE}|\d{{1,2}}[ ./]\d{{1,2}}[ ./](?:\d{{4}}|\d{{2}})|\d{{1,2}}[./]\d{{1,2}}"
    rf"|\d{{1,2}}[./](?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)|(?:(?:{_UNIT}|{_TEEN})[ \-,]+){{2,6}}(?:{_UNIT}"
    rf"|{_TEEN}))(?![\d%])"
)
_CUE = (
    r"(?:\bd[./ ]{0,2}o[./ ]{0,2}b\b\.?|\bdate[ \-]of[ \-]birth|\bbirth ?date"
    r"|\bbirth(?=\s?:)|\bborn\b"
    r"|\bbirth ?days?\b|\bb\.(?=\s?\d)|\bbday\b|\bb-day\b)"
)
_BORN = re.compile(rf"{_CUE}[^.;!?\n]{{0,48}}?(?<![\w/.\-])(?P<it>{_DATE})", re.IGNORECASE)
_BORN_LOOSELY = re.compile(
    rf"{_CUE}(?:['’]s|\s(?:is|was|being|falls"
    rf"|it['’]s))?(?:\son)?[\W_]{{0,4}}(?:the\s+)?(?P<it>{_LOOSE})",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"(?:\b(?:turn(?:s|ed|ing)?|be|is|was|are|were|become|becomes|became)\s(?:a teenager"
    rf"|an adult|{_AGE})|['’](?:s|re|ll be)\s{_AGE}|^{_AGE}"
    r"|\b(?:arrived|delivered|induced|section|c-section|baby|into the world|gave birth)"
    r"|\b(?:we|i|she) had (?:him|her|them|my \w+|our \w+))"
    r"[,\s](?:\s?(?:on|this|next|last|come|at home|early|by section|in hospital"
    r"|born)\s)*(?:(?:mon|tues|wednes|thurs|fri|satur"
    rf"|sun)day,?\s)?(?:the\s)?(?P<it>{_DATE})",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(
    rf"(?<![\d/])(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)?\d{{2}}|{_DATE})\b", re.IGNORECASE
)
_BORN_AFTER = re.compile(
    rf"(?P<it>{_DATE})(?=[\s,]{{0,3}}(?:\(?d\.?o\.?b\b|\(?(?:his |her )?(?:birthday"
    "|date of birth)|(?:is|was) when (?:he|she|they|we|i) (?:was|were) born"
    "|,? the day (?:he|she|they|we|i) (?:was|were) born|(?:is|was) (?:his|her|my|their"
    r"|our \w+['’]s) (?:\w+ )?(?:birthday|date of birth|dob)))",
    re.IGNORECASE,
)
_CHILD_AND_DATE = re.compile(
    r"\b(?:son|daughter|child|boy|girl|twins?|pupil|student|patient|him|her|he|she|me"
    "|grandson|granddaughter|brother|sister)"
    rf"(?:,? aged? (?:{_AGE}|\w+))?,?\s\(?(?P<it>{_DATE})(?=\)|,|\s(?:is|has|was|needs"
    r"|does)\b)",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"(?:\baged? (?:{_AGE})|\b(?:{_AGE}) years? old),? ?\((?P<it>{_DATE})\)"
    r"|\b(?:(?:christmas|summer|winter|spring|autumn|millennium|lockdown|leap year|august"
    rf"|september)\s(?:baby|child|born))[,:(\s]{{1,3}}(?P<then>{_DATE})"
    r"|\b(?:child|pupil|patient|learner|student"
    r"|yp)\s(?P<short>\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2})\b",
    re.IGNORECASE,
)
_MAY_BE_A_DATE = re.compile(
    r"\d|birth|\bborn\b|\bb-?day\b|\bturn|\bd.?o.?b\b|day\b|teenager|january|february"
    r"|march|april|\bmay\b|june|july|august|september|october|november|december",
    re.IGNORECASE,
)
_MOST_BETWEEN = 16
"""How many characters, such as ", aged 9 (", may stand between a name and its date."""
_BETWEEN = re.compile(r"[ ,]{1,2}\(?|,? (?:who is |is )?(?:aged? )?\w{1,9},? ?\(|,? dob:? ")


def births(text: str) -> Iterator[Span]:
    """Yield every date of birth that its sentence announces; some may overlap."""
    if not _MAY_BE_A_DATE.search(text):
        return
    for pattern in (_BORN, _BORN_LOOSELY, _GROWN, _BORN_AFTER, _CHILD_AND_DATE):
        for match in pattern.finditer(text):
            yield Span(*match.span("it"), "date of birth", "date of birth")
    for match in _AGED.finditer(text):
        yield Span(*match.span(match.lastgroup or 0), "date of birth", "date of birth")


def born_beside(text: str, names: list[Span]) -> Iterator[Span]:
    """Yield a date right behind a name: "Sam Example (3/4/2014)", "Sam, 9 (3/4/2014)"."""
    for name in names:
        gap = _BETWEEN.match(text, name.end, name.end + _MOST_BETWEEN)
        match = None if gap is None else _BARE_DATE.match(text, gap.end())
        if match is not None:
            yield Span(*match.span(), "date of birth", "date beside a name", sure=False)
