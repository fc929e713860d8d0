"""The measures of how comments were read, for safety and for what they say."""

from collections.abc import Iterator

from analysis.codeframes.agreement import Agreement
from analysis.models.store import AnalysisRun
from reports.engagement.defined import AIM_STABLE
from reports.engagement.measured import Measure, share
from reports.words import wording

COMMENTS, TEXTS, THEMES = ("comment", "comments"), ("text", "texts"), ("theme", "themes")


def safety(in_time: int, judged: int) -> Iterator[Measure]:
    """Yield how many texts were read for safety by their day."""
    yield share("read_in_time", "", in_time, judged, TEXTS, nothing="Nothing to read")


def coding(
    run: AnalysisRun, read: int, in_theme: int, stable: list[float], agreed: Agreement
) -> Iterator[Measure]:
    """Yield how far the comments are read and grouped, and how far two readers agree.

    `stable` holds the stability of each proposed theme that was tried again.
    """
    yield share("read", "", read, run.documents, COMMENTS)
    yield share("in_theme", "", in_theme, run.documents, COMMENTS)
    found_again = sum(one >= AIM_STABLE for one in stable)
    yield share("stable", "", found_again, len(stable), THEMES, nothing="Not tried again")
    alpha = agreed.alpha
    yield Measure(
        "agree", "", "Not read twice yet" if alpha is None else f"{alpha:.2f}",
        wording.plural(agreed.answers, *COMMENTS) + " read twice", out_of=agreed.answers,
    )  # fmt: skip
