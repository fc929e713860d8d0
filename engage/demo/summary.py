"""What the demo prints at its end: how much went in, what came out, and where to look."""

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage import taxonomy
from engage.demo.stages import ANALYST, APPROVER, DEPUTY, FORUM, READER, YOUTH
from engage.demo.ways import FACILITATOR
from engage.orm import utc_now
from reports.models import Figure, Publication
from surveys.models import Survey
from surveys.queries import respondents_by_audience


def lines(
    session: Session, publication: Publication, seconds: Mapping[str, float]
) -> Iterator[str]:
    """Yield the summary's lines; every number is read from the database."""
    run = session.get_one(AnalysisRun, publication.run_id)
    labels = {term.code: term.label for term in taxonomy.terms("audiences", on=utc_now().date())}
    people = respondents_by_audience(session, publication.snapshot_id)
    yield f"Answers in      {sum(people.values())} people"
    for audience, count in people.items():
        yield f"                {count} {labels[audience].lower()}"
    yield (
        f"Comments        {run.documents}: {run.themed} in themes, "
        f"{run.set_aside} set aside with a reason"
    )
    approved = queries.approved_themes(session, run.consultation_id)
    yield f"Themes          {len(run.proposals)} proposed, {len(approved)} approved"
    figures = session.scalar(select(func.count()).where(Figure.publication_id == publication.id))
    yield (
        f"Published       version {publication.version}: {len(publication.report.entries)} entries,"
        f" {figures} figures"
    )
    for file in publication.files:
        yield f"File            {file.kind}: {len(file.content) / 1000:.0f} kB"
    for name, took in seconds.items():
        yield f"Seconds         {took:7.1f}  {name}"


def addresses(
    session: Session, publication: Publication, site: str, password: str
) -> Iterator[str]:
    """Yield the addresses to open, one a line."""
    for survey in _open_surveys(session):
        for edition in ("standard", "easy"):
            yield f"Survey          {site}/s/{survey}/?edition={edition}"
    front = f"{site}/you-said-we-did/{publication.report.slug}/"
    yield f"Published page  {front}"
    yield f"In easy read    {front}easy-read"
    yield f"As a PDF        {front}report.pdf"
    yield f"Ledger          {site}/you-said-we-did/ledger"
    yield f"Ambitions       {site}/you-said-we-did/progress"
    yield f"Staff desk      {site}/desk/"
    yield f"                sign in as {ANALYST}, {APPROVER},"
    yield f"                {READER}, {DEPUTY},"
    yield f"                {FACILITATOR},"
    yield f"                {FORUM} or {YOUTH}, password {password}"


def _open_surveys(session: Session) -> list[str]:
    return list(
        session.scalars(
            select(Survey.slug)
            .where(Survey.opened_at.is_not(None), Survey.closed_at.is_(None))
            .order_by(Survey.slug)
        )
    )
