"""Every answer of a run as a line: where it stands, and in which order people read.

One statement reads the run's codings, so that a page over a thousand comments stays quick. The
lines also give the coverage: each answer is in exactly one state, so the states add up.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Integer, Select, or_, select, type_coerce
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme, ThemeSource
from surveys.models import AnswerHold, Response, Survey, SurveyVersion

Answer = tuple[str, str]
Person = tuple[str, str, bool]
"""Audience, edition, and whether the words were taken back or left out."""

Mark = tuple[bool, str]
Said = tuple[tuple[str, ...], float, bool, str, str, str, bool]
"""The proposed themes of an answer's clauses, the main one first; the least confidence of any;
whether any is unsure; why it was set aside, or empty; and the person. Plain tuples, which the
collector of garbage lets be: they are kept while people decide."""

Machine = dict[Answer, Said]
NO_MARK: Mark = (False, "")
Order = Literal["unsure", "teaching", "theme", "question", "constant"]
ORDERS: Mapping[Order, str] = {
    "unsure": "Least sure first",
    "teaching": "What teaches the machine most",
    "theme": "Theme by theme",
    "question": "Question by question",
    "constant": "In one constant order",
}
FOR_NOBODY = ("withdrawn", "held")
NOTHING_TO_READ = ("blank", "nothing_to_add", "duplicate")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One answer and where it stands.

    Attributes:
        theme_ids: the themes in use that it is about, the main one first, by a person's word or
            else the machine's.
        confidence: of its least sure clause, 0 to 1.
        aside: why the machine set it aside, or empty.
        gone: "withdrawn" or "held" when its words are for nobody here, or empty.
    """

    response_id: str
    question: str
    audience: str
    edition: str
    theme_ids: tuple[str, ...]
    confidence: float
    unsure: bool
    aside: str
    gone: str
    read_by: str

    @property
    def answer(self) -> Answer:
        """Return response id and question."""
        return self.response_id, self.question

    @property
    def is_readable(self) -> bool:
        """Tell whether a person may and should read it here."""
        return not self.gone and self.aside not in NOTHING_TO_READ

    @property
    def needs_reading(self) -> bool:
        """Tell whether the machine asks for a person who has not come yet."""
        return self.is_readable and not self.read_by and (self.unsure or bool(self.aside))

    @property
    def state(self) -> str:
        """Return the one state that this answer is in; see `STATES`."""
        if self.gone:
            return self.gone
        if self.read_by:
            return "by_person" if self.theme_ids else "no_theme"
        if self.needs_reading:
            return "needs_reading"
        if self.aside:
            return f"aside:{self.aside}"
        return "by_machine" if self.theme_ids else "out_of_use"


STATES: Mapping[str, str] = {
    "by_person": "In a theme, read by a person",
    "by_machine": "In a theme, on the machine's word alone",
    "needs_reading": "Needs reading: the machine is not sure",
    "no_theme": "Read by a person, in no theme",
    "out_of_use": "Its theme went out of use; nobody has read it yet",
    "withdrawn": "Taken back or left out since",
    "held": "Held while a person decides about safety",
}


def lines(session: Session, run: AnalysisRun, known: Machine | None = None) -> list[Line]:
    """Return every answer of a run, ordered by response and question.

    Args:
        session: open.
        run: whose answers.
        known: what `machine` returned, if it still holds; read anew unless given.
    """
    themes, said, marks = _themes_of_sources(session, run), _said(session, run), _marks(session)
    return [
        _line(answer, found, marks.get(answer, NO_MARK), themes, said)
        for answer, found in (known or machine(session, run)).items()
    ]


def machine(session: Session, run: AnalysisRun) -> Machine:
    """Return what the machine said of every answer of a run, and who wrote it."""
    people = _people(session, run)
    session.flush()
    found: dict[Answer, list[Any]] = {}
    rows = session.connection().execute(_codings(run)).all()  # all at once, which is quicker
    for response_id, question, *clause in rows:
        found.setdefault((response_id, question), []).append(clause)
    return {answer: _summed_up(clauses, people[answer[0]]) for answer, clauses in found.items()}


def coverage(of: Iterable[Line]) -> dict[str, int]:
    """Count the answers in each state, those without any left out; the counts add up to all."""
    return dict(Counter(line.state for line in of))


def in_order(of: Iterable[Line], order: Order, asked: Sequence[Answer] = ()) -> list[Line]:
    """Return the readable answers in the order somebody chose; equal ones keep one order.

    Args:
        of: every line.
        order: one of ORDERS.
        asked: what would teach most, best first; the order "teaching" begins with these.
    """
    place = {answer: number for number, answer in enumerate(asked)}
    lines = sorted((line for line in of if line.is_readable), key=_KEYS[order])
    if order == "teaching":
        lines.sort(key=lambda line: place.get(line.answer, len(place)))
    return lines


