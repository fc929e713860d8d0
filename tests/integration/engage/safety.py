"""Words that wait for a safeguarding reader, and what readers do: for the tests of the desk."""

import re
from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from engage.safeguarding import SafeguardingItem, reading, services
from engage.safeguarding.verdicts import Verdict
from surveys import document, queries
from surveys.models import AnswerHold, ReadForSafety, Survey
from surveys.services import import_survey
from surveys.signals import submitted
from tests.factories import NOW, AnswerFactory, ConsultationFactory, ResponseFactory
from tests.people import Staff

GRAVE = "My step dad hits me when mum is at work and I want to die."
PLAIN = "The SENCO answers us on the same day."
ASKED = {"parent_carer": ("parent-carers", "PC06"), "young_person": ("young-people", "YP13")}
SomebodyWith = Callable[..., Staff]


def sent(session: Session, words: str, *, audience: str = "parent_carer") -> SafeguardingItem:
    survey = session.scalar(select(Survey).where(Survey.audience == audience))
    file, question = ASKED[audience]
    if survey is None:
        source = document.load(document.shipped()[file])
        plan = session.scalar(select(Consultation)) or ConsultationFactory()
        survey = import_survey(session, plan, source, file, actor="o", now=NOW)
    version = queries.current_version(session, survey)
    response = ResponseFactory(submitted=True, survey_version_id=version.id)
    AnswerFactory(response_id=response.id, question=question, value=words)
    submitted.send(session, response_id=response.id, questions=(question,), now=NOW)
    found = select(SafeguardingItem).where(SafeguardingItem.response_id == response.id)
    return session.scalars(found).one()


def verdict(session: Session, item: SafeguardingItem, decision: str, **more: object) -> Verdict:
    words = reading.words_of(session, [item])[item.id]
    given = {
        "decision": decision, "reason": "I read it.", "returns": False,
        "words": reading.digest(words), **more,
    }  # fmt: skip
    return Verdict(**given)  # type: ignore[arg-type]  # each is what the field says


def referral(session: Session, item: SafeguardingItem, decision: str) -> Verdict:
    made = {"reference": "R-1", "referred_at": NOW, "referred_by": "Duty lead"}
    return verdict(session, item, decision, **made)


def decide(session: Session, item: SafeguardingItem, said: Verdict, by: str = "one") -> None:
    services.decide(session, item, said, actor=by, now=NOW, keep_days=365)


def may_be_used(session: Session, item: SafeguardingItem) -> bool:
    key = (item.response_id, item.question)
    held = session.get(AnswerHold, key, populate_existing=True)
    read = session.get(ReadForSafety, key, populate_existing=True)
    return read is not None and (held is None or held.released_at is not None)


def false_alarm(session: Session) -> SafeguardingItem:
    """Store words that only sound alarming and stand in the middle of the order."""
    item = sent(session, "This whole system is killing us.")
    session.execute(update(SafeguardingItem).values(order_score=200))
    session.commit()
    return item


def page(person: Staff, address: str) -> str:
    return " ".join(person.opens(address).get_data(as_text=True).split())


def seen_in(html: str) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', html)
