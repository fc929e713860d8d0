"""How long it takes to protect a whole publication: seconds of CPU for pages of many kinds.

Each page has 23 themes and 23 entries for three audiences, closed questions and 2,000 words; the
bad ones are full of small numbers, or their entries unite three themes each and so overlap.

    .venv/bin/python benchmarks/suppression.py
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.disclosure.attack import Relation
from reports.counting import themecounts, wordcounts
from reports.counting.counted import Counted
from reports.counting.protecting import shown
from reports.counting.wordcounts import Least, Spoken

AUDIENCES = {"parent_carer": 531, "professional": 193, "young_person": 135}
THEMES, OPTIONS, WORDS, WROTE = 23, 4, 2000, 0.8
PAGES = {
    "usual": (30, 25, 1, AUDIENCES),
    "small numbers": (5, 25, 1, AUDIENCES),
    "small audience": (20, 25, 1, {"parent_carer": 200, "professional": 30, "governor": 3}),
    "overlapping entries": (5, 25, 3, AUDIENCES),
    "many questions": (30, 100, 1, AUDIENCES),
    "all at once": (5, 100, 3, AUDIENCES),
}
"""Name to how large numbers are, closed questions, themes in an entry, and who answered."""


def page(size: int, questions: int, united: int, audiences: dict[str, int]) -> Counted:
    """Return made-up numbers of a whole publication."""
    chance = random.Random(1)  # noqa: S311  # made-up people
    parts = [everybody(audiences), themes(chance, size, united, audiences)]
    parts += [
        question(chance, size, f"{number}/{code}", code, people)
        for code, people in audiences.items()
        for number in range(questions)
    ]
    return Counted.all([*parts, words(chance, audiences)])


def everybody(audiences: dict[str, int]) -> Counted:
    """Count who answered and who wrote."""
    who = {f"responses/{code}": people for code, people in audiences.items()}
    wrote = {f"wrote/{code}": max(1, int(WROTE * people)) for code, people in audiences.items()}
    totals = {"responses/all": sum(who.values()), "wrote/all": sum(wrote.values())}
    return Counted(
        {**who, **wrote, **totals},
        (
            Relation("responses/all", tuple(who)),
            Relation("wrote/all", tuple(wrote)),
            *(Relation(f"responses/{code}", (f"wrote/{code}",), "inside") for code in audiences),
        ),
        weights={"responses/all": 1000.0, **dict.fromkeys(wrote, 50.0)},
    )


def themes(chance: random.Random, size: int, united: int, audiences: dict[str, int]) -> Counted:
    """Count who raised what, in entries of one theme or of several."""
    names = [f"t{number}" for number in range(THEMES)]
    raised = {name: some(chance, size, audiences) for name in names}
    entries = {
        f"e{number}": (name,) if united == 1 else tuple(chance.sample(names, united))
        for number, name in enumerate(names)
    }
    return themecounts.counted(raised, entries, {}, dict.fromkeys(audiences, 5), anyone=True)


def words(chance: random.Random, audiences: dict[str, int]) -> Counted:
    """Count who used which word, few of them often and most of them seldom; see Zipf."""
    wrote = {code: max(1, int(WROTE * people)) for code, people in audiences.items()}
    said = {
        f"w{place}": {
            code: Spoken(min(base // 3, int(chance.expovariate(1) * base / (4 + place))))
            for code, base in wrote.items()
        }
        for place in range(WORDS)
    }
    least = Least(5, 10)
    offered = wordcounts.offered(said, wrote, least)
    return wordcounts.counted(said, offered, wrote, least)


def some(chance: random.Random, size: int, audiences: dict[str, int]) -> dict[str, frozenset[str]]:
    """Choose the people of each audience who raised a theme."""
    found = {}
    for code, people in audiences.items():
        wrote = max(1, int(WROTE * people))
        many = min(wrote, int(chance.expovariate(1 / size) * people / 200))
        found[code] = frozenset(map(str, chance.sample(range(wrote), many)))
    return found


def question(chance: random.Random, size: int, name: str, code: str, people: int) -> Counted:
    """Count who chose each option of one question."""
    left, numbers = people, {}
    for option in range(OPTIONS - 1):
        chosen = min(left, int(chance.expovariate(1 / size) * people / 200))
        numbers[f"question/{name}/{option}"] = chosen
        left -= chosen
    numbers[f"question/{name}/rest"] = left
    return Counted(numbers, (Relation(f"responses/{code}", tuple(numbers)),))


def main() -> None:
    """Print a line for each kind of page."""
    print(f"{'page':<22}{'numbers':>9}{'small':>7}{'hidden':>8}{'CPU s':>7}")
    for name, kind in PAGES.items():
        counted = page(*kind)
        begun = time.process_time()
        seen = shown(counted, threshold=5)
        took = time.process_time() - begun
        small = sum(0 < number < seen.threshold for number in counted.numbers.values())
        hidden = sum(count.is_hidden for count in seen.counts.values())
        print(f"{name:<22}{len(counted.numbers):>9}{small:>7}{hidden:>8}{took:>7.1f}")


if __name__ == "__main__":
    main()
