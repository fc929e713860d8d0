"""engage report baselines, engage report ask."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def baselines(file: Path) -> None:
    """Read figures about everybody in the county from a CSV: what shares are held against.

    Columns: key, label, value, unit (people, contacts, schools, areas or per cent), definition,
    source, as_at (2025-01-16), geography (county, or the code of a district). If known: holds
    (names of groups counted in it, so that overlapping figures are never added), reach_of
    (audiences), group_list and group_code (the answer it belongs to: support and E).

    A figure of a day never changes; the newest of each key is used.

    \b
    Example:
      engage report baselines baselines.csv
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from reports.representation.baselines import import_file

    with working_session() as session:
        new, old = import_file(session, file, actor=ACTOR, now=utc_now())
    click.echo(f"New figures: {new}. There already: {old}.")


@click.command()
@click.argument("slug")
@click.option("--theme", default="", help="Name of an approved theme, or a part of it.")
@click.option("--answer", default="", help='"question/…" as figures.csv of open data names it.')
@click.option("--audience", default="", help="Such as parent_carer; without it each group apart.")
@click.option("--district", default="", help="Code of a district, such as E07000242.")
def ask(slug: str, theme: str, answer: str, audience: str, district: str) -> None:
    """Look up how many people of the consultation SLUG said something; small numbers stay hidden.

    What is handed out is kept, so that later answers cannot be subtracted from it.

    \b
    Example:
      engage report ask strategy --theme "moves" --audience parent_carer --district E07000242
    """
    from flask import current_app

    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.orm import utc_now
    from reports.enquiries import askedwords, asking
    from reports.publishing import services

    if bool(theme) == bool(answer):
        message = "Use either --theme or --answer."
        raise click.UsageError(message)
    with working_session() as session:
        plan = the_consultation(session, slug)
        known = asking.subjects(session, services.latest_run(session, plan.id))
        named = [one for one in known.themes if theme and theme.lower() in one.name.lower()]
        if theme and len(named) != 1:
            names = ", ".join(one.name for one in named or known.themes)
            message = f"Name one theme. There are: {names}"
            raise click.UsageError(message)
        wanted = asking.Wanted(f"theme/{named[0].id}" if named else answer, audience, district)
        asked = asking.ask(
            session, plan, wanted, settings=current_app.extensions["engage_settings"],
            actor=ACTOR, now=utc_now(),
        )  # fmt: skip
        words = askedwords.in_words(session, plan, asked)
    click.echo(words)
