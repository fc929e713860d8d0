"""Analyse a file of answers without any database: a table in, tables and a report out.

What a council can run today on the export of whatever survey tool it has. The report protects
people (threshold, redaction); `codings.csv` is the analyst's own working file, row by row.
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
from analysis.standalone import filereport, summary, tables
from analysis.standalone.sources import FileProblem
from analysis.texts.documents import Document, words_hash
from analysis.themes import pipeline
from analysis.themes.pipeline import Progress
from analysis.themes.results import Analysis, AnalysisSettings, Coding, ProposedTheme

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder

CODING_COLUMNS = (
    "row",
    "segment",
    "theme_id",
    "is_primary",
    "confidence",
    "needs_review",
    "set_aside_reason",
    "words_hash",
)
THEME_COLUMNS = (
    "theme_id",
    "label",
    "answers",
    "percent_of_analysed",
    "words",
    "example",
    "stability",
    "coherence",
    "distinctness",
)
PEOPLE_RANGE = range(3, 11)
THEMES_RANGE = range(2, 81)
NOT_STATED = "Not stated"


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
class Asked:
    """What somebody asked for, checked.

    Attributes:
        path: the file.
        text: name of the column of answers.
        by: name of the column of groups, or "".
        min_people: smallest number of people behind any number, word or quotation shown.
        notes: what a person should know of how the file was read.
    """

    path: Path
    text: str
    by: str
    min_people: int
    notes: tuple[str, ...] = ()


def analyse_file(
    path: Path | str,
    *,
    text: str,
    by: str | None = None,
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
        by: the column of groups to count by, or None.
        out: the folder; made when missing, files of the same names are replaced.
        min_people: 3 to 10.
        progress: called with (stage, done, total).
        settings: of the analysis.
        embedder: another sentence model.

    Raises:
        FileProblem: with a sentence for the person who asked.
    """
    asked = _checked(Path(path), text, by, min_people, settings)
    documents, notes = _documents(asked)
    asked = dataclasses.replace(asked, notes=notes)
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
        *notes,
        *summary.sentences(analysis, for_reading=filereport.is_for_reading(analysis)),
        f"The report is {folder / 'report.html'}, and as PDF {folder / 'report.pdf'}.",
    )
    return FileResult(folder, tuple(files), len(documents), analysis, told)


def _checked(
    path: Path, text: str, by: str | None, min_people: int, settings: AnalysisSettings | None
) -> Asked:
    if min_people not in PEOPLE_RANGE:
        message = f"The smallest number of people is {min_people}; use a number from 3 to 10."
        raise FileProblem(message)
    themes = settings.themes if settings else None
    if themes is not None and themes not in THEMES_RANGE:
        message = f"{themes} themes cannot be asked for; use a number from 2 to 80."
        raise FileProblem(message)
    return Asked(path, text, by or "", min_people)


def _documents(asked: Asked) -> tuple[list[Document], tuple[str, ...]]:
    """Return the answers, and what a person should know of how the file was read."""
    table = tables.read_table(asked.path, asked.text)
    texts = table.column(asked.text)
    groups = table.column(asked.by) if asked.by else [""] * len(texts)
    notes = dict.fromkeys([*table.notes_on(asked.text), *table.notes_on(asked.by)])
    documents = [
        Document(str(row), words, (group.strip() or NOT_STATED) if asked.by else "")
        for row, (words, group) in enumerate(zip(texts, groups, strict=True), start=1)
    ]
    return documents, tuple(notes)


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
    codings = sorted(analysis.codings, key=lambda coding: (int(coding.document_id), coding.segment))
    said = {(coding.document_id, coding.segment): coding.text for coding in codings}
    analysed = analysis.run.counts["analysed"]
    theme_rows = [
        (
            theme.number,
            theme.label,
            theme.documents,
            round(100 * theme.documents / analysed),
            ", ".join(theme.words),
            said[theme.examples[0]],
            *("" if f is None else round(f, 4) for f in _facts_of(theme)),
        )
        for theme in analysis.themes
    ]
    run = folder / "run.json"
    run.write_text(
        json.dumps(_run_facts(analysis, asked, len(documents)), indent=2, ensure_ascii=False)
        + "\n",
        encoding="utf-8",
    )
    cloud = folder / "word_cloud.svg"
    words = filereport.shown_words(codings, asked.min_people)
    cloud.write_text(wordclouds.cloud_svg(words) or filereport.NO_CLOUD, encoding="utf-8")
    return [
        tables.write_csv(folder / "themes.csv", THEME_COLUMNS, theme_rows),
        tables.write_csv(folder / "codings.csv", CODING_COLUMNS, _coding_rows(codings, documents)),
        run,
        cloud,
    ]


def _facts_of(theme: ProposedTheme) -> tuple[float | None, ...]:
    return theme.stability, theme.coherence, theme.distinctness


def _coding_rows(
    codings: Sequence[Coding], documents: Sequence[Document]
) -> list[tuple[object, ...]]:
    """Return the rows in the order of CODING_COLUMNS; a hash tells later whose words these were."""
    hashes = {document.id: words_hash(document.text) for document in documents}
    return [
        (
            int(coding.document_id),
            coding.segment,
            coding.theme or "",
            coding.is_primary,
            "" if coding.set_aside else f"{coding.confidence:.4f}",
            coding.needs_review,
            coding.set_aside or "",
            hashes[coding.document_id],
        )
        for coding in codings
    ]


def _run_facts(analysis: Analysis, asked: Asked, rows: int) -> dict[str, object]:
    return {
        "file": asked.path.name,
        "file_sha256": hashlib.sha256(asked.path.read_bytes()).hexdigest(),
        "text_column": asked.text,
        "group_column": asked.by or None,
        "rows": rows,
        "min_people": asked.min_people,
        "reading_notes": asked.notes,
        **dataclasses.asdict(analysis.run),
    }


def _facts(asked: Asked, analysis: Analysis, documents: Sequence[Document]) -> filereport.Facts:
    return filereport.Facts(
        name=asked.path.name,
        column=asked.text,
        group_column=asked.by,
        groups={document.id: document.group for document in documents},
        analysis=analysis,
        min_people=asked.min_people,
        notes=asked.notes,
    )
