"""Reading the demo's comments for safety, as its reader and deputy: every one, within the clock."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

import yaml
from sqlalchemy.orm import Session

from engage.accounts.models import User
from engage.consultations import HERE
from engage.demo import people
from engage.safeguarding import clock, reading, services
from engage.safeguarding.decisions import DECISIONS
from engage.safeguarding.models import TOGETHER_BELOW
from engage.safeguarding.reading import Line
from engage.safeguarding.verdicts import Verdict
from engage.settings import Settings

Progress = Callable[[str, int, int], None]
BEGINS_AT = dt.time(8)
PAGE = 10
ORDINARY = "Read; nobody seems at risk."
AGREED = "Read it too, and agree."


def read_everything(
    session: Session,
    settings: Settings,
    progress: Progress,
    *,
    reader: User,
    deputy: User,
    now: dt.datetime,
) -> int:
    """Read what nobody has read yet, each morning what came the day before; return how many."""
    waiting = reading.lines(session, settings, reading.is_state(reading.WAITING))
    _assign(session, waiting, reader=reader, deputy=deputy, now=now)
    done = 0
    for morning, lines in _by_morning(waiting, now):
        _read(session, settings, list(lines), reader=reader, deputy=deputy, now=morning)
        done += len(lines)
        progress("Comments read for safety", done, len(waiting))
    return done


def _assign(
    session: Session, lines: Iterable[Line], *, reader: User, deputy: User, now: dt.datetime
) -> None:
    """Put reader and deputy on duty for every consultation that has something to read."""
    for plan in {line.consultation.id: line.consultation for line in lines}.values():
        services.assign(session, plan, reader=reader, deputy=deputy, actor=reader.id, now=now)


def _by_morning(
    lines: Iterable[Line], now: dt.datetime
) -> Iterator[tuple[dt.datetime, list[Line]]]:
    in_order = sorted(lines, key=lambda line: (_morning(line, now), line.item.id))
    for morning, found in groupby(in_order, key=lambda line: _morning(line, now)):
        yield morning, list(found)


def _morning(line: Line, now: dt.datetime) -> dt.datetime:
    """Return the first morning of a working day after the words came, or now if that is earlier."""
    day = line.item.created_at.astimezone(HERE).date() + dt.timedelta(days=1)
    while not clock.is_working_day(day):
        day += dt.timedelta(days=1)
    return min(dt.datetime.combine(day, BEGINS_AT, tzinfo=HERE).astimezone(dt.UTC), now)


def _read(
    session: Session,
    settings: Settings,
    lines: list[Line],
    *,
    reader: User,
    deputy: User,
    now: dt.datetime,
) -> None:
    """Read one morning's words: those with a story or a high place alone, the rest by the page."""
    words = reading.words_of(session, [line.item for line in lines])
    keep: dict[str, Any] = {"now": now, "keep_days": settings.safeguarding_keep_days}
    low: dict[str, str] = {}
    for item in (line.item for line in lines):
        seen, told = reading.digest(words[item.id]), _story(words[item.id])
        if told is None and item.order_score < TOGETHER_BELOW:
            low[item.id] = seen
            continue
        services.decide(session, item, _verdict(told, seen, reader, now), actor=reader.id, **keep)
        if item.awaits_second:
            services.confirm(session, item, reason=AGREED, words=seen, actor=deputy.id, **keep)
    pages = list(low.items())
    for start in range(0, len(pages), PAGE):
        services.read_together(session, dict(pages[start : start + PAGE]), actor=reader.id, **keep)


def _verdict(told: Mapping[str, Any] | None, seen: str, reader: User, now: dt.datetime) -> Verdict:
    if told is None:
        return Verdict(decision="no_concern", reason=ORDINARY, words=seen, returns=True)
    refers = DECISIONS[told["decision"]].refers
    return Verdict(
        decision=told["decision"], reason=told["reason"], words=seen, returns=not refers,
        reference=told.get("reference", ""), referred_at=now if refers else None,
        referred_by=reader.display_name if refers else "",
    )  # fmt: skip


def _story(words: str) -> Mapping[str, Any] | None:
    return next((told for told in _stories() if words.startswith(told["begins"])), None)


@cache
def _stories() -> list[dict[str, Any]]:
    text = (people.HERE / "safety.yaml").read_text(encoding="utf-8")
    stories: list[dict[str, Any]] = yaml.safe_load(text)
    return stories
