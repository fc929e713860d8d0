"""What families say to an answer, and what is measured of it, as a published report holds them."""

import dataclasses
import datetime as dt
from typing import Literal

from reports.words.easylines import EasyLine

VerdictValue = Literal["felt", "partly", "not_yet"]
VERDICT_WORDS: dict[VerdictValue, str] = {
    "felt": "We feel it",
    "partly": "Partly",
    "not_yet": "Not yet",
}
EASY_VERDICTS: dict[VerdictValue, EasyLine] = {
    "felt": EasyLine("They say: we feel the change.", "yes"),
    "partly": EasyLine("They say: we feel some change.", "sometimes"),
    "not_yet": EasyLine("They say: we feel no change yet.", "no"),
}
REDACTED: dict[str, str] = {
    "personal_data": "Words taken out, because they could point at somebody.",
    "harm": "Words taken out, because they could harm somebody.",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """One piece of evidence: what is measured, where it began, where it is, and who says so."""

    name: str
    baseline: str
    current: str
    as_at: dt.date
    source: str


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """What a body of families says to an answer as it stands: agreed, refused, or not signed.

    `redaction` says why the words of a refusal were taken out; the refusal stays. `later` marks
    what was said after the version was published, in a file that was made anew.
    """

    body: str
    easy_body: str
    state: Literal["waiting", "agreed", "refused"]
    note: str
    on: dt.date | None
    id: str = ""
    redaction: str = ""
    later: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FamilyWord:
    """One body's verdict. Its value stays; `redaction` says why its words were taken out.

    `later` marks what was said after the version was published, in a file that was made anew.
    """

    id: str
    body: str
    easy_body: str
    value: VerdictValue
    text: str
    given_on: dt.date
    redaction: str = ""
    later: bool = False
