"""No entry and no report has a name that an address or a place on a page has."""

import re

import pytest
from flask import Flask

from reports.models import Entry
from reports.words import addresses

ROOT = "/you-said-we-did/"


def fixed_parts(app: Flask, prefix: str) -> set[str]:
    """Return every fixed part of an address that stands right behind a prefix."""
    rules = [re.sub(r"v<int[^>]*>/", "", rule.rule) for rule in app.url_map.iter_rules()]
    parts = {rule[len(prefix) :].partition("/")[0] for rule in rules if rule.startswith(prefix)}
    return {part for part in parts if part and "<" not in part}


def test_every_fixed_part_below_a_report_is_reserved(app: Flask) -> None:
    found = fixed_parts(app, f"{ROOT}<slug>/")
    assert found == addresses.BELOW_A_REPORT
    assert all(addresses.is_reserved(part) for part in found)


def test_every_fixed_part_beside_the_reports_is_reserved(app: Flask) -> None:
    assert fixed_parts(app, ROOT) == addresses.BESIDE_REPORTS
    for part in addresses.BESIDE_REPORTS:
        assert addresses.free_slug(part) == f"{part}-report"
    assert addresses.free_slug("strategy") == "strategy"


def test_the_table_refuses_them_too() -> None:
    (promise,) = [
        str(one.sqltext)
        for one in Entry.__table__.constraints
        if str(one.name).endswith("key_is_no_other_address")
    ]
    assert all(f"'{part}'" in promise for part in addresses.BELOW_A_REPORT)


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [
        ("embed", set(), "embed-answer"),
        ("embed", {"embed-answer"}, "embed-answer-2"),
        ("v2", set(), "v2-answer"),
        ("method", set(), "method-answer"),
        ("text-1", set(), "text-1-answer"),
        ("waits", {"waits"}, "waits-2"),
        ("waits", set(), "waits"),
    ],
)
def test_the_nearest_free_key_is_proposed(wanted: str, taken: set[str], free: str) -> None:
    assert addresses.free_key(wanted, taken) == free
