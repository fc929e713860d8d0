"""What the people of the small consultation say about themselves, and who of them was told."""

import itertools
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from reports.models import Report
from surveys.models import Answer, Response, Telling, Told
from tests.factories import NOW

STEVENAGE, WATFORD, DACORUM = "E07000243", "E07000103", "E07000096"


def tell(
    session: Session, people: Sequence[Response], question: str, answers: Mapping[str, int]
) -> None:
    """Let people answer a question, as many with each answer as asked, in their order."""
    values = itertools.chain.from_iterable([value] * n for value, n in answers.items())
    session.add_all(
        Answer(response_id=person.id, question=question, position=0, value=value)
        for person, value in zip(people, values, strict=False)
    )
    session.flush()


def round_of(session: Session, report: Report, *, told: int, others: int, state: str) -> Telling:
    """Tell so many people of a report, and leave the others in the state that is named."""
    opened = Telling(
        consultation_id=report.consultation_id, milestone="published", salt=b"s" * 32,
        began_on=NOW.date(),
    )  # fmt: skip
    session.add(opened)
    session.flush()
    for number in range(1, told + others + 1):
        reached = number <= told
        session.add(
            Told(
                telling_id=opened.id, number=number, state="told" if reached else state,
                told_on=NOW.date() if reached else None,
            )
        )  # fmt: skip
    session.commit()
    return opened
