"""What is particular to one kind of question."""

import pytest

from surveys import postcodes
from surveys.questions import AnswerError, Edition, Message, Sent
from surveys.questions.base import Values
from tests.kinds import KEYS, TALKING, ask, option, say

FINER = (option("high", picture="", easy_as="good"), option("good"), option("bad"))


def chosen(*keys: str) -> Sent:
    return {"answer": keys}


def refusal(question: object, sent: Sent, edition: Edition = "standard") -> tuple[str, str]:
    with pytest.raises(AnswerError) as refused:
        question.parse(sent, edition)  # type: ignore[attr-defined]  # any question
    return refused.value.message.in_(edition), refused.value.field


# --- Choosing -------------------------------------------------------------------------------


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
    assert ask("agree5").parse(chosen(sent), "easy", (stored,)) == (kept,)


def test_the_standard_edition_takes_every_answer_at_its_word() -> None:
    question = ask("agree5")
    assert question.parse(chosen("agree"), "standard", ("strongly_agree",)) == ("agree",)


def test_a_finer_answer_shows_as_its_band_in_easy_read() -> None:
    question = ask("agree5")
    assert question.shown(("strongly_agree",), "easy") == ("agree",)
    assert question.summary(("strongly_agree",), "easy") == ("Yes, I agree",)
    assert question.summary(("strongly_agree",), "standard") == ("Strongly agree",)


def test_paper_numbers_are_those_of_the_sheets_edition() -> None:
    question = ask("agree5")
    assert question.keyed("1", "standard") == {"answer": ("strongly_agree",)}
    assert question.keyed("1", "easy") == {"answer": ("agree",)}
    with pytest.raises(AnswerError, match="Type numbers from 1 to 4"):
        question.keyed("5", "easy")


def test_single_refuses_two_answers() -> None:
    assert refusal(ask("single"), chosen("a", "b"))[0] == "Choose one answer only"


def test_multi_refuses_more_than_its_limit() -> None:
    question = ask("multi", limit=2)
    assert refusal(question, chosen(*KEYS))[0] == "You chose 3. Choose up to 2"
    assert "Please pick up to 2" in refusal(question, chosen(*KEYS), "easy")[0]


@pytest.mark.parametrize("edition", ["standard", "easy", "plain"])
def test_multi_refuses_none_together_with_others(edition: Edition) -> None:
    question = ask("multi", exclusive="c")
    assert "not both" in refusal(question, chosen("a", "c"), edition)[0]
    assert question.parse(chosen("c"), edition) == ("c",)


def test_multi_keeps_the_order_of_the_page() -> None:
    assert ask("multi").parse(chosen("c", "a"), "standard") == ("a", "c")


def test_words_for_other_choose_it_and_are_kept_beside_it() -> None:
    for kind in ("single", "multi"):
        question = ask(kind, options=TALKING)
        values = question.parse({"answer_words": ["  my aunt "]}, "standard")
        assert values == ("other", "=my aunt")
        assert question.own_words(values) == "my aunt"
        assert question.summary(values, "standard") == ("OTHER: my aunt",)
        assert question.export(values) == "other;=my aunt"
        assert question.parse(question.filled(values, "standard"), "standard") == values
        assert question.parse(question.keyed("3 my aunt"), "standard") == values
        assert "write" in question.pictures
        assert question.has_words


def test_words_for_other_never_vanish_behind_another_answer() -> None:
    single, multi = ask("single", options=TALKING), ask("multi", options=TALKING)
    sent = {"answer": ["a"], "answer_words": ["my aunt"]}
    said, field = refusal(single, sent)
    assert "Choose “OTHER” to keep what you wrote" in said
    assert field == "answer_words"
    assert multi.parse(sent, "standard") == ("a", "other", "=my aunt")
    assert refusal(multi, {"answer_words": ["x" * 201]})[1] == "answer_words"


def test_words_are_not_taken_where_no_option_asks_for_them() -> None:
    question = ask("single")
    assert question.parse({"answer_words": ["my aunt"]}, "standard") == ()
    with pytest.raises(AnswerError, match="Type the numbers"):
        question.keyed("1 my aunt")


