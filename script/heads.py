"""Learn which tokens of a text to listen to: the numbers of `engage.safeguarding.attention`.

Written out in numpy, so that nothing larger is needed: attention over the tokens of a sentence
model, one hidden layer, and steps of Adam that grow smaller. Parts of the network and some tokens
are left out at random while it learns. The same texts and seed give the same numbers.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from engage.safeguarding import attention

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
HEADS, TURNED, MIXED = 4, 48, 64
ROUNDS, BATCH, ALIKE = 16, 64, 16
STEP, LEAST_STEP, SHRINK = 2e-3, 0.02, 0.1
UNHEARD = -1e9
LEFT_OUT, TOKENS_LEFT_OUT = 0.3, 0.15
SLOW, SLOWER, NOUGHT = 0.9, 0.99, 1e-7
SEEDS = (0, 1, 2, 3)
STEPS = 127


class Tokens:
    """What the sentence model says of each token of each text, kept as one long table."""

    def __init__(self, texts: list[Floats]) -> None:
        self.lengths = np.array([len(rows) for rows in texts])
        self.ends = np.cumsum(self.lengths)
        together = np.concatenate(texts).astype(np.float32)
        self.size = np.float32(np.sqrt((together**2).mean()))
        self.rows = together / self.size

    def padded(self, texts: Whole) -> tuple[Floats, NDArray[np.bool_]]:
        """Return (texts, tokens, n), and which of the tokens are there."""
        longest = self.lengths[texts].max()
        rows = np.zeros((len(texts), longest, self.rows.shape[1]), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            length = self.lengths[text]
            row[:length] = self.rows[self.ends[text] - length : self.ends[text]]
        return rows, np.arange(longest) < self.lengths[texts][:, None]

    def batches(self, texts: Whole, rng: np.random.Generator) -> Iterator[Whole]:
        """Go through the texts in a random order, those of like length together."""
        mixed = rng.permutation(texts)
        found: list[Whole] = []
        for start in range(0, len(mixed), ALIKE * BATCH):
            some = mixed[start : start + ALIKE * BATCH]
            some = some[np.argsort(self.lengths[some], kind="stable")]
            found += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
        return (found[at] for at in rng.permutation(len(found)))


@dataclasses.dataclass(frozen=True)
class Listened:
    """What the network made of a batch on its way, needed for the way back.

    Attributes:
        flat: the tokens of all texts, (texts x tokens, n).
        heed: how much each head listened to each token, (texts, tokens, heads).
        by_head: what each head made of each token, (texts, heads, tokens, d).
        gathered: the sum of that over tokens, (texts, heads x d), where `kept` is not 0.
        mixed: the hidden layer, (texts, m), where `kept_mixed` is not 0.
    """

    flat: Floats
    heed: Floats
    by_head: Floats
    gathered: Floats
    kept: Floats
    mixed: Floats
    kept_mixed: Floats

    def slopes_of_tokens(self, of_gathered: Floats) -> dict[str, Floats]:
        """Return how the mistake grows with the numbers that tokens are looked at with."""
        by_gathered = of_gathered.reshape(len(of_gathered), HEADS, 1, TURNED)
        of_heed = np.matmul(self.by_head, by_gathered.transpose(0, 1, 3, 2))[..., 0]
        of_heed = of_heed.transpose(0, 2, 1)
        of_loudness = self.heed * (of_heed - (self.heed * of_heed).sum(axis=1, keepdims=True))
        of_turned = self.heed[..., None] * by_gathered.transpose(0, 2, 1, 3)
        of_turned *= self.by_head.transpose(0, 2, 1, 3) > 0
        of_turned = of_turned.reshape(len(self.flat), -1)
        return {
            "look": self.flat.T @ of_loudness.reshape(-1, HEADS),
            "turn": self.flat.T @ of_turned,
            "turn_shift": of_turned.sum(axis=0),
        }


class Heads:
    """One set of heads, learnt from the texts named by `seen`."""

    def __init__(self, tokens: Tokens, wanted: NDArray[np.float64], seen: Whole, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.numbers = self._beginning(tokens.rows.shape[1])
        self.slow = {name: np.zeros_like(number) for name, number in self.numbers.items()}
        self.slower = {name: np.zeros_like(number) for name, number in self.numbers.items()}
        share = wanted[seen].mean()
        weights = np.where(wanted == 1, 0.5 / share, 0.5 / (1 - share)).astype(np.float32)
        a_round = -(-len(seen) // BATCH)
        done = 0
        for _ in range(ROUNDS):
            for batch in tokens.batches(seen, self.rng):
                done += 1
                falling = max(LEAST_STEP, 1 - done / (a_round * ROUNDS))
                slopes = self._slopes(*tokens.padded(batch), wanted[batch], weights[batch])
                self._go(slopes, done, STEP * min(1.0, done / a_round) * falling)

    def _beginning(self, width: int) -> dict[str, Floats]:
        inner = HEADS * TURNED

        def random(rows: int, columns: int, size: float) -> Floats:
            return (self.rng.standard_normal((rows, columns)) * size).astype(np.float32)

        return {
            "look": random(width, HEADS, 0.02),
            "turn": random(width, inner, width**-0.5),
            "turn_shift": np.zeros(inner, np.float32),
            "mix": random(inner, MIXED, inner**-0.5),
            "mix_shift": np.zeros(MIXED, np.float32),
            "last": random(MIXED, 1, MIXED**-0.5)[:, 0],
            "last_shift": np.zeros((), np.float32),
        }

    def _kept(self, shape: tuple[int, ...]) -> Floats:
        kept: Floats = (self.rng.random(shape) > LEFT_OUT).astype(np.float32)
        return kept / np.float32(1 - LEFT_OUT)

    def _listen(self, rows: Floats, there: NDArray[np.bool_]) -> "Listened":
        """Go through the network with some of it left out; `there` says which tokens count."""
        at = self.numbers
        texts, longest, width = rows.shape
        flat = rows.reshape(-1, width)
        loudness = (flat @ at["look"]).reshape(texts, longest, HEADS)
        loudness[~there] = UNHEARD
        heed = np.exp(loudness - loudness.max(axis=1, keepdims=True))
        heed /= heed.sum(axis=1, keepdims=True)
        turned = np.maximum(flat @ at["turn"] + at["turn_shift"], 0)
        by_head = turned.reshape(texts, longest, HEADS, TURNED).transpose(0, 2, 1, 3)
        gathered = np.matmul(heed.transpose(0, 2, 1)[:, :, None, :], by_head).reshape(texts, -1)
        kept, kept_mixed = self._kept(gathered.shape), self._kept((texts, MIXED))
        gathered *= kept
        mixed = np.maximum(gathered @ at["mix"] + at["mix_shift"], 0) * kept_mixed
        return Listened(flat, heed, by_head, gathered, kept, mixed, kept_mixed)

    def _slopes(
        self, rows: Floats, there: NDArray[np.bool_], wanted: NDArray[np.float64], weights: Floats
    ) -> dict[str, Floats]:
        """Return for each number how the mistake of a batch grows with it."""
        at = self.numbers
        is_kept = self.rng.random(there.shape) > TOKENS_LEFT_OUT
        is_kept[:, 0] = True
        been = self._listen(rows, there & is_kept)
        said = been.mixed @ at["last"] + at["last_shift"]
        of_said = ((expit(said) - wanted) * weights / len(rows)).astype(np.float32)
        of_mixed = np.outer(of_said, at["last"]) * been.kept_mixed * (been.mixed > 0)
        of_gathered = (of_mixed @ at["mix"].T) * been.kept
        return been.slopes_of_tokens(of_gathered) | {
            "mix": been.gathered.T @ of_mixed,
            "mix_shift": of_mixed.sum(axis=0),
            "last": been.mixed.T @ of_said,
            "last_shift": of_said.sum(),
        }

    def _go(self, slopes: dict[str, Floats], done: int, step: float) -> None:
        """Go one step of Adam downhill; what is no shift also shrinks a little."""
        for name, slope in slopes.items():
            self.slow[name] = SLOW * self.slow[name] + (1 - SLOW) * slope
            self.slower[name] = SLOWER * self.slower[name] + (1 - SLOWER) * slope**2
            way = self.slow[name] / (1 - SLOW**done)
            way = way / (np.sqrt(self.slower[name] / (1 - SLOWER**done)) + NOUGHT)
            shrunk = 0.0 if name.endswith("shift") else SHRINK * self.numbers[name]
            self.numbers[name] = (self.numbers[name] - step * (way + shrunk)).astype(np.float32)


def learnt(tokens: Tokens, wanted: NDArray[np.float64], seen: Whole) -> dict[str, NDArray[Any]]:
    """Return what `engage.safeguarding.attention` reads, learnt from the texts named by `seen`."""
    sets = [Heads(tokens, wanted, seen, seed).numbers for seed in SEEDS]
    table: dict[str, NDArray[Any]] = {"token_size": np.array(tokens.size)}
    for name in attention.NAMES:
        numbers = np.stack([one[name] for one in sets])
        unit = np.float32(np.abs(numbers).max() / STEPS)
        table |= {name: np.round(numbers / unit).astype(np.int8), f"{name}_unit": np.array(unit)}
    return table
