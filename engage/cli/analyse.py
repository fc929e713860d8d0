"""engage analyse."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from engage import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analysis.standalone.compare import RunFacts
    from engage.jobs import Job

NAME_ONE = "Name either a FILE or a --consultation."
STOPPED = 130
"""What a command answers that was stopped by Ctrl-C."""


class Told(TypedDict):
    """How to analyse a file, as options of the command line."""

    text: str | None
    by: str | None
    sheet: str | None
    id_column: str | None
    themes: int | None
    min_people: int


@click.command(short_help="Find themes in comments.")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--text", help="Column that holds the comments.")
@click.option("--by", help="Column to compare groups by, such as who wrote.")
@click.option("--id", "id_column", help="Column to copy beside each row of codings.csv.")
@click.option("--sheet", help="Sheet of a spreadsheet; otherwise the first with that column.")
@click.option(
    "--themes", type=click.IntRange(2, 80), help="How many themes; otherwise it is found."
)
@click.option(
    "--min-people",
    type=click.IntRange(3, 10),
    default=5,
    show_default=True,
    help="Show no number, word or quotation from fewer people in the report.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--consultation", "slug", help="Analyse the closed answers of this consultation.")
@click.option("--queue", is_flag=True, help="Leave the work to a worker instead of doing it here.")
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the coded answers of the newest run into this folder.",
)
@click.option("--compare", "run", help="Say what differs from this run: its folder, or its id.")
def analyse(
    file: Path | None,
    out: Path | None,
    slug: str | None,
    queue: bool,
    folder: Path | None,
    run: str | None,
    **told: Unpack[Told],
) -> None:
    """Find themes in FILE (CSV or XLSX), or in the answers of a consultation.

    With a FILE nothing else is needed, not even a database. Names, phone numbers, addresses and
    the like are taken out first. What comes out: themes.csv, codings.csv with every row of the
    file, run.json, a word cloud, and a report as web page and PDF. Hand on the report; keep
    codings.csv, from which it can be found out whether somebody wrote certain words.

    \b
    Examples:
      engage analyse comments.csv --text Comment --out themes/
      engage analyse comments.xlsx --text Comment --by Ward --out themes/
      engage analyse comments.xlsx --sheet Parents --text Comment --id Ref --out themes/
      engage analyse comments.csv --text Comment --themes 8 --out fewer/
      engage analyse --consultation strategy
      engage analyse --consultation strategy --queue
      engage analyse --consultation strategy --export coded/
      engage analyse --out themes/ --compare earlier/
      engage analyse --consultation strategy --compare 3f2a91c0
    """
    if file is not None and slug is not None:
        raise click.UsageError(NAME_ONE)
    if file is not None:
        earlier = [] if run is None else _facts_of(Path(run))
        _analyse_file(file, out, **told)
        if out is not None and earlier:
            _compare(*earlier, *_facts_of(out))
    elif slug is None:
        _compare_folders(run, out)
    elif folder is not None:
        _export(slug, folder)
    elif run is not None:
        _compare_stored(slug, run)
    else:
        _analyse_consultation(slug, queue=queue)


def _analyse_file(file: Path, out: Path | None, **told: Unpack[Told]) -> None:
    if told["text"] is None or out is None:
        raise click.UsageError(_what_is_missing(file, told["text"], out, told["sheet"] or ""))
    from analysis.standalone.files import Layout, analyse_file
    from analysis.themes.results import AnalysisSettings

    with _told_when_stopped(), terminal.progress() as progress:
        result = analyse_file(
            file, text=told["text"], out=out, min_people=told["min_people"], progress=progress,
            layout=Layout(told["by"] or "", told["id_column"] or "", told["sheet"] or ""),
            settings=AnalysisSettings(themes=told["themes"]),
        )  # fmt: skip
    for sentence in result.summary:
        click.echo(sentence)


@contextmanager
def _told_when_stopped() -> "Iterator[None]":
    """Say what Ctrl-C leaves behind: files are written last, so mostly nothing."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing is kept for going on: run it again for results.", err=True)
        raise SystemExit(STOPPED) from None


def _what_is_missing(file: Path, text: str | None, out: Path | None, sheet: str) -> str:
    if text is not None:
        return "Say where to write (--out), such as --out themes/."
    from analysis.standalone.tables import read_table

    table = read_table(file, sheet=sheet)
    columns = ", ".join(f"“{name}”" for name in table.columns if name)
    likely = table.wordiest()
    where = "" if out else " and where to write (--out)"
    said = [
        f"Say which column holds the comments (--text){where}",
        f"The columns of {file.name} are: {columns}",
        *([f"Most words stand in “{likely}”"] if likely else []),
    ]
    return " ".join([*(f"{one}." for one in said), *table.notes])


