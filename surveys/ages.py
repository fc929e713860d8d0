"""How old somebody says they are, where a survey asks it: some things are not for children."""

from collections.abc import Mapping

from surveys.questionnaire import Questionnaire
from surveys.questions import Values

OWN_AGE_LIST = "young_person_ages"
YOUNG_AUDIENCE = "young_person"
GROWING_UP = 16


def age_known(read: Questionnaire, answers: Mapping[str, Values]) -> bool:
    """Tell whether somebody has told their own age band."""
    return bool(_bands(read, answers))


def may_be_under_16(read: Questionnaire, answers: Mapping[str, Values]) -> bool:
    """Tell whether a child may be answering; a young person who did not say counts as one."""
    bands = _bands(read, answers)
    if not bands:
        return read.audience == YOUNG_AUDIENCE
    return any(_from(band) < GROWING_UP for band in bands)


def _bands(read: Questionnaire, answers: Mapping[str, Values]) -> Values:
    asked = (
        code for code, question in read.questions.items() if question.list_name == OWN_AGE_LIST
    )
    return tuple(band for code in asked for band in answers.get(code, ()))


def _from(band: str) -> int:
    first = band.partition("_")[0]
    return int(first) if first.isdigit() else 0
