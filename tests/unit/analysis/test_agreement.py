import numpy as np
import pytest

from analysis.codeframes.agreement import (
    Agreement,
    cohen_kappa,
    compare_readers,
    disagreements,
    how_many_twice,
    krippendorff_alpha,
    sample_to_read_twice,
)

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): twelve units, four observers.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# The same paper, part A: two observers, ten units, binary.
BINARY = (
    ["0", "1", "0", "0", "0", "0", "0", "0", "1", "0"],
    ["1", "1", "1", "0", "0", "1", "0", "0", "0", "0"],
)
# The same paper, part B: two observers, twelve units, five nominal values.
NOMINAL = (
    ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"],
    ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"],
)


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        (list(zip(*FOUR_OBSERVERS, strict=True)), 0.743),
        (list(zip(*BINARY, strict=True)), 0.095),
        (list(zip(*NOMINAL, strict=True)), 0.692),
    ],
)
def test_alpha_is_that_of_the_published_examples(
    units: list[tuple[object, ...]], alpha: float
) -> None:
    found = krippendorff_alpha(units)
    assert found is not None
    assert round(found, 3) == alpha


def test_kappa_is_that_of_the_published_table() -> None:
    # Cohen's measure on a table of 20, 5, 10 and 15 answers: 0.70 observed, 0.50 by chance.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


@pytest.mark.parametrize("values", [([], []), (["a", "a"], ["a", "a"])])
def test_where_nothing_varies_there_is_no_kappa_and_no_alpha(
    values: tuple[list[str], list[str]],
) -> None:
    assert cohen_kappa(*values) is None
    assert krippendorff_alpha(list(zip(*values, strict=True))) is None


def test_readers_of_different_units_are_refused() -> None:
    with pytest.raises(ValueError, match="same units"):
        cohen_kappa(["a"], [])


def readers(seed: int = 1, answers: int = 60) -> tuple[dict[str, frozenset[str]], ...]:
    chance = np.random.default_rng(seed)
    codes = np.array(["wait", "bus", "club"])
    first = {f"r{n}": frozenset(codes[chance.random(3) < 0.4].tolist()) for n in range(answers)}
    second = {
        answer: given if chance.random() < 0.8 else frozenset(["club"])
        for answer, given in first.items()
    }
    return first, second


def compared() -> Agreement:
    return compare_readers(*readers(), ["wait", "bus", "club"])


def test_the_short_way_per_code_gives_what_the_definitions_give() -> None:
    first, second = readers()
    for line in compared().codes:
        one = [line.code in first[answer] for answer in sorted(first)]
        other = [line.code in second[answer] for answer in sorted(first)]
        assert line.kappa == pytest.approx(cohen_kappa(one, other))
        assert line.alpha == pytest.approx(krippendorff_alpha(list(zip(one, other, strict=True))))
        assert line.percent == np.mean([a == b for a, b in zip(one, other, strict=True)])
        assert line.both + line.only_first + line.only_second + line.neither == len(first)


def test_every_interval_holds_its_figure() -> None:
    found = compared()
    for line in found.codes:
        assert line.alpha is not None
        assert line.interval is not None
        assert line.interval.low <= line.alpha <= line.interval.high
    assert found.alpha is not None
    assert found.interval is not None
    assert found.interval.low < found.alpha < found.interval.high


def test_perfect_agreement_is_one_and_reliable() -> None:
    first, _ = readers()
    found = compare_readers(first, first, ["wait"])
    assert found.same == found.answers == len(first)
    assert found.codes[0].alpha == 1
    assert found.codes[0].strength == "reliable"


def test_only_answers_that_both_have_read_are_compared() -> None:
    first, second = readers()
    second.pop("r1")
    assert compare_readers(first, second, ["wait"]).answers == len(first) - 1


def test_no_answers_read_twice_is_said_and_does_not_fail() -> None:
    found = compare_readers({}, {}, ["wait"])
    assert (found.answers, found.alpha, found.interval) == (0, None, None)
    assert found.codes[0].strength == "too few to tell"


def test_the_most_different_answers_come_first() -> None:
    first = {"a": frozenset("x"), "b": frozenset("xy"), "c": frozenset("x")}
    second = {"a": frozenset("y"), "b": frozenset("z"), "c": frozenset("x")}
    assert disagreements(first, second) == (
        ("b", frozenset("xy"), frozenset("z")),
        ("a", frozenset("x"), frozenset("y")),
    )


@pytest.mark.parametrize(
    ("answers", "twice"), [(0, 0), (20, 20), (50, 50), (300, 50), (501, 51), (2000, 200)]
)
def test_a_tenth_is_read_twice_and_at_least_fifty(answers: int, twice: int) -> None:
    assert how_many_twice(answers) == twice


def test_the_draw_is_the_same_in_any_order_and_another_with_another_seed() -> None:
    answers = [f"r{n}" for n in range(200)]
    drawn = sample_to_read_twice(answers)
    assert sample_to_read_twice(answers[::-1]) == drawn
    assert sample_to_read_twice(answers, seed=1) != drawn
    assert len(set(drawn)) == 50
