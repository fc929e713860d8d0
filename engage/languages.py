"""The words around the questions in other languages, from catalogues that translators know."""

from flask import Flask
from flask_babel import Babel

from engage import resources
from surveys.editions import speaking

OWN_LANGUAGE = "en_GB"


def init_app(app: Flask) -> None:
    """Give templates `_()`; a page of another edition forces its language while it is drawn.

    Flask-Babel looks its locale up for every word it says. Nearly all pages are in English, so
    `_` is our own: it hands English words back as they are.
    """
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resources.translations())
    Babel(app, default_locale=OWN_LANGUAGE, default_timezone="Europe/London")
    app.jinja_env.globals.update(
        _=speaking.gettext,
        gettext=speaking.gettext,
        ngettext=speaking.ngettext,
        paragraphs=speaking.paragraphs,
    )
