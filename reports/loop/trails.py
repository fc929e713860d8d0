"""Where one person's answers went: what was answered, its themes, and what was done about them."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, Theme
from engage.consultations import Consultation, local_date
from reports.documents.document import from_json
from reports.documents.familywords import EASY_VERDICTS
from reports.entries import afterwards
from reports.loop.trail_answers import AnswerNow, as_it_stands
from reports.loop.trail_words import Written, fates
from reports.models import Publication, Report
from reports.publishing.services import latest
from surveys import respondents
from surveys.models import Response, ResponseFlag, Survey, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import Edition, Question, Values, is_simple

Stage = Literal["open", "reading", "answering", "published"]


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeAnswered:
    """One theme that somebody's words went into, and the published answers to it."""

    name: str
    easy_name: str
    answers: tuple[AnswerNow, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Trail:
    """Where one person's words went; `slug` is empty while nothing has been published.

    Attributes:
        until: the last day of the survey, after which answers are counted.
        stage: "open" while people answer, "reading" and "answering" after that, "published".
        due: the day on which the next thing is owed to everybody, where the plan names one.
        is_late: that day is past, and nothing has come.
        left_out: kinds of signs for which a person left these answers out; None while they count.
        written: each question with own words, and what became of them.
    """

    consultation: str
    answered_on: dt.date
    until: dt.date
    withdrawn: bool
    themes: tuple[ThemeAnswered, ...]
    slug: str
    is_demo: bool
    stage: Stage
    due: dt.date | None
    is_late: bool
    left_out: tuple[str, ...] | None
    written: tuple[Written, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer, in the words of the edition it was answered in.

    Attributes:
        hidden: there are own words, or a picture or recording, which are not shown here.
    """

    question: str
    picture: str
    answers: tuple[str, ...]
    hidden: bool


def edition_of(response: Response) -> Edition:
    """Return the edition that somebody answered in; a constraint allows no other word there."""
    return cast("Edition", response.edition)


def trail_of(session: Session, response: Response, today: dt.date) -> Trail:
    """Follow a response to its approved themes and the newest published answers to them."""
    plan = _consultation(session, response)
    report = session.scalar(select(Report).where(Report.consultation_id == plan.id))
    publication = latest(session, report) if report else None
    run = queries.latest_run(session, plan.id)
    gone = response.withdrawn_at is not None or response.left_out_at is not None
    themes = queries.themes_of_response(session, run, response.id) if run and not gone else []
    stage = _stage(plan, report, publication, today)
    due = plan.findings_due if stage in {"open", "reading"} else plan.answer_due
    due = due or plan.answer_due
    return Trail(
        consultation=plan.easy_title if is_simple(edition_of(response)) else plan.title,
        answered_on=local_date(response.submitted_at or response.started_at),
        until=plan.closes_on,
        withdrawn=response.withdrawn_at is not None,
        themes=_answered(session, publication, themes, today),
        slug=report.slug if report and publication else "",
        is_demo=plan.is_demo,
        stage=stage,
        due=due,
        is_late=due is not None and due < today,
        left_out=_left_out(session, response),
        written=() if gone else _written(session, run, response, themes),
    )


def _stage(
    plan: Consultation, report: Report | None, publication: Publication | None, today: dt.date
) -> Stage:
    if publication is not None:
        return "published"
    if today <= plan.closes_on:
        return "open"
    return "answering" if report and report.findings_approved_at else "reading"


def answers_of(
    session: Session, response: Response, *, with_words: bool = False
) -> tuple[Answered, ...]:
    """Return what somebody answered, in the words of their edition; nothing once taken out."""
    if response.withdrawn_at is not None:
        return ()
    read = _questionnaire(session, response)
    given = respondents.answers(session, response.id)
    return tuple(
        _shown(page.question, given[page.question.code], edition_of(response), with_words)
        for page in read.pages
        if given.get(page.question.code)
    )


def pictures_of(session: Session, response: Response, trail: Trail) -> frozenset[str]:
    """Return the pictures beside somebody's answers and beside what was done about them."""
    beside = {one.picture for one in answers_of(session, response)}
    for now in (answer for theme in trail.themes for answer in theme.answers):
        beside |= {now.entry.easy_title.picture, *(line.picture for line in now.entry.answer.easy)}
        beside |= {EASY_VERDICTS[word.value].picture for word in now.families}
    return frozenset(name for name in beside if name)


def _shown(question: Question, values: Values, edition: Edition, with_words: bool) -> Answered:
    private = bool(question.own_words(values)) or question.takes_file
    closed = () if question.is_text or question.takes_file else _without_words(values)
    shown = values if with_words or not private else closed
    return Answered(
        question=question.text.in_(edition),
        picture=question.picture,
        answers=question.summary(shown, edition) if shown else (),
        hidden=private and not with_words,
    )


def _without_words(values: Values) -> Values:
    """Leave out own words beside a choice, which are stored behind an equals sign."""
    return tuple(value for value in values if not value.startswith("="))


def _answered(
    session: Session, publication: Publication | None, themes: Sequence[Theme], today: dt.date
) -> tuple[ThemeAnswered, ...]:
    """Return each theme with what has been published about it, as it stands today."""
    if publication is None:
        return tuple(ThemeAnswered(one.name, one.easy_name or one.name, ()) for one in themes)
    document = from_json(publication.document)
    after = afterwards.of(session, publication, document, today)
    return tuple(
        ThemeAnswered(
            one.name,
            one.easy_name or one.name,
            tuple(as_it_stands(e, after) for e in document.entries if one.id in e.theme_ids),
        )
        for one in themes
    )


def _left_out(session: Session, response: Response) -> tuple[str, ...] | None:
    """Return for which signs a person left these answers out; None while they count."""
    if response.left_out_at is None:
        return None
    mine = (ResponseFlag.response_id == response.id, ResponseFlag.decision == "leave_out")
    return tuple(
        session.scalars(select(ResponseFlag.kind).where(*mine).order_by(ResponseFlag.kind))
    )


def _written(
    session: Session, run: AnalysisRun | None, response: Response, themes: Sequence[Theme]
) -> tuple[Written, ...]:
    """Return what became of everything that somebody wrote in own words."""
    edition, given = edition_of(response), respondents.answers(session, response.id)
    asked = [
        page.question
        for page in _questionnaire(session, response).pages
        if page.question.is_text and given.get(page.question.code)
    ]
    found = fates(session, run, response.id, [one.code for one in asked], themes)
    return tuple(Written(q.text.in_(edition), q.picture, found[q.code]) for q in asked)


def _questionnaire(session: Session, response: Response) -> Questionnaire:
    version = session.get_one(SurveyVersion, response.survey_version_id)
    return respondents.questionnaire(session, version.id, version.document_hash)


def _consultation(session: Session, response: Response) -> Consultation:
    return session.scalars(
        select(Consultation)
        .join(Survey, Survey.consultation_id == Consultation.id)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(SurveyVersion.id == response.survey_version_id)
    ).one()
