"""A page of our own as plain text, so that a mail says the same in both of its versions."""

from html.parser import HTMLParser

BLOCKS = frozenset({"h1", "h2", "p", "li"})
SILENT = frozenset({"style", "title"})


class _Reader(HTMLParser):
    """Collects one line for each heading, paragraph and item; a link is followed by its address."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._words: list[str] = []
        self._href = ""
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where a link leads, and stop listening to what is no text."""
        self._silent = self._silent or tag in SILENT
        if tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """End a line, or write a link's address after its words."""
        if tag in SILENT:
            self._silent = False
        if tag == "a" and self._href:
            self._words.append(f": {self._href}")
        if tag in BLOCKS:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._silent:
            self._words.append(data)

    def _end(self, tag: str) -> None:
        line = " ".join("".join(self._words).split())
        self._words = []
        if line:
            before = "\n" if tag == "h2" else ""
            self.lines.append(f"{before}- {line}" if tag == "li" else f"{before}{line}\n")


def of(html: str) -> str:
    """Return the text of a page: a line for each of its parts, addresses written out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.lines).rstrip() + "\n"
