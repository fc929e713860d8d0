"""engage report tell."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from typing import TYPE_CHECKING

import click

from engage import terminal

if TYPE_CHECKING:
    from reports.loop.telling import Preview


@click.command()
@click.argument("slug")
@click.option("--dry-run", is_flag=True, help="Only say who would be told, without an address.")
def tell(slug: str, *, dry_run: bool) -> None:
    """Tell everybody who asked what happened in the consultation SLUG, each of them once.

    Run it after publishing, and again after the reports of 6 and 12 months. Who was told of a
    milestone is not told again. After the last one the addresses are deleted.

    \b
    Examples:
      engage report tell strategy --dry-run
      engage report tell strategy
    """
    from engage import jobs, rooms
    from engage.cli.analyse import report_outcome
    from engage.cli.context import ACTOR, the_consultation, working_app
    from engage.db import db
    from engage.orm import utc_now
    from reports.loop import telling
    from reports.publishing.services import find_report

    rooms.learn_jobs()
    with working_app() as app:
        session = db.session()
        found = find_report(session, the_consultation(session, slug))
        if found is None:
            message = f"There is no report yet. Run: engage report build {slug}"
            raise click.UsageError(message)
        if dry_run:
            click.echo("\n".join(_lines(telling.preview(session, found))))
            return
        job_id = telling.ask(
            session, found, settings=app.extensions["engage_settings"], actor=ACTOR, now=utc_now()
        ).id
        session.commit()
        session.close()
        with terminal.progress() as progress:
            done = jobs.run(app, job_id, on_progress=progress)
    report_outcome(done, f"Told. Who is left over: /desk/consultations/{slug}/report/telling/")


def _lines(found: "Preview") -> list[str]:
    by_format = ", ".join(f"{name} {number}" for name, number in found.by_mail.items())
    return [
        f"Milestone: {found.milestone.replace('_', ' ')} (version {found.version})",
        f"Would be told by e-mail: {sum(found.by_mail.values())}"
        + (f" ({by_format})" if by_format else ""),
        f"For an officer, by post or telephone: {found.by_hand}",
        *(f"Already {state.replace('_', ' ')}: {n}" for state, n in found.so_far.items()),
    ]
