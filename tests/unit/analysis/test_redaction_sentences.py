"""Our own marked sentences: the rules are developed on these, so they must know nearly all."""

import time
from pathlib import Path

import pytest

from tests import redaction_scores as scores


def written(name: str) -> tuple[scores.Sentence, ...]:
    """Return the marked sentences of a file beside this one."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return tuple(scores.marked(line) for line in lines if line and not line.startswith("#"))


SENTENCES = written("redaction_sentences.txt")
MORE = written("redaction_more_sentences.txt")
"""Those of a second author, who wrote them to be hard."""
THIRD = written("redaction_third_sentences.txt")
"""Those of a third, written in batches: each was measured before a rule was mended for it."""
FOURTH = written("redaction_fourth_sentences.txt")
"""Those of a fourth, half of them with nothing to take out: words, brands, peoples, places."""


@pytest.fixture(scope="module")
def own() -> scores.Score:
    return scores.score(SENTENCES)


def test_there_are_enough_and_many_hold_nothing() -> None:
    assert len(SENTENCES) > 400
    assert sum(not one.spans for one in SENTENCES) > 100


def test_what_we_know_of_is_found_and_little_else(own: scores.Score) -> None:
    assert own.recall >= 0.98, own.table()
    assert own.precision >= 0.96, own.table()


def test_what_a_second_author_wrote_to_be_hard_is_mostly_found() -> None:
    more = scores.score(MORE)
    assert len(MORE) > 900
    assert more.recall >= 0.95, more.table()
    assert more.precision >= 0.96, more.table()


def test_what_a_third_author_wrote_in_batches_is_nearly_all_found() -> None:
    third = scores.score(THIRD)
    assert len(THIRD) > 1_200
    assert third.recall >= 0.96, third.table()
    assert third.precision >= 0.96, third.table()


def test_what_a_fourth_author_wrote_is_nearly_all_found_and_little_else() -> None:
    fourth = scores.score(FOURTH)
    assert len(FOURTH) > 1_100
    assert sum(not one.spans for one in FOURTH) > 500
    assert fourth.recall >= 0.97, fourth.table()
    assert fourth.precision >= 0.93, fourth.table()


@pytest.mark.parametrize("kind", scores.NEVER_LEAK)
def test_nothing_of_a_way_to_reach_somebody_is_left(own: scores.Score, kind: str) -> None:
    assert own.whole[kind] == own.wanted[kind], own.table()


def test_a_longer_answer_takes_longer_only_in_proportion() -> None:
    text = " ".join(one.text for one in SENTENCES)
    long = (text * (48_000 // len(text) + 1))[:48_000]
    scores.redact(long[:1_000])  # the lists are read once
    tries = (seconds(long) < 8 * seconds(long[:12_000]) for _ in range(5))  # others use the cores
    assert any(tries), "four times the words take over eight times as long; a square takes sixteen"


def seconds(text: str) -> float:
    began = time.process_time()
    scores.redact(text)
    return time.process_time() - began
