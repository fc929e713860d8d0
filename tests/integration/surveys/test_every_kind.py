"""A person answers a question of every kind on the real pages, in standard and in easy read."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.safeguarding import SafeguardingItem
from surveys import document
from surveys.models import Answer, Upload
from tests.integration.surveys.walker import Walker
from tests.kinds import EVERY_KIND, every_kind

STANDARD_BYTES, EASY_BYTES = 25_000, 45_000
ANSWERS: dict[str, tuple[str, ...]] = {
    "TQ1": ("yes",), "TQ1b": ("badly",), "TQ1c": ("More time.",), "TQ2": ("school", "home"),
    "TQ3": ("agree",), "TQ4": ("sometimes",), "TQ5": ("happy",), "TQ6": ("Sun",),
    "TQ7": ("Kind people.",), "TQ8": ("not_sure",), "TQ9": ("10",), "TQ10": ("12",),
    "TQ11": ("2026-03-27",), "TQ12": ("E07000243",), "TQ13": ("home", "school"),
    "TQ14": ("heard:agree", "told:disagree"), "TQ15": ("clubs:agree", "quiet:pass"),
    "TQ17": ("words", "=I wrote it instead."), "TQ18": ("senco",),
    "TQ19": ("friend", "other", "=my aunt"), "QP1": ("yes",),
}  # fmt: skip


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(EVERY_KIND)


def drawing() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    return out, "IMG_0001.png"


@pytest.mark.parametrize("edition", ["standard", "easy", "plain"])
def test_every_kind_is_asked_answered_and_checked(
    walker: Walker, session: Session, edition: str
) -> None:
    page = walker.says_yes(edition)
    for asked in every_kind().pages:
        assert page.path.endswith(f"/q/{asked.id}")
        limit = EASY_BYTES if edition == "easy" else STANDARD_BYTES
        assert page.size < limit
        question = asked.question
        sent = dict(question.filled(ANSWERS.get(question.code, ()), "standard"))
        values = {name: list(value) for name, value in sent.items() if value}
        if question.kind == "picture":
            values = {"answer-file": drawing(), "answer_words": ["A castle"]}  # type: ignore[dict-item]  # a file
        page = walker.post(f"q/{asked.id}", page=asked.id, **values)
    assert page.path.endswith("/check")
    assert "10: as good as can be" in page.main or "10" in page.main
    assert "my aunt" in page.main
    assert "A castle" in page.main
    stored: dict[str, tuple[str, ...]] = {}
    for row in session.scalars(select(Answer).order_by(Answer.question, Answer.position)):
        stored[row.question] = (*stored.get(row.question, ()), row.value)
    picture = session.scalars(select(Upload)).one()
    assert stored == {**ANSWERS, "TQ16": (picture.id, "=A castle")}


def test_find_narrows_the_districts_and_saves_nothing(walker: Walker, session: Session) -> None:
    walker.says_yes()
    page = walker.post("q/area", page="area", then="find", answer_postcode="sg8 7aa")
    assert page.path.endswith("/q/area")
    assert "SG8 is in more than one area" in page.main
    assert "7AA" not in str(page.html).upper()
    assert not session.scalars(select(Answer)).all()


def test_a_mistake_in_a_date_leads_to_the_wrong_box(walker: Walker) -> None:
    walker.says_yes()
    page = walker.post(
        "q/when-asked", page="when-asked", answer_day="31", answer_month="2", answer_year="2026"
    )
    assert [box["id"] for box in page.html.select("[aria-invalid]")] == ["answer_day"]
    summary = BeautifulSoup(str(page.html), "html.parser").select_one(".error-summary a")
    assert summary is not None
    assert summary["href"] == "#answer_day"
    assert page.html.find(id="answer_day")["value"] == "31"  # type: ignore[index]  # it is there


def test_several_mistakes_in_a_date_are_all_marked_and_the_first_one_is_linked(
    walker: Walker,
) -> None:
    walker.says_yes()
    page = walker.post(
        "q/when-asked", page="when-asked", answer_day="31", answer_month="x", answer_year="26x"
    )
    link = page.html.select_one(".error-summary a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("#answer_month", "Check the month and the year")
    wrong = page.html.select("[aria-invalid][aria-describedby=answer-error]")
    assert [box["id"] for box in wrong] == ["answer_month", "answer_year"]


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_page_that_is_kept_for_everybody_says_all_that_a_new_one_says(
    walker: Walker, edition: str
) -> None:
    walker.says_yes(edition)
    for path, wanted in (
        ("q/first", "fieldset .or"),
        ("q/waited", "input[aria-describedby~=answer-after]"),
        ("q/in-order", "fieldset legend"),
        ("q/statements", "fieldset[aria-describedby~=answer-hint]"),
        ("q/picture", "input[type=file][aria-describedby='answer-hint answer-told']"),
        ("q/recording", "input[type=file][aria-describedby=answer-told]"),
        ("q/area", "fieldset .finder #answer_postcode"),
    ):
        for _ in range(2):
            assert walker.get(path).html.select(wanted), path


def test_easy_read_asks_one_line_a_page_and_keeps_the_others(
    walker: Walker, session: Session
) -> None:
    walker.says_yes("easy")
    page = walker.get("q/each-place")
    assert "part 1 of 2" in page.main
    assert "People tell me" not in page.main
    page = walker.post("q/each-place", page="each-place", part="1", answer_heard="agree")
    assert "part 2 of" in page.main
    assert "People tell me" in page.main
    page = walker.post("q/each-place", page="each-place", part="2", answer_told="disagree")
    assert page.path.endswith("/q/statements")
    walker.post("q/each-place", page="each-place", part="1", then="skip")
    kept = session.scalars(select(Answer.value).where(Answer.question == "TQ14")).all()
    assert kept == ["told:disagree"]


def test_easy_read_offers_nothing_twice_to_put_in_order(walker: Walker) -> None:
    walker.says_yes("easy")
    page = walker.post("q/in-order", page="in-order", part="1", answer_1="home")
    offered = {box["value"] for box in page.html.select("input[type=radio]")}
    assert "home" not in offered
    assert "school" in offered


def test_easy_read_asks_for_permission_only_after_a_picture(walker: Walker) -> None:
    walker.says_yes("easy")
    page = walker.post("q/picture", page="picture", part="1")
    assert "part 2 of" in page.main
    page = walker.post("q/picture", page="picture", part="2", answer_words="No camera")
    assert page.path.endswith("/q/recording")
    page = walker.post("q/picture", page="picture", part="1", **{"answer-file": drawing()})
    page = walker.post("q/picture", page="picture", part="2", answer_words="A castle")
    assert "part 3 of" in page.main
    page = walker.post("q/picture", page="picture", part="3", answer_print="no")
    assert page.path.endswith("/q/recording")


def test_what_may_be_shown_of_one_picture_is_not_said_of_the_next(
    walker: Walker, session: Session
) -> None:
    walker.says_yes("easy")
    walker.post("q/picture", page="picture", part="1", **{"answer-file": drawing()})
    walker.post("q/picture", page="picture", part="3", answer_print="yes")
    walker.post("q/picture", page="picture", part="4", answer_name="Lily")
    assert session.scalars(select(Upload)).one().may_print_name == "Lily"
    walker.post("q/picture", page="picture", part="1", **{"answer-file": drawing()})
    session.expire_all()
    kept = session.scalars(select(Upload)).one()
    assert (kept.may_print, kept.may_print_name) == (False, None)


def test_a_picture_and_the_name_beside_it_are_looked_at_by_a_person(
    walker: Walker, session: Session
) -> None:
    walker.says_yes()
    walker.post(
        "q/picture",
        page="picture",
        answer_print="yes",
        answer_name="he hits me",
        **{"answer-file": drawing()},
    )
    walker.sends()
    item = session.scalars(select(SafeguardingItem)).one()
    assert item.question == "TQ16"
    assert item.order_score > 0
