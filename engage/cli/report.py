"""engage report."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import terminal
from engage.cli.chasing import chase
from engage.cli.heard import ask, baselines
from engage.cli.promises import import_promises, indicators, update_promise
from engage.cli.telling import tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engage.jobs import ProgressCallback
    from reports.models import Report


@click.group(short_help='Build and publish a "You said, we did".')
def report() -> None:
    """Build and publish the "You said, we did" of a consultation."""


for _command in (ask, baselines, chase, import_promises, indicators, tell, update_promise):
    report.add_command(_command)


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
    from reports.publishing.services import build as build_report

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
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    with terminal.progress() as progress:
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
    from reports.formats import catalogue
    from reports.publishing import drafts, filing

    settings = current_app.extensions["engage_settings"]
    source = drafts.source_of(session, report, settings=settings, now=utc_now())
    for one, content in catalogue.build(source, filing.formats(), progress):
        yield filing.named(source, one), content


def _of_newest(
    session: "Session", report: "Report", progress: "ProgressCallback"
) -> "Iterator[tuple[str, bytes]]":
    from flask import current_app

    from reports.publishing import filing, services, takeouts

    publication = services.latest(session, report)
    if publication is None:
        message = "Nothing is published yet. Add --draft to write the draft."
        raise click.UsageError(message)
    threshold = current_app.extensions["engage_settings"].threshold
    source, after = takeouts.source_of(session, publication, threshold)
    yield from filing.contents(session, publication, source, after, progress)


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
    from engage.cli.analyse import report_outcome
    from engage.cli.context import ACTOR, working_app
    from engage.db import db
    from engage.orm import utc_now

    rooms.learn_jobs()
    with working_app() as app:
        session = db.session()
        found = _report(session, slug)
        address = f"/you-said-we-did/{found.slug}/"
        job = jobs.enqueue(session, "publish", found.id, asked_by=ACTOR, now=utc_now())
        job_id = job.id
        session.commit()
        session.close()
        with terminal.progress() as progress:
            done = jobs.run(app, job_id, on_progress=progress)
    report_outcome(done, f"Published at {address}")


@report.command()
@click.argument("slug")
@click.option("--version", type=int, help="Which version; the newest when not given.")
def check(slug: str, version: int | None) -> None:
    """Count every published figure of the consultation SLUG again and say which do not match.

    Says why as far as it is known: answers taken back or left out, comments sorted anew, quotes
    withdrawn, signatures refused. Ends with 1 if anything changed; nothing is written.

    \b
    Examples:
      engage report check strategy
      engage report check strategy --version 1
    """
    from engage.cli.context import working_session

    with working_session() as session:
        lines, holds = _checked(session, _report(session, slug), version)
    click.echo("\n".join(lines))
    if not holds:
        raise SystemExit(1)


def _checked(session: "Session", report: "Report", version: int | None) -> tuple[list[str], bool]:
    from flask import current_app

    from engage.consultations import local_date
    from engage.orm import utc_now
    from reports.publishing import checking

    chosen = [p for p in report.publications if version in {None, p.version}]
    if not chosen:
        message = "There is no such version. Leave --version out to check the newest."
        raise click.UsageError(message)
    now, settings = utc_now(), current_app.extensions["engage_settings"]
    found = checking.check(session, chosen[-1], settings=settings, now=now)
    moved = [f"  {one.wording}: {one.now}, because {one.why}." for one in found.moved]
    return [checking.found_on(found, local_date(now)), *moved, *found.standing], found.holds


@report.command("co-owner")
@click.argument("slug")
@click.argument("code")
@click.option("--name", required=True, help='Such as "Parent carer forum".')
@click.option("--easy-name", required=True, help='Such as "parents and carers".')
@click.option(
    "--kind",
    required=True,
    type=click.Choice(["parent_carer_forum", "youth_council", "partner"]),
)
@click.option("--account", "accounts", multiple=True, help="Address of who speaks for it.")
def co_owner(
    slug: str, code: str, name: str, easy_name: str, kind: str, accounts: tuple[str, ...]
) -> None:
    """Name a body that owns the consultation SLUG too, and the accounts that speak for it.

    \b
    Example:
      engage user create chair@forum.example.org --role co_owner --generate
      engage report co-owner strategy forum --name "Parent carer forum" \\
        --easy-name "parents and carers" --kind parent_carer_forum --account chair@forum.example.org
    """
    from engage.accounts import find_user
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from reports.entries import approvals

    now = utc_now()
    with working_session() as session:
        body = approvals.add_co_owner(
            session, the_consultation(session, slug), code=code, name=name, easy_name=easy_name,
            kind=kind, actor=ACTOR, now=now,
        )  # fmt: skip
        for address in accounts:
            user = find_user(session, address)
            if user is None:
                message = f"There is no account {address}. Run: engage user create"
                raise click.BadParameter(message)
            approvals.seat(session, body, user, actor=ACTOR, now=now)
    click.echo(f"{name} can sign at /desk/signing/")


def _report(session: "Session", slug: str) -> "Report":
    from engage.cli.context import the_consultation
    from reports.publishing.services import find_report

    found = find_report(session, the_consultation(session, slug))
    if found is None:
        message = f"There is no report yet. Run: engage report build {slug}"
        raise click.UsageError(message)
    return found
