import random

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analysis.codeframes.asked_first import ask_first
from analysis.codeframes.assisted import (
    Lesson,
    NothingCodedError,
    Suggestions,
    read_views,
    suggest,
)
from analysis.codeframes.codeframe import Code
from analysis.embeddings.embedding import Embedder, Vectors

CODES = (Code("bus", "Transport"), Code("wait", "Waiting"), Code("club", "Clubs"))
WORDS = {
    "bus": ("the bus is late", "taxi driver never rings", "transport to school fails", "no bus"),
    "wait": ("we waited two years", "the waiting list is long", "assessment takes ages", "wait"),
    "club": ("more clubs please", "a youth club nearby", "holiday club is full", "clubs"),
}


def answers() -> tuple[list[str], list[str]]:
    texts = [f"{text} again {n}" for words in WORDS.values() for text in words for n in range(6)]
    return texts, [code for code, words in WORDS.items() for _ in words for _ in range(6)]


@pytest.fixture(scope="module")
def rows(tiny: Embedder) -> Vectors:
    texts, _ = answers()
    found, _ = read_views(texts, [tiny.embed(texts)])
    return found


def lesson(every: int = 4, **also: frozenset[str]) -> Lesson:
    _, codes = answers()
    coded = {row: frozenset([code]) for row, code in enumerate(codes) if row % every == 0}
    return Lesson(CODES, coded | {int(row[1:]): codes for row, codes in also.items()})


def right(found: Suggestions, rows_: list[int]) -> float:
    _, codes = answers()
    return float(np.mean([found.codes_of(row)[0][0] == codes[row] for row in rows_]))


def test_codes_are_learned_from_a_few_answers(rows: Vectors) -> None:
    found = suggest(rows, lesson())
    uncoded = [row for row in range(len(rows)) if row % 4]
    assert right(found, uncoded) > 0.95
    assert (found.scores >= 0).all()
    assert (found.scores <= 1).all()
    assert found.scores.sum(axis=1) == pytest.approx(1)


def test_answers_of_a_theme_that_a_person_joined_teach_where_nobody_has_coded_any(
    rows: Vectors,
) -> None:
    _, codes = answers()
    alone = lesson()
    of_two = {row: said for row, said in alone.coded.items() if codes[row] != "club"}
    clubs = [row for row, code in enumerate(codes) if code == "club"]
    joined = dict.fromkeys(clubs[:8], frozenset(["club"]))
    before = suggest(rows, Lesson(CODES, of_two))
    after = suggest(rows, Lesson(CODES, of_two, placed=joined))
    assert right(after, clubs[8:]) > right(before, clubs[8:]) + 0.2
    assert right(after, [row for row in of_two if codes[row] == "bus"]) > 0.95


def test_what_a_person_coded_outweighs_where_a_theme_put_it(rows: Vectors) -> None:
    wrong = dict.fromkeys(lesson().coded, frozenset(["wait"]))
    one = suggest(rows, lesson())
    same = suggest(rows, Lesson(CODES, lesson().coded, placed=wrong))
    assert (one.scores == same.scores).all(), "answers that people coded are taken at their word"


def test_the_least_sure_share_is_flagged_and_never_what_people_coded(rows: Vectors) -> None:
    found = suggest(rows, lesson(), review_share=0.25)
    assert found.unsure.sum() == round(0.25 * len(rows) * 3 / 4)
    assert not found.unsure[::4].any()
    kept = [row for row in range(len(rows)) if row % 4 and not found.unsure[row]]
    assert found.sureness[found.unsure].max() <= found.sureness[kept].min()


def test_an_answer_is_judged_as_if_it_had_not_been_seen(rows: Vectors) -> None:
    wrong = {"r1": frozenset(["club"])}
    found = suggest(rows, lesson(**wrong))
    assert found.codes_of(1)[0][0] == "bus"


def test_several_codes_can_be_suggested_for_one_answer(rows: Vectors) -> None:
    both = frozenset(["bus", "wait"])
    coded = dict.fromkeys(range(0, 48, 4), both) | {
        row: frozenset(["club"]) for row in range(48, 72, 4)
    }
    found = suggest(rows, Lesson(CODES, coded))
    assert {code for code, _ in found.codes_of(1)} == both
    assert [code for code, _ in found.codes_of(49)] == ["club"]
    assert found.chosen.any(axis=1).all()


