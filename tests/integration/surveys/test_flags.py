"""Signs about responses: raised cheaply, decided by a person, and never a verdict."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from surveys import document, exports, queries, services
from surveys.models import AnswerMark, Response, ResponseFlag, Snapshot, Survey
from surveys.questionnaire import Questionnaire
from surveys.services import flags
from tests.factories import (
    NOW,
    AnswerFactory,
    ConsultationFactory,
    ResponseFactory,
    SnapshotFactory,
)

LONG = "we have waited two years and nobody has rung us back once"
CHOICES = {"PC01": ("parent_carer",), "PC02": ("8_10",), "PC03": ("E",), "PC04": ("very_well",),
           "PC07": ("agree",), "PC08": ("agree",), "PC09": ("agree",), "PC10": ("yes",),
           "PC11": ("no",), "PC12": ("agree",), "PC13": ("no",)}  # fmt: skip


@pytest.fixture
def survey(session: Session) -> Survey:
    source = document.load(document.shipped()["parent-carers"])
    plan = ConsultationFactory()
    made: Survey = services.import_survey(session, plan, source, "parents", actor="o", now=NOW)
    return made


@pytest.fixture
def read(session: Session, survey: Survey) -> Questionnaire:
    return queries.current_document(session, survey)


def sent(session: Session, survey: Survey, **facts: Any) -> Response:
    version = queries.current_version(session, survey)
    return ResponseFactory(submitted=True, survey_version_id=version.id, **facts)


def raised(
    session: Session,
    read: Questionnaire,
    response: Response,
    answers: Mapping[str, tuple[str, ...]],
    minutes: float = 30,
    now: dt.datetime = NOW,
) -> tuple[str, ...]:
    started = now - dt.timedelta(minutes=minutes)
    return services.raise_flags(session, response.id, read, answers, started, now)


def kinds(session: Session, response: Response) -> set[str]:
    mine = select(ResponseFlag.kind).where(ResponseFlag.response_id == response.id)
    return set(session.scalars(mine))


# --- Very quick -----------------------------------------------------------------------------


def test_most_questions_in_under_a_third_of_the_time_is_a_sign(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    third = read.minutes / 3
    many = dict.fromkeys(list(read.questions), ("x",))
    quick, slow = sent(session, survey), sent(session, survey)
    assert raised(session, read, quick, many, third - 0.1)[0] == "very_quick"
    assert "very_quick" not in raised(session, read, slow, many, third + 0.1)
    assert kinds(session, quick) >= {"very_quick"}


def test_few_answers_given_quickly_are_no_sign(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    assert raised(session, read, sent(session, survey), {"PC01": ("parent_carer",)}, 0.5) == ()


def test_typing_in_paper_quickly_is_no_sign(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    many = dict.fromkeys(read.questions, ("x",))
    keyed = sent(session, survey, channel="paper_std")
    assert "very_quick" not in raised(session, read, keyed, many, 0.5)


# --- The same again -------------------------------------------------------------------------


def test_the_same_long_words_twice_are_a_sign_about_both(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    first, second = sent(session, survey), sent(session, survey)
    assert raised(session, read, first, {"PC06": (LONG,)}) == ()
    later = NOW + dt.timedelta(days=20)
    spelled = {"PC06": (f"  {LONG.upper()} ",)}
    assert raised(session, read, second, spelled, now=later) == ("same_words",)
    assert kinds(session, first) == kinds(session, second) == {"same_words"}


@pytest.mark.parametrize("words", ["more clubs", "we want more clubs near us please"])
def test_short_words_are_often_the_same(
    session: Session, survey: Survey, read: Questionnaire, words: str
) -> None:
    for _ in range(2):
        assert raised(session, read, sent(session, survey), {"PC06": (words,)}) == ()


def test_the_same_choices_within_ten_minutes_are_a_sign(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    first = sent(session, survey, started_at=NOW, submitted_at=NOW)
    raised(session, read, first, CHOICES)
    second = sent(session, survey)
    soon = NOW + dt.timedelta(minutes=9)
    assert raised(session, read, second, CHOICES, now=soon) == ("same_answers",)
    third = sent(session, survey)
    later = NOW + dt.timedelta(minutes=25)
    assert raised(session, read, third, CHOICES, now=later) == ()


def test_fewer_than_ten_choices_are_never_the_same(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    few = dict(list(CHOICES.items())[:9])
    for _ in range(2):
        assert raised(session, read, sent(session, survey), few) == ()


def test_another_survey_is_another_place(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    raised(session, read, sent(session, survey), {"PC06": (LONG,)})
    source = document.load(document.shipped()["parent-carers"])
    other = services.import_survey(
        session, ConsultationFactory(), source, "others", actor="o", now=NOW
    )
    assert raised(session, read, sent(session, other), {"PC06": (LONG,)}) == ()


def test_looking_costs_the_same_however_many_have_answered(
    session: Session, survey: Survey, read: Questionnaire
) -> None:
    def statements(answers: Mapping[str, tuple[str, ...]]) -> int:
        seen: list[str] = []
        engine = session.get_bind()
        response = sent(session, survey)
        listen = lambda *args: seen.append(args[2])  # noqa: E731  # one line, used once
        event.listen(engine, "before_cursor_execute", listen)
        raised(session, read, response, answers, 30)
        event.remove(engine, "before_cursor_execute", listen)
        return len(seen)

    words = {"PC06": (f"{LONG} one",)}
    before = statements(words)
    for number in range(30):
        raised(session, read, sent(session, survey), {"PC06": (f"{LONG} {number} times",)})
    assert statements({"PC06": (f"{LONG} two",)}) == before < 8


# --- A person decides -----------------------------------------------------------------------


@pytest.fixture
def flagged(session: Session, survey: Survey, read: Questionnaire) -> Response:
    first, second = sent(session, survey), sent(session, survey)
    raised(session, read, first, {"PC06": (LONG,)})
    raised(session, read, second, {"PC06": (LONG,)})
    AnswerFactory(response_id=second.id, question="PC06", value=LONG)
    return second


def decide(session: Session, response: Response, decision: str, reason: str = "") -> Response:
    return services.decide(
        session, response.id, "same_words", decision, reason, actor="analyst", now=NOW
    )


def counted(session: Session, survey: Survey) -> int:
    return queries.responses_so_far(session, survey.id)["standard"]


def test_a_sign_leaves_nothing_out(session: Session, survey: Survey, flagged: Response) -> None:
    assert flagged.left_out_at is None
    assert counted(session, survey) == 2


def test_leaving_out_needs_a_reason_and_takes_it_out_of_every_count(
    session: Session, survey: Survey, flagged: Response
) -> None:
    with pytest.raises(services.FlagError):
        decide(session, flagged, "leave_out", "  ")
    decide(session, flagged, "leave_out", "Sent twice by mistake")
    assert (flagged.left_out_at, flagged.left_out_because) == (NOW, "Sent twice by mistake")
    assert counted(session, survey) == 1
    assert flagged.id not in exports.answers_csv(session, survey)
    assert session.scalars(select(AuditEvent.verb)).all()[-1] == "flag_leave_out"


@pytest.mark.parametrize("decision", ["keep", ""])
def test_a_decision_can_be_undone(
    session: Session, survey: Survey, flagged: Response, decision: str
) -> None:
    decide(session, flagged, "leave_out", "Sent twice")
    decide(session, flagged, decision)
    assert (flagged.left_out_at, flagged.left_out_because) == (None, None)
    assert counted(session, survey) == 2


def test_a_response_stays_out_while_one_decision_says_so(
    session: Session, flagged: Response
) -> None:
    session.add(ResponseFlag(response_id=flagged.id, kind="very_quick", raised_at=NOW))
    session.flush()
    decide(session, flagged, "leave_out", "Sent twice")
    services.decide(session, flagged.id, "very_quick", "keep", "", actor="analyst", now=NOW)
    assert flagged.left_out_because == "Sent twice"


def test_only_a_sign_that_is_there_can_be_decided(session: Session, flagged: Response) -> None:
    with pytest.raises(services.FlagError):
        services.decide(session, flagged.id, "same_answers", "keep", "", actor="a", now=NOW)
    with pytest.raises(services.FlagError):
        decide(session, flagged, "perhaps")


def test_what_is_left_out_is_in_no_new_snapshot(
    session: Session, survey: Survey, flagged: Response
) -> None:
    decide(session, flagged, "leave_out", "Sent twice")
    survey.opened_at = survey.closed_at = NOW
    session.flush()
    plan = session.get_one(type(ConsultationFactory()), survey.consultation_id)
    snapshot = services.take_snapshot(session, plan, actor="o", now=NOW)
    assert flagged.id not in queries.people_in(session, snapshot.id)
    assert snapshot.responses == 1


def test_marks_go_with_the_answers(session: Session, flagged: Response) -> None:
    assert session.scalars(select(AnswerMark).where(AnswerMark.response_id == flagged.id)).all()
    flags.forget_marks(session, flagged.id)
    assert kinds(session, flagged) == set()
    left = session.scalars(select(AnswerMark).where(AnswerMark.response_id == flagged.id)).all()
    assert left == []


def test_a_snapshot_from_before_counts_without_what_is_left_out(
    session: Session, survey: Survey, flagged: Response
) -> None:
    from surveys.models import SnapshotResponse  # noqa: PLC0415  # used once

    snapshot: Snapshot = SnapshotFactory(consultation_id=survey.consultation_id, responses=1)
    session.add(SnapshotResponse(snapshot_id=snapshot.id, response_id=flagged.id))
    session.flush()
    assert len(queries.free_text(session, snapshot.id)) == 1
    decide(session, flagged, "leave_out", "Sent twice")
    assert queries.free_text(session, snapshot.id) == []
    assert queries.respondents_by_audience(session, snapshot.id) == {}
