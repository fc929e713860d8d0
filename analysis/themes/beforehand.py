"""Load what a run needs later while it still works on something else.

The sentence model and BERTopic take two seconds to load, by one core. Until the answers have had
names taken out nothing can be read, and while the model reads them the interpreter idles: both are
time to load in. What cannot be loaded here is asked for again where it is needed, and told there.
"""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module


def begin(*, model: bool) -> None:
    """Begin loading in a thread of its own and return at once.

    Args:
        model: whether the installed sentence model will be needed.
    """
    loader = ThreadPoolExecutor(1, "beforehand")
    if model:
        loader.submit(_model)
    loader.submit(import_module, "analysis.engine.topics")
    loader.shutdown(wait=False)


def _model() -> None:
    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # loads the model

    default_embedder()
