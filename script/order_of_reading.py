"""Learn the order of reading from the texts in script/safeguarding, and say how good it is.

Every text there was written for this purpose; none is a real person's. What is printed comes from
ten-fold cross-validation: each text is judged by numbers learnt without it. Run it after changing
a text or a rule:

    python script/order_of_reading.py            # measure and write the weights
    python script/order_of_reading.py --measure  # measure only
"""

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from engage.safeguarding import meaning, order, rules

HERE = Path(__file__).parent / "safeguarding"
SEED = 2026
WORD_STRENGTH, MEANING_STRENGTH, BLEND_STRENGTH = 10.0, 3.0, 1.0
LEAST_TEXTS = 2
RATHER_EARLY = 0.17  # a text read early in vain costs a minute; one read late may cost a child more
FALSE_ALARMS = (0.02, 0.06, 0.10)
Floats = NDArray[np.float64]


def read(name: str) -> list[tuple[str, str]]:
    """Return (kind, text) for each line of a file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" | ") for line in lines if line.strip())
    return [(kind, text) for kind, _, text in pairs]


class Words:
    """The classifier of words: a plain logistic regression, written out so that it can be read."""

    def __init__(self, texts: list[str], wanted: Floats) -> None:
        found = [order.features(text) for text in texts]
        counts: dict[str, int] = {}
        for features in found:
            for feature in features:
                counts[feature] = counts.get(feature, 0) + 1
        kept = sorted(feature for feature, count in counts.items() if count >= LEAST_TEXTS)
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
            f: [round(self.rarity[f], 4), round(float(weights[c]), 4)]
            for f, c in self.column.items()
        }
        return {"intercept": round(float(self.model.intercept_[0]), 5), "features": features}


def sense(vectors: Floats, wanted: Floats) -> LogisticRegression:
    """Learn the classifier of meaning."""
    model = LogisticRegression(C=MEANING_STRENGTH, class_weight="balanced", max_iter=5000)
    return model.fit(vectors, wanted)


def out_of_fold(
    texts: list[str], kinds: list[str], wanted: Floats, vectors: Floats, owners: NDArray[np.int64]
) -> Floats:
    """Return what each part says of every text when it has not seen it: words, meaning, rules.

    `vectors` has a row for every piece of a text, its whole first; `owners` says of which text.
    """
    whole = np.searchsorted(owners, np.arange(len(texts)))
    parts = np.zeros((len(texts), 3))
    parts[:, 2] = [rules.weight(text) for text in texts]
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    for seen, unseen in folds.split(texts, kinds):
        words = Words([texts[i] for i in seen], wanted[seen])
        parts[unseen, 0] = words.logits([texts[i] for i in unseen])
        logits = sense(vectors[whole[seen]], wanted[seen]).decision_function(vectors)
        parts[unseen, 1] = [logits[owners == text].max() for text in unseen]
    return parts


def blend(parts: Floats, wanted: Floats, names: tuple[str, ...]) -> dict[str, object]:
    """Weigh the parts; the intercept sets where the middle of the scale lies."""
    model = LogisticRegression(C=BLEND_STRENGTH, class_weight="balanced", max_iter=3000)
    model.fit(parts, wanted)
    weights = dict(zip(names, (round(float(w), 5) for w in model.coef_[0]), strict=True))
    prior = float(np.log(RATHER_EARLY / (1 - RATHER_EARLY)))
    return {"weights": weights, "intercept": round(float(model.intercept_[0]) + prior, 5)}


def found_at(scores: Floats, wanted: Floats, false_alarms: float) -> float:
    """Return the share of wanted texts above the line that lets so many others through."""
    others = np.sort(scores[wanted == 0])[::-1]
    return float((scores[wanted == 1] > others[int(false_alarms * len(others))]).mean())


def tell(name: str, scores: Floats, wanted: Floats) -> None:
    """Print the share of wanted texts found while few others are read before them."""
    shares = "  ".join(f"{line:.0%}: {found_at(scores, wanted, line):.3f}" for line in FALSE_ALARMS)
    print(f"{name:24} found, by share of other texts read before them   {shares}")


def main() -> None:
    """Measure by cross-validation, then learn from everything and write it down."""
    disclosures, others = read("disclosures.txt"), read("others.txt")
    kinds = [kind for kind, _ in disclosures + others]
    texts = [text for _, text in disclosures + others]
    wanted = np.array([1.0] * len(disclosures) + [0.0] * len(others))
    cut = [meaning.pieces(text) for text in texts]
    owners = np.array([text for text, found in enumerate(cut) for _ in found])
    vectors = meaning.vectors([piece for found in cut for piece in found])
    parts = out_of_fold(texts, kinds, wanted, vectors, owners)
    both = blend(parts, wanted, ("words", "meaning", "rules"))
    alone = blend(parts[:, [0, 2]], wanted, ("words", "rules"))
    print(f"{len(disclosures)} texts that need somebody, {len(others)} others")
    for column, name in enumerate(("words", "meaning", "rules")):
        tell(name, parts[:, column], wanted)
    tell("words and rules", parts[:, [0, 2]] @ list(alone["weights"].values()), wanted)
    blended = parts @ np.array(list(both["weights"].values()))
    tell("all three", blended, wanted)
    shown = 1 / (1 + np.exp(-(blended + float(both["intercept"]))))
    for line in (0.02, 0.05, 0.075, 0.1, 0.2, 0.35, 0.50):
        share = [f"{(shown[wanted == side] >= line).mean():.3f}" for side in (1, 0)]
        print(f"score from {line:.2f}: {share[0]} of those, {share[1]} of the others")
    if "--measure" in sys.argv:
        return
    whole = vectors[np.searchsorted(owners, np.arange(len(texts)))]
    words, final = Words(texts, wanted), sense(whole, wanted)
    table = {"words": words.table(), "blend": both, "blend_of_words": alone}
    order.WEIGHTS.write_text(json.dumps(table, sort_keys=True, separators=(",", ":")) + "\n")
    np.savez_compressed(
        meaning.WEIGHTS,
        coefficients=final.coef_[0].astype(np.float32),
        intercept=np.float32(final.intercept_[0]),
    )


if __name__ == "__main__":
    main()
