"""One public number, the smallest thing that every part of a published report is made of."""

import dataclasses
from typing import Literal

Hidden = Literal["[c]", "[r]", "[z]", "[low]"]


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One public number: what it counts, out of whom, and the sentence that says it.

    Attributes:
        key: stable name, unique in a publication ("entry/waiting-times/parent_carer").
        value: people or things counted; None when it is hidden.
        base: everybody the count is out of; None where the count is itself the whole.
        shorthand: "[c]" hidden to protect people, "[r]" revised since the last version.
        wording: the number in a sentence with its base.
        audience, theme_id, question, option: what was counted, for a recount.
        held: the earlier version that this number was counted for, or nought.
        base_key: the key of the number that is the base.
    """

    key: str
    value: int | None
    base: int | None
    wording: str
    shorthand: Hidden | None = None
    audience: str | None = None
    theme_id: str | None = None
    question: str | None = None
    option: str | None = None
    held: int = 0
    base_key: str = ""
