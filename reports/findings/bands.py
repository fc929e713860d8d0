"""How a question is laid out in tables: its lines, and the bands in which finer answers meet.

Five grades in the standard edition and three in easy read meet in bands: "Strongly agree" and
"Agree" are one band, which easy read calls "Yes, I agree". The finer answers stand under their
band, and so does the answer of easy read, which counts in the band alone.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from reports.findings import measures
from reports.findings.tally import ANSWERED, Asked, Tally
from surveys.questions import Option, Question

Whose = Literal["all", "standard", "easy", "first"]
SCALES = frozenset({"agree5", "yes_no", "yes_sometimes_no", "faces3", "votes"})
UNCOUNTED = frozenset({"short_text", "long_text", "picture", "recording"})
OTHER = ":other"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One answer as a table shows it.

    Attributes:
        option: end of its key.
        values: the stored values that count in it.
        whose: whose answers count: of everybody, of one kind of edition, or the first only.
        parts: finer lines that add up to it.
    """

    option: str
    label: str
    easy_label: str
    picture: str
    values: tuple[str, ...]
    whose: Whose = "all"
    parts: tuple["Line", ...] = ()

    def count(self, tally: Tally) -> int:
        """Return how many people of an audience are in it."""
        source = tally.first if self.whose == "first" else tally.people
        if self.whose == "easy":
            source = tally.easy
        counted = sum(source.get(value, 0) for value in self.values)
        if self.whose == "standard":
            counted -= sum(tally.easy.get(value, 0) for value in self.values)
        return counted

    def within(self, group: Mapping[str, int]) -> int:
        """Return how many people of a group are in it."""
        return sum(group.get(value, 0) for value in self.values)


@dataclasses.dataclass(frozen=True, slots=True)
class Panel:
    """One table of a question.

    Attributes:
        name: key of the line it is about, where a question asks several things alike.
        title: words of that line.
        adds_up: each person is in exactly one line; otherwise in one or more.
    """

    name: str
    title: str
    easy_title: str
    picture: str
    lines: tuple[Line, ...]
    adds_up: bool = True

    @property
    def base(self) -> str:
        """Return the end of the key of its base."""
        return f"{self.name}::answered" if self.name and self.adds_up else ANSWERED

    def answered(self, tally: Tally) -> int:
        """Return how many people answered it."""
        if not self.name or not self.adds_up:
            return tally.answered
        return sum(line.count(tally) for line in self.lines)


def panels(asked: Asked) -> tuple[Panel, ...]:
    """Return the tables of a question; none when only the number of answers is shown."""
    question, kind = asked.question, asked.question.kind
    if kind in UNCOUNTED:
        return ()
    if kind in {"matrix", "votes"}:
        return tuple(_row(asked, row) for row in question.rows)
    if kind == "ranking":
        return tuple(_ranking(asked))
    if kind in {"number", "date"}:
        lines = tuple(_ranges(asked))
        return (Panel("", "", "", question.picture, lines),) if lines else ()
    lines = (*_banded(question, question.options, ""), *_unknown(asked, question.options))
    return (Panel("", "", "", question.picture, lines, adds_up=kind != "multi"),)


def is_scale(question: Question) -> bool:
    """Tell whether the answers are grades or opinions, which one bar of a hundred shows best."""
    return question.kind in SCALES or any(option.easy_as for option in question.options)


def seen(asked: Asked) -> dict[str, int]:
    """Return every stored value with how many people of all audiences gave it."""
    found: dict[str, int] = {}
    for tally in asked.tallies.values():
        for value, people in tally.people.items():
            found[value] = found.get(value, 0) + people
    return found


def _row(asked: Asked, row: Option) -> Panel:
    lines = _banded(asked.question, asked.question.options, f"{row.key}:")
    return Panel(row.key, row.words.standard, row.words.easy, row.picture, tuple(lines))


def _banded(question: Question, options: Sequence[Option], start: str) -> Iterator[Line]:
    """Yield the lines of a set of options; finer ones under the answer they share in easy read."""
    for option in options:
        finer = [one for one in options if one.easy_as == option.key]
        if finer:
            yield _band(question, option, finer, options, start)
        elif not option.easy_as:
            yield _line(question, option, start)


def _band(
    question: Question, option: Option, finer: list[Option], options: Sequence[Option], start: str
) -> Line:
    inside = [one for one in options if one is option or one in finer]
    labels = [one.words.standard for one in inside]
    parts = [_line(question, one, start, "standard" if one is option else "all") for one in inside]
    easy = f"{option.words.easy} (easy read: one answer for {_both(labels)})"
    parts.append(
        Line(f"{start}:easy.{option.key}", easy, option.words.easy, option.picture,
             (f"{start}{option.key}",), "easy")
    )  # fmt: skip
    return Line(
        f"{start}:band.{option.key}", " or ".join([labels[0], *map(_lower, labels[1:])]),
        option.words.easy, option.picture, tuple(f"{start}{one.key}" for one in inside),
        parts=tuple(parts),
    )  # fmt: skip


def _line(question: Question, option: Option, start: str, whose: Whose = "all") -> Line:
    key = f"{start}{option.key}"
    return Line(
        key, question.label(option, "standard"), question.label(option, "easy") or
        option.words.standard, option.picture or question.picture, (key,), whose,
    )  # fmt: skip


def _ranking(asked: Asked) -> Iterator[Panel]:
    """Yield what was put first, and what was given any place."""
    plain = [_line(asked.question, option, "") for option in asked.question.options]
    first = tuple(
        dataclasses.replace(line, option=f":first.{line.option}", whose="first") for line in plain
    )
    picture = asked.question.picture
    yield Panel("", "What people put first", "What came first", picture, first)
    places = asked.question.limit or len(plain)
    title = f"What people put among their first {places}"
    yield Panel(":any", title, title, picture, tuple(plain), adds_up=False)


def _ranges(asked: Asked) -> Iterator[Line]:
    cut = measures.months if asked.question.kind == "date" else measures.ranges
    for place, (label, values) in enumerate(cut(seen(asked))):
        unit = asked.question.unit
        words = f"{label} {unit.standard}" if unit else label
        easy = f"{label} {unit.easy}" if unit else label
        yield Line(f":range.{place}", words, easy, asked.question.picture, values)


def _unknown(asked: Asked, options: Sequence[Option]) -> Iterator[Line]:
    """Yield one line for answers that the newest version no longer offers: totals add up."""
    known = {option.key for option in options}
    gone = tuple(sorted(value for value in seen(asked) if value not in known))
    if gone:
        label = "An answer that an earlier version offered"
        yield Line(OTHER, label, "Another answer", asked.question.picture, gone)


def _both(labels: list[str]) -> str:
    return "both" if len(labels) == 2 else "all of these"  # noqa: PLR2004  # a pair


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
