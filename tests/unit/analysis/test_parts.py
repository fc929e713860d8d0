"""The parts BERTopic is composed of, one at a time."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.embeddings import embedding
from analysis.engine.blending import BlendReducer
from analysis.engine.choosing import candidate_counts
from analysis.engine.clustering import WardThemes
from analysis.engine.labels import label
from analysis.engine.terms import spellings, terms, vocabulary

HEAVY = (
    "bertopic", "sklearn", "scipy", "numpy", "pandas", "plotly", "onnxruntime", "tokenizers",
    "weasyprint", "wordcloud", "PIL", "openpyxl", "jinja2", "flask", "sqlalchemy",
)  # fmt: skip


@pytest.mark.parametrize(
    "imported",
    [
        "analysis",
        "analysis.__main__",
        "analysis.themes.pipeline",
        "analysis.standalone.files",
        "engage.pdf",
    ],
)
def test_importing_loads_nothing_heavy(imported: str) -> None:
    code = f"import sys, {imported}; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own interpreter
    assert done.stdout.strip() == ""


def test_the_model_gives_one_unit_vector_a_text_whatever_the_company() -> None:
    model = embedding.default_embedder()
    alone = model.embed(["The taxi is late."])
    together = model.embed(["noise", "The taxi is late.", "We waited a very long time.", "noise"])
    assert alone.shape == (1, 384)
    assert np.array_equal(alone[0], together[1])
    assert np.array_equal(together[0], together[3])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_the_model_knows_what_is_alike() -> None:
    taxi, bus, plan = embedding.default_embedder().embed(
        ["The taxi was late.", "The school bus did not come.", "The EHC plan has errors."]
    )
    assert taxi @ bus > taxi @ plan


def test_a_changed_or_missing_model_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    with pytest.raises(embedding.ModelFileError, match="missing"):
        embedding.verified(file, "0" * 64)
    file.write_bytes(b"changed")
    with pytest.raises(embedding.ModelFileError, match="not the one"):
        embedding.verified(file, "0" * 64)


def test_places_are_found_again_for_the_same_texts(tiny: embedding.Embedder) -> None:
    texts = [f"bus number {n} is late" for n in range(12)] + ["quiet room please"] * 4
    vectors = tiny.embed(texts)
    first = BlendReducer().read(texts).fit_transform(vectors)
    again = BlendReducer().read(texts).fit_transform(vectors)
    assert np.array_equal(first, again)
    assert np.allclose(np.linalg.norm(first, axis=1), 1)


def test_every_place_gets_a_theme_and_near_places_share_one() -> None:
    rng = np.random.default_rng(1)
    corners = np.eye(4).repeat(20, axis=0) + rng.normal(0, 0.05, (80, 4))
    places = embedding.unit_rows(corners)
    themes = WardThemes(4).fit(places)
    assert [len(set(themes.labels_[i : i + 20].tolist())) for i in range(0, 80, 20)] == [1] * 4
    assert np.array_equal(themes.predict(places), themes.labels_)


@pytest.mark.parametrize(
    ("answers", "few", "many"), [(1, 1, 1), (6, 2, 2), (200, 9, 17), (10_000, 16, 31)]
)
def test_the_number_of_themes_tried_grows_slowly(answers: int, few: int, many: int) -> None:
    counts = candidate_counts(answers)
    assert counts[0] == few
    assert counts[-1] == many


def test_terms_are_what_was_written() -> None:
    found = terms("The point of contact never rang back, waiting list. Taxi!")
    assert "point of contact" in found
    assert "waiting list" in found
    assert "list taxi" not in found
    assert "the" not in found


def test_a_vocabulary_holds_what_several_share() -> None:
    assert vocabulary(["bus late"] * 20 + ["rare word"] + ["taxi"] * 20) == [
        "bus", "bus late", "late", "taxi",
    ]  # fmt: skip


def test_a_topic_is_told_by_terms_that_stand_in_one_text(tiny: embedding.Embedder) -> None:
    from analysis.engine import topics  # noqa: PLC0415  # heavy

    texts = ["waiting list"] * 10 + ["taxi late, bus"] * 10 + ["and the"]
    fitted = topics.fit(texts, tiny.embed(texts), tiny, themes=2, seed=1)
    told = {word for topic in (0, 1) for word, _ in fitted.model.get_topic(topic)} - {""}
    assert told == {"waiting", "list", "waiting list", "taxi", "late", "taxi late", "bus"}


def test_capitals_are_kept_where_people_use_them() -> None:
    assert spellings(["Her EHCP came", "no EHCP yet", "the bus"]) == {"ehcp": "EHCP"}


def test_a_label_joins_the_first_terms_and_is_never_empty() -> None:
    assert label(["waiting list", "bus"], 3) == "Waiting list, bus"
    assert label([], 3) == "Group 3"
