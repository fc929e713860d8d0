"""What can be done with surveys and responses. Nothing here commits or knows the web."""

from surveys.services.answering import (
    discard,
    receipt_code,
    record_page,
    start_response,
    submit,
    switch_edition,
)
from surveys.services.errors import (
    AlreadySentError,
    NoSafeguardingReaderError,
    SurveyError,
    SurveyNotOpenError,
    SurveysNotClosedError,
)
from surveys.services.holds import hold, release
from surveys.services.publishing import close_survey, import_survey, open_survey
from surveys.services.receipts import response_for_receipt, withdraw
from surveys.services.snapshots import take_snapshot

__all__ = [
    "AlreadySentError",
    "NoSafeguardingReaderError",
    "SurveyError",
    "SurveyNotOpenError",
    "SurveysNotClosedError",
    "close_survey",
    "discard",
    "hold",
    "import_survey",
    "open_survey",
    "receipt_code",
    "record_page",
    "release",
    "response_for_receipt",
    "start_response",
    "submit",
    "switch_edition",
    "take_snapshot",
    "withdraw",
]
