"""Respondents' pages: one question a page, saved on Continue, in every edition, without scripts.

A GET changes nothing. A page whose next page was shown has been committed.
"""

from surveys.respond import (
    about_you,
    answering,
    coming_back,
    editions,
    grown_up,
    privacy,
    sending,
    taking_part,
    tell_me,
)
from surveys.respond.moves import blueprint

__all__ = [
    "about_you",
    "answering",
    "blueprint",
    "coming_back",
    "editions",
    "grown_up",
    "privacy",
    "sending",
    "taking_part",
    "tell_me",
]
