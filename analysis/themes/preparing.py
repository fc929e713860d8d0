"""What happens to answers before themes are found in them, and to those that are not in English."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analysis.texts import setaside
from analysis.texts.clauses import segments
from analysis.texts.documents import Document

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder
    from analysis.embeddings.multilingual import Space
    from analysis.texts.campaigns import CopyGroup
    from analysis.themes.results import Coding, ProposedTheme

NOTHING = "No answer could be analysed, so there are no themes."
NOTHING_IN_ENGLISH = (
    "No answer in English could be analysed, so there are no themes: themes are found in English, "
    "and only then do answers in other languages join them. "
    "Have the answers translated, and analyse the English words."
)


def sorted_out(
    documents: Sequence[Document], texts: Sequence[str]
) -> "tuple[tuple[CopyGroup, ...], list[str], list[setaside.Reason | None]]":
    """Return proposed groups of shared text, the words left to analyse, and what is set aside."""
    from analysis.texts import campaigns  # noqa: PLC0415  # numpy

    groups = campaigns.groups(documents, texts)
    settled = campaigns.settle(documents, texts)
    return groups, settled.texts, setaside.reasons(documents, settled.texts, settled.copies)


@contextmanager
def reading_beforehand(reader: "Embedder") -> Iterator[Callable[[Document, str], None]]:
    """Give a function that has a redacted answer and its segments read soon, if it is analysed."""
    from analysis.themes import beforehand, proposals  # noqa: PLC0415  # numpy

    with beforehand.reading(reader) as read_soon:

        def read(document: Document, text: str) -> None:
            if setaside.reason(document, text) is None:
                read_soon([proposals.for_machine(own) for own in (text, *segments(text))])

        yield read


def other_languages(
    themes: "tuple[ProposedTheme, ...]",
    coded: "dict[str, list[Coding]]",
    aside: "dict[str, Coding]",
    space: "Space | None",
) -> "tuple[tuple[ProposedTheme, ...], dict[str, list[Coding]], dict[str, Coding]]":
    """Place what can be read in other languages; the rest stays set aside for a translator."""
    if not any(coding.set_aside == "other_language" for coding in aside.values()):
        return themes, coded, aside
    from analysis.themes import otherlanguages  # noqa: PLC0415  # numpy and another model

    return otherlanguages.join(themes, coded, aside, space)
