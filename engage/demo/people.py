"""The demo's invented people: who they are, what they wrote, and how they tend to answer.

Words come from the comment files, written by hand. Closed answers are drawn with a fixed seed
from `weights.yaml`, leaning with each person's mood, so that words and ticks tell one story.
"""

import csv
import dataclasses
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from surveys.questions import Edition, Question, Values

HERE = Path(__file__).parent
SEED = 2026
CAMPAIGN = "pb_campaign"
CAMPAIGN_COPIES = 53
TILT = 1.45
ON_WEB = "online"
ALWAYS_FIXED = {"QP1", "YP00"}

#: Editions in which a few read, each with the edition that offers the same choices.
LIKE: Mapping[Edition, Edition] = {"plain": "easy", "pl": "standard"}

#: Which question each column of a comment file answers.
COLUMNS = {
    "parent_carer": {"age": "PC02", "support": "PC03"},
    "professional": {"role": "PR02"},
    "young_person": {"age": "YP01", "place": "YP02", "help": "YP03"},
}
FILES = {
    "parent_carer": ("parent_carers_1.csv", "parent_carers_2.csv"),
    "professional": ("professionals.csv",),
    "young_person": ("young_people.csv",),
}


@dataclasses.dataclass(frozen=True)
class Person:
    """One invented respondent: what is fixed about them; the rest is drawn when asked."""

    audience: str
    edition: Edition
    channel: str
    mood: int
    fixed: Mapping[str, Values]
    dice: random.Random

    @property
    def is_silent(self) -> bool:
        """Tell whether this person wrote no words of their own."""
        return set(self.fixed) <= ALWAYS_FIXED

    def answer(self, question: Question) -> Values:
        """Return this person's answer to a question; their own words where they wrote some."""
        if question.code in self.fixed:
            return self.fixed[question.code]
        if question.is_text or not question.is_asked:
            return ()
        if self.dice.random() < weights()["skip"]:
            return ()
        return self._draw(question)

    def _draw(self, question: Question) -> Values:
        offered = [option.key for option in question.offered(self.edition)]
        chances = {key: _chances(question, self.mood).get(key, 0.0) for key in offered}
        if not any(chances.values()):
            chances = dict.fromkeys(offered, 1.0)
        if question.kind != "multi":
            return tuple(self.dice.choices(list(chances), list(chances.values())))
        wanted = self.dice.choices([1, 2, 3], [30, 35, 35])[0]
        picked = self._several(chances, min(wanted, question.limit or wanted))
        return (
            (question.exclusive,) if question.exclusive and question.exclusive in picked else picked
        )

    def _several(self, chances: dict[str, float], wanted: int) -> Values:
        picked: list[str] = []
        left = {key: chance for key, chance in chances.items() if chance}
        while left and len(picked) < wanted:
            key = self.dice.choices(list(left), list(left.values()))[0]
            picked.append(key)
            del left[key]
        return tuple(key for key in chances if key in picked)


@cache
def weights() -> dict[str, Any]:
    """Return the table of how often each option is chosen."""
    table: dict[str, Any] = yaml.safe_load((HERE / "weights.yaml").read_text(encoding="utf-8"))
    return table


def everybody() -> list[Person]:
    """Return all 859 people in a mixed order, the same ones every time."""
    dice = random.Random(SEED)  # noqa: S311  # a repeatable demo, not a secret
    people = [person for audience in FILES for person in _audience(audience, dice)]
    dice.shuffle(people)
    return list(_in_other_editions(people))


def _in_other_editions(people: list[Person]) -> Iterator[Person]:
    """Let some who wrote nothing read another edition with the same choices; nothing else moves."""
    left = Counter(
        {
            (audience, edition): table.get(edition, 0)
            for audience, table in weights()["audiences"].items()
            for edition in LIKE
        }
    )
    for person in people:
        for edition, like in LIKE.items():
            may = person.edition == like and person.is_silent and person.channel.startswith(ON_WEB)
            if may and left[person.audience, edition]:
                left[person.audience, edition] -= 1
                yield dataclasses.replace(person, edition=edition)
                break
        else:
            yield person


def comments() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (audience, row) for every row of the comment files."""
    for audience, names in FILES.items():
        for name in names:
            with (HERE / "comments" / name).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    yield audience, row


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """Return what the second reader said each text is about, the main theme first."""
    with (HERE / "comments" / "labels.csv").open(encoding="utf-8", newline="") as file:
        read = {
            (row["respondent"], row["question"]): tuple(row["themes"].split(";"))
            for row in csv.DictReader(file)
        }
    return {row["text"]: read[row["respondent"], row["question"]] for _, row in comments()}


def _audience(audience: str, dice: random.Random) -> Iterator[Person]:
    writers: dict[str, list[dict[str, str]]] = {}
    for kind, row in comments():
        if kind == audience:
            writers.setdefault(row["respondent"], []).append(row)
    copies = writers.get(CAMPAIGN, [])
    groups = [*writers.values(), *[copies] * (CAMPAIGN_COPIES - 1 if copies else 0)]
    silent = weights()["audiences"][audience]["people"] - len(groups)
    for rows in [*groups, *[[]] * silent]:
        yield _person(audience, rows, dice)


def _person(audience: str, rows: list[dict[str, str]], dice: random.Random) -> Person:
    table = weights()["audiences"][audience]
    edition: Edition = "easy" if dice.random() < table["easy"] else "standard"
    channel = dice.choices(list(table["channels"]), list(table["channels"].values()))[0]
    moods = weights()["moods"]
    mood = int(rows[0]["mood"]) if rows else dice.choices(list(moods), list(moods.values()))[0]
    return Person(
        audience=audience,
        edition=edition,
        channel=_channel(channel, edition),
        mood=mood,
        fixed=_fixed(audience, rows, may_quote=dice.random() < table["quote"]),
        dice=random.Random(dice.random()),  # noqa: S311  # as above
    )


def _channel(name: str, edition: Edition) -> str:
    suffix = {"standard": "std", "easy": "er"}[edition]
    return name if name == "event" else f"{name}_{suffix}"


def _fixed(audience: str, rows: list[dict[str, str]], *, may_quote: bool) -> dict[str, Values]:
    """Return what is known of a person before anything is drawn."""
    fixed: dict[str, Values] = {row["question"]: (row["text"],) for row in rows}
    for column, question in COLUMNS[audience].items():
        if rows:
            fixed[question] = (rows[0][column],)
    if "PC13b" in fixed:
        fixed["PC13"] = ("yes",)
    fixed["QP1"] = ("yes" if may_quote else "no",)
    fixed["YP00"] = ("happy",)
    return fixed


def _chances(question: Question, mood: int) -> dict[str, float]:
    """Return the weight of each option for somebody in this mood (-2 to 2)."""
    table = weights()["questions"].get(question.code) or weights()["kinds"].get(question.kind, {})
    chances = {key: float(weight) for key, weight in table.items() if key != "tilt"}
    tilted = table.get("tilt", {})
    for place, (key, weight) in enumerate(tilted.items()):
        lean = (len(tilted) - 1) / 2 - place
        chances[key] = weight * TILT ** (mood * lean)
    return chances
