"""What holds for every format: nothing invented, drafted or taken out goes unsaid."""

import pytest

from reports.formats.catalogue import Format
from reports.formats.source import EASY_INVENTED, EASY_TOMBSTONE, TAKEN_OUT, draft_words
from reports.publishing.filing import formats
from tests.published import DOCUMENT, QUOTE, source, words_of

EVERY = pytest.mark.parametrize("one", formats(), ids=lambda one: one.kind)
IN_EASY_WORDS = {"easy", "poster"}


@EVERY
def test_a_format_says_what_is_invented_drafted_and_taken_out(one: Format) -> None:
    draft = draft_words(DOCUMENT)
    words = words_of(one.build(source(demo=True, draft=draft, taken=True))).lower()
    is_easy = one.kind in IN_EASY_WORDS
    assert (EASY_INVENTED.lower() if is_easy else "invented to show how engage works") in words
    assert "not approved. 62% of comments coded" in words or "sixty-two per cent" in words
    assert QUOTE.lower() not in words
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
