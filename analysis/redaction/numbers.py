# ruff: noqa: RUF001  # people type curly dashes, so the patterns hold them
"""Numbers that point at one person: NHS, pupil and case numbers, number plates."""

import re
from collections.abc import Iterator

from analysis.redaction.nhsnumbers import is_nhs_number
from analysis.redaction.spans import Span

NEARBY = 40
_NUMBER = re.compile(r"\d")
_TEN = re.compile(r"(?<![\d+£])\d{3}[ .\-–]{0,3}\d{3}[ .\-–]{0,3}\d{4}(?!\d)")
_NHS = re.compile(r"\bnhs\b[^\d\n]{0,25}$", re.IGNORECASE)
_NHS_ANY = re.compile(
    r"\bnhs\s?(?:no|num|number|#)\.?[^\d\n]{0,12}(?P<it>\d[\d \-]{6,13}\d)(?!\d)", re.IGNORECASE
)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[A-Z\d](?!\w)")
_CUE = (
    "(?:upn|uln|ucas|urn|ncy|pupil|student|learner|candidate|case|complaint|complaints"
    "|tribunal|appeal|ehcp?|ehcna|plan|"
    "application|claim|ticket|incident|crime|job|account|customer|patient|hospital|file"
    "|record|referral|"
    "enquiry|passport|order|unique pupil|social care|liquid ?logic|lcs|capita|mosaic"
    "|carefirst|membership|service user|badge|blue badge|licence|policy|invoice|lgsco"
    "|ombudsman|foi|sar|tribunal appeal|safeguarding|dbs|bus pass|permit|booking|exam"
    "|centre|staff|library|locker|meter)"
)
_REFERENCE = re.compile(
    rf"\b(?:{_CUE}\s?(?:reference|ref|number|no|num|id|#)?|(?:our|my|your"
    r"|the)?\s?(?:reference|ref)(?:\s(?:number|no|code))?|"
    r"national insurance|ni)\b\.?(?:\s(?:number|no|code|id|ref"
    r"|reference)\b\.?)?[\s:#(]{0,3}(?:is\s|was\s|for\s\w+\sis\s|of\s)?[\s:#(]{0,2}"
    r"(?P<it>(?:[A-Z]{1,4}\s(?=\d))?(?=[A-Z/\-_.]{0,12}\d)"
    r"(?:[A-Z0-9][A-Z0-9/\-_.]{2,30}[A-Z0-9](?:\s\d{2,8}){0,3}"
    r"|\d{2,3}(?:\s\d{2,4}){1,4}))(?!\w)",
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
    r"\b(?:reg|registration|plate|plates|car|van|taxi|minibus|cab|bus|vehicle|driving"
    r"|fiesta|corsa)\b",
    re.IGNORECASE,
)
ENOUGH_DIGITS = 4


def numbers(text: str) -> Iterator[Span]:
    """Yield every number that points at one person; some may overlap."""
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
