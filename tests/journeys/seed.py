"""What the journeys' site holds: one consultation to answer, one to analyse and report on.

Everything goes through the services a real installation uses.
"""

import csv
import dataclasses
import datetime as dt
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

import engage
import surveys
from engage.accounts.services import create_user
from engage.consultations import Consultation, Plan, plan_consultation
from surveys import queries, services
from surveys.models import Survey

DOCUMENTS = Path(surveys.__file__).parent / "documents"
COMMENTS = Path(engage.__file__).parent / "demo" / "comments"
SECRET = "a secret that only the journeys know, long enough"
ACTOR = "journeys"
EMAIL = "analyst@example.org"
PASSWORD = "hexagons-in-a-row"
EVERY_KIND = Path(__file__).parents[1] / "questionnaires" / "every_kind.yaml"
AUDIENCES = ("parent_carers", "professionals", "young_people")

OPEN = Plan(
    slug="have-your-say",
    title="Have your say: SEND services",
    easy_title="Have your say: help for SEND",
    purpose="To hear how SEND services feel now.",
    can_change="What we work on first.",
    decided_by="The SEND partnership board",
    lawful_basis="Public task",
    safeguarding_reader="Safeguarding duty lead",
    privacy_notice_version="2026-10",
    contact="send@example.org",
    opens_on=dt.date(2000, 1, 1),
    closes_on=dt.date(2000, 1, 1),
    is_demo=True,
)
HEARD = dataclasses.replace(
    OPEN, slug="heard", title="What we asked last year", easy_title="What we asked you"
)
KINDS = dataclasses.replace(
    OPEN, slug="kinds", title="Every kind of question", easy_title="All our questions"
)


@dataclasses.dataclass(frozen=True)
class Comment:
    """One invented person's words, by question."""

    said: tuple[tuple[str, str], ...]


def fill(session: Session, now: dt.datetime) -> None:
    """Put everything into an empty database."""
    day = dt.timedelta(days=1)
    add_staff(session, now)
    asking = add_consultation(session, OPEN, start=now - 20 * day, end=now + 20 * day)
    for audience in AUDIENCES:
        file = DOCUMENTS / f"{audience}.yaml"
        add_survey(session, asking, file, audience.replace("_", "-"), now=now - 20 * day)
    kinds = add_consultation(session, KINDS, start=now - 20 * day, end=now + 20 * day)
    add_survey(session, kinds, EVERY_KIND, "every-kind", now=now - 20 * day)
    heard = add_consultation(session, HEARD, start=now - 90 * day, end=now - 10 * day)
    then = now - 60 * day
    parents = add_survey(
        session, heard, DOCUMENTS / "parent_carers.yaml", "heard-parents", now=then
    )
    young = add_survey(session, heard, DOCUMENTS / "young_people.yaml", "heard-young", now=then)
    answer(session, parents, people("parent_carers_1.csv", 70), now=then)
    answer(session, young, people("young_people.csv", 40), now=then)
    for survey in (parents, young):
        services.close_survey(session, survey, actor=ACTOR, now=now - 10 * day)
    services.take_snapshot(session, heard, actor=ACTOR, now=now - 10 * day)


def add_staff(session: Session, now: dt.datetime) -> None:
    create_user(
        session,
        email=EMAIL,
        password=PASSWORD,
        roles=("engagement_officer", "analyst", "approver"),
        display_name="Engagement analyst",
        actor=ACTOR,
        now=now,
    )


def add_consultation(
    session: Session, plan: Plan, *, start: dt.datetime, end: dt.datetime
) -> Consultation:
    plan = dataclasses.replace(plan, opens_on=start.date(), closes_on=end.date())
    return plan_consultation(session, plan, actor=ACTOR, now=start)


def add_survey(
    session: Session, consultation: Consultation, file: Path, slug: str, *, now: dt.datetime
) -> Survey:
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    survey = services.import_survey(session, consultation, document, slug, actor=ACTOR, now=now)
    return services.open_survey(session, survey, actor=ACTOR, now=now, production=True)


def people(file: str, number: int) -> Iterator[Comment]:
    with (COMMENTS / file).open(encoding="utf-8", newline="") as lines:
        rows = groupby(csv.DictReader(lines), key=lambda row: row["respondent"])
        for _, said in islice(rows, number):
            yield Comment(tuple((row["question"], row["text"]) for row in said))


def answer(
    session: Session, survey: Survey, comments: Iterator[Comment], *, now: dt.datetime
) -> None:
    pages = {page.question.code: page for page in queries.current_document(session, survey).pages}
    for comment in comments:
        response = services.start_response(
            session, survey, edition="standard", channel="online_std", now=now
        )
        for question, words in (*comment.said, ("QP1", "yes")):
            services.record_page(session, response, pages[question], {"answer": (words,)}, now=now)
        services.submit(session, response, secret=SECRET, now=now)
        for question, _ in comment.said:  # nothing unread is ever published
            services.mark_read(session, response.id, question, now=now)
