"""Every figure stands on one page, no page is too long, and each is found by its words."""

import dataclasses

import pytest

from reports.documents import figureparts, printed
from reports.documents.document import CloudWord, Document, Fact
from reports.findings.found import Cell, Column, Grid, QuestionFinding, Row, SurveyFindings
from reports.words.easylines import EasyLine
from tests.published import DOCUMENT

HIDDEN = "Not shown for parent carers, so that nobody can be recognised"


def a_fact(key: str, value: int | None, wording: str) -> Fact:
    return Fact(key=key, value=value, base=40, wording=wording)


def a_question(code: str, text: str, answers: int = 2) -> QuestionFinding:
    stem = f"question/families/{code}/parent_carer"
    base = a_fact(f"{stem}/:answered", 40, "40 of 40 parent carers answered")
    rows = [Row("No", "no", "answer", (Cell(a_fact(f"{stem}/no", None, HIDDEN)),))]
    rows += [
        Row("Yes", "yes", "answer", (Cell(a_fact(f"{stem}/yes{n}", n, f"{n} of 40 said “Yes”")),))
        for n in range(1, answers)
    ]
    grid = Grid(text, (Column("Parent carers", base),), tuple(rows))
    return QuestionFinding(
        f"families/{code}",
        code,
        "one",
        text,
        EasyLine(text, "listen"),
        "",
        (),
        (),
        (base,),
        (grid,),
    )


def asked(*questions: QuestionFinding) -> Document:
    survey = SurveyFindings("families", "Families", "Families", questions)
    return dataclasses.replace(DOCUMENT, findings=(survey,))


def keys(parts: tuple[figureparts.Part, ...]) -> list[str]:
    return [line.fact.key for one in parts for part in one.sections for line in part.lines]


@pytest.mark.parametrize("answers", [2, 249, 250, 700])
def test_every_figure_stands_on_exactly_one_page_of_bearable_length(answers: int) -> None:
    document = asked(a_question("Q1", "Did it help?"), a_question("Q2", "Was it easy?", answers))
    parts = figureparts.parts(document)
    assert sorted(keys(parts)) == sorted(one.key for one in printed.ledger(document))
    assert max(one.size for one in parts) <= figureparts.MOST
    assert all(section.lines for one in parts for section in one.sections)
    assert len({one.name for one in parts}) == len({one.title for one in parts}) == len(parts)
    assert all(figureparts.part_with(parts, line) in parts for line in keys(parts))


def test_a_part_that_is_too_long_says_which_of_its_pages_one_reads() -> None:
    parts = figureparts.parts(asked(a_question("Q1", "Was it easy?", 300)))
    long = [(one.name, one.title) for one in parts if one.name.startswith("answers-of")]
    assert long == [
        ("answers-of-families", "Answers: Families, part 1 of 2"),
        ("answers-of-families-2", "Answers: Families, part 2 of 2"),
    ]


def test_answers_stand_under_their_question_and_a_hidden_number_says_which_answer_it_is() -> None:
    parts = figureparts.parts(asked(a_question("Q1", "Did it help?"), a_question("Q2", "Easy?")))
    [part] = [one for one in parts if one.name == "answers-of-families"]
    assert [section.heading for section in part.sections] == ["Did it help?", "Easy?"]
    assert [line.text for line in part.sections[0].lines] == [
        "40 of 40 parent carers answered", f"No: {HIDDEN}", "1 of 40 said “Yes”",
    ]  # fmt: skip


def test_a_figure_of_an_unknown_kind_is_not_lost() -> None:
    strange = CloudWord("x", a_fact("invented/x", 7, "7 of 40 invented"))
    parts = figureparts.parts(dataclasses.replace(DOCUMENT, words=(*DOCUMENT.words, strange)))
    assert figureparts.part_with(parts, "invented/x") == parts[-1]
    assert (parts[-1].name, parts[-1].title) == figureparts.OTHER
    assert figureparts.part_with(parts, "nothing/such") is None


def test_figures_are_found_by_words_of_theirs_and_of_their_question() -> None:
    parts = figureparts.parts(asked(a_question("Q1", "Did it help?"), a_question("Q2", "Easy?")))
    found = figureparts.matching(parts, "HELP yes")
    assert [one.text for one in found] == ["Did it help? 1 of 40 said “Yes”"]
    assert f"Easy? No: {HIDDEN}" in [one.text for one in figureparts.matching(parts, "easy")]
    assert f"Easy? No: {HIDDEN}" in [one.text for one in figureparts.matching(parts, "easy")]
    assert figureparts.matching(parts, "zebra") == ()
