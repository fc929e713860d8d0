"""The ledger of figures: every number says what it counts, and counting gives it again."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.documents.document import Fact, Headline, from_json
from reports.documents.printed import ledger
from reports.models import Figure, Publication, Report
from reports.publishing import checking, recounting, services
from reports.publishing.recounting import FiguresDoNotMatchError
from surveys.models import Answer, Snapshot
from surveys.queries import question_wordings
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.people import Staff

pytestmark = [pytest.mark.full_on_postgresql, pytest.mark.usefixtures("no_pdf")]
LATER = NOW + dt.timedelta(days=40)


def newest(session: Session, report: Report) -> Publication:
    publication = services.latest(session, report)
    assert publication is not None
    return publication


def rows(publication: Publication) -> dict[str, Figure]:
    return {row.key: row for row in publication.figures}


def again(session: Session, report: Report, settings: Settings) -> Publication:
    return services.publish(
        session, report, settings=settings, actor="x", now=LATER, note="Nine envelopes came late."
    )


def test_a_figure_says_what_it_counts_of_which_answers_and_when(
    session: Session, published: Report, scenario: Scenario
) -> None:
    found = rows(newest(session, published))
    theme = scenario.themes[made.WAITING.name]
    entry = scenario.entry(published, made.WAITING)
    assert found[f"theme/{theme.id}/parent_carer"].filter == (
        f"counted=theme; theme={theme.id}; audience=parent_carer"
    )
    assert found["responses/parent_carer"].filter == "counted=responses; audience=parent_carer"
    assert found["channel/paper_std"].filter == "counted=channel; what=paper_std"
    assert f"entry/{entry.key}/parent_carer" in found
    snapshot = session.get_one(Snapshot, scenario.run.snapshot_id)
    assert {row.snapshot_hash for row in found.values()} == {snapshot.content_hash}
    assert {row.counted_on for row in found.values()} == {NOW.date()}
    assert found[f"theme/{theme.id}/parent_carer"].base_key == "wrote/parent_carer"


def test_a_figure_of_a_question_keeps_what_was_asked(
    session: Session, published: Report, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Parts that count closed questions name them; the words are those of the snapshot."""
    asked = Fact("invented/PC05", 20, 40, "20 of 40", question="PC05", option="yes")
    monkeypatch.setattr(services.compose, "headlines", lambda *_: (Headline(asked, "of 40"),))
    monkeypatch.setitem(recounting.RECOUNTS, "invented/", lambda _basis, _fact: 20)
    row = rows(again(session, published, settings))["invented/PC05"]
    assert row.question_wording == question_wordings(session, row.snapshot_id)["PC05"]
    assert row.question_wording.endswith("?")
    assert row.filter == "counted=invented; question=PC05; option=yes"


def test_late_paper_is_a_revision_with_date_and_reason_and_the_old_version_stays(
    session: Session,
    published: Report,
    scenario: Scenario,
    settings: Settings,
    client: FlaskClient,
) -> None:
    first = newest(session, published)
    made.counted_again(session, scenario, {"parent_carer": 9})
    second = again(session, published, settings)
    session.commit()
    old, new = rows(first)["responses/all"], rows(second)["responses/all"]
    assert (old.value, new.value, new.shorthand) == (40, 49, "[r]")
    assert new.supersedes_id == old.id
    assert new.reason == (
        "Counted again with the answers of 1 April 2026. Nine envelopes came late."
    )
    assert new.counted_on == LATER.date()
    assert new.snapshot_hash != old.snapshot_hash
    slug = published.slug
    page = client.get(f"/you-said-we-did/{slug}/v2/figures/responses/all").get_data(as_text=True)
    assert "Nine envelopes came late." in page
    assert f"/you-said-we-did/{slug}/v1/figures/responses/all" in page
    assert client.get(f"/you-said-we-did/{slug}/v1/").status_code == 200


