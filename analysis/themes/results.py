"""What an analysis is asked for and what it returns: settings, themes, codings, and the record."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.engine.hierarchy import ThemeTree
    from analysis.texts.campaigns import CopyGroup


Example = tuple[str, int]
"""A comment that stands for others: document id and segment."""


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
class Suggested:
    """One suggestion and its score.

    Attributes:
        value: a name or a code.
        score: cosine to the middle of the theme's central comments, 0 to 1.
    """

    value: str
    score: float


@dataclass(frozen=True)
class Suggestions:
    """Everything suggested about one theme; the best of each comes first.

    Attributes:
        names: pieces of people's own clauses.
        codes: for each code list the most similar codes.
        edge: (document id, segment) of the comments least like the theme.
        dissenting: of those that speak otherwise than most.
        stances: how many of its answers speak in each way.
        audiences: how many of its answers come from each group.
    """

    names: tuple[Suggested, ...]
    codes: tuple[tuple[str, tuple[Suggested, ...]], ...]
    edge: tuple[Example, ...]
    dissenting: tuple[Example, ...]
    stances: tuple[tuple[str, int], ...]
    audiences: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ProposedTheme:
    """A theme as the machine proposes it: a draft, nobody's decision yet.

    Attributes:
        number: from 1, the largest first; stable for the same answers in any order.
        label: up to three telling terms.
        words: its c-TF-IDF terms, heaviest first.
        documents: how many answers hold it.
        examples: (document id, segment) of central comments, most central first.
        suggestions: what it may be called, what is typical and what not, how people feel.
        stability: mean Jaccard with its match in resamples, 0 to 1, or None when not measured.
        found_again: in how many resamples that was at least 0.6, or None.
        coherence: mean NPMI of its first ten words, -1 to 1, or None.
        distinctness: one minus its largest cosine to another theme, or None.
        leaves: which leaves of the tree of themes it is made of.
    """

    number: int
    label: str
    words: tuple[str, ...]
    documents: int
    examples: tuple[tuple[str, int], ...]
    suggestions: Suggestions | None = None
    stability: float | None = None
    found_again: int | None = None
    coherence: float | None = None
    distinctness: float | None = None
    leaves: tuple[int, ...] = ()


@dataclass(frozen=True)
class Coding:
    """One segment of one answer and the theme it was given, or why it was set aside.

    Attributes:
        document_id: which answer.
        segment: from 1 within the answer.
        text: the redacted words; empty when the answer is held.
        theme: number of the theme, or None when set aside.
        is_primary: the main theme of the answer; exactly one segment of each analysed answer.
        confidence: 0 to 1, how likely a person would agree (`analysis.engine.certainty`).
        needs_review: a person should read this one first.
        set_aside: the reason, or None when analysed.
        language: ISO 639 code of the answer; one that is not English and has a theme was placed
            by likeness in the multilingual space, is not checked and needs a translation.
        leaf: the part of the tree of themes it lies in, or None without a tree.
    """

    document_id: str
    segment: int
    text: str
    theme: int | None
    is_primary: bool
    confidence: float
    needs_review: bool
    set_aside: str | None
    language: str = "en"
    leaf: int | None = None


@dataclass(frozen=True)
class Finding:
    """A rule that is not met.

    Attributes:
        rule: its name.
        themes: numbers of the themes it is about; empty when about all of them.
        limit: the figure that decides.
    """

    rule: str
    themes: tuple[int, ...]
    limit: float


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
        coverage: documents = themed + needs_reading + set_aside.
        stability: agreement of resamples, how many, the share of answers in each, and how
            many themes are found again; empty when not measured.
        calibration: the weights that turned closeness into confidence.
        findings: the acceptance rules that are not met.
    """

    input_hash: str
    settings: dict[str, int | float | None]
    seed: int
    versions: dict[str, str]
    counts: dict[str, int]
    seconds: dict[str, float]
    notes: tuple[str, ...]
    coverage: dict[str, int] = field(default_factory=dict)
    stability: dict[str, float] = field(default_factory=dict)
    calibration: dict[str, float] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """The whole result; codings are in canonical order of the answers.

    Groups of shared text are proposals: nothing follows from one until a person confirms it.
    The tree says how themes nest in broader and finer ones (`analysis.themes.regrouping`); None
    when there were too few answers.
    """

    themes: tuple[ProposedTheme, ...]
    codings: tuple[Coding, ...]
    run: RunRecord
    groups: "tuple[CopyGroup, ...]" = ()
    tree: "ThemeTree | None" = None


@dataclass(frozen=True)
class Proposal:
    """What the middle of the pipeline found: the parts of an Analysis and of its record."""

    themes: tuple[ProposedTheme, ...]
    codings: dict[str, list[Coding]]
    notes: tuple[str, ...]
    tree: "ThemeTree | None" = None
    stability: dict[str, float] = field(default_factory=dict)
    calibration: dict[str, float] = field(default_factory=dict)
    model: str = ""
