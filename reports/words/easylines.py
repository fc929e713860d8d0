"""Easy-read text as it is written in a form: one sentence a line, its picture in front.

"[listen] We listened to you." is one line with the picture "listen". Staff type plain text; the
page gets pairs of picture and sentence.
"""

import dataclasses
import re

LINE = re.compile(r"^\[(?P<picture>[a-z0-9_-]+)\]\s*(?P<text>.+)$")


@dataclasses.dataclass(frozen=True, slots=True)
class EasyLine:
    """One sentence and the name of the picture that stands for the same idea ("" if none)."""

    text: str
    picture: str


def parse(written: str) -> tuple[EasyLine, ...]:
    """Split what somebody wrote into lines; a line without a picture keeps an empty name.

    Empty lines are left out. Order is kept.
    """
    return tuple(_line(line.strip()) for line in written.splitlines() if line.strip())


def write(lines: tuple[EasyLine, ...]) -> str:
    """Put lines back into the form they are typed in."""
    return "\n".join(f"[{ln.picture}] {ln.text}" if ln.picture else ln.text for ln in lines)


def illustrated(lines: tuple[EasyLine, ...], picture: str) -> tuple[EasyLine, ...]:
    """Give every line that names no picture the one that stands for its whole band."""
    return tuple(EasyLine(line.text, line.picture or picture) for line in lines)


def _line(line: str) -> EasyLine:
    match = LINE.match(line)
    if match is None:
        return EasyLine(text=line, picture="")
    return EasyLine(text=match["text"].strip(), picture=match["picture"])
