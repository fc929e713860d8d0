"""The open-data package: tables as CSV, what each column means, and how it was all made.

`datapackage.json` follows the Data Package standard (Frictionless), so that programs can read
types, keys and the marks that stand for hidden numbers.
"""

import json
from collections.abc import Sequence

from reports.counting import shorthands
from reports.documents import printed, sentences
from reports.documents.document import Document, Fact
from reports.documents.told import ToldRate
from reports.formats import method_note, questions, whosheets, zips
from reports.formats.sheets import Column, Sheet
from reports.formats.source import Source
from reports.words import canonical, wording

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
#: Why a number is not there, by its mark: the marks of `method_note.MARKS`, as a reason.
WHY_HIDDEN = {
    "[c]": "Confidential: too few people, or it would give the number of a few away, beside other"
    " numbers of this report or of an earlier version",
    "[z]": "Not applicable: there is nothing to count",
    "[low]": "Not nought, but too small to write down as a number",
}
OLDER = "Too few people came or went since for a new number to be shown"
LICENCE = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}


def write(source: Source) -> bytes:
    """Write the whole package as one zip, the same bytes every time."""
    made = sheets(source.document, source.told)
    contents = {sheet.path: sheet.csv() for sheet in made}
    described = json.dumps(descriptor(source, made, contents), indent=2, ensure_ascii=False)
    return zips.pack(
        {
            "datapackage.json": f"{described}\n".encode(),
            "README.md": dictionary(source, made),
            "method.md": method_note.write(source),
            **contents,
        }
    )


def sheets(document: Document, told: Sequence[ToldRate] = ()) -> tuple[Sheet, ...]:
    """Return the tables of a document: figures, entries, answers if any, words and method.

    How many were `told` stands among the figures, once it is known.
    """
    asked = (questions.sheet(document),) if document.findings else ()
    return (
        _figures(document, [rate.fact for rate in told]),
        entries(document),
        *asked,
        _words(document),
        _method(document),
        *whosheets.sheets(document.who),
    )


def descriptor(
    source: Source, made: tuple[Sheet, ...], contents: dict[str, bytes]
) -> dict[str, object]:
    """Return what stands in datapackage.json."""
    cover = source.document.cover
    return {
        "$schema": PROFILE,
        "name": f"{cover.slug}-v{cover.version}",
        "title": source.title,
        "description": source.about,
        "homepage": cover.address,
        "version": f"{cover.version}.0.0",
        "created": f"{cover.published_on.isoformat()}T00:00:00Z",
        "keywords": source.keywords.split(", "),
        "contributors": [{"title": cover.organisation, "roles": ["publisher"]}],
        "licenses": [LICENCE],
        "resources": [_resource(sheet, contents[sheet.path]) for sheet in made],
    }


