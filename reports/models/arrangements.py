"""Tables of the builder: the parts of a report in order, and who checked its easy read."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef, Slug

_KINDS = (
    "('headlines', 'entries', 'quotes', 'findings', 'raised', 'words', 'profile', 'map',"
    " 'refusals', 'not_heard', 'method', 'text')"
)
_OWED = "('entries', 'refusals', 'not_heard', 'method')"


class ReportSection(Base):
    """One part of a draft at its place; there are rows once somebody changed the usual order."""

    __tablename__ = "report_section"
    __table_args__ = (
        UniqueConstraint("report_id", "key"),
        CheckConstraint(f"kind IN {_KINDS}", name="known_kind"),
        CheckConstraint(f"shown OR kind NOT IN {_OWED}", name="what_readers_are_owed_stays"),
        CheckConstraint(
            "(kind = 'text') = (heading <> '') AND (kind = 'text' OR words = '')",
            name="only_text_has_words",
        ),
        CheckConstraint("easy_words = '' OR easy_heading <> ''", name="easy_words_have_heading"),
    )

    id: Mapped[IdKey]
    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), index=True)
    key: Mapped[Slug]
    kind: Mapped[Code]
    position: Mapped[int]
    shown: Mapped[bool]
    heading: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    easy_heading: Mapped[str] = mapped_column(String(200), default="")
    easy_words: Mapped[str] = mapped_column(Text, default="")


class EasyCheck(Base):
    """That a group of readers went through the easy read as it stood; `easy_hash` tells which."""

    __tablename__ = "easy_check"
    __table_args__ = (
        CheckConstraint("readers <> ''", name="says_who_read"),
        CheckConstraint("changed <> ''", name="says_what_changed"),
    )

    id: Mapped[IdKey]
    report_id: Mapped[IdRef] = mapped_column(ForeignKey("report.id"), index=True)
    readers: Mapped[str] = mapped_column(String(120))
    checked_on: Mapped[dt.date]
    changed: Mapped[str] = mapped_column(Text)
    easy_hash: Mapped[str] = mapped_column(String(64))
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[dt.datetime]
