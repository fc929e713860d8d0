"""Children under 13: how they may take part, as the plan of the consultation says."""

from surveys.ages import OWN_AGE_LIST, YOUNG_AUDIENCE
from surveys.questionnaire import Page, Questionnaire
from surveys.visits import Visit

UNDER_13_BANDS = frozenset({"under_8", "8_10", "11_13"})
ALONE = "alone"
WITH_ADULT = "with_adult"


def is_asked_now(visit: Visit) -> bool:
    """Tell whether a child under 13 must first say that a grown-up is there.

    In a facilitated session somebody is there anyway. Where the plan allows children only in
    sessions, no answer opens the way.
    """
    told = visit.response
    if told.audience != YOUNG_AUDIENCE or told.session_id or told.under_13 == ALONE:
        return False
    if told.adult_present and told.under_13 == WITH_ADULT:
        return False
    page = age_page(visit.questionnaire)
    return page is not None and not UNDER_13_BANDS.isdisjoint(visit.stored(page))


def stands_before(visit: Visit, page: Page) -> bool:
    """Tell whether the step comes before this page: it follows the question about age."""
    if not is_asked_now(visit):
        return False
    asked, read = age_page(visit.questionnaire), visit.questionnaire
    return asked is not None and read.position(page.id) > read.position(asked.id)


def age_page(read: Questionnaire) -> Page | None:
    """Return the page that asks young people their own age."""
    return next((page for page in read.pages if page.question.list_name == OWN_AGE_LIST), None)
