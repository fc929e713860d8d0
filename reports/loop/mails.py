"""What a mail says that tells somebody what happened, in the format and language they asked for."""

import dataclasses
import datetime as dt
from typing import cast

from engage.mail import Message
from engage.settings import Settings
from reports.documents import overdue
from reports.documents.document import STATUS_WORDS, STATUSES, Document
from reports.formats import render
from reports.formats.source import INVENTED
from reports.words import plaintext, wording
from surveys.editions import speaking
from surveys.questions import EDITION_FACTS, Edition

ON_THIS_MACHINE = "http://127.0.0.1:8000"
SUBJECT = "What happened after you told us"
EASY_SUBJECT = "What we did"
SIZES = {"easy": "easy", "large_print": "large"}


@dataclasses.dataclass(frozen=True, slots=True)
class Occasion:
    """What is told: which publication, at which milestone, and what stands around it.

    Attributes:
        milestone: "published", "6_months" or "12_months".
        home: where people reach this installation, without a slash at its end.
        delete_on: the day on which addresses are deleted at the latest.
        checked: languages whose words somebody has signed for; all of them while trying out.
    """

    document: Document
    milestone: str
    home: str
    contact: str
    organisation: str
    delete_on: dt.date
    today: dt.date
    checked: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Where a mail leads."""

    page: str
    easy: str
    pdf: str
    answers: str
    stop: str


def home_of(settings: Settings) -> str:
    """Return where links lead; without a public address, to this machine."""
    return (settings.public_url or ON_THIS_MACHINE).rstrip("/")


def edition_for(wanted: str, checked: frozenset[str]) -> Edition:
    """Return the edition that a mail is written in: a language only where somebody checked it."""
    if wanted == "easy":
        return "plain"
    return cast("Edition", wanted) if wanted in checked else "standard"


def is_as_wished(wanted: str, checked: frozenset[str]) -> bool:
    """Tell whether a mail can be in the format that was asked for."""
    return wanted in {"standard", "easy", "large_print"} or wanted in checked


def write(occasion: Occasion, *, to: str, wanted: str, token: str) -> Message:
    """Write the mail for one contact: the page first, and its text made from it."""
    edition = edition_for(wanted, occasion.checked)
    easy = wanted == "easy"
    links = _links(occasion, token, edition)
    subject = EASY_SUBJECT if easy else speaking.say(SUBJECT, edition)
    html = speaking.render(
        "mail/told_easy.html" if easy else "mail/told.html",
        edition,
        subject=subject,
        wanted=wanted,
        size=SIZES.get(wanted, "usual"),
        links=links,
        **_facts(occasion, easy=easy),
    )
    language = EDITION_FACTS[edition].language
    return Message(to, subject, plaintext.of(html), html, language, links.stop)


def _facts(occasion: Occasion, *, easy: bool) -> dict[str, object]:
    document, cover = occasion.document, occasion.document.cover
    paragraphs = tuple(line.strip() for line in document.summary.splitlines() if line.strip())
    return {
        "milestone": occasion.milestone,
        "consultation": cover.consultation,
        "contact": occasion.contact,
        "organisation": occasion.organisation,
        "delete_on": occasion.delete_on,
        "summary": document.easy_summary if easy else paragraphs,
        "status_line": _status_line(document, occasion.today),
        "demo": cover.is_demo,
        "invented": INVENTED,
    }


def _links(occasion: Occasion, token: str, wanted: Edition) -> Links:
    edition = "" if wanted == "standard" else f"?edition={'easy' if wanted == 'plain' else wanted}"
    page = f"{occasion.home}/you-said-we-did/{occasion.document.cover.slug}/"
    return Links(
        page=page,
        easy=f"{page}easy-read",
        pdf=f"{page}report.pdf",
        answers=f"{occasion.home}/your-answers",
        stop=f"{occasion.home}/no-more-messages/{token}{edition}",
    )


def _status_line(document: Document, today: dt.date) -> str:
    """Count the answers by how they stand, and say how many are late."""
    counted = render.status_counts(document)
    parts = [
        f"{STATUS_WORDS[status]}: {counted[status]}." for status in STATUSES if counted[status]
    ]
    late = len(overdue.notices(document, today))
    total = wording.plural(len(document.entries), "answer", "answers")
    ending = [f"Late: {late}."] if late else []
    return " ".join(
        [f"There {'is' if len(document.entries) == 1 else 'are'} {total}.", *parts, *ending]
    )
