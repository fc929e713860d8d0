"""Questions answered with a picture or a recording, and what may be done with it.

The file itself is cleaned and kept before the answer is read; the answer holds its id, what the
person says about it, and what they permit: the picture, a first name and an age, each apart.
"""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from surveys.questions.base import (
    ANSWER,
    OWN,
    WORDS,
    AnswerError,
    Fields,
    Question,
    Sent,
    Values,
    first,
)
from surveys.questions.choices import NOT_AN_OPTION
from surveys.questions.wording import Choice, Edition, Fixed, Line, Message, is_simple
from surveys.questions.words import LONG_LIMIT, tidy, too_long

FILE = "answer-file"
PRINT, NAME, AGE = f"{ANSWER}_print", f"{ANSWER}_name", f"{ANSWER}_age"
#: Stands in place of a file for somebody who only used words.
ONLY_WORDS = "words"
NAME_LIMIT, AGE_LIMIT = 60, 20
MEGABYTE: Final = 1024 * 1024
LARGEST: Final = {"picture": 12 * MEGABYTE, "voice": 20 * MEGABYTE, "video": 60 * MEGABYTE}
LONGEST_SECONDS: Final = 300
#: What somebody reads about a file before choosing one, and the picture beside it.
TOLD: Final = {
    "picture": (
        Message(
            "A picture can be a JPEG or PNG file of up to %(most)s MB.",
            "A photo from a phone is fine, up to %(most)s MB.",
            most=LARGEST["picture"] // MEGABYTE,
        ),
        "draw",
    ),
    "voice": (
        Message(
            "A voice recording can be an MP3, M4A, WAV or WebM file of up to %(most)s MB.",
            "A recording from a phone is fine, up to %(most)s MB.",
            most=LARGEST["voice"] // MEGABYTE,
        ),
        "talk",
    ),
    "video": (
        Message(
            "A video can be an MP4, MOV or WebM file of up to %(most)s MB.",
            "A video from a phone is fine, up to %(most)s MB.",
            most=LARGEST["video"] // MEGABYTE,
        ),
        "video",
    ),
    "length": (
        Message(
            "It can be up to %(minutes)s minutes long.",
            "It can be up to %(minutes)s minutes.",
            minutes=LONGEST_SECONDS // 60,
        ),
        "wait",
    ),
}
LOST = Message(
    "We could not find your file. Please choose it again", "Please choose your file again"
)
YES = Fixed("Yes, you may print it", "Yes, you can show it")
NO = Fixed("No, do not print it", "No, do not show it")
NAMED = Fixed("With this first name: %(said)s", "With this first name: %(said)s")
AGED = Fixed("With this age: %(said)s", "With this age: %(said)s")
_ID = re.compile(r"[A-Za-z0-9]{1,40}")


class File(Question):
    """What a picture and a recording share."""

    takes_file: ClassVar[bool] = True
    #: What "check your answers" calls the file.
    called: ClassVar[Fixed]
    #: What the box for choosing a file accepts.
    accepts: ClassVar[str]
    #: Which limits of a file are told beforehand.
    limits: ClassVar[tuple[str, ...]]

    @property
    def is_many(self) -> bool:
        """Tell that words and permission stand beside the file."""
        return True

    @property
    def has_words(self) -> bool:
        """Tell that people may describe what they send."""
        return True

    @property
    def keys(self) -> frozenset[str]:
        """Return no keys: no condition can depend on a file."""
        return frozenset()

    def fields(self, edition: Edition) -> Fields:
        """Return the id of a kept file and the words about it; the file comes by itself."""
        del edition
        return {ANSWER: HiddenField(), WORDS: TextAreaField()}

    def told(self, edition: Edition) -> tuple[Line, ...]:
        """Return which files can be sent, so that nobody learns it from a mistake."""
        said = (TOLD[limit] for limit in self.limits)
        return tuple(Line(words.in_(edition), picture) for words, picture in said)

    def parts(self, edition: Edition) -> tuple[tuple[str, ...], ...]:
        """Ask for the file, and then for the words about it, in easy words."""
        return ((ANSWER,), (WORDS,)) if is_simple(edition) else ()

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept the id of a kept file, or words alone."""
        del edition, stored
        kept, words = first(sent).strip(), tidy(first(sent, WORDS))
        if kept and not _ID.fullmatch(kept):
            raise AnswerError(LOST)
        if len(words) > LONG_LIMIT:
            raise AnswerError(too_long(len(words), LONG_LIMIT), WORDS)
        if kept == ONLY_WORDS:
            kept = ""
        said = (f"{OWN}{words}",) if words else ()
        if not kept:
            return (ONLY_WORDS, *said) if said else ()
        return (kept, *said, *self._permitted(sent))

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return the id, the words and the permission in their fields."""
        del edition
        return {
            ANSWER: tuple(value for value in stored[:1] if value != ONLY_WORDS),
            WORDS: (self.own_words(stored),),
            **{f"{ANSWER}_{name}": (said,) for name, said in permissions(stored).items()},
        }

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return that there is a file, the words about it, and what may be printed."""
        if not stored:
            return ()
        there = () if stored[0] == ONLY_WORDS else (self.called.in_(edition),)
        words = self.own_words(stored)
        return (*there, *((words,) if words else ()), *_spoken(permissions(stored), edition))

    def export(self, stored: Values) -> str:
        """Return the id and the words; a first name stays with the file and its permission."""
        return ";".join(value for value in stored if value.startswith(OWN) or ":" not in value)

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the words from the sheet; a photo of the drawing comes beside them."""
        del edition
        return {WORDS: (typed,)}

    def _permitted(self, sent: Sent) -> Values:
        del sent
        return ()


