"""Tables of shared text: the groups the machine proposes and, apart from them, what people say."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.orm import Base, Code, IdKey, IdRef

GROUP_VERBS = ("confirmed", "not_a_campaign", "undone")
MEMBER_VERBS = ("taken_out", "put_back")


class CopyGroup(Base):
    """Texts of one run that share their words, as the machine found them: never edited."""

    __tablename__ = "copy_group"
    __table_args__ = (
        UniqueConstraint("run_id", "key", name="one_key_per_run"),
        CheckConstraint("texts >= 3", name="shared_by_three"),
    )

    id: Mapped[IdKey]
    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"))
    key: Mapped[Code]
    shared_text: Mapped[str] = mapped_column(Text)
    texts: Mapped[int]
    members: Mapped[list["CopyMember"]] = relationship(
        order_by="(CopyMember.identical.desc(), CopyMember.response_id, CopyMember.question)"
    )


class CopyMember(Base):
    """One text of a group: how like it is, and what its writer added (redacted)."""

    __tablename__ = "copy_member"
    __table_args__ = (
        CheckConstraint("likeness BETWEEN 0 AND 1", name="likeness_is_a_share"),
        CheckConstraint("NOT identical OR additions = ''", name="identical_adds_nothing"),
    )

    group_id: Mapped[IdRef] = mapped_column(ForeignKey("copy_group.id"), primary_key=True)
    response_id: Mapped[IdRef] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    identical: Mapped[bool]
    likeness: Mapped[float]
    additions: Mapped[str] = mapped_column(Text)


class CopyDecision(Base):
    """What one person said about a group or one of its texts; the newest counts, all are kept."""

    __tablename__ = "copy_decision"
    __table_args__ = (
        CheckConstraint(
            "(verb IN ('confirmed', 'not_a_campaign', 'undone') AND response_id IS NULL"
            " AND question IS NULL) OR (verb IN ('taken_out', 'put_back')"
            " AND response_id IS NOT NULL AND question IS NOT NULL)",
            name="verb_fits_what_it_is_about",
        ),
        CheckConstraint("verb <> 'not_a_campaign' OR why <> ''", name="refused_with_reason"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    group_id: Mapped[IdRef] = mapped_column(ForeignKey("copy_group.id"))
    key: Mapped[Code]
    number: Mapped[int]
    verb: Mapped[str] = mapped_column(String(20))
    response_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("response.id"))
    question: Mapped[str | None] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[dt.datetime]
