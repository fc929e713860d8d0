import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import decisions, exports, queries, reading_order, second_reading
from analysis.models.copies_store import CopyGroup, CopyMember
from analysis.models.store import AnalysisRun, ProposedCoding
from analysis.models.tree_store import CarriedRun, Regrouping
from analysis.preparation import copies, copy_decisions
from analysis.runs import late, regroupings, services
from analysis.runs.carrying_on import NoFrameError
from analysis.runs.undecided import standing
from engage.jobs import Job
from surveys.models import Answer, AnswerHold, ReadForSafety, Response, Snapshot
from surveys.services import take_snapshot
from tests.factories import NOW, JobFactory, ResponseFactory
from tests.integration.analysis.conftest import Proposed
from tests.integration.analysis.prepared import SHARED
from tests.integration.analysis.words import Words
from tests.pages import CheckedClient
from tests.people import Staff

ANN = "ann"
LATER = NOW + dt.timedelta(days=9)
PAGE = "/desk/consultations/send-strategy/themes/late"


@pytest.fixture
def approved(session: Session, proposed: Proposed) -> Proposed:
    """Return a consultation with two approved themes, a joined one and some comments read."""
    themes = sorted(
        queries.themes(session, proposed.consultation.id), key=lambda t: t.sources[0].number
    )
    decisions.merge(session, themes[2], themes[3], actor=ANN, now=NOW)
    for theme in themes[:2]:
        decisions.rename(
            session, theme, name=f"{theme.name}!", easy_name="Ours", actor=ANN, now=NOW
        )
        decisions.approve(session, theme, actor=ANN, now=NOW)
    for line in reading_order.lines(session, proposed.run)[:10]:
        decisions.code_answer(session, proposed.run, line.answer, themes[:1], actor=ANN, now=NOW)
    second_reading.draw(session, proposed.run, actor=ANN, now=NOW)
    session.commit()
    return proposed


def sent(session: Session, proposed: Proposed, words: str, *, held: bool = False) -> Response:
    """Let one more parent answer after the analysis."""
    version = session.scalars(
        select(Response.survey_version_id).join(Answer).where(Answer.question == "PC06")
    ).first()
    response = ResponseFactory(submitted=True, survey_version_id=version)
    session.add(Answer(response_id=response.id, question="PC06", position=0, value=words))
    session.add(ReadForSafety(response_id=response.id, question="PC06", read_at=NOW))
    if held:
        session.add(AnswerHold(response_id=response.id, question="PC06", held_at=NOW))
    session.flush()
    del proposed
    return response


def joined(session: Session, proposed: Proposed) -> AnalysisRun:
    snapshot = take_snapshot(session, proposed.consultation, actor=ANN, now=LATER)
    job = JobFactory(kind="carry_on", subject_id=snapshot.id, asked_by=ANN)
    return late.carry_on(session, proposed.run, snapshot, job=job, now=LATER, embedder=Words())


def codings(session: Session, run: AnalysisRun) -> dict[tuple[str, str, int], tuple[object, ...]]:
    """Return every clause with everything but the names of run and proposal."""
    themes = {
        source.id: theme.id
        for theme in queries.themes(session, run.consultation_id)
        for source in theme.sources
    }
    return {
        (c.response_id, c.question, c.segment): (
            themes.get(c.proposed_theme_id or ""), c.is_primary, c.is_example, c.confidence,
            c.needs_review, c.set_aside_reason, c.shown_text, c.leaf, c.place,
        )
        for c in session.scalars(select(ProposedCoding).where(ProposedCoding.run_id == run.id))
    }  # fmt: skip


def test_no_earlier_comment_moves_when_late_ones_join(session: Session, approved: Proposed) -> None:
    earlier, plan = approved.run, approved.consultation.id
    theme = queries.approved_themes(session, plan)[0]
    words = queries.examples(session, earlier.id, theme, 1)[0].shown_text
    before, rows = codings(session, earlier), exports.rows(session, earlier)
    lines = {line.answer: line for line in reading_order.lines(session, earlier)}
    who = {
        "like": sent(session, approved, words),
        "unlike": sent(session, approved, "Zxq wvut plmokn ijbuhv ygctfx rdzes waq"),
        "nothing": sent(session, approved, "n/a"),
        "held": sent(session, approved, "Somebody hurts us at home every day", held=True),
    }
    run = joined(session, approved)
    assert queries.latest_run(session, plan) is run
    after = codings(session, run)
    assert {key: after[key] for key in before} == before
    assert [row for row in exports.rows(session, run) if row in rows] == rows
    now = {line.answer: line for line in reading_order.lines(session, run)}
    assert {answer: now[answer] for answer in lines} == lines
    new = {name: now[response.id, "PC06"] for name, response in who.items()}
    assert new["like"].theme_ids == (theme.id,)
    assert new["unlike"].needs_reading
    assert new["nothing"].aside == "nothing_to_add"
    assert new["held"].gone == "held"
    assert (run.documents, run.set_aside) == (earlier.documents + 4, earlier.set_aside + 2)
    carried = session.scalars(select(CarriedRun)).one()
    assert (carried.run_id, carried.earlier_id, carried.late) == (run.id, earlier.id, 4)


