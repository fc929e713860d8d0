# ruff: noqa: RUF001  # people type curly dashes, so the patterns hold them
"""Ways to reach somebody: telephone, email, pages, handles, postcodes and addresses."""

import re
from collections.abc import Iterator

from analysis.language.lists import common_words
from analysis.redaction.spans import Span

FEWEST_SPELT = 7
"""A row of fewer digits that are written as words is no telephone number."""
NEARBY = 40
"""How many characters before a number can say what it is; reading all of them would be slow."""

HELP_LINES = frozenset(
    [
        "08001111",
        "999",
        "111",
        "101",
        "112",
        "116123",
        "116000",
        "119",
        "08088005000",
        "08085555555",
        "08000684141",
        "08088025544",
        "08088083555",
        "08088000830",
        "08088081677",
        "03001234043",
        "08001234567",
    ]
) - {"08001234567"}
"""Public numbers that stay: Childline, emergency, Samaritans, NSPCC, the county's safeguarding."""

_TLD = r"(?:com|org|net|co|uk|gov|ac|sch|info|eu|io|pl|ro|ie|me|tv|example|test|invalid)"
_SPELT_DOT = r"(?:\s?\.\s?|\s(?:dot|DOT|Dot)\s|\s?[\[({]\s?dot\s?[\])}]\s?)"
_SPELT_AT = r"(?:\s?@\s?|\s?[\[({]\s?(?:at|AT)\s?[\])}]\s?|\s(?:at|AT|At)\s)"
_DOMAIN = re.compile(
    rf"{_SPELT_AT}(?P<host>[A-Za-z0-9][\w\-]{{0,40}}"
    rf"(?:{_SPELT_DOT}[A-Za-z0-9][\w\-]{{0,40}}){{0,3}}?"
    rf"{_SPELT_DOT}{_TLD}(?:{_SPELT_DOT}(?:uk|au|org))?)(?![\w\-])",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"[\w.+\-']{1,64}(?:\s(?:dot|underscore|dash|hyphen|point)\s[\w.+\-']{1,64}"
    r"|\s?[\[(]dot[\])]\s?[\w.+\-']{1,64}){0,4}$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]++@[\w\-]++(?:\.[\w\-]++)*+")
_PROVIDER = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{2,64}\s(?:at|@)\s(?:gmail|hotmail|outlook|yahoo|icloud|live"
    r"|aol|btinternet|googlemail)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]’]", re.IGNORECASE)
