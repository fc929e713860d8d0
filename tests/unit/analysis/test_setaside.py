import pytest

from analysis.language.languages import is_other_language
from analysis.texts.clauses import segments
from analysis.texts.documents import Document, canonical_order
from analysis.texts.setaside import Reason, reasons


def reason_of(text: str) -> Reason | None:
    return reasons([Document("a", text)], [text])[0]


@pytest.mark.parametrize(
    "text",
    [
        "n/a", "N/A.", "none", "None that I can think of", "nothing", "Nothing to add!", "idk",
        "I don\u2019t know", "no comment thanks", "nope", "Not really.",
        "can't think of anything sorry",
        "nothing further to add from me", "Nothing springs to mind.", "no, not really", "not sure",
        "Nothing at all that I can think of", "dunno", "not applicable",
    ],
)  # fmt: skip
def test_nothing_to_add_in_its_many_forms(text: str) -> None:
    assert reason_of(text) == "nothing_to_add"


@pytest.mark.parametrize(
    "text",
    [
        "noise", "more clubs", "the bus", "money", "SENCO", "no clubs", "nothing is accessible",
        "No one listens", "None of the staff know", "not enough help", "☹️ bus 😡", "no bus",
        "Nothing all good", "my mum", "same teacher please", "skip the queue is unfair",
    ],
)  # fmt: skip
def test_short_real_answers_are_kept(text: str) -> None:
    assert reason_of(text) is None


@pytest.mark.parametrize("text", ["", "  \n", "-", "...", "?!"])
def test_nothing_written_is_blank(text: str) -> None:
    assert reason_of(text) == "blank"


@pytest.mark.parametrize("text", ["😡", "10/10", "x", "zzzzzzz", "🔊😖🚪"])
def test_what_holds_no_word_is_unreadable(text: str) -> None:
    assert reason_of(text) == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "Chcielibyśmy więcej informacji po polsku o planie EHCP.",
        "ہمیں مزید مدد چاہیے",
        "Vrem mai mult ajutor la scoala pentru copilul nostru",
        "mae angen mwy o gefnogaeth yn yr ysgol i fy mab",
    ],
)
def test_another_language_is_noticed(text: str) -> None:
    assert reason_of(text) == "other_language"


@pytest.mark.parametrize(
    "text",
    ["noise", "taxi", "quiet room, fidget toys, headphones, soft lights", "SEND EHCP SENCO CAMHS"],
)
def test_short_english_is_never_taken_for_another_language(text: str) -> None:
    assert not is_other_language(text)


def test_only_copies_of_eight_words_or_more_are_duplicates() -> None:
    long = "As a parent I support the campaign's five asks"
    texts = [long, long.upper(), f"{long}.", "more clubs", "more clubs", f"{long} and more buses"]
    documents = canonical_order([Document(str(i), text) for i, text in enumerate(texts)])
    found = reasons(documents, [document.text for document in documents])
    assert sorted(str(reason) for reason in found) == ["None"] * 4 + ["duplicate"] * 2


def test_a_held_answer_does_not_make_its_copy_a_duplicate() -> None:
    text = "eight words are needed before a copy counts"
    documents = [Document("a", text, held=True), Document("b", text)]
    assert reasons(documents, [text, text]) == ["held", None]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("noise", ["noise"]),
        ("", [""]),
        (
            "School try hard but the plan took ages and nobody rang back. The taxi is always late.",
            [
                "School try hard but the plan took ages and nobody rang back.",
                "The taxi is always late.",
            ],
        ),
        (
            "The staff are kind and very patient, but the building is far too small for us",
            [
                "The staff are kind and very patient",
                "but the building is far too small for us",
            ],
        ),
        ("Yes. No. We had to wait for months.", ["Yes. No. We had to wait for months."]),
        (
            'They told me "we cannot help you." Then we waited for a whole year.',
            ['They told me "we cannot help you."', "Then we waited for a whole year."],
        ),
        (
            "They wrote (and rang to say “nobody is free!”) Then we heard nothing for months.",
            ["They wrote (and rang to say “nobody is free!”)", "Then we heard nothing for months."],
        ),
        (
            "He has many needs (speech, sleep, etc.) and nobody ever writes them down.",
            ["He has many needs (speech, sleep, etc.) and nobody ever writes them down."],
        ),
    ],
)
def test_an_answer_is_cut_where_the_thought_turns(text: str, pieces: list[str]) -> None:
    assert segments(text) == pieces
