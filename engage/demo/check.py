"""Proof that the demo works: its pages and files are fetched and held against the database."""

import dataclasses
import hashlib
import html
import re
import urllib.error
import urllib.request

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from engage.audit import verify
from reports.models import Figure, Publication, PublicationFile
from surveys.models import Response, Snapshot, SnapshotResponse, Survey, SurveyVersion

INVENTED = "invented"
SHOWN_FIGURES = 12

#: Counted afresh from the answers, without the code that made the figures.
RECOUNT = text(
    """
    SELECT count(DISTINCT response.id)
    FROM response
    JOIN snapshot_response ON snapshot_response.response_id = response.id
    JOIN survey_version ON survey_version.id = response.survey_version_id
    JOIN survey ON survey.id = survey_version.survey_id
    WHERE survey.audience = :audience AND snapshot_response.snapshot_id = :snapshot
      AND response.submitted_at IS NOT NULL
      AND response.withdrawn_at IS NULL AND response.left_out_at IS NULL
      AND (
        EXISTS (
          SELECT 1 FROM coding
          JOIN read_for_safety AS mine
            ON mine.response_id = coding.response_id AND mine.question = coding.question
          WHERE coding.theme_id = :theme AND coding.response_id = response.id
            AND NOT EXISTS (
              SELECT 1 FROM answer_hold AS held
              WHERE held.response_id = coding.response_id AND held.question = coding.question
                AND held.released_at IS NULL
            )
        )
        OR EXISTS (
          SELECT 1 FROM proposed_coding AS machine
          JOIN theme_source ON theme_source.proposed_theme_id = machine.proposed_theme_id
          JOIN read_for_safety AS mine
            ON mine.response_id = machine.response_id AND mine.question = machine.question
          WHERE theme_source.theme_id = :theme AND machine.run_id = :run
            AND machine.response_id = response.id
            AND NOT EXISTS (
              SELECT 1 FROM answer_hold AS held
              WHERE held.response_id = machine.response_id AND held.question = machine.question
                AND held.released_at IS NULL
            )
            AND NOT EXISTS (
              SELECT 1 FROM reading
              WHERE reading.response_id = machine.response_id
                AND reading.question = machine.question
            )
        )
      )
    """
)


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    what: str
    is_right: bool


def everything(session: Session, publication: Publication, site: str) -> list[Finding]:
    """Fetch every kind of page and file and compare it with what is stored."""
    front = f"/you-said-we-did/{publication.report.slug}/"
    page = _page(site + front)
    return [
        *_surveys(session, site),
        Finding("the home page lists the report", publication.report.slug in _page(site + "/")),
        Finding("the desk asks who you are", "Password" in _page(site + "/desk/")),
        Finding("the report says it is invented", INVENTED in page),
        Finding("the report names every entry", _names_entries(publication, page)),
        Finding("the report shows its figures", _shows_figures(session, publication, page)),
        Finding("the easy-read page names every entry", _easy(publication, site + front)),
        Finding("the PDF is the stored one", _is_stored_pdf(session, publication, site + front)),
        Finding("the figures can be counted again", _recounts(session, publication)),
        Finding("the snapshot holds every answer sent", _snapshot_is_whole(session, publication)),
        Finding("the record of who did what is unbroken", verify(session).ok),
    ]


def _surveys(session: Session, site: str) -> list[Finding]:
    """Look at the first page of each open survey in each edition."""
    slugs = session.scalars(
        select(Survey.slug).where(Survey.opened_at.is_not(None), Survey.closed_at.is_(None))
    ).all()
    return [
        Finding(
            f"the survey {slug} opens in {edition}",
            "take-part" in _page(f"{site}/s/{slug}/?edition={edition}"),
        )
        for slug in slugs
        for edition in ("standard", "easy")
    ]


def _names_entries(publication: Publication, page: str) -> bool:
    return bool(publication.report.entries) and all(
        entry.title in page for entry in publication.report.entries
    )


def _easy(publication: Publication, front: str) -> bool:
    page = _page(front + "easy-read")
    return all(entry.easy_title in page for entry in publication.report.entries)


def _shows_figures(session: Session, publication: Publication, page: str) -> bool:
    figures = session.scalars(
        select(Figure)
        .where(Figure.publication_id == publication.id, Figure.value.is_not(None))
        .order_by(Figure.key)
        .limit(SHOWN_FIGURES)
    ).all()
    return bool(figures) and all(re.search(rf"\b{figure.value:,}\b", page) for figure in figures)


def _is_stored_pdf(session: Session, publication: Publication, front: str) -> bool:
    stored = session.get_one(PublicationFile, (publication.id, "pdf"))
    content = _fetch(front + "report.pdf")
    return content[:5] == b"%PDF-" and hashlib.sha256(content).hexdigest() == stored.sha256


def _recounts(session: Session, publication: Publication) -> bool:
    figures = session.scalars(
        select(Figure).where(
            Figure.publication_id == publication.id,
            Figure.theme_id.is_not(None),
            Figure.audience.is_not(None),
            Figure.value.is_not(None),
            Figure.held == 0,
        )
    ).all()
    return bool(figures) and all(
        session.scalar(
            RECOUNT,
            {
                "theme": figure.theme_id,
                "audience": figure.audience,
                "snapshot": figure.snapshot_id,
                "run": publication.run_id,
            },
        )
        == figure.value
        for figure in figures
    )


def _snapshot_is_whole(session: Session, publication: Publication) -> bool:
    """Compare the snapshot's size with its rows and with the answers that were sent."""
    snapshot = session.get_one(Snapshot, publication.snapshot_id)
    rows = session.scalar(select(func.count()).where(SnapshotResponse.snapshot_id == snapshot.id))
    sent = session.scalar(
        select(func.count(Response.id))
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Survey.consultation_id == snapshot.consultation_id,
            Response.submitted_at.is_not(None),
        )
    )
    return snapshot.responses == rows == sent


def _page(address: str) -> str:
    return html.unescape(_fetch(address).decode(errors="replace"))


def _fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as reply:  # noqa: S310  # our loopback
            content: bytes = reply.read()
            return content
    except urllib.error.HTTPError:
        return b""
