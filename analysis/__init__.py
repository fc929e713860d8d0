"""Theme analysis: a library on plain dataclasses and arrays, with thin edges to the database."""

from analysis.documents import Document
from analysis.pipeline import Analysis, AnalysisSettings, analyse

__all__ = ["Analysis", "AnalysisSettings", "Document", "analyse"]
