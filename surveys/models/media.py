"""Pictures, voices and videos that people send as answers, without what a device added to them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey
from surveys.models.rules import one_of

UPLOAD_KINDS = ("picture", "voice", "video")


class Upload(Base):
    """One file that answers a question, re-encoded or re-packed, with what may be done with it.

    An answer's value is the id of its upload. Permission to print is asked for the picture, for
    a first name and for an age apart; without a recorded yes nothing of it leaves the desk.

    Attributes:
        description: what it shows or says, in the person's own words.
        transcript: what is said in it, written down by a person, so that it can be analysed.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint(one_of("kind", UPLOAD_KINDS), name="kind_known"),
        CheckConstraint(
            "(transcript IS NULL) = (transcribed_by IS NULL)", name="transcript_has_writer"
        ),
        CheckConstraint("size > 0", name="size_positive"),
        Index("ix_upload_response_id", "response_id"),
    )

    id: Mapped[IdKey]
    response_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("response.id", ondelete="CASCADE")
    )
    question: Mapped[Code]
    kind: Mapped[Code]
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    description: Mapped[str] = mapped_column(Text, default="")
    may_print: Mapped[bool] = mapped_column(default=False)
    may_print_name: Mapped[str | None] = mapped_column(String(60))
    may_print_age: Mapped[str | None] = mapped_column(String(20))
    transcript: Mapped[str | None] = mapped_column(Text)
    transcribed_by: Mapped[str | None] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
