"""The analysis for a notebook: texts in, themes and codings out, as objects and as tables."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.texts.documents import Document
from analysis.themes import pipeline
from analysis.themes.pipeline import Progress
from analysis.themes.results import Analysis, AnalysisSettings


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
    answers: Sequence[str | Document],
    settings: AnalysisSettings | None = None,
    progress: Progress | None = None,
) -> TabledAnalysis:
    """Analyse texts or documents; see `analysis.analyse`."""
    documents = [
        answer if isinstance(answer, Document) else Document(str(place), answer)
        for place, answer in enumerate(answers, start=1)
    ]
    found = pipeline.analyse(documents, settings, progress)
    return TabledAnalysis(**{f.name: getattr(found, f.name) for f in dataclasses.fields(found)})


def _table(records: Sequence[Mapping[str, object]]) -> Any:
    import pandas as pd  # noqa: PLC0415  # only who wants tables pays for it

    return pd.DataFrame.from_records(records)
