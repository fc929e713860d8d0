"""One plain sentence for each question, in standard words and in easy read, made from its facts.

A sentence names its base, uses a word for size only as `wording.size_word` allows, and calls an
answer the most frequent only where no hidden number could be larger.
"""

import dataclasses
from collections.abc import Sequence

from reports.findings import intervals
from reports.findings.bands import Line, Panel
from reports.words import wording
from reports.words.easylines import EasyLine
from surveys.questions import Question

NOT_SHOWN = "The answers are not shown, so that nobody can be recognised."
EASY_NOT_SHOWN = EasyLine("We keep these answers private.", "private")
NOBODY = "Nobody answered this question."
EASY_NOBODY = EasyLine("No one answered this question.", "no_words")
LONGEST_EASY = 15
_EASY_SIZES = {
    "few": "A few", "some": "Some", "many": "Many", "most": "Most", "nearly all": "Nearly all",
    "all": "All",
}  # fmt: skip
_VERBS = {"multi": "chose", "number": "gave", "date": "gave"}


@dataclasses.dataclass(frozen=True, slots=True)
class Lead:
    """The answer that a sentence is about: the largest number that may be shown.

    Attributes:
        is_most: no other answer was given more often, whatever is hidden.
        is_largest_shown: a number that is hidden could be larger, but none that is shown.
    """

    panel: Panel
    line: Line
    audience: str
    value: int
    base: int
    is_most: bool
    is_largest_shown: bool = False

    @property
    def size(self) -> str | None:
        """Return the word for its size; None on a base under ten."""
        return wording.size_word(self.value, self.base)


def lead(
    panel: Panel, audience: str, base: int | None, values: Sequence[int | None]
) -> Lead | None:
    """Return the answer to speak of, or None when nothing may be shown.

    Args:
        panel: the table it stands in.
        audience: code of the audience.
        base: people who answered; None when that is hidden.
        values: the number of each line as it may be shown.
    """
    known = [(value, -place) for place, value in enumerate(values) if value]
    if base is None or not known:
        return None
    value, place = max(known)
    hidden = None in values
    others = [one for one in values if one is not None]
    if hidden and not panel.adds_up:
        is_most = False
    else:
        is_most = others.count(value) == 1 and (not hidden or value > base - sum(others))
    largest = hidden and not is_most and others.count(value) == 1
    return Lead(panel, panel.lines[-place], audience, value, base, is_most, largest)


def said(question: Question, panel: Panel, line: Line) -> str:
    """Return what somebody did who gave an answer: "said “Agree”"."""
    if line.option.startswith(":first."):
        return f"put “{line.label}” first"
    if panel.name == ":any":
        return f"put “{line.label}” among their first {question.limit or len(panel.lines)}"
    about = f" about “{panel.title}”" if panel.name else ""
    return f"{_VERBS.get(question.kind, 'said')} “{line.label}”{about}"


def headline(question: Question, found: Lead | None) -> str:
    """Say the finding in one sentence."""
    if found is None:
        return NOT_SHOWN
    did = said(question, found.panel, found.line)
    if found.size is None:
        who = wording.share(found.value, found.base, found.audience, who="who answered")
        return f"{who} {did}."
    who = wording.audience(found.audience)
    if found.size == "all":
        return f"All {wording.number(found.base)} {who} who answered {did}."
    weak = found.value * 2 <= found.base
    more = ", more than any other answer" if weak and found.is_most else ""
    if weak and found.is_largest_shown:
        more = ", the largest number that is shown"
    of = f"{wording.number(found.value)} of {wording.number(found.base)}"
    per_cent = intervals.percent(found.value, found.base)
    return f"{_size(found.size)} {who} who answered {did}{more}: {of} ({per_cent})."


def easy(question: Question, found: Lead | None) -> tuple[EasyLine, ...]:
    """Say the same in easy read: one idea a line, no per cent, the base on a line of its own."""
    if found is None:
        return (EASY_NOT_SHOWN,)
    who = wording.easy_audience(found.audience, found.base)
    size = _EASY_SIZES.get(found.size or "")
    label, picture = found.line.easy_label.rstrip("."), found.line.picture
    start = f"{size} {who}" if size else f"{found.value} of {found.base} {who}"
    verb = "picked" if question.kind in {"multi", "ranking"} else "said"
    lines = [EasyLine(f"{start} {verb}: {label}.", picture)]
    if len(lines[0].text.split()) > LONGEST_EASY:
        lines = [EasyLine(f"{start} {verb} this:", picture), EasyLine(f"{label}.", picture)]
    if found.panel.name and found.panel.easy_title and found.panel.adds_up:
        lines.insert(0, EasyLine(found.panel.easy_title, found.panel.picture))
    if size:
        of = f"{wording.number(found.value)} out of {wording.number(found.base)}"
        lines.append(EasyLine(f"That is {of} people.", "count"))
    return tuple(lines)


def only_counted(audience: str, answered: int | None, asked: int | None) -> str:
    """Say how many answered a question whose words or files are not counted here."""
    if answered is None or asked is None:
        return NOT_SHOWN
    of = wording.share(answered, asked, audience, who="who were asked")
    return f"{of} answered in their own way."


def easy_only_counted(audience: str, answered: int | None) -> EasyLine:
    """Say the same in easy read."""
    if answered is None:
        return EASY_NOT_SHOWN
    who = wording.easy_audience(audience, answered)
    return EasyLine(f"{wording.number(answered)} {who} told us in their own words.", "write")


def _size(word: str) -> str:
    return f"{word[0].upper()}{word[1:]}"
