"""engage survey link, engage survey invite."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.command()
@click.argument("slug")
@click.option("--label", required=True, help="Where people will find it.")
@click.option("--channel", default="event", show_default=True, help="How the answers come in.")
def link(slug: str, label: str, channel: str) -> None:
    """Make a link to the survey SLUG that tells which channel works, never who came.

    \b
    Example:
      engage survey link parents --label "DSPL 4" --channel event
    """
    from engage import settings
    from engage.cli.context import ACTOR, the_survey, working_session
    from engage.orm import utc_now
    from surveys.gathering.links import make_link

    home = settings.load().public_url.rstrip("/")
    with working_session() as session:
        found = the_survey(session, slug)
        made = make_link(session, found, label, channel, actor=ACTOR, now=utc_now())
        address = f"{home}/g/{made.token}"
    click.echo(address)


@click.command()
@click.argument("slug")
@click.option("--count", type=int, required=True, help="How many addresses.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="File to write. The addresses are kept nowhere else.",
)  # fmt: skip
def invite(slug: str, count: int, out: Path) -> None:
    """Make addresses of the survey SLUG that can be used once, and write them to a file.

    \b
    Example:
      engage survey invite parents --count 200 --out invitations.csv
    """
    from engage import settings
    from engage.cli.context import ACTOR, the_survey, working_session
    from engage.orm import utc_now
    from surveys.gathering.invitations import addresses_csv, make_invitations

    found = settings.load()
    if out.exists():
        message = f"{out} is there already. Its invitations would be lost."
        raise click.UsageError(message)
    with working_session() as session:
        tokens = make_invitations(
            session, the_survey(session, slug), count, secret=found.secret_key, actor=ACTOR,
            now=utc_now(),
        )  # fmt: skip
        out.write_text(addresses_csv(tokens, found.public_url.rstrip("/")), encoding="utf-8")
    click.echo(f"Written: {out} ({count} addresses)")
