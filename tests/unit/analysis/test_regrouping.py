import dataclasses
import itertools

import pytest

from analysis.engine.hierarchy import ThemeTree
from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse
from analysis.themes.regrouping import NoTreeError, nesting, reading_order, regroup, taught
from analysis.themes.results import Analysis


def test_the_machines_own_number_gives_its_own_themes_again(analysis: Analysis) -> None:
    again = regroup(analysis, themes=analysis.tree.anchor)
    assert again.codings == analysis.codings
    assert [t.words for t in again.themes] == [t.words for t in analysis.themes]
    assert [t.leaves for t in again.themes] == [t.leaves for t in analysis.themes]
    assert [t.documents for t in again.themes] == [t.documents for t in analysis.themes]


@pytest.mark.parametrize("themes", [1, 3, 7, 20])
def test_every_answer_keeps_a_theme_at_every_number(analysis: Analysis, themes: int) -> None:
    other = regroup(analysis, themes=themes)
    assert 1 <= len(other.themes) <= themes
    numbers = {theme.number for theme in other.themes}
    for before, after in zip(analysis.codings, other.codings, strict=True):
        assert after == dataclasses.replace(before, theme=after.theme)
        assert after.theme in numbers or after.set_aside
    assert other.run.settings["themes"] == themes
    assert "asked for" in other.run.notes[-1]


def test_no_comment_changes_branches(analysis: Analysis) -> None:
    levels = [regroup(analysis, themes=n) for n in (2, 5, analysis.tree.anchor, 16, 24)]
    for broader, finer in itertools.pairwise(levels):
        parents = nesting(finer, broader)
        assert set(parents) == {theme.number for theme in finer.themes}
        for wide, fine in zip(broader.codings, finer.codings, strict=True):
            assert fine.theme is None or parents[fine.theme] == wide.theme
    with pytest.raises(ValueError, match="does not lie inside"):
        nesting(levels[0], levels[-1])


def test_too_few_answers_have_no_tree(tiny: object) -> None:
    with pytest.raises(NoTreeError, match="no tree"):
        regroup(analyse([Document("a", "the bus is late")], embedder=tiny), themes=2)


def test_answers_are_read_theme_by_theme_the_surest_first(analysis: Analysis) -> None:
    order = reading_order(analysis)
    primary = {c.document_id: c for c in analysis.codings if c.is_primary}
    assert sorted(order) == sorted(primary)
    keys = [(primary[name].theme, -primary[name].confidence) for name in order]
    assert keys == sorted(keys)


TREE = ThemeTree(leaves=6, anchor=3, merges=((0, 1), (2, 3), (4, 5), (0, 2), (0, 4)))


@pytest.mark.parametrize("themes", range(1, 7))
def test_without_decisions_what_is_taught_is_a_plain_cut(themes: int) -> None:
    assert taught(TREE, themes, {}) == TREE.groups(themes)


@pytest.mark.parametrize("themes", range(1, 7))
def test_what_people_joined_stays_joined_and_what_they_parted_stays_parted(themes: int) -> None:
    said = {0: "buses", 5: "buses", 1: "clubs", 4: "waiting"}
    groups = taught(TREE, themes, said)
    assert groups[0] == groups[5]
    assert len({groups[0], groups[1], groups[4]}) == 3
    assert len(groups) == TREE.leaves


def test_a_leaf_that_nobody_decided_about_goes_where_the_tree_puts_it() -> None:
    groups = taught(TREE, 3, {0: "buses", 1: "clubs"})
    assert groups[2] == groups[3]
    assert groups[4] == groups[5]
    assert groups[0] != groups[1]
