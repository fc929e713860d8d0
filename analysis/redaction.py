# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""Take out of an answer what could point at a person, and leave a label where it stood.

Rules rather than a model: they run anywhere, never send a word away, and a person can read why
something was taken. They err towards taking too much from a name and too little from a meaning:
"autism" stays, "Mrs Example" goes. What rules cannot see (a rare condition, a story only one family
has lived) stays a person's job before anything is quoted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analysis.namewords import GENERIC_PLACES, NEVER_NAMES, NOT_ALWAYS_NAMES, ROLE_WORDS
from analysis.nhsnumbers import is_nhs_number
from analysis.stopwords import STOP_WORDS

PLACEHOLDER = re.compile(
    r"\[(?:name|school|place|phone|email|postcode|NHS number|handle|link|"
    r"date of birth|date|address|number)\]"
)


@dataclass(frozen=True)
class Span:
    """One stretch of the original text that was taken out.

    Attributes:
        start: index of its first character in the original.
        end: index after its last character.
        kind: what it was, which is also its label: "name", "school", "phone"...
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Redacted:
    """A text that is safer to read, and where it differs from the original."""

    text: str
    spans: tuple[Span, ...]


def redact(text: str) -> Redacted:
    """Replace everything that identifies somebody by a label such as "[name]"."""
    spans = _without_overlap([span for find in _FINDERS for span in find(text)])
    parts, position = [], 0
    for span in spans:
        parts += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return Redacted("".join([*parts, text[position:]]), tuple(spans))


def without_placeholders(text: str) -> str:
    """Return redacted text as a machine should read it: a school stays "school", a name goes."""
    return " ".join(PLACEHOLDER.sub(_spoken, text).split())


def _spoken(match: re.Match[str]) -> str:
    return "school" if match.group() == "[school]" else " "


def _without_overlap(spans: list[Span]) -> list[Span]:
    """Keep, from left to right, the longest of any spans that overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -(s.end - s.start))):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end, kept[-1].kind)
    return kept


NEARBY = 30
"""How many characters before a number can say what it is; reading all of them would be slow."""

Finder = Callable[[str], Iterator[Span]]
_CAP = r"[A-Z][A-Za-zÀ-ÿ'’\-]{0,40}[a-zà-ÿ]"  # no name is longer, and a long text stays quick
_SHOUT = r"[A-Z]{2,}"


def _plain(kind: str, pattern: str, flags: int = 0) -> Finder:
    """Return a finder that takes group "it" of every match, or the whole match."""
    compiled = re.compile(pattern, flags)
    group = "it" if "it" in compiled.groupindex else 0

    def find(text: str) -> Iterator[Span]:
        for match in compiled.finditer(text):
            yield Span(*match.span(group), kind)

    return find