_BARE_LINK = re.compile(
    rf"(?<![\w.\-/@])(?:[\w\-]{{1,60}}\.){{1,4}}{_TLD}(?:/[^\s<>\"]{{0,200}}[^"
    r"\s<>\".,;:!?)\]]|(?![\w.\-@]*[\w@]))",
    re.IGNORECASE,
)
_PUBLIC_PAGES = re.compile(r"(?:www\.)?(?:gov|nhs)\.uk$", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.\-]*\w")
_TAGGED = re.compile(r"(?<![\w#&])[A-Za-z][\w.]{2,30}#\d{3,5}(?!\w)")
_NETWORK = (
    r"(?:instagram|insta|ig|tik ?tok|twitter|snap ?chat|snap|facebook|fb|discord|xbox|psn|gamertag|"
    r"youtube|twitch|roblox|threads|bluesky|telegram|mastodon|reddit|x|steam|whatsapp)"
)
_NAMED_HANDLE = re.compile(
    rf"\b{_NETWORK}(?:'s| account| name| username| handle| tag| channel| page| id)?"
    r"(?:\s?[:=]\s?|\s(?:is|as|at|under|name|called|it's|-|–)\s(?:called\s)?)"
    r"[@\"“']?(?P<it>[A-Za-z0-9_][\w.\-]{2,40})",
    re.IGNORECASE,
)
_USERNAME = re.compile(
    r"\b(?:username|user name|handle|gamertag|screen name)(?:\s(?:is|was"
    r"|on \w+ is))?\s?:?\s?[@\"“']?"
    r"(?P<it>[A-Za-z0-9_][\w.\-]{2,40})",
    re.IGNORECASE,
)
_FIND_ME = re.compile(
    r"\b(?:find|follow|message|dm|add)\s(?:me|us|him|her)\s(?:on\s\w+\s)?(?:as|at|@"
    r"|:)\s?(?P<it>[A-Za-z0-9_][\w.\-]{2,40})",
    re.IGNORECASE,
)
_EXTENSION = r"(?:[\s,]{0,2}(?:ext|extension|x)\.?\s?\d{1,5})?"
_PHONE = re.compile(
    r"(?<![\d£])(?<!\d[.,])(?:\(?(?:\+"
    r"|00)\s?44\)?[\s().\-]{0,3}(?:\(?0\)?[\s().\-]{0,3})?|\(?[0oO](?=[\s().\-]{0,2}\d))"
    rf"[1-9](?:[\s().,\-–/_]{{0,3}}(?:\d|[oO](?![A-NP-Za-np-z]))){{7,9}}(?!\d){_EXTENSION}"
    r"|(?<![\d£])(?:\(?(?:\+|00)\s?44\)?"
    rf"|\(?0)[\s().\-]{{0,3}}[1-9](?:[\s().,\-–/_]{{0,3}}\d){{8,9}}(?!\d){_EXTENSION}"
    r"|(?<![\d£])44[\s\-]?\(?0?\)?[\s\-]?[1-37]\d(?:[\s\-]{0,2}\d){8}(?!\d)"
    r"|(?<![\d£.,])(?:1\d{3}|20)[ \-]\d{3,4}[ \-]?\d{3,4}(?!\d)"
)
_MANY_DIGITS = re.compile(r"(?<![\d£.,])\d(?:[ \-.()/]{0,2}\d){9,15}(?!\d)")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D*)+|\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}.*")
_FOREIGN = re.compile(r"(?<![\d+\w])\+(?!44)\d(?:[\s().\-]{0,2}\d){7,13}(?!\d)")
_MOBILE = re.compile(r"(?<![\d+.,£])7\d{3}[ .\-]?\d{3}[ .\-]?\d{3}(?!\d)")
_LOCAL_NUMBER = re.compile(
    r"\b(?:tel|telephone|phone|ph|mob|mobile|call|ring|text|number|landline|extension|ext"
    r"|fax|whatsapp)\b"
    r"[^\d\n]{0,25}?(?<![\d£/])(?P<it>\d{3,4}[ \-]?\d{3,4}|(?<=ext )\d{3,5}"
    r"|(?<=extension )\d{3,5})(?![\d/\-]|\s?(?:times|hours|minutes|pm|am|days|weeks"
    "|children|pounds|people))",
    re.IGNORECASE,
)
_DIGIT = (
    "(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|treble"
    "|triple|hundred|thousand"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\d{1,6})"
)
_SPOKEN = re.compile(rf"\b{_DIGIT}(?:[\s,\-]{{1,2}}{_DIGIT}){{3,20}}\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}|GIR ?0AA)\b")
_NEAR = (
    "(?:AL|BN|BS|CB|CF|CM|CO|CR|CT|DA|E|EC|EN|GU|HA|HP|IG|KT|LU|ME|MK|N|NN|NR|NW|OX|PE"
    "|RG|RH|RM|SE|"
    "SG|SL|SM|SS|SW|TN|TW|UB|W|WC|WD|B|M|LS|ZZ)"
)
_QUIET_POSTCODE = re.compile(
    rf"\b{_NEAR}\d[A-Z\d]?\s{{0,2}}\d(?!(?:st|nd|rd|th|am|pm|yr)\b)[A-Z]{{2}}\b", re.IGNORECASE
)
_STREETS = (
    "Road|Rd|Street|Avenue|Ave|Close|Lane|Ln|Drive|Dr|Way|Crescent|Cres|Court|Gardens"
    "|Gdns|Grove|Place|Terrace|"
    "Hill|Mews|Walk|Green|Row|Rise|View|Square|Park|Path|Parade|Broadway|Croft|Dell"
    "|Meadows?|Fields?|End|"
    "Mount|Chase|Heights|Wharf|Yard|Villas|Cottages|Gate|Vale|Common|Side|Leys|Spinney"
    "|Orchard|Link|Ridge"
)
_HOUSE = r"(?:(?:flat|apartment|unit|room)\s\w{1,4},?\s)?(?:no\.?\s|number\s)?\d{1,4}[a-dA-D]?"
_ADDRESS = re.compile(
    rf"\b(?:{_HOUSE},?\s+(?:(?:the"
    rf"|st\.?)\s)?(?:[A-Z][\w'’\-]{{1,20}}\s+){{1,3}}(?:{_STREETS}|St)\b"
    rf"|(?:(?:The\s)?(?:[A-Z][\w'’\-]{{1,20}}\s){{0,2}}(?:Cottage|House|Farm|Barn|Lodge"
    rf"|Bungalow),?\s)(?:\d{{1,4}}\s)?(?:[A-Z][\w'’\-]{{1,20}}\s){{1,3}}(?:{_STREETS})\b)"
)
_QUIET_ADDRESS = re.compile(
    rf"\b(?:{_HOUSE}|flat \w{{1,4}}),?\s+(?:[a-z][\w'’\-]{{2,20}}\s){{1,2}}(?:road|rd"
    "|street|avenue|ave|close|lane|drive|crescent|"
    r"gardens|grove|terrace|mews|court|rise)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:live|lives|lived|living|house|home|flat|moved|us|we're"
    r"|neighbours?)\s(?:\w+\s)?(?:on|in|to|at|off|along)\s"
    rf"(?P<it>(?:[A-Z][\w'’\-]{{1,20}}\s){{1,3}}(?:{_STREETS}))\b"
)
_NO_ADDRESS = re.compile(
    r"\d+\s+(?:years?|yrs?|months?|weeks?|days?|hours?|miles?|minutes?|mins|times"
    "|children|kids|schools?"
    r"|of|in|on|by|people|other|more|different|and|to)\b",
    re.IGNORECASE,
)


