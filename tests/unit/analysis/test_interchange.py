import datetime as dt
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from analysis.codeframes.codeframe import Code, CodeFrame
from analysis.codeframes.interchange import (
    MACHINE,
    Mark,
    Project,
    Source,
    WrongPlaceError,
    codebook_xml,
    guid,
    project_xml,
    project_zip,
    themefinder_files,
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
    path = str(source.get("plainTextPath")).replace("internal://", "Sources/")
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


def test_one_folder_reads_as_themefinder_and_as_consult() -> None:
    answers = [("a", "Late again", ["t2", "t1"]), ("b", "Nothing fits", [])]
    files = themefinder_files("What should change?", 2, FRAME, answers, NOW.date())
    results = "outputs/mapping/2026-03-01/question_part_2"
    assert set(files) == {
        "inputs/question_part_2/question.json",
        "inputs/question_part_2/responses.jsonl",
        f"{results}/themes.json",
        f"{results}/mapping.jsonl",
    }
    themes = json.loads(files[f"{results}/themes.json"])
    assert [(t["topic_id"], t["topic_label"], t["theme_key"], t["theme_name"]) for t in themes] == [
        ("A", "Travel", "A", "Travel"),
        ("B", "Buses <late>", "B", "Buses <late>"),
        ("C", "Waiting", "C", "Waiting"),
    ]
    lines = [json.loads(line) for line in files[f"{results}/mapping.jsonl"].splitlines()]
    assert lines[0]["labels"] == lines[0]["theme_keys"] == ["A", "B"]
    assert [line["response_id"] for line in lines] == [1, 2]
    assert [line["themefinder_id"] for line in lines] == [1, 2]


def test_there_are_keys_for_more_than_26_themes() -> None:
    frame = CodeFrame(tuple(Code(str(n), f"Theme {n}") for n in range(60)))
    files = themefinder_files("?", 1, frame, [], NOW.date())
    themes = json.loads(files["outputs/mapping/2026-03-01/question_part_1/themes.json"])
    keys = [theme["theme_key"] for theme in themes]
    assert keys[25:28] == ["Z", "AA", "AB"]
    assert len(set(keys)) == 60
