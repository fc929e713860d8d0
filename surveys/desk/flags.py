"""The staff page of signs: a person looks at each and keeps the answers or leaves them out."""

import dataclasses
import datetime as dt

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit, consultations
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from surveys import queries, respondents, services
from surveys.desk.found import plan_and_survey_or_404
from surveys.desk.gathering import CHANNEL_NAMES
from surveys.models import Response, ResponseFlag, Survey, SurveyVersion

blueprint = Blueprint(
    "flags_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/flags"
)
BAD_REQUEST = 400
SIGNS = {
    "very_quick": "Very quick: most questions in under a third of the time it says it takes",
    "same_words": "The same long comment came with other answers too",
    "same_answers": "The same choices came twice within ten minutes",
}
DECIDED = {"keep": "Kept", "leave_out": "Left out", None: "Not decided yet"}


@dataclasses.dataclass(frozen=True)
class Sign:
    """One sign as the page shows it, with what helps to judge it.

    Attributes:
        waiting: how many answers in own words a safeguarding reader has to read first.
    """

    response_id: str
    kind: str
    decision: str
    reason: str
    facts: str
    words: tuple[str, ...]
    waiting: int = 0

    @property
    def id(self) -> str:
        """Return a name for the place on the page."""
        return f"{self.kind}-{self.response_id}"


@blueprint.get("/")
def flags(slug: str, survey_slug: str) -> str:
    """Show every sign, undecided ones first; who reads the words is recorded."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    return _page(plan, survey)


@blueprint.post("/decide")
def decide(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Keep the answers, leave them out with a reason, or undo either."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    response_id, kind = request.form.get("response_id", ""), request.form.get("kind", "")
    if response_id not in {flag.response_id for flag, _ in _flags(db.session(), survey)}:
        abort(404)
    try:
        services.decide(
            db.session(), response_id, kind, request.form.get("decision", ""),
            request.form.get("reason", "")[:400], actor=str(current_user.id), now=utc_now(),
        )  # fmt: skip
    except services.FlagError as mistake:
        db.session.rollback()
        return _page(plan, survey, str(mistake), f"{kind}-{response_id}"), BAD_REQUEST
    db.session.commit()
    return redirect(url_for(".flags", slug=slug, survey_slug=survey_slug), 303)


def _page(plan: Consultation, survey: Survey, mistake: str = "", about: str = "") -> str:
    audit.record_read(
        db.engine, actor=str(current_user.id), verb="read_flags", object_type="survey",
        object_id=survey.id, now=utc_now(),
    )  # fmt: skip
    session = db.session()
    held = queries.held_answers(session, survey.id)
    signs = [_sign(session, flag, response, held) for flag, response in _flags(session, survey)]
    return render_template(
        "surveys/flags.html",
        plan=plan,
        survey=survey,
        signs=signs,
        about=about,
        names=SIGNS,
        errors=[{"href": f"#reason-{about}", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _flags(session: Session, survey: Survey) -> list[tuple[ResponseFlag, Response]]:
    rows = session.execute(
        select(ResponseFlag, Response)
        .join(Response, Response.id == ResponseFlag.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(
            SurveyVersion.survey_id == survey.id,
            Response.submitted_at.is_not(None),
            Response.withdrawn_at.is_(None),
        )
        .order_by(ResponseFlag.decision.is_not(None), ResponseFlag.kind, ResponseFlag.response_id)
    )
    return [(flag, response) for flag, response in rows]


def _sign(
    session: Session,
    flag: ResponseFlag,
    response: Response,
    held: frozenset[tuple[str | None, str]],
) -> Sign:
    """Return one sign with what helps to judge it, but no words that wait to be read for safety."""
    version = session.get_one(SurveyVersion, response.survey_version_id)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    answers = respondents.answers(session, response.id)
    given = f"{len(answers)} questions answered"
    sent = response.submitted_at or response.started_at
    took = max(1, round((sent - response.started_at) / dt.timedelta(minutes=1)))
    day = consultations.local_date(sent)
    words = (
        question.own_words(answers[code])
        for code, question in read.questions.items()
        if code in answers and not question.private and (response.id, code) not in held
    )
    waiting = sum(1 for code in answers if (response.id, code) in held)
    return Sign(
        response_id=response.id,
        kind=flag.kind,
        decision=DECIDED[flag.decision],
        reason=flag.reason,
        facts=f"{given}, about {took} min, {CHANNEL_NAMES[response.channel]}, {day:%-d %B %Y}",
        words=tuple(text for text in words if text),
        waiting=waiting,
    )
