"""What a reader says about words, what it has to hold, and why it may be refused."""

import contextlib
import dataclasses
import datetime as dt

from engage.consultations import HERE
from engage.safeguarding.decisions import DECISIONS

LONGEST_REASON = 2_000
LONGEST_REFERENCE = 120


class SafeguardingError(ValueError):
    """Something cannot be done as it is; the message says what to do and nothing of a case.

    Attributes:
        field: of the form, where it can be mended.
    """

    field = "decision"


class ReasonError(SafeguardingError):
    """Nobody could see why something was decided."""

    field = "reason"


class ReferralError(SafeguardingError):
    """What was passed on is not written down whole."""

    field = "reference"


class SamePersonError(SafeguardingError):
    """Two different people must agree that there is no concern."""


class WordsChangedError(SafeguardingError):
    """The words are not those that the reader has seen."""


class ReadAlreadyError(SafeguardingError):
    """Somebody else decided meanwhile."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a reader decides about one text.

    Attributes:
        words: fingerprint of the words that the reader has seen.
        stands: `SafeguardingItem.standing` when the reader opened it; None expects nothing.
        returns: the words may be used, names removed.
        reference: number of the referral in the system where it was made.
        referred_by: who made the referral.
    """

    decision: str
    reason: str
    words: str
    returns: bool
    reference: str = ""
    referred_at: dt.datetime | None = None
    referred_by: str = ""
    stands: str | None = None


def require_whole(verdict: Verdict, now: dt.datetime) -> None:
    """Raise SafeguardingError when a verdict lacks what its decision asks for."""
    decision = DECISIONS.get(verdict.decision)
    if decision is None:
        message = "Choose what you decide."
        raise SafeguardingError(message)
    require_reason(verdict.reason)
    if not decision.refers:
        return
    if not (verdict.reference.strip() and verdict.referred_by.strip() and verdict.referred_at):
        message = (
            "Write down the reference, the day and time when it was passed on, and who did it."
        )
        raise ReferralError(message)
    if len(verdict.reference) > LONGEST_REFERENCE or len(verdict.referred_by) > LONGEST_REFERENCE:
        message = f"Reference and name have at most {LONGEST_REFERENCE} letters each."
        raise ReferralError(message)
    if verdict.referred_at > now:
        message = "It cannot have been passed on in the future. Check day and time."
        raise ReferralError(message)


def moment_of(day: str, time: str) -> dt.datetime | None:
    """Return a moment of British time as somebody typed it; None while day or time is missing.

    Raises ReferralError where both are there and nobody could tell when that is.
    """
    typed = f"{day.strip()} {time.strip().replace('.', ':')}"
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d %B %Y %H:%M"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(typed, form).replace(tzinfo=HERE).astimezone(dt.UTC)
    if day.strip() and time.strip():
        message = "Write the day as in 27/3/2026 and the time as in 14:05."
        raise ReferralError(message)
    return None


def require_reason(reason: str) -> None:
    """Raise SafeguardingError when nobody could see why something was decided."""
    if not reason.strip():
        message = "Write down why, in a sentence."
        raise ReasonError(message)
    if len(reason) > LONGEST_REASON:
        message = f"A reason has at most {LONGEST_REASON} letters. Shorten it."
        raise ReasonError(message)
