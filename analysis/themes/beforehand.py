"""Load what a run needs later while it still works on something else.

The sentence model and BERTopic take two seconds to load, by one core. Until the answers have had
names taken out nothing can be read, and while the model reads them the interpreter idles: both are
time to load in. What cannot be loaded here is asked for again where it is needed, and told there.

Two threads must not import the same module at the same time: Python then may hand one of them half
a module. So what both use is imported before, and BERTopic by one of them while the other waits.
"""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Lock

USED_BY_BOTH = (
    "analysis.texts.campaigns", "analysis.embeddings.embedding",
    "analysis.themes.proposals", "analysis.themes.suggestions",
)  # fmt: skip
"""What the run imports while the other thread loads; quickly imported themselves."""

_IMPORTING = Lock()


def begin(*, model: bool) -> None:
    """Begin loading in a thread of its own and return at once.

    Args:
        model: whether the installed sentence model will be needed.
    """
    for name in USED_BY_BOTH:
        import_module(name)
    loader = ThreadPoolExecutor(1, "beforehand")
    if model:
        loader.submit(_model)
    loader.submit(topics_loaded)
    loader.shutdown(wait=False)


def topics_loaded() -> None:
    """Import BERTopic, or wait until the other thread has."""
    with _IMPORTING:
        import_module("analysis.engine.topics")


def _model() -> None:
    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # loads the model

    default_embedder()
