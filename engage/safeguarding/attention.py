"""What a text is about when only the words that matter are listened to: pure numbers.

A sentence model says something of each token of a text. The mean of that drowns a half sentence in
an ordinary comment, so several heads learnt which tokens to listen to and what to make of them.
Several sets of heads, learnt from different beginnings, are asked, and their mean is told. The
numbers are learnt by `script/order_of_reading.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NAMES = ("look", "turn", "turn_shift", "mix", "mix_shift", "last", "last_shift")


def listened(tokens: Sequence[Floats], learnt: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Return one number for each text: above 0 more like those that need somebody.

    `tokens` holds (tokens, n) for each text. `learnt` holds for k sets `look` (k, n, heads), `turn`
    (k, n, heads x d), `mix` (k, heads x d, m) and `last` (k, m) with their shifts, as whole numbers
    with units `look_unit` and so on, and `token_size`, by which tokens are divided.
    """
    sets = opened(learnt)
    size = np.float32(learnt["token_size"])
    told = [np.mean([_said(rows / size, one) for one in sets]) for rows in tokens]
    return np.array(told, dtype=np.float64)


def opened(learnt: Mapping[str, NDArray[Any]]) -> list[dict[str, Floats]]:
    """Return the numbers of each set of heads, made full again from whole numbers."""
    full = {name: learnt[name] * np.float32(learnt[f"{name}_unit"]) for name in NAMES}
    return [{name: full[name][one] for name in NAMES} for one in range(len(full["last"]))]


def _said(rows: Floats, heads: Mapping[str, Floats]) -> np.float32:
    loudness = rows @ heads["look"]
    heed = np.exp(loudness - loudness.max(axis=0))
    heed /= heed.sum(axis=0)
    turned = np.maximum(rows @ heads["turn"] + heads["turn_shift"], 0)
    by_head = turned.reshape(len(rows), heed.shape[1], -1)
    gathered = np.einsum("th,thd->hd", heed, by_head).reshape(-1)
    mixed = np.maximum(gathered @ heads["mix"] + heads["mix_shift"], 0)
    said: np.float32 = mixed @ heads["last"] + heads["last_shift"]
    return said
