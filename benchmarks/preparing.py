"""Measure what stands around the themes: label words, names, ways of speaking, copies, languages.

    python benchmarks/preparing.py                        the demo's comments and made-up copies
    python benchmarks/preparing.py answers.csv text 500   label words of any file, 500 rows of it

Label words: the ten first terms of each theme, NPMI over the analysed answers (pairs that never
meet count -1), diversity (different terms among all), and how many terms a theme has.
"""

import csv
import itertools
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import engage
from analysis.embeddings.embedding import default_embedder
from analysis.engine import keyphrases, stance
from analysis.engine.terms import terms
from analysis.language.stopwords import STOP_WORDS
from analysis.runs.services import code_lists
from analysis.texts import campaigns
from analysis.texts.documents import Document, canonical_order
from analysis.themes import suggestions
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis
from engage.orm import utc_now

COMMENTS = Path(engage.__file__).parent / "demo" / "comments"
FILES = ("parent_carers_1", "parent_carers_2", "professionals", "young_people")
SEEDS = (1, 2, 3)


def main() -> None:
    """Print the tables."""
    if len(sys.argv) > 1:
        path, column, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
        with Path(path).open(encoding="utf-8", newline="") as file:
            texts = [row[column] for row in csv.DictReader(file)]
        for seed in SEEDS:
            drawn = random.Random(seed).sample(texts, min(size, len(texts)))  # noqa: S311  # a draw
            label_words(f"{Path(path).stem} {size}/{seed}", analysed(drawn))
        return
    rows = demo()
    found = analysed([row["text"] for row in rows])
    label_words("demo", found)
    codes(rows, found)
    speaking(rows)
    for size in (10_000, 30_000, 100_000):
        copies(size)


def demo() -> list[dict[str, str]]:
    """Return the demo's comments with their labels."""
    rows = []
    for name in FILES:
        with (COMMENTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    with (COMMENTS / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row, label in zip(rows, csv.DictReader(file), strict=True):
            row["primary"] = label["primary"]
    return rows


def analysed(texts: list[str]) -> Analysis:
    """Analyse texts whose ids are their rows."""
    documents = [Document(str(row), text) for row, text in enumerate(texts)]
    return analyse(documents, lists=code_lists(utc_now().date()))


def label_words(name: str, found: Analysis) -> None:
    """Print coherence and diversity of label words."""
    said = Counter[str]()
    answers: dict[str, list[str]] = {}
    for coding in found.codings:
        if coding.theme and coding.language == "en":
            answers.setdefault(coding.document_id, []).append(coding.text)
    uses: dict[str, set[int]] = {}
    for row, parts in enumerate(answers.values()):
        for term in {term for part in parts for term in terms(part)}:
            uses.setdefault(term, set()).add(row)
    per_theme = []
    for theme in found.themes:
        words = [word.lower() for word in theme.words[:10]]
        said.update(words)
        pairs = [
            keyphrases.npmi(
                frozenset(uses.get(one, ())), frozenset(uses.get(other, ())), len(answers)
            )
            for one, other in itertools.combinations(words, 2)
        ]
        per_theme += [statistics.fmean(pairs)] if pairs else []
    stops = sum(set(word.split()) <= STOP_WORDS for word in said)
    print(
        f"{name}: {len(found.themes)} themes, NPMI {statistics.fmean(per_theme):.3f}, "
        f"diversity {len(said) / said.total():.3f}, "
        f"terms a theme {said.total() / len(found.themes):.1f}, stop words {stops}"
    )
    for theme in found.themes:
        names = theme.suggestions.names if theme.suggestions else ()
        shown = "; ".join(f"{one.value} ({one.score:.2f})" for one in names[:2])
        print(f"   {theme.documents:4d}  {shown or '-'}  [{', '.join(theme.words[:6])}]")


def codes(rows: list[dict[str, str]], found: Analysis) -> None:
    """Print how often the commonest human code of a theme is among its suggested codes."""
    human = {str(row): line["primary"] for row, line in enumerate(rows)}
    first = third = base = 0
    for theme in found.themes:
        mine = Counter(
            human[c.document_id]
            for c in found.codings
            if c.theme == theme.number and c.is_primary and human[c.document_id][0] == "T"
        )
        about = dict(theme.suggestions.codes if theme.suggestions else ())
        near = [one.value for one in about.get("starter_code", ())]
        if mine and near:
            (commonest, _), *_ = mine.most_common(1)
            base += 1
            first += near[0] == commonest
            third += commonest in near
    print(f"starter codes: first right {first} of {base}, among the first three {third}")


def speaking(rows: list[dict[str, str]]) -> None:
    """Print how ways of speaking agree with the mood that the writer of a comment had in mind."""
    embedder = default_embedder()
    leans = suggestions.leans([row["text"] for row in rows], embedder)
    table = Counter(
        ((int(row["mood"]) > 0) - (int(row["mood"]) < 0),
         stance.of(row["text"], leans.get(row["text"], 0.0)))
        for row in rows
    )  # fmt: skip
    for mood, name in ((1, "happy"), (0, "neither"), (-1, "unhappy")):
        print(f"{name}: " + ", ".join(f"{way} {table[mood, way]}" for way in stance.STANCES))
    right = table[1, "positive"] + table[-1, "negative"]
    wrong = table[-1, "positive"] + table[1, "negative"]
    print(f"praise or complaint said of {right + wrong}: right {right / (right + wrong):.2f}")


def copies(size: int) -> None:
    """Print the time to find shared text among so many answers, a tenth of them copies."""
    draw = random.Random(7)  # noqa: S311  # made-up texts
    words = [f"word{number}" for number in range(5000)]
    shared = " ".join(draw.choices(words, k=40))
    texts = [
        shared if row % 10 == 0 else " ".join(draw.choices(words, k=draw.randint(3, 60)))
        for row in range(size)
    ]
    documents = canonical_order([Document(str(row), text) for row, text in enumerate(texts)])
    started = time.process_time()
    found = campaigns.groups(documents, [document.text for document in documents])
    spent = time.process_time() - started
    print(f"{size:,} answers: {spent:.1f} CPU seconds, {len(found[0].copies):,} copies found")


if __name__ == "__main__":
    main()