def after(of: Sequence[Line], here: Answer | None) -> Line | None:
    """Return the next unread answer after one, from the start again at the end."""
    place = next((n for n, line in enumerate(of) if line.answer == here), -1)
    around = [*of[place + 1 :], *of[: max(place, 0)]]
    return next((line for line in around if not line.read_by), None)


def _least_sure(line: Line) -> tuple[object, ...]:
    return not line.needs_reading, line.confidence, line.response_id, line.question


def _by_theme(line: Line) -> tuple[object, ...]:
    first = line.theme_ids[0] if line.theme_ids else "~"
    return first, -line.confidence, line.response_id, line.question


def _by_question(line: Line) -> tuple[object, ...]:
    return line.question, line.response_id


def _constant(line: Line) -> tuple[object, ...]:
    return line.response_id, line.question


_KEYS: Mapping[Order, Callable[[Line], tuple[object, ...]]] = {
    "unsure": _least_sure,
    "teaching": _least_sure,
    "theme": _by_theme,
    "question": _by_question,
    "constant": _constant,
}


def _codings(run: AnalysisRun) -> Select[*tuple[Any, ...]]:
    """Return the statement for the clauses of a run; truths are numbers, which is quicker."""
    return (
        select(
            ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.proposed_theme_id,
            type_coerce(ProposedCoding.is_primary, Integer), ProposedCoding.confidence,
            type_coerce(ProposedCoding.needs_review, Integer), ProposedCoding.set_aside_reason,
        )
        .where(ProposedCoding.run_id == run.id)
        .order_by(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
    )  # fmt: skip


def _people(session: Session, run: AnalysisRun) -> dict[str, Person]:
    """Return audience and edition of every response of a run, and whether its words are gone."""
    rows = session.execute(
        select(
            Response.id, Survey.audience, Response.edition,
            or_(Response.withdrawn_at.is_not(None), Response.left_out_at.is_not(None)),
        )
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.consultation_id == run.consultation_id)
    ).all()  # fmt: skip
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _marks(session: Session) -> dict[Answer, Mark]:
    """Return which answers are held, and who read which."""
    held = select(AnswerHold.response_id, AnswerHold.question).where(
        AnswerHold.released_at.is_(None)
    )
    read = select(Reading.response_id, Reading.question, Reading.read_by)
    found: dict[Answer, Mark] = {(row[0], row[1]): (False, row[2]) for row in session.execute(read)}
    for response_id, question in session.execute(held):
        found[response_id, question] = (True, found.get((response_id, question), NO_MARK)[1])
    return found


def _summed_up(clauses: Sequence[Sequence[Any]], person: Person) -> Said:
    """Join what the machine said of an answer's clauses, in the order of `_codings`."""
    main_first = clauses if len(clauses) == 1 else sorted(clauses, key=lambda row: not row[1])
    return (
        tuple([row[0] for row in main_first if row[0]]),
        min([row[2] for row in clauses]),
        any(row[3] for row in clauses),
        clauses[0][4] or "",
        *person,
    )


def _line(
    answer: Answer,
    found: Said,
    mark: Mark,
    themes: Mapping[str, tuple[str, ...]],
    said: Mapping[Answer, tuple[str, ...]],
) -> Line:
    proposed, confidence, unsure, aside, audience, edition, taken_back = found
    held, read_by = mark
    return Line(
        *answer,
        audience=audience,
        edition=edition,
        theme_ids=said.get(answer, ()) if read_by else _in_use(proposed, themes),
        confidence=confidence,
        unsure=unsure,
        aside=aside,
        gone="withdrawn" if taken_back else "held" if held or aside == "held" else "",
        read_by=read_by,
    )


def _in_use(proposed: tuple[str, ...], themes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the themes in use that draw on what the machine proposed, each once."""
    if len(proposed) == 1:
        return themes.get(proposed[0], ())
    return tuple(dict.fromkeys([theme for one in proposed for theme in themes.get(one, ())]))


def _themes_of_sources(session: Session, run: AnalysisRun) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for theme_id, source_id in session.execute(
        select(ThemeSource.theme_id, ThemeSource.proposed_theme_id)
        .join(Theme, Theme.id == ThemeSource.theme_id)
        .where(Theme.consultation_id == run.consultation_id, Theme.retired_at.is_(None))
        .order_by(ThemeSource.theme_id)
    ):
        found[source_id] = (*found.get(source_id, ()), theme_id)
    return found


def _said(session: Session, run: AnalysisRun) -> dict[Answer, tuple[str, ...]]:
    found: dict[Answer, tuple[str, ...]] = {}
    for response_id, question, theme_id in session.execute(
        select(Coding.response_id, Coding.question, Coding.theme_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Theme.consultation_id == run.consultation_id, Theme.retired_at.is_(None))
        .order_by(Coding.is_primary.desc(), Coding.theme_id)
    ):
        answer = (response_id, question)
        found[answer] = (*found.get(answer, ()), theme_id)
    return found
