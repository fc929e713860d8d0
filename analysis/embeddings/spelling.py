"""How answers are written: their words and parts of words, as short vectors.

Meaning models miss what is particular to a place: names of teams, forms and services. Parts of
words carry over spelling mistakes.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from analysis.embeddings.embedding import Vectors, unit_rows

SEED = 2026
FEWEST_TEXTS = 20
LARGEST_FIT = 20_000


def spelled(
    texts: Sequence[str], others: Sequence[str], dimensions: int
) -> tuple[list[Vectors], list[Vectors]]:
    """Return views of the texts and of other texts read with the same eyes.

    Args:
        texts: n texts to learn the words from.
        others: k further texts.
        dimensions: the most columns a view may have.

    Returns:
        Two lists of the same length, views of (n, columns) and of (k, columns), unit rows; empty
        when there are too few texts or words to say anything.
    """
    if len(texts) < FEWEST_TEXTS:
        return [], []
    readers = (
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, dtype=np.float32),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3, dtype=np.float32
        ),
    )
    with threadpool_limits(1):  # the last digits would depend on the number of cores
        found = [_view(reader, texts, others, dimensions) for reader in readers]
    views = [pair for pair in found if pair is not None]
    return [pair[0] for pair in views], [pair[1] for pair in views]


def _view(
    reader: TfidfVectorizer, texts: Sequence[str], others: Sequence[str], dimensions: int
) -> tuple[Vectors, Vectors] | None:
    sample = sorted(texts)[:: max(1, len(texts) // LARGEST_FIT)]
    try:
        counted = reader.fit_transform(sample)
    except ValueError:  # no words left: nothing but stop words or single letters
        return None
    columns = min(dimensions, counted.shape[1] - 1, counted.shape[0] - 1)
    if columns < 1:
        return None
    shorter = TruncatedSVD(columns, random_state=SEED).fit(counted)
    empty = np.zeros((0, columns), dtype=np.float32)
    return (
        unit_rows(shorter.transform(reader.transform(texts))),
        unit_rows(shorter.transform(reader.transform(others))) if len(others) else empty,
    )
