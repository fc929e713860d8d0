# ruff: noqa: RUF001  # people type curly dashes, so the patterns hold them
"""Numbers that point at one person: NHS, pupil and case numbers, dates of birth, number plates."""

import re
from collections.abc import Iterator

from analysis.nhsnumbers import is_nhs_number
from analysis.redaction.spans import Span

NEARBY = 40
_NUMBER = re.compile(r"\d")
_TEN = re.compile(r"(?<![\d+£])\d{3}[ .\-–]{0,3}\d{3}[ .\-–]{0,3}\d{4}(?!\d)")
_NHS = re.compile(r"\bnhs\b[^\d\n]{0,25}$", re.IGNORECASE)
_NHS_ANY = re.compile(
    r"\bnhs\s?(?:no|num|number|#)\.?[^\d\n]{0,12}(?P<it>\d[\d \-]{6,13}\d)(?!\d)", re.IGNORECASE
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
    r"|twentieth|thirtieth|(?:twenty|thirty)[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_DATE = (
    rf"(?:\d{{1,2}}\s?[./\-–]\s?\d{{1,2}}\s?[./\-–]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}[\-/.]\d{{1,2}}[\-/.]\d{{1,2}}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL})[\s\-/]+(?:day\s)?(?:of\s+)?{_MONTH}(?:,?[\s\-/]+(?:\d{{4}}|['’]?\d{{2}}|(?:twenty|two thousand)[ \w]{{3,20}})\b)?"
    r"|(?:christmas|boxing|new year['’]?s) (?:day|eve) \d{4}"
    rf"|{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|{_MONTH}\s+(?:19|20)\d{{2}}|\d{{6}}|\d{{8}})(?!\d)"
)
_BORN = re.compile(
    r"(?:\bd[./]?\s?o[./]?\s?b\b\.?|\bdate[ \-]of[ \-]birth(?:[^.;\n\d]{1,30}?(?=[\s,]\d))?|\barrived\son|\bbirth(?=\s?:)|\bbirth ?date|\bborn\b(?:[^.;!?\n\d]{0,45}?\b(?:on|in))?"
    r"|\bbirthdays?(?:[^.;\n\d]{1,30}?(?=\s\d{1,2}[./\-\s]))?|\bb\.(?=\s?\d)|\bbday|\bb-day|\b(?:turn(?:s|ed|ing)?|be|is|was)\s"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|\d{1,2})\son|['’]s\s(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\son|into the world\son|\b(?:baby|arrived|birthday|delivered|induced|section|c-section),?(?:\son)?|\bborn\b[^.;!?\n\d]{0,25}?\bon\s\d{1,2}(?:st|nd|rd|th)?\s(?:and|&))"
    rf"(?:['’]s|\s(?:is|was|being|of birth|falls|it['’]s))?(?:\son)?[\W_]{{0,4}}(?:the\s+)?(?P<it>{_DATE})",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(
    rf"(?<![\d/])(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)\d{{2}}|{_DATE})\b", re.IGNORECASE
)
_BORN_AFTER = re.compile(
    rf"(?P<it>{_DATE})(?=[\s,]{{0,3}}(?:\(?d\.?o\.?b\b|is (?:his|her|my|their) (?:birthday|date of birth|dob)))",
    re.IGNORECASE,
)
_CHILD_AND_DATE = re.compile(
    rf"\b(?:son|daughter|child|boy|girl|twins?|pupil|student|patient|him|her|he|she|me)\s?\((?P<it>{_DATE})\)",
    re.IGNORECASE,
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[A-Z\d](?!\w)")
_CUE = (
    r"(?:upn|uln|ucas|urn|ncy|pupil|student|learner|candidate|case|complaint|complaints|tribunal|appeal|ehcp?|ehcna|plan|"
    r"application|claim|ticket|incident|crime|job|account|customer|patient|hospital|file|record|referral|"
    r"enquiry|passport|order|unique pupil|social care|liquid ?logic|lcs|capita|mosaic|carefirst|membership|service user|badge|blue badge|licence|policy|invoice|lgsco|ombudsman|foi|sar|tribunal appeal|safeguarding|dbs|bus pass|permit|booking|exam|centre|staff|library|locker|meter)"
)
_REFERENCE = re.compile(
    rf"\b(?:{_CUE}\s?(?:reference|ref|number|no|num|id|#)?|(?:our|my|your|the)?\s?(?:reference|ref)(?:\s(?:number|no|code))?|"
    r"national insurance|ni)\b\.?(?:\s(?:number|no|code|id|ref|reference)\b\.?)?[\s:#(]{0,3}(?:is\s|was\s|for\s\w+\sis\s|of\s)?[\s:#(]{0,2}"
    r"(?P<it>(?:[A-Z]{1,4}\s(?=\d))?(?=[A-Z/\-_.]{0,12}\d)(?:[A-Z0-9][A-Z0-9/\-_.]{2,30}[A-Z0-9](?:\s\d{2,8}){0,3}|\d{2,3}(?:\s\d{2,4}){1,4}))(?!\w)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\w/\-])[A-Z]{1,6}[/\-]?(?:[A-Z]{1,6}[/\-])?\d{2,8}(?:[/\-][A-Z\d]{1,8}){0,3}(?![\w/])"
)
_LONG = re.compile(r"(?<![\w£.,])[A-Z]{0,2}\d{6,}[A-Z]?(?![\w,])")
_NINO = re.compile(r"\b(?:[A-CEGHJ-PR-TW-Z]{2}|QQ)\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b")
_PLATE = re.compile(r"\b[A-HJ-PR-Y][A-Z]\d{2}\s?[A-HJ-PR-Z]{3}\b")
_OLD_PLATE = re.compile(
    r"\b(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z]|[A-Z]{1,3}\s?\d{2,4})\b"
)
_QUIET_PLATE = re.compile(r"\b[a-z]{2}\d{2}\s?[a-z]{3}\b", re.IGNORECASE)
_CAR = re.compile(
    r"\b(?:reg|registration|plate|plates|car|van|taxi|minibus|cab|bus|vehicle|driving|fiesta|corsa)\b",
    re.IGNORECASE,
)
ENOUGH_DIGITS = 4


def numbers(text: str) -> Iterator[Span]:
    """Yield every number that points at one person; some may overlap."""
    yield from _births(text)
    if not _NUMBER.search(text):
        return
    yield from _nhs_numbers(text)
    yield from _plates(text)
    yield from _references(text)


def _before(text: str, start: int) -> str:
    return text[max(0, start - NEARBY) : start]


def _nhs_numbers(text: str) -> Iterator[Span]:
    """Find ten digits that pass the NHS check, or that the writer calls an NHS number."""
    for match in _TEN.finditer(text):
        if is_nhs_number(match.group()) or _NHS.search(_before(text, match.start())):
            yield Span(*match.span(), "NHS number", "NHS number")
    for match in _NHS_ANY.finditer(text):
        yield Span(*match.span("it"), "NHS number", "NHS number by its name")


def _births(text: str) -> Iterator[Span]:
    for match in _BORN.finditer(text):
        yield Span(*match.span("it"), "date of birth", "date of birth")
    for pattern in (_BORN_AFTER, _CHILD_AND_DATE):
        for match in pattern.finditer(text):
            yield Span(*match.span("it"), "date of birth", "date of birth")


def born_beside(text: str, names: list[Span]) -> Iterator[Span]:
    """Yield a date in brackets or after a comma right behind a name: "Sam Example (3/4/2014)"."""
    for name in names:
        match = _BARE_DATE.match(text, name.end + _gap(text, name.end))
        if match is not None and match.start() > name.end + 1:
            yield Span(*match.span(), "date of birth", "date beside a name", sure=False)


def _gap(text: str, start: int) -> int:
    gap = 0
    while gap < 3 and text[start + gap : start + gap + 1] in {" ", ",", "("}:
        gap += 1
    return gap


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        yield Span(*match.span(), "car registration", "number plate")
    for pattern in (_OLD_PLATE, _QUIET_PLATE):
        for match in pattern.finditer(text):
            if _CAR.search(_before(text, match.start())):
                yield Span(*match.span(), "car registration", "number plate of a car", sure=False)


def _references(text: str) -> Iterator[Span]:
    for match in _UPN.finditer(text):
        yield Span(*match.span(), "number", "pupil number")
    for match in _REFERENCE.finditer(text):
        if sum(c.isdigit() for c in match.group("it")) >= ENOUGH_DIGITS - 1:
            yield Span(*match.span("it"), "number", "reference by its name")
    for match in _CODE.finditer(text):
        if sum(c.isdigit() for c in match.group()) >= ENOUGH_DIGITS:
            yield Span(*match.span(), "number", "code", sure=False)
    for pattern in (_LONG, _NINO):
        for match in pattern.finditer(text):
            yield Span(*match.span(), "number", "long number")
