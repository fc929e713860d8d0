"""A question of every kind with an answer to it, for tests that go through all kinds."""

import datetime as dt
import functools
from decimal import Decimal
from pathlib import Path

from engage import taxonomy
from surveys import document
from surveys.questionnaire import Questionnaire, build
from surveys.questions import KINDS, LANGUAGES, Option, Question, Sent, Values, Wording

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
EVERY_KIND = QUESTIONNAIRES / "every_kind.yaml"
TODAY = functools.partial(taxonomy.terms, on=dt.date(2026, 11, 21))
KEYS = ("a", "b", "c")


def say(standard: str, easy: str) -> Wording:
    """Return words that are there in every language too."""
    return Wording(standard, easy, {language: f"{language} {standard}" for language in LANGUAGES})


def option(key: str, picture: str = "yes", **more: str | bool) -> Option:
    return Option(key, say(key.upper(), f"easy {key}"), picture, **more)  # type: ignore[arg-type]  # names and words


OPTIONS = tuple(option(key) for key in KEYS)
TALKING = (option("a"), option("b"), option("other", say_what=True))
DISTRICTS = tuple(option(key) for key in ("E07000243", "E07000099", "E07000242", "outside"))

#: Settings each kind needs, beside words and a picture.
NEEDS: dict[str, dict[str, object]] = {
    "single": {"options": OPTIONS},
    "multi": {"options": OPTIONS, "facts": True},
    "faces3": {"feeling": True},
    "scale10": {"ends": (say("bad", "not good"), say("good", "very good"))},
    "number": {"lowest": Decimal(0), "highest": Decimal(500), "unit": say("hours", "hours")},
    "area": {"options": DISTRICTS, "facts": True, "list_name": "districts"},
    "ranking": {"options": OPTIONS, "facts": True, "limit": 2},
    "matrix": {"options": OPTIONS, "rows": (option("x"), option("y"))},
    "votes": {"rows": (option("x"), option("y"))},
}

#: What a page sends, and what is stored of it.
GOOD: dict[str, tuple[Sent, Values]] = {
    "information": ({}, ()),
    "single": ({"answer": ["b"]}, ("b",)),
    "multi": ({"answer": ["a", "c"]}, ("a", "c")),
    "yes_no": ({"answer": ["not_sure"]}, ("not_sure",)),
    "agree5": ({"answer": ["agree"]}, ("agree",)),
    "yes_sometimes_no": ({"answer": ["sometimes"]}, ("sometimes",)),
    "faces3": ({"answer": ["happy"]}, ("happy",)),
    "scale10": ({"answer": ["0"]}, ("0",)),
    "number": ({"answer": ["12"]}, ("12",)),
    "date": (
        {"answer_day": ["27"], "answer_month": ["March"], "answer_year": ["2026"]},
        ("2026-03-27",),
    ),
    "short_text": ({"answer": ["Sunny"]}, ("Sunny",)),
    "long_text": ({"answer": ["One line.\nAnother."]}, ("One line.\nAnother.",)),
    "area": ({"answer": ["E07000243"]}, ("E07000243",)),
    "ranking": ({"answer_1": ["c"], "answer_2": ["a"]}, ("c", "a")),
    "matrix": ({"answer_x": ["b"], "answer_y": ["c"]}, ("x:b", "y:c")),
    "votes": ({"answer_x": ["agree"], "answer_y": ["pass"]}, ("x:agree", "y:pass")),
    "picture": (
        {
            "answer": ["0a1b"],
            "answer_words": ["My school"],
            "answer_print": ["yes"],
            "answer_name": ["Sky"],
            "answer_age": ["10"],
        },
        ("0a1b", "=My school", "print:yes", "name:Sky", "age:10"),
    ),
    "recording": ({"answer": ["0a1b"], "answer_words": ["More"]}, ("0a1b", "=More")),
}

#: What cannot be kept, and the first field that is wrong.
BAD: dict[str, tuple[Sent, str]] = {
    "single": ({"answer": ["z"]}, "answer"),
    "multi": ({"answer": ["a", "z"]}, "answer"),
    "yes_no": ({"answer": ["happy"]}, "answer"),
    "agree5": ({"answer": ["yes"]}, "answer"),
    "yes_sometimes_no": ({"answer": ["happy"]}, "answer"),
    "faces3": ({"answer": ["yes"]}, "answer"),
    "scale10": ({"answer": ["11"]}, "answer"),
    "number": ({"answer": ["501"]}, "answer"),
    "date": (
        {"answer_day": ["31"], "answer_month": ["x"], "answer_year": ["2026"]},
        "answer_month",
    ),
    "short_text": ({"answer": ["x" * 201]}, "answer"),
    "long_text": ({"answer": ["x" * 4001]}, "answer"),
    "area": ({"answer_postcode": ["ZZ9"]}, "answer_postcode"),
    "ranking": ({"answer_1": ["c"], "answer_2": ["c"]}, "answer_2"),
    "matrix": ({"answer_x": ["b"], "answer_y": ["z"]}, "answer_y"),
    "votes": ({"answer_x": ["maybe"]}, "answer_x"),
    "picture": ({"answer": ["0a1b"], "answer_print": ["maybe"]}, "answer_print"),
    "recording": ({"answer": ["../up"]}, "answer"),
}

#: What somebody types from the sheet that says the same as GOOD, in the standard edition.
TYPED: dict[str, tuple[str, Values]] = {
    "information": ("", ()),
    "single": ("2", ("b",)),
    "multi": ("1 3", ("a", "c")),
    "yes_no": ("3", ("not_sure",)),
    "agree5": ("2", ("agree",)),
    "yes_sometimes_no": ("2", ("sometimes",)),
    "faces3": ("1", ("happy",)),
    "scale10": ("0", ("0",)),
    "number": ("12", ("12",)),
    "date": ("27/3/26", ("2026-03-27",)),
    "short_text": ("Sunny", ("Sunny",)),
    "long_text": ("3 cheers for the SENCO", ("3 cheers for the SENCO",)),
    "area": ("1", ("E07000243",)),
    "ranking": ("3 1", ("c", "a")),
    "matrix": ("1=2 2=3", ("x:b", "y:c")),
    "votes": ("1 3", ("x:agree", "y:pass")),
    "picture": ("My school", ("words", "=My school")),
    "recording": ("More", ("words", "=More")),
}


def ask(kind: str, **more: object) -> Question:
    """Return a well-written question of a kind, with some settings changed."""
    settings = {"text": say("The question", "The easy question"), "picture": "question"}
    return KINDS[kind](code="XX1", **settings | NEEDS.get(kind, {}) | more)  # type: ignore[arg-type]  # each kind gets what it knows


@functools.cache
def every_kind() -> Questionnaire:
    """Return the questionnaire that asks a question of every kind."""
    return build(document.complete(document.load(EVERY_KIND), TODAY))
