"""The equality questions: one versioned block, built from the same parts as a questionnaire.

Their wording is harmonised across public bodies, so it is fixed by a version of its own and that
version is kept with each answer.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any

from engage import taxonomy
from surveys import document
from surveys.editions import translating
from surveys.questionnaire import Page, Questionnaire, build
from surveys.questions import Values

AGE_LIST = "adult_ages"


@dataclasses.dataclass(frozen=True)
class Block:
    """The equality questions of one version.

    Attributes:
        under_16: codes of the questions that children under 16 are asked.
    """

    version: str
    questionnaire: Questionnaire
    under_16: frozenset[str]

    def asked(self, *, child: bool, age_known: bool) -> tuple[Page, ...]:
        """Return the pages for somebody: few for a child, no age for who has told it already."""
        return tuple(
            page
            for page in self.questionnaire.pages
            if (not child or page.question.code in self.under_16)
            and not (age_known and page.question.list_name == AGE_LIST)
        )

    def path(self, pages: tuple[Page, ...], answers: Mapping[str, Values]) -> tuple[Page, ...]:
        """Return those of some pages that follow from the answers so far."""
        return tuple(page for page in pages if self.leads_to(page, answers))

    def leads_to(self, page: Page, answers: Mapping[str, Values]) -> bool:
        """Tell whether a page's condition holds."""
        return page.when is None or page.when.holds(answers, "")

    def gate_of(self, code: str) -> tuple[str, frozenset[str]] | None:
        """Return the question and answers on which a question depends, or None for all."""
        when = self.questionnaire.page_of(code).when
        if when is None:
            return None
        (before,) = when.questions()
        keys = self.questionnaire.questions[before].keys
        return before, frozenset(key for key in keys if when.holds({before: (key,)}, ""))


@functools.lru_cache(maxsize=4)
def block(on: dt.date) -> Block:
    """Return the shipped block with the code lists of a day filled in."""
    source = _source()
    asked = {name: part for name, part in source.items() if name not in {"version", "under_16"}}
    lists = functools.partial(taxonomy.terms, on=on)
    filled = translating.with_translations(document.complete(asked, lists))
    return Block(
        version=str(source["version"]),
        questionnaire=build(filled, digest=document.digest(document.canonical(filled))),
        under_16=frozenset(source["under_16"]),
    )


@functools.cache
def _source() -> dict[str, Any]:
    return document.load(document.EQUALITY)
