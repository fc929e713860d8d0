"""A paragraph for a school's or a forum's newsletter, as text and as HTML to paste."""

from html import escape

from reports import wording
from reports.document import BANDS, STATUSES, Document, Entry, Status
from reports.formats.source import Source

SHOWN = 3
COUNTED: dict[Status, str] = {
    "done": "done",
    "doing": "in progress",
    "planned": "planned",
    "cant": "that we cannot do",
    "finding": "that we are still finding out about",
}


def text(source: Source) -> bytes:
    """Write the paragraph as plain text."""
    document = source.document
    lines = [
        source.named(document.cover.title),
        "",
        " ".join((*source.notices, *_sentences(document))),
        "",
        *(f"- {line}" for line in _examples(document)),
        "",
        f"Read it all, or in easy read: {source.home}",
    ]
    return ("\n".join(lines) + "\n").encode()


def html(source: Source) -> bytes:
    """Write the paragraph as a small whole HTML page that can also be pasted in parts."""
    document = source.document
    title = escape(source.named(document.cover.title))
    notices = "".join(f"<p><strong>{escape(notice)}</strong></p>\n" for notice in source.notices)
    items = "".join(f"<li>{escape(line)}</li>\n" for line in _examples(document))
    home = escape(source.home, quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB" dir="ltr">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n<main>\n<h1>{title}</h1>\n{notices}"
        f"<p>{escape(' '.join(_sentences(document)))}</p>\n<ul>\n{items}</ul>\n"
        f'<p><a href="{home}">Read it all</a>, or read it in <a href="{home}easy-read">easy read'
        "</a>.</p>\n</main>\n</body>\n</html>\n"
    ).encode()


def _sentences(document: Document) -> list[str]:
    cover = document.cover
    counted = [
        f"{sum(entry.answer.status == status for entry in document.entries)} {COUNTED[status]}"
        for status in STATUSES
        if any(entry.answer.status == status for entry in document.entries)
    ]
    number = wording.plural(len(document.entries), "answer", "answers")
    return [
        f"{document.heard.wording} told {cover.organisation} about “{cover.consultation}”.",
        document.summary,
        f"There {'is' if len(document.entries) == 1 else 'are'} {number}: {wording.join(counted)}.",
        f"The next update comes on {wording.date(cover.next_update)}.",
    ]


def _examples(document: Document) -> list[str]:
    """Return the first answer of each kind, so that a refusal is never left out for space."""
    first: dict[Status, Entry] = {}
    for entry in document.entries:
        first.setdefault(entry.answer.status, entry)
    chosen = sorted(first.values(), key=lambda entry: entry.answer.status != "cant")[:SHOWN]
    return [f"{entry.title}. {BANDS[entry.answer.status]}: {entry.answer.text}" for entry in chosen]
