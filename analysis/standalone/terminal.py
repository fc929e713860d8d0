"""A progress bar in the terminal for long work, one line a stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

from tqdm import tqdm

from analysis.themes.pipeline import Progress

BAR = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt} of {total_fmt}, {elapsed}"


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Give a function to call with (stage, done, total) that draws one bar for each stage."""
    bars: dict[str, tqdm[Never]] = {}

    def report(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=f"{stage:<20}", bar_format=BAR, mininterval=0.2)
        bar = bars[stage]
        bar.total = total
        bar.update(max(0, done - bar.n))
        if done >= total:
            bar.close()

    try:
        yield report
    finally:
        for bar in bars.values():
            bar.close()
