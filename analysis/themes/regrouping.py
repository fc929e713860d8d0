"""Fewer, broader or more, finer themes, from a finished analysis: nothing is embedded again."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.engine import coherence, keyphrases
from analysis.redaction import without_placeholders
from analysis.themes import describing
from analysis.themes.describing import Placed
from analysis.themes.results import Analysis, Coding, ProposedTheme, RunRecord

if TYPE_CHECKING:
    from analysis.engine.hierarchy import ThemeTree

REGROUPED = "An analyst asked for {asked:,} themes; the machine's own number was {anchor:,}."


class NoTreeError(ValueError):
    """The analysis holds no tree of themes: it had too few answers, or is older than the tree."""


def regroup(analysis: Analysis, *, themes: int) -> Analysis:
    """Return the same codings in another number of themes, cut from the tree of the analysis.

    Themes of two results nest (`nesting`): no comment changes branches. How sure the machine is
    stays what it was for its own number of themes; stability is not known for another number.

    Args:
        analysis: as `analyse` or this function returned it.
        themes: how many; the nearest number that the tree has is taken.

    Raises:
        NoTreeError: there is no tree to cut.
    """
    if analysis.tree is None:
        message = (
            "There is no tree of themes to cut: the answers were too few or too alike, or "
            "the analysis is of an older version. Analyse more answers, or analyse them again."
        )
        raise NoTreeError(message)
    groups = analysis.tree.groups(themes)
    leaf_of = leaves(analysis)
    placed = [_placed(c, groups[leaf_of[c]]) for c in analysis.codings if c in leaf_of]
    examples = int(analysis.run.settings["examples"] or 0)
    named, number = named_groups(placed, dict(enumerate(groups)), examples=examples)
    codings = tuple(
        dataclasses.replace(c, theme=number[groups[leaf_of[c]]]) if c in leaf_of else c
        for c in analysis.codings
    )
    return dataclasses.replace(
        analysis, themes=named, codings=codings, run=_run(analysis, themes, len(named))
    )


def nesting(finer: Analysis, broader: Analysis) -> dict[int, int]:
    """Return for each theme of the finer result the theme it lies in on the broader one.

    Raises:
        ValueError: a theme of the first lies in none of the second, so it is not finer.
    """
    homes = {leaf: theme.number for theme in broader.themes for leaf in theme.leaves}
    parents: dict[int, int] = {}
    for theme in finer.themes:
        over = {homes[leaf] for leaf in theme.leaves if leaf in homes}
        if len(over) != 1:
            message = f"Theme {theme.number} does not lie inside one theme of the other result."
            raise ValueError(message)
        parents[theme.number] = over.pop()
    return parents


def reading_order(analysis: Analysis) -> tuple[str, ...]:
    """Return the analysed answers in the order to read them: by theme, the most typical first."""
    primary = [c for c in analysis.codings if c.is_primary and c.theme is not None]
    ordered = sorted(primary, key=lambda c: (c.theme, -c.confidence, c.document_id))
    return tuple(coding.document_id for coding in ordered)


def named_groups(
    placed: Sequence[Placed], groups: Mapping[int, int], *, examples: int
) -> tuple[tuple[ProposedTheme, ...], dict[int, int]]:
    """Return the groups of segments as themes, and for each group the number of its theme.

    Args:
        placed: segments with their groups, in canonical order.
        groups: the group of each leaf.
        examples: how many central comments stand for a theme.
    """
    named, number = describing.described(placed, _terms(placed), examples=examples)
    return _with_facts(named, number, groups, placed), number


def taught(tree: "ThemeTree", themes: int, said: Mapping[int, str]) -> tuple[int, ...]:
    """Return for each leaf the number, from 0, of its group, keeping to what people decided.

    Leaves that people put in one theme share a group, and leaves of two themes never do, even if
    there are more groups then. Without decisions it is a plain cut of the tree.

    Args:
        tree: of the run.
        themes: how many are asked for.
        said: the theme of each leaf that people decided about.
    """
    from analysis.engine.lessons import keep_to, lessons_from  # noqa: PLC0415  # numpy

    groups = tree.groups(themes)
    decided: dict[str, list[int]] = {}
    for leaf, theme in sorted(said.items()):
        decided.setdefault(theme, []).append(leaf)
    room = max(len(set(groups)), len(decided))
    kept = keep_to(tree.nearness(groups, room), lessons_from(decided.values())).themes.tolist()
    names = {group: number for number, group in enumerate(dict.fromkeys(kept))}
    return tuple(names[group] for group in kept)


def leaves(analysis: Analysis) -> dict[Coding, int]:
    """Return the leaf of every themed coding; one placed by likeness goes with the examples."""
    leaf = {(c.document_id, c.segment): c.leaf for c in analysis.codings}
    typical = {theme.number: leaf[theme.examples[0]] for theme in analysis.themes if theme.examples}
    found = {
        coding: coding.leaf if coding.leaf is not None else typical.get(coding.theme)
        for coding in analysis.codings
        if coding.theme is not None
    }
    return {coding: own for coding, own in found.items() if own is not None}


def _placed(coding: Coding, group: int) -> Placed:
    return Placed(
        coding.document_id,
        coding.segment,
        coding.text,
        group,
        coding.is_primary,
        coding.confidence,
    )


def _terms(placed: Sequence[Placed]) -> describing.Terms:
    """Count the words of whole answers in the group of their primary segment."""
    words: dict[str, list[str]] = {}
    group: dict[str, int] = {}
    for one in placed:
        words.setdefault(one.document_id, []).append(one.text)
        if one.is_primary:
            group[one.document_id] = one.group
    texts = [without_placeholders(" ".join(words[name])) for name in group]
    terms = keyphrases.of_topics(texts, list(group.values()))
    return lambda number: terms[number] if number < len(terms) else ()


def _with_facts(
    themes: Sequence[ProposedTheme],
    number: dict[int, int],
    groups: Mapping[int, int],
    placed: Sequence[Placed],
) -> tuple[ProposedTheme, ...]:
    own: dict[int, list[int]] = {}
    for leaf, group in groups.items():
        own.setdefault(number.get(group, 0), []).append(leaf)
    answers: dict[str, list[str]] = {}
    for one in placed:
        answers.setdefault(one.document_id, []).append(one.text)
    scores = coherence.coherences([t.words for t in themes], map(" ".join, answers.values()))
    return tuple(
        dataclasses.replace(theme, leaves=tuple(own[theme.number]), coherence=score)
        for theme, score in zip(themes, scores, strict=True)
    )


def _run(analysis: Analysis, asked: int, found: int) -> RunRecord:
    anchor = analysis.tree.anchor if analysis.tree else 0
    run = analysis.run
    return dataclasses.replace(
        run,
        settings=run.settings | {"themes": asked},
        counts=run.counts | {"themes": found},
        notes=(*run.notes, REGROUPED.format(asked=asked, anchor=anchor)),
    )
