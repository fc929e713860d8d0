"""People walk through a survey in every order they can think of, and no promise breaks.

Hypothesis plays some people with some tabs each. What they were told is kept in a small model,
and after every step the database must agree with it: one response a person, the answers they gave
and no others, nothing of anybody else on any page. Every page is checked by tests/pages.py.
"""

import dataclasses
import datetime as dt
import itertools
import re
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from engage import consultations
from engage.orm import utc_now
from surveys import document, queries, services
from surveys.models import Answer, Response
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import AnswerError, Edition, Values
from tests import factories
from tests.pages import CheckedClient
from tests.tabs import Tab

DOCUMENT = Path(__file__).parents[1] / "questionnaires" / "every_kind.yaml"
SLUG = "walked"
MOST_PEOPLE = 3
MOST_TABS = 2
#: A page, a mistake, and words that came too late to be kept and are handed back.
WHOLE = {200, 400, 409}
CODE = re.compile(r"BEE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]")
RETURN_CODE = re.compile(r"COME-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]")
CONTINUE = "form[action*='/q/'] button:not([name], [formaction], [tabindex])"
EDITION = "button[formaction*='/edition'][value]"
TYPED = ("", "7", "0", "2026-03-01", "12.5", "CB1", "Really? <b>Yes</b> & %(no)s")


Chosen = TypeVar("Chosen")


@dataclasses.dataclass
class Somebody:
    """One person: their browser, and what they believe was kept."""

    number: int
    client: FlaskClient
    edition: Edition
    tabs: list[Tab] = dataclasses.field(default_factory=list, repr=False)
    response_id: str = ""
    answers: dict[str, Values] = dataclasses.field(default_factory=dict)
    code: str = ""
    return_code: str = ""
    is_withdrawn: bool = False

    @property
    def words(self) -> str:
        """What only this person writes."""
        return f"the words of person {self.number}, and of nobody else"

    @property
    def is_writing(self) -> bool:
        return not self.code


