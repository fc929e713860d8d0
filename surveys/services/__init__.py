"""What can be done with surveys and responses. Nothing here commits or knows the web."""

from surveys.services.answering import (
    FORGOT_UNSENT,
    discard,
    forget_unsent,
    grown_up_is_there,
    keep_page,
    record_page,
    start_response,
    switch_edition,
)
from surveys.services.contacts import (
    FORMATS,
    delete_contacts,
    delete_old_contacts,
    delete_on,
    export_contacts,
    keep_contact,
    remove_contact,
)
from surveys.services.equality import (
    KeyDestroyedError,
    destroy_keys,
    given_so_far,
    keep_equality,
    takes_answers,
)
from surveys.services.errors import (
    AlreadySentError,
    InvitationUsedError,
    NoSafeguardingReaderError,
    SurveyError,
    SurveyNotOpenError,
    SurveysNotClosedError,
)
from surveys.services.flags import FlagError, decide, raise_flags
from surveys.services.holds import (
    hold,
    hold_artefact,
    mark_read,
    mark_unread,
    release,
    release_artefact,
)
from surveys.services.notices import have_notice, notice_for, publish_notice
from surveys.services.publishing import (
    close_survey,
    import_survey,
    open_survey,
    pause_survey,
    resume_survey,
)
from surveys.services.receipts import (
    erase_read_words,
    is_in_snapshot,
    response_for_receipt,
    withdraw,
)
from surveys.services.sending import (
    change_receipt,
    receipt_code,
    response_to_come_back_to,
    return_code,
    shown_return_code,
    submit,
)
from surveys.services.snapshots import take_snapshot
from surveys.services.transcripts import transcribe, uploads_of

__all__ = [
    "FORGOT_UNSENT",
    "FORMATS",
    "AlreadySentError",
    "FlagError",
    "InvitationUsedError",
    "KeyDestroyedError",
    "NoSafeguardingReaderError",
    "SurveyError",
    "SurveyNotOpenError",
    "SurveysNotClosedError",
    "change_receipt",
    "close_survey",
    "decide",
    "delete_contacts",
    "delete_old_contacts",
    "delete_on",
    "destroy_keys",
    "discard",
    "erase_read_words",
    "export_contacts",
    "forget_unsent",
    "given_so_far",
    "grown_up_is_there",
    "have_notice",
    "hold",
    "hold_artefact",
    "import_survey",
    "is_in_snapshot",
    "keep_contact",
    "keep_equality",
    "keep_page",
    "mark_read",
    "mark_unread",
    "notice_for",
    "open_survey",
    "pause_survey",
    "publish_notice",
    "raise_flags",
    "receipt_code",
    "record_page",
    "release",
    "release_artefact",
    "remove_contact",
    "response_for_receipt",
    "response_to_come_back_to",
    "resume_survey",
    "return_code",
    "shown_return_code",
    "start_response",
    "submit",
    "switch_edition",
    "take_snapshot",
    "takes_answers",
    "transcribe",
    "uploads_of",
    "withdraw",
]