def contacts(text: str) -> Iterator[Span]:
    """Yield every way to reach somebody that a text holds; some may overlap."""
    yield from _emails(text)
    yield from _pages(text)
    for match in _SPOKEN.finditer(text):
        if _spells_a_phone(match.group()):
            yield Span(*match.span(), "phone", "phone in words", sure=False)
    if _NUMBER.search(text):
        yield from _phones(text)
        yield from _homes(text)
    for match in _STREET.finditer(text):
        yield Span(*match.span("it"), "address", "street where somebody lives", sure=False)


def _homes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        yield Span(*match.span(), "postcode", "postcode")
    for match in _QUIET_POSTCODE.finditer(text):
        yield Span(*match.span(), "postcode", "postcode")
    yield from _addresses(text)


_NUMBER = re.compile(r"\d")
_DOTTED = re.compile(r"\w\.\w|[@_\d]|https?:")


def _emails(text: str) -> Iterator[Span]:
    for match in _MAIL.finditer(text):
        yield Span(*match.span(), "email", "email")
    for match in _PROVIDER.finditer(text):
        yield Span(*match.span(), "email", "email at a known provider")
    for match in _DOMAIN.finditer(text):
        local = _LOCAL.search(text, max(0, match.start() - 200), match.start())
        if local is not None:
            yield Span(local.start(), match.end(), "email", "email in words")


def _pages(text: str) -> Iterator[Span]:
    if _DOTTED.search(text):
        for pattern, kind in (
            (_LINK, "link"),
            (_BARE_LINK, "link"),
            (_HANDLE, "handle"),
            (_TAGGED, "handle"),
        ):
            for match in pattern.finditer(text):
                if not _PUBLIC_PAGES.fullmatch(match.group()):
                    yield Span(*match.span(), kind, kind)
    for pattern in (_NAMED_HANDLE, _USERNAME, _FIND_ME):
        for match in pattern.finditer(text):
            if _is_handle(match.group("it"), text[match.start("it") - 1]):
                yield Span(*match.span("it"), "handle", "handle after its network")


def _is_handle(said: str, before: str) -> bool:
    """Tell a handle from the next word of a sentence."""
    marked = any(c in "_.0123456789" for c in said[1:-1] + said[-1:].strip("."))
    return before in '@"“' or marked or said.lower() not in common_words()


def _phones(text: str) -> Iterator[Span]:
    for pattern in (_PHONE, _MOBILE, _FOREIGN):
        for match in pattern.finditer(text):
            if _digits(match.group()) not in HELP_LINES:
                yield Span(*match.span(), "phone", "phone")
    for match in _MANY_DIGITS.finditer(text):
        if not _YEARS.fullmatch(match.group()) and _digits(match.group()) not in HELP_LINES:
            yield Span(*match.span(), "phone", "many digits", sure=False)
    for match in _LOCAL_NUMBER.finditer(text):
        if _digits(match.group("it")) not in HELP_LINES:
            yield Span(*match.span("it"), "phone", "phone after its name", sure=False)


def _spells_a_phone(said: str) -> bool:
    """Tell whether digits in words, or in both, begin as a telephone number and are enough."""
    parts = re.split(r"[\s,\-]+", said.lower())
    begins = parts[0] in {"zero", "oh", "o", "nought"} or parts[0].startswith(("0", "7"))
    spelt = [part for part in parts if not part.isdigit()]
    total = sum(len(part) if part.isdigit() else 1 for part in parts)
    return bool(spelt) and begins and total >= FEWEST_SPELT


def _digits(said: str) -> str:
    return "".join("0" if c in "oO" else c for c in said if c.isdigit() or c in "oO")


def _addresses(text: str) -> Iterator[Span]:
    for pattern in (_ADDRESS, _QUIET_ADDRESS):
        for match in pattern.finditer(text):
            if not _NO_ADDRESS.match(match.group()):
                yield Span(*match.span(), "address", "address")
