"""What the templates of respondents' pages are given: plain values, worked out beforehand."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from surveys import pictures, routing, screens
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import Edition, Line, Passage, Question, other_edition
from surveys.screens import PlanFacts
from surveys.visits import Visit


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
        "easy": edition == "easy",
        "demo": demo,
        "switch_sprite": pictures.address(("easy_read",)),
    }


def sprite(edition: Edition, names: Iterable[str]) -> str:
    """Return the address of the page's one sprite; the standard edition has no pictures."""
    return pictures.address(names) if edition == "easy" else ""


def question(
    visit: Visit, page: Page, *, sent: tuple[str, ...] | None, error: str
) -> dict[str, Any]:
    """Return a question page; after a mistake what was sent stands in place of what is stored."""
    asked, edition = page.question, visit.edition
    chosen = visit.stored(page) if sent is None else sent
    return {
        **around(visit.response.slug, visit.questionnaire, edition, visit.response.is_demo),
        "page": page,
        "question": asked,
        "heading": asked.text.in_(edition),
        "choices": asked.choices(chosen, edition),
        "words": chosen[0] if chosen else "",
        "answered": bool(visit.stored(page)),
        "error": error,
        "errors": [{"href": "#answer", "text": error}] if error else [],
        "progress": routing.progress(visit.questionnaire, visit.answers, page.id).words(edition),
        "previous": routing.previous_page(visit.questionnaire, visit.answers, page.id),
        "sprite": sprite(edition, _pictures(asked) | _names(screens.QUESTION)),
    }


def check(visit: Visit) -> dict[str, Any]:
    """Return "check your answers": what counts, and what no longer does."""
    taken = routing.path(visit.questionnaire, visit.answers)
    left_out = routing.left_out(visit.questionnaire, visit.answers)
    rows = [_checked(visit, page) for page in taken if page.question.is_asked]
    out = [_checked(visit, page) for page in left_out]
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
    fixed = (*screens.SWITCH, *screens.START)
    lines = (read.start.easy, read.keeping_safe.easy, promised, warned.easy, fixed)
    return {
        **around,
        "read": read,
        "plan": screens.plan(plan),
        "plan_in_easy": promised,
        "last_day": screens.day(plan.closes_on),
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


def saved_note(audience: str) -> Any:
    """Return what the start page says to somebody who stopped half-way."""
    return screens.saved(shared_device=audience == "young_person")


def _checked(visit: Visit, page: Page) -> CheckedAnswer:
    asked = page.question
    return CheckedAnswer(
        page_id=page.id,
        question=asked.text.in_(visit.edition),
        picture=asked.picture,
        answers=asked.summary(visit.stored(page), visit.edition),
    )


def every_picture(read: Questionnaire) -> set[str]:
    """Return the names of all pictures that the questions of a questionnaire use."""
    return {name for question in read.questions.values() for name in _pictures(question)}


def _pictures(asked: Question) -> set[str]:
    lines = (*asked.hint.easy, *asked.body.easy)
    options = {option.picture for option in asked.offered("easy")}
    return {asked.picture, *(line.picture for line in lines), *options}
