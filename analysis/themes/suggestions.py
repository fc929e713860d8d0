"""What the machine suggests about each theme, each with a score: never more than a suggestion.

A name in people's own words, the codes and ambitions it is like, how people speak about it, who
raised it, and the comments at its edge or against its grain, so that nobody approves a theme from
its best examples alone.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.embeddings.remembered import remembering
from analysis.engine import naming, stance
from analysis.engine.terms import spellings
from analysis.redaction import without_placeholders
from analysis.themes.results import Coding, Example, ProposedTheme, Suggested, Suggestions

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder, Vectors

CENTRAL = 25
SHOWN = 3
EXAMPLE_WORDS = range(5, 61)
LEXICAL_SHARE = 0.4
MOST = 2
"""So many times as common a way of speaking must be for the other to be dissent."""
OPPOSITES = {"positive": ("negative", "mixed"), "negative": ("positive", "mixed")}

CodeLists = Mapping[str, Mapping[str, str]]
"""For "ambition" and "starter_code": what each code means, in plain words."""


def suggest(
    themes: Sequence[ProposedTheme],
    codings: Sequence[Coding],
    groups: Mapping[str, str],
    lists: CodeLists,
    embedder: "Embedder",
) -> tuple[ProposedTheme, ...]:
    """Return the themes with what is suggested about each.

    Args:
        themes: as proposed.
        codings: of all answers.
        groups: the audience of each document.
        lists: codes to suggest from, as plain data; may be empty.
        embedder: the English sentence model.
    """
    within: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.theme is not None:
            within[coding.theme].append(coding)
    spelling = spellings(coding.text for own in within.values() for coding in own)
    codes = {name: (list(texts), embedder.embed(list(texts.values()))) for name, texts in
             sorted(lists.items()) if texts and any(theme.words for theme in themes)}  # fmt: skip
    found = {theme.number: _candidates(theme, within[theme.number], spelling) for theme in themes}
    embedder = _having_read([name.words for own in found.values() for name in own], embedder)
    return tuple(
        dataclasses.replace(
            theme,
            suggestions=_about(
                theme, within[theme.number], groups, found[theme.number], codes, embedder
            ),
        )
        for theme in themes
    )


def _having_read(words: Sequence[str], embedder: "Embedder") -> "Embedder":
    """Return an embedder that has read the names of all themes at once: that is twice as quick."""
    reader = remembering(embedder)
    if words:
        reader.embed(words)
    return reader


def _candidates(
    theme: "ProposedTheme", own: Sequence["Coding"], spelling: Mapping[str, str]
) -> list[naming.Candidate]:
    """Return what a theme may be named, cut out of its central comments."""
    central = _central(own)
    texts = _texts(central)
    if not theme.words or not texts:
        return []
    return naming.candidates(texts, theme.words, spelling, [coding.text for coding in central])


def _central(own: Sequence["Coding"]) -> list["Coding"]:
    """Return the English comments of a theme, the surest first."""
    return sorted(
        (coding for coding in own if coding.language == "en"),
        key=lambda c: (-round(c.confidence, 6), c.document_id, c.segment),
    )


def _texts(central: Sequence["Coding"]) -> list[str]:
    return [text for c in central[:CENTRAL] if (text := without_placeholders(c.text))]


def _about(
    theme: ProposedTheme,
    own: Sequence[Coding],
    groups: Mapping[str, str],
    candidates: Sequence[naming.Candidate],
    codes: Mapping[str, tuple[list[str], "Vectors"]],
    embedder: "Embedder",
) -> Suggestions:
    central = _central(own)
    texts = _texts(central)
    near_happy = leans([c.text for c in central], embedder) if theme.words else {}
    spoken = {c: stance.of(c.text, near_happy.get(c.text, 0.0)) for c in central}
    names: tuple[Suggested, ...] = ()
    near: tuple[tuple[str, tuple[Suggested, ...]], ...] = ()
    if theme.words and texts:
        middle = _middle(embedder.embed(texts))
        names = _names(candidates, middle, embedder)
        near = tuple((name, _nearest(*known, middle)) for name, known in codes.items())
    return Suggestions(
        names,
        near,
        _edge(central),
        _dissenting(central, spoken),
        _stances(own, near_happy),
        tuple(
            sorted(Counter(groups.get(name, "") for name in {c.document_id for c in own}).items())
        ),
    )


def _middle(vectors: "Vectors") -> "Vectors":
    mean: Vectors = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length else mean


def _names(
    found: Sequence[naming.Candidate], middle: "Vectors", embedder: "Embedder"
) -> tuple[Suggested, ...]:
    """Order names by what they say of the theme's terms and by their place near its middle."""
    if not found:
        return ()
    near = embedder.embed([name.words for name in found]) @ middle
    ranked = sorted(
        zip(found, near.tolist(), strict=True),
        key=lambda pair: (
            -round(LEXICAL_SHARE * pair[0].score + (1 - LEXICAL_SHARE) * pair[1], 6),
            pair[0].words,
        ),
    )
    return tuple(Suggested(name.words, _score(like)) for name, like in ranked[:SHOWN])


