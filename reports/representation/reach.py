"""How many answered beside how many there are, and what people in a room are worth apart.

A rate needs a figure about everybody, with what it counts and where it comes from. Where two
figures stand for one audience they are added only if nobody is in both.
"""

from collections.abc import Iterable, Sequence

from reports.counting import figures
from reports.counting.adding import Amount, CannotBeAddedError, total
from reports.counting.counted import Shown
from reports.representation import baselines as known
from reports.representation.baselines import PopulationBaseline
from reports.representation.heardparts import Baseline, Reach
from reports.words import wording
from reports.words.facts import Fact
from surveys.gathering.sessions import Totals

NO_BASELINE = "How many there are in the county is not known to this report"
CAUTIONS = {
    "parent_carer": (
        "These are pupils, not families: two parents can answer about one child, and one parent"
        " can have several children."
    ),
    "young_person": "Only pupils are counted here; young people up to 25 could answer.",
}


def rows(
    audiences: Iterable[str], shown: Shown, baselines: Sequence[PopulationBaseline]
) -> tuple[Reach, ...]:
    """Return the reach of each audience in the usual order."""
    return tuple(
        _row(code, shown.value(f"responses/{code}"), known.of_reach(baselines, code))
        for code in wording.in_order(audiences)
    )


def printed(baselines: Iterable[PopulationBaseline]) -> tuple[Baseline, ...]:
    """Return baselines as the document holds them."""
    return tuple(
        Baseline(
            key=one.key,
            label=one.label,
            text=one.text,
            definition=one.definition,
            source=one.source,
            as_at=one.as_at,
            fact=_of_baseline(one),
        )
        for one in baselines
    )


def contacts(found: Totals, threshold: int) -> tuple[Fact, ...]:
    """Return people in rooms and what they made: contacts, never added to people who answered."""
    if not found.sessions:
        return ()
    sessions = wording.plural(found.sessions, "session", "sessions")
    heads = f"Fewer than {threshold} people were" if found.heads < threshold else (
        wording.plural(found.heads, "person was", "people were")
    )  # fmt: skip
    made = wording.plural(found.artefacts, "sticky note or drawing", "sticky notes and drawings")
    return (
        Fact(
            key="contacts/heads",
            value=None if found.heads < threshold else found.heads,
            base=None,
            wording=f"{heads} in the room in {sessions}. They are not added to the people who"
            " answered, because most did both",
            shorthand="[c]" if found.heads < threshold else None,
        ),
        figures.whole(
            "contacts/made", found.artefacts, f"{made} came out of them: things, not people"
        ),
    )


def together(baselines: Sequence[PopulationBaseline]) -> Amount | None:
    """Return the sum of the baselines of one audience, or None where they have none."""
    if not baselines:
        return None
    try:
        return total(one.amount for one in baselines)
    except CannotBeAddedError:
        return None


def _row(audience: str, answered: int | None, baselines: Sequence[PopulationBaseline]) -> Reach:
    everybody = together(baselines)
    label = wording.audience(audience)
    rate, caution = NO_BASELINE, ""
    base = int(everybody.value) if everybody else None
    if everybody:
        caution = CAUTIONS.get(audience, "")
        rate = _rate(answered, everybody)
    return Reach(
        audience=audience,
        label=f"{label[0].upper()}{label[1:]}",
        fact=_fact(audience, answered, base, everybody),
        rate=rate,
        caution=caution,
        baselines=tuple(one.key for one in baselines) if everybody else (),
    )


def _rate(answered: int | None, everybody: Amount) -> str:
    if answered is None:
        return "Not shown, because the number who answered is not"
    return f"{1000 * answered / everybody.value:.1f} for every 1,000 {everybody.name}"


def _fact(audience: str, answered: int | None, base: int | None, everybody: Amount | None) -> Fact:
    key = f"reach/{audience}"
    if answered is None:
        return Fact(
            key=key, value=None, base=base, wording=wording.not_shown(audience),
            shorthand="[c]", audience=audience,
        )  # fmt: skip
    said = f"{wording.number(answered)} {wording.audience(audience, answered)} answered"
    if everybody is not None and base is not None and answered <= base:
        said += f"; there are {wording.number(base)} {everybody.name}"
    else:
        base = None
    return Fact(key=key, value=answered, base=base, wording=said, audience=audience)


def _of_baseline(one: PopulationBaseline) -> Fact | None:
    if one.unit == "per cent" or one.value != int(one.value):
        return None
    return figures.whole(f"baseline/{one.key}", int(one.value), known.said(one))
