"""What holds for every format: nothing invented, drafted or taken out goes unsaid."""

import dataclasses

import pytest

from reports.documents import easyparts
from reports.documents.document import Quotation, Voice
from reports.formats import render
from reports.formats.catalogue import Format
from reports.formats.source import (
    EASY_INVENTED,
    EASY_TOMBSTONE,
    SHORT_TOMBSTONE,
    TAKEN_OUT,
    Source,
    draft_words,
)
from reports.publishing import takeouts
from reports.publishing.filing import formats
from reports.words import wording
from reports.words.easylines import EasyLine
from tests.published import DOCUMENT, QUOTE, fact, source, words_of

EVERY = pytest.mark.parametrize("one", formats(), ids=lambda one: one.kind)
IN_EASY_WORDS = {"easy", "poster"}
IN_SHORT = {"news", "newsweb"}


@EVERY
def test_a_format_says_what_is_invented_drafted_and_taken_out(one: Format) -> None:
    draft = draft_words(DOCUMENT)
    words = words_of(one.build(source(demo=True, draft=draft, taken=True))).lower()
    is_easy = one.kind in IN_EASY_WORDS
    assert (EASY_INVENTED.lower() if is_easy else "invented to show how engage works") in words
    assert "not approved. 62% of comments coded" in words or "sixty-two per cent" in words
    assert QUOTE.lower() not in words
    if one.kind in IN_SHORT:
        assert SHORT_TOMBSTONE.lower() in words
        return
    assert is_easy or TAKEN_OUT in words, "no quote stands in easy words"
    assert (EASY_TOMBSTONE.lower() if is_easy else "words were taken out of this report") in words


@EVERY
def test_a_published_format_is_no_draft_and_the_same_every_time(one: Format) -> None:
    content = one.build(source())
    words = words_of(content)
    assert "DRAFT" not in words
    assert "invented" not in words.lower()
    assert TAKEN_OUT not in words or one.kind == "data"  # which explains the mark
    assert one.build(source()) == content


def test_kinds_and_files_are_short_and_different() -> None:
    for names in ([one.kind for one in formats()], [one.file for one in formats()]):
        assert len(set(names)) == len(names)
    assert max(len(one.kind) for one in formats()) <= 7, "a mark of twelve letters follows it"


def with_voice(voice: Voice) -> Source:
    group, *others = DOCUMENT.groups
    entry = dataclasses.replace(group.entries[0], voices=(voice,))
    first = dataclasses.replace(group, entries=(entry,))
    document = dataclasses.replace(DOCUMENT, groups=(first, *others))
    return Source(document, render.charts(document))


NOT_SHOWN = with_voice(
    Voice(
        "Parent carers",
        EasyLine(wording.easy_not_shown("parent_carer"), "group"),
        fact("entry/waiting/parent_carer", None, 20, wording.not_shown("parent_carer"),
             audience="parent_carer"),
    )
)  # fmt: skip
WHY = {
    "easy": easyparts.NOT_SHOWN[0].text,
    "slides": wording.WHY_NOT_SHOWN,
    "pdf": wording.WHY_NOT_SHOWN,
    "docx": wording.WHY_NOT_SHOWN,
    "data": "beside other numbers of this report or of an earlier version",
}


@pytest.mark.parametrize("one", [one for one in formats() if one.kind in WHY], ids=lambda o: o.kind)
def test_a_number_that_is_not_shown_has_its_reason_once_beside_it(one: Format) -> None:
    assert words_of(one.build(NOT_SHOWN)).count(WHY[one.kind]) >= 1
    if one.kind != "data":  # there a hidden number of any kind has it, in its own row
        assert WHY[one.kind] not in words_of(one.build(source()))


def test_quotes_taken_out_beside_each_other_leave_one_mark_that_counts_them() -> None:
    group = DOCUMENT.groups[0]
    said = [Quotation(text, "Parent carer, winter 2025") for text in ("One.", "Two.", "Three.")]
    entry = dataclasses.replace(group.entries[0], quotes=tuple(said))
    whole = dataclasses.replace(DOCUMENT, groups=(dataclasses.replace(group, entries=(entry,)),))

    def left(*taken: str) -> list[tuple[str, str]]:
        shown = takeouts.without(whole, frozenset(taken)).entries[0].quotes
        return [(quote.text, quote.attribution) for quote in shown]

    both = (TAKEN_OUT, "2 quotes are no longer shown")
    one = (TAKEN_OUT, "These words are no longer shown")
    kept = [(quote.text, quote.attribution) for quote in said]
    assert left("One.", "Two.") == [both, kept[2]]
    assert left("One.", "Three.") == [one, kept[1], one]
