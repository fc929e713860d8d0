"""Who was heard, in the Word document."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reports.formats import drawn, wordparts
from reports.formats.source import Source
from reports.representation import heardtables
from reports.representation.heardparts import Heard
from reports.representation.heardtables import Table

if TYPE_CHECKING:
    from docx.document import Document as Word

MAP_WIDE, CLOUD_WIDE = 7.0, 12.0


def clouds(word: "Word", source: Source) -> None:
    """Place the cloud of each audience with its table."""
    who, pictures = source.document.who, _pictures(source, "cloud/")
    for place, one in enumerate(who.clouds if who else ()):
        word.add_heading(f"The words of {one.label.lower()}", 3)
        _draw(word, source, pictures, f"cloud/{place}", CLOUD_WIDE)
        _table(word, heardtables.words(one))


def heard(word: "Word", source: Source, title: str) -> None:
    """Place how many answered, and who they are."""
    who = source.document.who
    if who is None:
        return
    word.add_heading(title, 2)
    _table(word, heardtables.reach(who))
    for fact in who.contacts:
        word.add_paragraph(f"{fact.wording}.")
    word.add_heading("Who they are", 3)
    for one in heardtables.compared(who):
        _table(word, one)
    if who.limits:
        word.add_paragraph(who.limits)
    beside = heardtables.baselines(who)
    for one in (*heardtables.others(who), *([beside] if beside else [])):
        _table(word, one)


def missing(word: "Word", who: Heard | None) -> None:
    """Place a sentence for each group that was not heard."""
    if who and who.missing:
        word.add_paragraph("What the numbers say about it:")
        wordparts.bullets(word, [fact.wording for fact in who.missing])


def places(word: "Word", source: Source, title: str) -> None:
    """Place a map for each audience, and their table."""
    who, pictures = source.document.who, _pictures(source, "map/")
    beside = heardtables.places(who) if who else None
    if who is None or beside is None:
        return
    word.add_heading(title, 2)
    for place, one in enumerate(who.maps):
        word.add_heading(one.label, 3)
        word.add_paragraph(one.base.wording)
        _draw(word, source, pictures, f"map/{place}", MAP_WIDE)
    _table(word, beside)


def _pictures(source: Source, start: str) -> dict[str, bytes]:
    mine = {name: svg for name, svg in source.drawings.items() if name.startswith(start)}
    return drawn.pngs(mine)


def _draw(
    word: "Word", source: Source, pictures: Mapping[str, bytes], name: str, wide: float
) -> None:
    if name in pictures:
        alt = drawn.alt(source.drawings[name])
        wordparts.picture(word, pictures[name], alt=alt, centimetres=wide)


def _table(word: "Word", one: Table) -> None:
    wordparts.table(word, one.caption, one.head, one.rows)
    for note in one.notes:
        word.add_paragraph(note)
