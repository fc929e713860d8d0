"""Where people stopped who never sent their answers: a count for each question, and nobody's row.

It is written at the moment their answers are deleted, out of nothing but the last question they
went past. It holds no time, no answer and no way back to a response.
"""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdRef
from surveys.models.rules import one_of
from surveys.questions import EDITIONS


class StoppedAfter(Base):
    """How many people stopped after one page of one version, in one edition.

    Attributes:
        page: id of the last page they sent; empty for those who sent none.
    """

    __tablename__ = "stopped_after"
    __table_args__ = (
        CheckConstraint(one_of("edition", EDITIONS), name="edition_known"),
        CheckConstraint("people >= 1", name="people_counted"),
        {"sqlite_with_rowid": False},
    )

    survey_version_id: Mapped[IdRef] = mapped_column(
        ForeignKey("survey_version.id"), primary_key=True
    )
    edition: Mapped[Code] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(String(80), primary_key=True)
    people: Mapped[int]
