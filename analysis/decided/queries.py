"""Reading what a run found: counts of people, always by the same rule.

A theme's number is people, not comments: respondents of the run's snapshot who have not
withdrawn, whom nobody has left out, and who have at least one answer in the theme. Its base is
the people of that audience whose words were analysed at all. What analysts see counts every
answer; what is published counts only answers that a person has read for safety and let go.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Exists,
    Select,
    Subquery,
    and_,
    bindparam,
    distinct,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from analysis.decided import codings, reading_order
from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme, ThemeSource
from surveys.models import AnswerHold, ReadForSafety, Response, Survey, SurveyVersion

Column = ColumnElement[str] | InstrumentedAttribute[str]


def latest_run(session: Session, consultation_id: str) -> AnalysisRun | None:
    """Return the newest run of a consultation, or None before the first."""
    return session.scalars(
        select(AnalysisRun)
        .where(AnalysisRun.consultation_id == consultation_id)
        .order_by(AnalysisRun.finished_at.desc())
        .limit(1)
    ).first()


def themes(session: Session, consultation_id: str) -> list[Theme]:
    """Return the themes in use, approved ones first, then by name."""
    found = session.scalars(
        select(Theme)
        .where(Theme.consultation_id == consultation_id, Theme.retired_at.is_(None))
        .options(selectinload(Theme.sources))
    )
    return sorted(found, key=lambda theme: (theme.approved_at is None, theme.name.lower()))


def approved_themes(session: Session, consultation_id: str) -> list[Theme]:
    """Return the themes that somebody approved: the only ones a report may use."""
    return [theme for theme in themes(session, consultation_id) if theme.approved_at]


def answers_in(run_id: str, themes: Iterable[Theme]) -> CompoundSelect[str, str]:
    """Return (response id, question) of the answers in any of these themes: the one rule.

    An answer that a person has read is where that person put it; any other is where the run
    put one of its clauses. A broader theme holds the answers of the themes nested in it. Words
    that wait for a safeguarding decision are in no theme.
    """
    return _answers_in(run_id, [theme.id for theme in themes])


def _answers_in(run_id: Any, wanted: Any) -> CompoundSelect[str, str]:
    nested = and_(Theme.parent_id.in_(wanted), Theme.retired_at.is_(None))
    family = select(Theme.id).where(or_(Theme.id.in_(wanted), nested))
    sources = select(ThemeSource.proposed_theme_id).where(ThemeSource.theme_id.in_(family))
    placed = ProposedCoding.proposed_theme_id.in_(sources)
    by_machine = _by_machine(run_id, placed, ~_read_by_a_person())
    return by_machine.union(_coded_by_people(run_id).where(Coding.theme_id.in_(family)))


def answers_analysed(run_id: str) -> CompoundSelect[str, str]:
    """Return (response id, question) of the answers whose words count at all: every base."""
    by_machine = _by_machine(run_id, ProposedCoding.set_aside_reason.is_(None))
    return by_machine.union(_coded_by_people(run_id))


def people_by_audience(
    session: Session, run_id: str, themes: Iterable[Theme], *, published: bool = False
) -> dict[str, int]:
    """Return how many people of each audience raised one or several themes, each person once.

    With `published` only words that may leave the desk count. Audiences without any are absent.
    """
    wanted = {"run": run_id, "themes": [theme.id for theme in themes]}
    return _tally(session, _RAISED[published], wanted)


def people_in(
    session: Session, run_id: str, theme: Theme, *, published: bool = False
) -> dict[str, frozenset[str]]:
    """Return the ids of the people of each audience who raised a theme.

    With `published` only words that may leave the desk count. Audiences without any are absent.
    """
    found: dict[str, set[str]] = {}
    wanted = {"run": run_id, "themes": [theme.id]}
    for audience, response_id in session.execute(_WHO_RAISED[published], wanted):
        found.setdefault(audience, set()).add(response_id)
    return {audience: frozenset(who) for audience, who in found.items()}


def people_by_theme(
    lines: Iterable[reading_order.Line], themes: Sequence[Theme]
) -> dict[str, dict[str, int]]:
    """Return people by audience of each theme; a broader theme holds those nested in it."""
    found: dict[str, dict[str, set[str]]] = {theme.id: {} for theme in themes}
    parent = {theme.id: theme.parent_id for theme in themes}
    for line in lines:
        if line.gone:
            continue
        for theme_id in line.theme_ids:
            for counted in (theme_id, parent.get(theme_id)):
                if counted in found:
                    found[counted].setdefault(line.audience, set()).add(line.response_id)
    return {
        theme_id: {audience: len(people) for audience, people in sorted(by_audience.items())}
        for theme_id, by_audience in found.items()
    }


def base_by_audience(session: Session, run_id: str, *, published: bool = False) -> dict[str, int]:
    """Return how many people of each audience wrote words that were analysed."""
    return _tally(session, _people(answers_analysed(run_id), published=published))


def answers_read(session: Session, run_id: str) -> int:
    """Return how many answers of a run a person has read and decided about."""
    of_run = select(ProposedCoding.response_id, ProposedCoding.question).where(
        ProposedCoding.run_id == run_id
    )
    read = select(Reading.response_id, Reading.question).where(
        tuple_(Reading.response_id, Reading.question).in_(of_run)
    )
    return session.scalar(select(func.count()).select_from(read.subquery())) or 0


def set_aside(session: Session, run_id: str) -> dict[str, int]:
    """Return how many answers were set aside for each reason."""
    reason = func.coalesce(ProposedCoding.set_aside_reason, "")
    return _tally(
        session,
        select(reason, func.count())
        .where(ProposedCoding.run_id == run_id, ProposedCoding.set_aside_reason.is_not(None))
        .group_by(reason)
        .order_by(reason),
    )


def examples(
    session: Session, run_id: str, theme: Theme, limit: int | None
) -> Sequence[ProposedCoding]:
    """Return clauses of a theme's answers, redacted, typical ones first."""
    members = answers_in(run_id, [theme]).subquery()
    sources = [source.id for source in theme.sources]
    central = func.coalesce(ProposedCoding.proposed_theme_id, "").in_(sources)
    return session.scalars(
        select(ProposedCoding)
        .join(members, _same_answer(members))
        .where(ProposedCoding.run_id == run_id, may_be_read())
        .order_by(
            central.desc(),
            ProposedCoding.is_example.desc(),
            ProposedCoding.confidence.desc(),
            ProposedCoding.response_id,
            ProposedCoding.question,
            ProposedCoding.segment,
        )
        .limit(limit)
    ).all()


