"""The demo's other ways of answering: links, a session in a school, questions about people.

None of it changes who answered or what they said: it stands beside the answers, as it does in a
real consultation.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from sqlalchemy.orm import Session

from engage.accounts.services import find_user
from engage.consultations import Consultation, local_date
from engage.demo import people
from surveys import ages, services
from surveys.equality import Block
from surveys.gathering import artefacts, links, sessions
from surveys.models import Response, Survey, SurveyLink
from surveys.questionnaire import Questionnaire
from surveys.questions import Values

FACILITATOR = "facilitator@demo.test"
NEWSLETTER, FORUM = "School newsletter", "Parent carer forum"
LINKED = {"parent_carer": (NEWSLETTER, FORUM)}
PLAIN_WEB = "online_std"
CONTACTS = (
    ("email", "asha@example.org", "standard"),
    ("email", "bramble.family@example.org", "easy"),
    ("email", "carer.of.two@example.org", "standard"),
    ("email", "dawn@example.org", "large_print"),
    ("email", "hazel.and.sons@example.org", "standard"),
    ("email", "marta@example.org", "pl"),
)


def make_links(
    session: Session, surveys: Mapping[str, Survey], *, actor: str, now: dt.datetime
) -> dict[str, list[SurveyLink]]:
    """Make a link for each place that tells parents of a survey; return the links by audience."""
    return {
        audience: [
            links.make_link(session, surveys[audience], label, PLAIN_WEB, actor=actor, now=now)
            for label in labels
        ]
        for audience, labels in LINKED.items()
    }


def link_of(number: int, person: people.Person, there: Mapping[str, Sequence[SurveyLink]]) -> str:
    """Return the id of the link somebody came by: about every third parent on the web did."""
    found = there.get(person.audience, [])
    came = person.channel == PLAIN_WEB and number % 3 == 0
    return found[number % len(found)].id if came and found else ""


def about_themselves(
    person: people.Person, block: Block, read: Questionnaire, told: Mapping[str, Values]
) -> dict[str, Values]:
    """Return what a person says about themselves, as their pages ask it; many say no."""
    said: dict[str, Values] = {}
    if person.dice.random() >= people.weights()["about_themselves"]:
        return said
    child, known = ages.may_be_under_16(read, told), ages.age_known(read, told)
    for page in block.asked(child=child, age_known=known):
        if block.leads_to(page, said):
            said[page.question.code] = person.answer(page.question)
    return {code: values for code, values in said.items() if values}


def keep_apart(
    session: Session,
    response: Response,
    block: Block,
    about: Mapping[str, Values],
    *,
    consultation: Consultation,
    secret: str,
    now: dt.datetime,
) -> None:
    """Keep what a person said about themselves, apart from their answers."""
    for code, values in about.items():
        services.keep_equality(
            session, consultation.id, response.id, code, values,
            wording=block.version, secret=secret, now=now,
        )  # fmt: skip


def leave_addresses(session: Session, consultation: Consultation, *, now: dt.datetime) -> None:
    """Let a few people ask to be told what happened."""
    for kind, address, wanted in CONTACTS:
        services.keep_contact(
            session, consultation.id, kind=kind, address=address, wanted=wanted, now=now
        )


def hold_session(session: Session, surveys: Mapping[str, Survey], *, now: dt.datetime) -> None:
    """Hold the school council's session: open it, write everything down, read it back, close it."""
    held_by = find_user(session, FACILITATOR)
    if held_by is None:
        return
    written, actor = _written(), held_by.id
    began = now + dt.timedelta(days=written["days_after_opening"])
    held = sessions.open_session(
        session, surveys[ages.YOUNG_AUDIENCE], label=written["label"], place_type="school",
        channel="youth_council", held_on=local_date(began), facilitator=actor, now=began,
    )  # fmt: skip
    for kind in ("sticky_note", "dot_votes"):
        noted = artefacts.lines("\n".join(written[kind]), kind)
        artefacts.add_artefacts(
            session, held, kind, noted, may_quote=kind == "sticky_note", actor=actor, now=began
        )
    sessions.record_session(
        session, held, heads=written["heads"], help_given=written["help_given"],
        raised_on_day=False, actor=actor, now=began,
    )  # fmt: skip
    day = local_date(began)
    sessions.read_back(session, held, on=day, note=written["read_back"], actor=actor, now=began)
    sessions.close_session(session, held, actor=actor, now=began + dt.timedelta(hours=1))


def _written() -> dict[str, Any]:
    text = (people.HERE / "session.yaml").read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    return written
