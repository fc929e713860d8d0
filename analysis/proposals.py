"""The middle of the pipeline: from readable answers to proposed themes and their codings."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis import keyphrases, labels
from analysis.pipeline import AnalysisSettings, Coding, ProposedTheme
from analysis.redaction import without_placeholders

if TYPE_CHECKING:
    from analysis.coding import Coded
    from analysis.embedding import Embedder, Vectors
    from analysis.topics import Placement, Topics

Proposal = tuple[tuple[ProposedTheme, ...], dict[str, list[Coding]], tuple[str, ...]]

TOO_FEW = (
    "Only {n} answers could be analysed. Below {smallest} the machine does not claim themes: "
    "these groups are a help for reading, and every answer should be read by a person."
)
NO_MODEL = "There was too little to compare, so all answers stand in one group for reading."
SAMPLED = "Themes were found in {used:,} of {n:,} answers; the others joined the nearest theme."
ONE_GROUP_LABEL = "All answers, for reading"
EXAMPLE_WORDS = range(6, 61)
NO_WORDS = "a person"


class Clock(Protocol):
    """What reports and times the stages."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Callable[[int, int], None]]:
        """Time one stage."""
        ...


@dataclass(frozen=True)
class Pieces:
    """The segments of all answers in one flat list.

    Attributes:
        texts: redacted segments.
        owners: for each segment the number of its answer.
        numbers: for each segment its number within the answer, from 1.
    """

    texts: list[str]
    owners: list[int]
    numbers: list[int]


def propose(
    ids: Sequence[str],
    texts: Sequence[str],
    pieces: Sequence[Sequence[str]],
    settings: AnalysisSettings,
    clock: Clock,
    embedder: "Embedder | None",
) -> Proposal:
    """Find themes for answers and code every segment.

    Args:
        ids: of the answers, in canonical order.
        texts: their redacted words.
        pieces: the segments of each.
        settings: see AnalysisSettings.
        clock: reports and times the stages.
        embedder: the sentence model, or None for the installed one.
    """
    flat = _flat(pieces)
    from analysis import topics  # noqa: PLC0415  # BERTopic: three seconds

    answers = [_for_machine(text) for text in texts]
    if not topics.can_fit(answers):
        return _one_group(ids, flat)
    coded, fitted, notes = _code(answers, flat, settings, clock, embedder)
    few = len(ids) < settings.smallest_for_themes
    flags = _flags(coded, settings, everything=few)
    themes, number = _themes(ids, flat, coded, fitted, settings)
    if few:
        too_few = TOO_FEW.format(n=len(ids), smallest=settings.smallest_for_themes)
        notes = (too_few, *notes)
    return themes, _codings(ids, flat, coded, number, flags), notes


def _flat(pieces: Sequence[Sequence[str]]) -> Pieces:
    return Pieces(
        [text for own in pieces for text in own],
        [answer for answer, own in enumerate(pieces) for _ in own],
        [number for own in pieces for number in range(1, len(own) + 1)],
    )


def _for_machine(text: str) -> str:
    return without_placeholders(text) or NO_WORDS


def _one_group(ids: Sequence[str], flat: Pieces) -> Proposal:
    """Put everything in one group when there is nothing to compare."""
    examples = tuple((name, 1) for name in ids[:5])
    theme = ProposedTheme(1, ONE_GROUP_LABEL, (), len(ids), examples)
    codings: dict[str, list[Coding]] = {name: [] for name in ids}
    for text, owner, number in zip(flat.texts, flat.owners, flat.numbers, strict=True):
        name = ids[owner]
        codings[name].append(Coding(name, number, text, 1, number == 1, 0.0, True, None))
    return (theme,), codings, (NO_MODEL,)


def _code(
    answers: list[str],
    flat: Pieces,
    settings: AnalysisSettings,
    clock: Clock,
    embedder: "Embedder | None",
) -> "tuple[Coded, Topics, tuple[str, ...]]":
    """Embed, fit and place; return the coded segments, the model and notes.

    Themes are found in whole answers, because a segment torn from its answer loses what it is
    about; each segment is then placed by itself, because an answer can hold several themes.
    """
    from analysis import coding, topics  # noqa: PLC0415  # heavy

    pieces = [_for_machine(text) for text in flat.texts]
    with clock.stage("Reading for meaning", len({*answers, *pieces})) as step:
        embedder = embedder or _installed_embedder()
        vectors = embedder.embed([*answers, *pieces], step)
    whole, parts = vectors[: len(answers)], vectors[len(answers) :]
    rows = _sample(len(answers), settings.largest_fit)
    with clock.stage("Finding themes", 1):
        fitted = topics.fit(
            [answers[row] for row in rows],
            whole[rows],
            embedder,
            themes=settings.themes,
            seed=settings.seed,
        )
    with clock.stage("Coding", len(pieces)):
        placed = _place_all(fitted, answers, whole, rows)
        coded = coding.code_answers(flat.owners, placed, fitted.place(pieces, parts))
    return coded, fitted, _notes(len(answers), len(rows))