def _nhs_numbers(text: str) -> Iterator[Span]:
    """Find ten digits that pass the NHS check, or that the writer calls an NHS number."""
    for match in re.finditer(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", text):
        before = text[max(0, match.start() - NEARBY) : match.start()]
        introduced = re.search(r"\bnhs\b[^\d]{0,20}$", before, re.IGNORECASE)
        if introduced or is_nhs_number(match.group()):
            yield Span(*match.span(), "NHS number")


def _titled_names(text: str) -> Iterator[Span]:
    """Find "Mrs Example", "Miss X", "Dr. A. Patel" and "mr jones"."""
    name = rf"(?:{_CAP}|{_SHOUT}|[A-HJ-Z]\b\.?)"
    titles = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Nurse|Sister|Auntie|Aunty|Uncle"
    strict = re.compile(rf"\b(?:{titles}|MR|MRS|MISS|DR)\.?\s+({name})(?:\s+{_CAP})*")
    loose = re.compile(r"\b(?:mr|mrs)\.?\s+([a-z][a-z'’\-]+)\b")
    for pattern in (strict, loose):
        for match in pattern.finditer(text):
            if match.group(1).lower() not in ROLE_WORDS | STOP_WORDS:
                yield Span(*match.span(), "name")


_RELATION = (
    r"(?:son|daughter|child|boy|girl|brother|sister|friend|mum|mummy|dad|nan|grandson|"
    r"granddaughter|nephew|niece|partner|husband|wife|teacher|TA|tutor|SENCO|Senco|caseworker|"
    r"therapist|keyworker|key worker|head|headteacher|carer|pupil|student|consultant|doctor|nurse)"
)


def _introduced_names(text: str) -> Iterator[Span]:
    """Find "my TA Sam", "my son J" and "a boy called Ali"."""
    name = rf"(?P<it>(?:{_CAP}(?:\s+{_CAP})?)|[A-HJ-Z](?:\.(?:[A-Z]\.)*)?(?![\w'’.]))"
    patterns = (
        rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s+(?:\w+\s+)?{_RELATION},?\s+{name}",
        rf"\b(?:[Cc]hild|[Pp]upil|[Ss]tudent|[Bb]oy|[Gg]irl|[Pp]atient)\s+{name}",
        rf"\b(?:called|named|[Mm]y name is|[Mm]y name's|[Nn]ame:)\s+{name}",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            first = match.group("it").split()[0].lower()
            if first not in NEVER_NAMES and first not in STOP_WORDS:
                yield Span(*match.span("it"), "name")


def _quiet_and_loud_names(text: str) -> Iterator[Span]:
    """Find a common given name without its capital ("my son jayden") or all in capitals."""
    patterns = (
        rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s+(?:\w+\s+)?{_RELATION},?\s+([a-z]{{3,20}})\b",
        r"\b(?:[Cc]alled|[Nn]amed|[Mm]y name is|[Mm]y name's)\s+([a-z]{3,20})\b",
        r"(?<![\w@])([A-Z]{3,20})\b",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            name = match.group(1).lower()
            if name in _given_names() and name not in NOT_ALWAYS_NAMES | STOP_WORDS:
                yield Span(*match.span(1), "name")


@cache
def _given_names() -> frozenset[str]:
    text = resources.files("analysis").joinpath("givennames.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def _known_names(text: str) -> Iterator[Span]:
    """Find common given names with a capital letter, and a surname that follows one."""
    for match in re.finditer(rf"(?<![\w@])({_CAP})(?:['’]s)?(\s+{_CAP})?", text):
        first = match.group(1).removesuffix("'s").removesuffix("’s")
        if first.lower() not in _given_names():
            continue
        surname = (match.group(2) or "").strip()
        follows = surname and surname.lower() not in NEVER_NAMES | ROLE_WORDS | STOP_WORDS
        end = match.end() if follows else match.start() + len(first)
        yield Span(match.start(), end, "name")


def _settings(kind: str, words: str) -> Finder:
    """Return a finder of proper names that end in one of the words, such as "Example Primary".

    A name has at most nine words before that one, and no word can be read in two ways: otherwise
    a comment that only repeats "Roman" would keep the machine busy for years.
    """
    linked = r"(?:of|the|and|&|C|E|CE|RC|CofE)"
    pattern = re.compile(
        rf"\b(?:St\.?\s+)?{_CAP}(?:\s+(?:{linked}|{_CAP})){{0,8}}\s+(?:{words})\b"
        rf"(?:\s+(?:School|Academy|College|Hospital|Nursery|Centre)\b)*"
    )

    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            start = _first_proper_word(match)
            if start is not None:
                yield Span(start, match.end(), kind)

    return find


def _first_proper_word(match: re.Match[str]) -> int | None:
    """Return where the proper name starts, past openers such as "The" or "My"; None if none."""
    words = list(re.finditer(r"\S+", match.group()))
    for word in words[:-1]:
        if word.group().lower().strip(".,") not in GENERIC_PLACES:
            return match.start() + word.start()
    return None


_SCHOOLS = (
    "Primary|Juniors?|Infants?|Nursery|Secondary|High|Grammar|Academy|School|College|"
    "Sixth Form|Pre-?school|Playgroup|JMI|SRP|Comprehensive"
)
_PLACES = (
    "Hospital|Hospice|Clinic|Surgery|Medical Centre|Health Centre|Children['’]s Centre|"
    "Family Centre|Ward|Care Home|Youth Club|Leisure Centre"
)
_STREETS = "Road|Street|Avenue|Lane|Close|Drive|Crescent|Gardens|Court|Terrace|Grove|Rd|Ave"
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|"
    "EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|"
    "LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|"
    "SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_DATE = (
    r"(?:\d{1,2}[./\-]\d{1,2}[./\-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,?\s+\d{4})"
)

_FINDERS: tuple[Finder, ...] = (
    _plain("email", r"(?<![\w.+\-])[\w.+\-]++@[\w\-]++(?:\.[\w\-]++)+"),
    _plain("email", r"(?<![\w.+\-])[\w.+\-]++ ?@ ?(?:[\w\-]++\.)+[A-Za-z]{2,}"),
    _plain(
        "link", r"(?<![\w.\-/])(?:[\w\-]++\.)+(?:com|org|net|uk|me)/[^\s<>\"]*[^\s<>\".,;:!?)\]]"
    ),
    _plain("link", r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]]", re.IGNORECASE),
    _plain("handle", r"(?<![\w@.])@\w{2,}"),
    _plain(
        "phone",
        r"(?<![\d+])(?:(?:\+|00)44[\s().\-]*(?:0[\s().\-]*)?|\(?0)[1-9](?:[\s().\-]{0,2}\d){8,9}(?!\d)",
    ),
    _plain("phone", r"(?<![\d+])7\d{3}[ \-]?\d{3}[ \-]?\d{3}(?!\d)"),
    _nhs_numbers,
    _plain(
        "postcode",
        rf"\b(?:{_AREAS})\d[A-Z\d]?\s*\d(?!(?:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{{2}}\b",
        re.IGNORECASE,
    ),
    _plain(
        "date of birth",
        rf"\b(?:d\.?o\.?b\.?|date of birth|born(?:\s+on)?|birthday(?:\s+is)?)\W{{0,4}}"
        rf"(?:the\s+)?(?P<it>{_DATE})",
        re.IGNORECASE,
    ),
    _plain("date", r"\b\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)\d{2}\b"),
    _plain("address", rf"\b\d{{1,4}}[a-z]?,?\s+(?:{_CAP}\s+){{1,3}}(?:{_STREETS})\b"),
    _settings("school", _SCHOOLS),
    _settings("place", _PLACES),
    _plain("school", rf"\bSt\.?\s+{_CAP}['’]s\b(?:\s+(?:Primary|School|Academy|College))*"),
    _titled_names,
    _introduced_names,
    _known_names,
    _quiet_and_loud_names,
    _plain(
        "name",
        r"(?<![\w.])(?!(?:U\.K|E\.H|N\.H|S\.E|A\.D|P\.E|P\.S|I\.T|U\.S|T\.A)\.)(?:[A-Z]\.){2,3}(?!\w)",
    ),
    _plain("number", r"(?<![\w£])[A-Z]?\d{8,}(?!\w)"),
)
