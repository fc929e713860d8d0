"""What readers get: the page, easy read, old versions, and what a browser may keep."""

import dataclasses
import gzip
import re

import pytest
from flask import Response
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.documents.document import from_json
from reports.models import Report
from reports.publishing import services
from surveys.easyread import LONGEST_SENTENCE, MEAN_SENTENCE, mean_words, sentences
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient

pytestmark = pytest.mark.full_on_postgresql

HOME = "/you-said-we-did/"
PAGE = f"{HOME}send-strategy/"


def words_of(html: str) -> str:
    """Return the words of a page's main part."""
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_before_anything_is_published_the_list_says_so(client: CheckedClient) -> None:
    page = client.get(HOME)
    assert "Nothing has been published yet" in page.text
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}report.pdf").status_code == 404


def test_the_list_leads_to_the_report(client: CheckedClient, published: Report) -> None:
    page = client.get(HOME)
    assert f'href="{PAGE}"' in page.text
    assert "40 people answered" in page.text
    assert published.summary in page.text


def test_the_page_has_three_bands_for_every_entry(
    client: CheckedClient, session: Session, published: Report
) -> None:
    page = client.get(PAGE).text
    publication = services.latest(session, published)
    assert publication is not None
    for entry in from_json(publication.document).entries:
        band = page.split(f'id="{entry.key}"', 1)[1].split("</article>", 1)[0]
        assert "You said" in band
        assert entry.said in band
        assert entry.answer.text in band
        assert "Does it feel true?" in band
        assert "Nobody has been asked. We promised to ask " in band, "true after the day too"


def test_the_page_shows_figures_with_bases_and_what_stands_behind_them(
    client: CheckedClient, published: Report
) -> None:
    del published
    words = words_of(client.get(PAGE).text)
    assert "14 of 20 parent carers who wrote a comment raised “Waiting for health help”" in words
    assert "8 of 40 people who answered were children and young people" in words
    assert "Fewer than 5 of 12 who wrote a comment" in words
    assert "What we cannot do, and why" in words
    assert "few families who speak little English" in words
    assert "BERTopic 0.17.4 proposed groups" in words
    assert "1 November 2025 to 1 February 2026" in words


def test_each_chart_names_its_top_value_and_base_and_has_a_table(
    client: CheckedClient, published: Report
) -> None:
    del published
    page = client.get(PAGE).text
    titles = re.findall(r'<svg[^>]*role="img"[^>]*><title>([^<]+)</title>', page)
    assert len(titles) == 4, "of young people, nothing is said by enough"
    assert titles[0] == (
        "Bar chart. Raised most: “Waiting for health help”,"
        " by 14 of 20 parent carers who wrote a comment."
    )
    assert re.search(r"Word cloud.*“\w+”, written by \d+ of 40 people who wrote", titles[2])
    assert re.search(r"Word cloud, professionals.*“\w+”, written by \d+ of 12 who wrote", titles[3])
    assert all(len(title) <= 250 for title in titles)
    assert page.count("<caption>") == 4, "what was raised, two clouds, and how many answered"
    assert "Children and young people (of 8)" in page


def test_what_is_hidden_is_hidden_on_the_page(client: CheckedClient, published: Report) -> None:
    del published
    page = client.get(PAGE).text
    table = page.split("<caption>People who raised each thing", 1)[1].split("</table>", 1)[0]
    row = table.split("Getting to school", 1)[1].split("</tr>", 1)[0]
    assert re.findall(r">([^<>\s]+)</td>", row) == ["11", "0", "[c]"]


def test_easy_read_is_short_and_has_a_picture_for_each_line(
    client: CheckedClient, published: Report
) -> None:
    del published
    page = client.get(f"{PAGE}easy-read").text
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    lines = re.findall(r"<p>(.*?)</p>", main)
    pictures = re.findall(r'<use href="(/pictures/[^"#]+)#([a-z0-9_]+)"', main)
    assert len(lines) == len(pictures) > 20
    assert mean_words(lines) <= MEAN_SENTENCE
    assert all(len(part.split()) <= LONGEST_SENTENCE for line in lines for part in sentences(line))
    assert all(len(sentences(line)) == 1 for line in lines)
    assert "%" not in words_of(page)


