"""Which page comes next, and how far somebody has come: pure functions of the answers so far."""

import dataclasses
from collections.abc import Mapping

from surveys.questionnaire import Page, Questionnaire
from surveys.questions import Edition, Values

Answers = Mapping[str, Values]


@dataclasses.dataclass(frozen=True)
class Progress:
    """Where somebody is. `certain` is false while an answer can still add or remove pages."""

    number: int
    total: int
    certain: bool

    def words(self, edition: Edition) -> str:
        """Return the progress in English, as it is shown and spoken; nothing is rounded."""
        del edition
        return f"Question {self.number} of {'' if self.certain else 'about '}{self.total}"


def path(questionnaire: Questionnaire, answers: Answers, audience: str = "") -> tuple[Page, ...]:
    """Return the pages this person sees, in order.

    Only answers on the path count: an answer that was given and then routed away from cannot
    open further pages.
    """
    taken: list[Page] = []
    counted: dict[str, Values] = {}
    for page in questionnaire.pages:
        if _leads_to(page, counted, audience):
            taken.append(page)
            counted[page.question.code] = answers.get(page.question.code, ())
    return tuple(taken)


def next_page(
    questionnaire: Questionnaire, answers: Answers, page_id: str = "", audience: str = ""
) -> Page | None:
    """Return the page after this one (the first without one), or None when it is time to check."""
    waiting = _after(questionnaire, page_id)
    on_path = {page.id for page in path(questionnaire, answers, audience)}
    return next((page for page in waiting if page.id in on_path), None)


def previous_page(
    questionnaire: Questionnaire, answers: Answers, page_id: str, audience: str = ""
) -> Page | None:
    """Return the page before this one, or None when this is the first."""
    before = questionnaire.pages[: questionnaire.position(page_id)]
    on_path = {page.id for page in path(questionnaire, answers, audience)}
    return next((page for page in reversed(before) if page.id in on_path), None)


def progress(
    questionnaire: Questionnaire, answers: Answers, page_id: str, audience: str = ""
) -> Progress:
    """Return an honest "question n of m": m counts the path as it stands with today's answers."""
    taken = path(questionnaire, answers, audience)
    here = questionnaire.position(page_id)
    asked = [page for page in taken if page.question.is_asked]
    number = sum(questionnaire.position(page.id) <= here for page in asked)
    certain = not any(
        _still_open(page, answers, here, questionnaire) for page in questionnaire.pages
    )
    return Progress(max(number, 1), max(len(asked), 1), certain)


def on_path_answers(
    questionnaire: Questionnaire, answers: Answers, audience: str = ""
) -> dict[str, Values]:
    """Return the answers that count at submission; those off the path are left out."""
    codes = [page.question.code for page in path(questionnaire, answers, audience)]
    return {code: answers[code] for code in codes if answers.get(code)}


def left_out(
    questionnaire: Questionnaire, answers: Answers, audience: str = ""
) -> tuple[Page, ...]:
    """Return the answered pages that are no longer on the path, to be said before submission."""
    kept = on_path_answers(questionnaire, answers, audience)
    return tuple(
        page
        for page in questionnaire.pages
        if answers.get(page.question.code) and page.question.code not in kept
    )


def opened_by(
    questionnaire: Questionnaire, answers: Answers, page: Page, audience: str = ""
) -> tuple[Page, ...]:
    """Return the unanswered pages on the path that depend, directly or not, on one page."""
    codes = {page.question.code}
    opened: list[Page] = []
    for later in path(questionnaire, answers, audience):
        if later.when is not None and not codes.isdisjoint(later.when.questions()):
            codes.add(later.question.code)
            if not answers.get(later.question.code):
                opened.append(later)
    return tuple(opened)


def _leads_to(page: Page, counted: Answers, audience: str) -> bool:
    return page.when is None or page.when.holds(counted, audience)


def _still_open(page: Page, answers: Answers, here: int, questionnaire: Questionnaire) -> bool:
    """Tell whether a later page hangs on a question that is not behind this person yet."""
    if page.when is None or questionnaire.position(page.id) <= here:
        return False
    return any(
        questionnaire.position(questionnaire.page_of(code).id) >= here and not answers.get(code)
        for code in page.when.questions()
    )


def _after(questionnaire: Questionnaire, page_id: str) -> tuple[Page, ...]:
    if not page_id:
        return questionnaire.pages
    return questionnaire.pages[questionnaire.position(page_id) + 1 :]
