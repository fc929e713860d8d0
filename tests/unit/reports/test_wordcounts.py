"""Words beside each other, beside bases and beside themes: what stays in the clouds."""

import pytest

from analysis.disclosure.attack import Relation
from reports.counting import themecounts, wordcounts
from reports.counting.counted import Counted, Shown
from reports.counting.protecting import shown
from reports.counting.wordcounts import ALL, MOST_WORDS, Least, Offered, Spoken

P, S, Y = "parent_carer", "professional", "young_person"
BASES = {P: 200, S: 80, Y: 60}
LEAST = Least(5, 10)
FILLERS = ("aa", "bb", "cc", "dd", "ee")


def used(**people: int) -> dict[str, Spoken]:
    """Return who used a word: p parents, s staff, y young people."""
    of = {"p": P, "s": S, "y": Y}
    return {of[k]: Spoken(n, n if k == "y" else 0) for k, n in people.items()}


def clouds(
    words: dict[str, dict[str, Spoken]],
    bases: dict[str, int] = BASES,
    themes: dict[str, dict[str, frozenset[str]]] | None = None,
) -> tuple[Shown, Offered, dict[str, tuple[str, ...]]]:
    """Print clouds in which every audience has some words of its own."""
    own = {f"{word}-{c}": {c: Spoken(9)} for word in FILLERS for c in bases if c in BASES}
    everything = {**own, **words}
    wrote = {code: frozenset(map(str, range(base))) for code, base in bases.items()}
    raised = themes or {"theme": wrote}
    counted = themecounts.counted(raised, {}, {}, dict.fromkeys(bases, 5), anyone=True)
    offered = wordcounts.offered(everything, bases, LEAST)
    numbers = {f"wrote/{code}": base for code, base in bases.items()}
    everybody = Counted(
        {**numbers, "wrote/all": sum(bases.values())},
        (Relation("wrote/all", tuple(numbers)),),
        weights={"wrote/all": 1000.0, **dict.fromkeys(numbers, 50.0)},
    )
    whole = Counted.all([counted, everybody, wordcounts.counted(everything, offered, bases, LEAST)])
    seen = shown(whole, threshold=5)
    return seen, offered, wordcounts.printed(seen, offered)


def stands(word: str, printed: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the clouds in which a word stands."""
    return {who for who, inside in printed.items() if word in inside}


@pytest.mark.parametrize(
    ("people", "stay"),
    [
        (used(p=40, s=20), {ALL, P, S}),  # nothing is small
        (used(p=40, s=20, y=3), {ALL, S}),  # one number goes: the smallest share of its audience
        (used(p=40, s=3), {ALL}),  # the parents would give three away
        (used(p=40, s=4, y=4), {ALL}),  # eight more, and four of these could be adults or children
        (used(p=40, s=4, y=11), {ALL, P}),
        (used(p=4, s=20), {S}),  # what a small audience says most is rather lost among all
        (used(p=3), set()),
        (used(p=5), {ALL, P}),
        (used(y=9), set()),  # children need ten
        (used(y=10), {ALL, Y}),
        (used(p=198), set()),  # two parents did not say so
    ],
)
def test_a_word_stays_in_as_many_clouds_as_it_can(
    people: dict[str, Spoken], stay: set[str]
) -> None:
    _, _, printed = clouds({"word": people})
    assert stands("word", printed) == stay


def test_a_word_that_would_tell_of_a_hidden_theme_is_left_out() -> None:
    themes = {
        "wide": {P: frozenset(map(str, range(20)))},
        "few": {P: frozenset(map(str, range(20, 24)))},
    }
    seen, _, printed = clouds({"word": used(p=24)}, {P: 60}, themes)
    assert seen.value(themecounts.theme_key("few", P)) is None
    open_ones = {ALL, P} & stands("word", printed)
    assert not open_ones or seen.value(themecounts.theme_key("wide", P)) is None


def test_words_stand_by_for_those_that_are_hidden() -> None:
    words = {f"w{place:02}": used(p=100 - place, s=3) for place in range(2 * MOST_WORDS)}
    _, offered, printed = clouds(words)
    assert len(offered[ALL]) == 2 * MOST_WORDS
    assert len(printed[ALL]) == MOST_WORDS
    assert not set(printed[ALL]) & set(printed[P])
    assert len(printed[P]) > len(FILLERS)


def test_an_audience_of_few_words_or_without_a_base_has_no_cloud() -> None:
    seen, offered, printed = clouds({"word": used(p=40, s=20)}, {P: 200, S: 80, "governor": 2})
    assert offered.keys() == {ALL, P, S}
    assert seen.value(f"wrote/{S}") is None, "or it would tell of two governors"
    assert printed.keys() == {ALL, P}
