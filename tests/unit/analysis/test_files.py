import csv
import itertools
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import page
import pypdf
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.standalone import filereport, summary, themelines
from analysis.standalone.files import FileResult, Layout, analyse_file
from analysis.standalone.sources import FileProblem
from analysis.standalone.tables import read_table, safe_cell
from analysis.standalone.themelines import Facts
from analysis.standalone.workingtables import CODING_COLUMNS
from analysis.themes.proposals import NO_STRUCTURE
from analysis.themes.results import AnalysisSettings


@pytest.fixture(scope="module")
def source(labelled: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "answers.csv"
    odd = ["", "n/a", "noise", "=1+1 we need funding", "☹️ bus 😡", "Mrs Example at Example Primary"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "Comment", "Audience"])
        for row, text in enumerate([text for text, _ in labelled] + odd):
            writer.writerow([row, text, ("parent", "=cmd()", "")[row % 3]])
    return path


@pytest.fixture(scope="module")
def result(source: Path, tmp_path_factory: pytest.TempPathFactory, tiny: object) -> FileResult:
    out = tmp_path_factory.mktemp("out") / "new"
    return analyse_file(source, text="comment", layout=Layout("Audience"), out=out, embedder=tiny)


def codings(result: FileResult) -> list[dict[str, str]]:
    with (result.out / "codings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_file_is_in_the_codings(result: FileResult) -> None:
    rows = codings(result)
    assert tuple(rows[0]) == CODING_COLUMNS
    assert {int(row["row"]) for row in rows} == set(range(1, result.rows + 1))
    accounted = [
        row["row"] for row in rows if row["is_primary"] == "true" or row["set_aside_reason"]
    ]
    assert len(accounted) == len(set(accounted)) == result.rows
    assert [r["set_aside_reason"] for r in rows if r["row"] in {"97", "98"}] == [
        "blank",
        "nothing_to_add",
    ]


def test_the_run_is_recorded(result: FileResult) -> None:
    run = json.loads((result.out / "run.json").read_text(encoding="utf-8"))
    assert run["rows"] == result.rows
    assert run["counts"]["documents"] == result.rows
    assert run["text_column"] == "comment"
    assert len(run["file_sha256"]) == len(run["input_hash"]) == 64


def test_no_cell_starts_a_formula(result: FileResult) -> None:
    for name in ("themes.csv", "codings.csv"):
        with (result.out / name).open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        begin = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert not [cell for cell in begin if not re.fullmatch(r"-[01]\.[0-9]+", cell)]


def test_figures_of_themes_are_numbers_even_below_nothing(result: FileResult) -> None:
    with (result.out / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    figures = [row[name] for row in rows for name in ("coherence", "distinctness") if row[name]]
    assert min(float(figure) for figure in figures) < 0


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), (" @x", "' @x"), ("-5 stars", "'-5 stars"), ("bus", "bus"), (-3, -3)],
)
def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe(
    cell: object, written: object
) -> None:
    assert safe_cell(cell) == written


def test_the_page_is_accessible_in_its_structure(result: FileResult) -> None:
    html = BeautifulSoup((result.out / "report.html").read_text(encoding="utf-8"), "html5lib")
    assert html.html is not None
    assert html.html["lang"] == "en-GB"
    assert html.title is not None
    assert [h1.get_text() for h1 in html.find_all("h1")] == [html.title.get_text()]
    levels = [int(h.name[1]) for h in html.find_all(["h1", "h2", "h3"])]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for table in html.find_all("table"):
        assert table.caption
        assert all(th.get("scope") in {"col", "row"} for th in table.find_all("th"))
        assert len({len(tr.find_all(["th", "td"])) for tr in table.find_all("tr")}) == 1
    for picture in html.find_all("svg"):
        alternative = next(child for child in picture.children if child.name)
        assert alternative.name == "title"
        assert "answers analysed" in alternative.get_text()
        assert len(alternative.get_text()) <= 250
    assert not html.find_all(["script", "link", "img"])


