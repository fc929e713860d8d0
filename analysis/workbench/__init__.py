"""The analyst's workbench: see what was proposed, read, code, decide, and see what it changed."""

from analysis.workbench import (
    carrying,
    numbers,
    overview,
    reading,
    searching,
    splitting,
    themes,
    trails,
)
from analysis.workbench.desk import blueprint

__all__ = [
    "blueprint",
    "carrying",
    "numbers",
    "overview",
    "reading",
    "searching",
    "splitting",
    "themes",
    "trails",
]
