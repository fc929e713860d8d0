"""Who answered beside who lives in the county: shares, and who is under their share.

A group is compared only within the groups whose number in the county is known, so that both
shares are out of the same kind of people.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from analysis.disclosure import SMALLEST_BASE_FOR_PERCENT
from reports.counting.adding import CannotBeAddedError, total
from reports.counting.shorthands import UNDER_ONE
from reports.representation import comparing
from reports.representation.baselines import PopulationBaseline
from reports.representation.comparing import SIZE_WORDS, Compared
from reports.representation.heardparts import GroupShare, Profile
from reports.words import wording
from reports.words.facts import Fact
from surveys.breakdowns import ANSWERED

NO_FIGURES = "No figures about everybody in the county are at hand, so nothing is compared."
NOT_ALL = "Some numbers are not shown, so that nobody can be recognised, and nothing is compared."
OVERLAP = "The figures about the county cannot be put together, so nothing is compared."
SAYS_NOTHING = frozenset({"pns", "DK", "not_sure", ":unsaid"})
ASKED_ELSEWHERE = frozenset({"u18"})
"""Under-18s tell their age in their own survey, so nobody is missing here."""


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """One answer and its people as they may be shown: None when they may not."""

    code: str
    label: str
    people: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a profile is made from.

    Attributes:
        key: start of the keys of its facts ("profile/support/parent_carer").
        about: whom it was asked, in the plural.
        base: how many answered, or None when that may not be shown.
    """

    key: str
    title: str
    question: str
    about: str
    audience: str | None
    code: str
    groups: tuple[Group, ...]
    base: int | None


def profile(asked: Asked, baselines: Mapping[str, PopulationBaseline]) -> Profile:
    """Make a profile; what cannot be compared says why."""
    compared, note = _compared(asked, baselines)
    return Profile(
        key=asked.key,
        title=asked.title,
        question=asked.question,
        about=asked.about,
        groups=tuple(_share(asked, group, compared.get(group.code)) for group in asked.groups),
        note=note,
    )


def not_shown(key: str, title: str, question: str, about: str) -> Profile:
    """Make a profile that says that nothing of it is shown: its numbers would point at a few."""
    note = "The answers are not shown, so that nobody can be recognised."
    return Profile(key, title, question, about, (), note)


def missing(found: Profile) -> tuple[Fact, ...]:
    """Return a sentence for each group that answered less than its share, or not at all."""
    fewer = [
        _said_fewer(found, group) for group in found.groups if group.compared == SIZE_WORDS["fewer"]
    ]
    nobody = [
        group
        for group in found.groups
        if group.fact.value == 0
        and group.code not in SAYS_NOTHING | ASKED_ELSEWHERE
        and not group.population
    ]
    return (*fewer, *(() if not nobody else (_said_nobody(found, nobody),)))


def _compared(
    asked: Asked, baselines: Mapping[str, PopulationBaseline]
) -> tuple[dict[str, Compared], str]:
    """Return the comparison of each group with a figure about the county, or why there is none."""
    groups = [group for group in asked.groups if group.code in baselines]
    if not groups:
        return {}, NO_FIGURES
    shares = _population([baselines[group.code] for group in groups])
    if not shares:
        return {}, OVERLAP
    people = [group.people for group in groups]
    base = _base(asked, people, list(shares.values()))
    if base is None:
        return {}, NOT_ALL
    if base < SMALLEST_BASE_FOR_PERCENT:
        return {}, "Too few people answered to compare."
    return {
        group.code: comparing.compare(group.people or 0, base, shares[baselines[group.code].key])
        for group in groups
        if shares[baselines[group.code].key] > 0
    }, _of_whom(base, asked, groups)


def _population(figures_known: Sequence[PopulationBaseline]) -> dict[str, float]:
    """Return the share of each figure: as it stands in per cent, or of them all together."""
    if all(one.unit == "per cent" for one in figures_known):
        return {one.key: one.value / 100 for one in figures_known}
    try:
        everybody = total(one.amount for one in figures_known)
    except CannotBeAddedError:
        return {}
    return {one.key: one.value / everybody.value for one in figures_known if everybody.value}


def _base(asked: Asked, people: Sequence[int | None], shares: Sequence[float]) -> int | None:
    """Return how many are compared, or None where a number among them may not be shown.

    With figures about all groups together it is these groups; with single shares of everybody it
    is everybody who said anything.
    """
    if sum(shares) > 0.995:  # noqa: PLR2004  # they are all there is
        return None if None in people else sum(n or 0 for n in people)
    said = [group.people for group in asked.groups if group.code in SAYS_NOTHING]
    if asked.base is None or None in said or None in people:
        return None
    return asked.base - sum(n or 0 for n in said)


def _of_whom(base: int, asked: Asked, groups: Sequence[Group]) -> str:
    names = wording.join([f"“{group.label}”" for group in groups])
    return f"Compared are the {wording.number(base)} {asked.about} who answered {names}."


def _share(asked: Asked, group: Group, compared: Compared | None) -> GroupShare:
    fact = _fact(asked, group)
    if compared is None:
        return GroupShare(group.code, group.label, fact)
    return GroupShare(
        code=group.code,
        label=group.label,
        fact=fact,
        share=_share_of_all(compared.share),
        interval=f"{_percent(compared.low)} to {_percent(compared.high)}",
        population=_share_of_all(compared.population),
        index=str(compared.index),
        gap=_gap(compared.gap),
        compared=SIZE_WORDS[compared.size],
    )


def _fact(asked: Asked, group: Group) -> Fact:
    key, base_key = f"{asked.key}/{group.code}", f"{asked.key}/{ANSWERED}"
    if group.people is None:
        return Fact(
            key=key, value=None, base=asked.base, shorthand="[c]", audience=asked.audience,
            wording=wording.not_shown(asked.audience), question=asked.code, option=group.code,
            base_key=base_key,
        )  # fmt: skip
    number = "None" if group.people == 0 else wording.number(group.people)
    of = f" of {wording.number(asked.base)}" if asked.base is not None else ""
    return Fact(
        key=key, value=group.people, base=asked.base, audience=asked.audience,
        wording=f"{number}{of} {asked.about} answered “{group.label}”",
        question=asked.code, option=group.code, base_key=base_key,
    )  # fmt: skip


def _said_fewer(found: Profile, group: GroupShare) -> Fact:
    text = (
        f"Fewer than their share: “{group.label}” is {group.share} of the {found.about} who are"
        f" compared, and {group.population} in the county (index {group.index})."
    )
    return dataclasses.replace(group.fact, key=f"missing/{group.fact.key}", wording=text)


def _said_nobody(found: Profile, groups: Sequence[GroupShare]) -> Fact:
    names = wording.join([f"“{group.label}”" for group in groups])
    text = f"None of the {found.about} who answered “{found.question}” chose {names}."
    return Fact(f"missing/{found.key}/nobody", 0, groups[0].fact.base, text)


def _share_of_all(share: float) -> str:
    """Write a share that is above nought as such, however small."""
    return UNDER_ONE if share and not round(100 * share) else _percent(share)


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _gap(points: int) -> str:
    if not points:
        return "none"
    word = "point" if abs(points) == 1 else "points"
    return f"{abs(points)} {word} {'above' if points > 0 else 'below'}"
