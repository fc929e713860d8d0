"""Learn the order of reading from the texts in script/safeguarding, and say how good it is.

Every text there was written for this purpose; none is a real person's. Twelve authors wrote them,
each in a way of telling of their own. Two authors at a time are judged by numbers learnt from the
other ten: that is the honest guess at how it does with strangers, and from it the parts are weighed
and the lines are set. Takes half an hour. Run it after changing a text or a rule:

    python script/order_of_reading.py            # measure and write the weights
    python script/order_of_reading.py --measure  # measure only
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import heads
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from engage.safeguarding import attention, meaning, order, rules

HERE = Path(__file__).parent / "safeguarding"
WORD_STRENGTH, MEANING_STRENGTH, BLEND_STRENGTH = 10.0, 5.0, 1.0
AXES, WIDTH, STEPS = 200, 0.8, 31
LEAST_TEXTS, MOST_FEATURES = 2, 14_000
TRIED_TOGETHER = (
    ("_second", "_tenth"), ("_sixth", "_eleventh"), ("_eighth", ""), ("_fifth", "_twelfth"),
    ("_third", "_ninth"), ("_fourth", "_seventh"),
)  # fmt: skip
AUTHORS = (
    "", "_second", "_third", "_fourth", "_fifth", "_sixth", "_seventh", "_eighth", "_ninth",
    "_tenth", "_eleventh", "_twelfth",
)  # fmt: skip
# A text read early in vain costs a minute; one read late may cost a child more. Words alone, which
# the worker soon looks at again, may hold fewer.
RATHER_EARLY, FROM_WORDS_ALONE = 0.36, 0.17
FALSE_ALARMS = (0.02, 0.055, 0.10)
LINES = (0.02, 0.05, 0.075, 0.1, 0.2, 0.35, 0.5)
PARTS = ("words", "nearness", "attention", "rules")
Floats = NDArray[np.float64]
Fold = tuple[NDArray[np.int64], NDArray[np.int64]]


def read(name: str) -> list[tuple[str, str]]:
    """Return (kind, text) for each line of a file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" | ") for line in lines if line.strip())
    return [(kind, text) for kind, _, text in pairs]


class Pieces:
    """The texts cut into pieces, each whole text first: what the sentence models say of each.

    `vectors` has a row for every piece, `owners` says of which text, `wanted` is 1 or 0 for it.
    """

    def __init__(self, texts: list[str], wanted: Floats) -> None:
        cut = [meaning.pieces(text) for text in texts]
        self.owners = np.array([text for text, found in enumerate(cut) for _ in found])
        self.is_whole = np.diff(self.owners, prepend=-1) > 0
        self.wanted = wanted[self.owners]
        flat = [piece for found in cut for piece in found]
        self.vectors = meaning.vectors(flat, meaning.tokens(flat))
        self.tokens = meaning.tokens(texts)

    def loudest(self, told: Floats) -> Floats:
        """Return for each text the highest of what is said of its pieces."""
        return np.maximum.reduceat(told, np.flatnonzero(self.is_whole))


class Words:
    """The classifier of words: a plain logistic regression, written out so that it can be read."""

    def __init__(self, texts: list[str], wanted: Floats) -> None:
        found = [order.features(text) for text in texts]
        counts: dict[str, int] = {}
        for features in found:
            for feature in features:
                counts[feature] = counts.get(feature, 0) + 1
        often = sorted(feature for feature, count in counts.items() if count >= LEAST_TEXTS)
        kept = sorted(sorted(often, key=lambda f: -counts[f])[:MOST_FEATURES])
        self.rarity = {f: float(np.log((1 + len(texts)) / (1 + counts[f])) + 1) for f in kept}
        self.column = {feature: place for place, feature in enumerate(kept)}
        self.model = LogisticRegression(
            C=WORD_STRENGTH, class_weight="balanced", max_iter=3000
        ).fit(self.matrix(texts), wanted)

    def matrix(self, texts: list[str]) -> csr_matrix:
        """Return one row for each text, of length one, rare features weighing more."""
        rows, columns, values = [], [], []
        for row, text in enumerate(texts):
            known = [f for f in sorted(order.features(text)) if f in self.column]
            length = np.sqrt(sum(self.rarity[f] ** 2 for f in known)) or 1.0
            rows += [row] * len(known)
            columns += [self.column[f] for f in known]
            values += [self.rarity[f] / length for f in known]
        return csr_matrix((values, (rows, columns)), shape=(len(texts), len(self.column)))

    def logits(self, texts: list[str]) -> Floats:
        """Return the log odds for each text."""
        return self.model.decision_function(self.matrix(texts))

    def table(self) -> dict[str, object]:
        """Return what `engage.safeguarding.order` reads."""
        weights = self.model.coef_[0]
        features = {
            f: [round(self.rarity[f], 3), round(float(weights[c]), 3)]
            for f, c in self.column.items()
        }
        return {"intercept": round(float(self.model.intercept_[0]), 5), "features": features}