class Picture(File):
    """A photo or a drawing; nothing of it is printed without a yes."""

    kind: ClassVar[str] = "picture"
    called: ClassVar[Fixed] = Fixed("A picture", "A picture")
    accepts: ClassVar[str] = "image/jpeg,image/png"
    limits: ClassVar[tuple[str, ...]] = ("picture",)
    own_pictures: ClassVar[frozenset[str]] = frozenset(
        {"draw", "write", "quote", "person", "age", "yes", "no", "done"}
    )

    def fields(self, edition: Edition) -> Fields:
        """Return the words about the picture, and a permission for each thing apart."""
        asked = RadioField(validate_choice=False)
        return {**super().fields(edition), PRINT: asked, NAME: StringField(), AGE: StringField()}

    def parts(self, edition: Edition) -> tuple[tuple[str, ...], ...]:
        """Ask for each permission on a page of its own in easy words."""
        asked = super().parts(edition)
        return (*asked, (PRINT,), (NAME,), (AGE,)) if asked else ()

    def part_after(self, number: int, values: Values, edition: Edition) -> int | None:
        """Ask what may be shown only after a picture, and for name and age only after a yes."""
        asked = self.parts(edition)
        there = bool(values) and values[0] != ONLY_WORDS
        done = (asked[number - 1] == (WORDS,) and not there) or (
            asked[number - 1] == (PRINT,) and "print:yes" not in values
        )
        return None if done else super().part_after(number, values, edition)

    def permission(self, sent: Sent, edition: Edition) -> tuple[Choice, ...]:
        """Return the two answers to "may we print it"; neither is chosen beforehand."""
        chosen = first(sent, PRINT)
        return (
            Choice("yes", YES.in_(edition), "yes", chosen == "yes", 1),
            Choice("no", NO.in_(edition), "no", chosen == "no", 2),
        )

    def _permitted(self, sent: Sent) -> Values:
        """Return what may be printed; without a yes to the picture a name is not even kept."""
        answer = first(sent, PRINT)
        if answer not in {"", "yes", "no"}:
            raise AnswerError(NOT_AN_OPTION, PRINT)
        if answer != "yes":
            return ("print:no",) if answer else ()
        allowed = ["print:yes"]
        for field, limit in ((NAME, NAME_LIMIT), (AGE, AGE_LIMIT)):
            said = " ".join(tidy(first(sent, field)).split())
            if len(said) > limit:
                raise AnswerError(too_long(len(said), limit), field)
            if said:
                allowed.append(f"{field.removeprefix(f'{ANSWER}_')}:{said}")
        return tuple(allowed)


class Recording(File):
    """A voice or a video; what is said in it is written down by a person before analysis."""

    kind: ClassVar[str] = "recording"
    takes: ClassVar[frozenset[str]] = frozenset({"media"})
    called: ClassVar[Fixed] = Fixed("A recording", "A recording")
    own_pictures: ClassVar[frozenset[str]] = frozenset({"talk", "video", "wait", "write", "done"})

    @property
    def accepts(self) -> str:  # type: ignore[override]  # depends on the media of the question
        """Return what the box for choosing a file accepts."""
        kinds = {"voice": "audio/*", "video": "video/*"}
        return ",".join(kinds[medium] for medium in kinds if medium in self.allowed)

    @property
    def limits(self) -> tuple[str, ...]:  # type: ignore[override]  # as above
        """Return the limits of what may be sent, and how long it may be."""
        return (*self.allowed, "length")

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return what may be sent; both when the document says nothing."""
        return self.media or ("voice", "video")


def permissions(stored: Values) -> dict[str, str]:
    """Return what is permitted by name: "print", "name" and "age"."""
    marked = (value.partition(":") for value in stored[1:] if not value.startswith(OWN))
    return {name: said for name, colon, said in marked if colon}


def _spoken(allowed: dict[str, str], edition: Edition) -> Iterator[str]:
    if "print" in allowed:
        yield (YES if allowed["print"] == "yes" else NO).in_(edition)
    for name, words in (("name", NAMED), ("age", AGED)):
        if name in allowed:
            yield words.in_(edition) % {"said": allowed[name]}
