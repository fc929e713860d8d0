"""engage notice."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.group(short_help="Keep versions of the privacy notice.")
def notice() -> None:
    """Keep versions of the privacy notice: a plan names the version that people are shown."""


@notice.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Keep the notice in FILE (YAML) under its version. Other words need another version.

    \b
    Example:
      engage notice import our-notice.yaml
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.document import load
    from surveys.services import publish_notice

    document = load(file)
    with working_session() as session:
        kept = publish_notice(session, document, actor=ACTOR, now=utc_now())
    click.echo(f"Kept: version {kept.version}. Name it in a plan: privacy_notice_version.")
