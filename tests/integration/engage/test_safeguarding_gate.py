"""The order of reading against texts written by somebody else and frozen before it was learnt.

The aim is to find 95 in 100 in the first tenth that is read, which is 73 of 76; 75 were found, and
all 76 in the first fifth. More is in the README of script/safeguarding. It also sees that no such
text stands low enough to be read with a page of others.
"""

import json
import math
from pathlib import Path

import pytest

from engage.safeguarding import meaning
from engage.safeguarding.models import TOGETHER_BELOW
from engage.safeguarding.order import order_score

FROZEN = Path(__file__).resolve().parents[2] / "frozen" / "disclosures.jsonl"
FIRST, REACHED = 0.10, 0.95
Z = 1.96


def wilson(found: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    share, spread = found / of, Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return middle - half, middle + half


@pytest.mark.full
@pytest.mark.one_database
def test_most_texts_that_need_somebody_are_in_the_first_tenth_that_is_read() -> None:
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    meanings = meaning.meanings([row["text"] for row in rows])
    scored = [
        (order_score(row["text"], near), row) for row, near in zip(rows, meanings, strict=True)
    ]
    in_order = [row for _, row in sorted(scored, key=lambda pair: -pair[0])]
    early = in_order[: int(FIRST * len(rows))]
    wanted = sum(row["label"] == "concern" for row in rows)
    found = sum(row["label"] == "concern" for row in early)
    late = sorted(row["kind"] for row in in_order[len(early) :] if row["label"] == "concern")
    low, high = wilson(found, wanted)
    told = f"{found} of {wanted}, interval {low:.3f} to {high:.3f}; read later: {late}"
    print(told)  # noqa: T201  # the figure is the point
    assert found >= REACHED * wanted, told
    lowest = min(score for score, row in scored if row["label"] == "concern")
    assert lowest >= TOGETHER_BELOW
