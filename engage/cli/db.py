"""engage db."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help="Look after the tables of the database.")
def db() -> None:
    """Look after the tables of the database."""


@db.command()
def upgrade() -> None:
    """Make or update the tables. Safe to run again.

    \b
    Example:
      ENGAGE_DATA_DIR=/srv/engage engage db upgrade
    """
    from engage import migrations
    from engage.cli.context import working_app
    from engage.db import db as database

    with working_app(current=False):
        migrations.upgrade(database.engine)
    click.echo("The database is up to date.")


@db.command(hidden=True)
@click.argument("message")
def revision(message: str) -> None:
    """Write the migration that leads from the database to the models (for developers)."""
    from engage import migrations
    from engage.cli.context import working_app
    from engage.db import db as database

    with working_app(current=False):
        migrations.write_revision(database.engine, message)