def _nearest(names: Sequence[str], vectors: "Vectors", middle: "Vectors") -> tuple[Suggested, ...]:
    likeness = (vectors @ middle).round(6).tolist()
    ranked = sorted(zip(names, likeness, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Suggested(name, _score(like)) for name, like in ranked[:SHOWN])


def _score(likeness: float) -> float:
    return round(min(1.0, max(0.0, likeness)), 4)


def _edge(central: Sequence[Coding]) -> tuple[Example, ...]:
    """Return the comments least like the theme, of readable length, one an answer."""
    return _examples([c for c in reversed(central) if len(c.text.split()) in EXAMPLE_WORDS])


def _dissenting(
    central: Sequence[Coding], spoken: Mapping[Coding, stance.Stance]
) -> tuple[Example, ...]:
    """Return comments that praise where most complain, or the other way round.

    Where neither is clearly more common there is no grain to speak against.
    """
    sides = Counter(spoken.values())
    praised, complained = sides["positive"], sides["negative"]
    side = "positive" if praised > complained else "negative"
    if max(praised, complained) < max(1, MOST * min(praised, complained)):
        return ()
    return _examples([c for c in central if spoken[c] in OPPOSITES[side]])


def _examples(codings: Sequence[Coding]) -> tuple[Example, ...]:
    chosen: dict[str, int] = {}
    for coding in codings:
        chosen.setdefault(coding.document_id, coding.segment)
    return tuple(chosen.items())[:SHOWN]


def leans(texts: Sequence[str], embedder: "Embedder") -> dict[str, float]:
    """Return how much nearer each text is to happy sentences than to unhappy ones."""
    read = {text: without_placeholders(text) for text in texts}
    read = {text: words for text, words in read.items() if words}
    if not read:
        return {}
    vectors = embedder.embed(list(read.values()))
    sides = [_near(vectors @ embedder.embed(list(s)).T) for s in (stance.HAPPY, stance.UNHAPPY)]
    return dict(zip(read, (sides[0] - sides[1]).round(6).tolist(), strict=True))


def _near(likeness: "Vectors") -> "Vectors":
    near: Vectors = np.sort(likeness, axis=1)[:, -2:].mean(axis=1)
    return near


def _stances(own: Sequence[Coding], leans: Mapping[str, float]) -> tuple[tuple[str, int], ...]:
    """Count each answer once, by all it says about the theme; the commonest way first."""
    said: dict[str, list[str]] = defaultdict(list)
    for coding in own:
        said[coding.document_id].append(coding.text)
    ways = Counter(
        stance.of(" ".join(parts), sum(leans.get(part, 0.0) for part in parts) / len(parts))
        for parts in said.values()
    )
    return tuple(sorted(ways.items(), key=lambda item: (-item[1], item[0])))


def _audiences(own: Sequence[Coding], groups: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    found = Counter(groups.get(name, "") for name in {coding.document_id for coding in own})
    return tuple(sorted(found.items()))
