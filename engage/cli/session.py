"""engage session."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help="Look after meetings in which a group answers.")
def session() -> None:
    """Look after facilitated sessions: meetings in which somebody helps a group to answer."""


@session.command("list")
@click.argument("slug")
def list_(slug: str) -> None:
    """List the sessions of the survey SLUG, each number in its own unit.

    \b
    Example:
      engage session list young-people
    """
    from engage.cli.context import the_survey, working_session
    from surveys.gathering.sessions import sessions_of, totals_of

    with working_session() as found:
        for held in sessions_of(found, the_survey(found, slug)):
            counted = totals_of(found, held)
            state = "closed" if held.closed_at else f"open, code {held.code}"
            click.echo(
                f"{held.held_on}  {held.label} ({state}): {counted.heads} in the room, "
                f"{counted.responses} answered, {counted.artefacts} things made"
            )


@session.command("open")
@click.argument("slug")
@click.option("--label", required=True, help="Name of the session. No names of people.")
@click.option("--for", "email", required=True, help="E-mail address of who runs it.")
@click.option("--place", default="other", show_default=True, help="Kind of place.")
@click.option("--channel", default="event", show_default=True, help="How the answers come in.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day; today if left out.")
def open_(slug: str, label: str, email: str, place: str, channel: str, on: object) -> None:
    """Open a session of the survey SLUG and print the code for the wall.

    \b
    Example:
      engage session open young-people --label "Council" --for leader@example.org --place school
    """
    import datetime as dt

    from engage.accounts.services import find_user
    from engage.cli.context import the_survey, working_session
    from engage.consultations import local_date
    from engage.orm import utc_now
    from surveys.gathering.sessions import open_session, spaced

    with working_session() as found:
        user = find_user(found, email)
        if user is None:
            message = f"{email} has no account."
            raise click.UsageError(message)
        day = on.date() if isinstance(on, dt.datetime) else local_date(utc_now())
        opened = open_session(
            found, the_survey(found, slug), label=label, place_type=place, channel=channel,
            held_on=day, facilitator=user.id, now=utc_now(),
        )  # fmt: skip
        code = opened.code
    click.echo(f"Open. Code for the wall: {spaced(code)} (people type it at /join)")


@session.command()
@click.argument("code")
@click.option("--heads", type=int, help="How many people were in the room.")
def close(code: str, heads: int | None) -> None:
    """Close the session with the wall code CODE.

    \b
    Example:
      engage session close KTX4M9 --heads 11
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from surveys.gathering import sessions

    with working_session() as found:
        there = sessions.open_by_code(found, code)
        if there is None:
            message = f"There is no open session with the code {code!r}."
            raise click.UsageError(message)
        held, now = there[0], utc_now()
        if heads is not None:
            sessions.record_session(
                found, held, heads=heads, help_given=held.help_given, now=now, actor=ACTOR,
                raised_on_day=held.raised_on_day, raised_reference=held.raised_reference,
            )  # fmt: skip
        sessions.close_session(found, held, actor=ACTOR, now=now)
    click.echo("Closed.")
