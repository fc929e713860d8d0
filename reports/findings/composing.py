"""The findings of one report: what its questions found, safe to print, and counted again."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from analysis import disclosure
from analysis.disclosure import Count
from analysis.disclosure.programs import Key
from reports.counting.counted import Shown
from reports.findings import choosing, earlier, numbers, reading
from reports.findings.found import SurveyFindings
from reports.findings.presenting import MIDDLE, presented
from reports.findings.reading import Wanted
from reports.findings.tally import BY, Asked, By
from reports.models import Report
from reports.words.facts import Fact
from surveys.models import Snapshot


def said(
    session: Session, report: Report, asked: Sequence[Asked], shown: Shown
) -> tuple[SurveyFindings, ...]:
    """Return the findings of the questions that a report prints, beside those of earlier years."""
    found = presented(asked, shown)
    return earlier.beside(found, earlier.documents(session, report)) if found else ()


def printed(session: Session, report: Report, snapshot_id: str) -> tuple[Asked, ...]:
    """Count the questions that a report prints."""
    wanted = choosing.wanted(choosing.listed(session, report))
    return reading.tallies(session, snapshot_id, wanted, reading.versions(session, snapshot_id))


def told(asked: Sequence[Asked], everybody: Mapping[str, int], threshold: int) -> tuple[Asked, ...]:
    """Leave out audiences whose own number cannot be shown: nothing at all is said of them."""
    answered = disclosure.protect_row(everybody, threshold=threshold)
    return tuple(_open(one, answered) for one in asked)


def recount(session: Session, snapshot: Snapshot, fact: Fact) -> int | None:
    """Count one figure of a finding again; None when the snapshot does not hold it any more."""
    return recounted(session, snapshot, [fact]).get(fact.key)


def recounted(session: Session, snapshot: Snapshot, facts: Iterable[Fact]) -> dict[Key, int]:
    """Count many figures of findings again, with few statements for all of them."""
    wanted = [fact.key for fact in facts]
    found = earlier.remembered(session, snapshot.id, wanted)
    rounds: dict[By | None, dict[tuple[str, str], Wanted]] = {}
    for key in wanted:
        start, questionnaire, code, *rest = [*key.split("/"), "", ""]
        if start == "question":
            by = next((by for by in BY if rest[2].startswith(f"{by}.")), None)
            one = Wanted(questionnaire, code, by)
            rounds.setdefault(by, {})[questionnaire, code] = one
    everybody = reading.everybody(session, snapshot.id)
    versions = reading.versions(session, snapshot.id)
    for questions in rounds.values():
        asked = reading.tallies(session, snapshot.id, list(questions.values()), versions)
        found |= numbers.counted(asked, everybody).numbers
        found |= {
            one.key(audience, MIDDLE): tally.answered
            for one in asked
            for audience, tally in one.tallies.items()
        }
    return {key: found[key] for key in wanted if key in found}


def _open(one: Asked, answered: Mapping[str, Count]) -> Asked:
    seen = {code: tally for code, tally in one.tallies.items() if not answered[code].is_hidden}
    return dataclasses.replace(one, tallies=seen)
