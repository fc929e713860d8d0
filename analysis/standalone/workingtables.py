"""The analyst's own tables of an analysed file: themes.csv and codings.csv.

They can be read with nothing else beside them: every row of codings.csv has its redacted words and
the name of its theme, so that who reads what "needs review" first can read it there.
"""

from collections.abc import Sequence

from analysis.texts.documents import Document, words_hash
from analysis.themes.results import Analysis, Example, ProposedTheme

CODING_COLUMNS = (
    "row",
    "id",
    "segment",
    "theme_id",
    "theme",
    "is_primary",
    "confidence",
    "needs_review",
    "set_aside_reason",
    "text",
    "language",
    "words_hash",
)
THEME_COLUMNS = (
    "theme_id",
    "label",
    "suggested_name",
    "answers",
    "percent_of_analysed",
    "words",
    "example",
    "another_example",
    "at_the_edge",
    "against_the_grain",
    "ways_of_speaking",
    "stability",
    "coherence",
    "distinctness",
)


def theme_rows(analysis: Analysis) -> list[tuple[object, ...]]:
    """Return the rows in the order of THEME_COLUMNS, the largest theme first."""
    said = {(coding.document_id, coding.segment): coding.text for coding in analysis.codings}
    analysed = analysis.run.counts["analysed"]
    return [
        (
            theme.number,
            theme.label,
            suggested_name(theme),
            theme.documents,
            round(100 * theme.documents / analysed),
            ", ".join(theme.words),
            *_first(theme.examples, 2, said),
            *_first(edge(theme), 1, said),
            *_first(against(theme), 1, said),
            _ways_of_speaking(theme),
            *_figures(theme),
        )
        for theme in analysis.themes
    ]


def coding_rows(
    analysis: Analysis, documents: Sequence[Document], ids: Sequence[str]
) -> list[tuple[object, ...]]:
    """Return the rows in the order of CODING_COLUMNS, as the file has them.

    Args:
        analysis: of a file, so that document ids are numbers of rows.
        documents: a hash of whose words tells later whose row it was, wherever it stands then.
        ids: what the file calls each row, in its order.
    """
    hashes = {document.id: words_hash(document.text) for document in documents}
    labels = {theme.number: theme.label for theme in analysis.themes}
    codings = sorted(analysis.codings, key=lambda coding: (int(coding.document_id), coding.segment))
    return [
        (
            int(coding.document_id),
            ids[int(coding.document_id) - 1],
            coding.segment,
            coding.theme or "",
            labels.get(coding.theme or 0, ""),
            coding.is_primary,
            "" if coding.set_aside else f"{coding.confidence:.4f}",
            coding.needs_review,
            coding.set_aside or "",
            coding.text,
            coding.language,
            hashes[coding.document_id],
        )
        for coding in codings
    ]


def suggested_name(theme: ProposedTheme) -> str:
    """Return the best name in people's own words, or "" where none stands for the theme."""
    return theme.suggestions.names[0].value if theme.suggestions and theme.suggestions.names else ""


def edge(theme: ProposedTheme) -> tuple[Example, ...]:
    """Return the comments least like the theme that are not its examples already."""
    found = theme.suggestions.edge if theme.suggestions else ()
    return tuple(example for example in found if example not in theme.examples)


def against(theme: ProposedTheme) -> tuple[Example, ...]:
    """Return the comments that speak otherwise than most of the theme."""
    return theme.suggestions.dissenting if theme.suggestions else ()


def _first(examples: Sequence[Example], count: int, said: dict[Example, str]) -> list[str]:
    """Return the words of so many examples; nothing for those there are not."""
    words = [said[example] for example in examples[:count]]
    return words + [""] * (count - len(words))


def _ways_of_speaking(theme: ProposedTheme) -> str:
    """Return "positive 12, negative 2": guessed for each answer, to sort by, not to count."""
    stances = theme.suggestions.stances if theme.suggestions else ()
    return ", ".join(f"{way} {answers}" for way, answers in stances)


def _figures(theme: ProposedTheme) -> list[object]:
    figures = theme.stability, theme.coherence, theme.distinctness
    return ["" if figure is None else round(figure, 4) for figure in figures]
