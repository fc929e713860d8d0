"""One cheap question about a published page: did anything come that it must show or hide by now?

A version never changes, but beside it stands what nobody may hold back: verdicts and refusals of
families, and the gaps where words were taken out. Their stamp says whether a page that was drawn
before still holds.
"""

import functools
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)

from analysis.models.store import CorrectedClause, ProposedCoding
from reports.models import Entry, Report
from reports.models.life import FamilyVerdict, SignOff
from surveys.models import AnswerHold, Response, Telling, Told

#: What a refusal answers: it is shown only while the answer that was refused is still the draft's.
_ANSWER = ("response_type", "we_did_text", "because_text", "instead_text", "due_on", "done_on")


def quoted_from(connection: Connection, run_id: str, quotes: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the responses that some words of a run may come from."""
    known = {"run": run_id, "quoted": sorted(quotes)}
    if not known["quoted"]:
        return ()
    found = {row[0] for statement in _SOURCES for row in connection.execute(statement, known)}
    return tuple(sorted(found))


def read(connection: Connection, report_id: str, response_ids: tuple[str, ...]) -> tuple[Any, ...]:
    """Return a value that differs as soon as families say something or words are taken out.

    It also differs when somebody was told what happened, for that stands there too.
    """
    wanted = response_ids or ("",)
    known = {"report": report_id, **{f"r{place}": one for place, one in enumerate(wanted)}}
    return tuple(map(tuple, connection.execute(_stamp(len(wanted)), known).all()))


def _source(table: Any, words: str) -> Select[Any]:
    return select(table.c.response_id).where(
        table.c.run_id == bindparam("run"),
        table.c[words].in_(bindparam("quoted", expanding=True)),
    )


@functools.lru_cache(maxsize=64)
def _stamp(responses: int) -> Any:
    """Return the question for so many responses; a list that grows is slower to ask with."""
    entry, verdict, signed = Entry.__table__, FamilyVerdict.__table__, SignOff.__table__
    response, hold = Response.__table__, AnswerHold.__table__
    mine = select(entry.c.id).where(entry.c.report_id == bindparam("report"))
    wanted: Any = [bindparam(f"r{place}") for place in range(responses)]
    text: Any = literal("")
    for name in _ANSWER:
        text = text + "|" + func.coalesce(cast(entry.c[name], String), "")
    told, opened, report = Told.__table__, Telling.__table__, Report.__table__
    return union_all(
        select(
            literal("told"),
            opened.c.milestone + "/" + told.c.state,
            cast(func.count(told.c.id), String),
        )
        .join(opened, opened.c.id == told.c.telling_id)
        .join(report, report.c.consultation_id == opened.c.consultation_id)
        .where(report.c.id == bindparam("report"))
        .group_by(opened.c.milestone, told.c.state),
        select(literal("verdict"), verdict.c.id, func.coalesce(verdict.c.redaction, "")).where(
            verdict.c.entry_id.in_(mine)
        ),
        select(literal("signed"), signed.c.id, func.coalesce(signed.c.redaction, "")).where(
            signed.c.entry_id.in_(mine)
        ),
        select(literal("answer"), entry.c.id, text).where(
            entry.c.report_id == bindparam("report"), entry.c.id.in_(select(signed.c.entry_id))
        ),
        select(literal("gone"), response.c.id, literal("")).where(
            response.c.id.in_(wanted), response.c.withdrawn_at.is_not(None)
        ),
        select(literal("held"), hold.c.response_id, hold.c.question).where(
            hold.c.response_id.in_(wanted), hold.c.released_at.is_(None)
        ),
    ).order_by(*(literal_column(str(place)) for place in (1, 2, 3)))


_SOURCES = (
    _source(ProposedCoding.__table__, "redacted_text"),
    _source(CorrectedClause.__table__, "text"),
)