def test_saying_that_nothing_fits_is_learned_too(rows: Vectors) -> None:
    coded = {row: frozenset(["bus"]) for row in range(0, 24, 2)}
    coded |= {row: frozenset[str]() for row in range(24, 72, 2)}
    found = suggest(rows, Lesson(CODES, coded))
    assert found.codes_of(60 + 1) == ()
    assert [code for code, _ in found.codes_of(1)] == ["bus"]


def test_codes_that_were_joined_teach_as_one(rows: Vectors) -> None:
    _, codes = answers()
    joined = {"club": "wait"}
    coded = {
        row: frozenset([joined.get(code, code)]) for row, code in enumerate(codes) if row % 4 == 0
    }
    found = suggest(rows, Lesson(CODES[:2], coded))
    assert {found.codes_of(row)[0][0] for row in range(49, 72)} == {"wait"}


def test_the_words_of_a_code_help_where_nobody_coded_it(tiny: Embedder) -> None:
    texts, _ = answers()
    named = ["late bus taxi transport school", "waited waiting list assessment", "clubs club youth"]
    seen, labels = read_views(texts, [tiny.embed(texts)], named, [tiny.embed(named)])
    coded = {row: frozenset(["bus" if row < 24 else "wait"]) for row in range(0, 48, 4)}
    plain = suggest(seen, Lesson(CODES, coded))
    helped = suggest(seen, Lesson(CODES, coded, labels))
    assert helped.scores[48:, 2].mean() > plain.scores[48:, 2].mean()


@pytest.mark.parametrize("taught", [Lesson(CODES, {}), Lesson((), {0: frozenset()})])
def test_nothing_coded_is_said(rows: Vectors, taught: Lesson) -> None:
    with pytest.raises(NothingCodedError, match="Code some answers first"):
        suggest(rows, taught)


def test_what_the_machine_asks_about_is_uncoded_varied_and_limited(rows: Vectors) -> None:
    _, codes = answers()
    start = ask_first(rows, None, [], 6)
    assert len(set(start)) == 6
    assert {codes[row] for row in start} == set(WORDS)
    found = suggest(rows, lesson())
    asked = ask_first(rows, found, list(lesson().coded), 10)
    assert len(set(asked)) == 10
    assert not set(asked) & set(lesson().coded)


def test_of_answers_that_read_the_same_one_is_asked_about(tiny: Embedder) -> None:
    texts = ["nothing"] * 30 + ["the bus is late", "we waited"]
    seen, _ = read_views(texts, [tiny.embed(texts)])
    assert sorted(ask_first(seen, None, [], 20)) == [0, 30, 31]
    assert ask_first(seen, None, [3], 20) != []
    assert 0 not in ask_first(seen, None, [3], 20)


def test_the_same_codings_give_the_same_suggestions(rows: Vectors) -> None:
    one, other = suggest(rows, lesson()), suggest(rows, lesson())
    assert one.scores.tobytes() == other.scores.tobytes()


def test_a_handful_of_answers_is_enough_to_start(tiny: Embedder) -> None:
    texts = ["the bus is late", "we waited", "bus again"]
    seen, _ = read_views(texts, [tiny.embed(texts)])
    found = suggest(seen, Lesson(CODES[:2], {0: frozenset(["bus"]), 1: frozenset(["wait"])}))
    assert found.codes_of(2)[0][0] == "bus"


def test_the_number_of_cores_changes_nothing(tiny: Embedder) -> None:
    draw = random.Random(3)  # noqa: S311  # repeatable
    texts = [" ".join(f"w{draw.randrange(400)}" for _ in range(12)) for _ in range(300)]
    coded = {row: frozenset([CODES[row % 3].id]) for row in range(0, 300, 4)}

    def learnt(cores: int) -> tuple[bytes, bytes, list[int]]:
        with threadpool_limits(cores):
            rows, _ = read_views(texts, [tiny.embed(texts)])
            found = suggest(rows, Lesson(CODES, coded))
            return rows.tobytes(), found.scores.tobytes(), ask_first(rows, found, sorted(coded), 20)

    assert learnt(1) == learnt(2)
