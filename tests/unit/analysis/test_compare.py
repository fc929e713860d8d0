import dataclasses

from analysis.standalone.compare import Move, RunFacts, compare_runs, explain

FIRST = RunFacts(
    name="Monday",
    input_hash="aa",
    settings={"themes": None, "seed": 1},
    versions={"numpy": "2.4"},
    themes={"1": "buses", "2": "waiting"},
    answers={"a": "1", "b": "1", "c": "2", "d": "2", "e": ""},
)


def test_a_run_beside_itself_differs_in_nothing() -> None:
    found = compare_runs(FIRST, FIRST)
    assert found.is_same
    assert found.stayed == len(FIRST.answers)
    assert "Nothing differs: the same answers, settings and themes." in explain(found)


def test_themes_are_matched_by_what_they_hold_and_not_by_number_or_name() -> None:
    other = dataclasses.replace(
        FIRST,
        themes={"1": "help", "2": "buses and trains"},
        answers={"a": "2", "b": "2", "c": "1", "d": "1", "e": ""},
    )
    found = compare_runs(FIRST, other)
    assert [(m.before, m.after, m.overlap) for m in found.matches] == [
        ("1", "2", 1.0),
        ("2", "1", 1.0),
    ]
    assert found.moves == ()


def test_who_moved_who_came_and_who_went_is_said() -> None:
    other = dataclasses.replace(
        FIRST,
        name="Tuesday",
        input_hash="bb",
        settings={"themes": 8, "seed": 1},
        versions={"numpy": "2.5"},
        themes={"1": "buses", "2": "waiting", "3": "toilets"},
        answers={"a": "1", "b": "2", "c": "2", "d": "2", "f": "3"},
    )
    found = compare_runs(FIRST, other)
    assert (found.added, found.removed) == (("f",), ("e",))
    assert found.moves == (Move("b", "1", "2"),)
    assert found.settings == {"themes": (None, 8)}
    said = "\n".join(explain(found))
    for sentence in (
        "Monday beside Tuesday.",
        "1 answer is new.",
        "Setting themes: not set before, 8 now.",
        "Package numpy: 2.4 before, 2.5 now.",
        "Theme “toilets” is new.",
        "1 of 4 answers are in another theme.",
        "1 from “buses” to “waiting”.",
    ):
        assert sentence in said


def test_a_theme_that_is_gone_is_said() -> None:
    other = dataclasses.replace(
        FIRST, themes={"1": "all"}, answers=dict.fromkeys("abcd", "1") | {"e": ""}
    )
    said = "\n".join(explain(compare_runs(FIRST, other)))
    assert "is gone" in said


def test_a_theme_that_is_never_the_main_one_makes_no_difference() -> None:
    more = dataclasses.replace(FIRST, themes={**FIRST.themes, "9": "aside"})
    assert compare_runs(more, more).is_same


def test_an_answer_that_left_the_set_aside_has_moved() -> None:
    other = dataclasses.replace(FIRST, answers=dict(FIRST.answers) | {"e": "1"})
    assert compare_runs(FIRST, other).moves == (Move("e", "", "1"),)


def test_words_that_changed_under_the_same_id_are_seen() -> None:
    first = dataclasses.replace(FIRST, hashes={"a": "x", "b": "y"})
    other = dataclasses.replace(FIRST, hashes={"a": "x", "b": "z"})
    assert compare_runs(first, other).rewritten == ("b",)
