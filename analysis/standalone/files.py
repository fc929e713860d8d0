"""Analyse a file of answers without any database: a table in, tables and a report out.

What a council can run today on the export of whatever survey tool it has. The report protects
people (threshold, redaction); `codings.csv` is the analyst's own working file, row by row.
Its hashes of words have no key, since results of two machines are compared: who holds it can try
out words.
"""

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import disclosure
from analysis.pictures import wordclouds
from analysis.standalone import filereport, summary, tables, workingtables
from analysis.standalone.sources import FileProblem
from analysis.standalone.themelines import Facts
from analysis.texts.documents import Document
from analysis.themes import pipeline
from analysis.themes.pipeline import Progress
from analysis.themes.results import Analysis, AnalysisSettings

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder

PEOPLE_RANGE = range(3, 11)
THEMES_RANGE = range(2, 81)
NOT_STATED = "Not stated"
KEEP_TO_YOURSELF = (
    "Hand on the report, not codings.csv: whoever has that file can find out whether somebody"
    " wrote certain words, and in which row."
)


@dataclass(frozen=True)
class FileResult:
    """What an analysed file gave.

    Attributes:
        out: folder of the files.
        files: the files written, in reading order.
        rows: rows read, which equals the rows in codings.csv.
        analysis: the themes and codings themselves; document ids are row numbers.
        summary: plain sentences for the terminal.
    """

    out: Path
    files: tuple[Path, ...]
    rows: int
    analysis: Analysis
    summary: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Where in a file things stand, apart from the comments.

    Attributes:
        by: the column of groups to count by, or "".
        ids: a column that is copied beside each row of codings.csv, or "".
        sheet: title of the sheet of a spreadsheet, or "" for the first with the comments.
    """

    by: str = ""
    ids: str = ""
    sheet: str = ""


JUST_COMMENTS = Layout()


@dataclass(frozen=True)
class Asked:
    """What somebody asked for, checked.

    Attributes:
        path: the file.
        text: name of the column of answers.
        layout: where else to look.
        min_people: smallest number of people behind any number, word or quotation shown.
        ids: what the column of ids says in each row.
        notes: what a person should know of how the file was read.
    """

    path: Path
    text: str
    layout: Layout
    min_people: int
    ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def analyse_file(
    path: Path | str,
    *,
    text: str,
    layout: Layout = JUST_COMMENTS,
    out: Path | str,
    min_people: int = disclosure.DEFAULT_THRESHOLD,
    progress: Progress | None = None,
    settings: AnalysisSettings | None = None,
    embedder: "Embedder | None" = None,
) -> FileResult:
    """Analyse one column of a CSV or XLSX file and write the results into a folder.

    Args:
        path: the file.
        text: the column of answers.
        layout: the columns of groups and of ids, and the sheet.
        out: the folder; made when missing, files of the same names are replaced.
        min_people: 3 to 10.
        progress: called with (stage, done, total).
        settings: of the analysis.
        embedder: another sentence model.

    Raises:
        FileProblem: with a sentence for the person who asked.
    """
    _check(min_people, settings)
    asked = Asked(Path(path), text, layout, min_people)
    documents, asked = _documents(asked)
    folder = _folder(Path(out))
    report = progress or (lambda _stage, _done, _total: None)
    analysis = pipeline.analyse(documents, settings, report, embedder=embedder)
    report("Writing the report", 0, 1)
    try:
        files = _write_tables(folder, analysis, asked, documents)
        files += filereport.write(folder, _facts(asked, analysis, documents))
    except OSError as error:
        file = error.filename or folder
        message = f"{file} cannot be written. Close it where it is open, or name another folder."
        raise FileProblem(message) from error
    report("Writing the report", 1, 1)
    told = (
        *asked.notes,
        *summary.sentences(analysis),
        f"The report is {folder / 'report.html'}, and as PDF {folder / 'report.pdf'}.",
        KEEP_TO_YOURSELF,
    )
    return FileResult(folder, tuple(files), len(documents), analysis, told)


def _check(min_people: int, settings: AnalysisSettings | None) -> None:
    if min_people not in PEOPLE_RANGE:
        message = f"The smallest number of people is {min_people}; use a number from 3 to 10."
        raise FileProblem(message)
    themes = settings.themes if settings else None
    if themes is not None and themes not in THEMES_RANGE:
        message = f"{themes} themes cannot be asked for; use a number from 2 to 80."
        raise FileProblem(message)


def _documents(asked: Asked) -> tuple[list[Document], Asked]:
    """Return the answers, and what was asked with what a person should know of the reading."""
    table = tables.read_table(asked.path, asked.text, asked.layout.sheet)
    texts = table.column(asked.text)
    by, own = asked.layout.by, asked.layout.ids
    groups = table.column(by) if by else [""] * len(texts)
    ids = table.column(own) if own else [""] * len(texts)
    names = filter(None, (asked.text, by, own))
    notes = dict.fromkeys(note for name in names for note in table.notes_on(name))
    documents = [
        Document(str(row), words, (group.strip() or NOT_STATED) if by else "")
        for row, (words, group) in enumerate(zip(texts, groups, strict=True), start=1)
    ]
    return documents, dataclasses.replace(asked, ids=tuple(ids), notes=tuple(notes))


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {out} cannot be made. Name another."
        raise FileProblem(message) from error
    return out


def _write_tables(
    folder: Path, analysis: Analysis, asked: Asked, documents: Sequence[Document]
) -> list[Path]:
    """Write themes.csv, codings.csv, run.json and word_cloud.svg."""
    run = folder / "run.json"
    run.write_text(
        json.dumps(_run_facts(analysis, asked, len(documents)), indent=2, ensure_ascii=False)
        + "\n",
        encoding="utf-8",
    )
    cloud = folder / "word_cloud.svg"
    words = filereport.shown_words(analysis.codings, asked.min_people)
    cloud.write_text(wordclouds.cloud_svg(words) or filereport.NO_CLOUD, encoding="utf-8")
    themes, codings = (
        workingtables.theme_rows(analysis),
        workingtables.coding_rows(analysis, documents, asked.ids),
    )
    return [
        tables.write_csv(folder / "themes.csv", workingtables.THEME_COLUMNS, themes),
        tables.write_csv(folder / "codings.csv", workingtables.CODING_COLUMNS, codings),
        run,
        cloud,
    ]


def _run_facts(analysis: Analysis, asked: Asked, rows: int) -> dict[str, object]:
    return {
        "file": asked.path.name,
        "file_sha256": hashlib.sha256(asked.path.read_bytes()).hexdigest(),
        "text_column": asked.text,
        "group_column": asked.layout.by or None,
        "id_column": asked.layout.ids or None,
        "sheet": asked.layout.sheet or None,
        "rows": rows,
        "min_people": asked.min_people,
        "reading_notes": asked.notes,
        **dataclasses.asdict(analysis.run),
    }


def _facts(asked: Asked, analysis: Analysis, documents: Sequence[Document]) -> Facts:
    return Facts(
        name=asked.path.name,
        column=asked.text,
        group_column=asked.layout.by,
        groups={document.id: document.group for document in documents},
        analysis=analysis,
        min_people=asked.min_people,
        notes=asked.notes,
    )
