"""One question made ready for a template: plain values, worked out beforehand."""

import dataclasses

from markupsafe import Markup

from surveys.questions.base import ANSWER, Group, Question, Row, Sent, Values, first
from surveys.questions.wording import Choice, Edition, is_simple


@dataclasses.dataclass(frozen=True)
class Shown:
    """What the macros `screen` and `paper` of a kind's template are given.

    Attributes:
        heading: the question in the words of the edition.
        hint: help under it, as the page draws it.
        fields: what stands in each field: what was sent, or else what is stored.
        groups: the options of the field "answer", in the groups of a long list.
        rows: the lines of a question that asks several things alike.
        error: what is wrong, in the words of the edition.
        wrong: the fields that are wrong; a control with the id of the first is on the page.
        sprite: address of the pictures; empty in an edition without pictures.
        note: what the page found out for somebody who asked it to help.
        uploads_at: where the page shows the person's own upload, without its id.
        part: the fields that this page asks for; empty for all.
    """

    question: Question
    edition: Edition
    heading: str
    hint: Markup
    fields: Sent
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    error: str
    wrong: tuple[str, ...]
    sprite: str
    note: str
    uploads_at: str
    part: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Tell whether this page asks for a field; in easy read it may be only one of several."""
        return not self.part or name in self.part

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return the options of the field "answer" in the order of the page."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @property
    def easy(self) -> bool:
        """Tell whether the page speaks in easy words."""
        return is_simple(self.edition)

    def value(self, name: str = ANSWER) -> str:
        """Return what stands in a field of one value."""
        return first(self.fields, name)

    @property
    def error_field(self) -> str:
        """Return the first field that is wrong, where the page leads somebody to mend it."""
        return self.wrong[0] if self.wrong else ""

    def error_at(self, name: str = ANSWER) -> str:
        """Return the error when it is shown at this field."""
        return self.error if self.error_field == name else ""

    def is_wrong(self, name: str) -> bool:
        """Tell whether the error is about this field, wherever it is shown."""
        return name in self.wrong


def shown(  # noqa: PLR0913, PLR0917  # each is a part of the page that somebody else draws
    question: Question,
    edition: Edition,
    values: Values = (),
    sent: Sent | None = None,
    error: str = "",
    wrong: tuple[str, ...] = (ANSWER,),
    sprite: str = "",
    hint: Markup | str = "",
    uploads_at: str = "",
    part: tuple[str, ...] = (),
) -> Shown:
    """Make a question ready; after a mistake what was sent stands in place of what is stored."""
    fields = question.filled(values, edition) if sent is None else sent
    return Shown(
        question=question,
        edition=edition,
        heading=question.text.in_(edition),
        hint=Markup(hint),  # noqa: S704  # drawn by a template, which has escaped it
        fields=fields,
        groups=question.grouped(question.choices(fields.get(ANSWER, ()), edition), fields, edition),
        rows=tuple(row for row in question.lines(fields, edition) if not part or row.name in part),
        error=error,
        wrong=_shown_at(wrong, part) if error else (),
        sprite=sprite,
        note="" if sent is None or error else question.found(fields, edition),
        uploads_at=uploads_at,
        part=part,
    )


def _shown_at(wrong: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields at which a mistake is shown: some that are on this page."""
    return tuple(name for name in wrong if not part or name in part) or part[:1]
