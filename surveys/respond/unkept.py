"""What was written when it can no longer be kept: said plainly, with the words to copy."""

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from engage.db import db
from engage.orm import utc_now
from surveys import presenting, routing, screens, visits
from surveys.editions import speaking
from surveys.presenting import CheckedAnswer
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import ANSWER, Edition, Question
from surveys.respondents import Place
from surveys.visits import Visit

CONFLICT = 409
FORBIDDEN = 403
TOO_LARGE = 413
WITHOUT_PAGE = frozenset({"respond.edition", "respond.editions_while_answering"})
LOST, SENT, CLOSED, PAUSED, USED = "lost", "sent", "closed", "paused", "used"
HEAVY, LONG = "heavy", "long"


def wrote_something(visit: Visit | None) -> bool:
    """Tell whether a form brought answers that would be lost if nobody showed them."""
    if any(name.startswith(ANSWER) and any(said) for name, said in _sent()):
        return True
    return bool(visit and visit.answers and visit.response.submitted_at is None)


def page(slug: str, visit: Visit | None, reason: str = "") -> tuple[str, int]:
    """Say why answers were not kept, and show them; a forged token is refused besides."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    read = visit.questionnaire if visit else visits.questionnaire_at(session, place)
    began = visits.by_cookie(session, slug, utc_now())
    edition = visit.edition if visit else visits.readable_edition(read, began)
    why = reason or _reason(visit)
    forged = visit is None and not visits.read_token(request.form.get(visits.TOKEN, ""))[0]
    said = _rendered(place, read, edition, why, _written(read, edition, visit))
    return said, FORBIDDEN if forged else CONFLICT


def too_large(slug: str) -> tuple[str, int]:
    """Say that a file is too large, or words too long, with a way back to the question.

    The form could not even be read: its words stand in the page before, and the answers that were
    saved stay as they are.
    """
    request.form = ImmutableMultiDict()  # reading it again would fail again
    place = visits.place_or_404(db.session(), slug)
    visit, read = _reading(slug)
    edition = visits.readable_edition(read, visit)
    back = _page_asked(read)
    why = HEAVY if may_bring_file() else LONG
    return _rendered(place, read, edition, why, [], back), TOO_LARGE


def may_bring_file() -> bool:
    """Tell whether this address belongs to a question that asks for a file.

    The form itself cannot be read before that is known. A form that is sent elsewhere, to change
    the edition, does not say in its address which question it is from.
    """
    _, read = _reading(str((request.view_args or {}).get("slug", "")))
    page = _page_asked(read)
    if request.endpoint in WITHOUT_PAGE:
        return any(question.takes_file for question in read.questions.values())
    return page is not None and page.question.takes_file


def _reading(slug: str) -> tuple[Visit | None, Questionnaire]:
    """Return the visit and questionnaire of a request whose form nobody has read."""
    session = db.session()
    visit = visits.by_cookie(session, slug, utc_now())
    if visit is not None:
        return visit, visit.questionnaire
    return None, visits.questionnaire_at(session, visits.place_or_404(session, slug))


def _page_asked(read: Questionnaire) -> Page | None:
    return read.page(str((request.view_args or {}).get("page_id", "")))


def _rendered(
    place: Place,
    read: Questionnaire,
    edition: Edition,
    why: str,
    written: list[CheckedAnswer],
    back: Page | None = None,
) -> str:
    return speaking.render(
        "surveys/unkept.html",
        edition,
        why=why,
        written=written,
        back=back,
        contact=visits.consultation_at(db.session(), place).contact,
        sprite=presenting.passages(edition, screens.UNKEPT),
        **presenting.around(place.slug, read, edition, place.is_demo),
    )


def _reason(visit: Visit | None) -> str:
    if visit is None:
        return LOST
    if visit.response.submitted_at is not None:
        return SENT
    return PAUSED if visit.response.state(utc_now()) == "paused" else CLOSED


def _written(read: Questionnaire, edition: Edition, visit: Visit | None) -> list[CheckedAnswer]:
    """Return what was sent just now; without that, everything that was answered before."""
    named = str((request.view_args or {}).get("page_id") or request.form.get("page", ""))
    page = read.page(named)
    just_now = _lines(page.question if page else None, edition)
    if just_now:
        heading = page.question.text.in_(edition) if page else ""
        return [CheckedAnswer(named, heading, "", tuple(just_now))]
    if visit is None or visit.response.submitted_at is not None:
        return []
    path = routing.path(read, visit.answers, visit.audience)
    return [presenting.checked(visit, page) for page in path if visit.stored(page)]


def _lines(question: Question | None, edition: Edition) -> list[str]:
    """Return what a form says, with the words of an option instead of its key."""
    options = question.options if question else ()
    labels = {option.key: option.label(edition) for option in options}
    return [
        labels.get(value, value)
        for name, said in _sent()
        if name.startswith(ANSWER) and not (name == ANSWER and question and question.takes_file)
        for value in said
        if value.strip()
    ]


def _sent() -> list[tuple[str, list[str]]]:
    return list(request.form.lists())
