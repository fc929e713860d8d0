from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from analysis.decided import coded, decisions, queries, second_reading
from analysis.decided.coded import Answer
from analysis.models.assist_records import FIRST, SECOND, SecondDraw, SecondReading
from analysis.models.store import AnalysisRun, Theme
from engage.audit import verify
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, CLUBS, WAITING, Scenario

ANN, BEN = "ann", "ben"


@pytest.fixture
def drawn(session: Session, run: AnalysisRun) -> list[SecondDraw]:
    return second_reading.draw(session, run, actor=ANN, now=NOW)


def an_answer(session: Session, run: AnalysisRun, place: int = 0) -> Answer:
    return second_reading.waiting(session, run, BEN)[place]


def first(session: Session, run: AnalysisRun, answer: Answer, *themes: Theme) -> None:
    decisions.code_answer(session, run, answer, themes, actor=ANN, now=NOW)


def second(session: Session, run: AnalysisRun, answer: Answer, *themes: Theme) -> None:
    second_reading.read_second(session, run, answer, themes, actor=BEN, now=NOW)


def test_each_question_gives_its_sample_once(
    session: Session, run: AnalysisRun, drawn: list[SecondDraw]
) -> None:
    asked = {answer.question for answer in coded.coded_answers(session, run)}
    assert {one.question for one in drawn} == asked
    assert sum(len(one.readings) for one in drawn) == sum(one.answers for one in drawn) == 40
    assert second_reading.draw(session, run, actor=ANN, now=NOW) == []


@pytest.mark.usefixtures("drawn")
def test_what_the_second_reader_says_changes_no_count(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    buses = scenario.themes[BUSES.name]
    before = queries.people_by_audience(session, run.id, [buses])
    answer = an_answer(session, run)
    second(session, run, answer, scenario.themes[CLUBS.name])
    assert queries.people_by_audience(session, run.id, [buses]) == before
    assert answer not in second_reading.waiting(session, run, BEN)
    assert queries.answers_read(session, run.id) == 0


@pytest.mark.usefixtures("drawn")
def test_the_first_reader_cannot_be_the_second(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    answer = an_answer(session, run)
    first(session, run, answer, scenario.themes[BUSES.name])
    assert answer not in second_reading.waiting(session, run, ANN)
    with pytest.raises(second_reading.SamePersonError):
        second_reading.read_second(session, run, answer, [], actor=ANN, now=NOW)


@pytest.mark.usefixtures("drawn")
def test_a_blind_reading_is_made_once(session: Session, run: AnalysisRun) -> None:
    answer = an_answer(session, run)
    second(session, run, answer)
    with pytest.raises(second_reading.AlreadySecondReadError):
        second(session, run, answer)


@pytest.mark.usefixtures("drawn")
def test_of_two_second_readers_at_the_very_same_moment_one_is_kept(
    session: Session, engine: Engine, scenario: Scenario, run: AnalysisRun
) -> None:
    answer, run_id = an_answer(session, run), run.id
    session.commit()

    def at_once() -> None:
        with Session(engine) as own:
            theirs = own.get_one(AnalysisRun, run_id)
            second_reading.read_second(own, theirs, answer, [], actor="cat", now=NOW)
            own.commit()

    with ThreadPoolExecutor(1) as pool:
        second(session, run, answer, scenario.themes[BUSES.name])
        other = pool.submit(at_once)
        wait([other], timeout=0.4)
        session.commit()
        with pytest.raises(second_reading.AlreadySecondReadError):
            other.result(20)
    by = session.scalars(select(SecondReading.read_by).where(SecondReading.read_by.is_not(None)))
    assert by.all() == [BEN]


@pytest.mark.usefixtures("drawn")
def test_agreement_is_counted_whoever_came_first(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    buses, clubs = scenario.themes[BUSES.name], scenario.themes[CLUBS.name]
    one, two = an_answer(session, run, 0), an_answer(session, run, 1)
    first(session, run, one, buses)
    second(session, run, one, buses)
    second(session, run, two, clubs)
    assert second_reading.agree(session, run).answers == 1
    first(session, run, two, buses)
    found = second_reading.agree(session, run)
    assert (found.answers, found.same) == (2, 1)
    lines = {line.code: line for line in found.codes}
    assert lines[buses.id].both == lines[buses.id].only_first == 1


@pytest.mark.usefixtures("drawn")
def test_settling_keeps_both_first_words_and_makes_the_agreed_ones_count(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    buses, clubs = scenario.themes[BUSES.name], scenario.themes[CLUBS.name]
    waiting = scenario.themes[WAITING.name]
    answer = an_answer(session, run)
    first(session, run, answer, buses)
    second(session, run, answer, clubs)
    assert [(r.response_id, a, b) for r, a, b in second_reading.disagreed(session, run)] == [
        (answer[0], frozenset([buses.id]), frozenset([clubs.id]))
    ]
    with pytest.raises(second_reading.SecondReadingError, match="few words"):
        second_reading.settle(session, run, answer, [waiting], why=" ", actor=ANN, now=NOW)
    kept = second_reading.settle(
        session, run, answer, [waiting], why="It is about the wait.", actor=ANN, now=NOW
    )
    assert queries.themes_of_answer(session, run, answer) == [waiting]
    assert kept.given(FIRST) == {buses.id}
    assert kept.given(SECOND) == {clubs.id}
    assert second_reading.disagreed(session, run) == []
    assert second_reading.agree(session, run).same == 0
    with pytest.raises(second_reading.NotToSettleError):
        second_reading.settle(session, run, answer, [], why="Again.", actor=ANN, now=NOW)
    assert verify(session).ok


@pytest.mark.usefixtures("drawn")
def test_words_taken_back_are_for_no_second_reader(session: Session, run: AnalysisRun) -> None:
    answer = an_answer(session, run)
    session.execute(
        text("UPDATE response SET withdrawn_at = submitted_at WHERE id = :id"), {"id": answer[0]}
    )
    assert answer not in second_reading.waiting(session, run, BEN)
    with pytest.raises(second_reading.SecondReadingError, match="any more"):
        second(session, run, answer)


@pytest.mark.usefixtures("drawn")
def test_an_answer_outside_the_sample_is_refused(session: Session, run: AnalysisRun) -> None:
    with pytest.raises(second_reading.SecondReadingError, match="not in the sample"):
        second(session, run, ("0" * 32, "PC06"))
