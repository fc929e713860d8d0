"""Dates and times as people read them in Britain."""

import datetime as dt

from flask import Flask

from engage.consultations import HERE


def init_app(app: Flask) -> None:
    """Let every template write dates the same way."""
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment


def day(date: dt.date | None) -> str:
    """Write a date like 1 May 2026; nothing for no date."""
    return f"{date.day} {date:%B %Y}" if date else ""


def moment(time: dt.datetime | None) -> str:
    """Write a time like 1 May 2026 at 14:05, by the clock on a wall in Britain."""
    if time is None:
        return ""
    local = time.astimezone(HERE)
    return f"{day(local.date())} at {local:%H:%M}"
