"""engage survey."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

from pathlib import Path
from typing import Any

import click

from engage.cli.gathering import invite, link
from engage.cli.paper import paper


@click.group(short_help="Import, export, open and close surveys.")
def survey() -> None:
    """Import, export, open and close surveys.

    \b
    A survey's life:
      engage survey import parents.yaml --consultation strategy --slug parents --plan plan.yaml
      engage survey sign-language parents pl --checked-by "A. Person, interpreter"
      engage survey open parents
      engage survey paper parents --copies 20 --out sheets.pdf
      engage survey link parents --label "DSPL 4" --channel event
      engage survey close parents
    """


@survey.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--consultation", "name", required=True, help="Short name of the consultation.")
@click.option("--slug", required=True, help="Last part of the survey's address: /s/SLUG/")
@click.option(
    "--plan",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Plan of a new consultation (YAML): purpose, dates, who decides, lawful basis.",
)
def import_(file: Path, name: str, slug: str, plan: Path | None) -> None:
    """Publish the questionnaire in FILE (YAML) as a survey, or as its next version.

    \b
    Example:
      engage survey import parents.yaml --consultation strategy --slug parents
    """
    from engage.cli.context import ACTOR, the_consultation, working_session
    from engage.consultations import by_slug, plan_consultation
    from engage.orm import utc_now
    from surveys.services import import_survey

    document, now = _read_yaml(file), utc_now()
    with working_session() as session:
        if plan is not None and by_slug(session, name) is None:
            plan_consultation(session, _read_plan(plan, name), actor=ACTOR, now=now)
        consultation = the_consultation(session, name)
        import_survey(session, consultation, document, slug, actor=ACTOR, now=now)
    click.echo(f"Imported. People can answer at /s/{slug}/ once you run: engage survey open {slug}")


@survey.command()
@click.argument("slug")
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write; the screen if left out."
)
def export(slug: str, out: Path | None) -> None:
    """Write the newest questionnaire of the survey SLUG as YAML.

    \b
    Example:
      engage survey export parents --out parents.yaml
    """
    import json

    import yaml

    from engage.cli.context import working_session
    from surveys.queries import current_version

    with working_session() as session:
        stored = current_version(session, _the_survey(session, slug)).document
    document = _as_written(json.loads(stored))
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"Written: {out}")


@survey.command("open")
@click.argument("slug")
@click.option(
    "--grace-days",
    type=click.IntRange(0, 31),
    help="Days after the last day on which answers still count, marked as late.",
)
def open_(slug: str, grace_days: int | None) -> None:
    """Let people answer the survey SLUG.

    \b
    Examples:
      engage survey open parents
      engage survey open parents --grace-days 3
    """
    from engage import settings
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.services import open_survey

    production = settings.load().is_production
    with working_session() as session:
        found = _the_survey(session, slug)
        open_survey(
            session, found, actor=ACTOR, now=utc_now(), production=production, grace_days=grace_days
        )
    click.echo(f"Open: people can answer at /s/{slug}/")


@survey.command()
@click.argument("slug")
def pause(slug: str) -> None:
    """Take no answers for SLUG for a while; what people have begun is kept.

    \b
    Example:
      engage survey pause parents
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.services import pause_survey

    with working_session() as session:
        pause_survey(session, _the_survey(session, slug), actor=ACTOR, now=utc_now())
    click.echo(f"Paused. Let people go on with: engage survey resume {slug}")


@survey.command()
@click.argument("slug")
def resume(slug: str) -> None:
    """Let people go on answering SLUG after a pause.

    \b
    Example:
      engage survey resume parents
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.services import resume_survey

    with working_session() as session:
        resume_survey(session, _the_survey(session, slug), actor=ACTOR, now=utc_now())
    click.echo(f"People can answer again at /s/{slug}/")


@survey.command()
@click.argument("slug")
def close(slug: str) -> None:
    """Take no more answers for SLUG; with the last survey the answers are fixed for analysis.

    \b
    Example:
      engage survey close parents
    """
    from engage.cli.context import ACTOR, working_session
    from engage.consultations import Consultation
    from engage.orm import utc_now
    from surveys.queries import latest_snapshot, surveys_of
    from surveys.services import close_survey

    now = utc_now()
    with working_session() as session:
        closed = close_survey(session, _the_survey(session, slug), actor=ACTOR, now=now)
        consultation = session.get_one(Consultation, closed.consultation_id)
        left = [one.slug for one in surveys_of(session, consultation.id) if one.closed_at is None]
        snapshot = latest_snapshot(session, consultation.id)
        if not left and snapshot is not None:
            click.echo(f"All surveys are closed. Answers fixed for analysis: {snapshot.responses}.")
            click.echo(f"Next: engage analyse --consultation {consultation.slug}")
        else:
            click.echo(f"Closed. Still to close: {', '.join(left)}.")


@survey.command("sign-language")
@click.argument("slug")
@click.argument("language", type=click.Choice(["pl", "ro", "ur"]))
@click.option("--checked-by", required=True, help="Name and job of the person who checked.")
def sign_language(slug: str, language: Any, checked_by: str) -> None:
    """Record that somebody has checked the words of the survey SLUG in LANGUAGE.

    \b
    Example:
      engage survey sign-language parents pl --checked-by "A. Person, interpreter"
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.editions.languages import LanguageError, sign_off_language
    from surveys.queries import current_document, current_version

    with working_session() as session:
        found = _the_survey(session, slug)
        version, read = current_version(session, found), current_document(session, found)
        try:
            signed = sign_off_language(
                session, version, language, read, checked_by=checked_by, now=utc_now(), actor=ACTOR
            )
        except LanguageError as mistake:
            raise click.UsageError(str(mistake)) from None
        click.echo(f"Signed: {language} was checked by {signed.checked_by}.")


@survey.command("forget-unsent")
def forget_unsent() -> None:
    """Delete answers that nobody has sent within 14 days. The worker does it by itself every hour.

    \b
    Example:
      engage survey forget-unsent
    """
    from engage.cli.context import working_session
    from engage.orm import utc_now
    from surveys import services

    with working_session() as session:
        gone = services.forget_unsent(session, now=utc_now())
    click.echo(f"Deleted: {gone}.")


survey.add_command(paper)
survey.add_command(link)
survey.add_command(invite)


def _as_written(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out options that came from a code list, so that the file can be imported again."""
    for page in document["pages"]:
        if "list" in page["question"]:
            page["question"].pop("options", None)
    return document


def _read_yaml(path: Path) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = f"{path.name} is not YAML: {' '.join(str(error).split())}"
        raise click.UsageError(message) from None
    if not isinstance(found, dict):
        message = f"{path.name} must hold names with values, not a list or a text."
        raise click.UsageError(message)
    return found


def _read_plan(path: Path, slug: str) -> Any:
    """Return the plan in a file, or say which lines are missing or unknown."""
    from engage.consultations import Plan

    try:
        return Plan(**{"slug": slug, **_read_yaml(path)})
    except TypeError as error:
        message = f"{path.name} is not a whole plan: {str(error).partition(') ')[2]}."
        raise click.UsageError(message) from None


def _the_survey(session: Any, slug: str) -> Any:
    from surveys.queries import survey_by_slug

    found = survey_by_slug(session, slug)
    if found is None:
        message = f"There is no survey called {slug!r}."
        raise click.UsageError(message)
    return found
