"""A poster on A4: a QR code, a short address, plain words and easy-read lines.

Decided without a database and without the web, like everything on paper.
"""

import functools
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from engage import resources
from surveys import pictures, screens
from surveys.paperwork import qrcodes
from surveys.paperwork.paper import PlanOnPaper
from surveys.questionnaire import Questionnaire

DRAWN = ("think", "skip", "private")


def poster_html(read: Questionnaire, plan: PlanOnPaper, address: str, organisation: str) -> str:
    """Write the HTML of one poster."""
    title = "QR code that opens the questions"
    return (
        _environment()
        .get_template("surveys/poster.html")
        .render(
            read=read,
            plan=plan,
            qr=Markup(qrcodes.svg(address, title=title)),  # noqa: S704  # our own SVG
            address=address.partition("://")[2] or address,
            organisation=organisation,
            last_day=screens.day(plan.closes_on),
            styles=picture_styles(DRAWN),
        )
    )


def folder() -> str:
    """Return the address of the folder that the poster's style sheet lies in."""
    return f"{(resources.templates() / 'surveys').as_uri()}/"


@functools.lru_cache(maxsize=32)
def picture_styles(names: tuple[str, ...]) -> str:
    """Return the address of a style sheet with a class "picture-<name>" for each picture."""
    rules = " ".join(_picture(name) for name in names)
    return f"data:text/css;charset=utf-8,{quote(rules)}"


def _picture(name: str) -> str:
    """Return the rule that draws one picture: a background, so that it is not read out."""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{pictures.VIEW_BOX}" '
        f'stroke-linecap="round" stroke-linejoin="round">{pictures.drawing(name)}</svg>'
    )
    return f'.picture-{name} {{ background-image: url("data:image/svg+xml,{quote(drawn)}") }}'


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