def test_what_became_of_the_answers_adds_up_and_small_reasons_are_not_told(
    result: FileResult,
) -> None:
    html = BeautifulSoup((result.out / "report.html").read_text(encoding="utf-8"), "html5lib")
    table = next(t for t in html.find_all("table") if "What became of the" in t.get_text())
    analysed, *aside, total = [cell.get_text() for cell in table.find_all("td")]
    counts = result.analysis.run.counts
    assert int(total) == result.rows == counts["documents"]
    assert int(analysed) == counts["analysed"] == result.rows - counts["set_aside"]
    numbers = [int(said) for said in aside if said.isdecimal()]
    assert all(number == 0 or number >= 5 for number in numbers)
    assert sum(numbers) <= counts["set_aside"]
    assert all("fewer than 5" in said for said in aside if not said.isdecimal())


def test_nobody_is_named_and_no_small_number_shown(result: FileResult) -> None:
    text = (result.out / "report.html").read_text(encoding="utf-8")
    assert "Mrs Example" not in text
    html = BeautifulSoup(text, "html5lib")
    table = next(t for t in html.find_all("table") if "by “Audience”" in t.get_text())
    shown = [cell.get_text().split()[0] for cell in table.find_all("td")]
    assert all(cell in {"0", "[c]"} or int(cell) >= 5 for cell in shown)
    assert "Not stated" in table.get_text()


def test_the_pdf_passes_pdf_ua(result: FileResult) -> None:
    path = result.out / "report.pdf"
    verdict = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant
    reader = pypdf.PdfReader(path)
    assert reader.metadata is not None
    assert reader.metadata.title == "What people wrote: themes in answers.csv"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_the_same_file_in_another_order_gives_the_same_themes(
    result: FileResult, source: Path, tmp_path: Path, tiny: object
) -> None:
    header, *rows = source.read_text(encoding="utf-8-sig").splitlines()
    backwards = tmp_path / "answers.csv"
    backwards.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    again = analyse_file(
        backwards, text="Comment", layout=Layout("Audience"), out=tmp_path, embedder=tiny
    )
    of_row = {
        int(row["row"]): row["theme_id"] for row in codings(result) if row["is_primary"] == "true"
    }
    mirrored = {
        result.rows + 1 - int(row["row"]): row["theme_id"]
        for row in codings(again)
        if row["is_primary"] == "true"
    }
    assert mirrored == of_row


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=30), min_size=1, max_size=9))
def test_any_small_table_gives_a_whole_report(
    tmp_path_factory: pytest.TempPathFactory, tiny: object, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    with (folder / "odd.csv").open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["n", "text"], *enumerate(texts)])
    done = analyse_file(folder / "odd.csv", text="text", out=folder, embedder=tiny)
    assert done.rows == len(texts)
    assert {int(row["row"]) for row in codings(done)} == set(range(1, len(texts) + 1))
    assert all(file.stat().st_size for file in done.files)


def test_a_spreadsheet_is_read_like_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["id", "text"], [1, "The bus is late"], [2, None], [None, None]):
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")
    table = read_table(tmp_path / "answers.xlsx")
    assert table.column("TEXT") == ["The bus is late", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_files_of_any_age_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = [["id", "text"], ["1", "caf\u00e9, \u2019round"], ["2", "two\nlines; here"]]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    assert read_table(path).column("text") == ["caf\u00e9, \u2019round", "two\nlines; here"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"id,text\n", "no rows"),
        (b"id,words\n1,bus\n", "The columns are: “id”, “words”"),
        (b"PK\x00\x00rubbish", "not a CSV"),
        (b"\xd0\xcf\x11\xe0old Excel", "an old Office file"),
        (b"id,text of all\n1,bus\n", "Did you mean “text of all”"),
        (b'id,text\n1,bus\n2,"open\n3,bus\n', "opens in line 3 or after and none closes it"),
    ],
)
def test_what_cannot_be_analysed_is_said_in_a_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        analyse_file(path, text="text", out=tmp_path / "out")