def test_a_long_list_opens_group_by_group() -> None:
    grouped = ask(
        "single",
        groups=(option("one"), option("two")),
        options=(option("a", group="one"), option("b", group="two"), option("c")),
        facts=True,
    )
    groups = grouped.grouped(grouped.choices(("b",), "standard"), {}, "standard")
    assert [(group.text, group.is_open) for group in groups] == [
        ("ONE", False), ("TWO", True), ("", False),
    ]  # fmt: skip
    assert [choice.value for group in groups for choice in group.choices] == ["a", "b", "c"]


# --- Words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  spaces  ", ("spaces",)),
        ("a\r\nb\rc", ("a\nb\nc",)),
        ("\x00null\x07", ("null",)),
        ("half \ud83d a sign", ("half  a sign",)),
        ("   ", ()),
        ("☹️ bus 😡", ("☹️ bus 😡",)),
        ("=1+1 we need funding", ("=1+1 we need funding",)),
    ],
)
def test_own_words_are_kept_as_typed(typed: str, kept: Values) -> None:
    question = ask("long_text")
    assert question.parse({"answer": [typed]}, "standard") == kept
    assert question.own_words(kept) == (kept[0] if kept else "")


# --- Numbers and dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 12 ", "12"),
        ("12 hours", "12"),
        ("1,200", "1200"),
        ("£5", "5"),
        ("٣٤", "34"),
        ("007", "7"),
        ("-0", "0"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert ask("number", highest=None).parse({"answer": [typed]}, "standard") == (kept,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("some", "Write a number, for example 3"),
        ("1e5", "Write a number"),
        ("9" * 20, "Write a number"),
        ("2.5", "Write a whole number"),
        ("-1", "Write a number from 0 to 500"),
        ("501", "Write a number from 0 to 500"),
    ],
)
def test_a_number_that_does_not_fit_is_explained(typed: str, said: str) -> None:
    assert refusal(ask("number"), {"answer": [typed]})[0].startswith(said)


def test_a_number_may_have_one_open_end_and_figures_after_the_point() -> None:
    half = ask("number", lowest=None, decimals=1)
    assert half.parse({"answer": ["2,5"]}, "standard") == ("2.5",)
    assert refusal(half, {"answer": ["2.55"]})[0] == "Write at most 1 figures after the point"
    assert refusal(half, {"answer": ["501"]})[0] == "Write a number up to 500"
    upwards = ask("number", highest=None)
    assert refusal(upwards, {"answer": ["-3"]})[0] == "Write a number from 0 upwards"
    assert upwards.summary(("3",), "easy") == ("3 hours",)


def day(day: str = "", month: str = "", year: str = "") -> Sent:
    return {"answer_day": [day], "answer_month": [month], "answer_year": [year]}


@pytest.mark.parametrize(
    "sent",
    [
        day("27", "3", "2026"),
        day("27", "03", "26"),
        day("27th", "mar", "2026"),
        day(" 27 ", "March.", "2026 "),
        day("27/3/2026"),
        day("27.03.26"),
        day("27 March 2026"),
        day("2026-03-27"),
        day("٢٧", "٣", "٢٠٢٦"),
    ],
)
def test_a_date_is_read_as_people_write_it(sent: Sent) -> None:
    assert ask("date").parse(sent, "standard") == ("2026-03-27",)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        (day("", "3", "2026"), "answer_day", "needs a day"),
        (day("27", year="2026"), "answer_month", "needs a month"),
        (day("27", "3"), "answer_year", "needs a year"),
        (day("30", "2", "2026"), "answer_day", "no such day"),
        (day("x", "2", "2026"), "answer_day", "from 1 to 31"),
        (day("32", "1", "2026"), "answer_day", "from 1 to 31"),
        (day("0", "1", "2026"), "answer_day", "from 1 to 31"),
        (day("1", "13", "2026"), "answer_month", "from 1 to 12"),
        (day("1", "Ma", "2026"), "answer_month", "from 1 to 12"),
        (day("1", "3", "20266"), "answer_year", "four figures"),
        (day("1", "3", "1066"), "answer_year", "four figures"),
    ],
)
def test_a_wrong_part_of_a_date_is_named(sent: Sent, field: str, said: str) -> None:
    words, wrong = refusal(ask("date"), sent)
    assert said in words
    assert wrong == field


