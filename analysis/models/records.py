"""Tables of the workbench: every change with what it was before, marks for print, and the map."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engage.orm import Base, Code, IdKey, IdRef


class Change(Base):
    """One act at the workbench and all that it touched, so that it can be shown and taken back.

    Attributes:
        number: place in the order of all changes; that of the audit event beside it.
        before, after: JSON with the state of every theme and answer touched; ids, never words
            of respondents.
        response_id, question: the answer, where the act was about one answer.
        undoes_id: the change that this one takes back; a change is taken back once.
        seen: JSON list of the clauses that somebody had read before approving a theme.
    """

    __tablename__ = "change"

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    number: Mapped[int] = mapped_column(unique=True)
    verb: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    seen: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    response_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("response.id"), index=True
    )
    question: Mapped[str | None] = mapped_column(String(40))
    undoes_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("change.id"), unique=True)
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[dt.datetime]


class QuoteCandidate(Base):
    """A clause that a reader would like to see in print; only where its writer agreed."""

    __tablename__ = "quote_candidate"
    __table_args__ = (ForeignKeyConstraint(["response_id"], ["response.id"]),)

    response_id: Mapped[IdRef] = mapped_column(primary_key=True)
    question: Mapped[Code] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    marked_by: Mapped[str] = mapped_column(String(120))
    marked_at: Mapped[dt.datetime]


class RunMap(Base):
    """Where the clauses of a run lie by meaning, made once so that no page computes it again.

    Rows are the run's clauses with a theme, ordered by response, question and segment.

    Attributes:
        rows: how many clauses.
        dimensions: of each vector.
        vectors: whole numbers from -127 to 127, one byte each, `rows` times `dimensions`; a unit
            vector is a 127th of it.
        places: two little-endian 16-bit numbers for each clause, from -32767 to 32767.
        shares: what part of the spread the two directions show, in hundredths.
    """

    __tablename__ = "run_map"
    __table_args__ = (
        CheckConstraint("length(places) = rows * 4", name="a_place_for_every_row"),
        CheckConstraint("length(vectors) = rows * dimensions", name="a_vector_for_every_row"),
    )

    run_id: Mapped[IdRef] = mapped_column(ForeignKey("analysis_run.id"), primary_key=True)
    model: Mapped[str] = mapped_column(String(120))
    rows: Mapped[int]
    dimensions: Mapped[int]
    vectors: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    places: Mapped[bytes] = mapped_column(LargeBinary)
    shares: Mapped[int]
