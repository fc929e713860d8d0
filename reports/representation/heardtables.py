"""Who was heard as tables and drawings: the same for the page, the PDF, Word and open data."""

import dataclasses
from collections.abc import Sequence

from analysis.pictures.wordclouds import cloud_svg
from reports.counting import figures, shorthands
from reports.representation import maps
from reports.representation.heardparts import Cloud, Heard, Profile
from reports.words import wording

MISSING_WORDS = (
    "A word is missing from a cloud where its number, beside those of the others, would let"
    " somebody work out a number that is too small to show."
)
COMPARED_MARKS = "[z] marks what is not compared, [low] a share above nought and under 1%."


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `numeric` are the columns that hold numbers and marks alone."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    numeric: tuple[int, ...] = (1,)

    @property
    def halves(self) -> tuple["Table", ...]:
        """Return a long narrow table as two, to stand side by side on paper."""
        half = (len(self.rows) + 1) // 2
        parts = [(self.caption, self.rows[:half]), (f"{self.caption}, others", self.rows[half:])]
        return tuple(
            dataclasses.replace(self, caption=caption, rows=rows) for caption, rows in parts if rows
        )


def drawings(who: Heard | None) -> dict[str, str]:
    """Draw the maps and the clouds of audiences: "map/0" and "cloud/0" are the first of each."""
    if who is None:
        return {}
    drawn = {f"map/{place}": maps.map_svg(one) for place, one in enumerate(who.maps)}
    drawn |= {f"cloud/{place}": _cloud(one) for place, one in enumerate(who.clouds)}
    return {name: svg for name, svg in drawn.items() if svg}


def reach(who: Heard) -> Table:
    """Return how many answered beside how many there are."""
    rows = [[row.label, figures.cell(row.fact), f"{row.rate}."] for row in who.reach]
    notes = [f"{row.label}: {row.caution}" for row in who.reach if row.caution]
    return Table("How many answered", ("Who", "Answered", "Beside how many there are"), rows, notes)


def compared(who: Heard) -> tuple[Table, ...]:
    """Return the profiles that stand beside figures about the county."""
    return tuple(_compared(one) for one in who.profiles if one.is_compared)


def others(who: Heard) -> tuple[Table, ...]:
    """Return the profiles for which there are no figures about the county."""
    return tuple(_alone(one) for one in who.profiles if not one.is_compared)


def places(who: Heard) -> Table | None:
    """Return the table beside the maps."""
    if not who.maps:
        return None
    head, rows = maps.map_table(who.maps)
    asked = [f"{one.label} were asked: “{one.question}”" for one in who.maps]
    numeric = tuple(range(1, len(head)))
    return Table("Where people who answered live or work", head, rows, asked, numeric)


def words(cloud: Cloud) -> Table:
    """Return the words of an audience with their people."""
    rows = [[one.word, figures.cell(one.fact)] for one in cloud.words]
    return Table(f"{cloud.label} who wrote each word", ("Word", "People"), rows)


def baselines(who: Heard) -> Table | None:
    """Return the figures about the county with what they count and where they come from."""
    if not who.baselines:
        return None
    rows = [
        [one.label, one.text, one.definition, f"{one.source}, as at {wording.date(one.as_at)}"]
        for one in who.baselines
    ]
    return Table("Figures about the county", ("What", "Figure", "What it counts", "Source"), rows)


def _compared(one: Profile) -> Table:
    head = ("Group", "People", "Their share", "Share in the county", "Index", "In words")
    rows = [
        [
            group.label,
            figures.cell(group.fact),
            shorthands.share(group.share) or shorthands.NOT_APPLICABLE,
            shorthands.share(group.population) or shorthands.NOT_APPLICABLE,
            group.index or shorthands.NOT_APPLICABLE,
            _words(group.compared, group.gap, group.interval),
        ]
        for group in one.groups
    ]
    note = f"Asked: “{one.question}” {one.note} {COMPARED_MARKS}"
    return Table(one.title, head, rows, (note,), (1, 2, 3, 4))


def _words(compared: str, gap: str, interval: str) -> str:
    if not compared:
        return "Not compared"
    return f"{compared} ({gap}; by chance alone {interval})"


def _alone(one: Profile) -> Table:
    rows = [[group.label, figures.cell(group.fact)] for group in one.groups]
    asked = f"Asked: “{one.question}” " if one.question else ""
    return Table(one.title, ("Group", "People"), rows, (f"{asked}{_base(one)}{one.note}",))


def _base(one: Profile) -> str:
    base = next((group.fact.base for group in one.groups if group.fact.base is not None), None)
    return f"{wording.number(base)} {one.about} answered. " if base is not None else ""


def _cloud(one: Cloud) -> str:
    top = one.words[0]
    base = f" of {wording.number(top.fact.base)} who wrote a comment" if top.fact.base else ""
    said = (
        f"Word cloud, {one.label.lower()}. The largest word shown is “{top.word}”, written by"
        f" {top.fact.value}{base}. The table has every word that is shown."
    )
    return cloud_svg({word.word: word.fact.value or 0 for word in one.words}, title=said)
