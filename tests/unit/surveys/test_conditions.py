"""Conditions hold as they read, in any combination."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import conditions
from surveys.conditions import Condition

YES = {"question": "Q1", "any_of": ["yes"]}
HOME = {"question": "Q2", "any_of": ["home", "x:agree"]}
FOR_VCS = {"audience": ["vcs"]}

simple = st.sampled_from([YES, HOME, FOR_VCS])
written = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=8,
)
answered = st.fixed_dictionaries(
    {},
    optional={
        "Q1": st.sampled_from([("yes",), ("no",), ()]),
        "Q2": st.sampled_from([("home", "school"), ("x:agree",), ()]),
    },
)


def plainly(part: dict[str, Any], answers: dict[str, tuple[str, ...]], audience: str) -> bool:
    """Say the same thing as directly as Python can."""
    if "question" in part:
        return any(key in part["any_of"] for key in answers.get(part["question"], ()))
    if "audience" in part:
        return audience in part["audience"]
    if "not" in part:
        return not plainly(part["not"], answers, audience)
    if "all" in part:
        return all(plainly(one, answers, audience) for one in part["all"])
    return any(plainly(one, answers, audience) for one in part["any"])


@given(part=written, answers=answered, audience=st.sampled_from(["vcs", "parent_carer", ""]))
def test_a_condition_holds_as_it_reads(
    part: dict[str, Any], answers: dict[str, tuple[str, ...]], audience: str
) -> None:
    condition = conditions.read(part)
    assert condition.holds(answers, audience) == plainly(part, answers, audience)
    assert condition.questions() <= {"Q1", "Q2"}
    assert condition == conditions.read(part)
    assert hash(condition) == hash(conditions.read(part))


def read(part: dict[str, Any]) -> Condition:
    return conditions.read(part)


def test_a_condition_names_what_it_depends_on() -> None:
    assert read(YES).questions() == {"Q1"}
    assert read({"all": [YES, {"not": HOME}, FOR_VCS]}).questions() == {"Q1", "Q2"}
    assert read(FOR_VCS).questions() == frozenset()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (YES, "Q1: yes"),
        ({"any": [YES, HOME]}, "(Q1: yes or Q2: home or x:agree)"),
        ({"all": [YES, {"not": FOR_VCS}]}, "(Q1: yes and not for vcs)"),
    ],
)
def test_staff_can_read_a_condition(part: dict[str, Any], said: str) -> None:
    assert read(part).words() == said


def test_a_skipped_question_matches_nothing() -> None:
    assert not read(YES).holds({})
    assert read({"not": YES}).holds({})
