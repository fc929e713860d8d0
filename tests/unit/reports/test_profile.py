"""Who answered beside who lives in the county: compared only where both can be."""

import datetime as dt

import pytest

from reports.representation import heardtables, profile
from reports.representation.baselines import PopulationBaseline
from reports.representation.heardparts import Heard
from reports.representation.profile import Asked, Group

DAY = dt.date(2025, 1, 16)


def baseline(code: str, value: float, unit: str = "people", holds: str = "") -> PopulationBaseline:
    return PopulationBaseline(
        key=f"key-{code}", label=f"pupils {code}", value=value, unit=unit, definition="d",
        source="s", as_at=DAY, geography="county", holds=holds or code, reach_of="",
        group_list="support",
        group_code=code,
    )  # fmt: skip


COUNTY = {"E": baseline("E", 9804), "K": baseline("K", 31966)}


def asked(base: int | None = 524, **people: int | None) -> Asked:
    groups = tuple(Group(code, f"answer {code}", n) for code, n in people.items())
    return Asked(
        "profile/p/PC03/parent_carer", "Support", "What support?", "parent carers", "parent_carer",
        "PC03", groups, base,
    )  # fmt: skip


def test_a_group_is_compared_within_the_groups_whose_number_is_known() -> None:
    found = profile.profile(asked(E=285, K=120, N=119), COUNTY)
    plans, support, nothing = found.groups

    assert (plans.share, plans.population, plans.index) == ("70%", "23%", "300")
    assert plans.compared == "More than their share"
    assert plans.gap == "47 points above"
    assert support.compared == "Fewer than their share"
    assert nothing.compared == ""
    assert "Compared are the 405 parent carers" in found.note
    assert plans.fact.wording == "285 of 524 parent carers answered “answer E”"


def test_a_share_above_nought_never_reads_as_nought() -> None:
    found = profile.profile(asked(2005, E=5, K=2000), COUNTY)
    assert [one.share for one in found.groups] == ["under 1%", "100%"]
    (table,) = heardtables.compared(Heard((), (), (found,), (), (), (), (), ()))
    assert [row[2] for row in table.rows] == ["[low]", "100%"]


def test_who_is_under_their_share_is_said_in_a_sentence_with_its_number() -> None:
    (said,) = profile.missing(profile.profile(asked(E=285, K=120), COUNTY))

    assert said.key == "missing/profile/p/PC03/parent_carer/K"
    assert said.value == 120
    assert "“answer K” is 30%" in said.wording
    assert "77% in the county (index 39)" in said.wording


def test_who_did_not_answer_at_all_is_said_too() -> None:
    (said,) = profile.missing(profile.profile(asked(N=9, Z=0, pns=0), {}))

    assert said.value == 0
    assert "chose “answer Z”" in said.wording


@pytest.mark.parametrize(
    ("given", "known", "note"),
    [
        (asked(E=285, K=None), COUNTY, profile.NOT_ALL),
        (asked(E=285), {}, profile.NO_FIGURES),
        (asked(E=4, K=5), COUNTY, "Too few people answered to compare."),
        (
            asked(E=285, K=120),
            {"E": baseline("E", 5, holds="same"), "K": baseline("K", 6, holds="same")},
            profile.OVERLAP,
        ),
    ],
)
def test_where_nothing_can_be_compared_it_says_why(
    given: Asked, known: dict[str, PopulationBaseline], note: str
) -> None:
    found = profile.profile(given, known)
    assert found.note == note
    assert not found.is_compared


def test_a_hidden_number_has_no_share_and_no_value() -> None:
    found = profile.profile(asked(E=285, K=None), COUNTY)
    hidden = found.groups[1].fact
    assert (hidden.value, hidden.shorthand) == (None, "[c]")
    assert "285" not in hidden.wording


def test_a_single_share_is_held_against_everybody_who_said() -> None:
    known = {"female": baseline("female", 51, "per cent")}
    found = profile.profile(asked(base=289, female=202, male=72, pns=15), known)

    assert found.groups[0].share == "74%", "202 of 274, without those who prefer not to say"
    assert found.groups[0].population == "51%"
