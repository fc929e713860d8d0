"""engage safeguarding."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import click


@click.group(short_help="See what waits to be read for safety.")
def safeguarding() -> None:
    """Look after reading for safety. Nothing about a case is ever printed here."""


@safeguarding.command()
def status() -> None:
    """Say how many texts wait, how many are late, and the share read in time.

    \b
    Example:
      engage safeguarding status
    """
    from engage.cli.context import working_session
    from engage.orm import utc_now
    from engage.safeguarding import reading
    from engage.settings import load

    now = utc_now()
    with working_session() as session:
        lines = reading.lines(session, load())
        unread = [line for line in lines if line.item.decision is None]
        second = sum(line.item.awaits_second for line in lines)
        in_time, judged = reading.share_in_time(lines, now)
        late = sum(line.is_late(now) for line in unread)
    click.echo(f"Not read yet: {len(unread)}, of these late: {late}")
    click.echo(f"Wait for a second reader: {second}")
    if judged:
        click.echo(f"Read in time: {in_time} of {judged} ({100 * in_time // judged}%)")


@safeguarding.command()
@click.argument("slug")
@click.option("--reader", required=True, help="E-mail address of who reads.")
@click.option("--deputy", help="E-mail address of who stands in.")
@click.option("--survey", "survey_slug", help="Only for this survey of the consultation.")
def duty(slug: str, reader: str, deputy: str | None, survey_slug: str | None) -> None:
    """Say who reads the words of the consultation SLUG, or of one of its surveys.

    \b
    Example:
      engage safeguarding duty send-strategy --reader lead@example.org --deputy duty@example.org
    """
    from engage.cli.context import ACTOR, the_consultation, the_survey, the_user, working_session
    from engage.orm import utc_now
    from engage.safeguarding import services

    with working_session() as session:
        services.assign(
            session, the_consultation(session, slug), reader=the_user(session, reader),
            deputy=the_user(session, deputy) if deputy else None,
            survey=the_survey(session, survey_slug) if survey_slug else None,
            actor=ACTOR, now=utc_now(),
        )  # fmt: skip
    click.echo("Saved.")


@safeguarding.command()
@click.option("--dry-run", is_flag=True, help="Only count.")
def erase(dry_run: bool) -> None:
    """Erase the log whose time has come, and words of people who took their answers out.

    Run it once a day. ENGAGE_SAFEGUARDING_KEEP_DAYS says how long an act is kept when it is
    written; changing it later changes nothing about acts that are there.

    \b
    Example:
      engage safeguarding erase --dry-run
    """
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now
    from engage.safeguarding import services

    with working_session() as session:
        gone = services.erase_old(session, actor=ACTOR, now=utc_now())
        if dry_run:
            session.rollback()
    click.echo(f"{gone} acts {'would be' if dry_run else 'were'} erased.")


@safeguarding.command()
def notify() -> None:
    """Tell whoever is on duty by e-mail that there are words to read, and nothing about them.

    Run it every morning from the machine's timer: nobody is told twice on one day, and nobody on
    a day when offices are closed. The deputy is told when words are late.

    \b
    Example:
      engage safeguarding notify
    """
    from engage.cli.context import ACTOR, working_session
    from engage.mail import MailError, sender_for
    from engage.orm import utc_now
    from engage.safeguarding import notices
    from engage.settings import load
    from reports.loop.mails import home_of

    settings = load()
    sender = sender_for(settings)
    with working_session() as session:
        on_duty = notices.to_tell(session, settings=settings, actor=ACTOR, now=utc_now())
    failed = 0
    for address in on_duty:
        try:
            sender.send(notices.message(address, home_of(settings)))
        except MailError as error:
            failed += 1
            click.echo(f"Not told: {error}", err=True)
    click.echo(f"Told: {len(on_duty) - failed}.")
    if failed:
        raise SystemExit(1)
