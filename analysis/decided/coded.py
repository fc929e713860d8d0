"""Every coded answer of a run as it stands: what the machine said, what people said, and whose.

The one place that gathers answers for learning, for second readers and for other tools. Words that
were taken back, left out or held for safety are not in it, whenever that happened.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from analysis.codeframes.codeframe import Code, CodeFrame
from analysis.decided import queries
from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme
from surveys.models import Response, Survey, SurveyVersion

Answer = tuple[str, str]
ENGLISH = "en"
UNTIL_TRANSLATED = "other_language"


@dataclasses.dataclass(frozen=True)
class Clause:
    """One segment of an answer and where the machine put it.

    Attributes:
        number: from 1 within the answer.
        text: the redacted words.
        themes: ids of the themes in use that the machine's topic belongs to.
        topic: the machine's own label of that topic, or "".
    """

    number: int
    text: str
    themes: frozenset[str]
    topic: str
    is_primary: bool
    confidence: float
    needs_review: bool
    set_aside: str


@dataclasses.dataclass(frozen=True)
class CodedAnswer:
    """One answer with both records: the machine's clauses and, apart, a person's decision.

    Attributes:
        people: theme ids a person gave it; None while nobody has read it.
        read_by: who read it, or "".
    """

    response_id: str
    question: str
    audience: str
    edition: str
    clauses: tuple[Clause, ...]
    people: frozenset[str] | None
    read_by: str
    read_at: dt.datetime | None

    @property
    def key(self) -> Answer:
        """Return (response id, question)."""
        return self.response_id, self.question

    @property
    def text(self) -> str:
        """Return the redacted words as one piece."""
        return " ".join(clause.text for clause in self.clauses)

    @property
    def set_aside(self) -> str:
        """Return why the answer was set aside, or ""."""
        return self.clauses[0].set_aside

    @property
    def language(self) -> str:
        """Return "en", or "other" where the words were not English."""
        return "other" if self.set_aside == UNTIL_TRANSLATED else ENGLISH

    @property
    def themes(self) -> frozenset[str]:
        """Return the themes it counts in: a person's word, or else the machine's."""
        if self.people is not None:
            return self.people
        return frozenset().union(*(clause.themes for clause in self.clauses))


def coded_answers(
    session: Session, run: AnalysisRun, only: "Collection[str] | Select[str] | None" = None
) -> list[CodedAnswer]:
    """Return the answers of a run in order of their random ids, so that order tells nothing.

    Args:
        session: open.
        run: whose answers.
        only: ids of the responses that are wanted, or a statement for them; all unless given.
    """
    topics, names = _themes_of_topics(session, run)
    said = _said_by_people(session, run)
    wanted = _clauses(run) if only is None else _clauses(run).where(_among(only))
    facts: dict[Answer, tuple[str, str]] = {}
    clauses: dict[Answer, list[Clause]] = {}
    for row, audience, edition in session.execute(wanted):
        answer = (row.response_id, row.question)
        facts[answer] = (audience, edition)
        topic = row.proposed_theme_id or ""
        clauses.setdefault(answer, []).append(
            Clause(
                number=row.segment,
                text=row.shown_text,
                themes=topics.get(topic, frozenset()),
                topic=names.get(topic, ""),
                is_primary=row.is_primary,
                confidence=row.confidence,
                needs_review=row.needs_review,
                set_aside=row.set_aside_reason or "",
            )
        )
    return [
        CodedAnswer(*answer, *facts[answer], tuple(parts), *said.get(answer, (None, "", None)))
        for answer, parts in clauses.items()
    ]


def code_frame(session: Session, consultation_id: str) -> CodeFrame:
    """Return the themes in use as a frame, nested and defined as people left them."""
    used = queries.themes(session, consultation_id)
    ids = {theme.id for theme in used}
    return CodeFrame(tuple(_code(theme, ids) for theme in used))


def with_origins(frame: CodeFrame, origins: Mapping[str, str | None]) -> CodeFrame:
    """Return the frame with each code naming the earlier one it continues."""
    return CodeFrame(
        tuple(dataclasses.replace(code, carried_from=origins.get(code.id)) for code in frame)
    )


def definition_of(theme: Theme) -> str:
    """Return what a theme means, includes and excludes, as far as people wrote it down."""
    parts = (
        ("", getattr(theme, "means", "")),
        ("Includes: ", getattr(theme, "includes", "")),
        ("Excludes: ", getattr(theme, "excludes", "")),
    )
    return " ".join(f"{head}{words.strip()}" for head, words in parts if words.strip())


def _code(theme: Theme, ids: Collection[str]) -> Code:
    above = getattr(theme, "parent_id", None)
    return Code(
        id=theme.id,
        name=theme.name,
        definition=definition_of(theme),
        parent=above if above in ids else None,
    )


def _themes_of_topics(
    session: Session, run: AnalysisRun
) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Return for each topic of the machine the themes it feeds, and its own label."""
    found: dict[str, set[str]] = {}
    for theme in queries.themes(session, run.consultation_id):
        for source in theme.sources:
            found.setdefault(source.id, set()).add(theme.id)
    feeds = {topic: frozenset(ids) for topic, ids in found.items()}
    return feeds, {topic.id: topic.label for topic in run.proposals}


def _said_by_people(
    session: Session, run: AnalysisRun
) -> dict[Answer, tuple[frozenset[str], str, dt.datetime]]:
    used = {theme.id for theme in queries.themes(session, run.consultation_id)}
    codes: dict[Answer, set[str]] = {}
    given = select(Coding.response_id, Coding.question, Coding.theme_id)
    for row in session.execute(given.where(Coding.theme_id.in_(used))):
        codes.setdefault((row.response_id, row.question), set()).add(row.theme_id)
    of_run = exists().where(
        ProposedCoding.run_id == run.id,
        ProposedCoding.response_id == Reading.response_id,
        ProposedCoding.question == Reading.question,
    )
    return {
        (r.response_id, r.question): (
            frozenset(codes.get((r.response_id, r.question), ())),
            r.read_by,
            r.read_at,
        )
        for r in session.scalars(select(Reading).where(of_run))
    }


def _clauses(run: AnalysisRun) -> Select[ProposedCoding, str, str]:
    return (
        select(ProposedCoding, Survey.audience, Response.edition)
        .join(Response, Response.id == ProposedCoding.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(ProposedCoding.run_id == run.id, *may_leave())
        .order_by(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
    )


def _among(only: "Collection[str] | Select[str]") -> ColumnElement[bool]:
    return ProposedCoding.response_id.in_(only if isinstance(only, Select) else list(only))


def read_by_people() -> Select[str]:
    """Return the statement for the responses of which a person has read something."""
    return select(Reading.response_id)


def may_leave() -> tuple[ColumnElement[bool], ...]:
    """Leave out words taken back, left out, held, or not yet read for safety."""
    return (
        Response.withdrawn_at.is_(None),
        Response.left_out_at.is_(None),
        or_(
            ProposedCoding.set_aside_reason.is_(None),
            ProposedCoding.set_aside_reason != "held",
        ),
        queries.may_be_shown(ProposedCoding.response_id, ProposedCoding.question),
    )
