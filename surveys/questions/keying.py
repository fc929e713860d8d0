"""Reading what somebody typed from a sheet of paper: numbers of boxes, pairs, or words."""

import re
from collections.abc import Mapping, Sequence

from surveys.questions.base import AnswerError, Values
from surveys.questions.wording import Message

NUMBERS_ONLY = Message(
    "Type the numbers beside the ticked boxes, for example 1 3",
    "Type the numbers of the boxes, for example 1 3",
)
PAIRS_ONLY = Message(
    "Type line=answer for each line, for example 1=2 2=4",
    "Type line=answer for each line, for example 1=2 2=4",
)
SKIPPED = {"", "-", "0"}
_NUMBER = re.compile(r"[0-9]{1,3}")
_BETWEEN = re.compile(r"[\s,;+]+")
_PAIR = re.compile(r"([0-9]{1,3})\s*[=:]\s*([0-9]{1,3}|-)")


def parts(typed: str) -> list[str]:
    """Return what was typed, cut at blanks and commas."""
    return [part for part in _BETWEEN.split(typed.strip()) if part]


def numbers_then_words(typed: str) -> tuple[list[int], str]:
    """Return the numbers at the beginning and the words behind them."""
    rest = typed.strip()
    if rest in SKIPPED:
        return [], ""
    numbers: list[int] = []
    while found := _NUMBER.match(rest):
        after = rest[found.end() :]
        if after and not _BETWEEN.match(after):
            break
        numbers.append(int(found[0]))
        rest = _BETWEEN.sub("", after, count=1) if after else ""
    return numbers, rest.strip()


def chosen(keys: Sequence[str], numbers: Sequence[int]) -> Values:
    """Return the keys with these numbers, counting from 1; raise AnswerError for a wrong one."""
    for number in numbers:
        if not 1 <= number <= len(keys):
            raise AnswerError(_not_there(number, len(keys)))
    return tuple(keys[number - 1] for number in numbers)


def lines(names: Sequence[str], keys: Sequence[str], typed: str) -> Mapping[str, Values]:
    """Return one key for each named line: "1=2 2=4", or "2 4 -" for every line in order."""
    if typed.strip() in SKIPPED:
        return {}
    pairs = _PAIR.findall(typed)
    if pairs and not _BETWEEN.sub("", _PAIR.sub("", typed)):
        return dict(_line(names, keys, int(line), number) for line, number in pairs)
    found = parts(typed)
    if len(found) != len(names) or not all(_NUMBER.fullmatch(p) or p == "-" for p in found):
        raise AnswerError(PAIRS_ONLY)
    return dict(_line(names, keys, line, part) for line, part in enumerate(found, start=1))


def _line(names: Sequence[str], keys: Sequence[str], line: int, number: str) -> tuple[str, Values]:
    name = chosen(names, [line])[0]
    return name, () if number in SKIPPED else chosen(keys, [int(number)])


def _not_there(number: int, most: int) -> Message:
    return Message(
        "There is no %(number)s here. Type numbers from 1 to %(most)s",
        "There is no %(number)s here. Type numbers from 1 to %(most)s",
        number=number,
        most=most,
    )
