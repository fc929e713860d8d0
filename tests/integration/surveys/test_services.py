"""What the services promise: versions, opening, sending, codes, snapshots."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation
from surveys import codes, exports, queries, respondents, services, signals
from surveys.models import Answer, ImmutableError, Response, Snapshot, Survey, SurveyVersion
from surveys.questions import AnswerError
from tests import factories

SECRET = "a secret"
DAY = dt.timedelta(days=1)


def answered(session: Session, survey: Survey, now: dt.datetime, **answers: list[str]) -> Response:
    """Somebody answers these questions and sends them."""
    response = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    read = queries.current_document(session, survey)
    for code, values in answers.items():
        services.record_page(session, response, read.page_of(code), {"answer": values}, now=now)
    services.submit(session, response, secret=SECRET, now=now)
    return response


def test_every_import_is_a_new_version_and_old_ones_stay(
    session: Session, plan: Consultation, imported: Survey, source: dict[str, Any], now: dt.datetime
) -> None:
    again = services.import_survey(session, plan, source, "tiny", actor="officer", now=now)
    assert again is imported
    numbers = session.scalars(select(SurveyVersion.number).order_by(SurveyVersion.number)).all()
    assert numbers == [1, 2]
    with pytest.raises(ImmutableError):
        _change(session, queries.current_version(session, imported))


def _change(session: Session, version: SurveyVersion) -> None:
    version.document = "{}"
    session.flush()


def test_an_address_belongs_to_one_consultation_and_one_audience(
    session: Session, plan: Consultation, imported: Survey, source: dict[str, Any], now: dt.datetime
) -> None:
    del imported
    other = factories.ConsultationFactory()
    with pytest.raises(services.SurveyError, match="another consultation"):
        services.import_survey(session, other, source, "tiny", actor="officer", now=now)
    young = {**source, "audience": "young_person"}
    with pytest.raises(services.SurveyError, match="asks 'parent_carer'"):
        services.import_survey(session, plan, young, "tiny", actor="officer", now=now)


def test_young_people_are_asked_only_when_somebody_reads_for_safety(
    session: Session, plan: Consultation, source: dict[str, Any], now: dt.datetime
) -> None:
    young = {**source, "audience": "young_person"}
    survey = services.import_survey(session, plan, young, "young", actor="officer", now=now)
    with pytest.raises(services.NoSafeguardingReaderError, match="who will read"):
        services.open_survey(session, survey, actor="officer", now=now, production=True)
    assert survey.opened_at is None
    plan.safeguarding_reader = "Duty lead"
    services.open_survey(session, survey, actor="officer", now=now, production=True)
    assert survey.opened_at == now


def test_parents_may_be_asked_without_a_safeguarding_reader(
    session: Session, imported: Survey, now: dt.datetime
) -> None:
    services.open_survey(session, imported, actor="officer", now=now, production=True)
    assert respondents.place(session, "tiny").state(now) == "open"  # type: ignore[union-attr]  # it is there


def test_opening_closing_and_opening_again(
    session: Session, survey: Survey, plan: Consultation, now: dt.datetime
) -> None:
    state = respondents.survey_state
    assert state(survey, plan.closes_on, now - DAY) == "not_open"
    assert state(survey, plan.closes_on, now) == "open"
    assert state(survey, plan.closes_on, now + 60 * DAY) == "closed"
    services.close_survey(session, survey, actor="officer", now=now + DAY)
    services.close_survey(session, survey, actor="officer", now=now + 2 * DAY)
    assert survey.closed_at == now + DAY
    assert state(survey, plan.closes_on, now + DAY) == "closed"
    services.open_survey(session, survey, actor="officer", now=now + 2 * DAY, production=False)
    assert state(survey, plan.closes_on, now + 2 * DAY) == "open"
    verbs = session.scalars(select(audit.AuditEvent.verb).order_by(audit.AuditEvent.sequence)).all()
    assert verbs == ["publish", "import", "open", "close", "snapshot", "open"]


def test_nothing_opens_after_the_last_day_of_the_plan_and_nothing_unopened_closes(
    session: Session, imported: Survey, now: dt.datetime
) -> None:
    with pytest.raises(services.SurveyNotOpenError):
        services.close_survey(session, imported, actor="officer", now=now)
    with pytest.raises(services.SurveyError, match="last day is"):
        services.open_survey(
            session, imported, actor="officer", now=now + 60 * DAY, production=False
        )


def test_a_closed_survey_takes_no_answers(
    session: Session, survey: Survey, imported: Survey, now: dt.datetime
) -> None:
    response = services.start_response(
        session, survey, edition="easy", channel="online_er", now=now
    )
    page = queries.current_document(session, survey).pages[1]
    services.close_survey(session, imported, actor="officer", now=now)
    with pytest.raises(services.SurveyNotOpenError):
        services.record_page(session, response, page, {"answer": ["yes"]}, now=now)
    with pytest.raises(services.SurveyNotOpenError):
        services.submit(session, response, secret=SECRET, now=now)
    with pytest.raises(services.SurveyNotOpenError):
        services.start_response(session, survey, edition="easy", channel="online_er", now=now)


def test_a_page_keeps_the_last_answer_only(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    response = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    page = queries.current_document(session, survey).page_of("TQ2")
    for sent in (["school", "home"], ["health"], ["health", "home"], ["home"]):
        services.record_page(session, response, page, {"answer": sent}, now=now)
    assert respondents.answers(session, response.id) == {"TQ2": ("home",)}
    assert services.record_page(session, response, page, {}, now=now) == ()
    assert respondents.answers(session, response.id) == {}
    with pytest.raises(AnswerError):
        services.record_page(
            session, response, page, {"answer": ["school", "health", "home"]}, now=now
        )


def test_what_was_sent_cannot_be_changed(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    response = answered(session, survey, now, TQ1=["no"])
    page = queries.current_document(session, survey).page_of("TQ1")
    with pytest.raises(services.AlreadySentError):
        services.record_page(session, response, page, {"answer": ["yes"]}, now=now)


def test_a_code_finds_its_response_and_nobody_elses(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    first = answered(session, survey, now, TQ1=["no"])
    second = answered(session, survey, now, TQ1=["no"])
    code = services.receipt_code(session, first, secret=SECRET)
    assert services.submit(session, first, secret=SECRET, now=now) == code
    assert services.response_for_receipt(session, code.lower(), secret=SECRET) is first
    assert services.response_for_receipt(session, code, secret="other") is None
    assert services.receipt_code(session, second, secret=SECRET) != code
    stored = session.scalars(select(Response.receipt_hmac)).all()
    assert code not in stored


def test_a_code_that_is_taken_gives_way_to_the_next(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    response = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    taken = codes.make(response.id, secret=SECRET)
    factories.ResponseFactory(
        survey_version_id=response.survey_version_id,
        submitted_at=factories.NOW + DAY,
        receipt_hmac=codes.seal(taken, secret=SECRET),
    )
    code = services.submit(session, response, secret=SECRET, now=now)
    assert code != taken
    assert services.response_for_receipt(session, code, secret=SECRET) is response


def test_nothing_unsent_has_a_code(session: Session, survey: Survey, now: dt.datetime) -> None:
    response = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    with pytest.raises(services.SurveyError, match="not been sent"):
        services.receipt_code(session, response, secret=SECRET)
    with pytest.raises(services.SurveyError, match="Only answers that were sent"):
        services.withdraw(session, response, secret=SECRET, now=now)


def test_sending_tells_who_listens_which_words_there_are(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    heard: list[tuple[str, ...]] = []

    def listen(_session: Session, *, questions: tuple[str, ...], **_: object) -> None:
        heard.append(questions)

    with signals.submitted.connected_to(listen):
        answered(session, survey, now, TQ1=["no"], TQ6=["Sunny"], TQ7=["Kind people."])
    assert heard == [("TQ6", "TQ7")]


def test_a_snapshot_waits_for_closing_and_seals_what_it_holds(
    session: Session, plan: Consultation, survey: Survey, now: dt.datetime
) -> None:
    kept = answered(session, survey, now, TQ2=["school"], TQ7=["Kind people."], QP1=["yes"])
    answered(session, survey, now, TQ2=["school", "home"], TQ7=["=1+1 we need funding"])
    gone = answered(session, survey, now, TQ7=["Never mind."])
    services.withdraw(session, gone, secret=SECRET, now=now)
    left = respondents.answers(session, gone.id)
    assert left == {"TQ7": ("Never mind.",)}, "these words still wait for a safeguarding reader"
    with pytest.raises(services.SurveysNotClosedError, match="tiny"):
        services.take_snapshot(session, plan, actor="analyst", now=now)
    services.close_survey(session, survey, actor="officer", now=now)
    snapshot = queries.latest_snapshot(session, plan.id)
    assert snapshot is not None
    assert snapshot.responses == 2
    assert queries.respondents_by_audience(session, snapshot.id) == {"parent_carer": 2}
    assert queries.question_counts(session, snapshot.id, "parent_carer", "TQ2") == {
        "school": 2,
        "home": 1,
    }
    assert queries.question_base(session, snapshot.id, "parent_carer", "TQ2") == 2
    texts = {found.text: found for found in queries.free_text(session, snapshot.id)}
    assert texts["Kind people."].may_quote
    assert not texts["=1+1 we need funding"].may_quote
    assert not any(found.held or found.under_18 for found in texts.values())
    again = services.take_snapshot(session, plan, actor="analyst", now=now + DAY)
    assert again.content_hash == snapshot.content_hash
    services.hold(session, kept.id, "TQ7", now=now)
    held = {found.text: found.held for found in queries.free_text(session, snapshot.id)}
    assert held == {"Kind people.": True, "=1+1 we need funding": False}
    services.release(session, kept.id, "TQ7", now=now)
    assert not any(found.held for found in queries.free_text(session, snapshot.id))


def test_an_answer_changes_the_seal(
    session: Session, plan: Consultation, survey: Survey, now: dt.datetime
) -> None:
    response = answered(session, survey, now, TQ7=["Kind people."])
    services.close_survey(session, survey, actor="officer", now=now)
    before = services.take_snapshot(session, plan, actor="analyst", now=now)
    session.scalars(select(Answer).where(Answer.response_id == response.id)).one().value = "Others."
    session.flush()
    after = services.take_snapshot(session, plan, actor="analyst", now=now)
    assert before.content_hash != after.content_hash
    services.withdraw(session, response, secret=SECRET, now=now)
    assert respondents.answers(session, response.id) == {"TQ7": ("Others.",)}
    assert queries.free_text(session, before.id) == []


@pytest.mark.parametrize(
    ("age", "under_18"), [("16_17", True), ("18_25", False), (None, True), ("under_8", True)]
)
def test_words_of_a_young_person_count_as_a_childs_unless_they_say_otherwise(
    session: Session,
    plan: Consultation,
    source: dict[str, Any],
    now: dt.datetime,
    age: str | None,
    under_18: bool,
) -> None:
    asked = source["pages"][1]["question"]
    del asked["options"]
    asked["list"] = "young_person_ages"
    source["pages"][2].pop("when")
    young = {**source, "audience": "young_person"}
    survey = services.import_survey(session, plan, young, "young", actor="officer", now=now)
    services.open_survey(session, survey, actor="officer", now=now, production=False)
    given = {"TQ7": ["More clubs"]} | ({"TQ1": [age]} if age else {})
    answered(session, survey, now, **given)
    services.close_survey(session, survey, actor="officer", now=now)
    snapshot = services.take_snapshot(session, plan, actor="analyst", now=now)
    assert [found.under_18 for found in queries.free_text(session, snapshot.id)] == [under_18]


def test_raw_answers_are_faithful_and_never_formulas(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    sent = answered(
        session, survey, now, TQ2=["school", "home"], TQ7=["=1+1 we need funding\n☹️ bus"]
    )
    services.mark_read(session, sent.id, "TQ7", now=now)
    services.start_response(session, survey, edition="easy", channel="online_er", now=now)
    lines = exports.answers_csv(session, survey).split("\r\n")
    assert lines[0].startswith("response,version,edition,channel,kind,help,sent_on,TQ1,")
    assert "TI1" not in lines[0]
    assert len([line for line in lines if line]) == 2
    assert "school;home" in lines[1]
    assert "'=1+1 we need funding\n☹️ bus" in lines[1]


def test_words_held_for_safety_do_not_leave_with_the_raw_answers(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    response = answered(session, survey, now, TQ2=["school"], TQ7=["He hits me at home."])
    services.hold(session, response.id, "TQ7", now=now)
    held = exports.answers_csv(session, survey)
    assert "hits" not in held
    assert "school" in held
    assert "[held]" in held
    services.release(session, response.id, "TQ7", now=now)
    assert "hits" not in exports.answers_csv(session, survey), "nobody has read it yet"
    services.mark_read(session, response.id, "TQ7", now=now)
    assert "He hits me at home." in exports.answers_csv(session, survey)


CONSTRAINTS = [
    ("submitted_has_receipt", {"submitted_at": factories.NOW + DAY}),
    ("submitted_after_start", {"submitted_at": factories.NOW - DAY, "receipt_hmac": "x"}),
    ("withdrawn_was_submitted", {"withdrawn_at": factories.NOW}),
    ("channel_known", {"channel": "pigeon"}),
    ("edition_known", {"edition": "hard"}),
    ("help_known", {"help": "some"}),
    ("kind_known", {"kind": "robot"}),
]


@pytest.mark.parametrize(("name", "values"), CONSTRAINTS, ids=[name for name, _ in CONSTRAINTS])
@pytest.mark.usefixtures("session")
def test_a_promise_is_kept_by_the_database(name: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name):
        factories.ResponseFactory(**values)


def test_a_snapshot_never_changes(session: Session) -> None:
    snapshot: Snapshot = factories.SnapshotFactory()
    with pytest.raises(ImmutableError):
        _recount(session, snapshot)


def _recount(session: Session, snapshot: Snapshot) -> None:
    snapshot.responses = 5
    session.flush()


def test_the_light_reading_of_a_response_knows_its_survey(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    response = services.start_response(
        session, survey, edition="standard", channel="paper_std", now=now
    )
    services.switch_edition(session, response, "easy", now=now)
    found = respondents.answering(session, response.id)
    assert found is not None
    assert dataclasses.asdict(found)["slug"] == "tiny"
    assert (found.edition, response.channel) == ("easy", "paper_std")
