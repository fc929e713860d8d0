"""What the answers say about a theme: counts and quotes, read and never written.

Everything here is counted from one run over one snapshot by the rule of `analysis.decided.queries`:
people, once each, who had not withdrawn, by words that were read for safety and not held back.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.disclosure import may_quote
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from analysis.redaction import PLACEHOLDER
from engage.settings import Settings
from reports.models import EntryQuote
from reports.words import excerpts, wording
from reports.words.excerpts import WHOLE, Cut
from surveys.models import Answer, AnswerHold, ReadForSafety
from surveys.queries import FreeText, free_text

YOUNG = "young_person"
QUOTE_WORDS = range(4, 46)
AT_ONCE = 5_000
"""How many people are asked for at once: a database takes only so many values in a question."""


class QuoteNotAllowedError(ValueError):
    """These words may not be printed; the message says why, without saying whose they are."""


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """How many people of each audience raised something, and how many of it wrote at all."""

    people: Mapping[str, int]
    bases: Mapping[str, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A redacted clause that its writer allowed us to print, and how it would be signed."""

    response_id: str
    question: str
    segment: int
    text: str
    audience: str
    attribution: str
    cut: Cut = WHOLE

    @property
    def shown(self) -> str:
        """Return the words as they would be printed."""
        return excerpts.shown(self.text, self.cut)


def for_themes(session: Session, run: AnalysisRun, themes: Iterable[Theme]) -> Evidence:
    """Count the people behind one or several themes together, each person once."""
    return Evidence(
        people=people(session, run, themes),
        bases=queries.base_by_audience(session, run.id, published=True),
    )


def people(session: Session, run: AnalysisRun, themes: Iterable[Theme]) -> dict[str, int]:
    """Count the people of each audience behind one or several themes, each person once."""
    return queries.people_by_audience(session, run.id, themes, published=True)


def not_in_run(run: AnalysisRun, themes: Iterable[Theme]) -> int:
    """Count the themes whose sources all lie in another run: their numbers would not add up."""
    return sum(
        bool(theme.sources) and all(source.run_id != run.id for source in theme.sources)
        for theme in themes
    )


def threshold_for(audience: str, settings: Settings) -> int:
    """Return the smallest number of an audience that may be shown of what it wrote."""
    young = max(settings.threshold, settings.threshold_under_18)
    return young if audience == YOUNG else settings.threshold


def quotable(
    session: Session, run: AnalysisRun, themes: Sequence[Theme], closed_on: dt.date
) -> tuple[Candidate, ...]:
    """Return the clauses of these themes that may be printed, the most typical first.

    Whole sentences come before words cut out of one, and words that nothing had to be taken out
    of before those with a label such as "[name]" in them: what is left can still point at a home.
    Left out: no permission, held or not read for safety, withdrawn, too short or long to stand
    alone, or from an audience of which fewer than ten people raised the theme.
    """
    allowed = _permitted(session, run)
    raised = people(session, run, themes)
    found = []
    for coding in _codings(session, run, themes):
        audience = allowed.get((coding.response_id, coding.question))
        if audience is None or not may_quote(raised.get(audience, 0)):
            continue
        if len(coding.shown_text.split()) in QUOTE_WORDS:
            found.append(_candidate(coding, audience, closed_on))
    cuts = zip(found, cuts_of(session, run, found), strict=True)
    return tuple(sorted((dataclasses.replace(o, cut=cut) for o, cut in cuts), key=_second_choice))


def cuts_of(
    session: Session, run: AnalysisRun, quoted: Sequence[Candidate | EntryQuote]
) -> tuple[Cut, ...]:
    """Return where each of some clauses is cut out of a sentence, in their order."""
    answers: dict[tuple[str, str], dict[int, str]] = {}
    writers = sorted({one.response_id for one in quoted})
    for start in range(0, len(writers), AT_ONCE):
        wanted = ProposedCoding.response_id.in_(writers[start : start + AT_ONCE])
        for one in session.scalars(
            select(ProposedCoding)
            .where(ProposedCoding.run_id == run.id, wanted)
            .order_by(ProposedCoding.segment)
        ):
            answers.setdefault((one.response_id, one.question), {})[one.segment] = one.shown_text
    return tuple(
        excerpts.cut_from(answers.get((one.response_id, one.question), {}), one.segment)
        for one in quoted
    )


def _second_choice(one: Candidate) -> tuple[bool, bool]:
    is_part = not one.cut.is_whole or excerpts.leaves_open(one.text)
    return PLACEHOLDER.search(one.text) is not None, is_part


def quote_state(
    session: Session, run: AnalysisRun, quoted: Iterable[str]
) -> Mapping[tuple[str, str], FreeText]:
    """Return what the people of these responses wrote, by response and question.

    Whoever took their answers out is absent.
    """
    rows = free_text(session, run.snapshot_id, Answer.response_id.in_(sorted(set(quoted))))
    return {(row.response_id, row.question): row for row in rows}


def unread(session: Session, run: AnalysisRun) -> int:
    """Count the answers in own words that nobody has read for safety or kept back."""
    waiting = ReadForSafety.response_id.is_(None), AnswerHold.response_id.is_(None)
    return len(free_text(session, run.snapshot_id, *waiting))


def attribution(audience: str, closed_on: dt.date) -> str:
    """Sign a quote by role and season and nothing finer."""
    role = wording.audience(audience, 1)
    return f"{role[0].upper()}{role[1:]}, {wording.season(closed_on).lower()}"


def _codings(
    session: Session, run: AnalysisRun, themes: Sequence[Theme]
) -> Iterable[ProposedCoding]:
    """Return the clauses of the answers in these themes, those the theme grew from first."""
    members = queries.answers_in(run.id, themes).subquery()
    sources = [source.id for theme in themes for source in theme.sources]
    return session.scalars(
        select(ProposedCoding)
        .join(members, _same_answer(members))
        .where(ProposedCoding.run_id == run.id)
        .order_by(
            func.coalesce(ProposedCoding.proposed_theme_id, "").in_(sources).desc(),
            ProposedCoding.is_example.desc(),
            ProposedCoding.confidence.desc(),
            ProposedCoding.response_id,
            ProposedCoding.question,
            ProposedCoding.segment,
        )
    )


def _same_answer(members: Subquery) -> ColumnElement[bool]:
    return and_(
        members.c.response_id == ProposedCoding.response_id,
        members.c.question == ProposedCoding.question,
    )


def _permitted(session: Session, run: AnalysisRun) -> dict[tuple[str, str], str]:
    return {
        (row.response_id, row.question): row.audience
        for row in free_text(session, run.snapshot_id)
        if row.may_quote and row.may_be_shown
    }


def _candidate(coding: ProposedCoding, audience: str, closed_on: dt.date) -> Candidate:
    return Candidate(
        response_id=coding.response_id,
        question=coding.question,
        segment=coding.segment,
        text=coding.shown_text,
        audience=audience,
        attribution=attribution(audience, closed_on),
    )
