"""engage equality."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help="Destroy the keys of equality answers in time.")
def equality() -> None:
    """Look after the keys that link equality answers to responses until their day."""


@equality.command("destroy-keys")
def destroy_keys() -> None:
    """Destroy each key whose day has come, and mix up the order of all answers. Run it every day.

    \b
    Example:
      engage equality destroy-keys
    """
    from engage import settings
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys import services

    days = settings.load().equality_key_days
    with working_session() as session:
        gone = services.destroy_keys(session, days=days, actor=ACTOR, now=utc_now())
    click.echo(f"Keys destroyed: {len(gone)}.")
