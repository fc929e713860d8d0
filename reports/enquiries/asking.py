"""The councillor's question: how many people of a group said something, and on what it rests.

An answer is never a guess: it is a number with its base, or the mark that hides it and the number
for the whole county. What was handed out is kept, so that the same question asked again, or asked
after a few people more, tells nothing about these few.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.disclosure import CONFIDENTIAL
from analysis.models.store import AnalysisRun, Theme
from engage import audit, taxonomy
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports.counting.counted import Shown
from reports.enquiries import slices
from reports.enquiries.askedwords import is_counted, label
from reports.enquiries.slices import Printed
from reports.models import Figure, Publication, Report
from reports.models.asked import AskedQuestion, GivenFigure
from reports.publishing import services
from reports.words import wording
from surveys import breakdowns
from surveys.breakdowns import ANSWERED, Asked
from surveys.queries import respondents_by_audience

NOT_SHOWN = f"{CONFIDENTIAL} fewer than {{threshold}}, or a number that would give one away"
EARLIER = 20
NO_DISTRICT = frozenset({"outside", "not_sure"})


class CannotBeAskedError(ValueError):
    """There is no answer to this question; the message says what can be asked instead."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A question: what was said, and at most two filters."""

    subject: str
    audience: str = ""
    district: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Subjects:
    """Everything that can be asked about, for the form and for the check of what was sent."""

    themes: Sequence[Theme]
    questions: Sequence[Asked]
    audiences: Sequence[str]
    districts: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class _Subject:
    """What a question is about, for one audience."""

    audience: str
    key: str
    base: str
    said: str
    who: str


def subjects(session: Session, run: AnalysisRun) -> Subjects:
    """Return what can be asked of the newest run: approved themes and questions with answers."""
    return Subjects(
        themes=queries.approved_themes(session, run.consultation_id),
        questions=breakdowns.asked(session, run.snapshot_id, is_counted),
        audiences=wording.in_order(respondents_by_audience(session, run.snapshot_id)),
        districts={
            term.code: term.label
            for term in taxonomy.terms("districts", local_date(run.finished_at))
            if term.code not in NO_DISTRICT
        },
    )


def ask(
    session: Session,
    plan: Consultation,
    wanted: Wanted,
    *,
    settings: Settings,
    actor: str,
    now: dt.datetime,
) -> AskedQuestion:
    """Answer a question and keep the answer; raise CannotBeAskedError or NotAnalysedError."""
    run = services.latest_run(session, plan.id)
    known = subjects(session, run)
    _require_known(known, wanted)
    printed = _printed(session, plan)
    asked = AskedQuestion(
        consultation_id=plan.id, snapshot_id=run.snapshot_id, subject=wanted.subject,
        audience=wanted.audience or None, district=wanted.district or None,
        asked_by=actor, asked_at=now,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    lines = _lines(session, run, known, wanted, settings, printed)
    for position, (key, value, base, text) in enumerate(lines):
        asked.figures.append(
            GivenFigure(position=position, key=key, value=value, base=base, wording=text)
        )
    audit.record(
        session, actor=actor, verb="asked_how_many", object_type="asked_question",
        object_id=asked.id, now=now,
    )  # fmt: skip
    session.flush()
    return asked


def earlier(session: Session, plan: Consultation) -> Sequence[AskedQuestion]:
    """Return what was asked of a consultation, the newest first."""
    return session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.consultation_id == plan.id)
        .order_by(AskedQuestion.asked_at.desc(), AskedQuestion.id)
        .limit(EARLIER)
    ).all()


def _require_known(known: Subjects, wanted: Wanted) -> None:
    of_theme = {f"theme/{theme.id}" for theme in known.themes}
    of_options = {one.key(line.option): one for one in known.questions for line in one.lines}
    if wanted.subject not in of_theme | of_options.keys():
        message = "Choose what people said: a theme, or an answer to a question."
        raise CannotBeAskedError(message)
    if wanted.audience and wanted.audience not in known.audiences:
        message = "Choose a group of people from the list, or everybody."
        raise CannotBeAskedError(message)
    if wanted.district and wanted.district not in known.districts:
        message = "Choose a district from the list, or the whole county."
        raise CannotBeAskedError(message)
    one = of_options.get(wanted.subject)
    if one is not None and wanted.audience not in {"", one.audience}:
        message = (
            f"This question was asked of {wording.audience(one.audience)} only."
            " Choose them, or everybody."
        )
        raise CannotBeAskedError(message)


