"""A questionnaire on paper: the same words and options, with routing said in plain sentences.

Everything here is decided without a database and without the web: what is printed depends on
the questionnaire, the edition and a few facts about the plan alone.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import quote

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from engage import resources
from surveys import pictures, screens
from surveys.paperwork import paperroutes, qrcodes
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import EDITION_FACTS, Edition, has_pictures, is_simple
from surveys.questions.shown import Shown, shown
from surveys.questions.wording import Message, in_catalogue

PRINTED_PICTURES = "printed"  # says "with pictures" to the macros; nothing is fetched
MANY_OPTIONS = {True: 7, False: 10}  # with pictures, and without
VERY_MANY_OPTIONS = 20
PAGE_OF = Message("Page %(page)s of %(pages)s", "Page %(page)s of %(pages)s")
FRAME_PICTURES = (
    "calendar", "choose", "code", "done", "find", "no", "private", "send_answers", "skip",
    "take_out", "tell", "website", "write", "yes",
)  # fmt: skip


class PlanOnPaper(screens.PlanFacts, Protocol):
    """What a sheet tells about the plan besides what every start page does."""

    title: str
    is_demo: bool


@dataclasses.dataclass(frozen=True)
class Setting:
    """What is the same on every sheet of one print.

    Attributes:
        large: 18 point, for people who read large print.
        organisation: who asks; printed with the return address.
        address: the online form ("" when this installation does not know its own address).
        answers_address: where a code leads to what happened with the answers, or "".
        notice_version: version of the privacy notice that people answer under.
        is_draft: nobody has signed off the words of this language.
    """

    edition: Edition
    large: bool
    organisation: str
    address: str
    answers_address: str
    notice_version: str
    is_draft: bool = False


@dataclasses.dataclass(frozen=True)
class PrintedQuestion:
    """One question as it stands on the sheet."""

    number: int
    page: Page
    q: Shown
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Tell whether the options stand in two columns, so that they fit on one page."""
        return len(self.q.choices) > MANY_OPTIONS[has_pictures(self.q.edition)]

    @property
    def is_longest(self) -> bool:
        """Tell whether they stand in three."""
        return len(self.q.choices) > VERY_MANY_OPTIONS and not has_pictures(self.q.edition)

    @property
    def asks(self) -> bool:
        """Tell whether there is something to answer."""
        return self.page.question.is_asked


def numbers(pages: Sequence[Page]) -> dict[str, int]:
    """Return the printed number of every question by its code."""
    asked = (page.question.code for page in pages if page.question.is_asked)
    return {code: number for number, code in enumerate(asked, start=1)}


def printed_questions(read: Questionnaire, edition: Edition) -> tuple[PrintedQuestion, ...]:
    """Return every page of the questionnaire with its number and its routing in words."""
    pages = paperroutes.on_sheet(read, edition)
    numbered = numbers(pages)
    sprite = PRINTED_PICTURES if has_pictures(edition) else ""
    return tuple(
        PrintedQuestion(
            number=numbered.get(page.question.code, 0),
            page=page,
            q=shown(page.question, edition, sprite=sprite),
            before=paperroutes.before(read, page, edition, numbered),
            after=paperroutes.after(pages, page, edition, numbered),
        )
        for page in pages
    )


def sheet_html(
    read: Questionnaire, plan: PlanOnPaper, setting: Setting, code: str, receipt: str
) -> str:
    """Write the HTML of one sheet; its pages are numbered from 1 and carry its code.

    The receipt stands only on the slip that is cut off and kept.
    """
    edition = setting.edition
    page = _environment(edition).get_template("surveys/paper.html")
    return page.render(
        read=read,
        plan=plan,
        setting=setting,
        receipt=receipt,
        edition=edition,
        facts=EDITION_FACTS[edition],
        easy=is_simple(edition),
        pictured=has_pictures(edition),
        questions=printed_questions(read, edition),
        last_day=last_day(plan.closes_on, edition),
        promised=screens.promises(plan),
        qr=_qr(setting),
        styles=_styles(read, setting, code),
    )


def folder() -> str:
    """Return the address of the folder that the print style sheet lies in."""
    return f"{(resources.templates() / 'surveys').as_uri()}/"


def last_day(date: dt.date, edition: Edition) -> str:
    """Return a date as people write it in the language of an edition."""
    facts = EDITION_FACTS[edition]
    if facts.is_translated:
        return str(format_date(date, "d MMMM y", locale=facts.language))
    return screens.day(date)


def _qr(setting: Setting) -> Markup:
    if not setting.address:
        return Markup()
    title = in_catalogue("QR code: the online form", setting.edition)
    return Markup(qrcodes.svg(setting.address, title=title))  # noqa: S704  # our own SVG


def _styles(read: Questionnaire, setting: Setting, code: str) -> str:
    """Return the style sheet of one sheet as an address: its foot and its pictures."""
    rules = [_foot(setting, code), *(_picture(name) for name in _pictures(read, setting.edition))]
    return f"data:text/css;charset=utf-8,{quote(' '.join(rules))}"


def _foot(setting: Setting, code: str) -> str:
    """Return the rule of the foot: the sheet's code, and "page 1 of 4" in the edition's words."""
    words = in_catalogue(PAGE_OF.standard, setting.edition)
    counters = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    corner = f'@bottom-right {{ content: "{words % counters}" }}'
    return f'@page {{ @bottom-left {{ content: "{code}" }} {corner} }}'


def _pictures(read: Questionnaire, edition: Edition) -> list[str]:
    """Return the names of all pictures that a sheet can show."""
    if not has_pictures(edition):
        return []
    passages = (read.start, read.keeping_safe, read.help_now)
    named = {line.picture for passage in passages for line in passage.easy}
    named |= {name for question in read.questions.values() for name in question.pictures}
    return sorted({*named, *FRAME_PICTURES} - {""})


@functools.cache
def _picture(name: str) -> str:
    """Return the rule that draws one picture: a background, so that it is not read out."""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{pictures.VIEW_BOX}" '
        f'stroke-linecap="round" stroke-linejoin="round">{pictures.drawing(name)}</svg>'
    )
    return f'.picture-{name} {{ background-image: url("data:image/svg+xml,{quote(drawn)}") }}'


@functools.cache
def _environment(edition: Edition) -> Environment:
    """Return the templates of one edition; our own words come from its language's catalogue."""
    made = Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(words: str, **values: Any) -> str:
        said = in_catalogue(words, edition)
        return said % values if values else said

    made.globals["_"] = say
    made.filters["linked"] = escape  # nothing can be pressed on paper
    return made


def estimated_pages(read: Questionnaire, edition: Edition, *, large: bool) -> int:
    """Return about how many pages a sheet has, to decide whether a person should wait for it."""
    asked = len(paperroutes.on_sheet(read, edition))
    each = 1.4 if has_pictures(edition) else 1.6 if large else 2.2
    return 3 + int(asked / each)
