"""Coded answers for other tools: REFI-QDA 1.5 (`.qdc`, `.qdpx`) and the layout of ThemeFinder.

REFI-QDA is the exchange format that NVivo, ATLAS.ti, MAXQDA and QualCoder read. Every GUID is made
from the identity of what it names, so that the same project exports to the same bytes and a second
import recognises the first. ThemeFinder and Consult call the same things by different names; each
record carries both, so that one folder can be read by either.
"""

import datetime as dt
import io
import json
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from analysis.codeframes.codeframe import Code, CodeFrame

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Engage"
OURS = uuid.UUID("6f0c2f5e-6d0b-5b3e-9c53-3f5f6f0c2a11")
EARLIEST_ZIP = (1980, 1, 1, 0, 0, 0)
MACHINE = "machine"
LABEL_LENGTH = 128
NO_XML = frozenset("\ufffe\uffff")


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
    """Return the codes as a REFI-QDA codebook (.qdc), nested as people nested them."""
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
            _write(archive, f"Sources/{name}", _plain(source.text).encode())
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
    users = ET.SubElement(root, "Users")
    for name in _people(project):
        ET.SubElement(users, "User", {"guid": guid("user", name), "name": name})
    _add_codes(ET.SubElement(root, "CodeBook"), project.frame)
    facts = sorted({fact for source in project.sources for fact in source.facts or {}})
    if facts:
        _add_variables(root, facts)
    sources = ET.SubElement(root, "Sources")
    for source in project.sources:
        _add_source(sources, source, project)
    return _bytes(root)


def _people(project: Project) -> list[str]:
    return sorted({mark.by for source in project.sources for mark in source.marks})


def _add_codes(parent: ET.Element, frame: CodeFrame) -> None:
    codes = ET.SubElement(parent, "Codes")
    for code in frame.children(None):
        _add_code(codes, code, frame)


def _add_code(parent: ET.Element, code: Code, frame: CodeFrame) -> None:
    known = {"guid": guid("code", code.id), "name": _clean(code.name), "isCodable": "true"}
    element = ET.SubElement(parent, "Code", known)
    if code.definition:
        ET.SubElement(element, "Description").text = _clean(code.definition)
    for child in frame.children(code.id):
        _add_code(element, child, frame)


def _add_variables(root: ET.Element, facts: Sequence[str]) -> None:
    variables = ET.SubElement(root, "Variables")
    for fact in facts:
        known = {"guid": guid("variable", fact), "name": fact, "typeOfVariable": "Text"}
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


def themefinder_files(
    question: str,
    number: int,
    frame: CodeFrame,
    answers: Sequence[tuple[str, str, Sequence[str]]],
    day: dt.date,
) -> dict[str, str]:
    """Return files of one question in the folders that ThemeFinder and Consult read.

    Args:
        question: its words.
        number: its place among the questions, from 1.
        frame: the codes that answers were given.
        answers: (id, redacted text, codes) of each answer; their order numbers the respondents.
        day: names the folder of the results.
    """
    part = f"question_part_{number}"
    results = f"outputs/mapping/{day.isoformat()}/{part}"
    keys = {code.id: _key(place) for place, code in enumerate(frame)}
    asked = {"question_number": number, "question_text": question}
    given = [{**_both_ids(n), "response": t, "text": t} for n, (_, t, _) in _numbered(answers)]
    mapped = [
        {**_both_ids(n), "labels": found, "theme_keys": found}
        for n, (_, _, codes) in _numbered(answers)
        for found in [sorted((keys[code] for code in codes), key=lambda k: (len(k), k))]
    ]
    return {
        f"inputs/{part}/question.json": _json(asked),
        f"inputs/{part}/responses.jsonl": _lines(given),
        f"{results}/themes.json": _json([_theme(keys[code.id], code) for code in frame]),
        f"{results}/mapping.jsonl": _lines(mapped),
    }


def _numbered(
    answers: Sequence[tuple[str, str, Sequence[str]]],
) -> list[tuple[int, tuple[str, str, Sequence[str]]]]:
    return list(enumerate(answers, start=1))


def _both_ids(number: int) -> dict[str, int]:
    return {"response_id": number, "themefinder_id": number}


def _theme(key: str, code: Code) -> dict[str, str]:
    description = code.definition or code.name
    return {
        "topic_id": key,
        "topic_label": code.name,
        "topic_description": description,
        "topic": f"{code.name}: {description}",
        "theme_key": key,
        "theme_name": code.name,
        "theme_description": description,
        "label": code.name[:LABEL_LENGTH],
        "engage_theme_id": code.id,
    }


def _key(place: int) -> str:
    """Return A to Z, then AA, AB and so on, as ThemeFinder names its themes."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=4) + "\n"


def _lines(rows: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


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
    """Replace, one for one, what would shift an offset: other tools take it for a line end."""
    return text.replace("\r", " ")


def _clean(text: str) -> str:
    """Leave out characters that no XML document may hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in NO_XML))
