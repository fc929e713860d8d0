"""The analysis for a notebook: texts in, themes and codings out, as objects and as tables."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.texts.documents import Document
from analysis.themes import pipeline
from analysis.themes.pipeline import Progress
from analysis.themes.results import Analysis, AnalysisSettings


class NotAListError(TypeError):
    """One text, or a whole table, was given where a list of texts is needed."""

    def __init__(self) -> None:
        super().__init__('Give a list of texts or one column of a table, such as table["Comment"].')


class NotATextError(TypeError):
    """Something among the answers is no text."""

    def __init__(self, place: int, answer: object) -> None:
        super().__init__(f"Answer {place} is {answer!r:.40} and no text. Is it the right column?")


@dataclass(frozen=True)
class TabledAnalysis(Analysis):
    """An analysis that can also be had as tables; everything else is as in `Analysis`."""

    def themes_records(self) -> list[Mapping[str, object]]:
        """Return one dictionary for each theme: number, label, answers and words."""
        return [
            {
                "theme": theme.number,
                "label": theme.label,
                "answers": theme.documents,
                "words": ", ".join(theme.words),
            }
            for theme in self.themes
        ]

    def codings_records(self) -> list[Mapping[str, object]]:
        """Return one dictionary for each segment of each answer, with its theme's label."""
        labels = {theme.number: theme.label for theme in self.themes}
        return [
            {**dataclasses.asdict(coding), "label": labels.get(coding.theme or 0, "")}
            for coding in self.codings
        ]

    def themes_table(self) -> Any:
        """Return the themes as a pandas DataFrame, one row each."""
        return _table(self.themes_records())

    def codings_table(self) -> Any:
        """Return the codings as a pandas DataFrame, one row a segment."""
        return _table(self.codings_records())


def analyse(
    answers: Iterable[str | Document | None],
    settings: AnalysisSettings | None = None,
    progress: Progress | None = None,
) -> TabledAnalysis:
    """Analyse texts or documents; see `analysis.analyse`."""
    if isinstance(answers, str | Mapping) or hasattr(answers, "columns"):
        raise NotAListError
    documents = [_document(place, answer) for place, answer in enumerate(answers, start=1)]
    found = pipeline.analyse(documents, settings, progress)
    return TabledAnalysis(**{f.name: getattr(found, f.name) for f in dataclasses.fields(found)})


def _document(place: int, answer: object) -> Document:
    """Return an answer with its place as its id; what a table calls missing is left blank.

    Raises:
        NotATextError: it is something else than a text.
    """
    if isinstance(answer, Document):
        return answer
    if isinstance(answer, str):
        return Document(str(place), answer)
    if answer is None or answer != answer:  # noqa: PLR0124  # only "not a number" differs from itself
        return Document(str(place), "")
    raise NotATextError(place, answer)


def _table(records: Sequence[Mapping[str, object]]) -> Any:
    import pandas as pd  # noqa: PLC0415  # only who wants tables pays for it

    return pd.DataFrame.from_records(records)