class Walks(RuleBasedStateMachine):
    """What people do."""

    app: ClassVar[Flask]
    engine: ClassVar[Engine]
    read: ClassVar[Questionnaire]
    numbers: ClassVar["itertools.count[int]"] = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Somebody] = []
        self.before = set(self.responses())

    # --- What they do --------------------------------------------------------------------------

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule(edition=st.sampled_from(["standard", "easy"]), twice=st.booleans())
    def begin(self, edition: Edition, twice: bool) -> None:
        """Say yes, perhaps by a double press."""
        client = self.browser()
        person = Somebody(next(self.numbers), client, edition)
        tab = Tab(client)
        tab.open(f"/s/{SLUG}/?edition={edition}")
        start = tab.twin()
        tab.press_at("button[name='answer'][value='yes']")
        if twice:
            start.press_at("button[name='answer'][value='yes']")
        new = set(self.responses()) - self.before - {one.response_id for one in self.people}
        assert len(new) == 1, "one person has one response"
        person.response_id = new.pop()
        person.tabs.append(tab)
        self.people.append(person)

    @precondition(lambda self: self.asked())
    @rule(data=st.data(), twice=st.booleans(), change=st.booleans())
    def answer(self, data: st.DataObject, twice: bool, change: bool) -> None:
        """Answer the page of a tab, whatever another tab has done since; perhaps press twice."""
        person, tab, page = self.choose(data, self.asked())
        typed = drawn(data, tab, person) if change else {}
        stale = tab.twin()
        if page.question.takes_file:
            typed = {}
        tab.press_at(CONTINUE, **typed)
        self.expect(person, tab, page)
        if twice:
            stale.press_at(CONTINUE, **typed)
            self.expect(person, stale, page)

    @precondition(lambda self: self.asked())
    @rule(data=st.data())
    def skip(self, data: st.DataObject) -> None:
        """Skip a question, which takes back an answer that was given before."""
        person, tab, page = self.choose(data, self.asked())
        if page.question.is_asked:
            tab.press_at("button[name='then'][value='skip']")
            if person.is_writing:
                person.answers.pop(page.question.code, None)

    @precondition(lambda self: self.open_tabs())
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        """Press Back on the page."""
        _, tab = self.choose(data, self.open_tabs())
        link = tab.html.select_one("nav[aria-label='Back'] a, a.back-link")
        if link is not None:
            tab.open(str(link["href"]))
        elif tab.html.select_one("button.back-link") is not None:
            tab.press_beside("back")

    @precondition(lambda self: self.open_tabs())
    @rule(data=st.data())
    def open_a_page(self, data: st.DataObject) -> None:
        """Type the address of any page, asked or not; a second tab may do it too."""
        person, tab = self.choose(data, self.open_tabs())
        if len(person.tabs) < MOST_TABS:
            tab = tab.twin()
            person.tabs.append(tab)
        page_id = data.draw(st.sampled_from([page.id for page in self.read.pages]))
        tab.open(f"/s/{SLUG}/q/{page_id}")

    @precondition(lambda self: self.writing())
    @rule(data=st.data())
    def change_from_check(self, data: st.DataObject) -> None:
        """Look at all answers and go to one of them to change it."""
        person = self.choose(data, self.writing())
        tab = person.tabs[0]
        tab.open(f"/s/{SLUG}/check")
        links = [str(link["href"]) for link in tab.html.select("main a[href*='/q/']")]
        if links:
            tab.open(data.draw(st.sampled_from(links)))

    @precondition(lambda self: self.asked())
    @rule(data=st.data())
    def switch_edition(self, data: st.DataObject) -> None:
        """Change between standard and easy read on a question; what is on the page is kept."""
        person, tab, page = self.choose(data, self.asked())
        if not person.is_writing:
            return
        was, to = person.edition, str(tab.find(EDITION)["value"])
        tab.press_at(EDITION)
        person.edition = "easy" if to == "easy" else "standard"
        self.keep(person, page, tab, was)
        assert ("easy" in tab.html.body.get("class", [])) == (to == "easy")

    @precondition(lambda self: self.asked())
    @rule(data=st.data())
    def lose_the_cookie(self, data: st.DataObject) -> None:
        """The cookie goes; the page that is open still belongs to its person."""
        person, _, _ = self.choose(data, self.asked())
        person.client.delete_cookie("engage_answers", path=f"/s/{SLUG}/")
        for tab in [tab for tab in person.tabs if not tab.has(CONTINUE)]:
            person.tabs.remove(tab)

    @precondition(lambda self: self.asked())
    @rule(data=st.data())
    def save_for_later(self, data: st.DataObject) -> None:
        """Stop for now and be given a code to come back with."""
        person, tab, page = self.choose(data, self.asked())
        if not person.is_writing:
            return
        tab.press_at("button[value='later'], button[formaction*='/later']")
        self.keep(person, page, tab, person.edition)
        if not tab.page_id:
            found = RETURN_CODE.search(tab.main)
            assert found, f"no code on {tab.path}: {tab.main[:200]}"
            person.return_code = found[0]

    @precondition(lambda self: self.with_return_code())
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        """Open the survey on another device with the code."""
        person = self.choose(data, self.with_return_code())
        client = self.browser()
        tab = Tab(client)
        tab.open(f"/s/{SLUG}/come-back")
        tab.press_at("form[action*='come-back'] button:not([formaction])", code=person.return_code)
        if person.is_writing:
            assert tab.page_id or tab.path.endswith("/check"), f"{tab.path}: {tab.main[:200]}"
            person.client, person.tabs = client, [tab]
        else:
            assert not tab.page_id, "nobody comes back to answers that were sent"

    @precondition(lambda self: self.writing())
    @rule(data=st.data(), twice=st.booleans())
    def send(self, data: st.DataObject, twice: bool) -> None:
        """Send the answers, perhaps by a double press; the code stays the same."""
        person = self.choose(data, self.writing())
        tab = person.tabs[0]
        tab.open(f"/s/{SLUG}/check")
        stale = tab.twin()
        tab.press_at("form[action$='/check'] button")
        tab.open(f"/s/{SLUG}/thanks")
        found = CODE.search(tab.main)
        assert found, f"no code on {tab.path}: {tab.main[:200]}"
        person.code = found[0]
        person.answers = on_path(self.read, person.answers)
        if twice:
            stale.press_at("form[action$='/check'] button")
            stale.open(f"/s/{SLUG}/thanks")
            assert person.code in stale.main

    @precondition(lambda self: self.sent())
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Take the answers out with the code, from any device."""
        person = self.choose(data, self.sent())
        tab = Tab(self.browser())
        tab.open("/your-answers")
        tab.press_at("form[action='/your-answers'] button", code=person.code)
        tab.press_at("form[action='/your-answers/take-out'] button")
        tab.press_at("form[action='/your-answers/taken-out'] button")
        person.is_withdrawn, person.answers = True, {}

    @rule(data=st.data())
    def peep(self, data: st.DataObject) -> None:
        """Somebody with no answers of their own types addresses; they are shown nothing."""
        tab = Tab(self.browser())
        page = data.draw(st.sampled_from([*(f"q/{one.id}" for one in self.read.pages), "check"]))
        tab.open(f"/s/{SLUG}/{page}")
        assert tab.path == f"/s/{SLUG}/"
        for person in self.people:
            assert person.words not in tab.raw

    # --- What must hold ------------------------------------------------------------------------

    @invariant()
    def nobody_has_two_responses(self) -> None:
        ours = {person.response_id for person in self.people}
        assert set(self.responses()) - self.before == ours

    @invariant()
    def what_is_stored_is_what_people_were_told(self) -> None:
        for person in self.people:
            assert self.stored(person.response_id) == person.answers

    @invariant()
    def nobody_sees_what_somebody_else_wrote(self) -> None:
        for person, other in itertools.permutations(self.people, 2):
            for tab in person.tabs:
                assert other.words not in tab.raw

    @invariant()
    def every_page_is_whole(self) -> None:
        for person in self.people:
            for tab in person.tabs:
                assert tab.status in WHOLE, f"{tab.path}: {tab.status}"
                assert tab.heading

    # --- What the rules know -------------------------------------------------------------------

    def browser(self) -> FlaskClient:
        """Return a browser at an address of its own, so that no limit is shared."""
        client = self.app.test_client()
        number = next(self.numbers)
        client.environ_base["REMOTE_ADDR"] = f"10.0.{number // 250 % 250}.{number % 250}"
        return client

    def choose(self, data: st.DataObject, among: list[Chosen]) -> Chosen:
        """Draw one by its number, which is short to print."""
        return among[data.draw(st.integers(0, len(among) - 1))]

    def expect(self, person: Somebody, tab: Tab, page: Page) -> None:
        """Learn what was kept, unless the answers had been sent before."""
        if person.is_writing:
            self.keep(person, page, tab, person.edition)
        else:
            assert not tab.has(CONTINUE), "answers that were sent are not asked again"

    def keep(self, person: Somebody, page: Page, tab: Tab, edition: Edition) -> None:
        """Learn what the page's fields meant, or that they were refused and nothing was lost."""
        sent = {
            name: values
            for name, values in tab.sent.to_dict(flat=False).items()
            if name.startswith("answer")
        }
        try:
            before = person.answers.get(page.question.code, ())
            values = page.question.parse(sent, edition, before)
        except AnswerError:
            assert str(tab.html.title.get_text()).startswith("Error: ")
            assert tab.page_id == page.id
            return
        person.answers.pop(page.question.code, None)
        if values:
            person.answers[page.question.code] = values

    def open_tabs(self) -> list[tuple[Somebody, Tab]]:
        return [(person, tab) for person in self.people for tab in person.tabs]

    def asked(self) -> list[tuple[Somebody, Tab, Page]]:
        """Return the tabs that ask a question."""
        return [
            (person, tab, page)
            for person, tab in self.open_tabs()
            if tab.has(CONTINUE) and (page := self.read.page(tab.page_id)) is not None
        ]

    def writing(self) -> list[Somebody]:
        """Return people whose browser still knows them and who have not sent."""
        return [
            person
            for person in self.people
            if person.is_writing
            and person.tabs
            and person.client.get_cookie("engage_answers", path=f"/s/{SLUG}/")
        ]

    def with_return_code(self) -> list[Somebody]:
        return [person for person in self.people if person.return_code]

    def sent(self) -> list[Somebody]:
        return [person for person in self.people if person.code and not person.is_withdrawn]

    def responses(self) -> list[str]:
        with Session(self.engine) as session:
            return list(session.scalars(select(Response.id)))

    def stored(self, response_id: str) -> dict[str, Values]:
        found: dict[str, Values] = {}
        rows = select(Answer.question, Answer.value).where(Answer.response_id == response_id)
        with Session(self.engine) as session:
            for question, value in session.execute(rows.order_by(Answer.position)):
                found[question] = (*found.get(question, ()), value)
        return found


