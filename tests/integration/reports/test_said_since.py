"""What families say after publication: on the page at once, in each new file, in the feed."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.accounts import User
from engage.audit import AuditEvent
from engage.jobs import Job
from engage.settings import Settings
from reports.documents.document import from_json
from reports.entries import approvals
from reports.formats import catalogue
from reports.formats.feed import ATOM
from reports.formats.source import EASY_LATER, LATER, SHORT_LATER
from reports.models import Entry, Publication, PublicationFile, Report
from reports.models.life import CoOwner, SignOff
from reports.publishing import filing, services, since, takeouts
from reports.publishing.since import Since
from tests.factories import NOW, UserFactory
from tests.integration.reports import scenario as made
from tests.pages import CheckedClient
from tests.people import Staff
from tests.published import words_of

PAGE = "/you-said-we-did/send-strategy/"
WORDS = "The phone line is never answered."
REFUSED_AT = NOW + dt.timedelta(days=3)
TAKEN_OUT_AT = NOW + dt.timedelta(days=5)
#: Formats with every answer in full.
WHOLE = {"pdf", "docx", "slides", "audio", "data"}


class Asked:
    """What the handler asks of a job."""

    def __init__(self, subject_id: str) -> None:
        self.subject_id = subject_id


@dataclasses.dataclass
class Published:
    """A version that is out, the body of families beside it, and what both can do."""

    session: Session
    settings: Settings
    client: CheckedClient
    report: Report
    version: Publication
    body: CoOwner
    member: User

    def refuse(self) -> Entry:
        """Let the forum refuse the answer that is done."""
        done = next(entry for entry in self.report.entries if entry.response_type == "done")
        approvals.sign(
            self.session, done, self.body, outcome="refused", note=WORDS, actor=self.member.id,
            now=REFUSED_AT,
        )  # fmt: skip
        self.session.commit()
        return done

    def take_out(self, entry: Entry) -> None:
        """Take the words of the refusal out, which stays."""
        (signed,) = entry.slots[0].signatures
        approvals.redact_refusal(
            self.session, signed, reason="harm", actor="x", now=TAKEN_OUT_AT
        )  # fmt: skip
        self.session.commit()

    def remake(self) -> None:
        """Make the files anew, as the worker does."""
        takeouts.write_anew(
            self.session,
            Asked(self.version.id),  # type: ignore[arg-type]  # all it asks
            lambda *_: None,
            settings=self.settings,
        )
        self.session.commit()

    def publish_again(self) -> None:
        """Let a newer version come out."""
        services.publish(
            self.session, self.report, settings=self.settings, actor=made.ACTOR, now=NOW
        )
        self.session.commit()

    def content(self, one: filing.Format) -> bytes:
        """Return a file as it is handed out."""
        return self.client.get(
            f"{PAGE}{one.file}" if one is filing.REPORT else f"{PAGE}files/{one.file}"
        ).data

    def words(self, one: filing.Format = filing.REPORT) -> str:
        """Return the words of a file as it is handed out."""
        return " ".join(words_of(self.content(one)).split())


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the formats of plain text only, and leave the PDF the web page that it is drawn from."""
    texts = tuple(one for one in catalogue.FORMATS if one.kind in {"audio", "news", "method"})
    monkeypatch.setattr(catalogue, "FORMATS", texts)
    monkeypatch.setattr(filing, "to_pdf", lambda html, *, base_url: f"{html}{base_url}".encode())


@pytest.fixture
def out(session: Session, report: Report, settings: Settings, client: CheckedClient) -> Published:
    """Return the first version with its files, and a forum that may speak."""
    body = approvals.add_co_owner(
        session, report.consultation, code="forum", name="Parent Carer Forum",
        easy_name="parents and carers", kind="parent_carer_forum", actor="x", now=NOW,
    )  # fmt: skip
    member: User = UserFactory(with_roles=["co_owner"])
    approvals.seat(session, body, member, actor="x", now=NOW)
    version = services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    return Published(session, settings, client, report, version, body, member)


def look_for_a_refusal_in_every_file(out: Published) -> None:
    """Refuse an answer after it was published, and read the page and every file again."""
    kept, before = out.version.document, out.content(filing.REPORT)
    out.refuse()
    assert out.content(filing.REPORT) == before, "the older one until it is made anew"
    assert "What families said after that stands on this page only." in out.client.get(PAGE).text
    easy = out.client.get(f"{PAGE}easy-read").text
    assert easy.index("They told us this later.") < easy.index("They say no to this.")
    assert takeouts.ask_for_missing(out.session, out.settings, now=NOW) == 1
    out.remake()
    assert takeouts.ask_for_missing(out.session, out.settings, now=NOW) == 0
    assert "made anew when families said more" in out.client.get(PAGE).text
    for one in filing.formats():
        words = out.words(one)
        assert any(mark in words for mark in (LATER, EASY_LATER, SHORT_LATER)), one.kind
        assert WORDS in words or one.kind not in WHOLE, one.kind
    out.session.expire_all()
    assert out.version.document == kept
    assert out.session.get(PublicationFile, (out.version.id, "pdf")) is not None


@pytest.mark.usefixtures("light")
def test_files_hold_a_refusal_that_came_later_and_the_text_stays(out: Published) -> None:
    look_for_a_refusal_in_every_file(out)


@pytest.mark.full
def test_every_format_holds_a_refusal_that_came_later(out: Published) -> None:
    look_for_a_refusal_in_every_file(out)


@pytest.mark.usefixtures("light")
def test_a_file_with_words_that_are_taken_out_later_is_not_handed_out(out: Published) -> None:
    entry = out.refuse()
    out.remake()
    out.take_out(entry)
    assert WORDS not in out.words()
    out.remake()
    words = out.words()
    assert WORDS not in words
    assert "Words taken out, because they could harm somebody." in words
    assert "does not agree that this is done" in words


