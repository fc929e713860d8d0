import pytest

from analysis.themes.acceptance import (
    Facts,
    findings,
    overlapping_themes,
    thin_themes,
    too_many_themes,
    unstable_themes,
)


def themes(count: int, answers: int = 50) -> list[Facts]:
    return [Facts(number, answers, 0.9, 0.5) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "answers", "met"),
    [(30, 1000, True), (31, 1000, False), (12, 100, True), (13, 100, False), (1, 3, True)],
)
def test_there_may_be_thirty_themes_or_one_for_every_eight_answers(
    count: int, answers: int, met: bool
) -> None:
    assert (too_many_themes(themes(count), answers) is None) == met


@pytest.mark.parametrize(
    ("size", "answers", "met"),
    [(5, 100, True), (4, 100, False), (10, 1000, True), (9, 1000, False)],
)
def test_a_theme_holds_five_answers_and_one_in_a_hundred(
    size: int, answers: int, met: bool
) -> None:
    found = thin_themes([Facts(1, 50, 0.9, 0.5), Facts(2, size, 0.9, 0.5)], answers)
    assert (found is None) == met
    assert found is None or found.themes == (2,)


@pytest.mark.parametrize(("distinctness", "met"), [(0.2, True), (0.199, False), (None, True)])
def test_themes_nearer_than_a_cosine_of_four_fifths_overlap(
    distinctness: float | None, met: bool
) -> None:
    assert (overlapping_themes([Facts(1, 50, 0.9, distinctness)]) is None) == met


@pytest.mark.parametrize(("stability", "met"), [(0.6, True), (0.599, False), (None, True)])
def test_a_theme_is_found_again_with_a_jaccard_of_three_fifths(
    stability: float | None, met: bool
) -> None:
    assert (unstable_themes([Facts(1, 50, stability, 0.5)]) is None) == met


def test_findings_come_in_the_order_an_analyst_deals_with_them() -> None:
    bad = [Facts(number, 2, 0.1, 0.0) for number in range(40)]
    names = [finding.rule for finding in findings(bad, 100)]
    assert names == [
        "too_many_themes", "thin_themes", "overlapping_themes", "unstable_themes",
    ]  # fmt: skip
    assert findings(themes(5), 250) == ()


@pytest.mark.parametrize(
    "rule", [too_many_themes, thin_themes, overlapping_themes, unstable_themes]
)
def test_every_rule_says_why(rule: object) -> None:
    assert len((rule.__doc__ or "").split()) > 30
