"""From answers to proposed themes: every answer in comes out again, coded or set aside.

This is the one door to the analysis. Everything it proposes is a draft for a person to name,
change or refuse; what it could not do it says in the notes of the run.
"""

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis import redaction
from analysis.language.languages import ENGLISH, detect
from analysis.texts import setaside
from analysis.texts.clauses import segments
from analysis.texts.documents import Document, canonical_order, input_hash
from analysis.themes import acceptance, beforehand, preparing, record
from analysis.themes.results import (
    Analysis,
    AnalysisSettings,
    Coding,
    Proposal,
    ProposedTheme,
    RunRecord,
)

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder
    from analysis.embeddings.multilingual import Space
    from analysis.themes.suggestions import CodeLists

Progress = Callable[[str, int, int], None]

STAGES = (
    "Removing names", "Setting aside", "Reading for meaning", "Finding themes", "Testing themes",
    "Coding", "Other languages", "Suggesting names",
)  # fmt: skip
"""What a progress bar says, in order."""

MOST_READ_BEFOREHAND = 5_000
"""A longer run gains nothing worth naming from the second before its reading begins."""


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
    space: "Space | None" = None,
    lists: "CodeLists | None" = None,
) -> Analysis:
    """Propose themes for answers.

    Args:
        documents: answers with distinct ids, in any order.
        settings: the defaults suit a survey of 60 to 100,000 answers.
        progress: called with (stage, done, total).
        embedder: another sentence model; the installed English one unless given.
        space: another multilingual space for answers that are not in English.
        lists: codes to suggest for each theme, with what they mean.

    Raises:
        RepeatedIdError: two documents share an id.
        ModelFileError: a model file is missing or changed.
    """
    settings, clock = settings or AnalysisSettings(), _Clock(progress or _nobody)
    ordered = canonical_order(documents)
    reader = _reader(embedder, ordered)
    with _reading_beforehand(reader, ordered, wanted=embedder is None) as read_soon:
        with clock.stage("Removing names", len(ordered)) as step:
            texts = _redacted(ordered, step, read_soon)
        with clock.stage("Setting aside", len(ordered)):
            groups, texts, reasons = preparing.sorted_out(ordered, texts)
        beforehand.begin_topics()
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    found = _find_themes(
        [ordered[i].id for i in kept], [texts[i] for i in kept], settings, clock, reader, reasons
    )
    whole = zip(ordered, texts, reasons, strict=True)
    aside = {d.id: _set_aside(d, text, reason) for d, text, reason in whole if reason}
    with clock.stage("Other languages", len(aside)):
        themes, coded, aside = preparing.other_languages(found.themes, found.codings, aside, space)
    with clock.stage("Suggesting names", len(themes)):
        themes = _suggested(themes, coded, ordered, lists or {}, reader)
    codings = tuple(c for d in ordered for c in coded.get(d.id) or [aside[d.id]])
    record.account_for(ordered, codings)
    run = RunRecord(
        input_hash=input_hash(ordered),
        settings=dataclasses.asdict(settings),
        seed=settings.seed,
        versions=record.versions(found.model),
        counts=record.counts(codings, themes),
        seconds=clock.seconds,
        notes=found.notes,
        coverage=record.coverage(codings),
        stability=found.stability,
        calibration=found.calibration,
        findings=acceptance.of_themes(themes, len(kept)) if found.stability else (),
    )
    return Analysis(themes, codings, run, groups, found.tree)


def _nobody(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""


def _reader(embedder: "Embedder | None", documents: Sequence[Document]) -> "Embedder":
    """Return what reads the answers, having begun to load whatever reading them will need."""
    from analysis.embeddings import remembered  # noqa: PLC0415  # numpy

    if documents:
        beforehand.begin(model=embedder is None)
    return remembered.remembering(embedder)


def _reading_beforehand(
    reader: "Embedder", documents: Sequence[Document], *, wanted: bool
) -> "AbstractContextManager[Callable[[Document, str], None]]":
    """Give what is called with each redacted answer; a short run has its answers read meanwhile."""
    if not wanted or not documents or len(documents) > MOST_READ_BEFOREHAND:
        return nullcontext(lambda _document, _text: None)
    return preparing.reading_beforehand(reader)


def _redacted(
    documents: Sequence[Document],
    step: Callable[[int, int], None],
    done_with: Callable[[Document, str], None],
) -> list[str]:
    """Take names out of the longest answers first: those gain most from being read meanwhile."""
    texts = [""] * len(documents)
    rows = sorted(range(len(documents)), key=lambda row: (-len(documents[row].words), row))
    for done, row in enumerate(rows, start=1):
        document = documents[row]
        overrides = () if document.translation else document.overrides
        texts[row] = redaction.redact(document.words, overrides).text
        done_with(document, texts[row])
        if done % 500 == 0:
            step(done, len(documents))
    return texts


def _find_themes(
    ids: list[str],
    texts: list[str],
    settings: AnalysisSettings,
    clock: _Clock,
    embedder: "Embedder | None",
    reasons: Sequence[setaside.Reason | None],
) -> Proposal:
    """Propose themes, when there is an answer to find them in."""
    if not ids:
        foreign = any(reason == "other_language" for reason in reasons)
        return Proposal((), {}, (preparing.NOTHING_IN_ENGLISH if foreign else preparing.NOTHING,))
    from analysis.themes import proposals  # noqa: PLC0415  # numpy and, further down, BERTopic

    pieces = [segments(text) for text in texts]
    return proposals.propose(ids, texts, pieces, settings, clock, embedder)


def _suggested(
    themes: tuple[ProposedTheme, ...],
    coded: Mapping[str, list[Coding]],
    documents: Sequence[Document],
    lists: "CodeLists",
    embedder: "Embedder",
) -> tuple[ProposedTheme, ...]:
    from analysis.themes import suggestions  # noqa: PLC0415  # numpy

    groups = {document.id: document.group for document in documents}
    everything = [coding for _, own in sorted(coded.items()) for coding in own]
    return suggestions.suggest(themes, everything, groups, lists, embedder)


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
        language=detect(text) if reason == "other_language" else ENGLISH,
    )
