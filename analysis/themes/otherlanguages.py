"""Let answers in other languages join the themes that were found in English."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.embeddings import multilingual
from analysis.themes.results import Coding, ProposedTheme

if TYPE_CHECKING:
    from analysis.embeddings.multilingual import Placed, Space

Themes = tuple[ProposedTheme, ...]
Codings = dict[str, list[Coding]]


def join(
    themes: Themes, coded: Codings, aside: Mapping[str, Coding], space: "Space | None"
) -> tuple[Themes, Codings, dict[str, Coding]]:
    """Place the answers that the multilingual space reads; each becomes a coding to check.

    Returns:
        the themes with their new sizes, the largest first again; the codings of every answer with
        a theme; and what stays set aside.
    """
    waiting = [c for _, c in sorted(aside.items()) if _is_readable(c)]
    placed = multilingual.place([c.text for c in waiting], _shown(themes, coded), space)
    joined = {
        coding.document_id: [_coding(coding, place)]
        for coding, place in zip(waiting, placed, strict=True)
        if place
    }
    left = {name: coding for name, coding in aside.items() if name not in joined}
    return *_renumbered(themes, coded | joined, joined), left


def _is_readable(coding: Coding) -> bool:
    return coding.set_aside == "other_language" and coding.language in multilingual.READABLE


def _shown(themes: Themes, coded: Codings) -> dict[int, list[str]]:
    """Return the words of each theme's examples."""
    words = {(c.document_id, c.segment): c.text for own in coded.values() for c in own}
    return {theme.number: [words[example] for example in theme.examples] for theme in themes}


def _coding(coding: Coding, placed: "Placed") -> Coding:
    return dataclasses.replace(
        coding,
        theme=placed.theme,
        is_primary=True,
        confidence=placed.likeness,
        needs_review=True,
        set_aside=None,
    )


def _renumbered(themes: Themes, coded: Codings, joined: Codings) -> tuple[Themes, Codings]:
    """Count who joined, and number the themes from the largest again."""
    more = [coding.theme for own in joined.values() for coding in own]
    grown = [
        dataclasses.replace(theme, documents=theme.documents + more.count(theme.number))
        for theme in themes
    ]
    grown.sort(key=lambda theme: (-theme.documents, theme.number))
    number: dict[int | None, int] = {theme.number: n for n, theme in enumerate(grown, start=1)}
    return (
        tuple(dataclasses.replace(theme, number=number[theme.number]) for theme in grown),
        {name: _moved(own, number) for name, own in coded.items()},
    )


def _moved(codings: Sequence[Coding], number: Mapping[int | None, int]) -> list[Coding]:
    return [dataclasses.replace(coding, theme=number[coding.theme]) for coding in codings]
