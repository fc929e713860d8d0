"""Putting the demo's consultations and answers in, through the same services as real ones."""

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml
from sqlalchemy.orm import Session

from engage.consultations import Consultation, Plan, by_slug, plan_consultation
from engage.demo import people, ways
from engage.settings import Settings
from surveys import document, equality, queries, routing, services
from surveys.models import Response, Survey, SurveyLink
from surveys.questionnaire import Questionnaire
from surveys.questions import Values

ACTOR = "demo"
DATES = ("decision_on", "opens_on", "closes_on", "findings_due", "answer_due")
CLOSED_PREFIX = "strategy-"
Progress = Callable[[str, int, int], None]


def plan() -> dict[str, Any]:
    """Return the demo's plan of two consultations, as written."""
    text = (people.HERE / "plan.yaml").read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    return written


def load(
    session: Session, settings: Settings, progress: Progress, *, now: dt.datetime
) -> list[Consultation]:
    """Add what is not there yet and return both consultations; nothing that exists is touched.

    Each consultation comes with all its answers in the caller's one transaction, so a killed
    demo never leaves half of them.
    """
    return [
        by_slug(session, item["slug"])
        or _add(session, settings, dict(item), progress=progress, now=now)
        for item in plan()["consultations"]
    ]


def _add(
    session: Session,
    settings: Settings,
    item: dict[str, Any],
    *,
    progress: Progress,
    now: dt.datetime,
) -> Consultation:
    closed = item.pop("surveys") == "closed"
    for name in DATES:
        item[name] = now.date() + dt.timedelta(days=item[name])
    began = _at(item["opens_on"], hour=8)
    consultation = plan_consultation(session, Plan(**item, is_demo=True), actor=ACTOR, now=began)
    surveys = _open_surveys(session, consultation, CLOSED_PREFIX if closed else "", now=began)
    came = ways.make_links(session, surveys, actor=ACTOR, now=began)
    if closed:
        ways.hold_session(session, surveys, now=began)
        _answer(session, settings, consultation, surveys, came, progress)
        ways.leave_addresses(session, consultation, now=began)
        ended = _at(consultation.closes_on, hour=23)
        for survey in surveys.values():
            services.close_survey(session, survey, actor=ACTOR, now=ended)
    return consultation


def _open_surveys(
    session: Session, consultation: Consultation, prefix: str, *, now: dt.datetime
) -> dict[str, Survey]:
    """Publish the three shipped questionnaires and open them; return them by audience."""
    opened: dict[str, Survey] = {}
    for name, path in document.shipped().items():
        source = document.load(path)
        slug = prefix + name.replace("_", "-")
        survey = services.import_survey(session, consultation, source, slug, actor=ACTOR, now=now)
        services.open_survey(session, survey, actor=ACTOR, now=now, production=False)
        opened[survey.audience] = survey
    return opened


def _answer(
    session: Session,
    settings: Settings,
    consultation: Consultation,
    surveys: dict[str, Survey],
    came: Mapping[str, Sequence[SurveyLink]],
    progress: Progress,
) -> None:
    crowd = people.everybody()
    times = _times(consultation, len(crowd))
    block = equality.block(consultation.opens_on)
    documents = {
        audience: queries.current_document(session, survey) for audience, survey in surveys.items()
    }
    for number, (person, at) in enumerate(zip(crowd, times, strict=True), start=1):
        read, link_id = documents[person.audience], ways.link_of(number, person, came)
        response = services.start_response(
            session, surveys[person.audience], edition=person.edition, channel=person.channel,
            now=at, link_id=link_id,
        )  # fmt: skip
        said, ended = _respond(session, response, read, person, at)
        services.submit(session, response, secret=settings.secret_key, now=ended)
        about = ways.about_themselves(person, block, read, said)
        ways.keep_apart(
            session, response, block, about, secret=settings.secret_key, now=ended,
            consultation=consultation,
        )  # fmt: skip
        progress("Answers", number, len(crowd))


def _respond(
    session: Session,
    response: Response,
    questionnaire: Questionnaire,
    person: people.Person,
    at: dt.datetime,
) -> tuple[dict[str, Values], dt.datetime]:
    """Let one person answer page by page, as the web pages do; return what they said, and when."""
    answers: dict[str, Values] = {}
    page = routing.next_page(questionnaire, answers)
    while page is not None:
        at += dt.timedelta(seconds=20)
        sent = page.question.filled(person.answer(page.question), person.edition)
        answers[page.question.code] = services.record_page(
            session, response, page, sent, now=at, stored=()
        )
        page = routing.next_page(questionnaire, answers, page.id)
    return answers, at


def _times(consultation: Consultation, count: int) -> list[dt.datetime]:
    """Return when each person begins: waking hours, spread over the open weeks, in order."""
    dice = random.Random(people.SEED)  # noqa: S311  # a repeatable demo, not a secret
    days = (consultation.closes_on - consultation.opens_on).days
    start = _at(consultation.opens_on, hour=9)
    return sorted(
        start + dt.timedelta(days=dice.randrange(days), minutes=dice.randrange(12 * 60))
        for _ in range(count)
    )


def _at(day: dt.date, *, hour: int) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)
