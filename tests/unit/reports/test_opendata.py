"""The open-data package: readable by programs, safe in a spreadsheet, always the same."""

import csv
import dataclasses
import hashlib
import io
import json
import re
import zipfile

import jsonschema
import pytest

from reports.documents.printed import ledger
from reports.formats import opendata
from reports.formats.sheets import HIDDEN
from tests.published import DOCUMENT, FORMULA, source

#: What a cell of each type looks like, as the standard's default formats have it.
CELLS = {
    "string": re.compile(".*", re.DOTALL),
    "integer": re.compile(r"-?\d+"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "boolean": re.compile("true|True|TRUE|1|false|False|FALSE|0"),
}
#: What the Data Package standard asks of a descriptor, as far as ours uses it.
PROFILE = {
    "type": "object",
    "required": ["$schema", "name", "resources"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9._/-]+$"},
        "created": {"type": "string", "format": "date-time"},
        "keywords": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "contributors": {
            "type": "array", "minItems": 1,
            "items": {"required": ["title"], "properties": {"roles": {"type": "array"}}},
        },
        "licenses": {
            "type": "array", "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array", "minItems": 1,
            "items": {
                "required": ["name", "path", "type", "schema"],
                "properties": {
                    "name": {"pattern": "^[a-z0-9._/-]+$"},
                    "path": {"pattern": "^(?!/)(?!.*[.][.]).+$"},
                    "type": {"const": "table"},
                    "hash": {"pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32})$"},
                    "bytes": {"type": "integer"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array", "minItems": 1,
                                "items": {
                                    "required": ["name"],
                                    "properties": {"type": {"enum": [*CELLS]}},
                                },
                            },
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                            "primaryKey": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(opendata.write(source()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(package: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package[name].decode("utf-8-sig"))))


def test_the_descriptor_keeps_the_standard(package: dict[str, bytes]) -> None:
    described = json.loads(package["datapackage.json"])
    jsonschema.validate(described, PROFILE)
    for resource in described["resources"]:
        content = package[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_cell_is_of_the_type_of_its_column(package: dict[str, bytes]) -> None:
    for resource in json.loads(package["datapackage.json"])["resources"]:
        schema, table = resource["schema"], rows(package, resource["path"])
        assert table
        assert list(table[0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            cells = {row[field["name"]] for row in table} - set(schema["missingValues"])
            assert all(CELLS[field["type"]].fullmatch(cell) for cell in cells), field["name"]
            if field.get("constraints", {}).get("required"):
                assert all(row[field["name"]] not in schema["missingValues"] for row in table)
        key = schema.get("primaryKey", [])
        if key:
            assert len({tuple(row[name] for name in key) for row in table}) == len(table)


def test_the_figures_are_the_ledger_and_a_hidden_one_is_its_mark(
    package: dict[str, bytes],
) -> None:
    found = {row["key"]: row for row in rows(package, "figures.csv")}
    for fact in ledger(DOCUMENT):
        shown = fact.shorthand if fact.value is None else str(fact.value)
        assert found[fact.key]["value"] == shown
    assert found["theme/t2/parent_carer"]["value"] == "[c]"


def test_every_figure_says_whether_it_is_held_back_and_why(package: dict[str, bytes]) -> None:
    found = {row["key"]: row for row in rows(package, "figures.csv")}
    assert {row["held_back"] for row in found.values()} == {"true", "false"}
    for fact in ledger(DOCUMENT):
        row = found[fact.key]
        assert (row["held_back"] == "true") == (fact.value is None or bool(fact.held))
        assert bool(row["why"]) == (row["held_back"] == "true")
        assert row["version"] == str(fact.held or DOCUMENT.cover.version)
    assert found["theme/t2/parent_carer"]["why"].startswith("Confidential: too few people")


def test_a_number_that_stands_as_it_was_says_for_which_version_it_was_counted() -> None:
    (fact, *_) = ledger(DOCUMENT)
    older = dataclasses.replace(fact, value=14, held=2)
    assert opendata.why_held(older).endswith("it stands as counted for version 2")
    assert opendata.why_held(dataclasses.replace(fact, value=14, held=0)) == ""


def test_every_mark_is_explained_and_every_hiding_mark_has_a_reason(
    package: dict[str, bytes],
) -> None:
    words = package["README.md"].decode()
    assert set(opendata.WHY_HIDDEN) == set(HIDDEN)
    for mark in (*HIDDEN, "[r]", "(v1)"):
        assert f"- `{mark}` " in words
    described = json.loads(package["datapackage.json"])["resources"]
    for resource in described:
        assert set(resource["schema"]["missingValues"]) == {"", *HIDDEN}


def test_no_spreadsheet_runs_what_people_wrote(package: dict[str, bytes]) -> None:
    assert {row["word"] for row in rows(package, "words.csv")} == {"waiting", f"'{FORMULA}"}
    for name in (name for name in package if name.endswith(".csv")):
        cells = [cell for row in rows(package, name) for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


def test_the_dictionary_explains_every_column(package: dict[str, bytes]) -> None:
    words = package["README.md"].decode()
    for resource in json.loads(package["datapackage.json"])["resources"]:
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in words
            assert len(field["description"]) > 8
    assert package["method.md"].decode().startswith("# How ")
