"""engage survey paper."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path

import click


@click.command(short_help="Print a survey on paper.")
@click.argument("slug")
@click.option("--edition", default="standard", show_default=True, help="standard, easy, plain, pl…")
@click.option("--copies", default=1, show_default=True, help="How many; each has its own code.")
@click.option("--large", is_flag=True, help="Large print, 18 point.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="PDF to write."
)
def paper(slug: str, edition: str, copies: int, large: bool, out: Path) -> None:
    """Write the survey SLUG as one PDF to print: every copy is a sheet with a code of its own.

    \b
    Example:
      engage survey paper young-people --edition easy --copies 14 --out sheets.pdf
    """
    from engage import settings as settings_module
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.paperwork import printing
    from surveys.queries import survey_by_slug
    from surveys.services import SurveyError

    settings = settings_module.load()
    with working_session() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            message = f"There is no survey called {slug!r}."
            raise click.UsageError(message)
        offered = printing.editions(session, survey, production=settings.is_production)
        chosen = next((one for one in offered if one == edition), None)
        if chosen is None:
            message = f"Choose an edition that is on offer: {', '.join(offered)}."
            raise click.UsageError(message)
        try:
            asked = printing.print_sheets(
                session, survey, edition=chosen, copies=copies, large=large,
                actor=ACTOR, now=utc_now(),
            )  # fmt: skip
        except SurveyError as error:
            raise click.UsageError(str(error)) from None
        session.commit()  # the codes are kept before the long work, which would lock others out
        out.write_bytes(printing.make_file(session, asked, settings=settings))
    click.echo(f"Written: {out}, {copies} {'copy' if copies == 1 else 'copies'}.")
    if not settings.public_url:
        click.echo("The sheets carry no QR code: set ENGAGE_PUBLIC_URL to print one.")