@pytest.mark.parametrize(
    ("sent", "fields", "said"),
    [
        (day("27"), ("answer_month", "answer_year"), "Check the month and the year"),
        (day("x", "13", "2026"), ("answer_day", "answer_month"), "Check the day and the month"),
        (day("", "3", "1066"), ("answer_day", "answer_year"), "Check the day and the year"),
        (
            day("99", "x", "x"),
            ("answer_day", "answer_month", "answer_year"),
            "Check the day, the month and the year",
        ),
    ],
)
def test_all_wrong_parts_of_a_date_are_named_together(
    sent: Sent, fields: tuple[str, ...], said: str
) -> None:
    with pytest.raises(AnswerError) as refused:
        ask("date").parse(sent, "standard")
    assert str(refused.value) == said
    assert refused.value.fields == fields


def test_a_date_is_said_as_people_say_it() -> None:
    assert ask("date").summary(("2026-03-07",), "standard") == ("7 March 2026",)
    assert ask("date").filled(("2026-03-07",), "easy")["answer_day"] == ("7",)


# --- Where somebody lives -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first_half"),
    [
        ("SG1", "SG1"), ("sg1 2ab", "SG1"), ("SG12AB", "SG1"), (" al10 ", "AL10"),
        ("AL10 9", "AL10"), ("EC1A 1BB", "EC1A"), ("Hatfield", ""), ("", ""), ("1SG", ""),
        ("SG" * 40, ""),
    ],
)  # fmt: skip
def test_the_first_half_of_a_postcode_is_understood(typed: str, first_half: str) -> None:
    assert postcodes.outward(typed) == first_half


def test_every_postcode_of_the_table_looks_like_one_and_names_a_district() -> None:
    for first_half, districts in postcodes.table().items():
        assert postcodes.outward(first_half) == first_half
        assert all(code == "outside" or code.startswith("E0700") for code in districts)


def test_a_postcode_of_one_district_finds_it_and_the_person_says_yes() -> None:
    area = ask("area")
    helped = area.assist({"answer_postcode": ["sg5 1aa"]}, "standard")
    assert helped == {"answer": (), "answer_postcode": ("SG5",)}
    near, far = area.grouped(area.choices((), "standard"), helped, "standard")
    assert [choice.value for choice in near.choices] == ["E07000099"]
    assert len(far.choices) == 3
    assert area.found(helped, "standard") == "SG5 is in E07000099. If that is right, choose it"
    said, field = refusal(area, {"answer_postcode": ["SG5"]})
    assert said == "SG5 is in E07000099. If that is right, choose it"
    assert field == "answer"
    assert area.parse({**helped, "answer": ["E07000099"]}, "standard") == ("E07000099",)
    assert area.assist({"answer": ["E07000242"]}, "standard") == {"answer": ["E07000242"]}


def test_an_ambiguous_postcode_asks() -> None:
    area = ask("area")
    helped = area.assist({"answer_postcode": ["SG1"]}, "standard")
    assert helped["answer"] == ()
    near, far = area.grouped(area.choices((), "standard"), helped, "standard")
    assert [choice.value for choice in near.choices] == ["E07000243", "E07000099"]
    assert far.text == "Show the other areas"
    assert "SG1 is in more than one area" in area.found(helped, "standard")
    assert "SG1 is in more than one area" in refusal(area, {"answer_postcode": ["SG1"]})[0]


def test_a_postcode_that_is_mostly_elsewhere_asks_too() -> None:
    helped = ask("area").assist({"answer_postcode": ["LU2"]}, "standard")
    assert helped["answer"] == ()


def test_a_chosen_district_counts_whatever_the_postcode_says() -> None:
    sent = {"answer": ["E07000242"], "answer_postcode": ["nonsense"]}
    assert ask("area").parse(sent, "standard") == ("E07000242",)


