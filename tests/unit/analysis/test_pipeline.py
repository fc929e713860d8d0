import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from analysis.texts.documents import Document, RepeatedIdError
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis, AnalysisSettings

ODD_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "", "   ", "noise", "idk", "n/a", "☹️ bus 😡", "😡", "more clubs", "=1+1 funding",
            "We waited a long time for the bus and nobody told us why.", "Mrs Example", "...",
            "Chcielibyśmy więcej informacji po polsku o planie EHCP.", "aaaaaaa", "1234567890",
        ]
    ),
)  # fmt: skip


def primary_themes(analysis: Analysis) -> dict[str, int]:
    return {c.document_id: c.theme for c in analysis.codings if c.is_primary and c.theme}


def agreement(analysis: Analysis, labelled: list[tuple[str, str]], shuffled: bool = False) -> float:
    found = primary_themes(analysis)
    names = sorted(found)
    themes = [found[name] for name in names]
    if shuffled:
        np.random.default_rng(7).shuffle(themes)
    return float(adjusted_rand_score([labelled[int(n[1:])][1] for n in names], themes))


def test_themes_agree_with_a_persons_labels(
    analysis: Analysis, labelled: list[tuple[str, str]]
) -> None:
    assert agreement(analysis, labelled) > 0.45


def test_shuffling_the_cluster_labels_makes_agreement_worse(
    analysis: Analysis, labelled: list[tuple[str, str]]
) -> None:
    real = agreement(analysis, labelled)
    assert agreement(analysis, labelled, shuffled=True) < real - 0.3


def test_the_order_of_the_answers_changes_nothing(
    analysis: Analysis, answers: list[Document]
) -> None:
    mixed = [answers[row] for row in np.random.default_rng(3).permutation(len(answers))]
    again = analyse(mixed)
    assert again.codings == analysis.codings
    assert again.themes == analysis.themes
    assert again.run.input_hash == analysis.run.input_hash


def test_label_words_come_from_the_answers(
    analysis: Analysis, labelled: list[tuple[str, str]]
) -> None:
    written = " ".join(text.lower() for text, _ in labelled)
    for theme in analysis.themes:
        assert theme.words
        assert all(word.lower() in written for word in theme.words)


def test_themes_are_numbered_from_the_largest(analysis: Analysis) -> None:
    assert [theme.number for theme in analysis.themes] == list(range(1, len(analysis.themes) + 1))
    sizes = [theme.documents for theme in analysis.themes]
    assert sizes == sorted(sizes, reverse=True)


def test_examples_belong_to_their_theme(analysis: Analysis) -> None:
    held = {(c.document_id, c.segment): c.theme for c in analysis.codings}
    for theme in analysis.themes:
        assert theme.examples
        assert all(held[example] == theme.number for example in theme.examples)


def test_about_one_in_seven_codings_is_for_review(analysis: Analysis) -> None:
    share = analysis.run.counts["needs_review"] / analysis.run.counts["segments"]
    assert 0.1 < share < 0.2
    doubtful = [c.confidence for c in analysis.codings if c.needs_review]
    sure = [c.confidence for c in analysis.codings if not c.needs_review]
    assert max(doubtful) <= min(sure)


def test_the_run_says_what_was_done(analysis: Analysis, answers: list[Document]) -> None:
    run = analysis.run
    assert len(run.input_hash) == 64
    assert run.settings == dataclasses.asdict(AnalysisSettings())
    assert run.versions["bertopic"] == "0.17.4"
    assert run.counts["documents"] == len(answers)
    assert set(run.seconds) >= {"Removing names", "Reading for meaning", "Finding themes"}


