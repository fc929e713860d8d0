"""Back and "Get help" keep what was written, without any script; help comes at once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Answer
from tests.integration.surveys.walker import Walker


def kept(session: Session) -> dict[str, str]:
    session.expire_all()
    return {one.question: one.value for one in session.scalars(select(Answer))}


def test_back_keeps_what_was_written(walker: Walker, session: Session) -> None:
    walker.says_yes()
    button = walker.get("q/more").html.select_one("nav[aria-label=Back] button[value=back]")
    assert button is not None
    assert button["form"] == "ask"
    page = walker.answers("more", "Half a sen", then="back")
    assert page.path == "/s/tiny/q/word"
    assert kept(session) == {"TQ7": "Half a sen"}
    assert walker.answers("told", then="back").path == "/s/tiny/"
    assert walker.answers("more", "Changed", then="back", back_to="check").path == "/s/tiny/check"
    assert kept(session) == {"TQ7": "Changed"}


def test_back_after_a_mistake_keeps_what_has_been_mended(walker: Walker, session: Session) -> None:
    walker.says_yes()
    page = walker.answers("more", "Too long. " * 1_000)
    back = page.html.select_one("nav[aria-label=Back] button[form=ask][value=back]")
    assert back is not None
    assert page.html.select_one("a.back-link") is None, "a link would lose what is in the box"
    assert walker.answers("more", "Short.", then="back").path == "/s/tiny/q/word"
    assert kept(session) == {"TQ7": "Short."}


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_back_with_a_mistake_says_it_and_then_leads_back_without_it(
    walker: Walker, session: Session, edition: str
) -> None:
    walker.says_yes(edition)
    walker.answers("more", "What I said before.")
    long = "Far too long. " * 1_000
    page = walker.answers("more", long, then="back")
    assert (page.path, page.typed()) == ("/s/tiny/q/more", long)
    assert "Go back without this answer" in page.buttons()
    assert "Go back without this answer" not in walker.answers("more", long).buttons()
    assert walker.answers("more", long, then="leave").path == "/s/tiny/q/word"
    assert kept(session) == {"TQ7": "What I said before."}


def test_get_help_keeps_what_was_written_and_leads_back_to_it(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    button = walker.get("q/more").html.select_one("header button[value=help]")
    assert button is not None
    assert button.get_text() == "Get help"
    page = walker.answers("more", "He hurts", then="help")
    assert page.path == "/s/tiny/help-now"
    assert kept(session) == {"TQ7": "He hurts"}
    assert page.html.select_one("main a[href='/s/tiny/q/more']") is not None


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_help_comes_at_once_also_when_what_was_written_cannot_be_kept(
    walker: Walker, session: Session, edition: str
) -> None:
    walker.says_yes(edition)
    long = "Please help me. " * 2_000
    page = walker.answers("more", long, then="help")
    assert page.status == 200
    assert page.h1 == "Who can help you now"
    assert page.hidden("answer") == long
    assert kept(session) == {}
    again = walker.answers("more", page.hidden("answer"))
    assert again.typed() == long


def test_help_comes_at_once_also_to_somebody_whose_visit_is_over(walker: Walker) -> None:
    page = walker.post("q/more", answer="Words", page="more", then="help")
    assert page.h1 == "Who can help you now"


def test_enter_in_a_box_goes_on_and_does_not_ask_for_help(walker: Walker) -> None:
    walker.says_yes()
    html = walker.get("q/word").html
    own = html.select("form#ask button[type=submit], button[form=ask]")
    first = next(button for button in html.select("button") if button in own)
    assert first.get("name") is None
    assert "visually-hidden" in first["class"]
