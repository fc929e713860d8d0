"""Every kind of question does everything a kind must do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage import resources
from surveys import pictures
from surveys.questions import (
    EDITIONS,
    KINDS,
    LANGUAGES,
    AnswerError,
    Edition,
    Line,
    Option,
    Passage,
    Question,
    Sent,
    Wording,
)
from tests.kinds import BAD, GOOD, OPTIONS, TYPED, ask, every_kind, option, say

kinds = pytest.mark.parametrize("kind", KINDS)
editions = pytest.mark.parametrize("edition", EDITIONS)


@kinds
def test_a_kind_has_its_template_and_written_examples(kind: str) -> None:
    assert (resources.templates() / Path(ask(kind).template)).is_file()
    assert kind in GOOD
    assert kind in TYPED
    assert (kind in BAD) == KINDS[kind].is_asked
    assert kind in {question.kind for question in every_kind().questions.values()}


@editions
@kinds
def test_what_is_sent_is_stored_summed_up_exported_and_shown_again(
    kind: str, edition: Edition
) -> None:
    question = ask(kind)
    sent, values = GOOD[kind]
    assert question.parse(sent, edition) == values
    assert bool(question.summary(values, edition)) == bool(values)
    assert all(said.strip() for said in question.summary(values, edition))
    assert question.parse(question.filled(values, edition), edition, values) == values
    assert bool(question.export(values)) == bool(values)


@editions
@kinds
def test_a_skipped_question_leaves_nothing(kind: str, edition: Edition) -> None:
    question = ask(kind)
    assert question.parse({}, edition) == ()
    assert question.parse({name: [""] for name in question.fields(edition)}, edition) == ()
    assert question.parse(question.filled((), edition), edition) == ()
    assert question.summary((), edition) == ()
    assert question.export(()) == ""
    assert question.own_words(()) == ""
    for typed in ("", "-"):
        assert question.is_text or question.takes_file or question.keyed(typed, edition) in (
            {}, {"answer": ()},
        )  # fmt: skip


@kinds
def test_what_is_typed_from_paper_is_the_same_answer(kind: str) -> None:
    question = ask(kind)
    typed, values = TYPED[kind]
    assert question.parse(question.keyed(typed), "standard") == values


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_kept_is_refused_in_every_edition(kind: str) -> None:
    sent, field = BAD[kind]
    with pytest.raises(AnswerError) as refused:
        ask(kind).parse(sent, "standard")
    message = refused.value.message
    assert refused.value.field == field
    assert message.in_("standard") == str(refused.value)
    assert message.in_("easy") == message.in_("plain")
    assert all(message.in_(edition) and "%(" not in message.in_(edition) for edition in EDITIONS)


@kinds
def test_the_fields_of_an_answer_begin_with_answer(kind: str) -> None:
    question = ask(kind)
    names = set(question.fields("standard"))
    assert bool(names) == question.is_asked
    assert all(name == "answer" or name.startswith("answer_") for name in names)
    assert set(question.filled(GOOD[kind][1], "standard")) <= names


@kinds
def test_a_well_written_question_has_no_mistakes(kind: str) -> None:
    assert list(ask(kind).mistakes()) == []


@kinds
def test_nothing_is_chosen_beforehand(kind: str) -> None:
    question = ask(kind)
    assert not any(choice.chosen for choice in question.choices((), "easy"))
    rows = question.lines({}, "easy")
    assert not any(choice.chosen for row in rows for choice in row.choices)


@kinds
def test_its_pictures_are_there(kind: str) -> None:
    assert pictures.sprite(ask(kind).pictures)


@kinds
def test_only_own_words_are_own_words(kind: str) -> None:
    question = ask(kind)
    said = question.own_words(GOOD[kind][1])
    assert bool(said) == question.has_words
    assert not said.startswith("=")


def tried(call: Callable[[], Any]) -> tuple[Any, AnswerError | None]:
    """Return what a call gives, or the refusal; any other error is a failure."""
    try:
        return call(), None
    except AnswerError as error:
        return None, error


anything = st.text(st.characters(codec=None), max_size=60)
hostile = st.one_of(
    anything,
    st.sampled_from(
        ["a", "b", "other", "agree", "x:a", "0", "1e9", "-0", "٣", "9" * 40, "2026-02-30",
         "SG1 1AA", "=1+1", "words", "print:yes", "yes", "<script>",
         "\x00", "\ud800", "1=1", "1 2 3", "0=0"]
    ),
)  # fmt: skip
everything_sent = st.dictionaries(
    st.sampled_from(
        ["answer", "answer_words", "answer_day", "answer_month", "answer_year", "answer_postcode",
         "answer_1", "answer_2", "answer_x", "answer_y", "answer_print", "answer_name",
         "answer_age"]
    ),
    st.lists(hostile, max_size=3),
)  # fmt: skip


@kinds
@given(sent=everything_sent, edition=st.sampled_from(EDITIONS))
def test_hostile_input_is_kept_safely_or_refused(kind: str, sent: Sent, edition: Edition) -> None:
    question = ask(kind)
    values, error = tried(lambda: question.parse(sent, edition))
    if error:
        assert error.message.in_(edition)
        assert error.field in question.fields(edition)
        return
    assert all(value and "\x00" not in value and value.encode() for value in values)
    assert question.parse(question.filled(values, edition), edition, values) == values
    assert isinstance(question.summary(values, edition), tuple)
    assert question.is_many or len(values) <= 1
    assert isinstance(question.export(values), str)


@kinds
@given(typed=hostile, edition=st.sampled_from(EDITIONS))
def test_anything_typed_from_paper_is_read_or_refused(
    kind: str, typed: str, edition: Edition
) -> None:
    question = ask(kind)
    _, error = tried(lambda: question.parse(question.keyed(typed, edition), edition))
    assert error is None or error.message.in_(edition)


@kinds
@given(sent=everything_sent, edition=st.sampled_from(EDITIONS))
def test_asking_the_page_for_help_never_breaks_it(kind: str, sent: Sent, edition: Edition) -> None:
    question = ask(kind)
    helped, error = tried(lambda: question.assist(sent, edition))
    assert error is None or error.message.in_(edition)
    if helped is not None:
        assert isinstance(question.found(helped, edition), str)
        choices = question.choices(helped.get("answer", ()), edition)
        groups = question.grouped(choices, helped, edition)
        assert {one.value for group in groups for one in group.choices} == {
            one.value for one in choices
        }


def test_a_scale_speaks_the_language_of_a_page_without_the_questionnaires_help() -> None:
    for kind in ("yes_no", "agree5", "yes_sometimes_no", "faces3", "votes"):
        for language in LANGUAGES:
            assert all(one.label(language) for one in ask(kind).options)


MISTAKES = [
    (ask("faces3", feeling=False), "faces may only ask about feelings"),
    (ask("single", feeling=True), "only faces3 asks about feelings"),
    (ask("single", options=OPTIONS[:1]), "at least two options"),
    (ask("single", options=(*OPTIONS, OPTIONS[0])), "used twice"),
    (ask("single", options=tuple(option(k, say_what=True) for k in "ab")), "only one option"),
    (ask("single", options=(*OPTIONS, option("d", group="no"))), "add it to groups"),
    (ask("multi", limit=3), "limit must be"),
    (ask("multi", exclusive="z"), "exclusive names"),
    (ask("yes_sometimes_no", unhappy=("z",)), "safety names"),
    (ask("long_text", hint=Passage(("Only standard.",))), "hint needs words in both"),
    (
        ask("long_text", hint=Passage(("One.",), (Line("One.", ""),))),
        "line of the hint needs words and a picture",
    ),
    (ask("single", options=(*OPTIONS, Option("d", Wording("D", ""), "yes"))), "easy read words"),
    (ask("single", options=(*OPTIONS, option("d", picture=""))), "easy read words and a picture"),
    (ask("single", options=(*OPTIONS, Option("d", Wording("", "d"), "yes"))), "needs words in the"),
    (ask("single", options=(*OPTIONS, Option("d", say("D", ""), "", "z"))), "easy_as of 'd'"),
    (ask("single", options=tuple(option(k) for k in "abcde")), "at most 4 answers"),
    (ask("scale10", ends=None), "words for both ends"),
    (ask("number", lowest=9, highest=1), "min is larger than max"),
    (ask("ranking", limit=4), "limit says how many"),
    (ask("ranking", options=(*OPTIONS, option("d", say_what=True))), "ask for no words"),
    (ask("matrix", rows=()), "add rows"),
    (ask("matrix", rows=(option("x"), option("x"))), "row key 'x' is used twice"),
    (ask("matrix", options=tuple(option(k) for k in "abcde")), "at most 4 answers in each row"),
    (ask("votes", rows=(option("x", picture=""),)), "needs easy read words and a picture"),
]


@pytest.mark.parametrize(("question", "said"), MISTAKES)
def test_a_mistake_says_what_to_do(question: Question, said: str) -> None:
    assert any(said in mistake for mistake in question.mistakes())


def test_a_long_list_of_facts_is_not_a_scale() -> None:
    many = tuple(option(key) for key in "abcdefgh")
    assert list(ask("single", options=many, facts=True).mistakes()) == []


def test_a_question_without_a_picture_is_a_mistake() -> None:
    bare = KINDS["long_text"](code="XX1", text=Wording("Q", "Q"))
    assert any("picture for the question" in mistake for mistake in bare.mistakes())
