"""The raw numbers of the findings and how they hang together, for protection and for a recount."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.disclosure.attack import Kind, Relation
from analysis.disclosure.programs import Key
from reports.counting.counted import Counted
from reports.findings import bands
from reports.findings.bands import Line, Panel
from reports.findings.tally import ANSWERED, ASKED, Asked, Tally
from surveys.conditions import Answered

MOST_GROUPED = 6
"""Answers that a table by groups holds: more cannot be read, and are hidden for the most part."""


def counted(asked: Sequence[Asked], respondents: Mapping[str, int]) -> Counted:
    """Say what was counted, as one part of a publication.

    Args:
        asked: the questions that are printed.
        respondents: audience to everybody who sent answers ("responses/<audience>").
    """
    found = Counted.all([whole(asked, respondents), *map(by_groups, asked)])
    together = tuple(frozenset(_of_question(one, found.numbers)) for one in asked)
    return dataclasses.replace(found, families=together)


def _of_question(one: Asked, numbers: Mapping[Key, int]) -> Iterator[Key]:
    """Yield the numbers of a question: a version prints all of them anew, or none."""
    start = f"question/{one.questionnaire}/{one.code}/"
    return (key for key in numbers if key.startswith(start))


def whole(asked: Sequence[Asked], respondents: Mapping[str, int]) -> Counted:
    """Say what was counted of everybody in an audience."""
    numbers: dict[Key, int] = {}
    relations: list[Relation] = []
    for one in asked:
        for audience, tally in one.tallies.items():
            everybody = f"responses/{audience}"
            numbers |= {everybody: respondents[audience], **dict(_bases(one, audience, tally))}
            same = tally.asked == respondents[audience]
            kind: Kind = "sum" if same else "inside"
            relations.append(Relation(everybody, (one.key(audience, ASKED),), kind))
            relations.append(
                Relation(one.key(audience, ASKED), (one.key(audience, ANSWERED),), "inside")
            )
            for panel in bands.panels(one):
                numbers |= dict(_cells(one, audience, panel, tally))
                relations += _of_panel(one, audience, panel, numbers)
    relations += _routes(asked)
    return Counted(numbers, tuple(relations))


def by_groups(one: Asked) -> Counted:
    """Say what was counted by groups of people; groups add up to their audience."""
    numbers: dict[Key, int] = {}
    relations: list[Relation] = []
    panel = grouped_panel(one)
    if panel is None or one.grouping is None:
        return Counted()
    for audience, tally in one.tallies.items():
        lines: dict[str, Line | None] = {ANSWERED: None}
        lines |= {line.option: line for line in panel.lines}
        for option, line in lines.items():
            numbers[one.key(audience, option)] = _count(line, tally)
            parts = {
                one.key(audience, option, group): _within(line, tally.groups.get(group, {}))
                for group in one.grouping.keys
            }
            numbers |= parts
            relations.append(Relation(one.key(audience, option), tuple(parts)))
        for group in one.grouping.keys:
            keys = [one.key(audience, option, group) for option in lines]
            relations.append(_base_of(panel, keys[0], tuple(keys[1:]), numbers))
    return Counted(numbers, tuple(relations))


def grouped_panel(one: Asked) -> Panel | None:
    """Return the table that is also shown by groups, if the question has one that can be."""
    found = bands.panels(one)
    if one.grouping is None or len(found) != 1 or len(found[0].lines) > MOST_GROUPED:
        return None
    return found[0] if one.grouping.question != one.code else None


def _bases(one: Asked, audience: str, tally: Tally) -> Iterator[tuple[Key, int]]:
    yield one.key(audience, ASKED), tally.asked
    yield one.key(audience, ANSWERED), tally.answered


def _cells(one: Asked, audience: str, panel: Panel, tally: Tally) -> Iterator[tuple[Key, int]]:
    yield one.key(audience, panel.base), panel.answered(tally)
    for line in _every(panel.lines):
        yield one.key(audience, line.option), line.count(tally)


def _every(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from line.parts


def _of_panel(
    one: Asked, audience: str, panel: Panel, numbers: Mapping[Key, int]
) -> Iterator[Relation]:
    base = one.key(audience, panel.base)
    lines = tuple(one.key(audience, line.option) for line in panel.lines)
    yield _base_of(panel, base, lines, numbers)
    if panel.base != ANSWERED:
        yield Relation(one.key(audience, ANSWERED), (base,), "inside")
    for line in panel.lines:
        if line.parts:
            parts = tuple(one.key(audience, part.option) for part in line.parts)
            yield Relation(one.key(audience, line.option), parts)
        if line.option.startswith(":first."):
            anywhere = one.key(audience, line.option.removeprefix(":first."))
            yield Relation(anywhere, (one.key(audience, line.option),), "inside")


def _routes(asked: Sequence[Asked]) -> Iterator[Relation]:
    """Yield that those who were asked a question gave the answer that leads to it."""
    known = {(one.questionnaire, one.code): one for one in asked}
    for one in asked:
        if not isinstance(one.when, Answered):
            continue
        gate = known.get((one.questionnaire, one.when.question))
        if gate is not None:
            yield from _route(one, gate, one.when.any_of)


def _route(one: Asked, gate: Asked, values: Sequence[str]) -> Iterator[Relation]:
    for audience in one.tallies.keys() & gate.tallies.keys():
        found = bands.panels(gate)
        lines = [line for panel in found for line in panel.lines]
        whole = {v: line for line in lines for v in line.values if set(line.values) <= set(values)}
        if len(found) != 1 or not set(values) <= whole.keys():
            continue
        parts = tuple(dict.fromkeys(gate.key(audience, whole[value].option) for value in values))
        kind = _kind(found[0])
        lines = list({whole[value].option: whole[value] for value in values}.values())
        asked_of = sum(line.count(gate.tallies[audience]) for line in lines)
        if kind == "union" or asked_of == one.tallies[audience].asked:
            yield Relation(one.key(audience, ASKED), parts, kind)


def _base_of(
    panel: Panel, base: Key, lines: tuple[Key, ...], numbers: Mapping[Key, int]
) -> Relation:
    """Return how a base hangs together with its lines, as far as it is true of these numbers.

    Answers that were brought in from elsewhere may hold two values where there should be one.
    """
    total = sum(numbers[line] for line in lines)
    if panel.adds_up and numbers[base] == total:
        return Relation(base, lines, "sum")
    return Relation(base, lines, "union" if numbers[base] <= total else "inside")


def _kind(panel: Panel) -> Kind:
    return "sum" if panel.adds_up else "union"


def _count(line: Line | None, tally: Tally) -> int:
    return tally.answered if line is None else line.count(tally)


def _within(line: Line | None, group: Mapping[str, int]) -> int:
    return group.get(ANSWERED, 0) if line is None else line.within(group)
