"""How many were told is said in every format that can be made anew, in the words of the page."""

import dataclasses
import datetime as dt

import pytest

from reports.documents.familywords import Signature
from reports.documents.told import ToldRate
from reports.entries.afterwards import Afterwards
from reports.formats import method_note, opendata, render
from reports.formats.source import Source
from reports.publishing import filing
from reports.publishing.since import Since
from reports.words.facts import Fact
from tests.published import source

SAID = "34 of 40 people who asked to be told were told when it was published"
TOLD = ToldRate("published", Fact("told/published/told", 34, 40, SAID))
HIDDEN = ToldRate(
    "6_months", Fact("told/6_months/told", None, None, "Not shown", "[c]", base_key="asked")
)


@pytest.fixture(scope="module")
def told() -> Source:
    """Return a report of which 34 of 40 people were told."""
    return dataclasses.replace(source(), told=(TOLD, HIDDEN))


def test_the_pdf_and_the_method_note_say_it(told: Source) -> None:
    for text in (render.pdf_html(told), method_note.write(told).decode()):
        assert f"{SAID}." in text
        assert "Not shown." in text


def test_easy_read_says_it_in_easy_words_and_leaves_out_what_is_hidden(told: Source) -> None:
    easy = render.printed("reports/easy_print.html", told, styles="easy_print.css")
    assert "We told 34 people what we did." in easy
    assert "more after 6 months" not in easy


def test_one_person_is_not_people() -> None:
    one = ToldRate("published", dataclasses.replace(TOLD.fact, value=1))
    assert one.easy == "We told 1 person what we did."


def test_a_hidden_number_stands_among_the_figures_with_its_reason(told: Source) -> None:
    figures = opendata.sheets(told.document, told.told)[0]
    rows = {row[0]: row for row in figures.rows}
    assert rows["told/published/told"][1:3] == ("34", "40")
    assert rows["told/6_months/told"][1:5] == ("[c]", "[c]", "[c]", "true")


def test_only_the_formats_that_say_it_are_made_anew() -> None:
    after = Since(told=(TOLD,))
    anew = {one.kind for one in filing.formats() if filing.kind(one, after) != one.kind}
    assert anew == {"pdf", "easy", "docx", "data", "reg56", "method"}
    for one in filing.formats():
        assert filing.at_hand(one, after, {one.kind}) == one.kind
        assert len(filing.kind(one, after)) <= 20


def test_a_file_with_words_that_were_taken_out_is_never_at_hand() -> None:
    after = Since(frozenset({"words"}), told=(TOLD,))
    gone = dataclasses.replace(after, told=())
    for one in filing.formats():
        assert filing.at_hand(one, after, {one.kind}) is None
        assert filing.at_hand(one, after, {filing.kind(one, gone)}) == filing.kind(one, gone)


def test_a_file_that_says_how_many_were_told_stands_in_until_a_later_refusal_is_in_it() -> None:
    refusal = Signature("Forum", "parents", "refused", "No.", dt.date(2026, 3, 3), "s1")
    after = Since(said=Afterwards({}, {}, {"waiting": (refusal,)}), told=(TOLD,))
    told = filing.kind(filing.REPORT, Since(told=(TOLD,)))
    assert filing.at_hand(filing.REPORT, after, {"pdf", told}) == told
    assert not filing.tell_later(after, {"pdf", told})