BUS = "The bus is late, and cold"


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (f"text\n{BUS}\n", BUS, ""),
        (f"text,ward\n{BUS},North\n", "The bus is late", "Row 1 goes on past the last column"),
        (
            "What people said;;\n\nid;TEXT;ward\n1;a, b;North\n",
            "a, b",
            "above the column names, which were not read: 1",
        ),
        ("Text from families, all\nid;text\n1;a, b\n", "a, b", "which were not read: 1"),
        ("text;what, else, is there\na, b;x\n", "a, b", ""),
        ("text,x,Text\nfirst,,second\n", "first", "2 columns are called “text”; the first"),
        ("text\ncafé crème\udcff\n", "café crème\ufffd", "could not be read"),
    ],
)
def test_what_was_not_read_or_may_be_cut_is_said(
    tmp_path: Path, content: str, words: str, said: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    table = read_table(tmp_path / "a.csv", "text")
    assert table.column("text") == [words]
    notes = table.notes_on("text")
    assert said in " ".join(notes)
    assert bool(notes) is bool(said)


def test_the_sheet_with_the_column_is_read_whatever_size_it_claims(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Notes on this export"])
    sheet = book.create_sheet("Answers")
    for row in (["Autumn survey"], ["id", "text"], [1, "The bus is late"]):
        sheet.append(row)
    book.save(tmp_path / "right.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "right.xlsx") as right,
        zipfile.ZipFile(tmp_path / "a.xlsx", "w") as wrong,
    ):
        for name in right.namelist():
            content = right.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"')
            wrong.writestr(name, content)
    table = read_table(tmp_path / "a.xlsx", "text")
    assert table.column("text") == ["The bus is late"]
    assert "Sheet 2 of 2 was read. Sheets with rows, not read: 1." in " ".join(table.notes)
    assert "not read: 1." in " ".join(table.notes)


def test_what_was_not_read_stands_in_the_terminal_the_report_and_the_record(
    tmp_path: Path, tiny: object
) -> None:
    said = "Row 1 goes on past the last column, and what stands there was not read."
    (tmp_path / "a.csv").write_text(f"text,ward\n{BUS},North\nWe waited,East\n", encoding="utf-8")
    done = analyse_file(tmp_path / "a.csv", text="text", out=tmp_path, embedder=tiny)
    assert done.summary[0].startswith(said)
    assert said in (tmp_path / "report.html").read_text(encoding="utf-8")
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run["reading_notes"][0].startswith(said)


def test_results_that_cannot_be_written_are_said_in_a_sentence(
    source: Path, tmp_path: Path, tiny: object
) -> None:
    (tmp_path / "codings.csv").mkdir()
    with pytest.raises(FileProblem, match=r"codings\.csv cannot be written\. Close it"):
        analyse_file(source, text="Comment", out=tmp_path, embedder=tiny)


def test_a_broken_spreadsheet_and_a_missing_file_are_said_too(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"rubbish")
    with pytest.raises(FileProblem, match="not a spreadsheet"):
        read_table(tmp_path / "a.xlsx")
    with pytest.raises(FileProblem, match="no file"):
        read_table(tmp_path / "b.csv")


def test_the_terminal_gets_a_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([str(tmp_path / "none.csv"), "--text", "t", "--out", str(tmp_path)])
    assert status == 2
    assert capsys.readouterr().err.startswith("There is no file")


def test_a_file_without_english_says_which_languages_wait_and_what_to_do(
    tmp_path: Path, tiny: object
) -> None:
    polish = "Bardzo chcielibyśmy, żeby szkoła odpowiadała na nasze listy szybciej niż dotąd."
    urdu = "ہمیں اپنے بچے کے لیے اسکول میں زیادہ مدد کی ضرورت ہے اور کوئی جواب نہیں دیتا"
    path = tmp_path / "other.csv"
    path.write_text("\n".join(["text", f'"{polish}"', f'"{polish} Tak."', urdu]), encoding="utf-8")
    done = analyse_file(path, text="text", out=tmp_path / "out", embedder=tiny)
    summary = " ".join(done.summary)
    assert "No answer in English could be analysed" in summary
    assert "2 in Polish, 1 in Urdu. Put the English words in their place" in summary
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Have the answers translated" in page
    assert "1 in Urdu" not in page


@pytest.mark.parametrize("people", [2, 11])
def test_the_threshold_stays_between_three_and_ten(
    source: Path, tmp_path: Path, people: int
) -> None:
    with pytest.raises(FileProblem, match="from 3 to 10"):
        analyse_file(source, text="Comment", out=tmp_path, min_people=people)


@pytest.mark.parametrize("themes", [-2, 0, 1, 81])
def test_so_many_themes_cannot_be_asked_for(tmp_path: Path, themes: int) -> None:
    asked = AnalysisSettings(themes=themes)
    with pytest.raises(FileProblem, match="from 2 to 80"):
        analyse_file(tmp_path / "no.csv", text="Comment", out=tmp_path, settings=asked)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["The bus is late."], ("1 row read: ", "There was too little to compare")),
        (["The bus is late."] * 70, ("70 rows read: ", "All 70 answers say the same")),
    ],
)
def test_what_cannot_be_told_apart_is_one_group_and_no_theme(
    answers: list[str], said: tuple[str, str], tmp_path: Path, tiny: object
) -> None:
    path = tmp_path / "alike.csv"
    path.write_text("\n".join(["text", *answers]) + "\n", encoding="utf-8")
    done = analyse_file(path, text="text", out=tmp_path / "out", embedder=tiny)
    summary = " ".join(done.summary)
    assert all(words in summary for words in (*said, "1 group for reading."))
    page = BeautifulSoup((tmp_path / "out" / "report.html").read_text("utf-8"), "html.parser")
    lead = page.select_one(".lead")
    assert lead is not None
    assert said[1] in lead.text
    assert "Only" not in lead.text


