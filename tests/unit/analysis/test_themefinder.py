import datetime as dt
import json

import pytest

from analysis.codeframes import themefinder
from analysis.codeframes.codeframe import Code, CodeFrame
from analysis.codeframes.themefinder import Answer, Question

DAY = dt.date(2026, 3, 1)
FRAME = CodeFrame((Code("t1", "Travel", "Getting there"), Code("t2", "Buses", parent="t1")))
QUESTIONS = (
    Question("What should change?", (Answer("b", "Late again", ["t2", "t1"]),)),
    Question("Anything else?", (Answer("c", "No code fits", []), Answer("a", "The bus", ["t1"]))),
)
FACTS = {who: {"audience": "parent_carer"} for who in "abc"}
FILES = themefinder.files(QUESTIONS, FRAME, FACTS, DAY)

CONSULT_READS = {
    "inputs/respondents.jsonl": {"themefinder_id", "demographic_data"},
    "inputs/question_part_1/question.json": {"question_number", "question_text", "has_free_text"},
    "inputs/question_part_1/responses.jsonl": {"themefinder_id", "text"},
    "outputs/mapping/2026-03-01/question_part_1/themes.json": {
        "theme_key",
        "theme_name",
        "theme_description",
    },
    "outputs/mapping/2026-03-01/question_part_1/mapping.jsonl": {"themefinder_id", "theme_keys"},
}
THEMEFINDER_READS = {
    "inputs/respondents.jsonl": {"response_id", "demographic_data"},
    "inputs/question_part_1/question.json": {"question_number", "question_text"},
    "inputs/question_part_1/responses.jsonl": {"response_id", "response"},
    "outputs/mapping/2026-03-01/question_part_1/themes.json": {
        "topic_id",
        "topic_label",
        "topic_description",
        "topic",
    },
    "outputs/mapping/2026-03-01/question_part_1/mapping.jsonl": {"response_id", "labels"},
}


def rows(path: str) -> list[dict[str, object]]:
    content = FILES[path]
    if path.endswith(".jsonl"):
        return [json.loads(line) for line in content.splitlines()]
    found = json.loads(content)
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize(
    ("folder", "reads"), [("consult", CONSULT_READS), ("themefinder", THEMEFINDER_READS)]
)
def test_each_record_has_the_fields_its_reader_knows_and_no_other(
    folder: str, reads: dict[str, set[str]]
) -> None:
    for path, fields in reads.items():
        found = rows(f"{folder}/{path}")
        assert found
        assert all(set(row) == fields for row in found)


@pytest.mark.parametrize(
    ("folder", "name"), [("consult", "themefinder_id"), ("themefinder", "response_id")]
)
def test_a_number_means_the_same_person_in_every_question(folder: str, name: str) -> None:
    people = rows(f"{folder}/inputs/respondents.jsonl")
    first = rows(f"{folder}/inputs/question_part_1/responses.jsonl")
    second = rows(f"{folder}/inputs/question_part_2/responses.jsonl")
    assert [row[name] for row in people] == [1, 2, 3]
    assert [row[name] for row in first] == [2]
    assert [row[name] for row in second] == [1, 3]


def test_answers_keep_their_themes_by_letter() -> None:
    second = "outputs/mapping/2026-03-01/question_part_2"
    assert [row["labels"] for row in rows(f"themefinder/{second}/mapping.jsonl")] == [["A"], []]
    assert [row["theme_keys"] for row in rows(f"consult/{second}/mapping.jsonl")] == [["A"], []]
    assert rows("theme_ids.json")[1] == {"theme_key": "B", "engage_theme_id": "t2"}
    assert rows(f"consult/{second}/themes.json")[1]["theme_description"] == "Buses"


def test_consult_gets_the_themes_to_sign_off_and_an_empty_file_of_what_nobody_judged() -> None:
    signed = json.loads(
        FILES["consult/outputs/sign_off/2026-03-01/question_part_1/clustered_themes.json"]
    )
    assert [node["topic_label"] for node in signed["theme_nodes"]] == ["Travel", "Buses"]
    judged = "consult/outputs/mapping/2026-03-01/question_part_1/detail_detection.jsonl"
    assert FILES[judged] == ""


def test_there_are_letters_for_more_than_26_themes() -> None:
    frame = CodeFrame(tuple(Code(str(n), f"Theme {n}") for n in range(60)))
    files = themefinder.files([Question("?", ())], frame, {}, DAY)
    keys = [row["theme_key"] for row in json.loads(files["theme_ids.json"])]
    assert keys[25:28] == ["Z", "AA", "AB"]
    assert len(set(keys)) == 60
