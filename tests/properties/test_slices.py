"""Whoever asks for every answer in every district finds no small number of people.

Each example is one made-up question: people by answer and district, some answers hidden in a
report already. All that may be asked goes to the attacker, from scratch.
"""

import random
from collections.abc import Mapping

import pytest

from analysis.disclosure.attack import Attacker, Relation
from reports.enquiries import slices
from reports.enquiries.slices import Printed
from surveys.breakdowns import ANSWERED, UNSAID, Asked, Line

THRESHOLD = 5
USUAL, FULL = 12, 400
SIZES = (2, 8, 30)


class Question:
    """People by answer and district, and everything that hangs together in the table."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # made-up people
        self.options = [f"o{n}" for n in range(chance.randint(2, 4))]
        self.districts = [*(f"d{n}" for n in range(chance.randint(1, 3))), UNSAID]
        self.people = {
            option: {d: int(chance.expovariate(1 / chance.choice(SIZES))) for d in self.districts}
            for option in self.options
        }
        self.people[ANSWERED] = {
            d: sum(self.people[option][d] for option in self.options) for d in self.districts
        }
        self.asked = Asked(
            "q", "Q1", "parent_carer", "Which?", "single", "",
            tuple(Line(option, option, (option,)) for option in self.options), frozenset({"v"}),
        )  # fmt: skip
        hides = self.options[:1] if chance.random() < 0.3 else []
        self.hidden = frozenset(self.asked.key(option) for option in hides)

    def key(self, option: str, district: str = "") -> str:
        return slices.cell(self.asked.key(option), district)

    def numbers(self) -> dict[str, int]:
        found = {self.key(o): sum(row.values()) for o, row in self.people.items()}
        return found | {self.key(o, d): n for o, row in self.people.items() for d, n in row.items()}

    def relations(self) -> list[Relation]:
        rows = [
            Relation(self.key(o), tuple(self.key(o, d) for d in self.districts))
            for o in self.people
        ]
        columns = [
            Relation(self.key(ANSWERED, d), tuple(self.key(o, d) for o in self.options))
            for d in ("", *self.districts)
        ]
        return rows + columns


def attacked(made: Question) -> Mapping[str, float]:
    """Return how wide the attacker's range of each small number is."""
    seen = slices.of_answers(
        made.asked, made.people, threshold=THRESHOLD, printed=Printed({}, made.hidden)
    )
    numbers = made.numbers()
    open_numbers = {key: seen.value(key) for key in numbers}
    shown = {key: n for key, n in open_numbers.items() if n is not None}
    assert all(numbers[key] == n for key, n in shown.items()), "what is shown is true"
    refused = any(
        key in seen.counts and seen.value(key) is None for key in numbers if not numbers[key]
    )
    cells = {key for key in numbers if "/area." in key} if refused else set()
    shown |= {key: 0 for key, n in numbers.items() if not n and key not in cells}
    hidden = numbers.keys() - shown.keys()
    attacker = Attacker(shown, hidden - cells, cells, made.relations())
    small = [key for key, n in numbers.items() if 0 < n < THRESHOLD and key != made.key(ANSWERED)]
    assert hidden >= set(small) - {made.key(ANSWERED)}
    return {key: attacker.range_of(key).width for key in small}


@pytest.mark.parametrize("seed", range(USUAL))
def test_asking_for_everything_finds_no_small_number(seed: int) -> None:
    assert all(width >= 1 for width in attacked(Question(seed)).values())


@pytest.mark.full
def test_asking_for_everything_finds_no_small_number_in_many_questions() -> None:
    found = {seed: attacked(Question(seed)) for seed in range(1000, 1000 + FULL)}
    assert [seed for seed, widths in found.items() if any(w < 1 for w in widths.values())] == []
