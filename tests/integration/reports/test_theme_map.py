"""The map of themes in a publication: made of words that may be shown, and of shown numbers."""

import array
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.models.records import RunMap
from analysis.models.store import ProposedCoding
from engage.settings import Settings
from reports.documents.document import from_json
from reports.models import Report
from reports.publishing import services
from surveys.models import ReadForSafety
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient

WHERE = {0: (-20000, 0), 1: (20000, 0), 2: (0, 25000), 3: (0, -30000)}


def mapped(session: Session, scenario: Scenario, where: Mapping[int, tuple[int, int]]) -> None:
    """Keep a map in which the comments of each theme lie in one place."""
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
    )
    places = [number for row in sorted(tuple(one) for one in rows) for number in where[row[2]]]
    count = len(places) // 2
    session.add(
        RunMap(
            run_id=scenario.run.id, model="none", rows=count, dimensions=1, vectors=b"\0" * count,
            places=array.array("h", places).tobytes(), shares=31,
        )
    )  # fmt: skip
    session.flush()


def test_a_publication_draws_its_themes_where_they_lie(
    session: Session, scenario: Scenario, report: Report, settings: Settings, no_pdf: None,
    client: CheckedClient,
) -> None:  # fmt: skip
    del no_pdf
    mapped(session, scenario, WHERE)
    published = services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    found = from_json(published.document).theme_map
    assert found
    assert found.share == 31
    places = {one.label: one for one in found.places}
    assert places.keys() == {made.WAITING.name, made.BUSES.name, made.CLUBS.name}
    assert places[made.WAITING.name].x < places[made.BUSES.name].x
    assert places[made.CLUBS.name].y > places[made.BUSES.name].y
    assert places[made.WAITING.name].radius == max(one.radius for one in found.places)
    page = client.get("/you-said-we-did/send-strategy/").text
    assert "How the themes lie to each other" in page
    assert "Map of 3 themes as circles. The largest is “Waiting for health help”" in page


def test_words_that_may_not_be_shown_move_no_circle(
    session: Session, scenario: Scenario, report: Report, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    mapped(session, scenario, WHERE)
    unread = scenario.responses["parent_carer"][0].id
    session.execute(delete(ReadForSafety).where(ReadForSafety.response_id == unread))
    before = services.next_document(session, report, settings=settings, now=NOW).theme_map
    far = dict(WHERE) | {0: (32767, 32767)}
    kept = session.get_one(RunMap, scenario.run.id)
    rows = sorted(
        tuple(one)
        for one in session.execute(
            select(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
        )
    )
    places = [n for r in rows for n in (far if r[0] == unread else WHERE)[r[2]]]
    kept.places = array.array("h", places).tobytes()
    session.flush()
    assert services.next_document(session, report, settings=settings, now=NOW).theme_map == before
