"""engage report."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help='Build and publish a "You said, we did".')
def report() -> None:
    """Build and publish the "You said, we did" of a consultation."""


@report.command()
@click.argument("slug")
def build(slug: str) -> None:
    """Open the report of the consultation SLUG, with an entry for each approved theme.

    What people already wrote is left as it is, so it is safe to run again.

    \b
    Example:
      engage report build strategy
    """
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from reports.services import build as build_report

    with working_session() as session:
        consultation = the_consultation(session, slug)
        built = build_report(session, consultation, actor=ACTOR, now=utc_now())
        entries = len(built.entries)
    click.echo(
        f"The report has {entries} entries. Answer each at /desk/consultations/{slug}/report/"
    )


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
