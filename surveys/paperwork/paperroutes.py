"""Routing on paper: a condition becomes a plain sentence with the number of a printed question.

The same conditions lead people on a screen, so a sheet can never send somebody elsewhere.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from surveys.conditions import Answered, Condition, ForAudience, Not, Together
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import Edition, Question, Values
from surveys.questions.wording import Message

GO_TO = Message(
    "If you ticked %(answers)s, go to question %(number)s.",
    "Did you tick %(answers)s? Then go to question %(number)s.",
)
GO_TO_UNLESS = Message(
    "If you did not tick %(answers)s, go to question %(number)s.",
    "Did you leave %(answers)s empty? Then go to question %(number)s.",
)
GO_TO_END = Message(
    "If you ticked %(answers)s, go to the end.",
    "Did you tick %(answers)s? Then go to the end.",
)
GO_TO_END_UNLESS = Message(
    "If you did not tick %(answers)s, go to the end.",
    "Did you leave %(answers)s empty? Then go to the end.",
)
ONLY_IF = Message(
    "Answer this question only if %(condition)s.",
    "Only answer this if %(condition)s.",
)
TICKED = Message(
    "you ticked %(answers)s at question %(number)s", "you ticked %(answers)s at question %(number)s"
)
NOT_TICKED = Message(
    "you did not tick %(answers)s at question %(number)s",
    "you did not tick %(answers)s at question %(number)s",
)
OR = Message("%(first)s or %(second)s", "%(first)s or %(second)s")
AND = Message("%(first)s and %(second)s", "%(first)s and %(second)s")
MOST_NAMED = 3

Numbers = Mapping[str, int]


def on_sheet(read: Questionnaire, edition: Edition) -> tuple[Page, ...]:
    """Return the pages that somebody can reach with the answers that this edition offers.

    Their conditions say only what is still open: whom the sheet is for is known when printing,
    and an answer that is not on the sheet cannot be ticked.
    """
    pages: list[Page] = []
    asked: dict[str, Question] = {}
    for page in read.pages:
        left = True if page.when is None else _left(page.when, asked, read.audience, edition)
        if left is not False:
            pages.append(dataclasses.replace(page, when=None if left is True else left))
            asked[page.question.code] = page.question
    return tuple(pages)


def before(read: Questionnaire, page: Page, edition: Edition, numbers: Numbers) -> tuple[str, ...]:
    """Return what stands above a question that not everybody answers."""
    if page.when is None:
        return ()
    condition = _in_words(read, page.when, edition, numbers)
    return (_filled(ONLY_IF, edition, condition=condition),)


def after(pages: Sequence[Page], page: Page, edition: Edition, numbers: Numbers) -> tuple[str, ...]:
    """Return where to go on from a question, for each answer that does not lead straight on."""
    question = page.question
    if question.is_many or len(question.offered(edition)) == 0:
        return ()
    later = pages[pages.index(page) + 1 :]
    straight = _next_number(later, numbers)
    leads = {
        option.key: _next_number(_kept(later, question, (option.key,)), numbers)
        for option in question.offered(edition)
    }
    return tuple(
        _go_to(question, leads, target, edition)
        for target in dict.fromkeys(leads.values())
        if target != straight
    )


def _kept(later: Sequence[Page], question: Question, values: Values) -> list[Page]:
    """Return the later pages that an answer does not rule out for certain."""
    known: dict[str, Values] = {question.code: values}
    kept = []
    for page in later:
        decided = page.when is not None and page.when.questions() <= known.keys()
        if page.when is not None and decided and not page.when.holds(known):
            known[page.question.code] = ()
        else:
            kept.append(page)
    return kept


def _next_number(pages: Sequence[Page], numbers: Numbers) -> int:
    """Return the number of the first question among pages, or 0 when none is left."""
    return next((numbers[page.question.code] for page in pages if page.question.is_asked), 0)


def _go_to(question: Question, leads: Mapping[str, int], target: int, edition: Edition) -> str:
    """Say where some answers lead; where many lead there, name the few that do not."""
    ticked = [key for key in leads if leads[key] == target]
    others = [key for key in leads if leads[key] != target]
    unless = len(ticked) > MOST_NAMED and 0 < len(others) < len(ticked)
    named = _named(question, others if unless else ticked, edition)
    if target:
        message = GO_TO_UNLESS if unless else GO_TO
    else:
        message = GO_TO_END_UNLESS if unless else GO_TO_END
    return _filled(message, edition, answers=named, number=target)


def _in_words(read: Questionnaire, when: Condition, edition: Edition, numbers: Numbers) -> str:
    if isinstance(when, Together):
        parts = [_in_words(read, part, edition, numbers) for part in when.parts]
        return _joined(parts, AND if when.is_all else OR, edition)
    ticked = when.part if isinstance(when, Not) else when
    if not isinstance(ticked, Answered):
        return ""  # _left leaves no other kind
    asked = read.questions[ticked.question]
    message = NOT_TICKED if isinstance(when, Not) else TICKED
    answers = _named(asked, ticked.any_of, edition)
    return _filled(message, edition, answers=answers, number=numbers[asked.code])


def _left(
    when: Condition, asked: Mapping[str, Question], audience: str, edition: Edition
) -> Condition | bool:
    """Return what is still open about a condition on paper: answers ticked or not, or nothing."""
    if isinstance(when, ForAudience):
        return when.holds({}, audience)
    if isinstance(when, Answered):
        question = asked.get(when.question)
        offered = question.offered(edition) if question else ()
        return when if any(option.key in when.any_of for option in offered) else False
    if isinstance(when, Not):
        return _turned(_left(when.part, asked, audience, edition))
    if isinstance(when, Together):
        return _together(
            [_left(part, asked, audience, edition) for part in when.parts], is_all=when.is_all
        )
    return when


def _together(parts: Sequence[Condition | bool], *, is_all: bool) -> Condition | bool:
    """Join what is open; one false part decides "all", one true part decides "any"."""
    if (not is_all) in [part for part in parts if isinstance(part, bool)]:
        return not is_all
    still = tuple(part for part in parts if not isinstance(part, bool))
    if not still:
        return is_all
    return still[0] if len(still) == 1 else Together(still, is_all=is_all)


def _turned(part: Condition | bool) -> Condition | bool:
    """Return the opposite, with "not" standing only before a single question."""
    if isinstance(part, bool):
        return not part
    if isinstance(part, Not):
        return part.part
    if isinstance(part, Together):
        return _together([_turned(one) for one in part.parts], is_all=not part.is_all)
    return Not(part)


def _named(question: Question, keys: Sequence[str], edition: Edition) -> str:
    """Return the labels of options that this edition offers: “Yes” or “Sometimes”."""
    labels = [
        f"“{option.label(edition)}”" for option in question.offered(edition) if option.key in keys
    ]
    return _joined(labels, OR, edition)


def _joined(parts: Sequence[str], by: Message, edition: Edition) -> str:
    said = parts[0] if parts else ""
    for part in parts[1:]:
        said = _filled(by, edition, first=said, second=part)
    return said


def _filled(message: Message, edition: Edition, **values: object) -> str:
    return Message(message.standard, message.easy, **values).in_(edition)
