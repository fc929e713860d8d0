import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from analysis.codeframes.codeframe import Code, CodeFrame
from analysis.codeframes.interchange import (
    MACHINE,
    Mark,
    NoCodesError,
    Project,
    Source,
    WrongPlaceError,
    codebook_xml,
    guid,
    project_xml,
    project_zip,
)

NOW = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)
FRAME = CodeFrame(
    (
        Code("t1", "Travel", "Getting there & back"),
        Code("t2", "Buses <late>", parent="t1"),
        Code("t3", "Waiting"),
    )
)
WORDS = "The bus 🚌 is late. We waited\rtwo years."
LATE, WAITED = WORDS.index("The"), WORDS.index("We")
SOURCE = Source(
    id="r1:PC06",
    name="00001 PC06 r1",
    text=WORDS,
    marks=(
        Mark(WAITED, len(WORDS), "t3", MACHINE),
        Mark(LATE, WAITED - 1, "t2", MACHINE),
        Mark(0, len(WORDS), "t3", "ann", NOW),
    ),
    facts={"audience": "parent_carer"},
)
PROJECT = Project("run", "SEND Strategy\x00", FRAME, (SOURCE,), NOW)
GUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}")
IN_ORDER = ["Users", "CodeBook", "Variables", "Sources"]
SPACES = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314  # made just now


def test_the_codebook_keeps_nesting_definitions_and_every_guid() -> None:
    root = parsed(codebook_xml(FRAME))
    travel, waiting = root.findall("c:Codes/c:Code", SPACES)
    assert travel.get("name") == "Travel"
    assert travel.findtext("c:Description", namespaces=SPACES) == "Getting there & back"
    assert [code.get("name") for code in travel.findall("c:Code", SPACES)] == ["Buses <late>"]
    assert waiting.get("guid") == guid("code", "t3")


def test_a_project_comes_back_with_the_words_each_code_marks() -> None:
    archive = zipfile.ZipFile(io.BytesIO(project_zip(PROJECT)))
    root = parsed(archive.read("project.qde"))
    names = {code.get("guid"): code.get("name") for code in root.iter(f"{{{SPACES['q']}}}Code")}
    users = {user.get("guid"): user.get("name") for user in root.findall(".//q:User", SPACES)}
    source = root.find(".//q:TextSource", SPACES)
    assert source is not None
    path = str(source.get("plainTextPath")).replace("internal://", "sources/")
    text = archive.read(path).decode("utf-8")
    assert len(text) == len(WORDS)
    found = []
    for selection in source.findall("q:PlainTextSelection", SPACES):
        start, end = (int(selection.get(f"{at}Position", "")) for at in ("start", "end"))
        code = selection.find("q:Coding/q:CodeRef", SPACES)
        assert code is not None
        by = users[selection.get("creatingUser")]
        found.append((text[start:end], names[code.get("targetGUID")], by))
    assert found == [
        ("The bus 🚌 is late.", "Buses <late>", MACHINE),
        (WORDS.replace("\r", " "), "Waiting", "ann"),
        ("We waited two years.", "Waiting", MACHINE),
    ]


def test_elements_stand_in_the_order_of_the_schema_and_all_guids_are_well_formed() -> None:
    root = parsed(project_xml(PROJECT))
    assert [child.tag.split("}")[1] for child in root] == IN_ORDER
    assert root.get("name") == "SEND Strategy"
    for element in root.iter():
        for name, value in element.items():
            if name.lower().endswith("guid") or name.endswith("User"):
                assert GUID.fullmatch(value)


def test_the_same_project_is_the_same_file() -> None:
    assert project_zip(PROJECT) == project_zip(PROJECT)


@pytest.mark.parametrize(
    "mark",
    [Mark(0, 99, "t1", "a"), Mark(3, 3, "t1", "a"), Mark(-1, 2, "t1", "a"), Mark(0, 1, "x", "a")],
)
def test_a_coding_that_fits_nowhere_is_refused(mark: Mark) -> None:
    wrong = Project("run", "x", FRAME, (Source("r", "r", "Some words", (mark,)),), NOW)
    with pytest.raises(WrongPlaceError):
        project_xml(wrong)


NOTHING = Project("run", "Nothing yet", CodeFrame(()), (), NOW)
UNMARKED = Project("run", "Unread", FRAME, (Source("r", "r", "Some words"),), NOW)


@pytest.mark.parametrize("project", [NOTHING, UNMARKED, PROJECT])
def test_no_list_is_empty_because_the_schema_allows_none(project: Project) -> None:
    lists = {"Users", "CodeBook", "Codes", "Variables", "Sources"}
    empty = [e.tag for e in parsed(project_xml(project)).iter() if not len(e)]
    assert not lists & {tag.split("}")[1] for tag in empty}


def test_a_codebook_without_codes_is_refused_with_what_to_do() -> None:
    with pytest.raises(NoCodesError, match="Propose themes first"):
        codebook_xml(CodeFrame(()))


def test_two_themes_of_one_name_stay_two_in_tools_that_know_codes_by_name() -> None:
    names = ["Waiting", "waiting", "Waiting (2)", "Waiting"]
    frame = CodeFrame(tuple(Code(str(n), name) for n, name in enumerate(names)))
    codes = parsed(codebook_xml(frame)).findall(".//c:Code", SPACES)
    found = [str(code.get("name")) for code in codes]
    assert found == ["Waiting", "waiting (3)", "Waiting (2)", "Waiting (4)"]


@pytest.mark.parametrize(
    "words", ["\ufeffLate bus", "Late\r\nbus", "e\u0301 🚌🏽 \ud800 late", "👩‍👧\u2028x"]
)
def test_a_reader_of_the_text_file_counts_the_same_characters(words: str) -> None:
    mark = Mark(len(words) - 1, len(words), "t1", MACHINE)
    project = Project("run", "x", FRAME, (Source("r", "r", words, (mark,)),), NOW)
    archive = zipfile.ZipFile(io.BytesIO(project_zip(project)))
    source = f"sources/{guid('source', 'r')}.txt"
    assert archive.namelist() == ["project.qde", source]
    text = io.TextIOWrapper(io.BytesIO(archive.read(source)), encoding="utf-8-sig").read()
    assert len(text) == len(words)
    assert text[-1] == words[-1]
