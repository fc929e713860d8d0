"""How far long work is: a bar for somebody who watches, one line a stage for a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BAR = "{desc:<28} {percentage:3.0f}% |{bar}| {elapsed}"

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function to call with (stage, done, total) that tells on standard error."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from tqdm import tqdm  # noqa: PLC0415  # only who watches needs it

    bar = tqdm(bar_format=BAR, total=1)

    def draw(stage: str, done: int, total: int) -> None:
        if bar.desc.rstrip(": ") != stage:
            bar.reset(total=max(total, 1))
            bar.set_description_str(stage, refresh=False)
        bar.total, bar.n = max(total, 1), done
        bar.refresh()

    try:
        yield draw
    finally:
        bar.close()


def _lines() -> Progress:
    """Return what writes the name of each stage once, when it begins."""
    last: list[str] = []

    def write(stage: str, _done: int, _total: int) -> None:
        if last != [stage]:
            last[:] = [stage]
            sys.stderr.write(f"{stage}\n")
            sys.stderr.flush()

    return write
