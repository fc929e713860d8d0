"""Who began on a screen and who sent it, and where the others stopped.

What is known of those who never sent anything is kept without a time and apart from everybody:
how many they were, in which edition, and the last page they sent.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from engage.audit import AuditEvent
from engage.consultations import Consultation
from reports.counting.counted import Counted, Shown
from reports.engagement import measured, takingpart
from reports.engagement.defined import STOP_FROM
from reports.engagement.measured import Measure
from reports.words import wording
from surveys import queries
from surveys.models import Response, Snapshot, StoppedAfter, Survey, SurveyVersion
from surveys.questionnaire import Page
from surveys.questions import EDITION_FACTS
from surveys.respondents import Statement
from surveys.services import FORGOT_UNSENT

NOT_BEGUN_HERE = ("phone", "email_letter", "livestream_qa", "import_forms")
UNKNOWN = ":unknown"
BEFORE_WORDS = {
    "": "Before the first question",
    UNKNOWN: "Not known: deleted before it was counted",
}
Stop = tuple[str, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Finishing:
    """How many began and how many sent it.

    Attributes:
        sent: audience and edition to how many sent it on a screen.
        stops: audience, edition and last page to how many never sent it.
        pages: audience to its pages in order, each with code and words of its question.
    """

    sent: Mapping[tuple[str, str], int]
    stops: Mapping[Stop, int]
    pages: Mapping[str, Mapping[str, str]]


def gather(session: Session, plan: Consultation, snapshot: Snapshot) -> Finishing:
    """Count who began on a screen, of the audiences that a snapshot holds."""
    columns = select(Survey.audience, Response.edition, func.count(Response.id))
    statement = queries.people(snapshot.id, columns).where(_on_screen())
    rows = session.execute(statement.group_by(Survey.audience, Response.edition)).all()
    return Finishing(
        sent={(row[0], row[1]): row[2] for row in sorted(rows)},
        stops=_stops(session, plan),
        pages={one.audience: _pages(session, one) for one in queries.surveys_of(session, plan.id)},
    )


def counted(found: Finishing, answered: Mapping[str, int], editions: Mapping[str, int]) -> Counted:
    """Say what was counted: everybody by group, by edition, and by where they stopped.

    `answered` and `editions` hold all who answered, on a screen or not, by the same codes.
    """
    parts = [
        _told_apart(found, 0, ""),
        _told_apart(found, 1, "as-"),
        _within("responses", answered, "screen", _sent(found, 0)),
        _within("edition", editions, "as-screen", _sent(found, 1)),
    ]
    groups = dict.fromkeys(stop[0] for stop in found.stops)
    return Counted.all((*parts, *(_places(audience, found) for audience in groups)))


def lines(found: Finishing, shown: Shown) -> Iterator[Measure]:
    """Yield who finished, by group and by edition, and where the others stopped."""
    for code in wording.in_order({audience for audience, _ in found.sent}):
        begun, sent = shown.value(f"begun/{code}"), shown.value(f"screen/{code}")
        yield measured.share("finished", _capital(wording.audience(code)), sent, begun)
    for edition, facts in EDITION_FACTS.items():
        if any(one == edition for _, one in found.sent):
            begun, sent = shown.value(f"as-begun/{edition}"), shown.value(f"as-screen/{edition}")
            name = _capital(facts.english)
            yield measured.share("finished_edition", name, sent, begun, note=_unknown(found))
    yield from _stopped(found, shown)


def _stopped(found: Finishing, shown: Shown) -> Iterator[Measure]:
    places = _at_places(found)
    for audience in wording.in_order({audience for audience, _ in places}):
        name, begun = _capital(wording.audience(audience)), shown.value(f"begun/{audience}")
        for page, words in _words(found, audience).items():
            if (audience, page) in places:
                number = shown.value(_place(audience, page))
                yield _at(f"{name}: {words}", number, begun)
    if not places:
        yield Measure("stopped", "", "Nobody stopped", "Everybody who began sent it")


def _at(of: str, number: int | None, begun: int | None) -> Measure:
    is_many = number is not None and begun and 100 * number > STOP_FROM * begun
    return measured.share("stopped", of, number, begun, note="Look at it." if is_many else "")


def _words(found: Finishing, audience: str) -> dict[str, str]:
    """Return the places in the order of the pages, with those that no version has any more."""
    known = dict(found.pages.get(audience, {}))
    pages = {page for one, _, page in found.stops if one == audience}
    gone = {page: f"After {page}" for page in sorted(pages - known.keys() - BEFORE_WORDS.keys())}
    return {"": BEFORE_WORDS[""], **known, **gone, UNKNOWN: BEFORE_WORDS[UNKNOWN]}


def _unknown(found: Finishing) -> str:
    """Say that some editions of those who stopped are not known, without saying how many."""
    if not any(edition == UNKNOWN for _, edition, _ in found.stops):
        return ""
    return "Some who stopped are in no edition: their answers were deleted before it was counted."


def _told_apart(found: Finishing, place: int, prefix: str) -> Counted:
    """Count who began, sent and stopped by group (place 0) or by edition (place 1)."""
    sent, unsent = _sent(found, place), Counter[str]()
    for stop, number in found.stops.items():
        unsent[stop[place]] += number
    numbers: dict[str, int] = {"begun/all": sent.total() + unsent.total()}
    relations, guarded = [], set[str]()
    codes = sorted(sent.keys() | unsent.keys())
    for code in codes:
        whole, parts = f"{prefix}begun/{code}", (f"{prefix}screen/{code}", f"{prefix}unsent/{code}")
        numbers |= {whole: sent[code] + unsent[code], parts[0]: sent[code], parts[1]: unsent[code]}
        relations.append(Relation(whole, parts))
        guarded |= {parts[1], *([whole, parts[0]] if code == UNKNOWN else [])}
    relations.append(Relation("begun/all", tuple(f"{prefix}begun/{code}" for code in codes)))
    return Counted(numbers, tuple(relations), guarded=frozenset(guarded | {"begun/all"}))


def _sent(found: Finishing, place: int) -> Counter[str]:
    sent = Counter[str]()
    for pair, number in found.sent.items():
        sent[pair[place]] += number
    return sent


def _within(whole: str, all_of: Mapping[str, int], part: str, some: Mapping[str, int]) -> Counted:
    """Say that who sent it on a screen is among all who sent it."""
    numbers: dict[str, int] = {}
    relations = []
    for code, number in all_of.items():
        key, inside, rest = f"{whole}/{code}", f"{part}/{code}", f"{whole}/{code} off screen"
        numbers |= {key: number, inside: some.get(code, 0), rest: number - some.get(code, 0)}
        relations.append(Relation(key, (inside, rest)))
    guarded = frozenset(key for key in numbers if key.endswith(" off screen"))
    return Counted(numbers, tuple(relations), guarded=guarded)


def _places(audience: str, found: Finishing) -> Counted:
    """Say that all who stopped in a group stopped somewhere."""
    mine = {page: n for (one, page), n in _at_places(found).items() if one == audience}
    numbers = {_place(audience, page): n for page, n in mine.items()}
    relation = Relation(f"unsent/{audience}", tuple(numbers))
    return Counted(numbers, (relation,))


def _at_places(found: Finishing) -> Counter[tuple[str, str]]:
    places = Counter[tuple[str, str]]()
    for (audience, _, page), number in found.stops.items():
        places[audience, page] += number
    return places


def _place(audience: str, page: str) -> str:
    return f"stopped/{audience}/{page or ':first'}"


def _stops(session: Session, plan: Consultation) -> dict[Stop, int]:
    """Return where people stopped: those still kept, those counted at their deletion, and others.

    Of answers that were deleted before places were counted only their number is known.
    """
    tally, deleted = Counter[Stop](), Counter[str]()
    for audience, edition, page, number in session.execute(_counted_then(plan)):
        tally[audience, edition, page] += number
        deleted[audience] -= number
    for audience, number in session.execute(_forgotten(plan)):
        deleted[audience] += number
    for audience, edition, page, number in session.execute(_still_kept(plan)):
        tally[audience, edition, page or ""] += number
    for audience, number in deleted.items():
        if number > 0:
            tally[audience, UNKNOWN, UNKNOWN] += number
    return dict(sorted(tally.items()))


def _counted_then(plan: Consultation) -> Statement:
    by = (Survey.audience, StoppedAfter.edition, StoppedAfter.page)
    return (
        select(*by, func.sum(StoppedAfter.people))
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(StoppedAfter, StoppedAfter.survey_version_id == SurveyVersion.id)
        .where(Survey.consultation_id == plan.id)
        .group_by(*by)
    )


def _forgotten(plan: Consultation) -> Statement:
    return (
        select(Survey.audience, func.count())
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(AuditEvent, AuditEvent.object_id == SurveyVersion.id)
        .where(Survey.consultation_id == plan.id, AuditEvent.verb == FORGOT_UNSENT)
        .group_by(Survey.audience)
    )


def _still_kept(plan: Consultation) -> Statement:
    return (
        select(Survey.audience, Response.edition, Response.reached, func.count())
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .where(Survey.consultation_id == plan.id, Response.submitted_at.is_(None), _on_screen())
        .group_by(Survey.audience, Response.edition, Response.reached)
    )


def _on_screen() -> ColumnElement[bool]:
    return and_(~takingpart.on_paper(), Response.channel.not_in(NOT_BEGUN_HERE))


def _pages(session: Session, survey: Survey) -> dict[str, str]:
    """Return the pages of a survey in order: id to code and words of its question."""
    pages = queries.current_document(session, survey).pages
    return {page.id: _after(page) for page in pages}


def _after(page: Page) -> str:
    return f"After {page.question.code}, {page.question.text.standard}"


def _capital(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}"
