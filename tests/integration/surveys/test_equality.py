"""Equality answers: kept under a link, counted for groups, and unlinked for ever in time."""

import ast
import datetime as dt
import functools
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from analysis import equality as counting
from analysis.disclosure import HIDDEN
from engage.audit import AuditEvent
from engage.consultations import Consultation
from surveys import equality, services
from surveys.models import (
    EqualityAnswer,
    EqualityKey,
    Response,
    Snapshot,
    SnapshotResponse,
)
from tests.factories import (
    NOW,
    ConsultationFactory,
    ResponseFactory,
    SnapshotFactory,
    SurveyFactory,
    SurveyVersionFactory,
)

SECRET = "equality secret"
ROOT = Path(__file__).resolve().parents[3]
YEAR = 365


@pytest.fixture
def plan(session: Session) -> Consultation:
    del session
    made: Consultation = ConsultationFactory()
    return made


@pytest.fixture
def people(session: Session, plan: Consultation) -> list[Response]:
    """Return thirty people whose answers are in a snapshot."""
    version = SurveyVersionFactory(survey_id=SurveyFactory(consultation_id=plan.id).id)
    made = [ResponseFactory(submitted=True, survey_version_id=version.id) for _ in range(30)]
    snapshot = SnapshotFactory(consultation_id=plan.id, responses=30)
    session.add_all(SnapshotResponse(snapshot_id=snapshot.id, response_id=r.id) for r in made)
    session.flush()
    return made


def keep(session: Session, plan: Consultation, who: Response, question: str, *values: str) -> bool:
    return services.keep_equality(
        session, plan.id, who.id, question, values, wording="2026-1", secret=SECRET, now=NOW
    )


def table(
    session: Session, question: str, *, threshold: int = 5, now: dt.datetime = NOW
) -> counting.ProtectedTable:
    snapshot = session.scalars(select(Snapshot)).one()
    return counting.profile(
        session, snapshot.id, question,
        secret=SECRET, threshold=threshold, key_days=YEAR, now=now,
    )  # fmt: skip


def shown(found: counting.ProtectedTable) -> dict[str, str]:
    return {words: str(count) for words, count in found.rows}


# --- The block ------------------------------------------------------------------------------


def test_the_block_asks_in_the_harmonised_words() -> None:
    block = equality.block(NOW.date())
    assert block.version == "2026-1"
    questions = block.questionnaire.questions
    assert questions["EQ2"].text.standard == (
        "Do you have any physical or mental health conditions or illnesses lasting or expected to"
        " last for 12 months or more?"
    )
    assert questions["EQ3"].text.standard == (
        "Do any of your conditions or illnesses reduce your ability to carry out day to day"
        " activities?"
    )
    groups = [option.words.standard for option in questions["EQ4"].options]
    assert groups == [
        "White", "Mixed or multiple ethnic groups", "Asian or Asian British",
        "Black, African, Caribbean or Black British", "Other ethnic group", "Prefer not to say",
    ]  # fmt: skip


def test_everybody_may_prefer_not_to_say() -> None:
    for question in equality.block(NOW.date()).questionnaire.questions.values():
        assert "pns" in question.keys


def asked(*, child: bool = False, age_known: bool = False, **answers: str) -> list[str]:
    block = equality.block(NOW.date())
    pages = block.asked(child=child, age_known=age_known)
    given = {code: (value,) for code, value in answers.items()}
    return [page.question.code for page in block.path(pages, given)]


def test_a_child_is_asked_two_questions() -> None:
    assert asked(child=True) == ["EQ2", "EQ4"]
    assert asked(child=True, EQ2="yes") == ["EQ2", "EQ4"]
    assert asked(child=True, EQ4="white") == ["EQ2", "EQ4", "EQ4a"]


def test_an_adult_is_asked_what_follows_from_the_answers() -> None:
    assert asked() == ["EQ1", "EQ2", "EQ4", "EQ5"]
    assert asked(EQ2="yes", EQ4="black") == ["EQ1", "EQ2", "EQ3", "EQ4", "EQ4d", "EQ5"]
    assert asked(EQ2="no") == ["EQ1", "EQ2", "EQ4", "EQ5"]
    assert asked(age_known=True)[0] == "EQ2", "nobody is asked the same twice"


# --- Keeping --------------------------------------------------------------------------------


