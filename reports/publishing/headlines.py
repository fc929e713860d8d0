"""The five figures of the front, chosen from everything that was counted."""

from collections.abc import Sequence

from reports.counting import figures
from reports.documents.document import Entry, Fact, Headline, Raised
from reports.publishing.people import Population
from reports.words import wording


def headlines(
    population: Population, raised: Sequence[Raised], entries: Sequence[Entry]
) -> tuple[Headline, ...]:
    """Choose the five figures of the front; each has a base."""
    facts: list[Fact | None] = [fact for fact in population.shares if fact.value is not None]
    largest = max(population.bases, key=lambda base: base.fact.value or 0, default=None)
    if largest is not None:
        facts.append(_most_raised(raised, largest.audience))
    facts += [
        _entries_in(entries, ("done",), "entries/done", "are done"),
        _entries_in(entries, ("cant",), "entries/cant", "we cannot do, and we say why"),
    ]
    return tuple(Headline(fact, _after_number(fact)) for fact in facts if fact is not None)


def _most_raised(raised: Sequence[Raised], audience: str) -> Fact | None:
    best: tuple[int, Fact, str] | None = None
    for row in raised:
        fact = next(fact for fact in row.facts if fact.audience == audience)
        if fact.value is not None and (best is None or fact.value > best[0]):
            best = (fact.value, fact, row.label)
    if best is None:
        return None
    _, fact, label = best
    return figures.said_again(fact, "headline/most-raised", f"{fact.wording} raised “{label}”")


def _entries_in(entries: Sequence[Entry], statuses: tuple[str, ...], key: str, what: str) -> Fact:
    count = sum(entry.answer.status in statuses for entry in entries)
    text = f"{count} of {wording.plural(len(entries), 'thing', 'things')} you raised {what}"
    return figures.whole(key, count, text, base=len(entries))


def _after_number(fact: Fact) -> str:
    return fact.wording.removeprefix(wording.number(fact.value or 0)).strip()
