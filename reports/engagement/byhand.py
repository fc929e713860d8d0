"""What a named person may enter by hand, because no data here can say it: the list, and its rules.

Somebody knows which schools took part, what a forum's own survey found, how many hands went up.
Each number comes with its day, its source and what it is out of.
"""

import dataclasses
from collections.abc import Mapping
from typing import Literal

from reports.engagement.defined import DEFINED

Unit = Literal["share", "count", "minutes", "per cent", "rating"]
MOST_RATING, MOST_PERCENT, MOST = 10, 100, 1_000_000_000
WAYS = {
    "easy": "Easy read",
    "paper": "On paper",
    "phone": "By telephone",
    "bsl": "British Sign Language",
    "translated": "In another language",
    "helped": "With somebody's help",
}
CORNERSTONES = {
    "welcome": "We were made welcome, and people cared.",
    "value": "We were valued, and everybody was included.",
    "communicate": "We were told things clearly, and listened to.",
    "partnership": "We worked on it together.",
}
AUDIENCES = {
    "parent_carer": "Parent carers",
    "young_person": "Children and young people",
    "professional": "Professionals",
}


@dataclasses.dataclass(frozen=True, slots=True)
class ByHand:
    """One measure that is entered by hand.

    Attributes:
        key: which measure, a key of DEFINED.
        unit: what its number is: a "share" is a count out of another.
        value: label of the field for the number.
        out_of: label of the field for what it is out of; empty where nothing is.
        parts: code of each part to its name; empty for a measure without parts.
        of_people: the number counts people, so small ones are hidden.
        adds_up: the entries of different days and sources are of different groups, and are added.
        ask: what to ask and write, for the form.
        baselines: keys of the figures about the county that are offered as what it is out of.
    """

    key: str
    unit: Unit
    value: str
    out_of: str
    ask: str
    parts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    of_people: bool = False
    adds_up: bool = False
    baselines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the measure."""
        return DEFINED[self.key].name


_ALL = (
    ByHand(
        "schools", "share", "How many schools took part?", "How many schools are there?",
        "Count each school once, however many people or sessions came from it. Write only how"
        " many; no names.",
        baselines=("schools",),
    ),
    ByHand(
        "contacts_elsewhere", "count", "How many?", "",
        "Numbers that somebody else counted: an event's register, a podcast's listens, a video's"
        " views. Each has a line of its own, because they cannot be added.",
        {"heads": "People at events", "listens": "Listens", "views": "Views"}, of_people=True,
    ),
    ByHand(
        "finished_device", "share", "How many visits reached the last page?",
        "How many visits began?",
        "From the statistics of your web server, if it keeps any. Engage keeps none.",
        {"phone": "Telephones", "tablet": "Tablets", "computer": "Computers"}, of_people=True,
    ),
    ByHand(
        "minutes_active", "minutes", "Within how many minutes had half finished?",
        "How many people were watched?",
        "Sit beside people while they answer, as in a pilot, and stop the watch in breaks.",
        AUDIENCES, of_people=True,
    ),
    ByHand(
        "access_planned", "per cent", "What share of people was planned, in per cent?", "",
        "From the plan of the consultation, as it was before anybody answered.", WAYS,
    ),
    ByHand(
        "rating", "rating", "What was the mean rating, from 0 to 10?", "How many people rated?",
        "From a survey of a body of families, such as a parent carer forum. Name the survey as the"
        " source.",
        of_people=True,
    ),
    ByHand(
        "asked_elsewhere", "minutes", "How many minutes did other surveys ask for?", "",
        "Ask the other bodies, and look at what was open to the same families within the year.",
        AUDIENCES,
    ),
    ByHand(
        "cornerstones", "share", "How many put their hand up?", "How many people were asked?",
        "At the end of a session read each sentence out and count hands, or let people put dots."
        " Write down only how many. Name the session as the source; it must not name a person.",
        CORNERSTONES, of_people=True, adds_up=True,
    ),
)  # fmt: skip
ENTERED: dict[str, ByHand] = {one.key: one for one in _ALL}


def mistake(one: ByHand, part: str, value: float, out_of: int | None) -> str:
    """Say why a number cannot be right, or nothing."""
    if (part not in one.parts) if one.parts else part:
        return "Choose which part of it the number is for."
    if bool(one.out_of) != (out_of is not None):
        return f"Write what it is out of: {one.out_of}" if one.out_of else "It is out of nothing."
    whole = one.unit in {"share", "count"}
    if whole and value != int(value):
        return "Write a whole number."
    if one.unit == "share" and out_of is not None and value > out_of:
        return f"{value:,.0f} cannot be out of {out_of:,}. Look which of the two is wrong."
    most = {"rating": MOST_RATING, "per cent": MOST_PERCENT}.get(one.unit, MOST)
    return "" if 0 <= value <= most else f"Write a number from 0 to {most:,}."
