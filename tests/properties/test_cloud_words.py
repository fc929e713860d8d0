"""Whoever subtracts word clouds from each other, from bases and from themes finds nobody."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.attack import Attacker, Relation
from reports.counting import themecounts, wordcounts
from reports.counting.counted import Counted, Earlier, Shown
from reports.counting.protecting import shown
from reports.counting.wordcounts import ALL, By, Least, Offered, Spoken, key
from reports.documents import editions

AUDIENCES = ("parent_carer", "professional", "young_person", "adult_with_send")
LEAST = Least(5, 10)
People = Mapping[str, int]
Page = tuple[Counted, Shown]


@pytest.fixture(autouse=True, scope="module")
def every_cloud() -> Iterator[None]:
    """Print a cloud however few its words are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wordcounts, "SMALLEST_CLOUD", 1)
        yield


def page(words: By, bases: People, before: Sequence[Earlier] = ()) -> Page:
    """Publish clouds of people who all raised the one theme there is."""
    raised = {code: frozenset(map(str, range(people))) for code, people in bases.items()}
    least = dict.fromkeys(bases, LEAST.people)
    themes = themecounts.counted({"theme": raised}, {}, {}, least, anyone=True)
    wrote = {f"wrote/{code}": people for code, people in bases.items()}
    everybody = Counted(
        {**wrote, "wrote/all": sum(bases.values())},
        (Relation("wrote/all", tuple(wrote)),),
        weights={"wrote/all": 1000.0, **dict.fromkeys(wrote, 50.0)},
    )
    offered = wordcounts.offered(words, bases, LEAST)
    counted = Counted.all([themes, everybody, wordcounts.counted(words, offered, bases, LEAST)])
    seen = shown(counted, threshold=LEAST.people, before=before)
    kept = names(wordcounts.printed(seen, offered))
    return counted, seen.without(names(offered) - kept)


def names(found: Offered) -> set[str]:
    """Return the names of the numbers of clouds."""
    return {key(who, word) for who, inside in found.items() for word in inside}


@st.composite
def clouds(draw: st.DrawFn) -> tuple[By, People]:
    """Draw who wrote and who used each word; young people may be under 18, others never are."""
    bases = {code: draw(st.integers(3, 30)) for code in AUDIENCES[: draw(st.integers(1, 4))]}
    found = {}
    for word in ("bus", "taxi")[: draw(st.integers(1, 2))]:
        found[word] = {}
        for code, base in bases.items():
            people = draw(st.integers(0, base))
            young = draw(st.integers(0, people)) if code == "young_person" else 0
            if people:
                found[word][code] = Spoken(people, young)
    return found, bases


def sets(bases: People) -> Iterator[tuple[str, ...]]:
    """Yield every set of audiences."""
    for size in range(1, len(bases) + 1):
        yield from itertools.combinations(bases, size)


def people(words: By, bases: People) -> tuple[dict[str, Spoken], list[Relation]]:
    """Return everybody who used a word or did not, in any set of audiences, and what is certain."""
    found: dict[str, Spoken] = {}
    relations = []
    for word, codes in itertools.product(words, sets(bases)):
        name = key(ALL, word) if len(codes) == len(bases) else key("+".join(codes), word)
        used = Spoken.of(words[word].get(code, Spoken()) for code in codes)
        base = "wrote/all" if len(codes) == len(bases) else f"wrote/{'+'.join(codes)}"
        of = sum(bases[code] for code in codes)
        found |= {name: used, f"not {name}": Spoken(of - used.people), base: Spoken(of)}
        relations.append(Relation(base, (name, f"not {name}")))
        if len(codes) > 1:
            relations.append(Relation(name, tuple(key(code, word) for code in codes)))
            relations.append(Relation(base, tuple(f"wrote/{code}" for code in codes)))
        elif len(bases) == 1:
            found[key(codes[0], word)] = used
            relations.append(Relation(name, (key(codes[0], word),)))
    return found, relations


@settings(max_examples=40)
@given(clouds())
def test_an_attacker_with_every_cloud_finds_no_small_number(drawn: tuple[By, People]) -> None:
    _, seen = page(*drawn)
    truth, relations = people(*drawn)
    open_numbers = {name: seen.value(name) for name in truth if seen.value(name) is not None}
    latent = truth.keys() - open_numbers.keys()
    attacker = Attacker(open_numbers, (), latent, relations)
    for name in latent:
        if 0 < truth[name].people < LEAST.needed(truth[name]):
            known = attacker.range_of(name)
            assert known.low <= truth[name].people <= known.high
            assert known.width >= 1, (name, open_numbers)


@settings(max_examples=40)
@given(clouds())
def test_what_is_shown_is_true_and_large_enough(drawn: tuple[By, People]) -> None:
    words, bases = drawn
    _, seen = page(words, bases)
    for word, who in itertools.product(words, (ALL, *bases)):
        used = wordcounts.spoken(words[word], who)
        n = seen.value(key(who, word))
        assert n is None or n == used.people >= LEAST.needed(used)


@settings(max_examples=40)
@given(clouds(), st.integers(1, 9))
def test_no_two_versions_of_a_cloud_differ_by_few_people(
    drawn: tuple[By, People], more: int
) -> None:
    words, bases = drawn
    counted, seen = page(words, bases)
    before = editions.from_text(1, editions.to_text(counted, seen))
    old = words["bus"].get("parent_carer", Spoken())
    grown = {**words, "bus": {**words["bus"], "parent_carer": old + Spoken(more)}}
    later = {**bases, "parent_carer": bases["parent_carer"] + more}
    _, again = page(grown, later, [before])
    for who in (ALL, *bases):
        was, now = seen.value(key(who, "bus")), again.value(key(who, "bus"))
        assert was is None or now is None or abs(now - was) not in range(1, LEAST.people)
