"""People answer: on a small phone, without scripts, with a keyboard, in two editions."""

import re
from collections.abc import Mapping

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.db import db
from surveys.models import Answer, Response
from tests.journeys.visitors import MANY_PAGES, NewVisitor, Visitor

PARENTS = "/s/parent-carers/"
YOUNG = "/s/young-people/"
RECEIPT = re.compile(r"BEE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]")

Answers = Mapping[str, str | tuple[str, ...]]

PARENT_SAYS: Answers = {
    "support": "E",
    "aims-missing": "Somebody who answers the telephone.",
    "included": "strongly_agree",
    "plan-informed": "disagree",
    "one-change": "Tell us who is covering when our co-ordinator is away.",
    "your-words": "yes",
}
YOUNG_PERSON_SAYS: Answers = {
    "feel-about-school": "ok",
    "listened-to": "sometimes",
    "what-is-good": "my TA Sam",
    "your-words": "no",
}


def page_of(visitor: Visitor) -> str:
    return visitor.path.rpartition("/")[2]


def answer_until_check(visitor: Visitor, answers: Answers) -> list[str]:
    """Answer what is given, continue past the rest, and return the pages that were seen."""
    seen: list[str] = []
    while "/q/" in visitor.path:
        assert len(seen) < MANY_PAGES
        seen.append(page_of(visitor))
        give(visitor, answers.get(seen[-1], ()))
        visitor.press("Continue")
    return seen


def give(visitor: Visitor, said: str | tuple[str, ...]) -> None:
    if visitor.page.locator("main textarea").count():
        visitor.write(said if isinstance(said, str) else "")
    else:
        visitor.choose(*((said,) if isinstance(said, str) else said))


def stored(site: Flask, receipt_question: str, value: str) -> int:
    """Count the sent responses that gave this answer."""
    with site.app_context(), Session(db.engine) as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(Answer)
                .join(Response, Response.id == Answer.response_id)
                .where(Answer.question == receipt_question, Answer.value == value)
                .where(Response.submitted_at.is_not(None))
            )
            or 0
        )


def responses(site: Flask) -> int:
    with site.app_context(), Session(db.engine) as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def test_a_parent_answers_every_question_on_a_small_phone_without_scripts(
    parent: Visitor, site: Flask
) -> None:
    words = str(PARENT_SAYS["one-change"])
    before = stored(site, "PC15", words), stored(site, "PC07", "strongly_agree")
    parent.open(PARENTS)
    parent.press("Yes")
    seen = answer_until_check(parent, PARENT_SAYS)
    assert "plan-informed" in seen, "a question that the plan leads to"
    assert "move-planned" not in seen, "a question that only a move leads to"
    assert words in parent.said
    parent.press("Send my answers")
    assert parent.path.endswith("/about-you")
    parent.press("No, finish")
    assert parent.heading == "Thank you"
    assert RECEIPT.search(parent.said)
    assert stored(site, "PC15", words) == before[0] + 1
    assert stored(site, "PC07", "strongly_agree") == before[1] + 1


def test_a_young_person_answers_in_easy_read_and_changes_edition_half_way(
    young_person: Visitor,
) -> None:
    young_person.open(YOUNG)
    assert young_person.page.locator("body.easy").count() == 1
    young_person.press("Yes")
    assert page_of(young_person) == "age", "the age band comes first"
    while page_of(young_person) != "listened-to":
        give(young_person, YOUNG_PERSON_SAYS.get(page_of(young_person), ()))
        young_person.press("Continue")
    young_person.choose("sometimes")
    young_person.press("Change to long words")
    assert young_person.page.locator("body.easy").count() == 0
    assert page_of(young_person) == "listened-to"
    assert young_person.page.locator("main input[value=sometimes]").is_checked()
    answer_until_check(young_person, YOUNG_PERSON_SAYS)
    young_person.press("Change to easy read")
    assert "Sometimes" in young_person.said
    young_person.press("Send my answers")
    assert young_person.path.endswith("/about-you")
    young_person.press("No")
    assert RECEIPT.search(young_person.said)


