"""The draft record follows the numbers of the standard, each once and in order."""

import re

import pytest

from reports.formats import transparency
from tests.published import source

#: How many fields each part of version 4.0 of the standard has.
PARTS = {"1": 4, "2.1": 4, "2.1.4": 5, "2.2": 4, "2.3": 5, "2.4.1": 5, "2.4.2": 8, "2.4.3": 9,
         "2.4.4": 5, "2.5": 2}  # fmt: skip


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    record = transparency.write(source()).decode()
    return re.findall(r"^\*\*([\d.]+) \w", record, re.MULTILINE)


def test_every_field_is_there_once_and_in_order(numbers: list[str]) -> None:
    assert numbers == sorted(numbers, key=lambda one: [int(part) for part in one.split(".")])
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("part", "fields"), PARTS.items())
def test_no_part_lacks_a_field(numbers: list[str], part: str, fields: int) -> None:
    mine = [one for one in numbers if one.rpartition(".")[0] == part]
    assert [one.rpartition(".")[2] for one in mine] == [str(n) for n in range(1, fields + 1)]


def test_no_field_is_left_empty() -> None:
    record = transparency.write(source()).decode()
    assert transparency.TO_WRITE in record
    assert not re.search(r"\*\*\n\n\*\*", record)


def test_the_record_names_the_version_whose_fields_it_has() -> None:
    record = transparency.write(source()).decode()
    assert "Transparency Recording Standard 4.0" in record
    assert "Scope**" not in record, "version 4.0 tells the scope in the detailed description"
    assert "**2.4.1.2 System-level input**" in record
    assert "**2.1.4.2 Companies House Number**" in record
