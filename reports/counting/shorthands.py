"""Marks that stand in a cell where there is no number, or none that can be written down.

They are those of the Government Analysis Function: no cell is empty without a reason, and a share
that is above nought never reads as nought.
"""

from analysis.disclosure import CONFIDENTIAL
from reports.words.facts import Fact

NOT_APPLICABLE = "[z]"
LOW = "[low]"
UNDER_ONE = "under 1%"
"""A share above nought that rounds to nought, as sentences say it."""


def value(fact: Fact) -> str:
    """Write a number for a column of numbers, or the mark that stands for it."""
    return (fact.shorthand or CONFIDENTIAL) if fact.value is None else str(fact.value)


def base(fact: Fact) -> str:
    """Write what a number is out of: not said, or that it is itself the whole."""
    if fact.base is not None:
        return str(fact.base)
    return CONFIDENTIAL if fact.base_key else NOT_APPLICABLE


def share(text: str) -> str:
    """Write a share for a table, where a number or a mark stands alone."""
    return LOW if text == UNDER_ONE else text


def in_hundred(text: str, fact: Fact) -> str:
    """Write a share for data; without one, tell a hidden number from too small a base."""
    if text:
        return share(text)
    return CONFIDENTIAL if fact.value is None or fact.base is None else NOT_APPLICABLE
