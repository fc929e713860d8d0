"""The reducer in BERTopic's `umap_model` slot: meaning and wording blended, then made small.

UMAP is random and slow at survey size. Here sentence vectors are joined with half as much of two
latent spaces of the wording, one of words and one of runs of four letters (in which "wait" is also
part of "waiting" and of "waitign"), and reduced by principal components to thirty dimensions. Each
text is then drawn half-way towards its six nearest neighbours, which closes up themes without
inventing any. Every step is linear algebra with a fixed seed, so the same answers always land in
the same places.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import unit_rows

Matrix = NDArray[np.float64]
Wording = Mapping[str, Any]

DIMENSIONS = 30
WORD_DIMENSIONS = 50
WORD_WEIGHT = 0.5
NEIGHBOURS = 6
PULL = 0.5
SEED = 2026
ROWS_AT_ONCE = 1024
FEWEST_FOR_SPREADS = 10 * DIMENSIONS
"""From so many texts the components come from how dimensions spread together, thrice as quickly;
fewer might not fill thirty dimensions, and that way blurs a direction in which nothing spreads."""

WORDS: Wording = {}
PHRASES: Wording = {"ngram_range": (1, 2)}
LETTERS: Wording = {"analyzer": "char_wb", "ngram_range": (4, 4)}
"""What is counted in each text. Pairs of words mostly say again what their words say."""


class BlendReducer:
    """Reduce sentence vectors with the help of the words; call `read` with the texts first.

    BERTopic hands only vectors to this slot, so the texts of the next call are read beforehand.
    """

    def __init__(
        self,
        *,
        seed: int = SEED,
        word_weight: float = WORD_WEIGHT,
        wordings: Sequence[Wording] = (WORDS, LETTERS),
    ) -> None:
        self.seed = seed
        self.word_weight = word_weight
        self.wordings = wordings
        self._texts: list[str] = []
        self._spaces: list[tuple[Any, Any]] = []
        self._components: Any = None
        self._fitted: Matrix = np.zeros((0, 0))
        self.places_: Matrix = np.zeros((0, 0))
        self.blended_: Matrix = np.zeros((0, 0))

    def read(self, texts: Sequence[str]) -> "BlendReducer":
        """Remember the texts that belong to the vectors of the next call."""
        self._texts = list(texts)
        return self

    def fit(self, vectors: NDArray[Any], y: object = None) -> "BlendReducer":
        """Learn the small space from vectors of shape (n, d); y is ignored."""
        self.fit_transform(vectors, y)
        return self

    def fit_transform(self, vectors: NDArray[Any], y: object = None) -> Matrix:  # noqa: ARG002
        """Learn the small space and return the places in it, of shape (n, at most 30)."""
        found = [space for w in self.wordings if (space := self._fit_wording(w))]
        self._spaces = [(counts, latent) for counts, latent, _ in found]
        self.blended_ = self._joined(vectors, [own for _, _, own in found])
        return self._learn(self.blended_)

    def learnt_from(self, rows: NDArray[np.int64]) -> "BlendReducer":
        """Return a reducer that learnt only from some of the rows; the word space is shared."""
        other = BlendReducer(seed=self.seed, word_weight=self.word_weight, wordings=self.wordings)
        other._learn(self.blended_[rows])  # of its own kind
        return other

    def places_of(self, blended: Matrix) -> Matrix:
        """Return the places of blended vectors, drawn towards the texts it learnt from."""
        return self._drawn_together(unit_rows(self._components.transform(blended)))

    def _learn(self, blended: Matrix) -> Matrix:
        from sklearn.decomposition import PCA  # noqa: PLC0415  # heavy

        dimensions = min(DIMENSIONS, blended.shape[0] - 1, blended.shape[1])
        solver = "full" if len(blended) < FEWEST_FOR_SPREADS else "covariance_eigh"
        self._components = PCA(dimensions, svd_solver=solver).fit(blended)
        self._fitted = unit_rows(self._components.transform(blended))
        self.places_ = self._drawn_together(self._fitted, own=True)
        return self.places_

    def transform(self, vectors: NDArray[Any]) -> Matrix:
        """Return the places of other texts, drawn towards the texts the space was learnt from."""
        return self.places_of(self._blend(vectors))

    def _fit_wording(self, wording: Wording) -> tuple[Any, Any, Matrix] | None:
        """Learn a latent space of what is counted, and its texts; None if little is shared."""
        from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        counts = TfidfVectorizer(sublinear_tf=True, min_df=2, **wording)
        try:
            matrix = counts.fit_transform(self._texts)
        except ValueError:
            return None
        size = min(WORD_DIMENSIONS, matrix.shape[1] - 1, matrix.shape[0] - 1)
        if size < 1:
            return None
        with np.errstate(invalid="ignore"):  # texts that all count alike have no variance
            latent = TruncatedSVD(size, random_state=self.seed).fit(matrix)
        matrix.sort_indices()
        return counts, latent, latent.transform(matrix)

    def _blend(self, vectors: NDArray[Any]) -> Matrix:
        """Join meaning and wordings of the texts that were read."""
        if not self.word_weight:
            return self._joined(vectors, [])
        own = [latent.transform(counts.transform(self._texts)) for counts, latent in self._spaces]
        return self._joined(vectors, own)

    def _joined(self, vectors: NDArray[Any], wordings: Sequence[Matrix]) -> Matrix:
        """Join meaning and wordings; the wordings share their weight, so that two weigh as one."""
        meaning: Matrix = unit_rows(np.asarray(vectors, dtype=np.float64))
        if not wordings or not self.word_weight:
            return meaning
        weight = self.word_weight / np.sqrt(len(wordings))
        return np.hstack([meaning, *(weight * unit_rows(own) for own in wordings)])

    def _drawn_together(self, places: Matrix, *, own: bool = False) -> Matrix:
        """Move each place half-way to the mean of its nearest neighbours among the fitted ones."""
        neighbours = min(NEIGHBOURS + own, len(self._fitted))
        moved = np.empty_like(places)
        for start in range(0, len(places), ROWS_AT_ONCE):
            rows = places[start : start + ROWS_AT_ONCE]
            nearest = _nearest(rows @ self._fitted.T, neighbours)
            means = self._fitted[nearest].mean(axis=1)
            moved[start : start + ROWS_AT_ONCE] = (1 - PULL) * rows + PULL * means
        return unit_rows(moved)


def _nearest(similarity: Matrix, count: int) -> NDArray[np.int64]:
    """Return for each row the columns of the `count` largest values, in no order."""
    nearest: NDArray[np.int64]
    if count == similarity.shape[1]:
        return np.broadcast_to(np.arange(count), similarity.shape)
    nearest = np.argpartition(-similarity.round(9), count - 1, axis=1)[:, :count]
    return np.sort(nearest, axis=1)
