"""What families say after publication: on the page at once, and in every file made anew."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts import User
from engage.jobs import Job
from engage.settings import Settings
from reports.documents.document import Entry as Printed
from reports.documents.document import from_json
from reports.entries import approvals
from reports.formats import catalogue
from reports.formats.source import EASY_LATER, LATER
from reports.models import Entry, Publication, PublicationFile, Report
from reports.models.life import CoOwner
from reports.publishing import filing, services, since, takeouts
from reports.publishing.since import Since
from tests.factories import NOW, UserFactory
from tests.integration.reports import scenario as made
from tests.pages import CheckedClient
from tests.people import Staff
from tests.published import words_of

PAGE = "/you-said-we-did/send-strategy/"
WORDS = "The phone line is never answered."


class Asked:
    """What the handler asks of a job."""

    def __init__(self, subject_id: str) -> None:
        self.subject_id = subject_id


@pytest.fixture
def forum(session: Session, report: Report) -> tuple[CoOwner, User]:
    """Return a body of families and the account that speaks for it."""
    body = approvals.add_co_owner(
        session, report.consultation, code="forum", name="Parent Carer Forum",
        easy_name="parents and carers", kind="parent_carer_forum", actor="x", now=NOW,
    )  # fmt: skip
    member: User = UserFactory(with_roles=["co_owner"])
    approvals.seat(session, body, member, actor="x", now=NOW)
    return body, member


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the formats of plain text only, and leave the PDF the web page that it is drawn from."""
    texts = tuple(one for one in catalogue.FORMATS if one.kind in {"audio", "news", "method"})
    monkeypatch.setattr(catalogue, "FORMATS", texts)
    monkeypatch.setattr(filing, "to_pdf", lambda html, *, base_url: f"{html}{base_url}".encode())


@pytest.fixture
def version(
    request: pytest.FixtureRequest, session: Session, report: Report, settings: Settings
) -> Publication:
    """Return the first version with its files."""
    if "light" in request.fixturenames:
        request.getfixturevalue("light")
    publication = services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    session.commit()
    return publication


def refuse(session: Session, report: Report, forum: tuple[CoOwner, User]) -> Entry:
    """Let the forum refuse the answer that is done."""
    body, member = forum
    done = next(entry for entry in report.entries if entry.response_type == "done")
    approvals.sign(
        session, done, body, outcome="refused", note=WORDS, actor=member.id, now=NOW
    )  # fmt: skip
    session.commit()
    return done


def remake(session: Session, version: Publication, settings: Settings) -> None:
    takeouts.write_anew(
        session,
        Asked(version.id),  # type: ignore[arg-type]  # all it asks
        lambda *_: None,
        settings=settings,
    )
    session.commit()


def address(one: filing.Format) -> str:
    return f"{PAGE}{one.file}" if one is filing.REPORT else f"{PAGE}files/{one.file}"


def look_for_a_refusal_in_every_file(
    client: CheckedClient,
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    """Refuse an answer after it was published, and read the page and every file again."""
    kept, before = version.document, client.get(address(filing.REPORT)).data
    refuse(session, report, forum)
    assert client.get(address(filing.REPORT)).data == before, "the older one until it is made anew"
    assert "What families said after that stands on this page only." in client.get(PAGE).text
    assert takeouts.ask_for_missing(session, settings, now=NOW) == 1
    remake(session, version, settings)
    assert takeouts.ask_for_missing(session, settings, now=NOW) == 0
    assert "made anew when families said more" in client.get(PAGE).text
    for one in filing.formats():
        words = " ".join(words_of(client.get(address(one)).data).split())
        assert LATER in words or EASY_LATER in words, one.kind
        assert WORDS in words or one.kind not in WHOLE, one.kind
    session.expire_all()
    assert version.document == kept
    assert session.get(PublicationFile, (version.id, "pdf")) is not None


#: Formats with every answer in full.
WHOLE = {"pdf", "docx", "slides", "audio", "data"}


@pytest.mark.usefixtures("light")
def test_files_hold_a_refusal_that_came_later_and_the_text_stays(
    client: CheckedClient,
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    look_for_a_refusal_in_every_file(client, session, report, version, settings, forum)


@pytest.mark.full
def test_every_format_holds_a_refusal_that_came_later(
    client: CheckedClient,
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    look_for_a_refusal_in_every_file(client, session, report, version, settings, forum)


@pytest.mark.usefixtures("light")
def test_a_file_with_words_that_are_taken_out_later_is_not_handed_out(
    client: CheckedClient,
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    entry = refuse(session, report, forum)
    remake(session, version, settings)
    (signed,) = entry.slots[0].signatures
    approvals.redact_refusal(session, signed, reason="harm", actor="x", now=NOW)
    session.commit()
    assert WORDS not in words_of(client.get(address(filing.REPORT)).data)
    remake(session, version, settings)
    words = " ".join(words_of(client.get(address(filing.REPORT)).data).split())
    assert WORDS not in words
    assert "Words taken out, because they could harm somebody." in words
    assert "does not agree that this is done" in words


@pytest.mark.usefixtures("light")
def test_an_older_version_and_its_files_stay_as_they_were(
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    services.publish(session, report, settings=settings, actor=made.ACTOR, now=NOW)
    refuse(session, report, forum)
    stored = from_json(version.document)
    assert not since.names(since.said(session, version, stored))
    source, changed = takeouts.source_of(session, version, settings.threshold)
    assert (source.document, changed) == (stored, Since())


@pytest.mark.usefixtures("light")
def test_saying_something_asks_for_the_files_once(
    client: CheckedClient,
    session: Session,
    report: Report,
    version: Publication,
    forum: tuple[CoOwner, User],
    staff: Callable[..., Staff],
) -> None:
    chair = staff("co_owner")
    account = session.scalars(select(User).where(User.email == chair.email)).one()
    approvals.seat(session, forum[0], account, actor="x", now=NOW)
    session.commit()
    chair.signs_in()
    entry = report.entries[0]
    page = f"/desk/signing/{entry.id}"
    client.send(f"{page}/verdict", {"value": "not_yet", "text": WORDS}, page=page)
    client.send(f"{page}/verdict", {"value": "partly", "text": ""}, page=page)
    asked = session.scalars(select(Job).where(Job.kind == takeouts.JOB)).all()
    assert [job.subject_id for job in asked] == [version.id]


@pytest.mark.usefixtures("light")
def test_only_what_was_said_later_is_marked(
    session: Session,
    report: Report,
    version: Publication,
    settings: Settings,
    forum: tuple[CoOwner, User],
) -> None:
    entry = refuse(session, report, forum)
    source, _ = takeouts.source_of(session, version, settings.threshold)
    marked: list[Printed] = [
        one for one in source.document.entries if any(s.later for s in one.answer.signatures)
    ]
    assert [one.key for one in marked] == [entry.key]
    assert source.has_later_words
