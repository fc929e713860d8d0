"""The equality questions in a report: only tables that are protected already come in here.

The one function that may link these answers hides small numbers before it gives anything away.
What it left open is protected once more beside the rest of the report, and against versions
printed before.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from analysis import equality
from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key
from analysis.equality import ProtectedTable
from engage.consultations import local_date
from engage.settings import Settings
from reports.counting.counted import Counted, Shown
from reports.representation import baselines as known
from reports.representation import profile
from reports.representation.baselines import PopulationBaseline
from reports.representation.heardparts import Profile
from surveys import equality as asking
from surveys.services import KeyDestroyedError

TITLES = {
    "EQ1": "Age of those who answered",
    "EQ2": "Long-term health condition",
    "EQ4": "Ethnic group",
    "EQ5": "Sex",
}
EVERYBODY = "people"
GONE = "The key that linked these answers to the others is destroyed, as was promised."
ALL, REST = "responses/all", ":rest"


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One protected table, with the keys of its answers in the order of its rows."""

    table: ProtectedTable
    codes: tuple[str, ...]

    def key(self, code: str) -> Key:
        """Return the name of one of its numbers."""
        return f"equality/{self.table.question}/{code}"

    def open(self) -> Iterator[tuple[str, int]]:
        """Yield what the table shows."""
        for code, (_, count) in zip(self.codes, self.table.rows, strict=True):
            if count.value is not None:
                yield code, count.value
        if self.table.not_answered.value is not None:
            yield ":unsaid", self.table.not_answered.value


@dataclasses.dataclass(frozen=True, slots=True)
class Tables:
    """Every table that is printed; none where nobody was asked, or the key is gone."""

    tables: tuple[Table, ...] = ()
    is_gone: bool = False


def tables(session: Session, snapshot_id: str, settings: Settings, now: dt.datetime) -> Tables:
    """Return the protected table of every question that everybody was asked."""
    block = asking.block(local_date(now))
    found = []
    for code, question in block.questionnaire.questions.items():
        if block.gate_of(code) is not None:
            continue
        try:
            table = equality.profile(
                session, snapshot_id, code, secret=settings.secret_key,
                threshold=settings.threshold, key_days=settings.equality_key_days, now=now,
            )  # fmt: skip
        except KeyDestroyedError:
            return Tables(is_gone=True)
        if table.wordings:
            found.append(Table(table, tuple(option.key for option in question.options)))
    return Tables(tuple(found))


def counted(found: Tables) -> Counted:
    """Say what is open already; what is hidden is one rest that anybody can work out."""
    return Counted.all(_counted(one) for one in found.tables)


def presented(
    found: Tables, shown: Shown, baselines: Iterable[PopulationBaseline]
) -> tuple[Profile, ...]:
    """Return a profile for each table, or one that says that the key is gone."""
    if found.is_gone:
        return (Profile("equality", "Equality questions", "", EVERYBODY, (), GONE),)
    rows = tuple(baselines)
    return tuple(_profile(one, shown, rows) for one in found.tables)


def _counted(one: Table) -> Counted:
    everybody = one.table.everybody.value
    if everybody is None:
        return Counted()
    numbers = {one.key(code): n for code, n in one.open()}
    parts, guarded = tuple(numbers), frozenset[Key]()
    if len(numbers) <= len(one.codes):
        rest = one.key(REST)
        numbers[rest] = everybody - sum(numbers.values())
        parts, guarded = (*parts, rest), frozenset({rest})
    return Counted({ALL: everybody, **numbers}, (Relation(ALL, parts),), guarded=guarded)


def _profile(one: Table, shown: Shown, baselines: Iterable[PopulationBaseline]) -> Profile:
    question = one.table.question
    title = TITLES.get(question, one.table.text)
    start = f"equality/{question}"
    opened = {code for code, _ in one.open()}
    values = {
        code: shown.value(one.key(code)) if code in opened else None
        for code in (*one.codes, ":unsaid")
    }
    if one.table.everybody.value is None or not any(values[code] for code in one.codes):
        return profile.not_shown(start, title, one.table.text, EVERYBODY)
    groups = tuple(
        profile.Group(code, label, values[code])
        for code, (label, _) in zip(one.codes, one.table.rows, strict=True)
    )
    asked = profile.Asked(
        key=start, title=title, question=one.table.text, about=EVERYBODY, audience=None,
        code=question, groups=groups,
        base=_base(one, shown) if values[":unsaid"] is not None else None,
    )  # fmt: skip
    return profile.profile(asked, known.of_groups(baselines, question))


def _base(one: Table, shown: Shown) -> int | None:
    """Return how many answered as readers may know it: of one count, never of two versions.

    Counted anew beside numbers that stay as they were printed, it would tell what somebody who
    took their answers out had said.
    """
    everybody, unsaid = shown.value(ALL), shown.value(one.key(":unsaid"))
    if everybody is None or unsaid is None:
        return None
    is_one_count = shown.version(ALL) == shown.version(one.key(":unsaid"))
    return everybody - unsaid if is_one_count else None