@click.command(short_help="Let late answers join the approved themes.")
@click.option("--consultation", "slug", required=True, help="Whose late answers.")
@click.option("--queue", is_flag=True, help="Leave the work to a worker instead of doing it here.")
def carry_on(slug: str, queue: bool) -> None:
    """Let answers that came after the newest analysis join the approved themes, in pencil.

    No other comment moves, and nobody's decision changes.

    \b
    Example:
      engage carry-on --consultation strategy
    """
    from analysis.runs.late import ask

    _work(slug, ask, "Late answers have joined the approved themes. See", queue=queue)


def _analyse_consultation(slug: str, *, queue: bool) -> None:
    from analysis.runs.services import start_run

    _work(slug, start_run, "Themes are proposed. Decide about them at", queue=queue)


def _work(slug: str, ask: "Callable[..., Job]", done: str, *, queue: bool) -> None:
    from engage import jobs
    from engage.cli.context import ACTOR, the_consultation, working_app
    from engage.db import db
    from engage.orm import utc_now

    with working_app() as app:
        session = db.session()
        job_id = ask(session, the_consultation(session, slug), actor=ACTOR, now=utc_now()).id
        session.commit()
        session.close()
        if queue:
            click.echo(f"Asked for. See how far it is at /desk/jobs/{job_id}")
            return
        with terminal.progress() as progress:
            job = jobs.run(app, job_id, on_progress=progress)
    report_outcome(job, f"{done} /desk/consultations/{slug}/themes/")


def _compare_folders(run: str | None, out: Path | None) -> None:
    if run is None:
        raise click.UsageError(NAME_ONE)
    if out is None:
        message = "Say which results to compare: --out for the newer, --compare for the earlier."
        raise click.UsageError(message)
    _compare(*_facts_of(Path(run), out))


def _facts_of(*folders: Path) -> "list[RunFacts]":
    from analysis.standalone.runfacts import of_folder

    return [of_folder(folder) for folder in folders]


def _compare(earlier: "RunFacts", later: "RunFacts") -> None:
    from analysis.standalone.compare import compare_runs, explain
    from analysis.standalone.runfacts import knows_words, side_by_side

    if unknown := [run.name for run in (earlier, later) if not knows_words(run)]:
        click.echo(
            f"Answers are matched by the number of their row: an older version wrote"
            f" {' and '.join(dict.fromkeys(unknown))} and did not keep track of the words."
            " Analyse again what is in there to be sure."
        )
    for sentence in explain(compare_runs(*side_by_side(earlier, later))):
        click.echo(sentence)


def _compare_stored(slug: str, beginning: str) -> None:
    from analysis.decided.queries import latest_run
    from analysis.runs.storedruns import UnknownRunError, facts_of, find_run
    from analysis.standalone.compare import compare_runs, explain
    from engage.cli.context import the_consultation, working_app
    from engage.db import db

    with working_app():
        session = db.session()
        plan = the_consultation(session, slug)
        try:
            earlier = find_run(session, plan.id, beginning)
        except UnknownRunError as mistake:
            raise click.ClickException(str(mistake)) from mistake
        newest = latest_run(session, plan.id) or earlier
        found = compare_runs(facts_of(session, earlier), facts_of(session, newest))
        for sentence in explain(found):
            click.echo(sentence)


def _export(slug: str, folder: Path) -> None:
    from analysis.codeframes.interchange import NoCodesError
    from analysis.decided import exports
    from analysis.decided.queries import latest_run
    from engage import audit
    from engage.cli.context import ACTOR, the_consultation, working_app
    from engage.db import db
    from engage.orm import utc_now

    with working_app() as app:
        session, now = db.session(), utc_now()
        plan = the_consultation(session, slug)
        run = latest_run(session, plan.id)
        if run is None:
            message = f"Nothing has been analysed yet. First: engage analyse --consultation {slug}"
            raise click.ClickException(message)
        audit.record_read(
            db.engine, actor=ACTOR, verb="export", object_type="analysis_run",
            object_id=run.id, now=now,
        )  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        threshold = app.extensions["engage_settings"].threshold
        for name in exports.NAMES:
            try:
                content = exports.export(session, plan, run, name, threshold=threshold, now=now)
            except NoCodesError as reason:
                click.echo(f"Not written: {folder / name}. {reason}")
                continue
            (folder / name).write_bytes(content)
            click.echo(f"{folder / name}")


def report_outcome(job: "Job | None", done: str) -> None:
    """Say how a job ended; a failure or a job in other hands ends the command with status 1."""
    if job is not None and job.outcome == "succeeded":
        click.echo(done)
        return
    why = "A worker is doing it already." if job is None or job.outcome is None else job.error
    click.echo(f"Not done: {why}", err=True)
    raise SystemExit(1)