def test_every_picture_of_the_easy_page_is_in_the_sprite_it_names(
    client: CheckedClient, published: Report
) -> None:
    del published
    page = client.get(f"{PAGE}easy-read").text
    used = set(re.findall(r'<use href="(/pictures/[^"#]+)#([a-z0-9_]+)"', page))
    sprites = {address: client.get(address.replace("&amp;", "&")).text for address, _ in used}
    assert len(sprites) == 1
    assert all(f'id="{name}"' in sprites[address] for address, name in used)


def test_old_versions_stay_reachable_and_point_to_the_new_one(
    client: CheckedClient, session: Session, published: Report, settings: Settings
) -> None:
    first = client.get(f"{PAGE}v1/").text
    pdf = client.get(f"{PAGE}v1/report.pdf").data
    entry = published.entries[0]
    saying = dataclasses.replace(made.saying(entry), said_text="We wait much too long.")
    services.write_saying(session, entry, saying, actor="x", now=NOW)
    services.publish(session, published, settings=settings, actor="x", now=NOW)
    session.commit()
    old, new = client.get(f"{PAGE}v1/").text, client.get(PAGE).text
    assert "much too long" in new
    assert "much too long" not in old
    assert "There is a newer one" in old
    assert "There is a newer one" not in first
    assert client.get(f"{PAGE}v1/report.pdf").data == pdf
    assert client.get(f"{PAGE}v1/easy-read").status_code == 200
    assert client.get(f"{PAGE}v3/").status_code == 404


def test_a_browser_that_has_the_page_is_told_so(client: CheckedClient, published: Report) -> None:
    del published
    for address in (PAGE, f"{PAGE}easy-read", f"{PAGE}report.pdf"):
        first = client.get(address)
        assert first.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.data == b""


def test_a_page_is_packed_for_browsers_that_can_unpack_it(
    client: CheckedClient, published: Report
) -> None:
    del published
    plain = client.get(PAGE)
    headers = {"Accept-Encoding": "gzip"}
    packed = FlaskClient(client.application, Response).get(PAGE, headers=headers)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    for page in (plain, packed):
        assert "Accept-Encoding" in page.headers["Vary"]


def test_demo_pages_say_they_are_invented_and_are_not_indexed(
    client: CheckedClient, session: Session, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    made.published(session, made.answered(session, demo=True), settings)
    session.commit()
    for address in (HOME, PAGE, f"{PAGE}easy-read"):
        page = client.get(address).text
        assert '<meta name="robots" content="noindex">' in page
        assert "invented" in page
    assert client.get(f"{PAGE}report.pdf").headers["X-Robots-Tag"] == "noindex"


def test_a_real_consultation_is_not_called_invented(
    client: CheckedClient, published: Report
) -> None:
    del published
    page = client.get(PAGE).text
    assert "noindex" not in page
    assert "invented to show" not in page


@pytest.mark.parametrize("words", ["<b>bold</b> & “quotes”", "=HYPERLINK(1)", "☹️ bus 😡"])
def test_what_staff_type_is_shown_as_it_is(
    client: CheckedClient, session: Session, scenario: Scenario, settings: Settings, words: str,
    no_pdf: None,
) -> None:  # fmt: skip
    del no_pdf
    report = made.reported(session, scenario)
    saying = dataclasses.replace(made.saying(report.entries[0]), said_text=words)
    services.write_saying(session, report.entries[0], saying, actor="x", now=NOW)
    services.publish(session, report, settings=settings, actor="x", now=NOW)
    session.commit()
    page = client.get(PAGE).text
    assert "<b>bold" not in page
    assert words.rsplit(maxsplit=1)[-1] in page


@pytest.mark.parametrize("number", ["99999999999999999999", "0", "2", "-1"])
@pytest.mark.parametrize("page", ["", "easy-read", "report.pdf"])
def test_a_version_that_never_was_is_not_found(
    client: CheckedClient, published: Report, number: str, page: str
) -> None:
    del published
    assert client.get(f"{PAGE}v{number}/{page}").status_code == 404
