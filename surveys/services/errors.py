"""Named refusals of the survey services, each with a message for the person who sees it."""


class SurveyError(ValueError):
    """A survey cannot do what was asked of it; the message says why in plain words."""


class SurveyNotOpenError(SurveyError):
    """The survey has not opened yet, or it has closed."""


class AlreadySentError(SurveyError):
    """The answers have been sent and can no longer be changed."""


class InvitationUsedError(SurveyError):
    """Somebody has answered with this invitation already; it is for one response."""


class NoSafeguardingReaderError(SurveyError):
    """Nobody is named who reads what young people write, so they must not be asked yet."""


class SurveysNotClosedError(SurveyError):
    """Answers can still arrive, so there is nothing final to count."""
