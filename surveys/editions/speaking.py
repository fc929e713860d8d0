"""Saying things in an edition: the words of Engage's own pages in the language of the reader.

Templates write `_("words")`. In an English edition that is the text itself: no catalogue is
opened, no locale is looked up. Pages are drawn inside `speaking`, which tells `_` whose words to
take for as long as the drawing lasts.

Catalogues are plain PO files, read once in each process; nothing has to be compiled.
"""

import contextlib
import contextvars
import datetime as dt
import functools
import io
from collections.abc import Iterator, Mapping
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import render_template
from flask_babel import force_locale
from markupsafe import Markup, escape

from surveys.editions import catalogues
from surveys.questions import Edition, Passage, Wording
from surveys.questions.wording import EDITION_FACTS, LANGUAGES, Message, speak
from surveys.screens import Filled, day

_spoken: contextvars.ContextVar[Edition] = contextvars.ContextVar("spoken", default="standard")
_TRANSLATED = frozenset(LANGUAGES)


def language_of(edition: Edition) -> str:
    """Return the BCP 47 name of an edition's language, as in a page's `lang`."""
    return EDITION_FACTS[edition].language


def say(words: Wording | Message | str, edition: Edition) -> str:
    """Return words in an edition; what nobody has put into its language stays English."""
    if isinstance(words, str):
        return _say(edition, words) if edition in _TRANSLATED else words
    if isinstance(words, Wording) and edition in _TRANSLATED:
        return words.translations.get(edition) or _say(edition, words.standard)
    return words.in_(edition)


def say_passage(words: Passage, edition: Edition) -> tuple[str, ...]:
    """Return the sentences of a passage in an edition, without their pictures."""
    if edition not in _TRANSLATED:
        return words.in_(edition)
    said = words.translations.get(edition)
    return said or tuple(_say(edition, text) for text in words.standard)


def day_in(date: dt.date, edition: Edition) -> str:
    """Return a date as people write it in the language of an edition: 3 March, 3 marca."""
    if edition not in _TRANSLATED:
        return day(date)
    return format_date(date, "d MMMM y", locale=language_of(edition))


def render(template: str, edition: Edition, /, **context: Any) -> str:
    """Draw a page in an edition: its language and direction on the page, its words in it."""
    facts = EDITION_FACTS[edition]
    around = {"edition": edition, "easy": facts.simple, "lang": facts.language}
    with speaking(edition):
        return render_template(template, **{**context, **around, "dir": facts.direction})


@contextlib.contextmanager
def speaking(edition: Edition) -> Iterator[None]:
    """Let templates speak in an edition until the block is left."""
    before = _spoken.set(edition)
    try:
        if edition in _TRANSLATED:
            with force_locale(language_of(edition)):
                yield
        else:
            yield
    finally:
        _spoken.reset(before)


def gettext(words: str, /, **values: object) -> str:
    """Say a template's words in the language of the page, with values in their named places.

    The words may be anything, so they are escaped like everything else on a page.
    """
    edition = _spoken.get()
    if edition in _TRANSLATED:
        words, values = _say(edition, words), _values(edition, values)
    else:
        values = {
            name: day(one) if isinstance(one, dt.date) else one for name, one in values.items()
        }
    return Markup(escape(words)) % values if values else words  # noqa: S704  # escaped here


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Say words that depend on a number, which is put into them as `number`."""
    edition = _spoken.get()
    if edition in _TRANSLATED:
        said = catalogue(edition).ngettext(one, many, number)
    else:
        said = one if number == 1 else many
    return Markup(escape(said)) % {"number": number, **values}  # noqa: S704  # escaped here


def paragraphs(words: Passage) -> tuple[str, ...]:
    """Return the sentences of a passage in the edition of the page that is being drawn."""
    return say_passage(words, _spoken.get())


@functools.cache
def catalogue(edition: Edition) -> NullTranslations:
    """Return the words of the pages in a language; an empty catalogue where there is no file.

    Words that a program only guessed ("fuzzy") are not in it.
    """
    path = catalogues.path_of_pages(edition)
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as written:
        read = read_po(written, locale=language_of(edition))
    packed = io.BytesIO()
    write_mo(packed, read)
    packed.seek(0)
    return Translations(packed)


def _say(edition: Edition, words: str) -> str:
    if isinstance(words, Filled):
        return str(catalogue(edition).gettext(words.words) % _values(edition, words.values))
    return str(catalogue(edition).gettext(words)) if words else words


def _values(edition: Edition, values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(edition, one) for name, one in values.items()}


def _value(edition: Edition, one: object) -> object:
    """Return what stands in a sentence as the language writes it: dates, and words with values."""
    if isinstance(one, Filled):
        return _say(edition, one)
    return day_in(one, edition) if isinstance(one, dt.date) else one


for _language in LANGUAGES:
    speak(_language, functools.partial(_say, _language))
