"""The middle of the pipeline: from readable answers to proposed themes and their codings."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.engine import keyphrases, labels, terms
from analysis.redaction import without_placeholders
from analysis.themes import beforehand, describing
from analysis.themes.describing import Placed
from analysis.themes.results import AnalysisSettings, Coding, Proposal, ProposedTheme

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder, Vectors
    from analysis.engine.coding import Coded
    from analysis.engine.proof import Proof
    from analysis.engine.topics import Placement, Topics

TOO_FEW = (
    "Only {n} answers could be analysed. Below {smallest} the machine does not claim themes: "
    "these groups are a help for reading, and every answer should be read by a person."
)
NO_STRUCTURE = (
    "These answers fall into groups no more clearly than answers about nothing alike would. "
    "The groups are a help for reading; no theme is claimed, and every answer should be read."
)
NO_MODEL = "There was too little to compare, so all answers stand in one group for reading."
ALL_ALIKE = "All {n:,} answers say the same, so there is nothing to divide: one group for reading."
SAMPLED = "Themes were found in {used:,} of {n:,} answers; the others joined the nearest theme."
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


@dataclass(frozen=True)
class Found:
    """Coded segments, the model they were coded with, and how far both can be trusted.

    Attributes:
        coded: see `coding.Coded`.
        fitted: see `topics.Topics`.
        proof: see `proof.Proof`.
        leaves: for each segment its leaf in the tree of themes.
        confidence: for each segment, 0 to 1.
        model: name of the sentence model.
        notes: sentences for the record.
    """

    coded: "Coded"
    fitted: "Topics"
    proof: "Proof"
    leaves: NDArray[np.int64]
    confidence: NDArray[np.float64]
    model: str
    notes: tuple[str, ...]


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
    answers = [for_machine(text) for text in texts]
    if not terms.are_enough(answers):
        return _one_group(ids, flat)
    found = _code(answers, flat, settings, clock, embedder)
    few = len(ids) < settings.smallest_for_themes
    described, number = _described(ids, flat, found, settings)
    themes = _proven(described, number, found, texts)
    return Proposal(
        themes=themes,
        codings=_codings(ids, flat, found, number, _flags(found, settings, everything=few)),
        notes=_notes(len(ids), found, settings),
        tree=found.fitted.grown.tree,
        stability={} if few else found.proof.figures(),
        calibration=found.proof.calibration(),
        model=found.model,
    )


def _flat(pieces: Sequence[Sequence[str]]) -> Pieces:
    return Pieces(
        [text for own in pieces for text in own],
        [answer for answer, own in enumerate(pieces) for _ in own],
        [number for own in pieces for number in range(1, len(own) + 1)],
    )


def for_machine(text: str) -> str:
    """Return words as the machine reads them: without what stands for something taken out."""
    return without_placeholders(text) or NO_WORDS


def _one_group(ids: Sequence[str], flat: Pieces) -> Proposal:
    """Put everything in one group when there is nothing to compare."""
    examples = tuple((name, 1) for name in ids[:5])
    theme = ProposedTheme(1, labels.ONE_GROUP, (), len(ids), examples)
    codings: dict[str, list[Coding]] = {name: [] for name in ids}
    for text, owner, number in zip(flat.texts, flat.owners, flat.numbers, strict=True):
        name = ids[owner]
        codings[name].append(Coding(name, number, text, 1, number == 1, 0.0, True, None))
    alike = len(ids) > 1 and len(set(flat.texts)) == 1
    note = ALL_ALIKE.format(n=len(ids)) if alike else NO_MODEL
    return Proposal((theme,), codings, (note,))


def _code(
    answers: list[str],
    flat: Pieces,
    settings: AnalysisSettings,
    clock: Clock,
    embedder: "Embedder | None",
) -> Found:
    """Embed, fit, prove and place.

    Themes are found in whole answers, because a segment torn from its answer loses what it is
    about; each segment is then placed by itself, because an answer can hold several themes.
    """
    pieces = [for_machine(text) for text in flat.texts]
    with clock.stage("Reading for meaning", len({*answers, *pieces})) as step:
        embedder = embedder or _installed_embedder()
        vectors = embedder.embed([*answers, *pieces], step)
    beforehand.topics_loaded()
    from analysis.engine import coding, proof, topics  # noqa: PLC0415  # BERTopic

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
    with clock.stage("Testing themes", 1):
        proven = proof.prove(fitted, whole[rows], seed=settings.seed)
    with clock.stage("Coding", len(pieces)):
        placed, own = fitted.place(pieces, parts), _place_all(fitted, answers, whole, rows)
        coded = coding.code_answers(flat.owners, own, placed)
        leaves = fitted.grown.leaves_of(placed.places, coded.topics)
    notes = (SAMPLED.format(used=len(rows), n=len(answers)),) if len(rows) < len(answers) else ()
    sure = proven.confidence(*coding.evidence(coded, flat.owners, own))
    return Found(coded, fitted, proven, leaves, sure, embedder.name, notes)


def _installed_embedder() -> "Embedder":
    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # loads the model

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


def _notes(answers: int, found: Found, settings: AnalysisSettings) -> tuple[str, ...]:
    smallest = settings.smallest_for_themes
    if answers < smallest:
        return (TOO_FEW.format(n=answers, smallest=smallest), *found.notes)
    return found.notes if found.proof.has_structure else (NO_STRUCTURE, *found.notes)


def _flags(found: Found, settings: AnalysisSettings, *, everything: bool) -> NDArray[np.bool_]:
    from analysis.engine.coding import review_flags  # noqa: PLC0415

    everything = everything or not found.proof.has_structure
    return review_flags(found.confidence, 1.0 if everything else settings.review_share)


def _described(
    ids: Sequence[str], flat: Pieces, found: Found, settings: AnalysisSettings
) -> tuple[tuple[ProposedTheme, ...], dict[int, int]]:
    fitted, coded = found.fitted, found.coded
    placed = [
        Placed(
            ids[flat.owners[row]],
            flat.numbers[row],
            text,
            int(coded.topics[row]),
            bool(coded.is_primary[row]),
            float(coded.closeness[row]),
        )
        for row, text in enumerate(flat.texts)
    ]
    words = keyphrases.of_topics(fitted.texts, fitted.placement.topics.tolist())
    return describing.described(placed, words.__getitem__, examples=settings.examples)


def _proven(
    themes: Sequence[ProposedTheme], number: dict[int, int], found: Found, texts: Sequence[str]
) -> tuple[ProposedTheme, ...]:
    """Add to each theme how firm, coherent and distinct it is, and its leaves."""
    from analysis.engine.coherence import coherences  # noqa: PLC0415

    topic = {theme: topic for topic, theme in number.items()}
    words = coherences([theme.words for theme in themes], texts)
    leaves = found.fitted.grown.themes
    return tuple(
        replace(
            theme,
            stability=found.proof.stability_of(topic[theme.number]),
            found_again=found.proof.found_again(topic[theme.number]),
            coherence=None if score is None else round(score, 4),
            distinctness=found.proof.distinctness_of(topic[theme.number]),
            leaves=tuple(np.flatnonzero(leaves == topic[theme.number]).tolist()),
        )
        for theme, score in zip(themes, words, strict=True)
    )


def _codings(
    ids: Sequence[str],
    flat: Pieces,
    found: Found,
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
                theme=number[int(found.coded.topics[row])],
                is_primary=bool(found.coded.is_primary[row]),
                confidence=round(float(found.confidence[row]), 4),
                needs_review=bool(flags[row]),
                set_aside=None,
                leaf=int(found.leaves[row]),
            )
        )
    return codings