def test_an_unknown_postcode_sends_people_to_the_list() -> None:
    area = ask("area")
    assert "We do not know where ZZ9 is" in refusal(area, {"answer_postcode": ["ZZ9 9ZZ"]})[0]
    assert "first half of a postcode" in refusal(area, {"answer_postcode": ["my street"]})[0]


# --- Several lines --------------------------------------------------------------------------


def test_a_place_left_empty_is_filled_by_the_next() -> None:
    assert ask("ranking", limit=3).parse({"answer_1": ["b"], "answer_3": ["a"]}, "standard") == (
        "b",
        "a",
    )


def test_a_ranking_says_what_was_chosen_twice() -> None:
    said, field = refusal(ask("ranking"), {"answer_1": ["b"], "answer_2": ["b"]})
    assert "You chose “B” twice" in said
    assert field == "answer_2"
    assert ask("ranking").summary(("c", "a"), "standard") == ("1. C", "2. A")
    with pytest.raises(AnswerError, match="up to 2 numbers"):
        ask("ranking").keyed("1 2 3")


def test_a_matrix_keeps_a_finer_answer_of_the_same_band() -> None:
    question = ask("matrix", options=FINER)
    stored = ("x:high", "y:bad")
    assert question.filled(stored, "easy") == {"answer_x": ("good",), "answer_y": ("bad",)}
    sent = {"answer_x": ["good"], "answer_y": ["good"]}
    assert question.parse(sent, "easy", stored) == ("x:high", "y:good")
    assert question.summary(stored, "easy") == ("easy x: easy good", "easy y: easy bad")
    assert "x:high" in question.keys


@pytest.mark.parametrize("typed", ["1=2", "2 -", "2,0"])
def test_a_line_may_be_left_out_on_paper(typed: str) -> None:
    question = ask("matrix")
    assert question.parse(question.keyed(typed), "standard") == ("x:b",)


@pytest.mark.parametrize("typed", ["1=9", "3=1", "1 2 3", "x", "9 9"])
def test_lines_that_are_not_there_are_refused(typed: str) -> None:
    with pytest.raises(AnswerError):
        ask("matrix").keyed(typed)


def test_two_answers_in_a_line_are_refused_at_that_line() -> None:
    assert refusal(ask("votes"), {"answer_y": ["agree", "pass"]})[1] == "answer_y"


# --- Pictures and recordings ----------------------------------------------------------------


def test_a_name_is_not_even_kept_without_a_yes_to_the_picture() -> None:
    sent = {"answer": ["0a1b"], "answer_print": ["no"], "answer_name": ["Sky"]}
    assert ask("picture").parse(sent, "standard") == ("0a1b", "print:no")


def test_what_may_be_printed_is_said_back() -> None:
    values = ("0a1b", "=A castle", "print:yes", "name:Sky")
    picture = ask("picture")
    assert picture.summary(values, "standard") == (
        "A picture", "A castle", "Yes, you may print it", "With this first name: Sky",
    )  # fmt: skip
    assert picture.export(values) == "0a1b;=A castle"
    assert picture.own_words(values) == "A castle"


def test_words_alone_answer_a_picture_question() -> None:
    values = ask("picture").parse({"answer_words": ["a big slide"]}, "standard")
    assert values == ("words", "=a big slide")
    assert ask("picture").summary(values, "standard") == ("a big slide",)
    assert ask("picture").filled(values, "standard")["answer"] == ()


def test_a_recording_takes_what_the_question_allows() -> None:
    assert ask("recording", media=("voice",)).accepts == "audio/*"  # type: ignore[attr-defined]  # a recording has it
    assert ask("recording").accepts == "audio/*,video/*"  # type: ignore[attr-defined]  # as above


# --- Messages -------------------------------------------------------------------------------


def test_a_message_says_its_values_in_the_edition() -> None:
    message = Message("Not %(what)s", "No %(what)s", what=say("this", "that"))
    assert message.in_("standard") == "Not this"
    assert message.in_("plain") == "No that"
    assert message.values_in("pl") == {"what": "pl this"}
    assert Message("100%", "All").in_("standard") == "100%"
