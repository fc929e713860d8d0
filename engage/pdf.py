"""PDF files that pass PDF/UA-1, made from HTML without reaching any network.

WeasyPrint only logs when a document lacks a title, a language or alternative text; here such a
message is a failure, because an inaccessible PDF must never be published by accident.
"""

import functools
import itertools
import logging
import pathlib
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from engage import resources

FONT_FAMILY = "Source Sans Pro"
ARABIC_FAMILY = "IBM Plex Sans Arabic"  # for Urdu, whose letters the Latin font lacks
_FACES = (
    ("SourceSansPro", 400, "normal"),
    ("SourceSansProIt", 400, "italic"),
    ("SourceSansProSemibold", 600, "normal"),
    ("SourceSansProBold", 700, "normal"),
)
_ARABIC_FACES = (("Regular", 400), ("Bold", 700))
#: Kinds of sign that have a name which says what is seen: emoji, dingbats, flags, private signs.
SIGNS = frozenset({"So", "Sk", "Co", "Cn"})
LAST_TONE = "\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
#: Join or change the look of emoji, and are nothing by themselves; letters of Urdu need the others.
JOINS = frozenset(
    "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"
)
#: Letters, what is put on them, numbers, stops and currencies: the first sign of their category.
WRITTEN = frozenset("LMNPS")
#: What people call the letters whose names in Unicode begin otherwise.
WRITINGS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
            "IDEOGRAPHIC": "Chinese", "FULLWIDTH": "Chinese", "MYANMAR": "Burmese"}  # fmt: skip
LETTERS = "letters that this font does not have"
_AGAIN = re.compile(rf"(\[[^\]<>]* {LETTERS}\])(?:[\s.,;:!?-]*\1)+")
LACKING = (
    f'<p lang="en-GB">Where “{LETTERS}” stands, somebody wrote in a writing that cannot be drawn '
    "here. What they wrote is kept, letter by letter: ask us for it.</p>"
)
_one_at_a_time = threading.Lock()


class PdfError(ValueError):
    """The PDF could not be made accessible or complete; the message says what to mend."""


def to_pdf(html: str, *, base_url: str = "") -> bytes:
    """Return the bytes of a tagged PDF/UA-1 file.

    Args:
        html: a whole document with lang, title, and headings that skip no level.
        base_url: folder that relative addresses start from: it must lie inside this package, the
            templates or the static files. Only such files and data: addresses are read.

    Raises:
        PdfError: WeasyPrint reported an error or an address could not be read.
    """
    return several_to_pdf((html,), base_url=base_url)


def several_to_pdf(pages_of: Iterable[str], *, base_url: str = "") -> bytes:
    """Return one tagged PDF/UA-1 file of several documents, each with page numbers of its own.

    Arguments and errors are those of `to_pdf`. The documents are taken one at a time, so whoever
    makes them can say how far it is.
    """
    import weasyprint  # noqa: PLC0415  # takes a second and Pango: only who makes a PDF pays
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    with _one_at_a_time, _errors_are_collected() as errors:
        fetcher = _local_fetcher()
        base_url = base_url or resources.static().as_uri() + "/"
        sheet = weasyprint.CSS(string=font_css(), font_config=fonts, url_fetcher=fetcher)
        documents = [
            weasyprint.HTML(string=in_words(html), base_url=base_url, url_fetcher=fetcher).render(
                stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
            )
            for html in pages_of
        ]
        pages = [page for document in documents for page in document.pages]
        pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    if errors:
        raise PdfError("The PDF was not made. " + " ".join(dict.fromkeys(errors)))
    return pdf


def in_words(html: str) -> str:
    """Return a document in which every sign that our fonts cannot draw is said in words.

    A sign without a shape is an empty box to people who see, nothing to people who listen, and no
    PDF/UA. "\N{BUS}" becomes "[bus]"; signs that only change the look of one before go. Letters of
    a writing that no font here has become "[Tamil letters that this font does not have]", and the
    last lines of the document say so. What was written is kept as it is; only the paper says less.
    """
    drawn = _drawn_signs()
    said = "".join(
        _lettering(list(run)) if is_lettering else "".join(run)
        for is_lettering, run in itertools.groupby(_said(html, drawn), key=_is_lettering)
    )
    if LETTERS not in said:
        return said
    return _AGAIN.sub(r"\1", said).replace("</body>", f"{LACKING}</body>")


