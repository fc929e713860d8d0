import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries, reading_order
from analysis.models.prepared_store import ThemeSuggestion
from analysis.models.store import Theme
from analysis.models.tree_store import Regrouping, RunProof
from analysis.runs import firmness, regroupings
from analysis.runs.firmness import Firm
from tests.factories import NOW
from tests.integration.analysis.conftest import Proposed
from tests.integration.reports.scenario import UNREAD, Scenario
from tests.pages import CheckedClient
from tests.people import Staff

THEMES = "/desk/consultations/send-strategy/themes/"


@pytest.fixture
def analyst(staff: Callable[..., Staff]) -> Staff:
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


@pytest.mark.usefixtures("analyst")
def test_every_theme_says_how_often_it_was_found_again_and_what_it_may_be_called(
    client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    page = client.get(THEMES).get_data(as_text=True)
    proof = session.scalars(select(RunProof)).one()
    for theme in proposed.found.themes:
        assert f"Found again in {theme.found_again} of {proof.resamples} resamples" in page
    best = proposed.found.themes[0].suggestions
    assert best is not None
    assert f"Name: {best.names[0].value}" in page
    assert f"({round(100 * best.names[0].score)} in 100)" in page
    assert "pencil" in page
    assert f"{THEMES.removesuffix('themes/')}suggestions/" in page


@pytest.mark.usefixtures("analyst")
def test_a_group_that_no_name_fits_is_called_mixed_with_what_to_do_until_somebody_names_it(
    client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    theme = queries.themes(session, proposed.consultation.id)[0]
    source = theme.sources[0].id
    session.execute(
        delete(ThemeSuggestion).where(
            ThemeSuggestion.proposed_theme_id == source, ThemeSuggestion.kind == "name"
        )
    )
    session.commit()
    addresses = THEMES, f"{THEMES}{theme.id}", f"{THEMES.removesuffix('themes/')}suggestions/"
    for address in addresses:
        html = client.get(address).get_data(as_text=True)
        assert html.count("Mixed group:") == 1
        assert theme.name in html
    assert "Split the mixed groups, or find what holds each together: 1" in client.get(
        THEMES
    ).get_data(as_text=True)
    assert f'{theme.id}/split">Split it' in client.get(THEMES).get_data(as_text=True)
    decisions.rename(session, theme, name="Named", easy_name="Named", actor="ann", now=NOW)
    session.commit()
    assert "Mixed group" not in client.get(THEMES).get_data(as_text=True)


@pytest.mark.usefixtures("analyst")
def test_rules_that_are_not_met_are_named_with_their_themes(
    client: CheckedClient, session: Session, proposed: Proposed
) -> None:
    job = regroupings.ask(session, proposed.run, themes=18, why="", actor="ann", now=NOW)
    regroupings.regroup(session, session.get_one(Regrouping, job.subject_id), now=NOW)
    session.commit()
    page = client.get(THEMES).get_data(as_text=True)
    assert re.search(r"More than \d+ themes\.", page)
    assert re.search(r"Themes of fewer than 5 comments\..+Never drop them\. <a href", page)
    assert "Not tested for this number of themes" in page


def test_a_theme_that_people_joined_has_no_figures_of_its_own(
    session: Session, proposed: Proposed
) -> None:
    run, plan = proposed.run, proposed.consultation.id
    one, other, *_ = queries.themes(session, plan)
    decisions.merge(session, one, other, actor="ann", now=NOW)
    firm = firmness.of_themes(session, run, queries.themes(session, plan))
    assert firm[one.id].again == "Not tested: people put it together"
    assert firm[one.id].stability is None


@pytest.mark.usefixtures("analyst")
def test_what_a_small_group_raises_is_kept_in_sight_without_its_audience(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    theme = session.get_one(Theme, scenario.themes[UNREAD.name].id)
    run = scenario.run
    for line in reading_order.lines(session, run):
        keep = line.audience == "young_person" and line.theme_ids[-1:] == (theme.id,)
        themes = [scenario.themes[name] for name in list(scenario.themes)[:1]]
        if not (keep and line.response_id == scenario.responses["young_person"][-1].id):
            decisions.code_answer(session, run, line.answer, themes, actor="ann", now=NOW)
    session.commit()
    page = client.get(THEMES).get_data(as_text=True)
    listed = re.search(r"Small groups.+?</ul>", page, re.DOTALL)
    assert listed is not None
    assert f"{theme.name}</a>: raised by fewer than 5 people" in listed[0]
    assert "Young people" not in listed[0]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Firm(tested=True, found_again=5, resamples=6), "Found again in 5 of 6 resamples"),
        (Firm(tested=True), "Not tested for this number of themes"),
        (Firm(tested=True, coherence=0.2), "Its words are often used together"),
        (Firm(tested=True, coherence=-0.1), "Its words are sometimes used together"),
        (Firm(tested=True, coherence=-0.6), "Its words are seldom used together"),
        (Firm(tested=True, distinctness=0.1), "Very near to another theme"),
        (Firm(tested=True, distinctness=0.3), "Apart from every other theme"),
        (Firm(tested=True, distinctness=0.7), "Well apart from every other theme"),
        (Firm(tested=True, agree=7), "A person would agree with about 7 of 10 of its comments"),
    ],
)
def test_figures_are_told_in_plain_words(known: Firm, said: str) -> None:
    assert said in (known.again, known.words, known.apart, known.sure)
