"""Rows for tests; each factory makes something whole that a test then changes in one place."""

import datetime as dt
from typing import Any

import factory
from argon2 import PasswordHasher
from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts import Role, User
from engage.consultations import Consultation
from engage.jobs import Job
from surveys.models import Answer, Response, Snapshot, Survey, SurveyVersion

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class _InUse:
    session: Session | None = None


def use(session: Session | None) -> None:
    """Let all factories write to this session."""
    _InUse.session = session


class Rows(SQLAlchemyModelFactory):  # type: ignore[type-arg]  # no class at run time
    """Parent of all factories."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = staticmethod(lambda: _InUse.session)
        sqlalchemy_session_persistence = "flush"


class ConsultationFactory(Rows):
    class Meta:
        model = Consultation

    slug = factory.Sequence(lambda n: f"consultation-{n}")
    title = "Help with SEND"
    easy_title = "Help for you"
    purpose = "To find out what works and what does not."
    can_change = "What is done first."
    decided_by = "The partnership board"
    decision_on = None
    lawful_basis = "Public task: Children and Families Act 2014, section 27"
    special_category_condition = "Substantial public interest"
    safeguarding_reader = "Duty safeguarding lead"
    privacy_notice_version = "2026-10"
    contact = "The participation team"
    opens_on = dt.date(2026, 2, 1)
    closes_on = dt.date(2026, 4, 30)
    created_at = NOW

    class Params:
        demo = factory.Trait(is_demo=True)
        closed = factory.Trait(opens_on=dt.date(2025, 11, 1), closes_on=dt.date(2026, 2, 1))


class UserFactory(Rows):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = HASH
    display_name = "Data analyst"
    created_at = NOW

    @factory.post_generation
    def with_roles(self: Any, create: bool, names: list[str] | None, **_: Any) -> None:
        """Give the roles named in UserFactory(with_roles=["analyst"])."""
        session = _InUse.session
        assert create
        assert session is not None
        for name in names or []:
            role = session.scalar(select(Role).where(Role.name == name)) or Role(name=name)
            self.roles.append(role)
        session.flush()


class JobFactory(Rows):
    class Meta:
        model = Job

    kind = "test"
    subject_id = factory.Sequence(lambda n: f"subject{n}")
    asked_by = "command"
    asked_at = NOW


class SurveyFactory(Rows):
    class Meta:
        model = Survey

    consultation_id = factory.LazyFunction(lambda: ConsultationFactory().id)
    slug = factory.Sequence(lambda n: f"survey-{n}")
    audience = "parent_carer"
    opened_at = dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC)


class SurveyVersionFactory(Rows):
    class Meta:
        model = SurveyVersion

    survey_id = factory.LazyFunction(lambda: SurveyFactory().id)
    number = 1
    document = "{}"
    document_hash = factory.Sequence(lambda n: f"{n:064x}")
    published_at = NOW


class ResponseFactory(Rows):
    class Meta:
        model = Response

    survey_version_id = factory.LazyFunction(lambda: SurveyVersionFactory().id)
    edition = "standard"
    channel = "online_std"
    kind = "individual"
    notice_version = "2026-10"
    started_at = NOW

    class Params:
        submitted = factory.Trait(
            submitted_at=NOW + dt.timedelta(minutes=9),
            receipt_hmac=factory.Sequence(lambda n: f"{n:064x}"),
        )


class AnswerFactory(Rows):
    class Meta:
        model = Answer

    response_id = factory.LazyFunction(lambda: ResponseFactory(submitted=True).id)
    question = "PC06"
    position = 0
    value = "The SENCO answers us."


class SnapshotFactory(Rows):
    class Meta:
        model = Snapshot

    consultation_id = factory.LazyFunction(lambda: ConsultationFactory(closed=True).id)
    taken_at = NOW
    content_hash = "0" * 64
    responses = 0
