"""From a stored document to what people read: nothing here asks the database anything."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.pictures.charts import bars_svg
from analysis.pictures.wordclouds import cloud_svg
from engage import resources
from reports.counting import figures
from reports.documents import easyparts, sentences
from reports.documents.document import (
    BANDS,
    STATUS_WORDS,
    STATUSES,
    Base,
    CloudWord,
    Document,
    Fact,
    Line,
    Voice,
)
from reports.findings import answered
from reports.formats import thememap
from reports.formats.source import INVENTED, Source
from reports.representation import heardtables
from reports.words import wording
from reports.words.sections import Kind, Section, laid_out

#: What of a document stands in a part that is left out where there is nothing to show.
HELD_IN: dict[Kind, Callable[[Document], object]] = {
    "headlines": lambda document: document.headlines,
    "entries": lambda document: document.entries,
    "quotes": lambda document: any(entry.quotes for entry in document.entries),
    "raised": lambda document: document.raised,
    "words": lambda document: document.words,
    "refusals": lambda document: document.refusals,
    "findings": lambda document: document.findings,
    "profile": lambda document: document.who,
    "map": lambda document: document.who and document.who.maps,
}
STATUS_NAMES = {"status_words": STATUS_WORDS, "statuses": STATUSES}
BARS_SHOWN = 8
LONGEST_ALT = 250
FRAME_PICTURES = frozenset(
    {
        "calendar",
        "choose",
        "dont_know",
        "group",
        "information",
        "missing",
        "question",
        "support",
        "talk",
        "tell",
        "write",
    }
)


def charts(document: Document) -> dict[str, str]:
    """Draw every chart of a document as SVG: "bars/<audience>" for each audience, and "cloud"."""
    drawn = {
        f"bars/{base.audience}": bars(document, base)
        for base in document.bases
        if raised_most(document, base.audience)
    }
    cloud = cloud_svg(
        {word.word: word.fact.value or 0 for word in document.words},
        title=cloud_alt(document.words),
    )
    if circles := thememap.svg(document):
        drawn["themes"] = circles
    drawn |= answered.drawings(document.findings)
    drawn |= heardtables.drawings(document.who)
    return {**drawn, "cloud": cloud} if cloud else drawn


def context(document: Document, drawings: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of page, easy-read page and PDF need besides the document."""
    return {
        **STATUS_NAMES,
        **answered.context(document.findings),
        "doc": document,
        "home": Source(document, {}).home,
        "drawings": {name: Markup(svg) for name, svg in drawings.items()},  # noqa: S704  # our own SVG
        "bands": BANDS,
        "easyparts": easyparts,
        "sentences": sentences,
        "sections": sections(document),
        "quoted": [(entry, quote) for entry in document.entries for quote in entry.quotes],
        "cell": figures.cell,
        "percent": figures.percent,
        "without_name": without_name,
        "date": wording.date,
        "invented": INVENTED,
        "raised_table": raised_table(document),
        "thememap": thememap,
        "word_table": word_table(document.words),
        "counted": status_counts(document),
        "heard_tables": heardtables,
        "method": [(label, list(lines)) for label, lines in groupby(document.method, _label)],
    }


def sections(document: Document) -> tuple[Section, ...]:
    """Return the parts of a document in order, without those that have nothing to show."""
    return tuple(part for part in laid_out(document.sections) if _holds(document, part.kind))


def _holds(document: Document, kind: Kind) -> bool:
    return kind not in HELD_IN or bool(HELD_IN[kind](document))


def pdf_html(source: Source) -> str:
    """Write the HTML that the PDF is made from."""
    return printed("reports/pdf.html", source)


def printed(template: str, source: Source, **more: Any) -> str:
    """Write the HTML of a file for paper, with what every template for paper may ask for."""
    known = {**context(source.document, source.drawings), "source": source, **more}
    return environment().get_template(template).render(known)


def without_name(voice: Voice) -> str:
    """Say a voice's count where its name already stands above it; mark it if it was revised."""
    name = f" {voice.label[0].lower()}{voice.label[1:]}"
    said = voice.fact.wording.replace(f" for{name}", "", 1).replace(name, "", 1)
    return f"{said} [r]" if voice.fact.shorthand == "[r]" else said


def print_folder() -> str:
    """Return the address of the folder that the print style sheet lies in."""
    return f"{(resources.templates() / 'reports').as_uri()}/"


def raised_table(document: Document) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of "what people raised": the truth behind the bars."""
    head = ["What people raised", *(_column(base) for base in document.bases)]
    rows = [[row.label, *(figures.cell(fact) for fact in row.facts)] for row in document.raised]
    return head, rows


def _column(base: Base) -> str:
    return f"{base.label} (of {wording.number(base.fact.value)})" if base.fact.value else base.label


def word_table(words: Sequence[CloudWord]) -> list[list[str]]:
    """Return the rows of the word table."""
    return [[word.word, figures.cell(word.fact)] for word in words]


def status_counts(document: Document) -> dict[str, int]:
    """Return how many entries have each status, in the order of the statuses."""
    return {s: sum(e.answer.status == s for e in document.entries) for s in STATUSES}


def cloud_alt(words: Sequence[CloudWord]) -> str:
    """Describe the cloud by its largest word, its number and base."""
    if not words:
        return ""
    fact = words[0].fact
    of = f" of {wording.number(fact.base)}" if fact.base else ""
    return (
        f"Word cloud. The largest word shown is “{words[0].word}”, written by"
        f" {wording.number(fact.value or 0)}{of} people who wrote a comment. The table has every"
        " word that is shown."
    )


def bars_alt(document: Document, base: Base) -> str:
    """Describe a bar chart by its top bar, its number and base, in at most 250 characters."""
    label, fact = raised_most(document, base.audience)[0]
    alt = f"Bar chart. Raised most: “{label}”, by {fact.wording}."
    if len(alt) <= LONGEST_ALT:
        return alt
    room = LONGEST_ALT - (len(alt) - len(label)) - 1
    return f"Bar chart. Raised most: “{label[:room]}…”, by {fact.wording}."


def easy_pictures(document: Document) -> set[str]:
    """Return the name of every picture that the easy-read page shows."""
    shown = easyparts.lines(document, sections(document))
    return {line.picture for line in shown if line.picture} | FRAME_PICTURES


def _label(line: Line) -> str:
    return line.label


def bars(document: Document, base: Base, most: int = BARS_SHOWN) -> str:
    """Draw what an audience raised most, the largest first."""
    rows = [
        (label, fact.value or 0, wording.number(fact.value or 0))
        for label, fact in raised_most(document, base.audience)[:most]
    ]
    return bars_svg(rows, title=bars_alt(document, base))


def raised_most(document: Document, audience: str) -> list[tuple[str, Fact]]:
    """Return what an audience raised most and may be shown, with its numbers."""
    shown = [
        (row.label, fact)
        for row in document.raised
        for fact in row.facts
        if fact.audience == audience and fact.value
    ]
    return sorted(shown, key=lambda item: (-(item[1].value or 0), item[0]))[:BARS_SHOWN]


def environment() -> Environment:
    """Return the templates without the web: files are made by workers and commands."""
    return Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
