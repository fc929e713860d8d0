"""What a safeguarding reader may decide about words, and what each decision needs."""

import dataclasses

NO_CONCERN = "no_concern"


@dataclasses.dataclass(frozen=True)
class Decision:
    """One way to deal with words.

    Attributes:
        label: as the reader sees it.
        means: what the reader does, in one sentence.
        refers: somebody else was told, so reference, time and who told them must be written down.
        returns: whether the words usually come back into the analysis, names removed.
    """

    code: str
    label: str
    means: str
    refers: bool = False
    returns: bool = False


DECISIONS: dict[str, Decision] = {
    one.code: one
    for one in (
        Decision(
            NO_CONCERN, "No concern",
            "Nobody seems at risk. The words join the analysis.", returns=True,
        ),
        Decision(
            "wellbeing_signpost", "Wellbeing: point to help",
            "Somebody is low or worn out but not at risk. Help lines are on the last page.",
            returns=True,
        ),
        Decision(
            "child_referral", "Concern about a child: referral made",
            "You have told Children's Services.", refers=True,
        ),
        Decision(
            "adult_referral", "Concern about an adult: referral made",
            "Somebody of 18 or over with care needs. You have told Adult Social Care.",
            refers=True,
        ),
        Decision(
            "staff_allegation", "Allegation about staff: LADO told",
            "Somebody who works with children may have harmed one. You have told the designated"
            " officer, on the same day.", refers=True,
        ),
        Decision(
            "complaint_redirect", "A complaint: point to the complaints route",
            "About a service, not about safety.", returns=True,
        ),
        Decision(
            "immediate_danger", "Immediate danger: 999 called",
            "Somebody may be hurt now. You have called 999.", refers=True,
        ),
        Decision(
            "raised_on_day", "Raised on the day of the session",
            "The facilitator passed it on at once, by their own setting's procedure.",
            refers=True,
        ),
    )
}  # fmt: skip
REFERRALS = tuple(code for code, one in DECISIONS.items() if one.refers)

#: Reasons that one press gives, for words that only sound like a worry.
QUICK_REASONS = {
    "manner_of_speaking": "A manner of speaking",
    "about_a_service": "About a service; nobody is at risk",
    "in_general": "In general; about nobody in particular",
    "long_dealt_with": "In the past and dealt with, as the words say",
}
TOGETHER = "Read on one page with others; no concern in any of them."
