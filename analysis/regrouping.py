"""Fewer, broader or more, finer themes, from a finished analysis: nothing is embedded again."""

import dataclasses
from collections.abc import Sequence

from analysis import coherence, describing, keyphrases
from analysis.describing import Placed
from analysis.pipeline import Analysis, Coding, ProposedTheme, RunRecord
from analysis.redaction import without_placeholders

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
        message = "This analysis holds no tree of themes, so their number cannot be changed."
        raise NoTreeError(message)
    groups = analysis.tree.groups(themes)
    leaf_of = _leaves(analysis)
    placed = [_placed(c, groups[leaf_of[c]]) for c in analysis.codings if c in leaf_of]
    examples = int(analysis.run.settings["examples"] or 0)
    named, number = describing.described(placed, _terms(placed), examples=examples)
    named = _with_facts(named, number, groups, placed)
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


def _leaves(analysis: Analysis) -> dict[Coding, int]:
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
    groups: Sequence[int],
    placed: Sequence[Placed],
) -> tuple[ProposedTheme, ...]:
    leaves: dict[int, list[int]] = {}
    for leaf, group in enumerate(groups):
        leaves.setdefault(number.get(group, 0), []).append(leaf)
    answers: dict[str, list[str]] = {}
    for one in placed:
        answers.setdefault(one.document_id, []).append(one.text)
    scores = coherence.coherences([t.words for t in themes], map(" ".join, answers.values()))
    return tuple(
        dataclasses.replace(theme, leaves=tuple(leaves[theme.number]), coherence=score)
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
