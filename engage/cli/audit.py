"""engage audit."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help="Check the record of who did what.")
def audit() -> None:
    """Check the record of who did what."""


@audit.command()
@click.option("--noted", metavar="SEAL", help="A seal that an earlier check printed.")
def verify(noted: str | None) -> None:
    """Say whether any recorded act was altered, removed or slipped in. Exit status 1 if so.

    Note the seal it prints where whoever runs the database cannot reach it. A later check that
    is given the seal finds out even if the record was cut short or written anew.

    \b
    Examples:
      engage audit verify
      engage audit verify --noted 3f7a0c...
    """
    from engage.audit import holds_seal
    from engage.audit import verify as verify_chain
    from engage.cli.context import working_session

    with working_session() as session:
        found = verify_chain(session)
        known = noted is None or holds_seal(session, noted.strip())
    if not found.ok:
        click.echo(f"The record is broken at event {found.broken_at}.", err=True)
        raise SystemExit(1)
    if not known:
        click.echo(
            "No event has the seal that was noted: the record was cut short or written anew.",
            err=True,
        )
        raise SystemExit(1)
    click.echo(f"The record holds: {found.events} events, each sealed by the one before it.")
    click.echo(f"The last seal is {found.seal}")
