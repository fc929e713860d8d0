"""How many of those who asked were told what happened, as it may be said in public."""

import dataclasses

from reports.words import wording
from reports.words.facts import Fact

HIDDEN = "not shown, so that nobody can be recognised"
WHEN = {
    "published": "when it was published",
    "6_months": "after 6 months",
    "12_months": "after 12 months",
}
EASY_WHAT = {
    "published": "what we did",
    "6_months": "more after 6 months",
    "12_months": "more after 12 months",
}


@dataclasses.dataclass(frozen=True, slots=True)
class ToldRate:
    """One milestone: how many people were told, of those who asked to be."""

    milestone: str
    fact: Fact

    @property
    def easy(self) -> str:
        """Say it in easy words, where the number may be seen."""
        value = self.fact.value
        if not value:
            return ""
        people = wording.plural(value, *wording.EVERYBODY)
        return f"We told {people} {EASY_WHAT[self.milestone]}."
