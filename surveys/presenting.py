"""What the templates of respondents' pages are given: plain values, worked out beforehand."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from engage.consultations import local_date
from surveys import pictures, routing, screens
from surveys.ages import YOUNG_AUDIENCE
from surveys.forms import PageForm
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import (
    ANSWER,
    Edition,
    Line,
    Passage,
    Question,
    has_pictures,
    is_simple,
    other_edition,
    shown,
)
from surveys.screens import PlanFacts
from surveys.visits import Visit

#: Where "leave this page now" leads: a page that anybody may have open.
LEAVE_TO = "https://www.bbc.co.uk/weather"


@dataclasses.dataclass(frozen=True)
class CheckedAnswer:
    """One line of "check your answers"."""

    page_id: str
    question: str
    picture: str
    answers: tuple[str, ...]


def around(slug: str, questionnaire: Questionnaire, edition: Edition, demo: bool) -> dict[str, Any]:
    """Return what every page of a survey needs."""
    return {
        "slug": slug,
        "survey_title": questionnaire.title.in_(edition),
        "edition": edition,
        "other_edition": other_edition(edition),
        "easy": is_simple(edition),
        "demo": demo,
        "switch_sprite": pictures.address(("easy_read",)),
        "leave_to": LEAVE_TO,
        "leave_sprite": sprite(edition, ("leave",)),
        "can_leave": questionnaire.audience == YOUNG_AUDIENCE,
    }


def sprite(edition: Edition, names: Iterable[str]) -> str:
    """Return the address of the page's one sprite; the standard edition has no pictures."""
    return pictures.address(names) if has_pictures(edition) else ""


def question(
    visit: Visit, page: Page, form: PageForm | None = None, *, part: int = 1
) -> dict[str, Any]:
    """Return a question page; after a mistake what was sent stands in place of what is stored.

    Easy read asks one thing a page, so a question of several lines has several pages: `part`
    counts them from 1.
    """
    asked, edition = page.question, visit.edition
    parts = asked.parts(edition)
    part = min(max(part, 1), len(parts) or 1)
    fixed = (*screens.QUESTION, *(screens.WITH_MISTAKE if form and form.mistake else ()))
    drawn = sprite(edition, asked.pictures | _names(fixed))
    ready = shown(
        asked,
        edition,
        visit.stored(page),
        sent=form.sent if form else None,
        error=form.error if form else "",
        wrong=form.wrong if form else (ANSWER,),
        sprite=drawn,
        uploads_at=f"/s/{visit.response.slug}/upload/" if asked.takes_file else "",
        part=parts[part - 1] if parts else (),
    )
    told = visit.questionnaire, visit.answers, page.id, visit.audience
    return {
        **around(visit.response.slug, visit.questionnaire, edition, visit.response.is_demo),
        "page": page,
        "question": asked,
        "heading": ready.heading,
        "q": ready,
        "part": part if parts else 0,
        "parts": len(parts),
        "answered": bool(visit.stored(page)),
        "errors": [{"href": f"#{ready.error_field}", "text": ready.error}] if ready.error else [],
        "progress": routing.progress(*told),
        "keep": _keeping(visit, asked),
        "sprite": drawn,
    }


def _keeping(visit: Visit, asked: Question) -> str:
    """Say whether the browser may keep unsent words: never where many share a screen.

    Young people, and people in a session, are asked first whether the device is their own.
    """
    if visit.is_kiosk or not asked.has_words:
        return "off"
    return "ask" if visit.is_young or visit.session_id else "on"


def check(visit: Visit) -> dict[str, Any]:
    """Return "check your answers": what counts, and what no longer does."""
    told = visit.questionnaire, visit.answers, visit.audience
    taken, left_out = routing.path(*told), routing.left_out(*told)
    rows = [checked(visit, page) for page in taken if page.question.is_asked]
    out = [checked(visit, page) for page in left_out]
    return {
        **around(visit.response.slug, visit.questionnaire, visit.edition, visit.response.is_demo),
        "rows": rows,
        "left_out": out,
        "previous": taken[-1] if taken else None,
        "sprite": sprite(
            visit.edition, _names(screens.CHECK) | {row.picture for row in (*rows, *out)}
        ),
    }


def start(
    around: dict[str, Any], read: Questionnaire, plan: PlanFacts, *, lost: bool
) -> dict[str, Any]:
    """Return what somebody reads before saying yes or no."""
    promised = screens.plan_in_easy(plan)
    warned = screens.LOST if lost else Passage()
    fixed = (*screens.SWITCH, *screens.START, *screens.COME_BACK)
    lines = (read.start.easy, read.keeping_safe.easy, promised, warned.easy, fixed)
    return {
        **around,
        "read": read,
        "plan": screens.plan(plan),
        "plan_in_easy": promised,
        "last_day": screens.filled("%(date)s", date=plan.closes_on),
        "lost": warned,
        "sprite": passages(around["edition"], *lines),
    }


def thanks(around: dict[str, Any], read: Questionnaire, plan: PlanFacts) -> dict[str, Any]:
    """Return the last page: thanks, the code, what happens when, who can help."""
    promised = screens.promises(plan)
    lines = (read.end.easy, read.keeping_safe.easy, promised.easy, screens.THANKS)
    return {
        **around,
        "read": read,
        "contact": plan.contact,
        "promised": promised,
        "sprite": passages(around["edition"], *lines),
    }


def passages(edition: Edition, *lines: Iterable[Line]) -> str:
    """Return the address of the sprite for a page of easy-read lines."""
    return sprite(edition, {name for some in lines for name in _names(some)})


def _names(lines: Iterable[Line]) -> set[str]:
    return {line.picture for line in lines}


def kept_until(visit: Visit) -> dt.date:
    """Return the last day on which somebody can go on with what they have saved."""
    told = visit.response
    return screens.kept_until(
        local_date(told.started_at), screens.last_day(told.closes_on, told.grace_days or 0)
    )


def saved_note(visit: Visit) -> Passage:
    """Return what is said to somebody who stopped half-way."""
    return screens.saved(kept_until(visit), shared_device=visit.is_young)


def later(around: dict[str, Any], visit: Visit) -> dict[str, Any]:
    """Return the page with the code to come back with."""
    words = saved_note(visit)
    return {
        **around,
        "until": kept_until(visit),
        "saved": words,
        "sprite": passages(around["edition"], words.easy, screens.LATER),
    }


def checked(visit: Visit, page: Page) -> CheckedAnswer:
    """Return one answer in words, beside its question."""
    asked = page.question
    return CheckedAnswer(
        page_id=page.id,
        question=asked.text.in_(visit.edition),
        picture=asked.picture,
        answers=asked.summary(visit.stored(page), visit.edition),
    )


def every_picture(read: Questionnaire) -> set[str]:
    """Return the names of all pictures that the questions of a questionnaire use."""
    return {name for question in read.questions.values() for name in question.pictures}