class Sense:
    """The classifier of meaning: a support vector machine on few axes, kept in whole numbers.

    It learns from whole texts that need somebody, and from every sentence of the others: none of
    those should sound alarming when it stands alone.
    """

    def __init__(self, pieces: Pieces, seen: NDArray[np.int64]) -> None:
        learnt = np.isin(pieces.owners, seen) & (pieces.is_whole | (pieces.wanted == 0))
        rows, wanted = pieces.vectors[learnt], pieces.wanted[learnt]
        axes = PCA(AXES, svd_solver="full").fit(rows)
        self.table: dict[str, NDArray[Any]] = {
            "mean": axes.mean_.astype(np.float32),
            **_in_steps("axes", axes.components_),
        }
        self.table |= _in_steps("known", meaning.reduced(rows, self.table))
        known = self.table["known"] * float(self.table["known_unit"])
        machine = SVC(C=MEANING_STRENGTH, gamma=WIDTH, class_weight="balanced").fit(known, wanted)
        self.table |= {
            "known": self.table["known"][machine.support_],
            "voices": machine.dual_coef_[0].astype(np.float32),
            "intercept": np.float32(machine.intercept_[0]),
            "width": np.float32(WIDTH),
        }


def _in_steps(name: str, numbers: Floats) -> dict[str, NDArray[Any]]:
    unit = np.float32(np.abs(numbers).max() / STEPS)
    return {name: np.round(numbers / unit).astype(np.int8), f"{name}_unit": unit}


def parts_unseen(texts: list[str], wanted: Floats, pieces: Pieces, folds: Iterable[Fold]) -> Floats:
    """Return what each of PARTS says of every text when it has not seen it."""
    parts = np.zeros((len(texts), len(PARTS)))
    parts[:, 3] = [rules.weight(text) for text in texts]
    table = heads.Tokens(pieces.tokens)
    for seen, unseen in folds:
        words = Words([texts[i] for i in seen], wanted[seen])
        parts[unseen, 0] = words.logits([texts[i] for i in unseen])
        told = meaning.nearness(pieces.vectors, Sense(pieces, seen).table)
        parts[unseen, 1] = pieces.loudest(told)[unseen]
        learnt = heads.learnt(table, wanted, seen)
        parts[unseen, 2] = attention.listened([pieces.tokens[i] for i in unseen], learnt)
    return parts


class Blend:
    """The parts weighed; the intercept sets where the middle of the scale lies."""

    def __init__(self, parts: Floats, wanted: Floats, names: tuple[str, ...], early: float) -> None:
        self.columns = [PARTS.index(name) for name in names]
        model = LogisticRegression(C=BLEND_STRENGTH, class_weight="balanced", max_iter=3000)
        model.fit(parts[:, self.columns], wanted)
        self.weights = {
            name: round(float(weight), 5)
            for name, weight in zip(names, model.coef_[0], strict=True)
        }
        prior = float(np.log(early / (1 - early)))
        self.intercept = round(float(model.intercept_[0]) + prior, 5)

    def of(self, parts: Floats) -> Floats:
        """Return the weighed sum for each row of parts, without the intercept."""
        weighed: Floats = parts[:, self.columns] @ np.array(list(self.weights.values()))
        return weighed

    def table(self) -> dict[str, object]:
        """Return what `engage.safeguarding.order` reads."""
        return {"weights": self.weights, "intercept": self.intercept}

    def of_one_meaning(self) -> tuple[dict[str, object], np.float32]:
        """Return the table with nearness and attention as one meaning, and how they add to it."""
        weights = dict(self.weights)
        near, heed = weights.pop("nearness"), weights.pop("attention")
        table = {"weights": weights | {"meaning": near}, "intercept": self.intercept}
        return table, np.float32(heed / near)