def clauses(session: Session, run_id: str, answer: tuple[str, str]) -> Sequence[ProposedCoding]:
    """Return the machine's view of one answer (response id, question), clause by clause."""
    return session.scalars(
        select(ProposedCoding)
        .where(
            ProposedCoding.run_id == run_id,
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
            may_be_read(),
        )
        .order_by(ProposedCoding.segment)
    ).all()


def themes_of_answer(session: Session, run: AnalysisRun, answer: tuple[str, str]) -> list[Theme]:
    """Return the themes in use that an answer is about now: a person's word, or the machine's."""
    about = {one.theme_id for one in codings.now_about(session, run, answer)}
    return [theme for theme in themes(session, run.consultation_id) if theme.id in about]


def themes_of_response(session: Session, run: AnalysisRun, response_id: str) -> list[Theme]:
    """Return the approved themes that a person's words went into: the walk forwards."""
    known = {"run": run.id, "response": response_id}
    return [
        theme
        for theme in approved_themes(session, run.consultation_id)
        if session.scalar(_HOLDS, {**known, "themes": [theme.id]})
    ]


def _read_by_a_person() -> Exists:
    """Tell of a machine's coding whether a person has read that answer since."""
    return exists().where(
        Reading.response_id == ProposedCoding.response_id,
        Reading.question == ProposedCoding.question,
    )


def _by_machine(run_id: Any, *such: ColumnElement[bool]) -> Select[str, str]:
    free = ~held(ProposedCoding.response_id, ProposedCoding.question)
    return select(ProposedCoding.response_id, ProposedCoding.question).where(
        ProposedCoding.run_id == run_id, *such, free
    )


def _coded_by_people(run_id: str) -> Select[str, str]:
    in_run = exists().where(
        ProposedCoding.run_id == run_id,
        ProposedCoding.response_id == Coding.response_id,
        ProposedCoding.question == Coding.question,
        ~held(ProposedCoding.response_id, ProposedCoding.question),
    )
    return select(Coding.response_id, Coding.question).where(in_run)


def may_be_read() -> ColumnElement[bool]:
    """Leave out words taken back, left out or held for safety since the run read them."""
    gone = exists().where(
        Response.id == ProposedCoding.response_id,
        or_(Response.withdrawn_at.is_not(None), Response.left_out_at.is_not(None)),
    )
    return ~gone & ~held(ProposedCoding.response_id, ProposedCoding.question)


def may_be_shown(response_id: Column, question: Column) -> ColumnElement[bool]:
    """Keep only answers that a person has read for safety and that nothing holds back."""
    read = exists().where(
        ReadForSafety.response_id == response_id, ReadForSafety.question == question
    )
    return read & ~held(response_id, question)


def held(response_id: Column, question: Column) -> Exists:
    """Tell of an answer whether it is kept back for somebody's safety."""
    return exists().where(
        AnswerHold.response_id == response_id,
        AnswerHold.question == question,
        AnswerHold.released_at.is_(None),
    )


def _same_answer(members: Subquery) -> ColumnElement[bool]:
    return and_(
        members.c.response_id == ProposedCoding.response_id,
        members.c.question == ProposedCoding.question,
    )


def _people(answers: CompoundSelect[str, str], *, published: bool) -> Select[str, int]:
    columns = select(Survey.audience, func.count(distinct(Response.id)))
    people = _counted(answers, columns, published=published)
    return people.group_by(Survey.audience).order_by(Survey.audience)


def _counted(
    answers: CompoundSelect[str, str], columns: Select[str, Any], *, published: bool
) -> Select[str, Any]:
    """Join from answers to the people who gave them and still count."""
    members = answers.subquery()
    counted = may_be_shown(members.c.response_id, members.c.question) if published else true()
    return (
        columns.join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .join(members, members.c.response_id == Response.id)
        .where(Response.withdrawn_at.is_(None), Response.left_out_at.is_(None), counted)
    )


def _tally(session: Session, statement: Select[str, int], wanted: Any = None) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(statement, wanted)}


#: Built once: a page asks for dozens of themes, and putting a statement together takes longest.
_IN_THEMES = _answers_in(bindparam("run"), bindparam("themes", expanding=True))
_ANSWER = _IN_THEMES.subquery().c
_HOLDS = select(_ANSWER.question).where(_ANSWER.response_id == bindparam("response")).limit(1)
_RAISED = {only: _people(_IN_THEMES, published=only) for only in (False, True)}
_EACH = select(Survey.audience, Response.id).distinct()
_WHO_RAISED = {only: _counted(_IN_THEMES, _EACH, published=only) for only in (False, True)}
