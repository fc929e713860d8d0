"""Each theme as a report on a file shows it: what may be told of so few people, in which words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from analysis import disclosure
from analysis.disclosure import Count
from analysis.engine.labels import label
from analysis.engine.terms import terms
from analysis.standalone import summary, workingtables
from analysis.themes.results import Analysis, ProposedTheme

MOST_QUOTES = 3
MOST_BESIDE = 2


@dataclass(frozen=True)
class Facts:
    """What a report is made from.

    Attributes:
        name: of the file.
        column: name of the column of answers.
        group_column: name of the column of groups, or "".
        groups: document id to group.
        analysis: the result.
        min_people: the disclosure threshold.
        notes: what was not read of the file, or may have been cut.
    """

    name: str
    column: str
    group_column: str
    groups: Mapping[str, str]
    analysis: Analysis
    min_people: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeLine:
    """A theme as the report shows it.

    Attributes:
        number: of the theme.
        label: its first words.
        words: all that may be shown.
        count: of answers.
        percent: of all analysed, or None where too few.
        name: suggested in people's own words, or "".
        quotes: its most central comments.
        edge: those least like it.
        against: those that speak otherwise than most.
    """

    number: int
    label: str
    words: str
    count: Count
    percent: int | None
    name: str = ""
    quotes: tuple[str, ...] = ()
    edge: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def lines(facts: Facts) -> list[ThemeLine]:
    """Return every theme as it may be shown, the largest first, no two of them called the same."""
    shared = _shared_terms(facts)
    found = [_line(theme, facts, shared) for theme in facts.analysis.themes]
    called = Counter(line.label for line in found)
    return [_told_apart(line) if called[line.label] > 1 else line for line in found]


def _told_apart(line: ThemeLine) -> ThemeLine:
    more = f"“{line.name}”" if line.name else f"number {line.number}"
    return replace(line, label=f"{line.label}: {more}")


def _shared_terms(facts: Facts) -> frozenset[str]:
    """Return the words and phrases that enough answers use to be shown to anybody."""
    used: dict[str, set[str]] = {}
    for coding in facts.analysis.codings:
        if coding.set_aside is None:
            used.setdefault(coding.document_id, set()).update(terms(coding.text))
    people = Counter(term for found in used.values() for term in found)
    return frozenset(disclosure.protect_words(people, threshold=facts.min_people))


def _line(theme: ProposedTheme, facts: Facts, shared: frozenset[str]) -> ThemeLine:
    kind = "Group" if summary.is_for_reading(facts.analysis) else "Theme"
    words = [word for word in theme.words if word.lower() in shared]
    analysed = facts.analysis.run.counts["analysed"]
    quoted = _quotes(theme, facts)
    in_their_words = f"“{quoted['name']}”" if quoted.get("name") else f"{kind} {theme.number}"
    return ThemeLine(
        number=theme.number,
        label=label(words, theme.number) if words else in_their_words,
        words=", ".join(words),
        count=disclosure.protect_count(theme.documents, threshold=facts.min_people),
        percent=disclosure.percentage(theme.documents, analysed, threshold=facts.min_people),
        **quoted,
    )


class Quoted(TypedDict, total=False):
    """People's own words about a theme; nothing where so few wrote that they could be traced."""

    name: str
    quotes: tuple[str, ...]
    edge: tuple[str, ...]
    against: tuple[str, ...]


def _quotes(theme: ProposedTheme, facts: Facts) -> Quoted:
    """Return central comments and those that are not, redacted, none of them twice."""
    analysed = facts.analysis.run.counts["analysed"]
    if not disclosure.may_quote(analysed) or theme.documents < facts.min_people:
        return {}
    said = {(c.document_id, c.segment): c.text for c in facts.analysis.codings}
    quotes = list(dict.fromkeys(said[one] for one in theme.examples[:MOST_QUOTES]))
    against = [said[one] for one in workingtables.against(theme)]
    edge = [said[one] for one in workingtables.edge(theme)]
    return {
        "name": workingtables.suggested_name(theme),
        "quotes": tuple(quotes),
        "against": _not_yet(against, quotes),
        "edge": _not_yet(edge, quotes + against),
    }


def _not_yet(comments: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(comments) if one not in shown)[:MOST_BESIDE]
