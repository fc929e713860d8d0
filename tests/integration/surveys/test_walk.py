"""A person walks through a survey, page by page, in both editions."""

import datetime as dt
import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation, local_date
from engage.orm import utc_now
from surveys import queries, respondents
from surveys.editions import speaking
from surveys.models import Answer, Response, Survey
from surveys.questions import Edition
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

CODE = re.compile(r"BEE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
ROUND = [
    ("told", "information", ()),
    ("moved", "single", ("yes",)),
    ("how-planned", "single", ("well",)),
    ("first", "multi", ("school", "home")),
    ("welcome", "agree5", ("agree",)),
    ("safe", "yes_sometimes_no", ("yes",)),
    ("feeling", "faces3", ("happy",)),
    ("word", "short_text", ("Sunny",)),
    ("more", "long_text", ("A kind teacher.\nAnd time.",)),
    ("your-words", "single", ("yes",)),
]


def responses(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Response)) or 0


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_somebody_answers_everything_and_gets_a_code(
    walker: Walker, session: Session, survey: Survey, edition: str
) -> None:
    page = walker.says_yes(edition)
    for page_id, _, values in ROUND:
        assert page.path.endswith(f"/q/{page_id}")
        assert page.title.startswith(page.h1)
        page = walker.answers(page_id, *values)
    assert page.h1 == "Check your answers"
    assert "A kind teacher." in page.main
    page = walker.sends()
    assert page.h1 == "Thank you"
    assert CODE.search(page.main)
    kept = respondents.answers(session, session.scalars(select(Response.id)).one())
    assert kept["TQ2"] == ("school", "home")
    assert kept["TQ7"] == ("A kind teacher.\nAnd time.",)
    counted = queries.responses_so_far(session, survey.id)
    assert counted[edition] == 1  # type: ignore[index]  # the parameter is an edition


def test_no_ends_kindly_and_stores_nothing(walker: Walker, session: Session) -> None:
    page = walker.post("take-part", answer="no", edition="standard")
    assert "That is fine" in page.main
    assert responses(session) == 0
    assert walker.client.get_cookie("engage_answers", path="/s/tiny/") is None


def test_looking_stores_nothing(walker: Walker, session: Session) -> None:
    walker.get()
    walker.get("q/moved")
    walker.get("help-now")
    assert responses(session) == 0


def test_yes_and_no_weigh_the_same(walker: Walker) -> None:
    buttons = walker.get().html.select(".equal button")
    assert [button.get_text() for button in buttons] == ["Yes", "No"]
    assert buttons[0]["class"] == buttons[1]["class"]


def test_the_start_page_gives_the_lawful_basis_and_never_consent(walker: Walker) -> None:
    words = walker.get().main
    assert "Public task" in words
    assert "consent" not in words.lower()


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_mistake_keeps_what_was_typed(walker: Walker, edition: str) -> None:
    walker.says_yes(edition)
    page = walker.answers("first", "school", "health", "home")
    assert page.title.startswith("Error: ")
    summary = page.html.select_one(".error-summary a")
    assert summary is not None
    assert page.html.select_one(str(summary["href"])) is not None
    said = page.html.select_one(".error-message")
    assert said is not None
    assert summary.get_text() in said.get_text()
    assert page.chosen() == ["school", "health", "home"]
    long = walker.answers("more", "x" * 4001)
    assert long.typed() == "x" * 4001


