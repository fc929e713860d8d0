"""Every kind of question does everything a kind must do."""

from pathlib import Path

import pytest

from engage import resources
from surveys.questions import (
    EDITIONS,
    KINDS,
    AnswerError,
    Edition,
    Line,
    Option,
    Passage,
    Question,
    Wording,
)
from surveys.questions.base import Values

KEYS = ("a", "b", "c")
OPTIONS = tuple(Option(key, Wording(key.upper(), f"easy {key}"), "yes") for key in KEYS)
GOOD: dict[str, Values] = {
    "information": (),
    "single": ("b",),
    "multi": ("a", "c"),
    "agree5": ("strongly_agree",),
    "yes_sometimes_no": ("sometimes",),
    "faces3": ("happy",),
    "short_text": ("Sunny",),
    "long_text": ("One line.\nAnother.",),
}
BAD: dict[str, tuple[str, ...]] = {
    "single": ("z",),
    "multi": ("a", "z"),
    "agree5": ("yes",),
    "yes_sometimes_no": ("happy",),
    "faces3": ("yes",),
    "short_text": ("x" * 201,),
    "long_text": ("x" * 4001,),
}


def ask(kind: str, **more: object) -> Question:
    settings: dict[str, object] = {"options": OPTIONS} if kind in {"single", "multi"} else {}
    settings |= {"feeling": kind == "faces3", **more}
    return KINDS[kind](
        code="XX1",
        text=Wording("The question", "The easy question"),
        picture="question",
        **settings,  # type: ignore[arg-type]  # each kind gets the settings it knows
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_template_and_a_written_example(kind: str) -> None:
    assert (resources.templates() / Path(ask(kind).template)).is_file()
    assert kind in GOOD


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_parsed_is_summed_up_and_exported(kind: str, edition: Edition) -> None:
    question = ask(kind)
    values = question.parse(GOOD[kind], edition)
    assert values == GOOD[kind]
    assert len(question.summary(values, edition)) == len(values)
    assert all(value in question.export(values) for value in values)
    assert question.parse((), edition) == ()
    assert question.summary((), edition) == ()
    assert question.export(()) == ""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_kept_is_refused_in_the_words_of_the_edition(
    kind: str, edition: Edition
) -> None:
    messages = {}
    for spoken in EDITIONS:
        with pytest.raises(AnswerError) as refused:
            ask(kind).parse(BAD[kind], spoken)
        messages[spoken] = str(refused.value)
    assert messages["standard"] != messages["easy"]
    assert edition in messages


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_question_that_asks_has_a_field(kind: str) -> None:
    question = ask(kind)
    assert (question.field("standard") is not None) == question.is_asked


@pytest.mark.parametrize("kind", KINDS)
def test_a_well_written_question_has_no_mistakes(kind: str) -> None:
    assert list(ask(kind).mistakes()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_chosen_beforehand(kind: str) -> None:
    assert not any(choice.chosen for choice in ask(kind).choices((), "easy"))


def test_easy_read_asks_four_answers_of_the_agree_scale() -> None:
    keys = [choice.value for choice in ask("agree5").choices((), "easy")]
    assert keys == ["agree", "neither", "disagree", "not_sure"]


@pytest.mark.parametrize(
    ("stored", "sent", "kept"),
    [
        ("strongly_agree", "agree", "strongly_agree"),
        ("strongly_disagree", "disagree", "strongly_disagree"),
        ("strongly_agree", "disagree", "disagree"),
        ("agree", "agree", "agree"),
    ],
)
def test_a_finer_answer_is_kept_unless_its_band_changes(stored: str, sent: str, kept: str) -> None:
    assert ask("agree5").parse((sent,), "easy", (stored,)) == (kept,)


def test_the_standard_edition_takes_every_answer_at_its_word() -> None:
    assert ask("agree5").parse(("agree",), "standard", ("strongly_agree",)) == ("agree",)


def test_a_finer_answer_shows_as_its_band_in_easy_read() -> None:
    question = ask("agree5")
    assert question.shown(("strongly_agree",), "easy") == ("agree",)
    assert question.summary(("strongly_agree",), "easy") == ("Yes, I agree",)
    assert question.summary(("strongly_agree",), "standard") == ("Strongly agree",)


def test_single_refuses_two_answers() -> None:
    with pytest.raises(AnswerError, match="one answer only"):
        ask("single").parse(("a", "b"), "standard")


def test_multi_refuses_more_than_its_limit() -> None:
    with pytest.raises(AnswerError, match=r"You chose 3\. Choose up to 2"):
        ask("multi", limit=2).parse(KEYS, "standard")
    with pytest.raises(AnswerError, match="Please pick up to 2"):
        ask("multi", limit=2).parse(KEYS, "easy")


@pytest.mark.parametrize("edition", EDITIONS)
def test_multi_refuses_none_together_with_others(edition: Edition) -> None:
    with pytest.raises(AnswerError, match="not both"):
        ask("multi", exclusive="c").parse(("a", "c"), edition)
    assert ask("multi", exclusive="c").parse(("c",), edition) == ("c",)


def test_multi_keeps_the_order_of_the_page() -> None:
    assert ask("multi").parse(("c", "a"), "standard") == ("a", "c")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  spaces  ", ("spaces",)),
        ("a\r\nb\rc", ("a\nb\nc",)),
        ("\x00null\x07", ("null",)),
        ("   ", ()),
        ("☹️ bus 😡", ("☹️ bus 😡",)),
        ("=1+1 we need funding", ("=1+1 we need funding",)),
    ],
)
def test_own_words_are_kept_as_typed(typed: str, kept: Values) -> None:
    assert ask("long_text").parse((typed,), "standard") == kept


