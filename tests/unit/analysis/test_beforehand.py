import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from analysis.embeddings import embedding
from analysis.texts.documents import Document
from analysis.themes import beforehand, pipeline, preparing
from analysis.themes.pipeline import analyse


class Unread:
    name = "never asked"

    def embed(self, _texts: object, _progress: object = None) -> np.ndarray:
        pytest.fail("there was nothing to read")


def loaders() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("beforehand")]


def wait_for_loaders() -> None:
    for thread in loaders():
        thread.join()


def test_loading_goes_on_while_the_run_does(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end, loaded = threading.Event(), threading.Event()
    monkeypatch.setattr(beforehand, "topics_loaded", lambda: may_end.wait(10) and loaded.set())
    beforehand.begin_topics()
    assert not loaded.is_set()
    may_end.set()
    wait_for_loaders()
    assert loaded.is_set()


def test_bertopic_is_whole_when_the_run_asks_for_it() -> None:
    program = (
        "import sys; from analysis.themes import beforehand; beforehand.begin(model=False);"
        "beforehand.begin_topics();"
        "beforehand.topics_loaded();"
        "from analysis.engine import coding, topics; print(topics.Placement is coding.Placement)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)  # noqa: S603  # our own words
    assert done.stdout.strip() == b"True"


def test_what_cannot_be_loaded_beforehand_stops_nothing_before_it_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(beforehand, "topics_loaded", missing)
    found = analyse([Document("1", "n/a")], embedder=Unread())
    wait_for_loaders()
    assert found.codings[0].set_aside == "nothing_to_add"


def test_a_model_that_cannot_be_loaded_is_told_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        message = "The model file is missing."
        raise embedding.ModelFileError(message)

    monkeypatch.setattr(embedding, "_loaded", broken)
    with pytest.raises(embedding.ModelFileError):
        analyse([Document(str(n), f"The bus was late {n} times, again.") for n in range(8)])
    wait_for_loaders()


def test_two_threads_that_ask_for_the_model_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def slow() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    monkeypatch.setattr(embedding, "_loaded", cache(slow))
    threads = [threading.Thread(target=embedding.default_embedder) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


class Reader:
    """Counts what it reads; equal texts get equal vectors."""

    name = "counts letters"

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str], _progress: object = None) -> np.ndarray:
        self.read += texts
        letters = "abcdefghijklmnopqrstuvwxyz"
        counts = [[text.lower().count(letter) + 0.1 for letter in letters] for text in texts]
        return embedding.unit_rows(np.array(counts, dtype=np.float32))


LONG = "The bus came late on day {n} and nobody told us, so the {thing} was missed once more. "


def long_answers() -> list[Document]:
    things = ("lesson", "club", "clinic", "meal", "swim")
    texts = [6 * LONG.format(n=n, thing=things[n % 5]) for n in range(30)]
    return [*(Document(str(n), text) for n, text in enumerate(texts)), Document("n", "n/a")]


@pytest.mark.parametrize("most", [0, 5_000], ids=["afterwards", "meanwhile"])
def test_answers_are_read_once_and_alike_whenever_they_are_read(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    reader = Reader()
    monkeypatch.setattr(embedding, "_loaded", lambda: reader)
    monkeypatch.setattr(pipeline, "MOST_READ_BEFOREHAND", most)
    found = analyse(long_answers())
    wait_for_loaders()
    assert sorted(set(reader.read)) == sorted(reader.read)
    assert found.codings == analyse(long_answers(), embedder=Reader()).codings


def test_what_is_held_or_says_nothing_is_not_read_meanwhile() -> None:
    reader = Reader()
    with preparing.reading_beforehand(reader) as read:
        read(Document("1", "It is held.", held=True), "It is held. " * 200)
        read(Document("2", "n/a"), "n/a " * 600)
    assert reader.read == []


def test_a_text_is_read_before_all_have_come() -> None:
    reader, text = Reader(), LONG.format(n=1, thing="club") * 30
    with preparing.reading_beforehand(reader) as read:
        read(Document("1", text), text)
        deadline = time.monotonic() + 10
        while not reader.read and time.monotonic() < deadline:
            time.sleep(0.01)
    assert text.strip() in reader.read
