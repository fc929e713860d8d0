"""Finding comments by word, by meaning and by filters, and the map of them."""

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.decided import reading_order
from analysis.decided.reading_order import Line
from analysis.models.store import AnalysisRun, ProposedCoding
from analysis.runs import finding, meaning
from surveys.models import Response
from tests.integration.reports.scenario import WAITING, Scenario
from tests.pages import CheckedClient
from tests.people import Staff

THEMES = "/desk/consultations/send-strategy/themes/"


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


def readable(session: Session, run: AnalysisRun) -> list[Line]:
    return [line for line in reading_order.lines(session, run) if line.is_readable]


class Compass:
    """An embedder for tests: three letters make three directions."""

    name = "compass"

    def embed(self, texts: list[str], progress: object = None) -> np.ndarray:  # type: ignore[type-arg]  # of a test
        del progress
        rows = np.array([[1 + text.lower().count(c) ** 2 for c in "wtc"] for text in texts], float)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype("float32")


def test_words_of_like_meaning_are_found_and_lie_together(
    session: Session, run: AnalysisRun
) -> None:
    assert meaning.nearest(session, run, "wait", 3, embedder=Compass()) is None
    made = meaning.make_map(session, run, embedder=Compass())
    assert made is not None
    assert meaning.make_map(session, run) is made, "a map is made once"
    near = meaning.nearest(session, run, WAITING.words[0], 5, embedder=Compass())
    assert near is not None
    best = session.get_one(ProposedCoding, (run.id, *near[0][0]))
    assert best.redacted_text == WAITING.words[0]
    places = meaning.places(session, run)
    assert len(places) == made.rows
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())


def test_cells_keep_apart_and_inside() -> None:
    where = {str(n): [(0.01 * n, 0.0)] for n in range(12)}
    cells = meaning.cells(where, dict.fromkeys(where, 10), 640)
    for n, one in enumerate(cells):
        assert one.radius <= one.x <= 640 - one.radius
        for other in cells[n + 1 :]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart > (one.radius + other.radius) * 0.85


@pytest.mark.usefixtures("analyst")
def test_the_map_is_drawn_beside_its_table(
    client: CheckedClient, session: Session, run: AnalysisRun
) -> None:
    assert "no map yet" in client.get(f"{THEMES}map").get_data(as_text=True)
    meaning.make_map(session, run, embedder=Compass())
    session.commit()
    html = client.get(f"{THEMES}map").get_data(as_text=True)
    assert "<svg" in html
    assert "The cells of the map" in html


@pytest.mark.usefixtures("analyst")
def test_a_word_is_found_whatever_its_capitals(client: CheckedClient) -> None:
    html = client.get(f"{THEMES}find?words=TAXI&how=word").get_data(as_text=True)
    assert "The taxi is late" in html
    assert "0 comments" in client.get(f"{THEMES}find?words=100%25").get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
def test_three_filters_are_refused_and_kept_in_the_form(client: CheckedClient) -> None:
    reply = client.get(f"{THEMES}find?audience=professional&read=no&review=no")
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "at most two filters" in html
    assert 'value="professional" selected' in html


def test_a_slice_of_few_people_is_not_listed(session: Session, run: AnalysisRun) -> None:
    response = session.scalars(select(ProposedCoding.response_id).distinct()).first()
    edition = {"edition": "easy"}
    session.execute(update(Response).where(Response.id == response).values(edition="easy"))
    found = finding.choose(session, run, readable(session, run), edition, threshold=5)
    assert found.too_small
    assert found.lines == ()
    assert str(found.people) == "[c]"
    hidden = [str(row[""]) for row in found.table.values()]
    assert hidden == ["[c]", "[c]"], "the other edition would give it away"


def test_two_filters_give_a_protected_table(session: Session, run: AnalysisRun) -> None:
    found = finding.choose(
        session, run, readable(session, run), {"audience": "professional", "read": "no"},
        threshold=5,
    )  # fmt: skip
    assert str(found.people) == "12"
    assert len(found.lines) == 12
    with pytest.raises(finding.TooManyFiltersError):
        finding.choose(
            session, run, [], dict.fromkeys(("audience", "read", "review"), "x"), threshold=5
        )