def _resource(sheet: Sheet, content: bytes) -> dict[str, object]:
    return {
        "name": sheet.name,
        "type": "table",
        "path": sheet.path,
        "title": sheet.title,
        "description": sheet.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": f"sha256:{canonical.digest_bytes(content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": sheet.schema(),
    }


def dictionary(source: Source, made: tuple[Sheet, ...]) -> bytes:
    """Write the data dictionary as Markdown: every file and every column in plain words."""
    marks = "\n".join(f"- `{mark}` {meaning}" for mark, meaning in method_note.MARKS)
    parts = [f"# {source.named('Data dictionary')}", *source.notices]
    for sheet in made:
        rows = "\n".join(f"| `{one.name}` | {one.kind} | {one.meaning} |" for one in sheet.columns)
        parts += [
            f"## {sheet.path}: {sheet.title}",
            sheet.meaning,
            f"| Column | Type | What it means |\n| --- | --- | --- |\n{rows}",
        ]
    parts += ["## Marks", marks, "## Before you add numbers", method_note.SUMS]
    parts.append(
        "A text that begins like a formula has an apostrophe in front of it, so that no program"
        " runs it."
    )
    return ("\n\n".join(parts) + "\n").encode()


def _figures(document: Document, more: Sequence[Fact]) -> Sheet:
    return Sheet(
        "figures",
        "Every number in the report",
        "One row for each number that the report prints, with the whole that it is out of.",
        (
            Column("key", "string", "Name of the number; it stays the same in later versions."),
            Column("value", "integer", "The number, or the mark that hides it."),
            Column("base", "integer", "How many it is out of; [z] if it is itself the whole."),
            Column("mark", "string", "A mark, explained below; empty if there is none."),
            Column("held_back", "boolean", "Whether the number is hidden, or an older one stands."),
            Column("why", "string", "Why it is hidden or older; empty if it is neither."),
            Column("version", "integer", "The version of the report that it was counted for."),
            Column("wording", "string", "The number in a sentence, as the report prints it."),
            Column("audience", "string", "Code of the group of people; empty for everybody."),
            Column("theme", "string", "Id of the theme that was counted."),
            Column("question", "string", "Code of the question that was counted."),
            Column("option", "string", "Code of the answer that was counted."),
        ),
        tuple(
            _whole_figure(fact, document.cover.version)
            for fact in (*printed.ledger(document), *more)
        ),
        ("key",),
    )


def _figure(fact: Fact) -> tuple[str, ...]:
    rest = (fact.audience, fact.theme_id, fact.question, fact.option)
    return (
        fact.key, shorthands.value(fact), shorthands.base(fact), fact.shorthand or "",
        fact.wording, *(one or "" for one in rest),
    )  # fmt: skip


def _whole_figure(fact: Fact, version: int) -> tuple[str, ...]:
    key, value, base, mark, *rest = _figure(fact)
    why = why_held(fact)
    counted = str(fact.held or version)
    return (key, value, base, mark, "true" if why else "false", why, counted, *rest)


def why_held(fact: Fact) -> str:
    """Say why a number is hidden, or why an older one stands in its place; nothing otherwise."""
    if fact.value is None:
        return WHY_HIDDEN[fact.shorthand or "[c]"]
    if fact.held:
        return f"{OLDER}: it stands as counted for version {fact.held}"
    return ""


def entries(document: Document) -> Sheet:
    """Return the table of answers: what was said, what is done about it, by whom and when."""
    return Sheet(
        "entries",
        "Every “you said, we did”",
        "One row for each thing that people said and the answer to it.",
        (
            Column("key", "string", "Name of the entry; its address ends with it."),
            Column("ambition", "string", "Ambition of the strategy that it belongs to."),
            Column("title", "string", "Title of the entry."),
            Column("you_said", "string", "What people said."),
            Column("also_said", "string", "What some said differently."),
            Column("who_said", "string", "Who said it, each group with its number and base."),
            Column("status", "string", "How far the answer is."),
            Column("we_did", "string", "What was done or decided."),
            Column("because", "string", "Why not, or why not all of it."),
            Column("instead", "string", "What there is instead."),
            Column("owner", "string", "Which post and body answers for it."),
            Column("when", "string", "The dates that matter, as sentences."),
            Column("evidence", "string", "What shows it."),
            Column("late", "string", "Since when an update was owed on the day of this version."),
            Column("standing", "string", "Why the status is not the one that was written, if so."),
            Column("signatures", "string", "What each body that was asked to sign says."),
            Column("review_due", "date", "When it is looked at again."),
            Column("local_offer", "string", "Category of regulation 56; empty for other things."),
            Column("families_verdict", "string", "Whether families feel it."),
            Column("quotes", "string", "Words printed with permission; [taken out] if withdrawn."),
            Column("address", "string", "Where it can be read."),
        ),
        tuple(
            _entry(document, label, place)
            for label, place in _places(document)
        ),
        ("key",),
    )  # fmt: skip


def _places(document: Document) -> list[tuple[str, int]]:
    labels = [group.label for group in document.groups for _ in group.entries]
    return [(label, place) for place, label in enumerate(labels)]


def _entry(document: Document, ambition: str, place: int) -> tuple[str, ...]:
    entry = document.entries[place]
    answer = entry.answer
    return (
        entry.key, ambition, entry.title, entry.said, entry.also_said,
        "; ".join(voice.fact.wording for voice in entry.voices),
        sentences.status(answer), answer.text, answer.because, answer.instead, answer.owner,
        answer.when, answer.evidence, sentences.late(answer, document.cover.published_on),
        answer.standing, sentences.as_text(sentences.signatures(answer)),
        answer.review_due.isoformat() if answer.review_due else "",
        entry.reg56_category, sentences.as_text(sentences.verdicts(entry)),
        "; ".join(quote.shown for quote in entry.quotes), f"{document.cover.address}{entry.key}",
    )  # fmt: skip


def _words(document: Document) -> Sheet:
    return Sheet(
        "words",
        "The words people used most",
        "One row for each word of the word cloud. Only words of enough people are here.",
        (
            Column("word", "string", "The word."),
            Column("people", "integer", "How many people wrote it, or the mark that hides it."),
            Column("base", "integer", "How many people wrote a comment."),
        ),
        tuple(
            (one.word, *_figure(one.fact)[1:3]) for one in document.words
        ),
        ("word",),
    )  # fmt: skip


def _method(document: Document) -> Sheet:
    lines = (*document.method, *document.record)
    cover = document.cover
    about = (
        ("Title", cover.title), ("Version", str(cover.version)),
        ("Published", wording.date(cover.published_on)), ("Address", cover.address),
    )  # fmt: skip
    return Sheet(
        "method",
        "How it was made",
        "One row for each line of the method box and of the record of the analysis.",
        (
            Column("what", "string", "What the line is about."),
            Column("how", "string", "How it was."),
            Column("figure", "string", "Key of the number in figures.csv, if it holds one."),
        ),
        (
            *((label, text, "") for label, text in about),
            *((line.label, line.text, line.fact.key if line.fact else "") for line in lines),
        ),
    )  # fmt: skip
