"""Where one person's answers went: what was answered, its themes, and what was done about them."""

import dataclasses
import datetime as dt
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import Theme
from engage.consultations import Consultation, local_date
from reports.document import Entry, from_json
from reports.models import Report
from reports.services import latest
from surveys import respondents
from surveys.models import Response, Survey, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import Edition, Question, Values, is_simple


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeAnswered:
    """One theme that somebody's words went into, and the published answers to it."""

    name: str
    easy_name: str
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Trail:
    """Where one person's words went; `slug` is empty while nothing has been published.

    Attributes:
        until: the last day of the survey, after which answers are counted.
    """

    consultation: str
    answered_on: dt.date
    until: dt.date
    withdrawn: bool
    themes: tuple[ThemeAnswered, ...]
    slug: str
    is_demo: bool
    answer_due: dt.date | None


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


def trail_of(session: Session, response: Response) -> Trail:
    """Follow a response to its approved themes and the newest published answers to them."""
    plan = _consultation(session, response)
    report = session.scalar(select(Report).where(Report.consultation_id == plan.id))
    publication = latest(session, report) if report else None
    entries = from_json(publication.document).entries if publication else ()
    themes = [] if response.withdrawn_at else _themes(session, plan, response)
    sent = response.submitted_at or response.started_at
    return Trail(
        consultation=plan.easy_title if is_simple(edition_of(response)) else plan.title,
        answered_on=local_date(sent),
        until=plan.closes_on,
        withdrawn=response.withdrawn_at is not None,
        themes=tuple(_answered(theme, entries) for theme in themes),
        slug=report.slug if report and publication else "",
        is_demo=plan.is_demo,
        answer_due=plan.answer_due,
    )


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


def pictures_of(session: Session, response: Response) -> frozenset[str]:
    """Return the pictures beside somebody's answers and beside what was done about them."""
    beside = {one.picture for one in answers_of(session, response)}
    for theme in trail_of(session, response).themes:
        for entry in theme.entries:
            beside |= {entry.easy_title.picture, *(line.picture for line in entry.answer.easy)}
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


def _answered(theme: Theme, entries: tuple[Entry, ...]) -> ThemeAnswered:
    mine = tuple(entry for entry in entries if theme.id in entry.theme_ids)
    return ThemeAnswered(theme.name, theme.easy_name or theme.name, mine)


def _themes(session: Session, plan: Consultation, response: Response) -> list[Theme]:
    run = queries.latest_run(session, plan.id)
    return queries.themes_of_response(session, run, response.id) if run else []


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
