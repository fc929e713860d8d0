"""A paragraph for a school's or a forum's newsletter, as text and as HTML to paste."""

import datetime as dt
from html import escape

from reports.documents import sentences
from reports.documents.document import STATUSES, Document, Entry, Status
from reports.formats.source import Source
from reports.words import wording

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
        " ".join((*_sentences(document), *source.shortly(document.entries))),
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
    said = escape(" ".join(source.shortly(document.entries)))
    notices = f"<p>{said}</p>\n" if said else ""
    items = "".join(f"<li>{escape(line)}</li>\n" for line in _examples(document))
    home = escape(source.home, quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB" dir="ltr">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>{escape(' '.join(_sentences(document)))}</p>\n<ul>\n{items}</ul>\n"
        f'<p><a href="{home}">Read it all</a>, or read it in <a href="{home}easy-read">easy read'
        f"</a>.</p>\n{notices}</main>\n</body>\n</html>\n"
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
        *sentences.standings(document),
        f"The next update comes on {wording.date(cover.next_update)}.",
    ]


def _examples(document: Document) -> list[str]:
    """Return a few answers; one that was refused or is disputed is never left out for space."""
    return [
        f"{one.title}. {sentences.band(one.answer)}:"
        f" {one.answer.text} {sentences.as_text(_rest(one, document.cover.published_on))}".strip()
        for one in sentences.telling(document, SHOWN)
    ]


def _rest(entry: Entry, day: dt.date) -> list[sentences.Said]:
    answer = entry.answer
    kept = [
        ("", sentences.late(answer, day)),
        sentences.because(answer),
        ("Instead", answer.instead),
    ]
    kept += [(one.body, sentences.signature(one)) for one in answer.signatures
             if one.state == "refused"]  # fmt: skip
    kept += sentences.verdicts(entry) if entry.verdict.given else []
    return [(label, text) for label, text in kept if text]