def found_at(scores: Floats, wanted: Floats, false_alarms: float) -> float:
    """Return the share of wanted texts above the line that lets so many others through."""
    others = np.sort(scores[wanted == 0])[::-1]
    return float((scores[wanted == 1] > others[int(false_alarms * len(others))]).mean())


def tell(name: str, scores: Floats, wanted: Floats) -> None:
    """Print the share of wanted texts found while few others are read before them."""
    shares = "  ".join(f"{line:.0%}: {found_at(scores, wanted, line):.3f}" for line in FALSE_ALARMS)
    print(f"{name:24} found, by share of other texts read before them   {shares}")


def shared_out(parts: Floats, wanted: Floats, both: Blend) -> None:
    """Print how many stand above some lines of the finished scale."""
    shown = 1 / (1 + np.exp(-(both.of(parts) + both.intercept)))
    for line in LINES:
        share = [f"{(shown[wanted == side] >= line).mean():.3f}" for side in (1, 0)]
        print(f"score from {line:.3f}: {share[0]} of those, {share[1]} of the others")


def learnt_from() -> tuple[list[str], Floats, NDArray[np.str_]]:
    """Return all texts, 1 or 0 for whether each needs somebody, and who wrote it."""
    rows = [
        (text, float(name == "disclosures"), author)
        for name in ("disclosures", "others")
        for author in AUTHORS
        for _, text in read(f"{name}{author}.txt")
    ]
    texts, wanted, authors = zip(*rows, strict=True)
    return list(texts), np.array(wanted), np.array(authors)


def main() -> None:
    """Try two authors at a time on the others, then learn from everything and write it down."""
    texts, wanted, authors = learnt_from()
    pieces = Pieces(texts, wanted)
    parts = parts_unseen(texts, wanted, pieces, [_split(authors, two) for two in TRIED_TOGETHER])
    both = Blend(parts, wanted, ("words", "nearness", "attention"), RATHER_EARLY)
    alone = Blend(parts, wanted, ("words", "rules"), FROM_WORDS_ALONE)
    print(f"{int(wanted.sum())} texts that need somebody, {int((1 - wanted).sum())} others")
    for column, name in enumerate(PARTS):
        tell(name, parts[:, column], wanted)
    tell("words and rules", alone.of(parts), wanted)
    tell("all together", both.of(parts), wanted)
    for author in AUTHORS:
        own = authors == author
        tell(f"learnt without author{author or '_first'}", both.of(parts)[own], wanted[own])
    shared_out(parts, wanted, both)
    if "--measure" in sys.argv:
        return
    everything = np.arange(len(texts))
    blend, heed = both.of_one_meaning()
    table = {
        "words": Words(texts, wanted).table(),
        "blend": blend,
        "blend_of_words": alone.table(),
    }
    order.WEIGHTS.write_text(json.dumps(table, sort_keys=True, separators=(",", ":")) + "\n")
    listening = heads.learnt(heads.Tokens(pieces.tokens), wanted, everything)
    numbers = Sense(pieces, everything).table | listening | {"heed": heed}
    np.savez_compressed(meaning.WEIGHTS, **numbers)


def _split(authors: NDArray[np.str_], tried: tuple[str, str]) -> Fold:
    is_tried = np.isin(authors, tried)
    return np.flatnonzero(~is_tried), np.flatnonzero(is_tried)


if __name__ == "__main__":
    main()
