"""The least that a page with an answer can cost: bare Flask, one row read, one row committed.

It serves the journey that the answer pages serve (start, question after question, check, thanks)
with no template, no form library, no protection and no meaning. What the real pages cost beside
it is what they do for people.

    gunicorn "floor:create_app('sqlite:///floor.sqlite')"
"""

import uuid

from flask import Blueprint, Flask, current_app, redirect, request
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, select
from werkzeug.wrappers import Response

from engage.db import make_durable

QUESTIONS = 10
COOKIE = "floor"
PAGE = """<!DOCTYPE html><html lang="en-GB"><title>{heading}</title><main><h1>{heading}</h1>
<form method="post" action="{action}"><input type="hidden" name="page" value="{action}">
{fields}<button name="answer" value="yes">Continue</button></form></main></html>"""
RADIOS = "".join(
    f'<label><input type="radio" name="answer" value="{value}">{value}</label>'
    for value in ("agree", "neither", "disagree")
)

views = Blueprint("floor", __name__, url_prefix="/s")
tables = MetaData()
question = Table(
    "floor_question", tables, Column("id", Integer, primary_key=True), Column("text", String(200))
)
person = Table(
    "floor_person", tables, Column("id", String(32), primary_key=True), Column("sent", Integer)
)
answer = Table(
    "floor_answer",
    tables,
    Column("person", String(32), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("value", String(400)),
)


def fill(engine: Engine) -> None:
    """Make the tables and the questions."""
    tables.create_all(engine)
    with engine.begin() as connection:
        rows = [{"id": number, "text": f"Question {number}"} for number in range(QUESTIONS)]
        connection.execute(question.insert(), rows)


def create_app(address: str) -> Flask:
    """Build the application on a database that has its tables."""
    app = Flask("floor", static_folder=None)
    app.extensions["engine"] = engine = create_engine(address)
    make_durable(engine)
    app.register_blueprint(views)
    return app


@views.get("/<slug>/")
def start(slug: str) -> str:
    """Show the page before the first question."""
    return _page(0, f"/s/{slug}/take-part")


@views.post("/<slug>/take-part")
def take_part(slug: str) -> Response:
    """Begin: one row."""
    new = uuid.uuid4().hex
    with _engine().begin() as connection:
        connection.execute(person.insert(), {"id": new, "sent": 0})
    reply = redirect(f"/s/{slug}/q/1", 303)
    reply.set_cookie(COOKIE, new)
    return reply


@views.get("/<slug>/q/<int:number>")
def ask(slug: str, number: int) -> str:
    """Show a question, read from its row."""
    return _page(number, f"/s/{slug}/q/{number}", RADIOS)


@views.post("/<slug>/q/<int:number>")
def keep(slug: str, number: int) -> Response:
    """Keep an answer: one row."""
    row = {"person": request.cookies[COOKIE], "page": number, "value": request.form["answer"]}
    with _engine().begin() as connection:
        connection.execute(answer.insert(), row)
    return redirect(f"/s/{slug}/q/{number + 1}", 303)


@views.get("/<slug>/check")
def check(slug: str) -> str:
    """Show the page before sending."""
    return _page(1, f"/s/{slug}/check")


@views.post("/<slug>/check")
def send(slug: str) -> Response:
    """Send: one row changed."""
    mine = person.c.id == request.cookies[COOKIE]
    with _engine().begin() as connection:
        connection.execute(person.update().where(mine).values(sent=1))
    return redirect(f"/s/{slug}/thanks", 303)


@views.get("/<slug>/thanks")
def thanks(slug: str) -> str:
    """Show the last page."""
    return _page(2, f"/s/{slug}/")


def _page(number: int, action: str, fields: str = "") -> str:
    with _engine().connect() as connection:
        wanted = select(question.c.text).where(question.c.id == number % QUESTIONS)
        heading = connection.execute(wanted).scalar_one()
    return PAGE.format(heading=heading, action=action, fields=fields)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine
