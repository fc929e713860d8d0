"""Addresses of single answers, the feed, and the part for other websites."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.documents.document import from_json
from reports.formats.feed import ATOM
from reports.models import Report
from reports.publishing import services
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.pages import CheckedClient

pytestmark = pytest.mark.full_on_postgresql

HOME = "/you-said-we-did/"
PAGE = f"{HOME}send-strategy/"
NAMES = {"a": ATOM}


def keys(session: Session, report: Report) -> list[str]:
    publication = services.latest(session, report)
    assert publication is not None
    return [entry.key for entry in from_json(publication.document).entries]


@pytest.mark.parametrize("version", ["", "v1/"])
def test_every_entry_has_an_address_that_stays(
    client: CheckedClient, session: Session, published: Report, version: str
) -> None:
    whole = client.get(f"{PAGE}{version}").text
    for key in keys(session, published):
        assert f'href="{PAGE}{version}{key}"' in whole
        page = client.get(f"{PAGE}{version}{key}")
        assert page.status_code == 200
        assert page.text.count('class="entry"') == 1
        assert "Does it feel true?" in page.text
        heading = page.text.partition("</h1>")[0].rpartition(">")[2]
        assert page.text.partition("<main")[2].count(f">{heading}<") == 1, "its title stands once"
        again = client.get(f"{PAGE}{version}{key}", headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("address", ["nothing-like-it", "v1/nothing-like-it", "v7/embed", "v9/x"])
def test_an_entry_that_never_was_is_not_found(
    client: CheckedClient, published: Report, address: str
) -> None:
    del published
    assert client.get(f"{PAGE}{address}").status_code == 404


def test_an_old_version_of_an_entry_says_that_there_is_a_newer_one(
    client: CheckedClient, session: Session, published: Report, settings: Settings
) -> None:
    key = keys(session, published)[0]
    services.publish(session, published, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    assert "There is a newer one" in client.get(f"{PAGE}v1/{key}").text
    assert "There is a newer one" not in client.get(f"{PAGE}{key}").text


def test_only_the_part_for_other_websites_may_be_framed(
    client: CheckedClient, published: Report
) -> None:
    part = client.get(f"{PAGE}embed")
    assert "frame-ancestors *" in part.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in part.headers
    assert "<script" not in part.text
    assert all(entry.title in part.text for entry in published.entries)
    for other in (PAGE, HOME, f"{PAGE}easy-read"):
        assert client.get(other).headers["X-Frame-Options"] == "DENY"


def feed(client: CheckedClient) -> ET.Element:
    reply = client.get(f"{HOME}feed.xml")
    assert reply.mimetype == "application/atom+xml"
    return ET.fromstring(reply.data)  # noqa: S314  # our own


def texts(root: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in root.findall(f"a:entry/a:{name}", NAMES)]


def test_the_feed_holds_every_version_and_every_entry(
    client: CheckedClient, session: Session, published: Report, settings: Settings
) -> None:
    before = feed(client)
    services.publish(session, published, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    after = feed(client)
    assert len(texts(before, "id")) == 1 + len(published.entries)
    assert set(texts(before, "id")) < set(texts(after, "id"))
    assert len(set(texts(after, "id"))) == 2 + len(published.entries)
    assert all(address.startswith("http") for address in texts(after, "id"))
    for entry in published.entries:
        assert any(entry.title in title for title in texts(after, "title"))
    for item in after.findall("a:entry", NAMES):
        assert item.find("a:updated", NAMES) is not None
        assert (item.findtext("a:summary", "", NAMES)).strip()


def test_what_did_not_change_keeps_its_time_in_the_feed(
    client: CheckedClient, session: Session, published: Report, settings: Settings
) -> None:
    entry = published.entries[0]
    entry.also_said = "Others said it was good."
    session.flush()
    later = NOW + dt.timedelta(days=1)
    services.publish(session, published, settings=settings, actor=made.ACTOR, now=later)
    session.commit()
    updated = {
        item.findtext("a:id", "", NAMES).rpartition("/")[2]: item.findtext("a:updated", "", NAMES)
        for item in feed(client).findall("a:entry", NAMES)
    }
    assert updated[entry.key].startswith(later.date().isoformat())
    assert updated[published.entries[1].key].startswith(NOW.date().isoformat())


def test_a_demo_is_said_to_be_invented_in_the_feed_and_in_the_part(
    client: CheckedClient, session: Session, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    made.published(session, made.answered(session, demo=True), settings)
    session.commit()
    assert all("Invented example" in title for title in texts(feed(client), "title"))
    version, *answers = texts(feed(client), "summary")
    assert all(text.startswith("You said: ") for text in answers)
    assert all(text.endswith("Invented to show how Engage works.") for text in (*answers, version))
    assert "are invented to show" in client.get(f"{PAGE}embed").text


def test_an_empty_feed_is_still_a_feed(client: CheckedClient) -> None:
    assert texts(feed(client), "id") == []
