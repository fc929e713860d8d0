"""Five grades and three meet in bands, and every answer stays in sight."""

import dataclasses

import pytest

from reports.counting.protecting import shown
from reports.findings import bands, measures, numbers
from reports.findings.tally import Asked, Grouping, Sums, Tally
from surveys.questions import KINDS, Wording
from tests import kinds

TITLE = Wording("Parents", "Parents")


def asked(kind: str, tally: Tally, grouping: Grouping | None = None) -> Asked:
    """Return a question of a kind with the answers of parent carers."""
    question = KINDS[kind](
        code="PC07", text=Wording("My child is welcome.", "My child belongs."), picture="belong",
        **kinds.NEEDS.get(kind, {}),
    )  # fmt: skip
    return Asked("parents", TITLE, question, {"parent_carer": tally}, grouping)


FINE = {"strongly_agree": 20, "agree": 30, "neither": 7, "disagree": 12, "strongly_disagree": 8}
AGREED = Tally(90, 79, {**FINE, "not_sure": 2}, {"agree": 10, "strongly_agree": 1, "disagree": 5})


def counts(lines: tuple[bands.Line, ...], tally: Tally) -> dict[str, int]:
    return {line.option: line.count(tally) for line in lines}


def test_five_grades_meet_three_in_bands_and_stay_apart_under_them() -> None:
    (panel,) = bands.panels(asked("agree5", AGREED))

    assert counts(panel.lines, AGREED) == {
        ":band.agree": 50, "neither": 7, ":band.disagree": 20, "not_sure": 2,
    }  # fmt: skip
    agree, _, disagree, _ = panel.lines
    assert counts(agree.parts, AGREED) == {"strongly_agree": 20, "agree": 20, ":easy.agree": 10}
    assert counts(disagree.parts, AGREED) == {
        "disagree": 7, "strongly_disagree": 8, ":easy.disagree": 5,
    }  # fmt: skip
    assert agree.label == "Strongly agree or agree"
    assert agree.parts[2].label == "Yes, I agree (easy read: one answer for both)"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"information"}))
def test_every_kind_adds_up_to_those_who_answered(kind: str) -> None:
    _, stored = kinds.GOOD[kind]
    sums = Sums()
    sums.asked = 9
    for place, value in enumerate(stored):
        said = value if kind not in bands.UNCOUNTED else ""
        sums.add(said, 6, is_easy=False, is_first=not place)
    tally = sums.tally(None)
    for panel in bands.panels(asked(kind, tally)):
        total = sum(counts(panel.lines, tally).values())
        assert total == panel.answered(tally) if panel.adds_up else total >= tally.answered
        assert tally.answered == 6


def test_words_and_files_are_only_counted() -> None:
    for kind in bands.UNCOUNTED:
        assert not bands.panels(asked(kind, Tally(9, 6, {"": 6})))


def test_an_answer_that_is_not_offered_any_more_still_counts() -> None:
    tally = Tally(9, 8, {"yes": 5, "perhaps": 3})
    (panel,) = bands.panels(asked("yes_no", tally))
    assert counts(panel.lines, tally) == {"yes": 5, "no": 0, "not_sure": 0, ":other": 3}


def test_two_values_where_there_should_be_one_stop_nothing() -> None:
    twice = asked("yes_no", Tally(9, 6, {"yes": 6, "no": 5}))
    counted = numbers.counted([twice], {"parent_carer": 9})
    kinds_ = {one.kind for one in counted.relations if one.whole.endswith("/:answered")}
    assert kinds_ == {"union"}
    assert shown(counted, threshold=5).counts


def test_groups_add_up_with_those_who_did_not_say() -> None:
    sums = Sums()
    sums.add("yes", 9, is_easy=False, is_first=True)
    sums.add_group("age.5_7", "yes", 4, is_first=True)
    by = Grouping("age", "PC02", (("0_4", "0 to 4"), ("5_7", "5 to 7")))
    groups = sums.tally(by).groups
    assert [groups[key].get("yes", 0) for key in by.keys] == [0, 4, 5]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["0", "1", "2"], ["0", "1", "2"]),
        (["1", "12", "40"], ["0 to 9", "10 to 19", "20 to 29", "30 to 39", "40 to 49"]),
        (["3", "700"], ["0 to 199", "200 to 399", "400 to 599",
                        "600 to 799"]),
        (["0.5", "1.2"], ["0.4 to under 0.6", "0.6 to under 0.8", "0.8 to under 1",
                          "1 to under 1.2", "1.2 to under 1.4"]),
        (["0", "29", "31"], ["0 to 9", "10 to 19", "20 to 29", "30 to 39"]),
        (["-3", "3"], ["-3", "-2", "-1", "0", "1", "2 or more"]),
    ],
)  # fmt: skip
def test_numbers_are_counted_in_round_ranges(given: list[str], words: list[str]) -> None:
    found = list(measures.ranges(dict.fromkeys(given, 1)))
    assert [label for label, _ in found] == words
    assert sorted(text for _, inside in found for text in inside) == sorted(given)


def test_dates_are_counted_by_month_and_far_apart_by_year() -> None:
    near = dict(measures.months({"2026-03-27": 1, "2026-03-02": 1, "2026-05-01": 2}))
    assert near == {"March 2026": ("2026-03-02", "2026-03-27"), "May 2026": ("2026-05-01",)}
    far = measures.months({f"{year}-0{month}-01": 1 for year in (2001, 2002) for month in
                           range(1, 9)})  # fmt: skip
    assert [name for name, _ in far] == ["2001", "2002"]


def test_middle_and_mean_need_enough_people() -> None:
    assert measures.spread({"5": measures.ENOUGH - 1}) is None
    found = measures.spread({"0": 5, "4": 10, "8": 5})
    assert found is not None
    assert dataclasses.astuple(found)[:4] == (4, 3, 5, 4)
    assert found.deviation == pytest.approx(2.9019, abs=1e-4)
