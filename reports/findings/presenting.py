"""From raw tallies and what may be shown of them to the findings of a document."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.counting.counted import Shown
from reports.findings import bands, grouped, intervals, measures, sentences
from reports.findings.bands import Line, Panel
from reports.findings.found import (
    Cell,
    Column,
    Drawing,
    Grid,
    Part,
    QuestionFinding,
    Row,
    SurveyFindings,
)
from reports.findings.intervals import Share
from reports.findings.sentences import Lead
from reports.findings.stated import HIDDEN_NOTE, stated
from reports.findings.tally import ANSWERED, ASKED, Asked
from reports.words import wording
from reports.words.easylines import EasyLine
from reports.words.facts import Fact

MIDDLE = ":middle"
BANDS_NOTE = (
    "Easy read has fewer answers than the standard edition. Answers that mean the same are put"
    " together in one row; the rows under it show them apart. An answer in easy read counts in"
    " the row above alone."
)
ANY_NOTE = "One person could choose several answers, so the numbers add up to more than everybody."
REWORDED = "An earlier version of this questionnaire asked this in slightly different words."


def presented(asked: Sequence[Asked], shown: Shown) -> tuple[SurveyFindings, ...]:
    """Make the findings of every question, in the order given, one part for a questionnaire.

    Of an audience whose own number is hidden nothing is said at all.
    """
    shown = _of_open_audiences(asked, shown)
    return tuple(
        SurveyFindings(
            code, found[0].title.standard, found[0].title.easy,
            tuple(_finding(one, shown) for one in found if one.tallies),
        )
        for code, found in (
            (code, list(ones)) for code, ones in groupby(asked, lambda one: one.questionnaire)
        )
    )  # fmt: skip


def _of_open_audiences(asked: Sequence[Asked], shown: Shown) -> Shown:
    audiences = {audience for one in asked for audience in one.tallies}
    hidden = {code for code in audiences if shown.value(f"responses/{code}") is None}
    closed = {
        one.key(audience, "") for one in asked for audience in one.tallies if audience in hidden
    }
    if not closed:
        return shown
    counts = {
        key: count for key, count in shown.counts.items()
        if not any(key.startswith(start) for start in closed)
    }  # fmt: skip
    return Shown(counts, shown.reasons)


def _finding(one: Asked, shown: Shown) -> QuestionFinding:
    if not any(tally.answered for tally in one.tallies.values()):
        return _unanswered(one, shown)
    question, found = one.question, bands.panels(one)
    leads = [
        lead for panel in found for audience in one.tallies
        if (lead := _lead(one, panel, audience, shown))
    ]  # fmt: skip
    told = leads[0] if leads and len(found) == 1 else max(leads, key=_strength, default=None)
    grids = tuple(_grid(one, panel, shown) for panel in found)
    groups = tuple(grouped.grids(one, shown))
    return QuestionFinding(
        key=f"{one.questionnaire}/{one.code}",
        code=one.code,
        kind=question.kind,
        text=question.text.standard,
        easy_text=EasyLine(question.text.easy, question.picture),
        headline=sentences.headline(question, told) if found else _only_counted(one, shown),
        easy=sentences.easy(question, told) if found else _easy_only_counted(one, shown),
        said=tuple(_said(one, told, leads, shown)),
        asked=tuple(_bases(one, shown)),
        grids=grids,
        groups=groups,
        drawing=_drawing(one) if told else "",
        measures=tuple(_measures(one, shown)),
    )


def _unanswered(one: Asked, shown: Shown) -> QuestionFinding:
    return QuestionFinding(
        key=f"{one.questionnaire}/{one.code}",
        code=one.code,
        kind=one.question.kind,
        text=one.question.text.standard,
        easy_text=EasyLine(one.question.text.easy, one.question.picture),
        headline=sentences.NOBODY,
        easy=(sentences.EASY_NOBODY,),
        said=(),
        asked=tuple(_bases(one, shown)),
    )


def _lead(one: Asked, panel: Panel, audience: str, shown: Shown) -> Lead | None:
    base = shown.value(one.key(audience, panel.base))
    values = [shown.value(one.key(audience, line.option)) for line in panel.lines]
    return sentences.lead(panel, audience, base, values)


def _strength(lead: Lead) -> float:
    return lead.value / lead.base


def _said(one: Asked, told: Lead | None, leads: Sequence[Lead], shown: Shown) -> Iterator[str]:
    """Yield the sentences after the headline: how sure it is, and what the others said."""
    if told is None:
        return
    yield intervals.sentence(told.value, told.base, told.audience)
    if told.panel.adds_up and not told.panel.name:
        for lead in leads:
            if lead is not told:
                yield sentences.headline(one.question, lead)
        yield intervals.comparison(list(_shares(one, told, shown)), f"“{told.line.label}”")
    if one.reworded:
        yield REWORDED


def _shares(one: Asked, told: Lead, shown: Shown) -> Iterator[Share]:
    """Yield how many of each audience gave the answer of the headline."""
    for audience in one.tallies:
        value = shown.value(one.key(audience, told.line.option))
        base = shown.value(one.key(audience, told.panel.base))
        if value is not None and base:
            yield Share(wording.audience(audience), value, base)


def _bases(one: Asked, shown: Shown) -> Iterator[Fact]:
    """Yield for each audience how many were asked and how many of them answered."""
    for audience in one.tallies:
        everybody = shown.value(f"responses/{audience}")
        asked = shown.value(one.key(audience, ASKED))
        who = "who sent answers"
        yield stated(one, audience, ASKED, shown, everybody, f"{who} were asked")
        yield stated(one, audience, ANSWERED, shown, asked, "who were asked answered")


def _grid(one: Asked, panel: Panel, shown: Shown) -> Grid:
    columns = tuple(_column(one, panel, audience, shown) for audience in one.tallies)
    rows = tuple(
        Row(line.label, line.option, part, tuple(
            _cell(one, panel, line, audience, shown) for audience in one.tallies
        ))
        for line, part in _lines(one, panel)
    )  # fmt: skip
    caption = panel.title or one.question.text.standard
    return Grid(caption, columns, rows, tuple(_notes(panel, rows)))


def _lines(one: Asked, panel: Panel) -> Iterator[tuple[Line, Part]]:
    for line in panel.lines:
        yield line, "band" if line.parts else "answer"
        for part in line.parts:
            if any(part.count(tally) for tally in one.tallies.values()):
                yield part, "finer"


def _column(one: Asked, panel: Panel, audience: str, shown: Shown) -> Column:
    name = wording.audience(audience)
    asked = shown.value(one.key(audience, ASKED if panel.base == ANSWERED else ANSWERED))
    who = "who were asked" if panel.base == ANSWERED else "who answered"
    did = "answered" if panel.base == ANSWERED else f"answered about “{panel.title}”"
    return Column(
        name[0].upper() + name[1:], stated(one, audience, panel.base, shown, asked, f"{who} {did}")
    )


def _cell(one: Asked, panel: Panel, line: Line, audience: str, shown: Shown) -> Cell:
    base = shown.value(one.key(audience, panel.base))
    did = sentences.said(one.question, panel, line)
    found = stated(one, audience, line.option, shown, base, f"who answered {did}")
    return Cell(
        found, intervals.percent(found.value, found.base),
        intervals.likely(found.value, found.base),
    )  # fmt: skip


def _notes(panel: Panel, rows: Sequence[Row]) -> Iterator[str]:
    if any(cell.fact.value is None for row in rows for cell in row.cells):
        yield HIDDEN_NOTE
    if any(row.part == "band" for row in rows):
        yield BANDS_NOTE
    if not panel.adds_up:
        yield ANY_NOTE


def _drawing(one: Asked) -> Drawing:
    if one.question.kind == "scale10":
        return "numbers"
    return "stacked" if bands.is_scale(one.question) else "bars"


def _measures(one: Asked, shown: Shown) -> Iterator[Fact]:
    """Yield middle and mean of numbers, where every number of the table is open.

    With the mean and a hidden number beside it, the hidden number could be worked out.
    """
    if one.question.kind not in {"number", "scale10"}:
        return
    (panel,) = bands.panels(one) or (None,)
    for audience, tally in one.tallies.items():
        keys = [one.key(audience, line.option) for line in panel.lines] if panel else []
        found = measures.spread(tally.people)
        if found is None or any(shown.value(key) is None for key in keys):
            continue
        yield Fact(
            key=one.key(audience, MIDDLE), value=tally.answered, base=None, audience=audience,
            question=one.code, option=MIDDLE, wording=_spread(one, audience, tally.answered, found),
        )  # fmt: skip


def _spread(one: Asked, audience: str, people: int, found: measures.Spread) -> str:
    unit = f" {one.question.unit.standard}" if one.question.unit else ""
    write = measures.figure
    who = f"{wording.number(people)} {wording.audience(audience)} who answered"
    return (
        f"The middle answer of {who} is {write(found.median)}{unit}: half of them gave between"
        f" {write(found.lower)} and {write(found.upper)}{unit}. Their mean is"
        f" {write(found.mean)}{unit} (standard deviation {write(found.deviation)})."
    )


def _only_counted(one: Asked, shown: Shown) -> str:
    return " ".join(
        sentences.only_counted(
            audience,
            shown.value(one.key(audience, ANSWERED)),
            shown.value(one.key(audience, ASKED)),
        )
        for audience in one.tallies
    )


def _easy_only_counted(one: Asked, shown: Shown) -> tuple[EasyLine, ...]:
    return tuple(
        sentences.easy_only_counted(audience, shown.value(one.key(audience, ANSWERED)))
        for audience in one.tallies
    )
