import numpy as np
import pytest

from analysis.embeddings import embedding
from analysis.embeddings.embedding import Cached, FannedOut, default_embedder

TEXTS = ["The taxi is late.", "noise", "We waited a very long time for the plan.", "noise"]


class Counting:
    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: list[str], _progress: object = None) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_a_text_that_was_embedded_before_is_looked_up() -> None:
    model, store = Counting(), {}
    first = Cached(model, store).embed(TEXTS)
    again = Cached(model, store).embed([*TEXTS, "new"])
    assert model.asked == ["The taxi is late.", "noise", TEXTS[2], "new"]
    assert np.array_equal(first, again[:4])


def test_a_store_holds_no_words() -> None:
    store: dict[str, np.ndarray] = {}
    Cached(Counting(), store).embed(TEXTS)
    assert all(len(key) == 64 and int(key, 16) for key in store)


def test_two_models_do_not_share_their_vectors() -> None:
    store: dict[str, np.ndarray] = {}
    first, second = Counting(), Counting()
    second.name = "other"
    Cached(first, store).embed(TEXTS)
    Cached(second, store).embed(TEXTS)
    assert second.asked


def test_progress_ends_when_all_is_known() -> None:
    store: dict[str, np.ndarray] = {}
    seen: list[tuple[int, int]] = []
    Cached(Counting(), store).embed(TEXTS)
    Cached(Counting(), store).embed(TEXTS, lambda done, of: seen.append((done, of)))
    assert seen == [(4, 4)]


@pytest.mark.parametrize(("threads", "most"), [("1", 16), ("3", 24), ("2", 100_000)])
def test_batches_and_threads_change_no_digit(
    monkeypatch: pytest.MonkeyPatch, threads: str, most: int
) -> None:
    texts = [" ".join(TEXTS[2].split()[:words]) for words in range(1, 9)] + TEXTS
    alone = np.vstack([default_embedder().embed([text]) for text in texts])
    first = np.vstack([default_embedder().embed_with_openings([text])[1] for text in texts])
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    monkeypatch.setattr(embedding, "BATCH_TOKENS", most)
    assert np.array_equal(default_embedder().embed(texts), alone)
    assert np.array_equal(default_embedder().embed_with_openings(texts)[1], first)


def test_reading_stops_when_somebody_stops_it() -> None:
    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        default_embedder().embed(TEXTS, stop)


@pytest.mark.slow
def test_two_processes_give_the_vectors_of_one() -> None:
    with FannedOut(2) as fanned:
        assert np.array_equal(fanned.embed(TEXTS), default_embedder().embed(TEXTS))
        assert fanned.embed([]).shape == (0, 384)


def test_the_mean_of_its_tokens_is_the_vector_of_a_text_to_the_last_digit() -> None:
    tokens = default_embedder().tokens(TEXTS)
    means = embedding.unit_rows(np.stack([rows.mean(axis=0) for rows in tokens]))
    assert np.array_equal(means, default_embedder().embed(TEXTS))
    assert default_embedder().tokens([]) == []


def test_what_a_text_says_first_comes_from_the_same_reading() -> None:
    model = default_embedder()
    whole, opening = model.embed_with_openings(TEXTS)
    assert np.array_equal(whole, model.embed(TEXTS))
    assert np.linalg.norm(opening, axis=1) == pytest.approx(1)


def test_what_a_text_says_first_is_nearer_to_its_beginning_than_to_its_end() -> None:
    first, last = "The taxi to school is always late.", "Nobody told us about the youth club."
    whole, opening = default_embedder().embed_with_openings([f"{first} {last}", first, last])
    lean = [float(rows[0] @ rows[1] - rows[0] @ rows[2]) for rows in (whole, opening)]
    assert lean[1] > lean[0] + 0.05
