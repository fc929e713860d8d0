"""engage report chase."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.entries.following import Owed
    from reports.models import Report


@click.command()
@click.argument("slug", required=False)
@click.option("--mail", is_flag=True, help="Remind those by e-mail whose address is known.")
def chase(slug: str | None, *, mail: bool) -> None:
    """Remind owners of what is due in the report of the consultation SLUG, or in all of them.

    What is due within a fortnight is chased before its day and again when it is late, each thing
    once. Without --mail, and where no address is known, it says whom to remind of what.

    \b
    Examples:
      engage report chase strategy
      engage report chase --mail
    """
    from engage.cli.context import ACTOR, working_app, working_session
    from engage.consultations import local_date
    from engage.db import db
    from engage.orm import utc_now
    from reports.loop import reminding

    now, lines = utc_now(), []
    if mail:
        with working_app() as app:
            settings = app.extensions["engage_settings"]
            for found in [one.id for one in _reports(db.session(), slug)]:
                done = reminding.remind(db.engine, found, settings=settings, actor=ACTOR, now=now)
                lines.append(reminding.said(done))
    with working_session() as session:
        for one in _reports(session, slug):
            fresh = reminding.chase(session, one, actor=ACTOR, now=now)
            lines += _lines(fresh, local_date(now))
    click.echo("\n".join(lines) or "Nobody has to be reminded of anything new.")


def _reports(session: "Session", slug: str | None) -> "list[Report]":
    from sqlalchemy import select

    from engage.cli.context import the_consultation
    from reports.models import Report
    from reports.publishing.services import find_report

    if slug is None:
        return list(session.scalars(select(Report).order_by(Report.slug)))
    found = find_report(session, the_consultation(session, slug))
    if found is None:
        message = f"There is no report yet. Run: engage report build {slug}"
        raise click.UsageError(message)
    return [found]


def _lines(fresh: "Iterable[Owed]", today: dt.date) -> list[str]:
    from reports.words import wording

    return [
        f"{'LATE' if one.due_on < today else 'due '}  {wording.date(one.due_on)}  "
        f"{one.entry.owner_role or 'nobody yet'}, {one.entry.owner_org or 'no body'}: "
        f"{one.text}: {one.entry.title}"
        for one in fresh
    ]
