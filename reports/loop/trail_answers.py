"""How a published answer stands today: what was printed, and what came after it was."""

import dataclasses

from reports.documents.document import STATUS_WORDS, Entry, Status
from reports.documents.familywords import FamilyWord
from reports.entries.afterwards import Afterwards


@dataclasses.dataclass(frozen=True, slots=True)
class AnswerNow:
    """One published answer to a theme, as it stands today.

    Attributes:
        status: its shape; "doing" for what families hold open.
        label: the word beside it: "Done", "Reopened".
        late: "Update due 1 November 2026", or empty.
        families: the newest word of each body of families.
        refused: names of bodies that do not agree with the answer.
    """

    entry: Entry
    status: Status
    label: str
    late: str
    families: tuple[FamilyWord, ...]
    refused: tuple[str, ...]


def as_it_stands(entry: Entry, after: Afterwards) -> AnswerNow:
    """Put what came after publication on top of what was printed.

    Families can hold "Done" back at any time, and nobody has to publish for it to be seen.
    """
    newest = {word.body: word for word in entry.verdict.given}
    newest |= {word.body: word for word in after.said.get(entry.key, ())}
    families = tuple(newest.values())
    signed = (*entry.answer.signatures, *after.refused.get(entry.key, ()))
    refused = tuple(dict.fromkeys(one.body for one in signed if one.state == "refused"))
    reopened = entry.answer.reopened or _is_held_open(entry, families)
    status: Status = (
        "doing" if reopened or _is_refused(entry, families, refused) else (entry.answer.status)
    )
    return AnswerNow(
        entry,
        status,
        "Reopened" if reopened else STATUS_WORDS[status],
        after.late.get(entry.key, ""),
        families,
        refused,
    )


def _is_held_open(entry: Entry, families: tuple[FamilyWord, ...]) -> bool:
    return entry.answer.response_type == "done" and any(w.value == "not_yet" for w in families)


def _is_refused(entry: Entry, families: tuple[FamilyWord, ...], refused: tuple[str, ...]) -> bool:
    """Tell whether a body that has not judged the answer refuses to call it done."""
    judged = {word.body for word in families}
    return entry.answer.response_type == "done" and any(body not in judged for body in refused)
