"""The sets that rules are measured on stay as they were written."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FROZEN = Path(__file__).resolve().parents[1] / "frozen"
REDACTION = FROZEN / "redaction.jsonl"
DISCLOSURES = FROZEN / "disclosures.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("path", "digest"),
    [
        (REDACTION, "8322de36cf28d57bc273d83c6c0526779e3a85b7005826b283ba0f42f76a9d61"),
        (DISCLOSURES, "3533bcb282345ac8c17a9ae9ed2f76e133beae3310f087baf8d4bb921bcdf74f"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_a_frozen_set_is_never_changed(path: Path, digest: str) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("path", [REDACTION, DISCLOSURES], ids=lambda path: path.name)
def test_no_text_stands_twice(path: Path) -> None:
    found = rows(path)
    assert len({row["id"] for row in found}) == len(found)
    assert len({row["text"].lower() for row in found}) == len(found)


def test_what_must_be_removed_is_marked_where_it_stands() -> None:
    for row in rows(REDACTION):
        end = 0
        for span in row["spans"]:
            assert span["start"] >= end, row["id"]
            end = span["start"] + len(span["text"])
            assert row["text"][span["start"] : end] == span["text"], row["id"]


def test_two_in_five_sentences_hold_nothing_to_remove() -> None:
    found = rows(REDACTION)
    bare = sum(not row["spans"] for row in found)
    assert (len(found), bare) == (624, 244)


def test_every_type_of_span_is_there() -> None:
    assert Counter(span["type"] for row in rows(REDACTION) for span in row["spans"]) == {
        "person": 241,
        "setting": 61,
        "self_identifying": 27,
        "phone": 24,
        "nhs_number": 19,
        "date_of_birth": 16,
        "address": 15,
        "email": 15,
        "handle": 15,
        "reference": 15,
        "postcode": 14,
        "car_registration": 11,
        "url": 11,
    }


def test_every_nhs_number_has_its_check_digit() -> None:
    spans = [span for row in rows(REDACTION) for span in row["spans"]]
    for span in (span for span in spans if span["type"] == "nhs_number"):
        *body, check = (int(mark) for mark in span["text"] if mark.isdigit())
        weighed = sum(weight * digit for weight, digit in zip(range(10, 1, -1), body, strict=True))
        assert (weighed + check) % 11 == 0, span["text"]


def test_a_twentieth_of_the_answers_are_disclosures() -> None:
    labels = Counter(row["label"] for row in rows(DISCLOSURES))
    assert labels == {"concern": 76, "none": 1424}


def test_every_kind_of_harm_is_there_and_dangerous_words_without_it() -> None:
    kinds = Counter((row["label"], row["kind"]) for row in rows(DISCLOSURES))
    assert {kind: number for (label, kind), number in kinds.items() if label == "concern"} == {
        "suicide": 9,
        "physical_abuse_home": 8,
        "domestic_abuse": 6,
        "neglect": 6,
        "sexual_abuse": 6,
        "carer_breaking_point": 5,
        "exploitation": 5,
        "restraint_seclusion": 5,
        "self_harm": 5,
        "emotional_abuse": 4,
        "running_away": 4,
        "staff_harm": 4,
        "forced_marriage_fgm": 3,
        "online_grooming": 3,
        "peer_harm": 3,
    }
    hard = ("figure_of_speech", "service_talk", "safe")
    assert sum(kinds["none", kind] for kind in hard) == 541