def _printed(session: Session, plan: Consultation) -> Printed:
    """Return what was ever published or handed out of every number of a consultation."""
    published = session.execute(
        select(Figure.key, Figure.value, Figure.base, Publication.version)
        .join(Publication, Publication.id == Figure.publication_id)
        .join(Report, Report.id == Publication.report_id)
        .where(Report.consultation_id == plan.id)
        .order_by(Publication.version)
    ).all()
    given = session.execute(
        select(GivenFigure.key, GivenFigure.value, GivenFigure.base)
        .join(AskedQuestion, AskedQuestion.id == GivenFigure.asked_id)
        .where(AskedQuestion.consultation_id == plan.id)
        .order_by(AskedQuestion.asked_at)
    ).all()
    newest = max((row[3] for row in published), default=0)
    numbers: dict[str, list[int]] = {}
    for key, value, base in (
        *((row[0], row[1], row[2]) for row in published),
        *((row[0], row[1], row[2]) for row in given),
    ):
        for name, number in ((key, value), (f"{key} of", base)):
            if number is not None:
                numbers.setdefault(name, []).append(number)
    return Printed(
        values=numbers,
        hidden=frozenset(row[0] for row in published if row[3] == newest and row[1] is None),
    )


Line = tuple[str, int | None, int | None, str]


def _lines(  # what is asked, of whom, and every limit on the answer
    session: Session,
    run: AnalysisRun,
    known: Subjects,
    wanted: Wanted,
    settings: Settings,
    printed: Printed,
) -> Iterator[Line]:
    """Yield the number for the district and then for the county, for each audience."""
    audiences = [wanted.audience] if wanted.audience else list(known.audiences)
    one = next(
        (q for q in known.questions for line in q.lines if q.key(line.option) == wanted.subject),
        None,
    )
    if one is not None:
        seen = slices.of_question(session, run, one, threshold=settings.threshold, printed=printed)
        yield from _both(_of_option(one, wanted), seen, known, wanted, settings, printed)
        return
    theme = session.get_one(Theme, wanted.subject.removeprefix("theme/"))
    for audience in audiences:
        seen = slices.of_theme(session, run, theme, audience, settings=settings, printed=printed)
        subject = _of_theme(theme, audience)
        yield from _both(subject, seen, known, wanted, settings, printed)


def _both(  # as above
    subject: _Subject,
    seen: Shown,
    known: Subjects,
    wanted: Wanted,
    settings: Settings,
    printed: Printed,
) -> Iterator[Line]:
    if wanted.district:
        place = f" from {known.districts[wanted.district]}"
        yield _line(subject, seen, wanted.district, place, settings, printed)
    yield _line(subject, seen, "", " in the whole county", settings, printed)


def _line(  # as above
    subject: _Subject,
    seen: Shown,
    district: str,
    place: str,
    settings: Settings,
    printed: Printed,
) -> Line:
    key = slices.cell(subject.key, district)
    base = seen.value(slices.cell(subject.base, district))
    value = seen.value(key) if key in seen.counts else _nobody(seen, subject, base)
    if value is None or base is None or base < settings.threshold or key in printed.hidden:
        reason = NOT_SHOWN.format(threshold=settings.threshold)
        who = f"{subject.who[0].upper()}{subject.who[1:]}"
        return key, None, None, f"{who}{place} {subject.said}: {reason}."
    value, base = _steady(key, value, base, settings.threshold, printed)
    number = "None" if value == 0 else wording.number(value)
    of = wording.number(base)
    return key, value, base, f"{number} of {of} {subject.who}{place} {subject.said}."


def _steady(key: str, value: int, base: int, threshold: int, printed: Printed) -> tuple[int, int]:
    """Return a number and its base, or the last said when either is close to one ever said."""
    said, bases = printed.values.get(key, ()), printed.values.get(f"{key} of", ())
    moved = [*(abs(old - value) for old in said), *(abs(old - base) for old in bases)]
    if not any(0 < step < threshold for step in moved):
        return value, base
    return (said or [value])[-1], (bases or [base])[-1]


def _nobody(seen: Shown, subject: _Subject, base: int | None) -> int | None:
    """Return nought for a district that nobody of the group named, if the row is shown at all."""
    return 0 if base is not None and seen.value(subject.key) is not None else None


def _of_theme(theme: Theme, audience: str) -> _Subject:
    who = wording.audience(audience)
    return _Subject(
        audience=audience,
        key=f"theme/{theme.id}/{audience}",
        base=f"wrote/{audience}",
        said=f"who wrote a comment raised “{theme.name}”",
        who=who,
    )


def _of_option(one: Asked, wanted: Wanted) -> _Subject:
    option = wanted.subject.removeprefix(one.key(""))
    return _Subject(
        audience=one.audience,
        key=wanted.subject,
        base=one.key(ANSWERED),
        said=f"who answered “{one.text}” said “{label(one, option)}”",
        who=wording.audience(one.audience),
    )
