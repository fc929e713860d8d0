"""Themes from a fitted BERTopic model made of this project's own parts.

BERTopic composes: our sentence vectors, `BlendReducer` in its reducer slot, `WardThemes` in its
clusterer slot, a word counter with a vocabulary shared by several answers, and BERTopic's class
TF-IDF for the label words. This module is heavy: import it inside the function that needs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder
from bertopic.vectorizers import ClassTfidfTransformer
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from threadpoolctl import threadpool_limits

from analysis.embeddings.embedding import Embedder, Vectors
from analysis.engine import hierarchy, terms
from analysis.engine.blending import BlendReducer
from analysis.engine.clustering import WardThemes
from analysis.engine.hierarchy import Grown

TERMS_KEPT = 30
END = "|"
PLACED_AT_ONCE = 4000

Labels = NDArray[np.int64]
Matrix = NDArray[np.float64]


class Backend(BaseEmbedder):  # type: ignore[misc]  # BERTopic ships no types
    """Our embedder in the form BERTopic asks for."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__()
        self.embedder = embedder

    def embed(self, documents: Sequence[str], verbose: bool = False) -> Vectors:  # noqa: ARG002
        """Return one vector a text; verbose is BERTopic's and not used."""
        return self.embedder.embed(list(documents))


class _Model(BERTopic):  # type: ignore[misc]  # BERTopic ships no types
    """BERTopic without its own choice of typical texts, which takes a quarter of its time.

    Ours are chosen among segments, by their places: `analysis.themes.describing`.
    """

    def _save_representative_docs(self, documents: Any) -> None:  # noqa: ARG002  # BERTopic's
        self.representative_docs_: dict[int, list[str]] = {}


@dataclass(frozen=True)
class Placement:
    """Where texts ended up.

    Attributes:
        topics: for each text the number of its topic, from 0.
        similarity: cosine of each text to each topic, of shape (texts, topics).
        places: of each text in the small space, of shape (texts, dimensions).
    """

    topics: Labels
    similarity: Matrix
    places: Matrix

    @property
    def confidence(self) -> Matrix:
        """Return for each text the cosine to its own topic."""
        own: Matrix = self.similarity[np.arange(len(self.topics)), self.topics]
        return own

    @property
    def margin(self) -> Matrix:
        """Return for each text how much nearer its own topic is than the next one."""
        others = self.similarity.copy()
        others[np.arange(len(self.topics)), self.topics] = -1
        margin: Matrix = self.confidence - others.max(axis=1)
        return margin


@dataclass(frozen=True)
class Topics:
    """A fitted model, how its own texts were placed, how topics nest, and how to place others."""

    model: Any
    placement: Placement
    order: Labels
    texts: tuple[str, ...]
    grown: Grown

    def place(self, texts: Sequence[str], vectors: Vectors) -> Placement:
        """Place other texts by the nearest topic; vectors has one row a text.

        A few thousand at a time, so that a hundred thousand need no more memory than they fill.
        """
        reducer = self.model.umap_model
        with threadpool_limits(1):
            places = [
                reducer.read(texts[start : start + PLACED_AT_ONCE]).transform(
                    vectors[start : start + PLACED_AT_ONCE]
                )
                for start in range(0, len(texts), PLACED_AT_ONCE)
            ]
            return _placement(self.model.hdbscan_model, np.vstack(places), self.order)


def fit(
    texts: Sequence[str], vectors: Vectors, embedder: Embedder, *, themes: int | None, seed: int
) -> Topics:
    """Fit BERTopic on texts in canonical order.

    The linear algebra runs in one thread: its last digits would otherwise depend on the number of
    cores, and at this size more threads only cost.

    Args:
        texts: at least six, see `terms.are_enough`.
        vectors: their sentence vectors, of shape (len(texts), d).
        embedder: used by BERTopic for anything else it wants to embed.
        themes: how many, or None to choose.
        seed: for the latent word space.
    """
    with threadpool_limits(1):
        return _fit(texts, vectors, embedder, themes=themes, seed=seed)


def _fit(
    texts: Sequence[str], vectors: Vectors, embedder: Embedder, *, themes: int | None, seed: int
) -> Topics:
    reducer = BlendReducer(seed=seed).read(texts)
    clusterer = WardThemes(themes).read(vectors)
    counted = [terms.terms(text) for text in texts]
    model = _Model(
        language="multilingual",
        embedding_model=Backend(embedder),
        umap_model=reducer,
        hdbscan_model=clusterer,
        vectorizer_model=CountVectorizer(analyzer=_listed, vocabulary=terms.shared(counted)),
        ctfidf_model=ClassTfidfTransformer(),
        top_n_words=TERMS_KEPT,
    )
    found, _ = model.fit_transform([_list_of(own) for own in counted], np.asarray(vectors))
    topics = np.asarray(found, dtype=np.int64)
    order = _clusters_in_topic_order(clusterer.labels_, topics)
    similarity = clusterer.similarity(reducer.places_)[:, order]
    placement = Placement(topics, similarity, reducer.places_)
    return Topics(model, placement, order, tuple(texts), hierarchy.grow(reducer.places_, topics))


def _list_of(found: Sequence[str]) -> str:
    """Return the terms of a text as BERTopic is handed them, so that they are looked for once.

    BERTopic joins the texts of a topic with a space, so every term stands between two signs that no
    term holds; a text without terms is not empty either, which BERTopic would fill.
    """
    return END.join(["", *found, ""])


def _listed(joined: str) -> list[str]:
    return joined.split(END)


def _clusters_in_topic_order(clusters: Labels, topics: Labels) -> Labels:
    """Return the cluster number of topic 0, 1, 2...: BERTopic renumbers clusters by their size."""
    first = [int(np.flatnonzero(topics == topic)[0]) for topic in range(int(topics.max()) + 1)]
    return clusters[first]


def _placement(clusterer: WardThemes, places: Matrix, order: Labels) -> Placement:
    similarity = clusterer.similarity(places)[:, order]
    return Placement(np.argmax(similarity.round(9), axis=1).astype(np.int64), similarity, places)
