"""The demo's words are worth reading: distinct, in proportion, and safe to show."""

import itertools
import re
from collections import Counter

import pytest
import yaml

from engage import taxonomy
from engage.demo import load, people
from reports.words import easylines
from surveys import pictures
from tests.factories import NOW

STOCK = ("children and young people with send",)
CAMPAIGN = "as a parent i support the example campaign"
LIST_FIELDS = ("said_easy", "we_did_easy", "because_easy", "instead_easy")


def words(text: str) -> list[str]:
    return re.findall("[\\w'\u2019]+", text.lower())


def texts() -> list[str]:
    return [row["text"] for _, row in people.comments()]


def entries() -> list[dict[str, object]]:
    written = yaml.safe_load((people.HERE / "entries.yaml").read_text(encoding="utf-8"))
    return list(written["entries"])


def easy_texts() -> list[str]:
    return [str(entry[field]) for entry in entries() for field in LIST_FIELDS if field in entry]


def test_the_crowd_has_the_real_proportions() -> None:
    crowd = Counter(person.audience for person in people.everybody())
    assert crowd == {"parent_carer": 531, "professional": 193, "young_person": 135}


def test_the_same_people_come_every_time() -> None:
    first, again = people.everybody(), people.everybody()
    assert [(p.audience, p.mood, p.fixed) for p in first] == [
        (p.audience, p.mood, p.fixed) for p in again
    ]


def test_there_are_more_than_four_hundred_different_comments() -> None:
    distinct = set(texts())
    assert len(distinct) >= 400
    assert all(1 <= len(text.split()) <= 150 for text in distinct)


def test_no_two_comments_share_six_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for text in dict.fromkeys(texts()):
        if " ".join(words(text)).startswith(CAMPAIGN):
            continue
        runs = {tuple(words(text)[i : i + 6]) for i in range(len(words(text)) - 5)}
        shared += [" ".join(run) for run in runs if run in seen and " ".join(run) not in STOCK]
        seen.update(dict.fromkeys(runs, text))
    assert shared == []


def test_every_comment_has_a_second_reader_s_labels() -> None:
    codes = {term.code for term in taxonomy.terms("starter_codes", on=NOW.date())}
    labels = people.labels()
    assert labels.keys() == set(texts())
    assert {code for found in labels.values() for code in found} <= codes
    themes = Counter(code for found in labels.values() for code in found if code[0] == "T")
    assert sum(1 for count in themes.values() if count >= 8) >= 15


def test_a_code_that_is_told_inside_another_has_no_entry_of_its_own() -> None:
    written = yaml.safe_load((people.HERE / "entries.yaml").read_text(encoding="utf-8"))
    answered = set(itertools.chain.from_iterable(entry["themes"] for entry in written["entries"]))
    assert answered.isdisjoint(written["wider"])
    assert set(written["wider"].values()) <= answered


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["key"])
def test_an_entry_is_whole(entry: dict[str, object]) -> None:
    types = {term.code for term in taxonomy.terms("response_types", on=NOW.date())}
    assert entry["response_type"] in types
    assert all(entry[field] for field in ("said", "we_did", "owner_role", "owner_org", "themes"))
    assert "Exampleshire" in str(entry["owner_org"])


def test_easy_lines_are_short_and_each_has_a_picture() -> None:
    lines = [line for text in easy_texts() for line in easylines.parse(text)]
    assert lines
    assert [line.text for line in lines if line.picture not in pictures.table()] == []
    assert [line.text for line in lines if len(words(line.text)) > 15] == []
    assert sum(len(words(line.text)) for line in lines) / len(lines) <= 10


def test_one_consultation_is_closed_and_one_is_open_whenever_the_demo_is_loaded() -> None:
    closed, still_open = load.plan()["consultations"]
    assert closed["closes_on"] < closed["decision_on"] <= 0
    assert still_open["opens_on"] <= 0 < still_open["closes_on"]
