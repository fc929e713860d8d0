import pytest

from analysis.themes.minority import guarded, under_heard

GROUPS = {f"parent{n}": "parent" for n in range(40)} | {
    f"young{n}": "young person" for n in range(4)
}


def test_a_group_of_less_than_a_tenth_is_under_heard() -> None:
    assert under_heard(GROUPS) == ("young person",)
    assert under_heard({str(n): "a" if n else "b" for n in range(10)}) == ()
    assert under_heard({"a": "parent", "b": ""}) == ()


@pytest.mark.parametrize(("people", "shown"), [(4, "fewer than 5 people"), (5, "")])
def test_a_theme_of_few_people_is_shown_without_its_number(people: int, shown: str) -> None:
    codes = {name: [1] for name in GROUPS} | {"young0": [1, 2]}
    codes |= {f"parent{n}": [1, 2] for n in range(people - 1)}
    found = guarded(codes, GROUPS, min_people=5)
    assert [(one.theme, one.group, one.people, one.everybody) for one in found] == [
        (2, "young person", 1, people)
    ]
    assert found[0].shown == shown


def test_a_theme_a_small_group_raises_no_more_than_others_is_not_guarded() -> None:
    codes = {name: [1] for name in GROUPS}
    assert guarded(codes, GROUPS) == ()


def test_a_theme_nobody_under_heard_raises_is_not_guarded() -> None:
    codes = {name: [1] for name in GROUPS} | {"parent0": [2]}
    assert guarded(codes, GROUPS) == ()


def test_the_groups_to_listen_for_can_be_said() -> None:
    codes = {name: [1] for name in GROUPS} | {"parent0": [2]}
    found = guarded(codes, GROUPS, listened_for=["parent"])
    assert [(one.theme, one.people) for one in found] == [(2, 1)]
