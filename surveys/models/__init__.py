"""Tables of the asking: surveys, responses, what comes in beside the page, what is kept apart."""

from surveys.models.answers import (
    CHANNELS,
    HELP_USED,
    RESPONDENT_KINDS,
    Answer,
    AnswerHold,
    LeftOutWords,
    ReadForSafety,
    Response,
    Snapshot,
    SnapshotResponse,
)
from surveys.models.apart import CONTACT_KINDS, Contact, EqualityAnswer, EqualityKey
from surveys.models.asking import (
    MEDIA_USES,
    AttachedMedium,
    LanguageSignOff,
    PrivacyNotice,
    Survey,
    SurveyVersion,
)
from surveys.models.flags import FLAG_DECISIONS, FLAG_KINDS, AnswerMark, ResponseFlag
from surveys.models.gathering import (
    ARTEFACT_KINDS,
    MOST_HEADS,
    PLACE_TYPES,
    Artefact,
    FacilitatedSession,
    Invitation,
    PaperPrint,
    PaperSheet,
    SheetScan,
    SurveyLink,
)
from surveys.models.media import UPLOAD_KINDS, Upload
from surveys.models.rules import ImmutableError
from surveys.models.stopped import StoppedAfter
from surveys.models.telling import (
    FOR_AN_OFFICER,
    MILESTONES,
    REACHED,
    TOLD_STATES,
    Telling,
    Told,
)

__all__ = [
    "ARTEFACT_KINDS",
    "CHANNELS",
    "CONTACT_KINDS",
    "FLAG_DECISIONS",
    "FLAG_KINDS",
    "FOR_AN_OFFICER",
    "HELP_USED",
    "MEDIA_USES",
    "MILESTONES",
    "MOST_HEADS",
    "PLACE_TYPES",
    "REACHED",
    "RESPONDENT_KINDS",
    "TOLD_STATES",
    "UPLOAD_KINDS",
    "Answer",
    "AnswerHold",
    "AnswerMark",
    "Artefact",
    "AttachedMedium",
    "Contact",
    "EqualityAnswer",
    "EqualityKey",
    "FacilitatedSession",
    "ImmutableError",
    "Invitation",
    "LanguageSignOff",
    "LeftOutWords",
    "PaperPrint",
    "PaperSheet",
    "PrivacyNotice",
    "ReadForSafety",
    "Response",
    "ResponseFlag",
    "SheetScan",
    "Snapshot",
    "SnapshotResponse",
    "StoppedAfter",
    "Survey",
    "SurveyLink",
    "SurveyVersion",
    "Telling",
    "Told",
    "Upload",
]
