"""How many people of a group said something, by district: whole tables protected, never one cell.

Whoever asks for one district after the other learns the same as whoever asks for all at once, so
all of them are protected together: the answers to a question with each other, a theme with the
themes nested in it. What a report hides stays hidden here, and what it shows is known.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import bydistrict
from analysis.disclosure import HIDDEN, Count
from analysis.disclosure.attack import Attacker, Relation
from analysis.disclosure.programs import Key
from analysis.models.store import AnalysisRun, Theme
from engage.settings import Settings
from reports.counting.counted import Counted, Shown
from reports.counting.protecting import shown
from surveys import breakdowns
from surveys.breakdowns import ANSWERED, Asked

YOUNG = "young_person"
HIDDEN_TOGETHER = ":hidden"


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """What readers hold already.

    Attributes:
        values: every value that was printed or handed out of each number, the oldest first.
        hidden: numbers that the newest version of the report hides.
    """

    values: Mapping[Key, Sequence[int]]
    hidden: frozenset[Key]


def cell(key: Key, district: str) -> Key:
    """Return the name of a number for one district; of all without one."""
    return f"{key}/area.{district}" if district else key


def of_theme(
    session: Session,
    run: AnalysisRun,
    theme: Theme,
    audience: str,
    *,
    settings: Settings,
    printed: Printed,
) -> Shown:
    """Protect a theme's people of one audience in every district, with how many wrote at all.

    Words of under-18s need the larger threshold in every such table.
    """
    threshold = settings.threshold
    if audience == YOUNG:
        threshold = max(threshold, settings.threshold_under_18)
    wrote = bydistrict.who_wrote(session, run).get(audience, {})
    bases = shown(_row(f"wrote/{audience}", wrote, printed), threshold=threshold)
    parts = Counted()
    for one in _family(session, theme):
        raised = bydistrict.who_raised(session, run, one).get(audience, {})
        parts |= _row(f"theme/{one.id}/{audience}", raised, printed)
    seen = shown(parts | _nested(session, theme, audience, parts), threshold=threshold)
    return Shown({**seen.counts, **bases.counts}, {**seen.reasons, **bases.reasons})


def of_question(
    session: Session, run: AnalysisRun, one: Asked, *, threshold: int, printed: Printed
) -> Shown:
    """Protect every answer to a question in every district together."""
    people = breakdowns.answers_by_place(session, run.snapshot_id, one)
    return of_answers(one, people, threshold=threshold, printed=printed)


def of_answers(
    one: Asked, people: Mapping[str, Mapping[str, int]], *, threshold: int, printed: Printed
) -> Shown:
    """Protect people by answer and district, with how many answered under ":answered".

    Answers that may not be shown for the whole county are one hidden rest in each district. Of a
    question that fewer people answered than may be shown, nothing is.
    """
    if sum(people[ANSWERED].values()) < threshold:
        return Shown({}, {})
    whole = _whole(one, people)
    known = frozenset(key for key in whole.numbers if key in printed.values)
    county = shown(dataclasses.replace(whole, known=whole.known | known), threshold=threshold)
    closed = {
        line.option
        for line in one.lines
        if county.value(one.key(line.option)) is None or one.key(line.option) in printed.hidden
    }
    districts = shown(_districts(one, people, closed), threshold=threshold)
    seen = {key: n for key, n in districts.counts.items() if not _is_closed(one, closed, key)}
    wholes = {key: n for key, n in county.counts.items() if not _is_closed(one, closed, key)}
    if _gives_away(one, people, {**seen, **wholes}, threshold):
        seen = dict.fromkeys(seen, HIDDEN)
    return Shown({**seen, **wholes}, {**districts.reasons, **county.reasons})


def _gives_away(
    one: Asked,
    people: Mapping[str, Mapping[str, int]],
    seen: Mapping[Key, Count],
    threshold: int,
) -> bool:
    """Tell whether a small number follows from the table with its totals, hide what one may.

    Totals of the county stand elsewhere and cannot be hidden here: then nothing is said by
    district, noughts neither.
    """
    numbers = {one.key(option): sum(row.values()) for option, row in people.items()}
    relations = []
    for option, row in people.items():
        cells = {cell(one.key(option), place): row.get(place, 0) for place in people[ANSWERED]}
        numbers |= cells
        relations.append(Relation(one.key(option), tuple(cells)))
    lines = [line.option for line in one.lines]
    for district in ("", *people[ANSWERED]):
        parts = tuple(cell(one.key(option), district) for option in lines)
        relations += _relation(one, numbers, cell(one.key(ANSWERED), district), parts)
    shown_now = {k: n for k, n in numbers.items() if not n or (k in seen and not seen[k].is_hidden)}
    attacker = Attacker(shown_now, numbers.keys() - shown_now.keys(), (), relations)
    small = [k for k, n in numbers.items() if 0 < n < threshold and k != one.key(ANSWERED)]
    return any(attacker.range_of(key).width < 1 for key in small)


def _row(key: Key, by_district: Mapping[str, int], printed: Printed) -> Counted:
    """Count one row of districts; a row whose whole may not be shown is left out altogether."""
    if key in printed.hidden:
        return Counted()
    cells = {cell(key, district): n for district, n in by_district.items()}
    known = frozenset({key} if key in printed.values else ())
    return Counted({**cells, key: sum(cells.values())}, (Relation(key, tuple(cells)),), known)


def _family(session: Session, theme: Theme) -> list[Theme]:
    """Return the broader theme, if there is one, and every theme nested in it."""
    top = session.get_one(Theme, theme.parent_id) if theme.parent_id else theme
    nested = select(Theme).where(Theme.parent_id == top.id, Theme.retired_at.is_(None))
    return [top, *session.scalars(nested.order_by(Theme.id))]


def _nested(session: Session, theme: Theme, audience: str, parts: Counted) -> Counted:
    """Count who is in a broader theme and not in one nested in it: that follows by subtraction."""
    top, *nested = _family(session, theme)
    numbers: dict[Key, int] = {}
    relations = []
    broad = f"theme/{top.id}/{audience}"
    for one in nested:
        narrow = f"theme/{one.id}/{audience}"
        for key, n in parts.numbers.items():
            inside = key.replace(broad, narrow, 1)
            if key.startswith(broad) and inside in parts.numbers:
                rest = f"{key}/not/{one.id}"
                numbers |= {rest: n - parts.numbers[inside]}
                relations.append(Relation(key, (inside, rest)))
    used = {key for relation in relations for key in relation.keys}
    both = {key: n for key, n in parts.numbers.items() if key in used}
    return Counted({**both, **numbers}, tuple(relations), frozenset(), frozenset(numbers))


def _whole(one: Asked, people: Mapping[str, Mapping[str, int]]) -> Counted:
    """Count the answers of the whole county."""
    numbers = {one.key(option): sum(row.values()) for option, row in people.items()}
    lines = tuple(one.key(line.option) for line in one.lines)
    base = one.key(ANSWERED)
    relation = _relation(one, numbers, base, lines)
    return Counted(numbers, relation, frozenset({base}))


def _districts(
    one: Asked, people: Mapping[str, Mapping[str, int]], closed: Collection[str]
) -> Counted:
    """Count the answers by district; closed ones are one rest that no page shows."""
    numbers: dict[Key, int] = {}
    relations: list[Relation] = []
    guarded: set[Key] = set()
    opened = [line.option for line in one.lines if line.option not in closed]
    for option in (ANSWERED, *opened):
        key = one.key(option)
        cells = {cell(key, district): n for district, n in people[option].items()}
        numbers |= {**cells, key: sum(cells.values())}
        relations.append(Relation(key, tuple(cells)))
    for district, base in people[ANSWERED].items():
        keys = [cell(one.key(option), district) for option in opened]
        for key in keys:
            numbers.setdefault(key, 0)
        if closed and one.is_one_answer:
            rest = cell(one.key(HIDDEN_TOGETHER), district)
            numbers[rest] = base - sum(numbers[key] for key in keys)
            guarded.add(rest)
            keys.append(rest)
        whole = cell(one.key(ANSWERED), district)
        relations += _relation(one, numbers, whole, tuple(keys))
    known = frozenset(one.key(option) for option in (ANSWERED, *opened))
    return Counted(numbers, tuple(relations), known, frozenset(guarded))


def _relation(
    one: Asked, numbers: Mapping[Key, int], whole: Key, parts: tuple[Key, ...]
) -> tuple[Relation, ...]:
    """Return how answers hang together with those who answered."""
    if not parts:
        return ()
    adds_up = one.is_one_answer and numbers[whole] == sum(numbers[part] for part in parts)
    return (Relation(whole, parts, "sum" if adds_up else "inside"),)


def _is_closed(one: Asked, closed: Collection[str], key: Key) -> bool:
    start = one.key("")
    return key.removeprefix(start).partition("/area.")[0] in closed