MISTAKES = [
    (ask("faces3", feeling=False), "faces may only ask about feelings"),
    (ask("single", feeling=True), "only faces3 asks about feelings"),
    (ask("single", options=OPTIONS[:1]), "at least two options"),
    (ask("single", options=(*OPTIONS, OPTIONS[0])), "used twice"),
    (ask("multi", limit=3), "limit must be"),
    (ask("multi", exclusive="z"), "exclusive names"),
    (ask("yes_sometimes_no", unhappy=("z",)), "safety names"),
    (ask("long_text", hint=Passage(("Only standard.",))), "hint needs words in both"),
    (
        ask("long_text", hint=Passage(("One.",), (Line("One.", ""),))),
        "line of the hint needs words and a picture",
    ),
    (
        ask("single", options=(*OPTIONS, Option("d", Wording("D", ""), "yes"))),
        "needs easy read words",
    ),
    (
        ask("single", options=(*OPTIONS, Option("d", Wording("D", "d"), ""))),
        "needs easy read words and a picture",
    ),
    (
        ask("single", options=(*OPTIONS, Option("d", Wording("", "d"), "yes"))),
        "needs words in the standard edition",
    ),
    (
        ask("single", options=(*OPTIONS, Option("d", Wording("D", ""), "", "z"))),
        "easy_as of 'd'",
    ),
    (
        ask("single", options=tuple(Option(k, Wording(k, k), "yes") for k in "abcde")),
        "at most 4 answers",
    ),
]


@pytest.mark.parametrize(("question", "said"), MISTAKES)
def test_a_mistake_says_what_to_do(question: Question, said: str) -> None:
    assert any(said in mistake for mistake in question.mistakes())


def test_a_long_list_of_facts_is_not_a_scale() -> None:
    many = tuple(Option(key, Wording(key, key), "yes") for key in "abcdefgh")
    assert list(ask("single", options=many, facts=True).mistakes()) == []


def test_a_question_without_a_picture_is_a_mistake() -> None:
    bare = KINDS["long_text"](code="XX1", text=Wording("Q", "Q"))
    assert any("picture for the question" in mistake for mistake in bare.mistakes())
