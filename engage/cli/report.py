"""engage report."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engage.jobs import ProgressCallback
    from reports.models import Report


@click.group(short_help='Build and publish a "You said, we did".')
def report() -> None:
    """Build and publish the "You said, we did" of a consultation."""


@report.command()
@click.argument("slug")
@click.option("--all", "every", is_flag=True, help="Write every format of what is published.")
@click.option("--draft", is_flag=True, help="With --all: of the draft, each marked DRAFT.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
def build(slug: str, every: bool, draft: bool, out: Path | None) -> None:
    """Open the report of the consultation SLUG, with an entry for each approved theme.

    What people already wrote is left as it is, so it is safe to run again. With --all it also
    writes every format (PDF, easy read, Word, slides, open data and the others) to a folder.

    \b
    Examples:
      engage report build strategy
      engage report build strategy --all --out files/
      engage report build strategy --all --draft --out files/
    """
    if every != (out is not None) or (draft and not every):
        message = "Use --all and --out together; --draft goes with them."
        raise click.UsageError(message)
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from reports.services import build as build_report

    with working_session() as session:
        consultation = the_consultation(session, slug)
        built = build_report(session, consultation, actor=ACTOR, now=utc_now())
        entries = len(built.entries)
        written = _write_all(session, built, out, draft=draft) if out else 0
    if out:
        click.echo(f"{written} files are in {out}")
        return
    click.echo(
        f"The report has {entries} entries. Answer each at /desk/consultations/{slug}/report/"
    )


def _write_all(session: "Session", report: "Report", out: Path, *, draft: bool) -> int:
    """Write every format into a folder and return how many there are."""
    from engage.cli.analyse import progress_bar

    out.mkdir(parents=True, exist_ok=True)
    written = 0
    with progress_bar() as progress:
        files = _of_draft if draft else _of_newest
        for name, content in files(session, report, progress):
            (out / name).write_bytes(content)
            written += 1
    return written


def _of_draft(
    session: "Session", report: "Report", progress: "ProgressCallback"
) -> "Iterator[tuple[str, bytes]]":
    from flask import current_app

    from engage.orm import utc_now
    from reports import drafts, filing
    from reports.formats import catalogue

    settings = current_app.extensions["engage_settings"]
    source = drafts.source_of(session, report, settings=settings, now=utc_now())
    for one, content in catalogue.build(source, filing.formats(), progress):
        yield filing.named(source, one), content


def _of_newest(
    session: "Session", report: "Report", progress: "ProgressCallback"
) -> "Iterator[tuple[str, bytes]]":
    from reports import filing, services, takeouts

    publication = services.latest(session, report)
    if publication is None:
        message = "Nothing is published yet. Add --draft to write the draft."
        raise click.UsageError(message)
    source, taken = takeouts.source_of(session, publication)
    yield from filing.contents(session, publication, source, takeouts.mark(taken), progress)


@report.command()
@click.argument("slug")
def publish(slug: str) -> None:
    """Publish the report of the consultation SLUG as a new version: pages, easy read and PDF.

    Says what is missing if a rule for good answers is broken. Earlier versions stay.

    \b
    Example:
      engage report publish strategy
    """
    from engage import jobs, rooms
    from engage.cli.analyse import progress_bar, report_outcome
    from engage.cli.context import ACTOR, the_consultation, working_app
    from engage.db import db
    from engage.orm import utc_now
    from reports.services import find_report

    rooms.learn_jobs()
    with working_app() as app:
        session = db.session()
        found = find_report(session, the_consultation(session, slug))
        if found is None:
            message = f"There is no report yet. Run: engage report build {slug}"
            raise click.UsageError(message)
        address = f"/you-said-we-did/{found.slug}/"
        job = jobs.enqueue(session, "publish", found.id, asked_by=ACTOR, now=utc_now())
        job_id = job.id
        session.commit()
        session.close()
        with progress_bar() as progress:
            done = jobs.run(app, job_id, on_progress=progress)
    report_outcome(done, f"Published at {address}")
