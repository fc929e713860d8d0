import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.models.store import AnalysisRun
from analysis.models.tree_store import Regrouping, RunTree
from analysis.runs import foreseen
from engage import jobs
from engage.jobs import Job
from tests.factories import NOW
from tests.integration.analysis.conftest import Proposed
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.people import Staff

NUMBER = "/desk/consultations/send-strategy/themes/number"


@pytest.fixture
def analyst(staff: Callable[..., Staff], proposed: Proposed) -> Staff:
    del proposed
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


@pytest.mark.usefixtures("analyst")
def test_what_fewer_themes_would_do_is_shown_before_it_happens(
    client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    before = {t.id: t.name for t in queries.themes(session, proposed.consultation.id)}
    page = client.get(f"{NUMBER}?themes=3").get_data(as_text=True)
    assert "3 themes would be proposed" in page
    assert "These would join" in page
    assert "These would part" not in page
    session.expire_all()
    assert {t.id: t.name for t in queries.themes(session, proposed.consultation.id)} == before
    assert "These would part" in client.get(f"{NUMBER}?themes=15").get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
def test_a_number_is_chosen_done_by_a_worker_and_taken_back_on_the_trail(
    app: Flask, client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    plan = proposed.consultation.id
    before = {t.id for t in queries.themes(session, plan)}
    reply = client.send(NUMBER, {"themes": "3", "why": "For one page."}, page=f"{NUMBER}?themes=3")
    job = session.scalars(select(Job).where(Job.kind == "regroup")).one()
    assert reply.location == f"/desk/jobs/{job.id}"
    session.commit()
    done = jobs.run(app, job.id)
    assert done is not None
    assert done.outcome == "succeeded"
    session.expire_all()
    assert len(queries.themes(session, plan)) == 3
    again = jobs.run(app, job.id)
    assert again is not None
    trail = client.get("/desk/consultations/send-strategy/themes/trail").get_data(as_text=True)
    assert "For one page." in trail
    change = session.scalars(select(Regrouping)).one().change_id
    undo = f"/desk/consultations/send-strategy/themes/undo/{change}"
    client.send(undo, {"from": "trail"}, page="/desk/consultations/send-strategy/themes/trail")
    session.expire_all()
    assert {t.id for t in queries.themes(session, plan)} == before


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("typed", ["0", "many", "9999", ""])
def test_a_number_that_cannot_be_comes_back_with_what_to_do(
    client: CheckedClient, typed: str
) -> None:
    page = client.get(f"{NUMBER}?themes={typed}").get_data(as_text=True)
    assert "There is a problem" in page
    assert re.search("Choose a number from 1 to|Write a number", page)
    reply = client.send(NUMBER, {"themes": typed}, page=f"{NUMBER}?themes=3")
    assert reply.status_code == 400
    sent = {"themes": "3", "why": "Q" * 1001}
    long = client.send(NUMBER, sent, page=f"{NUMBER}?themes=3").get_data(as_text=True)
    assert "A reason has at most 1,000 letters; there are 1,001 now" in long
    assert "Q" * 1001 in long


@pytest.mark.usefixtures("analyst")
def test_themes_that_somebody_decided_about_are_named_as_staying(
    client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    themes = queries.themes(session, proposed.consultation.id)
    decisions.rename(session, themes[0], name="Ours", easy_name="Ours", actor="a", now=NOW)
    session.commit()
    page = client.get(f"{NUMBER}?themes=3").get_data(as_text=True)
    assert re.search(r'<li class="kept"><a [^>]+>Ours</a>', page)
    for theme in themes[1:]:
        decisions.rename(session, theme, name="Ours", easy_name="Ours", actor="a", now=NOW)
    session.commit()
    page = client.get(NUMBER).get_data(as_text=True)
    assert "Somebody has decided about every theme" in page
    reply = client.send(NUMBER, {"themes": "3"}, page="/desk/consultations/send-strategy/themes/")
    assert reply.status_code == 303
    assert session.scalars(select(Regrouping)).all() == []


def test_a_run_without_a_tree_says_what_to_do(
    staff: Callable[..., Staff], client: CheckedClient, scenario: Scenario, session: Session
) -> None:
    del scenario
    staff("analyst").signs_in()
    assert session.scalars(select(AnalysisRun)).one()
    assert session.scalars(select(RunTree)).all() == []
    assert "Analyse the comments again" in client.get(NUMBER).get_data(as_text=True)


@pytest.mark.parametrize(
    ("count", "now", "others", "shown"),
    [
        (20, [12, 9], [], "20"),
        (13, [9, 4], [], "[c]"),  # the smaller one follows by taking away
        (14, [12, 10], [], "[c]"),  # as does what one of them adds
        (10, [12], [2], "[c]"),  # as does the other part
        (30, [50], [20], "30"),
        (3, [3], [], "[c]"),
    ],
)
def test_no_small_number_follows_from_what_is_foreseen(
    count: int, now: list[int], others: list[int], shown: str
) -> None:
    assert str(foreseen._shown(count, now, others, 5)) == shown  # noqa: SLF001