def test_two_late_answers_leave_the_old_number_marked_with_where_it_is_from(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    first = newest(session, published)
    made.counted_again(session, scenario, {"parent_carer": 2})
    second = again(session, published, settings)
    old, new = rows(first)["responses/all"], rows(second)["responses/all"]
    assert (new.value, new.shorthand, new.held) == (40, None, 1)
    assert new.wording == "40 people (as counted for version 1)"
    assert (new.snapshot_id, new.snapshot_hash) == (old.snapshot_id, old.snapshot_hash)
    assert new.counted_on == old.counted_on
    theme = scenario.themes[made.BUSES.name]
    unmoved = rows(second)[f"theme/{theme.id}/parent_carer"]
    assert (unmoved.value, unmoved.held) == (11, 1), "it does not point at those that moved"
    assert unmoved.snapshot_id == first.snapshot_id


def test_what_was_printed_before_numbers_were_kept_is_remembered_all_the_same(
    session: Session, published: Report, scenario: Scenario, settings: Settings
) -> None:
    session.execute(update(Publication).values(counted=""))
    scenario.responses["parent_carer"][0].withdrawn_at = NOW
    session.flush()
    session.expire_all()
    second = rows(again(session, published, settings))
    assert (second["responses/all"].value, second["responses/all"].held) == (40, 1)


def test_a_report_whose_numbers_do_not_match_is_not_published(
    session: Session, report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(recounting.RECOUNTS, "channel/", lambda _basis, _fact: 1)
    with pytest.raises(FiguresDoNotMatchError, match="channel/paper_std") as refused:
        services.publish(session, report, settings=settings, actor="x", now=NOW)
    assert "33 answered online, standard" in str(refused.value)
    assert len(refused.value.mismatches) == 2
    assert services.latest(session, report) is None


def test_a_number_that_nobody_can_count_again_is_not_published(
    session: Session, report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(recounting.RECOUNTS, "word/")
    with pytest.raises(FiguresDoNotMatchError, match="word/clubs"):
        services.publish(session, report, settings=settings, actor="x", now=NOW)


def check(session: Session, report: Report) -> checking.Checked:
    session.expire_all()
    return checking.check(session, newest(session, report), settings=Settings(), now=NOW)


def test_a_version_that_nothing_happened_to_matches(session: Session, published: Report) -> None:
    found = check(session, published)
    assert found.holds, found
    numbers = [
        f for f in ledger(from_json(newest(session, published).document)) if f.value is not None
    ]
    assert found.figures == len(numbers)
    assert checking.found_on(found, NOW.date()) == (
        f"Version 1: all {len(numbers)} figures match, on 2 March 2026."
    )


@pytest.mark.parametrize(
    ("gone", "now"),
    [(2, "it moved by fewer than 5 people"), (6, "counting gives 34 now")],
)
def test_answers_taken_back_are_named_as_the_reason_and_few_are_not_counted_out(
    session: Session, published: Report, scenario: Scenario, gone: int, now: str
) -> None:
    for response in scenario.responses["parent_carer"][:gone]:
        response.withdrawn_at = NOW + dt.timedelta(days=1)
    session.flush()
    moved = {one.key: one for one in check(session, published).moved}
    assert (moved["responses/all"].now, moved["responses/all"].why) == (
        now, "answers were taken back",
    )  # fmt: skip
    assert "responses/professional" not in moved


def test_answers_that_were_changed_behind_a_snapshot_are_noticed(
    session: Session, published: Report, scenario: Scenario
) -> None:
    response = scenario.responses["professional"][0]
    answer = session.scalars(select(Answer).where(Answer.response_id == response.id)).first()
    assert answer is not None
    answer.value = "Something else."
    session.flush()
    assert check(session, published).standing == (
        "The answers behind it are not those that were counted: some were changed or erased.",
    )


def test_every_figure_has_a_page(session: Session, published: Report, client: FlaskClient) -> None:
    front = f"/you-said-we-did/{published.slug}"
    index = client.get(f"{front}/figures/").get_data(as_text=True)
    parts = set(re.findall(r'href="([^"]+/figures/parts/[^"]+)"', index))
    pages = [client.get(address).get_data(as_text=True) for address in parts]
    for key, row in rows(newest(session, published)).items():
        assert sum(f'"{front}/v1/figures/{key}"' in page for page in pages) == 1
        one = client.get(f"{front}/v1/figures/{key}")
        assert one.status_code == 200
        assert row.snapshot_hash in one.get_data(as_text=True)
    assert client.get(f"{front}/v1/figures/nothing/such").status_code == 404
    assert f"{front}/figures/" in client.get(f"{front}/").get_data(as_text=True)
    assert client.get(f"{front}/figures/parts/nothing/").status_code == 404
    assert client.get(f"{front}/v1/figures/parts/themes/").status_code == 200


def test_figures_are_found_by_words(published: Report, client: FlaskClient) -> None:
    front = f"/you-said-we-did/{published.slug}/figures/"
    found = client.get(front, query_string={"q": "paper ANSWERED"}).get_data(as_text=True)
    assert f"{front.replace('figures', 'v1/figures')}channel/paper_std" in found
    assert "channel/online_std" not in found
    none = client.get(front, query_string={"q": "<zebra>"}).get_data(as_text=True)
    assert "0 figures with “&lt;zebra&gt;”" in none
    assert "Use fewer words" in none


def test_the_desk_says_which_figures_moved(
    session: Session, published: Report, scenario: Scenario, staff: Callable[..., Staff]
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    address = f"/desk/consultations/{scenario.consultation.slug}/report/figures/"
    assert "figures match" in officer.opens(address).get_data(as_text=True)
    for response in scenario.responses["parent_carer"][:6]:
        response.withdrawn_at = NOW + dt.timedelta(days=1)
    session.commit()
    page = officer.opens(address).get_data(as_text=True)
    assert "counting gives 34 now" in page
    assert "answers were taken back" in page
    del published
