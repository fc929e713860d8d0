"""The Atom feed: every version, and every answer at the time it last changed.

An id never changes: it is the address that the first version was published under, even if the
site later moves.
"""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from reports.documents import sentences
from reports.documents.document import Entry
from reports.formats.source import Source
from reports.words import canonical

_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Version = tuple[dt.datetime, Source]


def write(versions: Sequence[Version], *, home: str, organisation: str) -> bytes:
    """Write the feed, the newest first.

    Args:
        versions: every publication with its time, the oldest first.
        home: address of the list of reports.
        organisation: who publishes.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _child(feed, "id", home)
    _child(feed, "title", "You said, we did")
    _child(feed, "updated", _time(max((at for at, _ in versions), default=_NEVER)))
    _child(feed, "link", rel="self", href=f"{home}feed.xml", type="application/atom+xml")
    _child(feed, "link", rel="alternate", href=home, type="text/html")
    _child(_child(feed, "author"), "name", organisation or "Engage")
    for report in _by_report(versions):
        _report(feed, report, home)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _by_report(versions: Sequence[Version]) -> list[list[Version]]:
    found: dict[str, list[Version]] = {}
    for at, source in versions:
        found.setdefault(source.document.cover.slug, []).append((at, source))
    return sorted(found.values(), key=lambda report: report[-1][0], reverse=True)


def _report(feed: ET.Element, versions: Sequence[Version], root: str) -> None:
    home = urljoin(root, versions[0][1].home)
    for at, source in reversed(versions):
        cover = source.document.cover
        title = f"{cover.title}, version {cover.version}"
        item = _item(feed, f"{home}v{cover.version}/", source.named(title), at, at)
        _child(item, "link", rel="alternate", href=urljoin(root, cover.address), type="text/html")
        note = source.document.note
        _child(item, "summary", f"{source.about}{f' Changed: {note}' if note else ''}")
    newest = versions[-1][1]
    for entry in newest.document.entries:
        first, last = _times(versions, entry.key)
        address = urljoin(root, f"{newest.home}{entry.key}")
        item = _item(feed, f"{home}{entry.key}", newest.named(entry.title), first, last)
        _child(item, "link", rel="alternate", href=address, type="text/html")
        _child(item, "category", term=entry.answer.status, label=sentences.status(entry.answer))
        day = newest.document.cover.published_on
        _child(item, "summary", " ".join((*newest.notices, _words(entry, day))))


def _words(entry: Entry, day: dt.date) -> str:
    stands = f"{sentences.status(entry.answer)}: "
    answered = sentences.as_text(sentences.answered(entry.answer, day)).removeprefix(stands)
    felt = sentences.as_text(sentences.verdicts(entry))
    return f"You said: {entry.said} {stands}{answered} {felt}"


def _times(versions: Sequence[Version], key: str) -> tuple[dt.datetime, dt.datetime]:
    """Return when an entry was first published, and when it last changed."""
    there = [
        (at, canonical.dumps(entry))
        for at, source in versions
        for entry in source.document.entries
        if entry.key == key
    ]
    changed = [
        at for place, (at, text) in enumerate(there) if place == 0 or text != there[place - 1][1]
    ]
    return changed[0], changed[-1]


def _item(
    feed: ET.Element, identity: str, title: str, first: dt.datetime, last: dt.datetime
) -> ET.Element:
    item = _child(feed, "entry")
    _child(item, "id", identity)
    _child(item, "title", title)
    _child(item, "published", _time(first))
    _child(item, "updated", _time(last))
    return item


def _child(parent: ET.Element, name: str, text: str = "", /, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = _NOT_XML.sub("", text) or None
    return child


def _time(at: dt.datetime) -> str:
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
