"""Pages speak the reader's language, and English pages pay nothing for the others."""

import datetime as dt

import pytest
from markupsafe import Markup

from surveys.editions import speaking
from surveys.questions import Message, Passage, Wording


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when anything opens a catalogue or looks a locale up."""

    def refuse(*_: object, **__: object) -> None:
        message = "an English page must do no catalogue work"
        raise AssertionError(message)

    monkeypatch.setattr(speaking, "catalogue", refuse)
    monkeypatch.setattr(speaking, "force_locale", refuse)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("edition", ["standard", "easy", "plain", "bsl"])
def test_english_words_are_handed_back_without_opening_a_catalogue(edition: str) -> None:
    with speaking.speaking(edition):  # type: ignore[arg-type]  # one of the editions
        assert speaking.gettext("Continue") == "Continue"
        assert speaking.ngettext("%(number)s day", "%(number)s days", 2) == "2 days"


def test_a_page_in_polish_speaks_polish_and_then_english_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(speaking, "_say", lambda edition, words: f"{edition}: {words}")
    with speaking.speaking("pl"):
        assert speaking.gettext("Continue") == "pl: Continue"
    assert speaking.gettext("Continue") == "Continue"


def test_values_are_escaped_and_words_are_too() -> None:
    said = speaking.gettext("<b>%(name)s</b>", name="<i>")
    assert said == Markup("&lt;b&gt;&lt;i&gt;&lt;/b&gt;")
    assert not isinstance(speaking.gettext("<b>"), Markup)


def test_a_wording_without_a_translation_stays_english() -> None:
    assert speaking.say(Wording("Nobody put this into Polish", "easy"), "pl") == (
        "Nobody put this into Polish"
    )
    assert speaking.say(Wording("One", "easy", {"pl": "Jeden"}), "pl") == "Jeden"
    assert speaking.say(Wording("One", "easy"), "plain") == "easy"
    assert speaking.say(Message("Up to %(limit)s", "Only %(limit)s", limit=3), "easy") == "Only 3"


def test_a_passage_is_said_sentence_by_sentence() -> None:
    passage = Passage(("One.", "Two."), (), {"pl": ("Raz.", "Dwa.")})
    assert speaking.say_passage(passage, "pl") == ("Raz.", "Dwa.")
    assert speaking.say_passage(passage, "ro") == ("One.", "Two.")
    assert speaking.say_passage(passage, "standard") == ("One.", "Two.")


def test_dates_are_written_as_the_language_writes_them() -> None:
    date = dt.date(2026, 3, 3)
    assert speaking.day_in(date, "easy") == "3 March 2026"
    assert speaking.day_in(date, "pl") == "3 marca 2026"
