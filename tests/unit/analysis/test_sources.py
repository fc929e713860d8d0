import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analysis.standalone.sources import FileProblem, words_of
from analysis.standalone.tables import Table, read_table


def a_table(folder: Path, rows: list[list[str]], wanted: str) -> Table:
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read_table(path, wanted)


SURVEYMONKEY = [
    ["Respondent ID", "Which are you?", "", "What should change?"],
    ["", "Response", "Other (please specify)", "Open-Ended Response"],
    ["118", "Parent", "", "The bus is late"],
    ["119", "Other", "Aunt", "We waited"],
]
MERGED = [
    ["ID", "About you", "", "Comment"],
    ["", "Audience", "District", ""],
    ["1", "Parent", "Watford", "The bus is late"],
    ["2", "Parent", "Dacorum", "We waited"],
]
QUALTRICS = [
    ["Start", "Q1", "Q2"],
    ["Start date", "Who are you?", "What should change?"],
    ['{"ImportId":"start"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}'],
    ["1 May", "Parent", "The bus is late"],
    ["2 May", "Aunt", "We waited"],
]


@pytest.mark.parametrize(
    ("rows", "wanted", "other", "said"),
    [
        (SURVEYMONKEY, "what should change?", "Other (please specify)", ["", "Aunt"]),
        (SURVEYMONKEY, "What should change?", "Which are you?", ["Parent", "Other"]),
        (MERGED, "Comment", "District", ["Watford", "Dacorum"]),
        (MERGED, "comment ", "ID", ["1", "2"]),
        (QUALTRICS, "Q2", "Q1", ["Parent", "Aunt"]),
        (QUALTRICS, "What  should change?", "Who are you?", ["Parent", "Aunt"]),
        ([["Spring survey", "", ""], *MERGED], "Comment", "Audience", ["Parent", "Parent"]),
    ],
)
def test_names_in_several_rows_are_names_and_no_answers(
    tmp_path: Path, rows: list[list[str]], wanted: str, other: str, said: list[str]
) -> None:
    table = a_table(tmp_path, rows, wanted)
    assert table.column(wanted) == ["The bus is late", "We waited"]
    assert table.column(other) == said
    assert "none of which is an answer" in " ".join(table.notes)


@pytest.mark.parametrize(
    "first",
    [["", "x", "The bus is late"], ["1", "", "Response times"], ["", "", "Open-ended response!"]],
)
def test_no_words_that_could_be_an_answer_are_taken_for_a_name(
    tmp_path: Path, first: list[str]
) -> None:
    rows = [["Ref", "", "Comment"], first, ["2", "", "We waited"]]
    assert a_table(tmp_path, rows, "Comment").column("Comment") == [first[2], "We waited"]


def test_rows_with_nothing_in_them_are_nobody_and_are_said(tmp_path: Path) -> None:
    rows = [["id", "Comment"], ["1", "The bus"], ["", ""], ["2", ""], ["", " "]]
    table = a_table(tmp_path, rows, "Comment")
    assert table.column("Comment") == ["The bus", ""]
    assert "Rows with nothing in any column, which were not counted: 2." in table.notes


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("it&#39;s Tom &amp; Ann", "it's Tom & Ann"),
        ("one<br/>two</p><b>three</b>", "one\ntwo\nthree"),
        ("a_x000D_\nb", "a\n\nb"),
        ("waited <5 weeks & R&D; then > 6", "waited <5 weeks & R&D; then > 6"),
    ],
)
def test_web_code_becomes_the_words_it_stands_for(cell: str, words: str) -> None:
    assert words_of(cell) == words


def packed(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"%PDF-1.7", "is a PDF"),
        ("a.xlsx", packed("word/document.xml"), "is a Word document"),
        ("a.ods", packed("content.xml"), "save it as .xlsx"),
        ("a.csv", packed("else"), "not a CSV file"),
        ("a.xls", b"<html><table>", "is a web page"),
        ("a.json", b"{}", "is JSON"),
        ("a.xlsx", b"text\nbus\n", "or as CSV if it is one"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        read_table(tmp_path / name)


def test_a_spreadsheet_is_known_by_what_is_in_it_and_any_of_its_sheets_is_read(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Notes"])
    for title, said in (("Parents", "The bus is late"), ("Young people", "More clubs")):
        sheet = book.create_sheet(title)
        for row in (["id", "Comment"], [1, said]):
            sheet.append(row)
    book.save(tmp_path / "a.csv")
    assert read_table(tmp_path / "a.csv").column("Comment") == ["The bus is late"]
    assert read_table(tmp_path / "a.csv", sheet="young people").column("Comment") == ["More clubs"]
    with pytest.raises(FileProblem, match="Its sheets are: “Sheet”, “Parents”, “Young people”"):
        read_table(tmp_path / "a.csv", "Comment", "Staff")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Comment;id\nit\u2019s caf\u00e9;1\n".encode("mac_roman"), "it\u2019s caf\u00e9"),
        ("Comment;id\nit\u2019s caf\u00e9;1\n".encode("cp1252"), "it\u2019s caf\u00e9"),
        (b"sep=;\nComment;id\nbus, late;1\n", "bus, late"),
    ],
)
def test_a_file_tells_by_itself_how_it_is_written(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert read_table(tmp_path / "a.csv", "Comment").column("Comment") == [words]


def test_without_a_name_the_names_under_a_title_and_the_wordiest_column_are_found(
    tmp_path: Path,
) -> None:
    rows = [["Spring survey", ""], ["Ref", "Comment"], ["A1", "The bus is always late"]]
    table = a_table(tmp_path, rows, "")
    assert table.columns == ("Ref", "Comment")
    assert table.wordiest() == "Comment"