def drawn(data: st.DataObject, tab: Tab, person: Somebody) -> dict[str, Any]:
    """Choose and type something in every field of a page, or leave it empty."""
    typed: dict[str, Any] = {}
    form = tab.find(CONTINUE).find_parent("form")
    assert form is not None
    names = dict.fromkeys(
        str(field["name"])
        for field in form.select("input[name^='answer'], textarea, select")
        if field.get("type") not in ("hidden", "file")
    )
    for name in names:
        typed[name] = data.draw(values_of(form, name, person), label=name)
    return typed


def values_of(form: Tag, name: str, person: Somebody) -> "st.SearchStrategy[list[str]]":
    """Return what a person may do with a field."""
    fields = form.select(f"[name='{name}']")
    kind = "select" if fields[0].name == "select" else str(fields[0].get("type", "text"))
    if kind == "checkbox":
        keys = [str(field["value"]) for field in fields]
        return st.lists(st.sampled_from(keys), unique=True, max_size=3)
    if kind == "radio":
        return st.sampled_from([[], *([str(field["value"])] for field in fields)])
    if kind == "select":
        return st.sampled_from([[str(one["value"])] for one in fields[0].select("option")])
    return st.sampled_from([[words] for words in (person.words, *TYPED)])


def on_path(read: Questionnaire, answers: dict[str, Values]) -> dict[str, Values]:
    """Return the answers that count, by the plainest reading of the conditions."""
    kept: dict[str, Values] = {}
    for page in read.pages:
        if page.when is None or page.when.holds(kept, read.audience):
            code = page.question.code
            kept |= {code: answers[code]} if code in answers else {}
    return kept


@pytest.fixture
def walks(app: Flask, session: Session, engine: Engine) -> type[Walks]:
    """Open a survey for the walkers."""
    now = utc_now()
    today = consultations.local_date(now)
    plan = factories.ConsultationFactory(
        opens_on=today - dt.timedelta(days=3), closes_on=today + dt.timedelta(days=30)
    )
    survey = services.import_survey(
        session, plan, document.load(DOCUMENT), SLUG, actor="officer", now=now
    )
    services.open_survey(session, survey, actor="officer", now=now, production=False)
    session.commit()
    app.test_client_class = CheckedClient
    Walks.app, Walks.engine = app, engine
    Walks.read = queries.current_document(session, survey)
    session.rollback()
    return Walks


def walk(walks: type[Walks], people: int, steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # has no types
        walks,
        settings=settings(
            max_examples=people,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],  # a walk that fails is short enough, and shrinking takes long
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
def test_people_walk_in_any_order_and_lose_nothing(walks: type[Walks]) -> None:
    walk(walks, people=10, steps=20)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_many_people_walk_far_in_any_order_and_lose_nothing(walks: type[Walks]) -> None:
    walk(walks, people=60, steps=50)
