"""What the people of the small consultation say about themselves: district, support, age."""

import itertools
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from surveys.models import Answer, Response

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
