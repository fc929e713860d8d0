"""Which questions a report prints, and in which order: what somebody has chosen."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdRef
from reports.findings.tally import BY
from surveys.models.rules import one_of

UNGROUPED = "none"


class ReportFinding(Base):
    """One question in the arrangement of a report; without any row the usual order stands.

    Attributes:
        grouped_by: how people are told apart in a second table; "none" for no such table.
    """

    __tablename__ = "report_finding"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position_from_zero"),
        CheckConstraint(one_of("grouped_by", (UNGROUPED, *BY)), name="grouping_known"),
    )

    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    position: Mapped[int]
    is_included: Mapped[bool]
    grouped_by: Mapped[Code] = mapped_column(default=UNGROUPED)
