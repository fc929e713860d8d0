# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""A restrained word cloud: size by people, at most forty words, never rotated, always repeatable.

The `wordcloud` package's occupancy map finds the places (its own drawing lets words overlap). The
drawing is our own SVG, so that words stay text, the colours keep their contrast and nothing needs
an inline style. A cloud is always shown beside the
same words as a table: it is an ornament of the table, not a replacement.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from analysis.language.stopwords import HOLLOW_WORDS, STOP_WORDS

MOST_WORDS = 40
WIDTH = 480
HEIGHT = 320
SMALLEST_FONT = 15
LARGEST_FONT = 56
POWER_OF_SIZE = 0.7
MARGIN = 8
SHRINK = 0.92
SMALLEST_SCALE = 0.1
SEED = 2026
COLOURS = ("#174a7c", "#005a30", "#0b0c0c", "#484949")
FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT_FORM = re.compile(r"'(?:s|d|ll|re|ve|m)$")
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,30}\]")


def words_by_people(
    texts_by_person: Mapping[str, Iterable[str]],
    *,
    stop_words: frozenset[str] = STOP_WORDS | HOLLOW_WORDS,
) -> dict[str, int]:
    """Count for each word how many different people used it, most used first.

    Args:
        texts_by_person: person id to that person's redacted texts; placeholders such as "[name]"
            are not words.
        stop_words: words that say nothing by themselves, of grammar and of plain praise.
    """
    people: Counter[str] = Counter()
    for texts in texts_by_person.values():
        people.update({word for text in texts for word in _words(text)} - stop_words)
    return dict(sorted(people.items(), key=lambda item: (-item[1], item[0])))


def cloud_svg(words: Mapping[str, int], *, title: str = "", description: str = "") -> str:
    """Draw words at a size that grows with the number of people who used them.

    Args:
        words: word to number of people, already protected (see `analysis.disclosure`).
        title: alternative text; by default it names the largest word and how many words there are.
        description: a longer explanation; may be empty.

    Returns:
        SVG whose first child is <title>; an empty string when there are no words.
    """
    top = dict(sorted(words.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])
    if not top:
        return ""
    texts = "".join(_text(place, rank) for rank, place in enumerate(_layout(top)))
    described = f"<desc>{escape(description)}</desc>" if description else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cloud" role="img" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<title>{escape(title or _title(top))}</title>{described}"
        f'<g font-family="{FONT}">{texts}</g></svg>'
    )


def font_path() -> str:
    """Return the file of the open font whose widths the layout is measured with."""
    from font_source_sans_pro import font_files_ttf  # noqa: PLC0415  # only needed to draw

    return str(font_files_ttf["SourceSansProSemibold"])


def _title(top: Mapping[str, int]) -> str:
    word, people = next(iter(top.items()))
    who = "1 person" if people == 1 else f"{people:,} people"
    return f"Word cloud of {len(top)} words. The largest is “{word}”, used by {who}."


def _words(text: str) -> list[str]:
    plain = _PLACEHOLDER.sub(" ", text).replace("’", "'").lower()
    found = [_SHORT_FORM.sub("", word) for word in _WORD.findall(plain)]
    return [word for word in found if len(word) > 1 and set(word) != {"x"}]  # "XXXX" hides a name


Place = tuple[str, int, float, float, float]


def _layout(words: Mapping[str, int]) -> list[Place]:
    """Return (word, font size, left, baseline, width) for each word.

    When the words do not fit, all of them shrink together, so that sizes stay comparable.
    """
    scale = 1.0
    while True:
        places = _placed({word: _size(n, words, scale) for word, n in words.items()})
        if len(places) == len(words) or scale < SMALLEST_SCALE:
            return places
        scale *= SHRINK


def _size(people: int, words: Mapping[str, int], scale: float) -> int:
    share = float((people / max(words.values())) ** POWER_OF_SIZE)
    return max(SMALLEST_FONT, round(LARGEST_FONT * share * scale))


def _placed(sizes: Mapping[str, int]) -> list[Place]:
    """Give every word a box of its own, largest first; stop at the first that finds no room."""
    import numpy as np  # noqa: PLC0415  # heavy, and only needed to draw
    from PIL import ImageFont  # noqa: PLC0415
    from wordcloud.wordcloud import IntegralOccupancyMap  # noqa: PLC0415

    room = IntegralOccupancyMap(HEIGHT, WIDTH, None)
    taken = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed on purpose: the same cloud every time
    places: list[Place] = []
    for word, size in sizes.items():
        font = ImageFont.truetype(font_path(), size)
        width, (rise, fall) = float(font.getlength(word)), _rise_and_fall(font, word)
        box = (rise + fall + MARGIN, math.ceil(width) + MARGIN)
        spot = room.sample_position(*box, chance)
        if spot is None:
            break
        row, column = int(spot[0]), int(spot[1])
        taken[row : row + box[0], column : column + box[1]] = 255
        room.update(taken, row, column)
        baseline = row + rise + MARGIN / 2
        places.append((word, size, column + MARGIN / 2, baseline, width))
    return places


def _rise_and_fall(font: Any, word: str) -> tuple[int, int]:
    """Return how many pixels the word reaches above and below its baseline."""
    _, top, _, bottom = font.getbbox(word, anchor="ls")
    return math.ceil(-top), math.ceil(max(bottom, 0))


def _text(place: Place, rank: int) -> str:
    """Write one word; textLength keeps its width when a browser uses another font."""
    word, size, left, baseline, width = place
    colour = COLOURS[rank % len(COLOURS)]
    return (
        f'<text x="{left:.1f}" y="{baseline:.1f}" font-size="{size}" font-weight="600" '
        f'fill="{colour}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(word)}</text>"
    )