def _installed_embedder() -> "Embedder":
    from analysis.embedding import default_embedder  # noqa: PLC0415  # loads the model

    return default_embedder()


def _sample(texts: int, most: int) -> NDArray[np.int64]:
    """Return the rows to fit on: all, or an even walk through the sorted texts."""
    if texts <= most:
        return np.arange(texts)
    return np.unique(np.linspace(0, texts - 1, most).round().astype(np.int64))


def _place_all(
    fitted: "Topics", units: list[str], vectors: "Vectors", rows: NDArray[np.int64]
) -> "Placement":
    """Place every unit: those of the sample keep the place they were fitted to."""
    if len(rows) == len(units):
        return fitted.placement
    placed = fitted.place(units, vectors)
    placed.topics[rows] = fitted.placement.topics
    placed.similarity[rows] = fitted.placement.similarity
    return placed


def _notes(answers: int, used: int) -> tuple[str, ...]:
    return (SAMPLED.format(used=used, n=answers),) if used < answers else ()


def _flags(coded: "Coded", settings: AnalysisSettings, *, everything: bool) -> NDArray[np.bool_]:
    from analysis.coding import review_flags  # noqa: PLC0415

    return review_flags(coded.confidence, 1.0 if everything else settings.review_share)


def _themes(
    ids: Sequence[str],
    flat: Pieces,
    coded: "Coded",
    fitted: "Topics",
    settings: AnalysisSettings,
) -> tuple[tuple[ProposedTheme, ...], dict[int, int]]:
    """Number the topics by how many answers hold them; topics that hold none are left out."""
    from analysis.terms import spellings  # noqa: PLC0415

    spelling = spellings(flat.texts)
    holders: dict[int, set[int]] = {}
    for topic, owner in zip(coded.topics.tolist(), flat.owners, strict=True):
        holders.setdefault(topic, set()).add(owner)
    told = keyphrases.of_topics(fitted.texts, fitted.placement.topics.tolist())
    words = {topic: _spelt(told[topic], spelling) for topic in holders}
    ranked = sorted(holders, key=lambda topic: (-len(holders[topic]), words[topic], topic))
    number = {topic: place for place, topic in enumerate(ranked, start=1)}
    themes = tuple(
        ProposedTheme(
            number[topic],
            labels.label(words[topic], number[topic]),
            words[topic],
            len(holders[topic]),
            _examples(ids, flat, coded, topic, settings.examples),
        )
        for topic in ranked
    )
    return themes, number


def _spelt(terms: Sequence[str], spelling: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels.spelt(term, spelling) for term in terms)


def _examples(
    ids: Sequence[str], flat: Pieces, coded: "Coded", topic: int, most: int
) -> tuple[tuple[str, int], ...]:
    """Return the most central segments of a topic, of readable length first, one an answer."""
    rows = np.flatnonzero(coded.topics == topic).tolist()
    rows.sort(
        key=lambda row: (
            not coded.is_primary[row],
            len(flat.texts[row].split()) not in EXAMPLE_WORDS,
            -round(float(coded.confidence[row]), 6),
            row,
        )
    )
    chosen: dict[str, int] = {}
    said: set[str] = set()
    for row in rows:
        name, words = ids[flat.owners[row]], flat.texts[row].casefold()
        if name not in chosen and words not in said:
            chosen[name] = flat.numbers[row]
            said.add(words)
    return tuple(chosen.items())[:most]


def _codings(
    ids: Sequence[str],
    flat: Pieces,
    coded: "Coded",
    number: dict[int, int],
    flags: NDArray[np.bool_],
) -> dict[str, list[Coding]]:
    codings: dict[str, list[Coding]] = {name: [] for name in ids}
    for row, text in enumerate(flat.texts):
        name = ids[flat.owners[row]]
        codings[name].append(
            Coding(
                document_id=name,
                segment=flat.numbers[row],
                text=text,
                theme=number[int(coded.topics[row])],
                is_primary=bool(coded.is_primary[row]),
                confidence=round(float(coded.confidence[row]), 4),
                needs_review=bool(flags[row]),
                set_aside=None,
            )
        )
    return codings
