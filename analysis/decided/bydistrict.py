"""People by audience and district: how many raised a theme, and how many wrote at all."""

from sqlalchemy import CompoundSelect, distinct, func, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, Theme
from surveys import breakdowns
from surveys.breakdowns import UNSAID
from surveys.models import Response, Survey, SurveyVersion

ByDistrict = dict[str, dict[str, int]]


def who_raised(session: Session, run: AnalysisRun, theme: Theme) -> ByDistrict:
    """Return how many people of each audience and district raised a theme, each person once.

    Only words that a person has read for safety and let go are counted.
    """
    return _people(session, run, queries.answers_in(run.id, [theme]))


def who_wrote(session: Session, run: AnalysisRun) -> ByDistrict:
    """Return how many people of each audience and district wrote words that count."""
    return _people(session, run, queries.answers_analysed(run.id))


def _people(session: Session, run: AnalysisRun, answers: CompoundSelect[str, str]) -> ByDistrict:
    members = answers.subquery()
    where = breakdowns.places(session, run.snapshot_id).subquery()
    place = func.coalesce(where.c.value, UNSAID)
    rows = session.execute(
        select(Survey.audience, place, func.count(distinct(Response.id)))
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .join(members, members.c.response_id == Response.id)
        .outerjoin(where, where.c.response_id == Response.id)
        .where(
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
            queries.may_be_shown(members.c.response_id, members.c.question),
        )
        .group_by(Survey.audience, place)
    )
    found: ByDistrict = {}
    for audience, district, people in rows:
        found.setdefault(audience, {})[district] = people
    return found
