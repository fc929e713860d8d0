"""Theme analysis: a library on plain dataclasses and arrays, with thin edges to the database."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.texts.documents import Document

if TYPE_CHECKING:
    from analysis.standalone.notebook import TabledAnalysis
    from analysis.themes.pipeline import Progress
    from analysis.themes.results import AnalysisSettings

__all__ = ["Document", "analyse"]


def analyse(
    answers: Iterable[str | Document | None],
    settings: "AnalysisSettings | None" = None,
    progress: "Progress | None" = None,
) -> "TabledAnalysis":
    """Propose themes for answers: the same analysis as the workbench, for a notebook.

    Args:
        answers: texts, or Documents where ids and groups matter; a text gets its place as its id,
            from "1" on; one that is missing (None, or NaN of pandas) is a blank answer.
        settings: see `analysis.themes.results.AnalysisSettings`; the defaults suit most surveys.
        progress: called with (stage, done, total).

    Returns:
        The themes and codings, and both as tables: `.themes_table()`, `.codings_table()`.

    Raises:
        TypeError: what was given is one text or a whole table, or holds what is no text.
    """
    from analysis.standalone import notebook  # noqa: PLC0415  # so that importing the package stays light

    return notebook.analyse(answers, settings, progress)