def test_what_hangs_on_the_earlier_run_goes_along(session: Session, approved: Proposed) -> None:
    drawn = [one.id for one in second_reading.draws(session, approved.run.id)]
    assert drawn
    sent(session, approved, "The taxi never comes on time in the morning")
    run = joined(session, approved)
    assert [one.id for one in second_reading.draws(session, run.id)] == drawn
    assert standing(session, run).tree == standing(session, approved.run).tree


def test_the_number_of_themes_can_be_turned_afterwards_and_late_comments_stay(
    session: Session, approved: Proposed
) -> None:
    theme = queries.approved_themes(session, approved.consultation.id)[0]
    words = queries.examples(session, approved.run.id, theme, 1)[0].shown_text
    mine = sent(session, approved, words)
    other = sent(session, approved, "Zxq wvut plmokn ijbuhv ygctfx rdzes waq")
    run = joined(session, approved)
    before = {one.answer: one.theme_ids for one in reading_order.lines(session, run)}
    job = regroupings.ask(session, run, themes=2, why="", actor=ANN, now=NOW)
    regroupings.regroup(session, session.get_one(Regrouping, job.subject_id), now=NOW)
    after = {one.answer: one.theme_ids for one in reading_order.lines(session, run)}
    for response in (mine, other):
        assert after[response.id, "PC06"] == before[response.id, "PC06"] != ()
    assert all(after[answer] for answer, themes in before.items() if themes)


def test_late_copies_join_their_campaign_and_wait_for_a_person(
    session: Session, approved: Proposed
) -> None:
    run, plan = approved.run, approved.consultation
    copied = [line.answer for line in reading_order.lines(session, run)[:3]]
    group = CopyGroup(run_id=run.id, key="asks", shared_text=SHARED, texts=3)
    group.members = [
        CopyMember(response_id=r, question=q, identical=True, likeness=1, additions="")
        for r, q in copied
    ]
    session.add(group)
    copy_decisions.confirm(session, plan, group, actor=ANN, now=NOW)
    same = sent(session, approved, SHARED)
    adding = sent(session, approved, f"{SHARED} Our taxi never comes and nobody rings us at all.")
    alone = sent(session, approved, "Our taxi never comes on Mondays and nobody ever rings us")
    later = joined(session, approved)
    (now,) = copies.groups(session, plan.id)
    members = {one.response_id: one for one in now.members}
    assert (now.run_id, now.texts, len(now.members)) == (later.id, 5, 5)
    assert members[same.id].identical
    assert "taxi" in members[adding.id].additions
    assert alone.id not in members
    assert copies.joined_since(session, now, plan.id) == 2
    assert (same.id, "PC06") not in copies.campaigns_of(session, plan.id)[0]


def test_late_answers_wait_for_an_approved_frame_and_for_somebody_to_be_late(
    session: Session, proposed: Proposed
) -> None:
    plan = proposed.consultation
    with pytest.raises(NoFrameError, match="Approve themes first"):
        late.ask(session, plan, actor=ANN, now=NOW)
    theme = queries.themes(session, plan.id)[0]
    decisions.rename(session, theme, name="Ours", easy_name="Ours", actor=ANN, now=NOW)
    decisions.approve(session, theme, actor=ANN, now=NOW)
    with pytest.raises(late.NothingLateError, match="nothing is late"):
        late.ask(session, plan, actor=ANN, now=NOW)


def test_an_analyst_lets_late_answers_join(
    app: Flask,
    staff: Callable[..., Staff],
    client: CheckedClient,
    session: Session,
    approved: Proposed,
) -> None:
    staff("analyst").signs_in()
    for _ in range(6):
        sent(session, approved, "The taxi never comes on time in the morning")
    session.commit()
    assert "People who answered since the newest analysis: 6" in client.get(PAGE).get_data(
        as_text=True
    )
    reply = client.send(PAGE, page=PAGE)
    job = session.scalars(select(Job).where(Job.kind == "carry_on")).one()
    assert reply.location == f"/desk/jobs/{job.id}"
    services.jobs.run(app, job.id)
    session.expire_all()
    assert session.get_one(Job, job.id).outcome == "succeeded"
    page = client.get(PAGE).get_data(as_text=True)
    assert "Nobody has answered since the newest analysis" in page
    assert "Late comments" in page
    assert len(session.scalars(select(Snapshot)).all()) == 2
    services.jobs.run(app, job.id)
    assert len(session.scalars(select(AnalysisRun)).all()) == 2