def _said(html: str, drawn: frozenset[str]) -> Iterator[str]:
    return (sign if sign in drawn else _named(sign) for sign in html)


def _named(sign: str) -> str:
    """Return what stands for a sign without a shape; letters stay until their run is known."""
    kind = unicodedata.category(sign)
    if sign in JOINS or "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}" <= sign <= LAST_TONE:
        return ""
    if kind not in SIGNS:
        return sign
    return f"[{unicodedata.name(sign, 'sign').lower()}]"


def _is_lettering(said: str) -> bool:
    """Tell whether a sign is a letter, mark or number that would be drawn as an empty box."""
    return (
        len(said) == 1 and said not in _drawn_signs() and unicodedata.category(said)[0] in WRITTEN
    )


def _lettering(letters: Sequence[str]) -> str:
    """Return what stands for letters in a row: whose they are, so that somebody can read them."""
    names = dict.fromkeys(unicodedata.name(one, "other").split()[0] for one in letters)
    called = dict.fromkeys(WRITINGS.get(name, name.capitalize()) for name in names)
    return f"[{' and '.join(called)} {LETTERS}]"


@functools.cache
def _drawn_signs() -> frozenset[str]:
    """Return every sign that the fonts inside a PDF can draw."""
    from font_source_sans_pro import font_files_ttf  # noqa: PLC0415  # lists a folder when imported
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    drawn: set[str] = set()
    for file in (pathlib.Path(font_files_ttf["SourceSansPro"]), _arabic_file("Regular")):
        with TTFont(file, lazy=True) as font:
            drawn.update(map(chr, font.getBestCmap()))
    return frozenset(drawn)


def font_css() -> str:
    """Return the @font-face rules of the open fonts that a PDF carries inside."""
    from font_source_sans_pro import font_files_ttf  # noqa: PLC0415  # lists a folder when imported

    latin = (
        _face(FONT_FAMILY, pathlib.Path(font_files_ttf[face]), weight, style)
        for face, weight, style in _FACES
    )
    arabic = (
        _face(ARABIC_FAMILY, _arabic_file(face), weight, "normal") for face, weight in _ARABIC_FACES
    )
    return "".join((*latin, *arabic))


def _face(family: str, file: pathlib.Path, weight: int, style: str) -> str:
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'font-style: {style}; src: url("{file.as_uri()}"); }}\n'
    )


def _arabic_folder() -> pathlib.Path:
    import fontpkg_ibm_plex_sans_arabic  # noqa: PLC0415

    return pathlib.Path(fontpkg_ibm_plex_sans_arabic.ROOT) / "files"


def _arabic_file(face: str) -> pathlib.Path:
    return _arabic_folder() / f"IBMPlexSansArabic-{face}.ttf"


def _readable_folders() -> tuple[pathlib.Path, ...]:
    import font_source_sans_pro  # noqa: PLC0415

    fonts = pathlib.Path(font_source_sans_pro.font_directory)
    folders = (
        resources.PACKAGE,
        resources.templates(),
        resources.static(),
        fonts,
        _arabic_folder(),
    )
    return tuple(folder.resolve() for folder in folders)


def _local_fetcher() -> Any:
    """Return a WeasyPrint fetcher that reads data: addresses and our own files, nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    folders = _readable_folders()

    class LocalFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Refuses every address that would leave this installation."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not _is_local(url, folders):
                message = f"{url} is not part of Engage and was not read."
                raise FatalURLFetchingError(message)
            return super().fetch(url, headers)

    return LocalFetcher(allowed_protocols=("data", "file"), allow_redirects=False)


def _is_local(url: str, folders: tuple[pathlib.Path, ...]) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "data":
        return True
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return False
    path = pathlib.Path(unquote(parts.path)).resolve()
    return any(path.is_relative_to(folder) for folder in folders)


class _Collector(logging.Handler):
    """Keeps the sentences of errors so that they can be raised once rendering has ended."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _errors_are_collected() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs at ERROR; a refused address is raised as PdfError."""
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    logger, collector = logging.getLogger("weasyprint"), _Collector()
    logger.addHandler(collector)
    try:
        yield collector.messages
    except FatalURLFetchingError as error:
        message = f"The PDF was not made. {error}"
        raise PdfError(message) from error
    finally:
        logger.removeHandler(collector)
