"""Eight people who asked to be told, and readers of the mails they get."""

import datetime as dt
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.models import Publication, Report
from surveys.models import Telling
from surveys.services import telling as rounds
from tests.postbox import Postbox

PEOPLE = (
    ("email", "standard"),
    ("email", "easy"),
    ("email", "large_print"),
    ("email", "bsl"),
    ("email", "pl"),
    ("email", "ur"),
    ("text", "standard"),
    ("post", "easy"),
)
MAILED = sum(kind == "email" for kind, _ in PEOPLE)


def address_of(kind: str, wanted: str) -> str:
    return {
        "email": f"{wanted}@family.example.org",
        "text": "07700 900123",
        "post": "The Family, 1 The Street",
    }[kind]


def states(session: Session, milestone: str = "published") -> dict[str, int]:
    opened = session.scalars(select(Telling).where(Telling.milestone == milestone)).one()
    return rounds.counts(session, opened)


def opened(session: Session, milestone: str = "published") -> Telling:
    return session.scalars(select(Telling).where(Telling.milestone == milestone)).one()


def recipients(postbox: Postbox) -> list[str]:
    return [mail["To"] for mail in postbox.kept]


def mail_to(postbox: Postbox, wanted: str) -> EmailMessage:
    return next(mail for mail in postbox.kept if mail["To"].startswith(f"{wanted}@"))


def words(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def link_of(mail: EmailMessage) -> str:
    return str(mail["List-Unsubscribe"]).strip("<>").removeprefix("https://engage.example.org")


def later_version(session: Session, report: Report, months: int) -> None:
    """Let a version lie some months after the first, as if it had been published then."""
    first = report.publications[0]
    session.add(
        Publication(
            report_id=report.id,
            version=len(report.publications) + 1,
            snapshot_id=first.snapshot_id,
            run_id=first.run_id,
            document=first.document,
            document_hash=first.document_hash,
            published_by="officer",
            note="",
            published_at=first.published_at + dt.timedelta(days=round(30.5 * months)),
        )
    )
    session.commit()
    session.expire_all()
