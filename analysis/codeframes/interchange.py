"""Coded answers for other tools: REFI-QDA 1.5, a codebook (`.qdc`) or a project (`.qdpx`).

REFI-QDA is the exchange format that NVivo, ATLAS.ti, MAXQDA and QualCoder read. Every GUID is made
from the identity of what it names, so that the same project exports to the same bytes and a second
import recognises the first. Its schema allows no empty list of codes, people or sources, so a list
with nothing in it is left out, and a codebook without codes is refused.
"""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from analysis.codeframes.codeframe import Code, CodeFrame, names_apart

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Engage"
OURS = uuid.UUID("6f0c2f5e-6d0b-5b3e-9c53-3f5f6f0c2a11")
EARLIEST_ZIP = (1980, 1, 1, 0, 0, 0)
MACHINE = "machine"
NO_XML = frozenset("\ufffe\uffff")
SURROGATES = range(0xD800, 0xE000)
SHIFTS_OFFSETS = "\r\ufeff"


class NoCodesError(ValueError):
    """There is no code yet, and a codebook must hold one."""


class WrongPlaceError(ValueError):
    """A coding points outside its source or to a code or person that is not in the project."""


@dataclass(frozen=True)
class Mark:
    """One coding of a piece of text.

    Attributes:
        start: first character, counted from 0 in Unicode code points.
        end: the character after the last.
        code: id of the code.
        by: who coded it; `MACHINE` for a suggestion.
        at: when, with its zone, or None.
    """

    start: int
    end: int
    code: str
    by: str
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Source:
    """One answer, redacted, with its codings and what is known of it.

    Attributes:
        id: stays the same from export to export.
        name: unique in the project, short enough for a file list.
        text: the redacted words.
        marks: codings in any order.
        facts: such as audience and question, as plain text.
    """

    id: str
    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Project:
    """What goes into one exchange file."""

    id: str
    name: str
    frame: CodeFrame
    sources: tuple[Source, ...]
    at: dt.datetime


def guid(kind: str, identity: str) -> str:
    """Return the GUID of a thing: always the same for the same kind and identity."""
    return str(uuid.uuid5(OURS, f"{kind}:{identity}")).upper()


def codebook_xml(frame: CodeFrame) -> bytes:
    """Return the codes as a REFI-QDA codebook (.qdc), nested as people nested them.

    Raises:
        NoCodesError: the frame is empty.
    """
    if not len(frame):
        message = "There are no themes yet, so there is no codebook. Propose themes first."
        raise NoCodesError(message)
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _add_codes(root, frame)
    return _bytes(root)


def project_zip(project: Project) -> bytes:
    """Return a REFI-QDA project (.qdpx): project.qde and one plain text file a source.

    Raises:
        WrongPlaceError: a coding does not fit its source or the frame.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "project.qde", project_xml(project))
        for source in project.sources:
            name = f"{guid('source', source.id)}.txt"
            _write(archive, f"sources/{name}", _plain(source.text).encode())
    return out.getvalue()


def project_xml(project: Project) -> bytes:
    """Return project.qde; elements stand in the order the schema asks for."""
    root = ET.Element(
        "Project",
        {
            "xmlns": PROJECT,
            "name": _clean(project.name),
            "origin": ORIGIN,
            "creationDateTime": _time(project.at),
        },
    )
    _add_users(root, _people(project))
    if len(project.frame):
        _add_codes(ET.SubElement(root, "CodeBook"), project.frame)
    _add_variables(root, sorted({fact for s in project.sources for fact in s.facts or {}}))
    if project.sources:
        sources = ET.SubElement(root, "Sources")
        for source in project.sources:
            _add_source(sources, source, project)
    return _bytes(root)


def _add_users(root: ET.Element, names: Sequence[str]) -> None:
    if names:
        users = ET.SubElement(root, "Users")
        for name in names:
            ET.SubElement(users, "User", {"guid": guid("user", name), "name": _clean(name)})


def _people(project: Project) -> list[str]:
    return sorted({mark.by for source in project.sources for mark in source.marks})


def _add_codes(parent: ET.Element, frame: CodeFrame) -> None:
    codes, names = ET.SubElement(parent, "Codes"), names_apart(frame)
    for code in frame.children(None):
        _add_code(codes, code, frame, names)


def _add_code(parent: ET.Element, code: Code, frame: CodeFrame, names: Mapping[str, str]) -> None:
    known = {"guid": guid("code", code.id), "name": _clean(names[code.id]), "isCodable": "true"}
    element = ET.SubElement(parent, "Code", known)
    if code.definition:
        ET.SubElement(element, "Description").text = _clean(code.definition)
    for child in frame.children(code.id):
        _add_code(element, child, frame, names)


def _add_variables(root: ET.Element, facts: Sequence[str]) -> None:
    if facts:
        variables = ET.SubElement(root, "Variables")
        for fact in facts:
            known = {"guid": guid("variable", fact), "name": _clean(fact), "typeOfVariable": "Text"}
            ET.SubElement(variables, "Variable", known)


def _add_source(parent: ET.Element, source: Source, project: Project) -> None:
    identity = guid("source", source.id)
    known = {
        "guid": identity,
        "name": _clean(source.name),
        "plainTextPath": f"internal://{identity}.txt",
    }
    element = ET.SubElement(parent, "TextSource", known)
    ordered = sorted(source.marks, key=lambda mark: (mark.start, mark.end, mark.code, mark.by))
    for mark in ordered:
        _add_mark(element, mark, source, project)
    for fact, value in sorted((source.facts or {}).items()):
        about = ET.SubElement(element, "VariableValue")
        ET.SubElement(about, "VariableRef", {"targetGUID": guid("variable", fact)})
        ET.SubElement(about, "TextValue").text = _clean(value)


def _add_mark(parent: ET.Element, mark: Mark, source: Source, project: Project) -> None:
    if not 0 <= mark.start < mark.end <= len(source.text) or mark.code not in project.frame:
        message = f"A coding of {source.name} does not fit its words or the code frame."
        raise WrongPlaceError(message)
    identity = f"{source.id}:{mark.start}:{mark.end}:{mark.code}:{mark.by}"
    made = {
        "creatingUser": guid("user", mark.by),
        "creationDateTime": _time(mark.at or project.at),
    }
    where = {"startPosition": str(mark.start), "endPosition": str(mark.end)}
    selection = ET.SubElement(
        parent, "PlainTextSelection", {"guid": guid("selection", identity), **where, **made}
    )
    coding = ET.SubElement(selection, "Coding", {"guid": guid("coding", identity), **made})
    ET.SubElement(coding, "CodeRef", {"targetGUID": guid("code", mark.code)})


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST_ZIP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _time(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(text: str) -> str:
    """Replace, one for one, what a reader may skip or join and so shift every later offset."""
    return "".join(" " if c in SHIFTS_OFFSETS or ord(c) in SURROGATES else c for c in text)


def _clean(text: str) -> str:
    """Leave out characters that no XML document may hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and _fits_xml(c)))


def _fits_xml(character: str) -> bool:
    return character not in NO_XML and ord(character) not in SURROGATES
