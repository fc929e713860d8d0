"""engage contacts."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.group(short_help="Look after the addresses of who wants to hear.")
def contacts() -> None:
    """Look after the addresses of people who want to be told what happened.

    Nothing connects an address with an answer. Addresses can be read once every survey of the
    consultation has closed.
    """


@contacts.command()
@click.argument("consultation")
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write; the screen if left out."
)
def export(consultation: str, out: Path | None) -> None:
    """Write how to reach people, and in which format, as CSV. Reading it is recorded.

    \b
    Example:
      engage contacts export strategy --out contacts.csv
    """
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from surveys.services import export_contacts

    with working_session() as session:
        plan = the_consultation(session, consultation)
        text = export_contacts(session, plan, actor=ACTOR, now=utc_now())
    if out is None:
        click.echo(text, nl=False)
    else:
        out.touch(mode=0o600)
        out.write_text(text, encoding="utf-8", newline="")
        click.echo(f"Written: {out}. Delete it once everybody has been told.")


@contacts.command()
@click.argument("consultation")
@click.argument("address")
def remove(consultation: str, address: str) -> None:
    """Take out one ADDRESS because its owner asks for it.

    \b
    Example:
      engage contacts remove strategy somebody@example.org
    """
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from surveys.services import remove_contact

    with working_session() as session:
        plan = the_consultation(session, consultation)
        gone = remove_contact(session, plan, address, actor=ACTOR, now=utc_now())
    click.echo("Taken out." if gone else "There is no such address.")


@contacts.command()
@click.argument("consultation", required=False)
@click.option("--old", is_flag=True, help="Of every consultation whose day has come.")
def delete(consultation: str | None, old: bool) -> None:
    """Delete all addresses of a consultation, or the old ones of all. Run --old every day.

    \b
    Examples:
      engage contacts delete strategy
      engage contacts delete --old
    """
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from surveys.services import delete_contacts, delete_old_contacts

    if old == bool(consultation):
        message = "Name a consultation, or say --old."
        raise click.UsageError(message)
    with working_session() as session:
        if consultation:
            plan = the_consultation(session, consultation)
            gone = delete_contacts(session, plan, actor=ACTOR, now=utc_now())
        else:
            gone = delete_old_contacts(session, actor=ACTOR, now=utc_now())
    click.echo(f"Deleted: {gone}.")
