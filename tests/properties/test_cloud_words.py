"""Whoever subtracts one word cloud from another finds no small number of people."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.attack import Attacker, Relation
from engage.settings import Settings
from reports.representation import clouds
from reports.representation.clouds import ALL, Spoken

AUDIENCES = ("parent_carer", "professional", "young_person", "adult_with_send")
PEOPLE = st.integers(0, 30)


@st.composite
def words(draw: st.DrawFn) -> dict[str, Spoken]:
    """Draw who used one word; young people may be under 18, others never are."""
    found = {}
    for audience in AUDIENCES[: draw(st.integers(1, 4))]:
        people = draw(PEOPLE)
        young = draw(st.integers(0, people)) if audience == "young_person" else 0
        if people:
            found[audience] = Spoken(people, young)
    return found


@given(words())
def test_an_attacker_with_every_cloud_finds_no_small_number(by_audience: dict[str, Spoken]) -> None:
    settings = Settings(threshold=5, threshold_under_18=10)
    seen = clouds.shown({"word": by_audience}, settings, {}).get("word", {})
    numbers = {who: one.people for who, one in by_audience.items()}
    hidden = numbers.keys() - seen.keys()
    relation = Relation(ALL, tuple(numbers))
    if ALL not in seen:
        assert not seen.keys() & {ALL}
        return
    attacker = Attacker(seen, hidden, (), [relation])
    for who in hidden:
        found = attacker.range_of(who)
        smallest = 10 if by_audience[who].under_18 else 5
        needed = smallest - 2 if numbers[who] < smallest else 1
        assert found.width >= min(needed, 3), (by_audience, seen)
        assert found.low < found.high


@given(words())
def test_what_is_shown_is_true_and_large_enough(by_audience: dict[str, Spoken]) -> None:
    settings = Settings(threshold=5, threshold_under_18=10)
    seen = clouds.shown({"word": by_audience}, settings, {}).get("word", {})
    total = sum(one.people for one in by_audience.values())
    for who, n in seen.items():
        one = by_audience.get(who, Spoken(total, 0))
        assert n == (total if who == ALL else one.people)
        assert n >= 5 or n == 0
        if who != ALL and one.under_18 and one.people - one.under_18 < 5:
            assert one.people >= 10


@given(words(), st.integers(1, 9))
def test_a_word_that_moved_by_few_people_since_it_was_printed_is_left_out(
    by_audience: dict[str, Spoken], more: int
) -> None:
    settings = Settings(threshold=5, threshold_under_18=10)
    by_audience.setdefault("parent_carer", Spoken(1, 0))
    before = clouds.shown({"word": by_audience}, settings, {}).get("word", {})
    printed = {clouds.key(who, "word"): {n, n + 50} for who, n in before.items()}
    old = by_audience["parent_carer"]
    grown = {**by_audience, "parent_carer": Spoken(old.people + more, old.under_18)}
    after = clouds.shown({"word": grown}, settings, printed)
    by_few = before.keys() & {ALL, "parent_carer"} and more < settings.threshold
    assert after == ({} if by_few else clouds.shown({"word": grown}, settings, {}))