@pytest.mark.usefixtures("light")
def test_an_older_version_and_its_files_stay_as_they_were(out: Published) -> None:
    out.publish_again()
    out.refuse()
    stored = from_json(out.version.document)
    assert not since.names(since.said(out.session, out.version, stored))
    source, changed = takeouts.source_of(out.session, out.version, out.settings.threshold)
    assert (source.document, changed) == (stored, Since())


@pytest.mark.usefixtures("light")
def test_saying_something_asks_for_the_files_once(
    out: Published, staff: Callable[..., Staff]
) -> None:
    chair = staff("co_owner")
    account = out.session.scalars(select(User).where(User.email == chair.email)).one()
    approvals.seat(out.session, out.body, account, actor="x", now=NOW)
    out.session.commit()
    chair.signs_in()
    page = f"/desk/signing/{out.report.entries[0].id}"
    out.client.send(f"{page}/verdict", {"value": "not_yet", "text": WORDS}, page=page)
    out.client.send(f"{page}/verdict", {"value": "partly", "text": ""}, page=page)
    asked = out.session.scalars(select(Job).where(Job.kind == takeouts.JOB)).all()
    assert [job.subject_id for job in asked] == [out.version.id]


@pytest.mark.usefixtures("light")
def test_only_what_was_said_later_is_marked(out: Published) -> None:
    entry = out.refuse()
    source, _ = takeouts.source_of(out.session, out.version, out.settings.threshold)
    marked = [one for one in source.document.entries if any(s.later for s in one.answer.signatures)]
    assert [one.key for one in marked] == [entry.key]
    assert source.has_later_words


def kinds(out: Published) -> set[str]:
    found = select(PublicationFile.kind).where(PublicationFile.publication_id == out.version.id)
    return set(out.session.scalars(found))


@pytest.mark.usefixtures("light")
def test_files_of_a_state_that_is_over_are_let_go_and_those_as_published_stay(
    out: Published,
) -> None:
    as_published = kinds(out)
    entry = out.refuse()
    out.remake()
    refused = kinds(out) - as_published
    takeouts.ask_for_missing(out.session, out.settings, now=NOW)
    assert kinds(out) == as_published | refused, "they are handed out now"
    out.take_out(entry)
    assert takeouts.ask_for_missing(out.session, out.settings, now=NOW) == 1
    assert kinds(out) == as_published | refused, "nothing goes before the next are there"
    out.remake()
    page = out.client.get(PAGE).text
    takeouts.ask_for_missing(out.session, out.settings, now=NOW)
    out.session.commit()
    left = kinds(out)
    assert len(refused) == len(left - as_published) == 4
    assert as_published < left
    assert not refused & left
    assert out.client.get(PAGE).text == page
    assert "could harm somebody" in out.words()
    acts = out.session.scalars(select(AuditEvent.verb).order_by(AuditEvent.sequence)).all()
    assert acts[-1] == "dropped_files"
    assert audit.verify(out.session).ok


@pytest.mark.usefixtures("light")
def test_files_made_while_others_are_let_go_stay(
    out: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.refuse()
    out.remake()
    real = takeouts.since

    def a_moment_later(*asked: Any) -> Since:
        found = real(*asked)
        asked[0].merge(
            PublicationFile(
                publication_id=out.version.id, kind="pdf-0123456789ab",
                media_type=filing.PDF, sha256="0" * 64, content=b"made meanwhile",
            )
        )  # fmt: skip
        asked[0].flush()
        return found

    monkeypatch.setattr(takeouts, "since", a_moment_later)
    assert takeouts.ask_for_missing(out.session, out.settings, now=NOW) == 0
    assert "pdf-0123456789ab" in kinds(out)


def feed(client: CheckedClient) -> dict[str, dict[str, str]]:
    """Return what the feed says by the end of each id, and the feed's own time under nothing."""
    root = ET.fromstring(client.get("/you-said-we-did/feed.xml").data)  # noqa: S314  # our own
    names = ("updated", "published", "title", "summary")
    found = {
        item.findtext(f"{{{ATOM}}}id", "").partition("send-strategy/")[2]: {
            name: item.findtext(f"{{{ATOM}}}{name}", "") for name in names
        }
        for item in root.findall(f"{{{ATOM}}}entry")
    }
    return found | {"": {"updated": root.findtext(f"{{{ATOM}}}updated", "")}}


def time(at: dt.datetime) -> str:
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


@pytest.mark.usefixtures("light")
def test_the_feed_tells_of_a_refusal_once_and_of_words_that_left_it(out: Published) -> None:
    before = feed(out.client)
    entry = out.refuse()
    name = f"{entry.key}/said-{out.session.scalars(select(SignOff.id)).one()}"
    said = feed(out.client)
    assert said.keys() - before.keys() == {name}
    assert said[name]["title"] == f"Parent Carer Forum on “{entry.title}”"
    assert f"does not agree with this answer. “{WORDS}” (Said after" in said[name]["summary"]
    assert said[name]["updated"] == said[name]["published"] == time(REFUSED_AT)
    assert said[""]["updated"] == time(REFUSED_AT)
    assert before[entry.key] == said[entry.key], "what was published did not change"
    out.take_out(entry)
    after = feed(out.client)
    assert after.keys() == said.keys()
    assert WORDS not in after[name]["summary"]
    assert (after[name]["published"], after[name]["updated"]) == (
        time(REFUSED_AT), time(TAKEN_OUT_AT),
    )  # fmt: skip
    out.publish_again()
    assert name not in feed(out.client), "the newer version says it itself"
