"""The method note: how the report was made, from the facts that are in it."""

from itertools import groupby

from reports.documents import sentences
from reports.documents.document import Document
from reports.formats.source import Source
from reports.words import wording

MARKS = (
    ("[c]", "too small a number to show, or one that would give a small number away"),
    ("[r]", "changed since the version before"),
    ("(v1)", "as counted for version 1: too few people came or went since to show a new number"),
    ("[z]", "does not apply"),
    ("[low]", "not nought, but too small to write down as a number"),
)
SUMS = (
    "Counts of themes must not be added: one person can raise several things and is counted once"
    " for each. People of different groups are different people; contacts are not people."
)


def write(source: Source) -> bytes:
    """Write the method note as Markdown."""
    document = source.document
    cover = document.cover
    parts = [
        f"# {source.named(f'How “{cover.title}” was made')}",
        *source.notices,
        edition(document),
        *sections(document),
        "## Marks in tables",
        "\n".join(f"- `{mark}` {meaning}" for mark, meaning in MARKS),
        "## Numbers that must not be added",
        SUMS,
        "## Who we did not hear from",
        document.not_heard or "Nothing was written about this.",
        "## What families say to the answers",
        *(sentences.standings(document) or ["No body of families has said anything yet."]),
        *told(source),
        "## What we cannot do",
        *(refusals(document) or ["Nothing was refused."]),
        "## Easy read",
        sentences.checked(document),
        "## The run of the analysis",
        record(document),
        "## Questions and complaints",
        cover.contact,
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def told(source: Source) -> list[str]:
    """Return how many of those who asked were told, under a heading; nothing before it is known."""
    if not source.told:
        return []
    return ["## How many were told what happened", " ".join(source.who_was_told)]


def refusals(document: Document) -> list[str]:
    """Return every "we can't" with its reason and what there is instead."""
    return [sentences.as_text(sentences.refusal(one)) for one in document.refusals]


def edition(document: Document) -> str:
    """Say which version this is, when the next comes, and where it stays."""
    cover = document.cover
    return (
        f"{cover.organisation}. Version {cover.version}, {wording.date(cover.published_on)}."
        f" Next update: {wording.date(cover.next_update)}. Permanent address: {cover.address}"
    )


def sections(document: Document) -> list[str]:
    """Return the lines of the method box as headings with their lines."""
    return [
        f"## {label}\n\n" + "\n".join(f"- {line.text}" for line in lines)
        for label, lines in groupby(document.method, lambda line: line.label)
    ]


def record(document: Document) -> str:
    """Return the record of the run as a list."""
    if not document.record:
        return "This version was published before the record of the run was kept with it."
    return "\n".join(f"- {line.label}: {line.text}" for line in document.record)