def test_the_tables_can_be_read_with_nothing_else_beside_them(
    source: Path, result: FileResult, tmp_path: Path, tiny: object
) -> None:
    done = analyse_file(
        source, text="Comment", layout=Layout(ids="id"), out=tmp_path, embedder=tiny
    )
    rows = codings(done)
    assert [row["id"] for row in rows] == [str(int(row["row"]) - 1) for row in rows]
    assert "[name] at [school]" in {row["text"] for row in rows}
    with (result.out / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        themes = {row["theme_id"]: row for row in csv.DictReader(file)}
    assert all(themes[row["theme_id"]]["label"] == row["theme"] for row in rows if row["theme_id"])
    assert any(theme["suggested_name"] for theme in themes.values())


def test_no_two_themes_are_called_the_same_in_a_report(result: FileResult) -> None:
    alike = tuple(replace(theme, words=("bus",)) for theme in result.analysis.themes)
    facts = Facts("a.csv", "text", "", {}, replace(result.analysis, themes=alike), 5)
    labels = [line.label for line in themelines.lines(facts)]
    assert len(labels) == len(set(labels)) == len(alike) > 1


def test_where_no_theme_is_claimed_the_report_and_the_terminal_speak_of_groups(
    result: FileResult,
) -> None:
    told = {**result.analysis.run.coverage, "themed": 0}
    run = replace(result.analysis.run, coverage=told, notes=(NO_STRUCTURE,))
    analysis = replace(result.analysis, run=run)
    said = " ".join(summary.sentences(analysis))
    assert "groups for reading." in said
    assert "--themes" not in said
    page = filereport.render(Facts("a.csv", "text", "", {}, analysis, 5))
    lead = BeautifulSoup(page, "html.parser").select_one(".lead")
    assert lead is not None
    assert "no theme is claimed" in lead.text
    assert "too few" not in lead.text
