"""Facts: nothing under the threshold, nothing that follows by subtraction."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.attack import Relation
from analysis.standalone import filereport
from analysis.texts import setaside
from reports.counting import figures
from reports.counting.counted import Counted, Earlier, Shown
from reports.counting.protecting import shown
from reports.documents import printed
from reports.documents.document import CloudWord, Fact
from reports.formats import render
from tests.unit.reports.test_document import DOCUMENT


def page(threshold: int = 5, **numbers: int) -> Shown:
    """Return numbers as one page shows them; `all` is the total of the others."""
    parts = tuple(key for key in numbers if key != "all")
    relations = (Relation("all", parts, "inside"),)
    return shown(Counted(numbers, relations), threshold=threshold)


@given(people=st.integers(0, 60), base=st.integers(60, 500), threshold=st.integers(3, 10))
def test_a_share_never_shows_a_small_count(people: int, base: int, threshold: int) -> None:
    seen = page(threshold, k=people, all=base)
    fact = figures.share(seen, "k", "all", audience="parent_carer")
    hidden = 0 < people < threshold
    assert (fact.value is None) == hidden
    assert (fact.shorthand == "[c]") == hidden
    assert str(base) in fact.wording


def test_a_base_under_the_threshold_is_hidden_with_its_count() -> None:
    fact = figures.share(page(k=3, all=4), "k", "all", audience="governor")
    assert (fact.value, fact.base, fact.shorthand) == (None, None, "[c]")
    assert fact.wording == "Too few governors to show"


def test_parts_of_a_known_total_do_not_give_each_other_away() -> None:
    numbers = {"channel/online": 90, "channel/paper": 12, "channel/phone": 3, "channel/post": 0}
    counted = Counted(
        {**numbers, "all": 105}, (Relation("all", tuple(numbers)),), known=frozenset({"all"})
    )
    names = {key: key.partition("/")[2] for key in numbers}
    facts = {f.key: f for f in figures.parts(shown(counted, threshold=5), "all", names)}
    assert set(facts) == {"channel/online", "channel/paper", "channel/phone"}
    assert facts["channel/online"].value == 90
    assert facts["channel/phone"].value is None
    assert facts["channel/paper"].value is None
    assert "3" not in facts["channel/phone"].wording


def later(first: int, now: int) -> Shown:
    """Return what a second version shows of a number after the first one printed it."""
    one = Counted({"k": first, "all": 40})
    before = Earlier(1, one, frozenset(one.numbers))
    return shown(Counted({"k": now, "all": 40}), threshold=5, before=[before])


@pytest.mark.parametrize(
    ("now", "value", "wording"),
    [
        (12, 12, "12 of 40 people who wrote a comment"),
        (14, 12, "12 of 40 people who wrote a comment (as counted for version 1)"),
        (8, 12, "12 of 40 people who wrote a comment (as counted for version 1)"),
        (17, 17, "17 of 40 people who wrote a comment"),
        (0, 0, "None of 40 people who wrote a comment"),
        (3, 12, "12 of 40 people who wrote a comment (as counted for version 1)"),
    ],
)
def test_a_number_that_moved_by_few_people_stays_and_says_so(
    now: int, value: int, wording: str
) -> None:
    fact = figures.share(later(12, now), "k", "all")
    assert (fact.value, fact.wording) == (value, wording)
    assert fact.held == (1 if "version" in wording else 0)


def test_what_a_part_shows_without_saying_that_it_is_older_is_marked_for_it() -> None:
    fact = Fact("k", 12, 40, "12 of 40")
    document = dataclasses.replace(DOCUMENT, heard=fact)
    marked = printed.all_marked(document, later(12, 14)).heard
    assert (marked.held, marked.wording) == (1, "12 of 40 (as counted for version 1)")
    assert figures.cell(marked) == "12 (v1)"
    older = dataclasses.replace(document, heard=marked)
    assert document.answered == "12 of 40 answered"
    assert older.answered == "12 of 40 answered (as counted for version 1)"
    assert older.easy_answered == document.easy_answered == "12 of 40 answered us."
    assert printed.all_marked(document, later(12, 12)) == document


def test_a_table_cell_is_a_number_or_its_mark() -> None:
    assert figures.cell(Fact("k", 1200, None, "")) == "1,200"
    assert figures.cell(Fact("k", 12, None, "", "[r]")) == "12 [r]"
    assert figures.cell(Fact("k", None, 20, "", "[c]")) == "[c]"


def test_a_drawing_of_a_hidden_number_is_empty() -> None:
    assert figures.percent(Fact("k", None, 20, "", "[c]")) == 0
    assert figures.percent(Fact("k", 5, 20, "")) == 25
    assert figures.percent(Fact("k", 5, None, "")) == 0


def test_a_cloud_without_a_base_is_described_without_one() -> None:
    word = CloudWord("bus", Fact("word/bus", 12, None, "12 people wrote “bus”"))
    assert "written by 12 people who wrote a comment" in render.cloud_alt([word])
    assert "of 0" not in render.cloud_alt([word])


def counts_of(**aside: int) -> dict[str, int]:
    """Return the account of a file of which some rows were set aside."""
    found = {**dict.fromkeys(setaside.MEANINGS, 0), **aside}
    return {**found, "analysed": 90, "documents": 90 + sum(aside.values())}


def test_a_single_small_reason_is_not_named() -> None:
    rows = filereport._accounts(counts_of(held=1), 5)  # noqa: SLF001  # the table is made here
    assert {number for _, number in rows[1:-1]} == {"fewer than 5"}
    assert rows[-1][1] == "91"


def test_a_small_reason_is_covered_by_a_larger_one() -> None:
    rows = filereport._accounts(counts_of(held=1, blank=9, duplicate=30), 5)  # noqa: SLF001  # as above
    said = dict(rows)
    covered = "not shown: fewer than 5, or beside one"
    assert said[setaside.MEANINGS["held"]] == said[setaside.MEANINGS["blank"]] == covered
    assert said[setaside.MEANINGS["duplicate"]] == "30"
    assert said[setaside.MEANINGS["unreadable"]] == "0"


def test_large_reasons_are_shown() -> None:
    said = dict(filereport._accounts(counts_of(blank=9), 5))  # noqa: SLF001  # as above
    assert said[setaside.MEANINGS["blank"]] == "9"
    assert said[setaside.MEANINGS["held"]] == "0"
