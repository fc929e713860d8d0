"""Words in several editions: the same meaning, in plain words, easy read, and other languages.

An edition is a way of asking the same question. What is stored is the same in all of them.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Literal, get_args

Edition = Literal["standard", "easy", "plain", "bsl", "pl", "ro", "ur"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)


@dataclasses.dataclass(frozen=True)
class EditionFacts:
    """What an edition is made of.

    Attributes:
        name: what people who need it call it, in its own language.
        english: what staff call it.
        simple: short easy-read sentences and the coarser scales that go with them.
        pictures: a picture beside every line.
        language: BCP 47 name, as in the page's `lang`.
        direction: "ltr" or "rtl", as in the page's `dir`.
    """

    name: str
    english: str
    simple: bool = False
    pictures: bool = False
    language: str = "en-GB"
    direction: Literal["ltr", "rtl"] = "ltr"

    @property
    def is_translated(self) -> bool:
        """Tell whether its words are in another language than the questionnaire's own."""
        return self.language != "en-GB"


EDITION_FACTS: Mapping[Edition, EditionFacts] = {
    "standard": EditionFacts("Standard English", "the standard edition"),
    "easy": EditionFacts(
        "Easy read: short words and pictures", "easy read", simple=True, pictures=True
    ),
    "plain": EditionFacts(
        "Easy words without pictures", "easy words without pictures", simple=True
    ),
    "bsl": EditionFacts("British Sign Language", "British Sign Language"),
    "pl": EditionFacts("Polski", "Polish", language="pl"),
    "ro": EditionFacts("Română", "Romanian", language="ro"),
    "ur": EditionFacts("اردو", "Urdu", language="ur", direction="rtl"),
}
LANGUAGES: tuple[Edition, ...] = tuple(
    edition for edition in EDITIONS if EDITION_FACTS[edition].is_translated
)


def is_simple(edition: Edition) -> bool:
    """Tell whether an edition uses easy-read words, with or without pictures."""
    return EDITION_FACTS[edition].simple


def has_pictures(edition: Edition) -> bool:
    """Tell whether an edition shows a picture beside every line."""
    return EDITION_FACTS[edition].pictures


def other_edition(edition: Edition) -> Edition:
    """Return the edition that the quick switch on every page leads to."""
    return "standard" if edition == "easy" else "easy"


@dataclasses.dataclass(frozen=True)
class Line:
    """One easy-read sentence and the name of the picture that stands at its left."""

    text: str
    picture: str


@dataclasses.dataclass(frozen=True)
class Wording:
    """One short text in each edition; `translations` is keyed by the edition's name."""

    standard: str
    easy: str
    translations: Mapping[Edition, str] = dataclasses.field(default_factory=dict, hash=False)

    def in_(self, edition: Edition) -> str:
        """Return the words of that edition; raise KeyError for a language it was not put into.

        A questionnaire offers a language only when every one of its words is translated.
        """
        if EDITION_FACTS[edition].is_translated:
            return self.translations[edition]
        return self.easy if is_simple(edition) else self.standard


#: How Engage's own words are said in another language; without a catalogue they stay English.
_catalogues: dict[Edition, Callable[[str], str]] = {}


def speak(edition: Edition, translate: Callable[[str], str]) -> None:
    """Say Engage's own words in a language: the standard words in, the translated words out."""
    _catalogues[edition] = translate


def in_catalogue(words: str, edition: Edition) -> str:
    """Return Engage's own standard words in the language of an edition, if it has them."""
    translate = _catalogues.get(edition)
    return translate(words) if translate and words else words


@dataclasses.dataclass(frozen=True)
class Fixed(Wording):
    """Words that Engage brings itself, such as a scale's; no questionnaire has to translate them.

    Their languages come from the catalogues that also hold the words of the pages.
    """

    def in_(self, edition: Edition) -> str:
        """Return the words of that edition; English where a catalogue lacks them."""
        if EDITION_FACTS[edition].is_translated:
            return self.translations.get(edition) or in_catalogue(self.standard, edition)
        return super().in_(edition)


@dataclasses.dataclass(frozen=True, init=False)
class Message:
    """What a person reads when an answer cannot be kept: which mistake, and what to do.

    `values` fill the named places of the words: "Choose up to %(limit)s". A value that is a
    wording is said in the edition of the message.
    """

    standard: str
    easy: str
    values: Mapping[str, object] = dataclasses.field(hash=False)

    def __init__(self, standard: str, easy: str, **values: object) -> None:
        object.__setattr__(self, "standard", standard)
        object.__setattr__(self, "easy", easy)
        object.__setattr__(self, "values", values)

    def values_in(self, edition: Edition) -> dict[str, object]:
        """Return the values ready to be put into the words of an edition."""
        return {
            name: value.in_(edition) if isinstance(value, Wording) else value
            for name, value in self.values.items()
        }

    def in_(self, edition: Edition) -> str:
        """Return the message in the words of an edition."""
        words = self.easy if is_simple(edition) else self.standard
        if EDITION_FACTS[edition].is_translated:
            words = in_catalogue(words, edition)
        return words % self.values_in(edition) if self.values else words


@dataclasses.dataclass(frozen=True)
class Passage:
    """Paragraphs in the standard edition and other languages, pictured lines in easy read."""

    standard: tuple[str, ...] = ()
    easy: tuple[Line, ...] = ()
    translations: Mapping[Edition, tuple[str, ...]] = dataclasses.field(
        default_factory=dict, hash=False
    )

    def in_(self, edition: Edition) -> tuple[str, ...]:
        """Return the sentences of that edition without their pictures; KeyError as in Wording."""
        if EDITION_FACTS[edition].is_translated:
            return self.translations[edition] if self.standard else ()
        return tuple(line.text for line in self.easy) if is_simple(edition) else self.standard

    def __bool__(self) -> bool:
        return bool(self.standard or self.easy)


@dataclasses.dataclass(frozen=True)
class Option:
    """One thing a person can choose; the key is what is stored, in every edition the same.

    Attributes:
        easy_as: key of the easy-read option in the same band, for a finer answer that easy read
            does not offer; empty for an option of both editions.
        group: key of the group that a long list shows the option under; empty without groups.
        say_what: whoever chooses it may say in own words what they mean, as in "other".
    """

    key: str
    words: Wording
    picture: str
    easy_as: str = ""
    group: str = ""
    say_what: bool = False

    def label(self, edition: Edition) -> str:
        """Return what a person reads beside the button."""
        return self.words.in_(edition)


@dataclasses.dataclass(frozen=True)
class Choice:
    """One option made ready for a page: value to send, words to read, picture to see.

    Attributes:
        number: what is printed beside the box on paper, and what is typed from there.
        group: key of the group it stands under.
        say_what: a box for own words belongs to it.
    """

    value: str
    text: str
    picture: str
    chosen: bool = False
    number: int = 0
    group: str = ""
    say_what: bool = False