def test_a_parent_answers_with_the_keyboard_alone(parent: Visitor) -> None:
    parent.open(PARENTS)
    parent.tab_to("button[name=answer][value=yes]")
    parent.enter()
    assert page_of(parent) == "who-you-are"
    parent.tab_to("main input[type=radio]")
    parent.type("Space")
    parent.tab_to("main button:has-text('Continue')")
    parent.enter()
    assert page_of(parent) == "age"
    parent.tab_to("nav[aria-label=Back] button")
    parent.enter()
    assert page_of(parent) == "who-you-are"
    assert parent.page.locator("main input[type=radio]").first.is_checked()


def test_a_mistake_is_explained_where_it_happened_and_nothing_is_lost(parent: Visitor) -> None:
    parent.open(PARENTS)
    parent.press("Yes")
    while page_of(parent) != "aims-first":
        parent.press("Continue")
    boxes = parent.page.locator("main input[type=checkbox]")
    for number in range(4):
        boxes.nth(number).check(force=True)
    parent.press("Continue")
    assert parent.page.title().startswith("Error: ")
    summary = parent.page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    problem = summary.get_by_role("link").inner_text()
    assert parent.page.locator(".error-message").inner_text().endswith(problem)
    assert [boxes.nth(number).is_checked() for number in range(5)] == [True] * 4 + [False]
    summary.get_by_role("link").click()
    boxes.nth(3).uncheck(force=True)
    parent.press("Continue")
    assert page_of(parent) == "aims-missing"


def test_saying_no_ends_kindly_and_stores_nothing(young_person: Visitor, site: Flask) -> None:
    before = responses(site)
    young_person.open(YOUNG)
    young_person.press("No")
    assert young_person.path == YOUNG + "no-thanks"
    assert responses(site) == before
    assert [
        cookie for cookie in young_person.page.context.cookies() if "answers" in str(cookie)
    ] == []


def test_yes_and_no_are_equally_easy_to_press(young_person: Visitor) -> None:
    young_person.open(YOUNG)
    yes, no = (young_person.page.locator(f"button[value={said}]") for said in ("yes", "no"))
    yes_box, no_box = yes.bounding_box(), no.bounding_box()
    assert yes_box is not None
    assert no_box is not None
    assert (yes_box["width"], yes_box["height"]) == (no_box["width"], no_box["height"])
    assert yes.get_attribute("class") == no.get_attribute("class")


def test_somebody_who_does_not_feel_safe_is_shown_who_can_help_straight_away(
    young_person: Visitor,
) -> None:
    young_person.open(YOUNG)
    young_person.press("Yes")
    while page_of(young_person) != "safe":
        young_person.press("Continue")
    young_person.choose("no")
    young_person.press("Continue")
    assert young_person.path == YOUNG + "help-now"
    assert "0800 1111" in young_person.said
    young_person.follow("Continue")
    assert page_of(young_person) == "things-to-do"


def test_a_professional_reaches_the_end_in_both_editions(parent: Visitor) -> None:
    parent.open("/s/professionals/")
    parent.press("Yes")
    answer_until_check(parent, {})
    parent.press("Change to easy read")
    assert parent.heading == "Check your answers"


def test_a_parent_reads_every_page_in_easy_read(parent: Visitor) -> None:
    parent.open(PARENTS + "?edition=easy")
    parent.press("Yes")
    answer_until_check(parent, {**PARENT_SAYS, "included": "agree"})
    parent.press("Send my answers")
    assert parent.path.endswith("/about-you")
    parent.press("No")
    assert RECEIPT.search(parent.said)


def test_enter_goes_on_by_a_button_that_nobody_sees_or_reaches(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False, looks=False)
    visitor.open("/s/parent-carers/")
    visitor.click(visitor.page.locator("main button[name=answer][value=yes]"))
    before = visitor.path
    pressed = visitor.page.locator("header button:not([name])")
    assert pressed.count() == 1
    assert not pressed.is_visible()
    chosen = visitor.page.locator("main input[type=radio]").first
    chosen.check()
    with visitor.page.expect_navigation():
        chosen.press("Enter")
    assert "/q/" in visitor.path
    assert visitor.path != before, "not help, and not back"
