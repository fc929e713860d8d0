"""engage report import-promises, update-promise and indicators: what is followed over the years."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.command("import-promises")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--example", is_flag=True, help="Mark them as invented.")
def import_promises(file: Path, *, example: bool) -> None:
    """Bring in promises that were made in prose, from a CSV, so that they are followed up.

    Columns: title, promise, due_on (2022-09-01), source; and if known ambition, service_area,
    owner_role, owner_org. Each stands in the public ledger as "Update due" until it is updated.

    \b
    Example:
      engage report import-promises promises.csv
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from reports.entries.promises import import_file

    with working_session() as session:
        new, old = import_file(session, file, is_demo=example, actor=ACTOR, now=utc_now())
    click.echo(f"Brought in: {new}. There already: {old}. See /you-said-we-did/ledger")


@click.command("update-promise")
@click.argument("key")
@click.option(
    "--status", required=True, type=click.Choice(["done", "doing", "planned", "cant", "finding"])
)
@click.option("--note", required=True, help="What became of it, in a sentence.")
def update_promise(key: str, status: str, note: str) -> None:
    """Say what became of the old promise KEY.

    \b
    Example:
      engage report update-promise new-base-2022-09-01 --status done --note "Open since May 2023."
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from reports.entries.promises import update

    with working_session() as session:
        title = update(session, key, status=status, note=note, actor=ACTOR, now=utc_now()).title
    click.echo(f"Updated: {title}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def indicators(file: Path) -> None:
    """Read what ambitions and outcome bees are measured by from a CSV, one reading a line.

    Columns: key, taxonomy (ambitions or outcome_bees), code, name, unit, better (higher or
    lower), source, as_at, value. The first reading of a key is its baseline.

    \b
    Example:
      engage report indicators indicators.csv
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from reports.entries.outcomes import import_file

    with working_session() as session:
        count = import_file(session, file, actor=ACTOR, now=utc_now())
    click.echo(f"Readings: {count}. See /you-said-we-did/progress")