def test_an_answer_stands_under_a_link_that_is_no_response(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    assert keep(session, plan, people[0], "EQ2", "yes")
    row = session.scalars(select(EqualityAnswer)).one()
    assert (row.question, row.value, row.wording) == ("EQ2", "yes", "2026-1")
    everything = " ".join(
        str(value)
        for table_ in ("response", "equality_key")
        for found in session.execute(text(f"SELECT * FROM {table_}"))  # noqa: S608  # ours
        for value in found
    )
    assert row.link not in everything
    assert people[0].id not in row.link


def test_the_link_depends_on_the_secret_and_on_the_consultation(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    keep(session, plan, people[0], "EQ2", "yes")
    assert services.given_so_far(session, plan.id, people[0].id, secret=SECRET) == {"EQ2": ("yes",)}
    assert services.given_so_far(session, plan.id, people[0].id, secret="another") == {}
    other = ConsultationFactory()
    assert services.given_so_far(session, other.id, people[0].id, secret=SECRET) == {}


def test_an_answer_can_be_changed_and_taken_back(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    for values in (("yes",), ("no",)):
        keep(session, plan, people[0], "EQ2", *values)
    assert session.scalars(select(EqualityAnswer.value)).all() == ["no"]
    keep(session, plan, people[0], "EQ2")
    assert session.scalars(select(EqualityAnswer)).all() == []


# --- Counting -------------------------------------------------------------------------------


def answered(session: Session, plan: Consultation, people: list[Response], spec: str) -> None:
    """Let people answer EQ2 in order: y, n, p for prefer not to say, - for nothing."""
    values = {"y": ("yes",), "n": ("no",), "p": ("pns",), "-": ()}
    for who, letter in zip(people, spec, strict=False):
        keep(session, plan, who, "EQ2", *values[letter])


def test_large_groups_are_counted(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 12 + "n" * 10)
    found = table(session, "EQ2")
    assert shown(found) == {"Yes": "12", "No": "10", "Prefer not to say": "0"}
    assert (str(found.not_answered), str(found.everybody)) == ("8", "30")
    assert found.wordings == ("2026-1",)


def test_small_groups_are_hidden_with_a_neighbour(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 3 + "n" * 12 + "p" * 8)
    found = table(session, "EQ2")
    assert shown(found) == {"Yes": "[c]", "No": "12", "Prefer not to say": "8"}
    assert found.not_answered == HIDDEN, "or the three could be worked out"


def test_what_follows_from_a_hidden_answer_is_hidden_altogether(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 3 + "n" * 20)
    for who in people[:3]:
        keep(session, plan, who, "EQ3", "lot")
    found = table(session, "EQ3")
    assert {count for _, count in found.rows} == {HIDDEN}
    assert (found.everybody, found.not_answered) == (HIDDEN, HIDDEN)
    assert found.of_whom == "Yes"


def test_what_follows_from_a_shown_answer_is_out_of_those_who_gave_it(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 14 + "n" * 16)
    for who, value in zip(people, ["lot"] * 7 + ["little"] * 7, strict=False):
        keep(session, plan, who, "EQ3", value)
    found = table(session, "EQ3")
    assert shown(found)["Yes, a lot"] == "7"
    assert str(found.everybody) == "14"


def test_who_withdrew_or_was_left_out_is_not_counted(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    people[0].withdrawn_at = NOW
    people[1].left_out_at, people[1].left_out_because = NOW, "twice"
    session.flush()
    assert shown(table(session, "EQ2"))["Yes"] == "28"


def test_answers_of_another_consultation_are_not_counted(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    other = ConsultationFactory()
    version = SurveyVersionFactory(survey_id=SurveyFactory(consultation_id=other.id).id)
    stranger = ResponseFactory(submitted=True, survey_version_id=version.id)
    keep(session, other, stranger, "EQ2", "no")
    assert shown(table(session, "EQ2"))["No"] == "0"


def test_every_question_has_its_table(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    snapshot = session.scalars(select(Snapshot)).one()
    found = counting.profiles(
        session, snapshot.id, secret=SECRET, threshold=5, key_days=YEAR, now=NOW
    )
    assert [one.question for one in found][:3] == ["EQ1", "EQ2", "EQ3"]


# --- Destroying the key ---------------------------------------------------------------------


def destroy(session: Session, days_on: int) -> list[str]:
    return services.destroy_keys(
        session, days=YEAR, actor="command", now=NOW + dt.timedelta(days=days_on)
    )


def test_the_key_goes_a_set_time_after_the_snapshot(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    assert destroy(session, YEAR - 1) == []
    key = session.get_one(EqualityKey, plan.id)
    assert key.destroy_on == NOW.date() + dt.timedelta(days=YEAR)
    assert destroy(session, YEAR) == [plan.id]
    assert destroy(session, YEAR + 1) == [], "once is enough"
    assert (key.salt, key.destroyed_on) == (None, NOW.date() + dt.timedelta(days=YEAR))
    verbs = session.scalars(select(AuditEvent.verb)).all()
    assert verbs == ["destroyed_key"]


def test_nothing_can_be_linked_or_kept_once_the_key_is_gone(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    destroy(session, YEAR)
    assert services.given_so_far(session, plan.id, people[0].id, secret=SECRET) == {}
    assert not keep(session, plan, people[0], "EQ5", "male")
    assert not services.takes_answers(session, plan.id)
    assert len(session.scalars(select(EqualityAnswer)).all()) == 30, "they belong to nobody now"
    with pytest.raises(services.KeyDestroyedError):
        table(session, "EQ2", now=NOW + dt.timedelta(days=YEAR))


def test_nothing_is_counted_from_that_day_even_if_the_command_never_ran(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    assert table(session, "EQ2", now=NOW + dt.timedelta(days=YEAR - 1))
    with pytest.raises(services.KeyDestroyedError):
        table(session, "EQ2", now=NOW + dt.timedelta(days=YEAR))


def test_a_longer_setting_later_brings_no_key_back(
    session: Session, plan: Consultation, people: list[Response]
) -> None:
    answered(session, plan, people, "y" * 30)
    destroy(session, 1)
    services.destroy_keys(session, days=9 * YEAR, actor="c", now=NOW + dt.timedelta(days=2))
    key = session.get_one(EqualityKey, plan.id)
    assert key.destroy_on == NOW.date() + dt.timedelta(days=YEAR)


@pytest.mark.postgres
def test_every_run_mixes_up_what_the_database_knows_of_the_order(
    session: Session, plan: Consultation, people: list[Response], postgres_url: str
) -> None:
    if not postgres_url:
        pytest.skip("PostgreSQL only")
    for who in people:
        keep(session, plan, who, "EQ2", "yes")
        session.commit()
    rows = "SELECT xmin::text FROM equality_answer"
    assert len(Counter(session.scalars(text(rows)))) == len(people)
    destroy(session, 1)
    session.commit()
    assert len(Counter(session.scalars(text(rows)))) == 1


# --- Who may compute a link -----------------------------------------------------------------


@functools.cache
def used_names() -> Mapping[str, frozenset[str]]:
    """Return the attributes and imported names of each file of the program, read once."""
    packages = ("engage", "surveys", "analysis", "reports")
    paths = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): names_in(path) for path in paths}


def names_in(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.name for alias in node.names)
    return frozenset(names)


def importers(name: str) -> set[str]:
    return {path for path, names in used_names().items() if name in names}


def test_links_are_computed_by_the_writer_and_by_one_aggregate_function() -> None:
    from_services = {
        path
        for path in importers("links")
        if "services.equality import" in (ROOT / path).read_text(encoding="utf-8")
    }
    assert from_services == {"analysis/equality.py"}
    assert importers("_link") | importers("_keyed") == set()


def test_own_answers_are_read_back_only_to_their_own_pages() -> None:
    assert importers("given_so_far") == {
        "surveys/services/__init__.py", "surveys/respond/about_you.py",
    }  # fmt: skip
    assert importers("forget_equality") == {"surveys/services/receipts.py"}


def test_the_table_of_equality_answers_is_read_nowhere_else() -> None:
    readers = {
        path for path in importers("EqualityAnswer") if not path.startswith("surveys/models")
    }
    assert readers == {"analysis/equality.py", "surveys/services/equality.py"}


def test_the_aggregate_gives_only_protected_tables(app: Flask) -> None:
    del app
    public = [name for name in vars(counting) if name.startswith("profile")]
    for name in public:
        assert "ProtectedTable" in str(vars(counting)[name].__annotations__["return"])
