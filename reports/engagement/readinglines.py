"""The measures of how comments were read, for safety and for what they say."""

from collections.abc import Iterator

from analysis.codeframes.agreement import Agreement
from analysis.models.store import AnalysisRun
from reports.engagement.measured import Measure, per_cent
from reports.words import wording

AIM_ALPHA = 0.7


def safety(in_time: int, judged: int) -> Iterator[Measure]:
    """Yield how many texts were read for safety by their day."""
    yield Measure(
        "reading", "Read for safety in time", "",
        "Texts that a person read within the working days allowed, of all that are read or late.",
        per_cent(in_time, judged) or "Nothing to read",
        f"{wording.number(in_time)} of {wording.plural(judged, 'text', 'texts')}", "Aim: 100%.",
    )  # fmt: skip


def coding(run: AnalysisRun, read: int, agreed: Agreement) -> Iterator[Measure]:
    """Yield how far the comments are read and grouped, and how far two readers agree."""
    documents = wording.plural(run.documents, "comment", "comments")
    yield Measure(
        "reading", "Read by a person", "",
        "Comments that a person read and decided about, of all that were analysed.",
        per_cent(read, run.documents), f"{wording.number(read)} of {documents}",
        "Aim: every one of up to 1,000 comments.",
    )  # fmt: skip
    yield Measure(
        "reading", "In a theme", "",
        "Comments that the machine proposed a theme for; the others are set aside with a reason.",
        per_cent(run.themed, run.documents), f"{wording.number(run.themed)} of {documents}",
    )  # fmt: skip
    alpha = agreed.alpha
    yield Measure(
        "reading", "Two readers agree", "",
        "Krippendorff's alpha over all comments that two people coded without seeing each other's.",
        "Not read twice yet" if alpha is None else f"{alpha:.2f}",
        wording.plural(agreed.answers, "comment", "comments") + " read twice",
        f"Aim: {AIM_ALPHA} or more.",
    )  # fmt: skip
