"""Two versions beside each other: what moved, what came, what went."""

import dataclasses

import pytest

from reports.documents.document import Document, Entry, Fact
from reports.documents.versions import Moved, Revised, changes
from tests.unit.reports.test_document import ANSWERED, ENTRY
from tests.unit.reports.test_document import DOCUMENT as WHOLE

DOCUMENT = dataclasses.replace(WHOLE, method=())


def with_entries(*entries: Entry) -> Document:
    return dataclasses.replace(
        DOCUMENT, groups=(dataclasses.replace(DOCUMENT.groups[0], entries=entries),)
    )


def test_a_version_differs_in_nothing_from_itself() -> None:
    assert changes(DOCUMENT, DOCUMENT).is_empty


def test_a_number_that_moved_is_said_with_both_facts() -> None:
    fewer = dataclasses.replace(ANSWERED, value=35, wording="35 people", shorthand="[r]")
    found = changes(DOCUMENT, dataclasses.replace(DOCUMENT, heard=fewer))
    assert found.revised == (Revised(ANSWERED.key, ANSWERED, fewer),)
    assert not found.moved


def test_a_mark_alone_is_no_change() -> None:
    marked = dataclasses.replace(ANSWERED, shorthand="[r]")
    assert changes(DOCUMENT, dataclasses.replace(DOCUMENT, heard=marked)).is_empty


def test_numbers_come_and_go() -> None:
    without = dataclasses.replace(DOCUMENT, raised=())
    gone = changes(DOCUMENT, without).gone
    assert [fact.key for fact in gone] == ["theme/t1/parent_carer", "theme/t1/professional"]
    assert changes(without, DOCUMENT).shown == gone
    assert all(isinstance(fact, Fact) for fact in gone)


def test_entries_come_and_go() -> None:
    other = dataclasses.replace(ENTRY, key="buses", title="Buses", voices=())
    assert changes(DOCUMENT, with_entries(ENTRY, other)).added == {"buses": "Buses"}
    assert changes(with_entries(ENTRY, other), DOCUMENT).removed == {"buses": "Buses"}


@pytest.mark.parametrize(("reopened", "said"), [(False, "In progress"), (True, "Reopened")])
def test_an_answer_that_stands_otherwise_is_named_in_the_words_of_readers(
    reopened: bool, said: str
) -> None:
    answer = dataclasses.replace(ENTRY.answer, status="doing", reopened=reopened)
    found = changes(DOCUMENT, with_entries(dataclasses.replace(ENTRY, answer=answer)))
    assert found.moved == (Moved("waiting", "Waiting", "We can't do this", said),)
    assert found.reworded == {}


@pytest.mark.parametrize("band", ["said", "also_said"])
def test_an_entry_that_says_something_else_is_named(band: str) -> None:
    other = dataclasses.replace(ENTRY, **{band: "It is better now."})
    assert changes(DOCUMENT, with_entries(other)).reworded == {"waiting": "Waiting"}
