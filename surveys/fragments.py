"""Question pages that are drawn once and then shown to everybody, with their own token put in.

Most of what a question page shows is the same for all: the words, the options, where Back leads.
So a drawn page is kept by everything that can change it, and only the token, which is different
for each person, is put into it anew. A page with somebody's own words on it is never kept, and
neither is one with a mistake.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import current_app

from surveys import presenting, routing
from surveys.editions import speaking
from surveys.editions.media_view import media_at
from surveys.questionnaire import Page
from surveys.visits import Visit

PAGES_KEPT = 2048
SELDOM = frozenset({"pl", "ro", "ur", "bsl"})
_MARK = secrets.token_hex(20)

Kept = dict[Any, tuple[str, ...]]


def question(visit: Visit, page: Page, back_to: Mapping[str, str], *, part: int = 1) -> str:
    """Return a question page for one person; `part` counts the pages of one question."""
    key = _key(visit, page, tuple(back_to))
    if key is None:
        return _drawn(visit, page, back_to, visit.token, part)
    kept: Kept = current_app.extensions.setdefault("engage_question_pages", {})
    parts = kept.get(key)
    if parts is None:
        parts = _remember(kept, key, visit, page, back_to)
    return visit.token.join(parts)


def _key(visit: Visit, page: Page, back_to: tuple[str, ...]) -> Any:
    """Return everything that this page depends on; None when it is this person's alone."""
    stored, told, read = visit.stored(page), visit.response, visit.questionnaire
    asked = page.question
    if not read.digest or told.edition in SELDOM or asked.takes_file or asked.parts(told.edition):
        return None
    if len(stored) > 1 or (stored and stored[0] not in asked.keys):
        return None
    progress = routing.progress(read, visit.answers, page.id, visit.audience)
    media = tuple(one.id for one in media_at(told.slug, asked.code, told.edition))
    where = told.slug, read.digest, page.id, told.edition, told.is_demo, visit.came.kiosk, media
    return (*where, bool(told.session_id), stored, progress, back_to)


def _remember(
    kept: Kept, key: Any, visit: Visit, page: Page, back_to: Mapping[str, str]
) -> tuple[str, ...]:
    """Draw a page with a mark instead of a token, and keep its parts around the mark."""
    parts = tuple(_drawn(visit, page, back_to, _MARK).split(_MARK))
    if len(kept) >= PAGES_KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = parts
    return parts


def _drawn(visit: Visit, page: Page, back_to: Mapping[str, str], token: str, part: int = 1) -> str:
    context = {**presenting.question(visit, page, part=part), **back_to, "token": token}
    return speaking.render("surveys/question.html", visit.edition, **context)
