"""The Atom feed: every version, what was said since, and every answer when it last changed.

An id never changes: it is the address that the first version was published under, even if the
site later moves.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from reports.documents import sentences
from reports.documents.document import Entry
from reports.formats.source import Source
from reports.words import canonical

_NEVER = dt.datetime(1970, 1, 1)  # noqa: DTZ001  # as all times are compared here
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Version = tuple[dt.datetime, Source]


@dataclasses.dataclass(frozen=True, slots=True)
class Later:
    """One thing that came after the newest version of a report.

    Attributes:
        name: what its id ends with; it never changes.
        title, words: what happened, in short and in full.
        at: when; `changed` when words were taken out of it since.
        entry: key of the answer that it is about, if it is about one.
    """

    name: str
    title: str
    words: str
    at: dt.datetime
    changed: dt.datetime
    entry: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """What came after the newest version of one report, and when words left which answer."""

    items: Sequence[Later] = ()
    redacted: Mapping[str, dt.datetime] = dataclasses.field(default_factory=dict)


def write(
    versions: Sequence[Version],
    since: Mapping[str, Since] = MappingProxyType({}),
    *,
    home: str,
    organisation: str,
) -> bytes:
    """Write the feed, the newest first; what it is about comes before what must be said of it.

    Args:
        versions: every publication with its time, the oldest first.
        since: what came after them, by slug of the report.
        home: address of the list of reports.
        organisation: who publishes.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _child(feed, "id", home)
    _child(feed, "title", "You said, we did")
    times = [at for at, _ in versions]
    times += [at for one in since.values() for at in one.redacted.values()]
    times += [item.changed for one in since.values() for item in one.items]
    _child(feed, "updated", _time(max(map(_naive, times), default=_NEVER)))
    _child(feed, "link", rel="self", href=f"{home}feed.xml", type="application/atom+xml")
    _child(feed, "link", rel="alternate", href=home, type="text/html")
    _child(_child(feed, "author"), "name", organisation or "Engage")
    for report in _by_report(versions):
        _report(feed, report, home, since.get(report[0][1].document.cover.slug, Since()))
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _by_report(versions: Sequence[Version]) -> list[list[Version]]:
    found: dict[str, list[Version]] = {}
    for at, source in versions:
        found.setdefault(source.document.cover.slug, []).append((at, source))
    return sorted(found.values(), key=lambda report: report[-1][0], reverse=True)


def _report(feed: ET.Element, versions: Sequence[Version], root: str, since: Since) -> None:
    home, newest = urljoin(root, versions[0][1].home), versions[-1][1]
    for later in sorted(since.items, key=lambda one: _naive(one.at), reverse=True):
        item = _item(
            feed, f"{home}{later.name}", newest.named(later.title), later.at, later.changed
        )
        address = urljoin(root, f"{newest.home}{later.entry}")
        _child(item, "link", rel="alternate", href=address, type="text/html")
        _child(item, "summary", " ".join((later.words, *newest.shortly(()))))
    for at, source in reversed(versions):
        cover = source.document.cover
        title = f"{cover.title}, version {cover.version}"
        item = _item(feed, f"{home}v{cover.version}/", source.named(title), at, at)
        _child(item, "link", rel="alternate", href=urljoin(root, cover.address), type="text/html")
        _child(item, "summary", _of_version(source))
    for entry in newest.document.entries:
        first, last = _times(versions, entry.key)
        last = max(last, since.redacted.get(entry.key, last), key=_naive)
        address = urljoin(root, f"{newest.home}{entry.key}")
        item = _item(feed, f"{home}{entry.key}", newest.named(entry.title), first, last)
        _child(item, "link", rel="alternate", href=address, type="text/html")
        _child(item, "category", term=entry.answer.status, label=sentences.status(entry.answer))
        day = newest.document.cover.published_on
        _child(item, "summary", " ".join((_words(entry, day), *newest.shortly([entry]))))


def _of_version(source: Source) -> str:
    document = source.document
    changed = f"Changed: {document.note}" if document.note else ""
    said = (document.summary, changed, *source.shortly(document.entries))
    return " ".join(part for part in said if part)


def _words(entry: Entry, day: dt.date) -> str:
    stands = f"{sentences.status(entry.answer)}: "
    answered = sentences.as_text(sentences.answered(entry.answer, day)).removeprefix(stands)
    felt = sentences.as_text(sentences.verdicts(entry))
    return f"You said: {entry.said} {stands}{answered} Does it feel true? {felt}"


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


def _naive(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=None)


def _time(at: dt.datetime) -> str:
    return f"{_naive(at).isoformat(timespec='seconds')}Z"
