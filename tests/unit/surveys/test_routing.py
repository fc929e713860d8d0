"""Every path ends, going back retraces it, and answers off it never count."""

import functools
import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from surveys import document, routing
from surveys.questionnaire import Questionnaire, build
from surveys.questions import Values

TINY = Path(__file__).parents[2] / "questionnaires" / "tiny.yaml"


@functools.cache
def tiny() -> Questionnaire:
    return build(document.complete(document.load(TINY), lambda _name: ()))


@st.composite
def any_answers(draw: st.DrawFn) -> dict[str, Values]:
    answers: dict[str, Values] = {}
    for code, question in tiny().questions.items():
        if not question.is_asked or draw(st.booleans()):
            continue
        choice = st.sampled_from(sorted(question.keys)) if question.keys else st.just("words")
        answers[code] = (draw(choice),)
    return answers


@given(any_answers())
def test_every_path_ends_and_visits_each_page_once(answers: dict[str, Values]) -> None:
    visited = []
    page = routing.next_page(tiny(), answers)
    while page is not None:
        visited.append(page.id)
        assert len(visited) <= len(tiny().pages)
        page = routing.next_page(tiny(), answers, page.id)
    assert visited == [page.id for page in routing.path(tiny(), answers)]


@given(any_answers())
def test_going_back_retraces_the_path(answers: dict[str, Values]) -> None:
    taken = routing.path(tiny(), answers)
    for before, after in itertools.pairwise(taken):
        assert routing.previous_page(tiny(), answers, after.id) is before
    assert routing.previous_page(tiny(), answers, taken[0].id) is None


@given(any_answers())
def test_each_answer_either_counts_or_is_named_as_left_out(answers: dict[str, Values]) -> None:
    counted = routing.on_path_answers(tiny(), answers)
    left_out = {page.question.code for page in routing.left_out(tiny(), answers)}
    assert counted.keys() | left_out == answers.keys()
    assert not counted.keys() & left_out


@given(any_answers())
def test_progress_never_promises_too_little_once_it_is_certain(answers: dict[str, Values]) -> None:
    for page in routing.path(tiny(), answers):
        found = routing.progress(tiny(), answers, page.id)
        assert 1 <= found.number <= found.total


def test_an_answer_routed_away_from_opens_nothing() -> None:
    answers = {"TQ1": ("no",), "TQ1b": ("badly",), "TQ1c": ("words",)}
    ids = [page.id for page in routing.path(tiny(), answers)]
    assert "how-planned" not in ids
    assert "what-else" not in ids
    assert routing.on_path_answers(tiny(), answers) == {"TQ1": ("no",)}


def test_progress_says_about_while_an_answer_can_still_add_pages() -> None:
    assert routing.progress(tiny(), {}, "moved").words("standard") == "Question 1 of about 8"
    known = {"TQ1": ("no",)}
    assert routing.progress(tiny(), known, "first").words("standard") == "Question 2 of 8"
    longer = {"TQ1": ("yes",), "TQ1b": ("well",)}
    assert routing.progress(tiny(), longer, "first").words("easy") == "Question 3 of 9"


def test_a_change_opens_what_hangs_on_it_and_nothing_else() -> None:
    page = tiny().page_of("TQ1")
    assert [p.id for p in routing.opened_by(tiny(), {"TQ1": ("yes",)}, page)] == ["how-planned"]
    done = {"TQ1": ("yes",), "TQ1b": ("badly",)}
    assert [p.id for p in routing.opened_by(tiny(), done, page)] == ["what-else"]
    assert routing.opened_by(tiny(), {"TQ1": ("no",)}, page) == ()
