"""What a theme is shown with: its number, its telling words, and the comments that stand for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.engine import labels
from analysis.engine.terms import spellings
from analysis.themes.results import ProposedTheme

EXAMPLE_WORDS = range(6, 61)

Terms = Callable[[int], Sequence[str]]


@dataclass(frozen=True)
class Placed:
    """One segment with its group, ready to be described and coded.

    Attributes:
        document_id: its answer.
        segment: its number in the answer, from 1.
        text: redacted.
        group: number of its group, before themes are numbered by size.
        is_primary: carries the main theme of its answer.
        closeness: how typical it is of its group; only the order counts.
    """

    document_id: str
    segment: int
    text: str
    group: int
    is_primary: bool
    closeness: float


def described(
    placed: Sequence[Placed], terms_of: Terms, *, examples: int
) -> tuple[tuple[ProposedTheme, ...], dict[int, int]]:
    """Number the groups by how many answers hold them; groups that hold none are left out.

    Args:
        placed: every segment, in canonical order.
        terms_of: returns the key terms of a group, the most telling first.
        examples: how many central comments stand for a theme.

    Returns:
        the themes, and for each group the number of its theme.
    """
    spelling = spellings([one.text for one in placed])
    members: dict[int, list[Placed]] = {}
    for one in placed:
        members.setdefault(one.group, []).append(one)
    holders = {group: len({one.document_id for one in own}) for group, own in members.items()}
    words = {group: _words(terms_of(group), spelling) for group in members}
    ranked = sorted(members, key=lambda group: (-holders[group], words[group], group))
    number = {group: place for place, group in enumerate(ranked, start=1)}
    themes = tuple(
        ProposedTheme(
            number[group],
            labels.label(words[group], number[group]),
            words[group],
            holders[group],
            _examples(members[group], examples),
        )
        for group in ranked
    )
    return themes, number


def _words(terms: Sequence[str], spelling: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels.spelt(term, spelling) for term in terms)


def _examples(members: Sequence[Placed], most: int) -> tuple[tuple[str, int], ...]:
    """Return the most central segments, of readable length first, one an answer."""
    ordered = sorted(
        enumerate(members),
        key=lambda item: (
            not item[1].is_primary,
            len(item[1].text.split()) not in EXAMPLE_WORDS,
            -round(item[1].closeness, 6),
            item[0],
        ),
    )
    chosen: dict[str, int] = {}
    said: set[str] = set()
    for _, one in ordered:
        if one.document_id not in chosen and one.text.casefold() not in said:
            chosen[one.document_id] = one.segment
            said.add(one.text.casefold())
    return tuple(chosen.items())[:most]