def test_pressing_send_twice_makes_one_response_and_shows_the_same_code(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    walker.answers("moved", "no")
    first, second = walker.sends(), walker.sends()
    assert CODE.findall(first.main) == CODE.findall(second.main)
    assert responses(session) == 1


def test_switching_edition_keeps_what_is_typed_and_what_was_finely_said(
    walker: Walker, session: Session
) -> None:
    walker.says_yes("standard")
    page = walker.post("edition", page="welcome", answer="strongly_agree")
    assert page.path.endswith("/q/welcome")
    assert page.chosen() == ["agree"]
    walker.answers("welcome", "agree")
    page = walker.post("edition", page="more", answer="half a sent")
    assert page.typed() == "half a sent"
    assert walker.get("q/welcome").chosen() == ["strongly_agree"]
    assert responses(session) == 1


def test_answers_off_the_path_are_named_and_left_out(walker: Walker, session: Session) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    walker.answers("how-planned", "badly")
    walker.answers("what-else", "More time.")
    page = walker.answers("moved", "no", back_to="check")
    assert page.h1 == "Check your answers"
    assert "left out" in page.main
    assert "More time." in page.main
    walker.sends()
    kept = {question for (question,) in session.execute(select(Answer.question))}
    assert kept == {"TQ1"}


def test_a_change_that_opens_a_question_asks_it_before_checking_again(walker: Walker) -> None:
    walker.says_yes()
    walker.answers("moved", "no")
    page = walker.answers("moved", "yes", back_to="check")
    assert page.path.endswith("/q/how-planned")
    page = walker.answers("how-planned", "well", back_to="check")
    assert page.h1 == "Check your answers"


def test_help_comes_straight_after_an_unhappy_answer_and_then_it_goes_on(walker: Walker) -> None:
    walker.says_yes()
    page = walker.answers("safe", "no")
    assert page.path.endswith("/help-now")
    assert "0800 1111" in page.main
    go_on = page.html.select_one("main a.button")
    assert go_on is not None
    assert str(go_on["href"]).endswith("/q/feeling")
    assert "Thank you for telling us" in page.main
    assert page.html.select_one("main a[href='tel:08001111']") is not None
    assert "Thank you for telling us" not in walker.get("help-now").main
    assert walker.answers("safe", "yes").path.endswith("/q/feeling")


def test_skip_goes_on_and_takes_an_answer_back(walker: Walker, session: Session) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    assert walker.skips("moved").path.endswith("/q/first")
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_stopping_for_now_and_carrying_on(walker: Walker) -> None:
    walker.says_yes()
    walker.answers("moved", "yes")
    page = walker.answers("how-planned", "well", then="later")
    assert "saved on this device until" in page.main
    assert page.buttons() == ["Carry on with my answers"]
    assert walker.get().buttons() == [
        "Carry on with my answers",
        "Start again",
        "Remove my answers",
    ]
    assert walker.says_yes().path.endswith("/q/first")


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_what_is_saved_is_never_promised_beyond_the_last_day(
    walker: Walker, session: Session, plan: Consultation, survey: Survey, edition: Edition
) -> None:
    plan.closes_on = local_date(utc_now()) + dt.timedelta(days=3)
    session.commit()
    walker.says_yes(edition)
    walker.answers("word", "Sunny")
    day = speaking.day_in(plan.closes_on, edition)
    for page in (walker.answers("first", then="later"), walker.post("later"), walker.get()):
        assert day in page.main
        assert "14" not in page.main.replace(day, "")
    survey.paused_at = utc_now()
    session.commit()
    assert walker.get().main.count(day) == 2, "kept until then, and open until then"


def test_saying_yes_again_never_loses_what_is_saved(walker: Walker, session: Session) -> None:
    walker.says_yes("standard")
    walker.answers("word", "Sunny")
    page = walker.says_yes("easy")
    assert page.path.endswith("/q/more")
    assert "Change to long words" in page.buttons()
    assert responses(session) == 1
    assert session.scalar(select(Answer.value)) == "Sunny"


@pytest.mark.parametrize(("said", "left"), [("no", 0), ("again", 1)])
def test_a_change_of_mind_removes_what_was_saved(
    walker: Walker, session: Session, said: str, left: int
) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    page = walker.post("take-part", answer=said, edition="standard")
    assert page.path.endswith("/no-thanks" if said == "no" else "/q/told")
    assert responses(session) == left
    assert session.scalar(select(func.count()).select_from(Answer)) == 0
    assert (walker.client.get_cookie("engage_answers", path="/s/tiny/") is None) == (said == "no")


def test_no_after_sending_takes_nothing_away(walker: Walker, session: Session) -> None:
    walker.says_yes()
    walker.answers("word", "Sunny")
    walker.sends()
    walker.post("take-part", answer="no", edition="standard")
    assert responses(session) == 1


def test_coming_back_shows_the_edition_that_was_read(walker: Walker) -> None:
    walker.says_yes("easy")
    assert walker.get().html.select_one("body.easy") is not None
    assert walker.get("?edition=standard").html.select_one("body.easy") is None


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_the_choice_of_edition_comes_first_and_has_a_picture(walker: Walker, edition: str) -> None:
    first = walker.get(f"?edition={edition}").html.select_one("main h1 + a[href]")
    assert first is not None
    assert first.select_one("svg use") is not None
    other = "easy" if edition == "standard" else "standard"
    assert walker.get(str(first["href"]).removeprefix("/s/tiny/")).html.select_one(
        f"input[name=edition][value={other}]"
    )


def test_everything_to_press_in_easy_read_has_a_picture(walker: Walker) -> None:
    pages = [walker.get("?edition=easy"), walker.says_yes("easy"), walker.get("q/moved")]
    for page in [*pages, walker.get("check")]:
        assert all(button.select_one("svg use") for button in page.html.select("main button"))


def test_the_title_says_how_far_somebody_has_come(walker: Walker) -> None:
    walker.says_yes()
    page = walker.get("q/moved")
    assert page.title.startswith(f"{page.h1} - Question 1 of ")


@pytest.mark.parametrize("cookie", ["", "nonsense", "ImFiYyI.aaaa.bbbb"])
def test_a_forged_cookie_opens_nothing(walker: Walker, cookie: str) -> None:
    walker.says_yes()
    walker.client.set_cookie("engage_answers", cookie, path="/s/tiny/")
    page = walker.get("q/moved")
    assert page.path == "/s/tiny/"
    assert "could not find your answers" in page.main


def test_every_page_of_a_respondent_is_kept_out_of_caches(walker: Walker) -> None:
    walker.says_yes()
    for path in ("", "q/moved", "check", "help-now", "no-thanks"):
        assert "no-store" in walker.get(path).headers["Cache-Control"]


def test_an_unknown_survey_is_not_found(client: CheckedClient) -> None:
    assert client.get("/s/nowhere/").status_code == 404


def test_every_form_carries_a_token_and_no_page_an_inline_script(walker: Walker) -> None:
    walker.says_yes("easy")
    for path in ("", "q/moved", "check"):
        page = walker.get(path)
        forms = page.html.select("form[method=post]")
        assert forms
        assert all(form.select_one("input[name=token]") for form in forms)
        assert not page.html.select("script:not([src]), [style], [onclick]")


def test_pages_without_answers_lead_back_to_the_start(walker: Walker) -> None:
    for path in ("q/moved", "check", "thanks"):
        assert walker.get(path).path == "/s/tiny/"
    for path in ("q/moved", "check", "edition"):
        assert walker.post(path, page="moved").path == "/s/tiny/"


def test_after_sending_every_page_leads_to_thanks(walker: Walker) -> None:
    walker.says_yes()
    walker.answers("moved", "no")
    walker.sends()
    for path in ("q/moved", "check"):
        assert walker.get(path).h1 == "Thank you"
    late = walker.answers("moved", "yes")
    assert late.h1 == "Your answers were sent already"
    assert "Yes" in late.main
    assert not walker.get().html.select(".notice")
    helped = walker.get("help-now?page=moved").html
    assert not [link for link in helped.select("main a.button") if "/q/" in str(link["href"])]


def test_a_page_that_is_not_on_the_path_leads_to_checking(walker: Walker) -> None:
    walker.says_yes()
    assert walker.get("q/how-planned").h1 == "Check your answers"
    assert walker.get("q/nowhere").h1 == "Check your answers"
    assert walker.get("thanks").h1 == "Check your answers"


def test_the_edition_can_be_changed_while_checking(walker: Walker) -> None:
    walker.says_yes()
    page = walker.post("edition")
    assert page.h1 == "Check your answers"
    assert "Look at your answers." in page.main


def test_a_mistake_does_not_keep_anybody_from_easy_read(walker: Walker) -> None:
    walker.says_yes()
    page = walker.post("edition", page="first", answer=["school", "health", "home"])
    assert page.title.startswith("Error: ")
    assert page.chosen() == ["school", "health", "home"]
    assert "You picked 3. Please pick up to 2" in page.main
    assert "Change to long words" in page.buttons()


def test_asking_for_help_leads_back_to_the_same_page(walker: Walker) -> None:
    walker.says_yes("easy")
    walker.get("q/moved")
    helped = walker.post("q/moved", page="moved", then="help")
    assert helped.h1 == "Who can help you now"
    go_on = helped.html.select_one("main a.button")
    assert go_on is not None
    assert str(go_on["href"]).endswith("/q/moved")
