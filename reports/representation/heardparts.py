"""The parts of a published document that say who was heard, and who was not.

Shapes only: `reports.representation.heard` fills them from what was counted and may be shown.
"""

import dataclasses
import datetime as dt

from reports.words.easylines import EasyLine
from reports.words.facts import Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Baseline:
    """A figure about everybody in the county, with what it counts and where it comes from.

    Attributes:
        text: the figure as it is printed ("9,804" or "18.5%").
        fact: the same for the ledger of figures; None for a share, which is no whole number.
    """

    key: str
    label: str
    text: str
    definition: str
    source: str
    as_at: dt.date
    fact: Fact | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """How many of an audience answered, beside how many there are.

    Attributes:
        rate: people who answered for every 1,000, or why that is not said.
        caution: what the two numbers do not have in common.
        baselines: keys of the baselines that the rate is out of.
    """

    audience: str
    label: str
    fact: Fact
    rate: str
    caution: str
    baselines: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class GroupShare:
    """One group of a profile: its people, its share, and its share in the county.

    Attributes:
        share: its share of those who answered and are compared; empty where nothing is said.
        interval: what chance alone could have made of that share.
        population: its share in the county; empty without a baseline.
        index: 100 when both shares are the same, 200 when it is twice what it would be.
        gap: how many points of a hundred lie between both shares.
        compared: the comparison in words, with limits that are printed too.
    """

    code: str
    label: str
    fact: Fact
    share: str = ""
    interval: str = ""
    population: str = ""
    index: str = ""
    gap: str = ""
    compared: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """Who answered, by the answers to one question about themselves.

    Attributes:
        question: the wording, as it was asked.
        about: whom it was asked ("parent carers"), for the caption.
        note: what readers must know: too few, no population figure, no link left.
    """

    key: str
    title: str
    question: str
    about: str
    groups: tuple[GroupShare, ...]
    note: str = ""

    @property
    def is_compared(self) -> bool:
        """Tell whether anything stands beside the population."""
        return any(group.population for group in self.groups)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """People of one district; row and column say where its tile stands, from nought."""

    code: str
    label: str
    short: str
    row: int
    column: int
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceMap:
    """Where the people of one audience live or work: equal tiles for districts.

    Attributes:
        base: how many named a district.
        others: answers that are no district, and those who did not say.
    """

    key: str
    audience: str
    label: str
    question: str
    base: Fact
    places: tuple[Place, ...]
    others: tuple[Place, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """One word of a cloud; its fact counts the people who used it."""

    word: str
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Cloud:
    """The words of one audience, those of most people first."""

    audience: str
    label: str
    words: tuple[Word, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Heard:
    """Who was heard.

    Attributes:
        contacts: people in rooms and things they made: never added to people who answered.
        missing: a sentence for each group that was not heard, or less than its share.
        easy: the same in few easy lines.
        limits: what "more than their share" means here.
    """

    reach: tuple[Reach, ...]
    contacts: tuple[Fact, ...]
    profiles: tuple[Profile, ...]
    maps: tuple[PlaceMap, ...]
    clouds: tuple[Cloud, ...]
    missing: tuple[Fact, ...]
    easy: tuple[EasyLine, ...]
    baselines: tuple[Baseline, ...]
    limits: str = ""