def test_the_run_says_how_far_the_themes_can_be_trusted(analysis: Analysis) -> None:
    run = analysis.run
    assert run.versions["model"] == "all-MiniLM-L6-v2 int8"
    assert run.stability["resamples"] >= 5
    assert 0 < run.stability["agreement"] <= 1
    assert set(run.calibration) >= {"constant", "closeness", "agreement"}
    for theme in analysis.themes:
        assert 0 < (theme.stability or 0) <= 1
        assert -1 <= (theme.coherence or 0) <= 1
        assert 0 < (theme.distinctness or 0) < 2
    loose = {theme.number for theme in analysis.themes if (theme.stability or 0) < 0.6}
    named = {f.rule: set(f.themes) for f in run.findings}
    assert named.get("unstable_themes", set()) == loose


def test_themed_to_be_read_and_set_aside_add_up(analysis: Analysis) -> None:
    coverage, counts = analysis.run.coverage, analysis.run.counts
    assert coverage["documents"] == counts["documents"]
    assert coverage["set_aside"] == counts["set_aside"]
    assert coverage["themed"] + coverage["needs_reading"] == counts["analysed"]
    waiting = {c.document_id for c in analysis.codings if c.needs_review}
    assert coverage["needs_reading"] == len(waiting)


def test_the_number_of_themes_can_be_asked_for(answers: list[Document], tiny: object) -> None:
    result = analyse(answers, AnalysisSettings(themes=5), embedder=tiny)
    assert len(result.themes) == 5


def test_more_answers_than_the_fit_takes_are_placed_all_the_same(
    answers: list[Document], tiny: object
) -> None:
    result = analyse(answers, AnalysisSettings(largest_fit=60), embedder=tiny)
    assert len(primary_themes(result)) == len(answers)
    assert any("60 of 96" in note for note in result.run.notes)


def test_few_answers_are_groups_for_reading(answers: list[Document], tiny: object) -> None:
    result = analyse(answers[:20], embedder=tiny)
    assert any("does not claim themes" in note for note in result.run.notes)
    assert all(coding.needs_review for coding in result.codings)


def test_several_points_in_one_answer_are_coded_apart(
    answers: list[Document], tiny: object
) -> None:
    long = Document(
        "long",
        "School try hard but the plan took ages and nobody rang back. The taxi is always late too.",
    )
    result = analyse([*answers, long], embedder=tiny)
    own = [coding for coding in result.codings if coding.document_id == "long"]
    assert [coding.segment for coding in own] == [1, 2]
    assert sum(coding.is_primary for coding in own) == 1


def test_an_answer_that_is_held_is_never_read(answers: list[Document], tiny: object) -> None:
    secret = Document("held", "Sometimes I don't want to be here any more.", held=True)
    result = analyse([*answers, secret], embedder=tiny)
    (coding,) = [c for c in result.codings if c.document_id == "held"]
    assert (coding.set_aside, coding.text, coding.theme) == ("held", "", None)


def test_stages_are_reported_to_their_end(answers: list[Document], tiny: object) -> None:
    seen: dict[str, tuple[int, int]] = {}
    analyse(answers, progress=lambda s, d, t: seen.update({s: (d, t)}), embedder=tiny)
    assert list(seen) == [
        "Removing names", "Setting aside", "Reading for meaning", "Finding themes",
        "Testing themes", "Coding", "Other languages", "Suggesting names",
    ]  # fmt: skip
    assert all(done == total for done, total in seen.values())


def test_two_answers_with_one_id_are_refused() -> None:
    with pytest.raises(RepeatedIdError, match="same id"):
        analyse([Document("a", "x"), Document("a", "y")])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ODD_TEXTS, max_size=12))
def test_every_answer_comes_out_again(tiny: object, texts: list[str]) -> None:
    documents = [Document(str(i), text) for i, text in enumerate(texts)]
    result = analyse(documents, embedder=tiny)
    assert {c.document_id for c in result.codings} == {d.id for d in documents}
    once = [c.document_id for c in result.codings if c.is_primary or c.set_aside]
    assert sorted(once) == sorted(d.id for d in documents)
    counts = result.run.counts
    assert counts["documents"] == counts["analysed"] + counts["set_aside"]
    numbers = {theme.number for theme in result.themes}
    assert {c.theme for c in result.codings if not c.set_aside} <= numbers
    assert all(np.isfinite(c.confidence) for c in result.codings)
